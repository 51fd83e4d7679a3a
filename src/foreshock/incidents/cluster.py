"""Which incident an arriving episode belongs to, and which incidents it shows to be one.

Clustering is online: an episode is compared with the episodes of its blocks only, whatever the store holds beside. The score of
an incident is that of its best member, drawn towards the mean of its members, so that no chain of half-alike reports ties two
events together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from foreshock.incidents import blocking
from foreshock.incidents.profiles import EPISODES, Profile, Profiles, Rarities
from foreshock.incidents.similarity import Match, comparable, compare
from foreshock.incidents.store import Store
from foreshock.knowledge import load_table
from foreshock.model import Ranked

INCIDENTS = "incident"


@cache
def table() -> Mapping[str, Any]:
    """Return the thresholds (cluster.yaml)."""
    found: Mapping[str, Any] = load_table(__package__, "cluster.yaml")
    return found


@dataclass(frozen=True, slots=True)
class Fit:
    """How well an episode fits an incident: the score in log-odds, and the member that it fits best."""

    incident: str
    score: float
    to: Profile
    match: Match


@dataclass
class Comparisons:
    """Compares each pair of episodes once, and counts the comparisons."""

    rarities: Rarities
    profiles: Profiles
    made: int = 0
    _loaded: str | None = None
    _known: dict[tuple[str, str], Match] = field(default_factory=dict)

    def of(self, one: Profile, other: Profile) -> Match:
        """Return the match of two episodes."""
        key = (one.id, other.id) if one.id < other.id else (other.id, one.id)
        if key not in self._known:
            if one.id != self._loaded:
                self.rarities.load({*one.weights, *one.fuller, *one.marks})
                self._loaded = one.id
            self._known[key] = compare(one, other, self.rarities)
            self.made += 1
        return self._known[key]


@dataclass(frozen=True, slots=True)
class Candidates:
    """The episodes to compare one with.

    ``cut`` is how many more shared a key and fewer or wider ones than these; ``full`` how many keys were read in part.
    """

    profiles: list[Profile]
    cut: int
    full: int


def candidates(profile: Profile, rarities: Rarities, store: Store, profiles: Profiles) -> Candidates:
    """Return the episodes of other codings to compare an episode with: at most ``rare_blocks`` + ``day_blocks`` of them.

    Of rare terms those that share most go first. Of blocks of day, place and kind the latest ``day_blocks`` of each are read, and
    of these go first those that share the blocks that fewest have, so that in a crisis a report of one town is not crowded out by
    what the whole country tells.
    """
    asked = blocking.asks_rare(profile, rarities)
    rare = store.ranked(EPISODES, asked, each=blocking.MOST, limit=table()["rare_blocks"]) if asked else Ranked()
    block = blocking.asks_block(profile)
    of_day = table()["day_blocks"]
    near = store.ranked(EPISODES, block, each=of_day, limit=of_day, narrow=True) if block else Ranked()
    others = list(dict.fromkeys(ref for ref in (*rare.refs, *near.refs) if -ref[0] != profile.arrival))
    kinds = zip(others, profiles.kinds.of(store, others), strict=True)
    found = profiles.whole.of(store, [ref for ref, kind in kinds if comparable(profile, kind)])
    return Candidates(found, rare.cut + near.cut, rare.full + near.full)


def resolve(ids: Iterable[str], store: Store) -> dict[str, str]:
    """Return the incident that each incident is part of now, itself where it was never merged."""
    at = {one: one for one in ids}
    while True:
        entries = store.get(INCIDENTS, sorted(set(at.values())))
        into = {one: entry.value["merged_into"] for one, entry in entries.items() if entry.value.get("merged_into")}
        if not into:
            return at
        at = {one: into.get(now, now) for one, now in at.items()}


def members(incident: str, store: Store, profiles: Profiles) -> list[Profile]:
    """Return the latest episodes of an incident and of those merged into it."""
    entry = store.get(INCIDENTS, [incident]).get(incident)
    merged = entry.value.get("merged", ()) if entry else ()
    # What came after a merge is under the incident itself: its latest episodes are hardly in what was merged long ago.
    parts = [incident, *merged[-table()["merged"] :]]
    return profiles.whole.of(store, store.found(EPISODES, [f"i:{one}" for one in parts], limit=table()["members"]))


def fits(profile: Profile, found: Sequence[Profile], compared: Comparisons, store: Store) -> list[Fit]:
    """Return the incidents that an episode fits from the threshold on, best first, older ones first where they are equal."""
    matches = [(compared.of(profile, one), one) for one in found]
    good = [(match, one) for match, one in matches if match.log_odds >= table()["join"]]
    now = resolve({one.incident for _, one in good if one.incident}, store)
    best: dict[str, tuple[Match, Profile]] = {}
    for match, one in sorted(good, key=lambda pair: (-pair[0].log_odds, pair[1].arrival, pair[1].id)):
        best.setdefault(now[one.incident or ""], (match, one))
    made = []
    for incident, (match, one) in list(best.items())[: table()["incidents"]]:
        known = members(incident, store, compared.profiles)
        others = [compared.of(profile, member).log_odds for member in known if member.arrival != profile.arrival]
        mean = sum(others) / len(others) if others else match.log_odds
        score = match.log_odds + table()["chain"] * (mean - match.log_odds)
        if score >= table()["join"]:
            made.append(Fit(incident, score, one, match))
    return sorted(made, key=lambda fit: (-fit.score, fit.to.arrival, fit.incident))


def alike(one: Sequence[Profile], other: Sequence[Profile], compared: Comparisons) -> float:
    """Return the mean log-odds over the pairs of two incidents' episodes; minus infinity where there are none."""
    scores = [compared.of(a, b).log_odds for a in one for b in other]
    return sum(scores) / len(scores) if scores else float("-inf")
