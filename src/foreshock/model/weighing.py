"""What weighing reads and says: happenings, what was blind, evidence, estimates, and outcomes by which they are scored.

Probabilities are 0 to 1, evidence is in nats (natural logarithms of likelihood ratios), days are ISO dates, countries ISO 3166
alpha-3. A number that was not measured is None and has its reason beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from foreshock.model.values import record_id

StartState = Literal["peace", "conflict", "after-coup"]
Tier = Literal["quiet", "protest", "removal", "crisis"]
EvidenceState = Literal["seen", "unseen", "blind", "no-baseline", "unmeasured", "no-bridge", "in-tier"]
Resolution = Literal["occurred", "did-not-occur", "unresolved"]


@dataclass(frozen=True, slots=True)
class Happening:
    """One incident as weighing counts it: once, whatever the number of its reports.

    ``day`` is the first day on which it may have happened, ``known_at`` when it was first told. ``sources`` are the outlets of
    its independent origins. ``ignored`` says why it counts for nothing (denied, rumoured, forecast ...); None where it counts.
    ``actor`` and ``recipient`` are CAMEO-like codes of country and sector, such as "KAZ", "GOV". ``coders`` are those that coded
    any of its claims, by name and version; empty where that is not known.
    """

    id: str
    country: str
    day: str
    known_at: str
    kind: str
    mode: str | None = None
    actor: tuple[str | None, str | None] = (None, None)
    recipient: tuple[str | None, str | None] = (None, None)
    killed: float | None = None
    sources: tuple[str, ...] = ()
    claim_ids: tuple[str, ...] = ()
    ignored: str | None = None
    coders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Blind:
    """A stretch of time in which a country, or a part of it, could not be seen: a shutdown, a closed border, no feed at all.

    ``whole`` says that it held for the whole country. ``until`` is None while it lasts. ``claim_ids`` lead to the claims that
    say so; a register of shutdowns is named in ``source`` instead.
    """

    country: str
    cause: str
    since: str
    until: str | None
    whole: bool
    source: str
    claim_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a fitted number comes from: the sets, the span of outcomes, rows and onsets behind it, when and by what command."""

    sets: tuple[str, ...]
    span: str
    n: int
    onsets: int
    fitted: str
    command: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one indicator does to one scenario.

    ``nats`` is what it adds to the log odds, 0 where it weighs nothing; ``low`` and ``high`` its 90 % interval by resampling
    countries. ``why`` is one English sentence that says what was seen, or why it weighs nothing.
    """

    scenario: str
    indicator: str
    state: EvidenceState
    nats: float
    low: float
    high: float
    why: str
    happenings: tuple[str, ...] = ()
    claim_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prior:
    """What history says before any news: the probability within the horizon with its 90 % interval, beside the base rate.

    ``base_rate`` is that of all countries in the latest measured span; ``falls_back`` names the region, or "world", by which a
    country without a history of its own was judged.
    """

    probability: float
    low: float
    high: float
    base_rate: float
    why: str
    provenance: Provenance
    falls_back: str | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """How likely a scenario is within its horizon from ``as_of``, and why.

    ``probability`` is the published mixture of prior and evidence model, ``evidence_model`` what evidence alone would say,
    ``weight`` the share of the latter. All are None where the scenario is unmeasured, and ``unmeasured`` says why. ``arrival`` is
    the version of the ledger: the last coding that was known.
    """

    id: str
    scenario: str
    subject: str
    country: str
    as_of: str
    horizon: int
    state: StartState
    tier: Tier
    probability: float | None
    low: float | None
    high: float | None
    prior: Prior | None
    evidence_model: float | None
    weight: float | None
    evidence: tuple[Evidence, ...]
    blind: tuple[Blind, ...]
    arrival: int
    method: str
    unmeasured: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a scenario came about in a country: on ``occurred`` (an ISO prefix), or not by the end of ``checked_until``.

    One of the two is given; or neither, and ``withdraws`` is the id of an outcome that was recorded in error. ``source`` says by
    whom or by which set.
    """

    scenario: str
    country: str
    occurred: str | None
    checked_until: str | None
    source: str
    why: str = ""
    withdraws: str | None = None

    @property
    def id(self) -> str:
        """A hash of all that it says."""
        told = (self.scenario, self.country, self.occurred, self.checked_until, self.source, self.why)
        return record_id("outcome", *told, *([self.withdraws] if self.withdraws else []))
