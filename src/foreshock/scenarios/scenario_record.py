"""What a scenario is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

CALM = "leadership-holds"


@dataclass(frozen=True, slots=True)
class Scenario:
    """A question that is open until its horizon has passed.

    Attributes:
        id: its name, that of its file.
        question: as asked of one country; ``{days}`` stands for the horizon.
        short: a few words for tables, "a coup attempt".
        horizons: days from the moment of asking.
        resolves: what has to come about for "yes".
        history: the measured history that is its prior, a name in fitted/hazards.yaml; None where there is none.
        given: horizon -> a prior probability that a user gave, with ``given_by``; never one of the package.
        unmeasured: why there is no number; None where there is one.
        indicators: ids of what is looked for; all that have a measured ratio count.
        precedents: endings that make a past crisis a precedent.
        outcomes: scenarios that an exclusive question is made of; empty for a plain one.
        shares: a user's own prior over ``outcomes``, summing to 1; None where it follows from their scenarios.
    """

    id: str
    question: str
    short: str
    horizons: tuple[int, ...]
    resolves: str
    history: str | None = None
    given: Mapping[int, float] | None = None
    given_by: str | None = None
    unmeasured: str | None = None
    indicators: tuple[str, ...] = ()
    precedents: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    shares: Mapping[str, float] | None = None

    @property
    def calm(self) -> bool:
        """Whether it is the scenario that nothing breaks."""
        return self.id == CALM
