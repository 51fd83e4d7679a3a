"""What persons decided on pairs of claims, as constraints of clustering."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foreshock.incidents.profiles import Profile
from foreshock.model import Judgement

_PAIRED = frozenset({"same", "different", "unsure"})


def in_force(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Return the judgements on pairs of claims that hold: the latest on each pair, without those withdrawn, oldest first.

    "unsure" takes back what was decided before on the pair.
    """
    latest: dict[frozenset[str], Judgement] = {}
    ordered = sorted(judgements, key=lambda one: (one.at, one.id))
    for judgement in ordered:
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

    def part(self, ours: Sequence[Profile], theirs: Sequence[Profile]) -> bool:
        """Tell whether a claim of one group and one of the other were judged to tell of different incidents."""
        one = {claim for profile in ours for claim in profile.claim_ids}
        other = {claim for profile in theirs for claim in profile.claim_ids}
        return any((pair & one) and (pair & other) for pair in self.different if len(pair) == 2)
