"""Whether two claims can both hold: they contradict each other, are compatible, or speak of two matters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from foreshock.incidents.disputes.figures import rival_figures
from foreshock.incidents.disputes.matters import Side, Statement, kinship, side_of
from foreshock.incidents.disputes.pairs import walked_back
from foreshock.incidents.disputes.parties import rival_actors, rival_places, rival_states, rival_times
from foreshock.incidents.disputes.standing import rejections
from foreshock.model import DisputeMatter, Report

Label = Literal["contradict", "compatible", "unrelated"]
Rule = Callable[[Statement, Statement], Iterator[str]]
# In this order: what is denied is not asked who did it.
RULES: tuple[tuple[DisputeMatter, Rule], ...] = (
    ("standing", rejections),
    ("figure", rival_figures),
    ("standing", rival_states),
    ("actor", rival_actors),
    ("place", rival_places),
    ("time", rival_times),
)


@dataclass(frozen=True, slots=True)
class Relation:
    """How two claims stand to each other; ``matter`` is what they are at odds about, ``why`` one English sentence."""

    label: Label
    matter: DisputeMatter | None
    why: str
    claim_ids: tuple[str, str] | None = None


def relation(one: Report, other: Report) -> Relation:
    """Return how two claims stand to each other, by themselves: whether they speak of one matter is read from their words.

    Silence, a lost number, a bound that allows the other value, a part beside its whole, a count that grew and what was only
    ordered, planned or not known contradict nothing; nor does a holder who says otherwise later (he walked back).
    """
    return relation_of([one], [other])


def relation_of(
    ones: Sequence[Report], others: Sequence[Report], *, text: str | None = None, other_text: str | None = None
) -> Relation:
    """Return the strongest relation between the claims of two documents: contradict, else compatible, else unrelated.

    Args:
        ones: the claims of one document, on whatever it speaks of; none are related to nothing.
        others: those of the other.
        text: the words of the document, where they are at hand: clauses leave out what was named before.
        other_text: those of the other.
    """
    if not ones or not others:
        return Relation("unrelated", None, "one of them tells nothing")
    one, other = side_of(ones, text=text), side_of(others, text=other_text)
    kin = kinship(one, other)
    if not kin.one:
        return Relation("unrelated", None, kin.why)
    found = next(contradictions(one, other), None)
    return found or Relation("compatible", None, f"{kin.why}; nothing that they say excludes the other")


def contradictions(one: Side, other: Side) -> Iterator[Relation]:
    """Yield what two documents that speak of one matter contradict each other in."""
    for matter, rule in RULES:
        for mine in one.statements:
            for yours in other.statements:
                for why in () if walked_back(mine, yours) else rule(mine, yours):
                    yield Relation("contradict", matter, why, (mine.claim.id, yours.claim.id))
