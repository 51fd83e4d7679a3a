"""Which claims are one incident, as known at a moment: what was joined, then what persons decided; nothing is joined here.

Every episode hangs on the one that it was joined to, and a merged incident on the one that it was merged into: a forest. "same"
ties two trees together, "different" cuts the path between two claims at its weakest tie, so that each side keeps what came to it,
also what arrives after the judgement. A judgement that is withdrawn leaves no trace.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from foreshock.incidents.constraints import in_force
from foreshock.model import Entry, Joined, Judgement, Report

_FIRM, _MERGED = 2.0, 0.5  # ties that no score stands behind: above and below any probability that joins
Node = tuple[str, str]  # ("claim" | "episode" | "incident", id)


@dataclass(frozen=True, slots=True)
class Membership:
    """The claims of one incident, in the order of the reports; ``id`` is the founding claim's.

    ``merged`` are incidents that are part of it now, ``split_from`` the one that a judgement parted it from.
    """

    id: str
    claim_ids: tuple[str, ...]
    merged: tuple[str, ...] = ()
    split_from: str | None = None


@dataclass
class _Forest:
    """Claims, episodes and incidents with the ties between them."""

    ties: dict[Node, dict[Node, float]] = field(default_factory=lambda: defaultdict(dict))

    def tie(self, one: Node, other: Node, strength: float) -> None:
        self.ties[one][other] = self.ties[other][one] = strength

    def path(self, one: Node, other: Node) -> list[Node]:
        """Return the nodes from one to the other; empty where they are in two trees."""
        before: dict[Node, Node] = {one: one}
        queue = deque([one])
        while queue and other not in before:
            node = queue.popleft()
            for following in self.ties[node]:
                if following not in before:
                    before[following] = node
                    queue.append(following)
        if other not in before:
            return []
        nodes = [other]
        while nodes[-1] != one:
            nodes.append(before[nodes[-1]])
        return nodes

    def cut(self, nodes: Sequence[Node]) -> None:
        """Cut the weakest tie of a path, of equal ones the one nearest to its start."""
        steps = list(pairwise(nodes))
        one, other = min(steps, key=lambda step: self.ties[step[0]][step[1]])
        del self.ties[one][other], self.ties[other][one]

    def tree(self, start: Node) -> set[Node]:
        """Return the nodes that are tied to one, itself among them."""
        found, stack = {start}, [start]
        while stack:
            following = [node for node in self.ties[stack.pop()] if node not in found]
            found.update(following)
            stack += following
        return found


def memberships(
    reports: Iterable[Report],
    assignments: Mapping[str, Entry],
    incidents: Mapping[str, Entry],
    *,
    judgements: Sequence[Judgement] = (),
) -> list[Membership]:
    """Return the incidents of claims, in the order of their first reports.

    Args:
        reports: the claims that count: of the active coding of each document.
        assignments: the latest entry of each claim in the space "assignment" known at the moment; a claim without one is an
            incident of its own, under its own id. Those of superseded claims may be there too: they keep ids and ties.
        incidents: the entries of the space "incident" known at the moment.
        judgements: those known at the moment; only "same" and "different" on two claims, or two incidents, count here.
    """
    position = {report.claim.id: number for number, report in enumerate(reports)}
    forest = _grown(position, assignments, incidents)
    deciding = in_force(judgements)
    _judge(forest, assignments, deciding)
    made: list[Membership] = []
    done: set[str] = set()
    for claim in position:
        if claim not in done:
            tree = forest.tree(("claim", claim))
            members = sorted((one for sort, one in tree if sort == "claim" and one in position), key=position.__getitem__)
            done.update(members)
            made.append(_named(tree, tuple(members), assignments, incidents, judged=bool(deciding)))
    return made


def incidents_of(
    reports: Iterable[Report],
    assignments: Mapping[str, Entry],
    incidents: Mapping[str, Entry],
    *,
    judgements: Sequence[Judgement] = (),
) -> dict[str, tuple[str, ...]]:
    """Return the claims of each incident by its id; see :func:`memberships`."""
    return {one.id: one.claim_ids for one in memberships(reports, assignments, incidents, judgements=judgements)}


def joined_of(claim_ids: Iterable[str], assignments: Mapping[str, Entry]) -> tuple[Joined, ...]:
    """Return why each claim is where it is; founders, which were joined to nothing, are left out."""
    entries = [(claim, assignments[claim].value) for claim in claim_ids if claim in assignments]
    return tuple(
        Joined(claim, str(value["to"]), float(value["score"]), tuple(value["why"])) for claim, value in entries if value["to"]
    )


def _grown(ordered: Iterable[str], assignments: Mapping[str, Entry], incidents: Mapping[str, Entry]) -> _Forest:
    forest = _Forest()
    for claim in dict.fromkeys((*ordered, *assignments)):
        entry = assignments.get(claim)
        if entry is None:
            continue
        episode = ("episode", str(entry.value["episode"]))
        forest.tie(("claim", claim), episode, _FIRM)
        to = assignments.get(str(entry.value["to"]))
        if to is None or to.value["episode"] == entry.value["episode"]:
            forest.tie(episode, ("incident", str(entry.value["incident"])), float(entry.value["score"]))
        else:
            forest.tie(episode, ("episode", str(to.value["episode"])), float(entry.value["score"]))
    for incident, entry in incidents.items():
        if entry.value.get("merged_into"):
            forest.tie(("incident", incident), ("incident", str(entry.value["merged_into"])), _MERGED)
    return forest


def _judge(forest: _Forest, assignments: Mapping[str, Entry], deciding: Sequence[Judgement]) -> None:
    def arrived(claim: str) -> int:
        return assignments[claim].arrival if claim in assignments else 0

    for judgement in deciding:
        earlier, later = sorted(judgement.subjects, key=lambda claim: (arrived(claim), claim))
        path = forest.path(("claim", earlier), ("claim", later))
        if judgement.verdict == "same" and not path:
            forest.tie(("claim", earlier), ("claim", later), _FIRM)
        elif judgement.verdict == "different" and path:
            forest.cut(path)


def _named(
    tree: set[Node], members: tuple[str, ...], assignments: Mapping[str, Entry], incidents: Mapping[str, Entry], *, judged: bool
) -> Membership:
    """Return an incident under the id of the incident that was founded first of those in its tree, else of its first claim."""
    found = sorted((one for sort, one in tree if sort == "incident"), key=lambda one: (_founded(one, incidents), one))
    if found:
        return Membership(found[0], members, merged=tuple(found[1:]))
    assigned = [assignments[one] for sort, one in tree if sort == "claim" and one in assignments]
    if not assigned:
        return Membership(members[0], members)
    first = min(assigned, key=lambda entry: (entry.arrival, str(entry.value["first"])))
    return Membership(str(first.value["first"]), members, split_from=str(first.value["incident"]) if judged else None)


def _founded(incident: str, incidents: Mapping[str, Entry]) -> int:
    return int(incidents[incident].value["arrival"]) if incident in incidents else 0
