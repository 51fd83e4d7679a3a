"""What persons decided on pairs of claims, as constraints of clustering."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from foreshock.model import Judgement

_PAIRED = frozenset({"same", "different", "unsure"})


def in_force(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Return the judgements on pairs of claims that hold: the latest on each pair, without those withdrawn, oldest first.

    "unsure" takes back what was decided before on the pair. Those of one moment keep the order in which they are handed in.
    """
    latest: dict[frozenset[str], Judgement] = {}
    for judgement in sorted(judgements, key=lambda one: one.at):
        if judgement.verdict in _PAIRED and len(judgement.subjects) == 2:
            latest[frozenset(judgement.subjects)] = judgement
        elif judgement.verdict == "withdraw":
            latest = {pair: one for pair, one in latest.items() if one.id not in judgement.subjects}
    return [one for one in latest.values() if one.verdict != "unsure"]


@dataclass(frozen=True, slots=True)
class Constraints:
    """Pairs of claims that tell of different incidents."""

    different: frozenset[frozenset[str]]

    @classmethod
    def of(cls, judgements: Iterable[Judgement]) -> Constraints:
        """Return the constraints of judgements."""
        return cls(frozenset(frozenset(one.subjects) for one in in_force(judgements) if one.verdict == "different"))

    def part(self, one: str, other: str, incident_of: Callable[[Sequence[str]], Mapping[str, str]]) -> bool:
        """Tell whether a claim of one incident and one of the other were judged to tell of different incidents.

        ``incident_of`` returns the incidents that claims are part of now; it is asked once.
        """
        if not self.different:
            return False
        now = incident_of(sorted({claim for pair in self.different for claim in pair}))
        return any({now.get(claim, claim) for claim in pair} == {one, other} for pair in self.different)
