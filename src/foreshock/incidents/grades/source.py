"""How reliable a source is: Admiralty A to F (NATO STANAG 2511), from its record in this ledger.

Only what a source says first-hand counts: a copy neither earns nor loses, and what an outlet quotes is the speaker's. The record
is a Beta distribution over claims that stood up and claims that fell; how thin it is shows in its interval, and a thin one is F.
No grade is set in code: cut points are data (grades.yaml), and a person may override a grade, with a note.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from foreshock.incidents.grades.beta import beta_quantile
from foreshock.incidents.grades.record import Record, settled_against, telling_of
from foreshock.incidents.judgements.judged import apply, override_of
from foreshock.incidents.parties import Parties, shipped
from foreshock.knowledge import load_table
from foreshock.model import Dispute, Grade, Incident, Judgement, Reliability, Report


@cache
def table() -> Mapping[str, Any]:
    """Return the prior and the cut points (grades.yaml)."""
    found: Mapping[str, Any] = load_table(__package__, "grades.yaml")
    return found


@dataclass(frozen=True, slots=True)
class Posterior:
    """The Beta distribution of a claim's standing up, after a record: its mean and interval."""

    mean: float
    low: float
    high: float


def posterior(up: int, down: int) -> Posterior:
    """Return what a record of claims that stood up and fell says.

    Worked number: 8 and 1 over a uniform prior is Beta(9, 2): mean 9/11 = .82, 90 % interval .61 to .96.

    >>> found = posterior(8, 1)
    >>> round(found.mean, 2), round(found.low, 2), round(found.high, 2)
    (0.82, 0.61, 0.96)
    """
    a, b = table()["prior"]["up"] + up, table()["prior"]["down"] + down
    tail = (1 - table()["interval"]) / 2
    return Posterior(a / (a + b), beta_quantile(tail, a, b), beta_quantile(1 - tail, a, b))


def grades_of(
    incidents: Sequence[Incident], reports: Sequence[Report], *, disputes: Iterable[Dispute] = (),
    judgements: Sequence[Judgement] = (), speakers: bool = False, parties: Parties | None = None,
) -> list[Grade]:  # fmt: skip
    """Return the grade of each source that says something first-hand, by name.

    Args:
        incidents: all that the reports are in, with their origins and credibility.
        reports: the claims of the ledger; a source without an incident of its own has the grade of an empty record.
        disputes: a settled one counts against those whose position lost.
        judgements: what persons decided; an override of a source's reliability is the last word, and the record stays beside it.
        speakers: whether speakers that the catalogue or the words tell apart are graded too, beside outlets.

    Of one incident a source is borne out or refuted once, however many claims it makes: what others bear out is confirmed by an
    origin that is not its own and no party to it, or by an admission; what one that is no party denies and none bears out is
    refuted; what it retracts is walked back.
    """
    who = parties or shipped()
    effective = apply(reports, judgements).effective
    known = {one.claim.id: one for one in effective}
    lost = settled_against(disputes, judgements)
    records: dict[str, Record] = {one.source: Record() for one in effective}
    for incident in incidents:
        told = [known[one] for one in incident.claim_ids if one in known]
        for name, fate in telling_of(incident, told, lost, judgements, who, speakers=speakers):
            records.setdefault(name, Record()).add(fate)
    return [_grade(name, records[name], judgements) for name in sorted(records)]


def _grade(name: str, record: Record, judgements: Sequence[Judgement]) -> Grade:
    down = record.denied + record.walked_back
    found = posterior(record.confirmed, down)
    thin = record.confirmed + down < table()["thin_below"]
    row = table()["thin"] if thin else next(r for r in table()["letters"] if found.mean >= r["mean"] and found.low >= r["low"])
    set_by = override_of(judgements, "source", name, "reliability")
    letter, why = row["letter"], f"{row['means']}: {_said(record)}"
    if set_by:
        letter, judgement = set_by
        why = f"set by {judgement.by} on {judgement.at[:10]}: {judgement.why} (its record alone: {row['letter']}, {why})"
    return Grade(
        source=name,
        reliability=cast(Reliability, letter),
        confirmed=record.confirmed,
        denied=record.denied,
        walked_back=record.walked_back,
        claims=record.claims,
        mean=round(found.mean, 4),
        low=round(found.low, 4),
        high=round(found.high, 4),
        thin=thin,
        why=why,
        overridden_by=set_by[1].id if set_by else None,
    )


def _said(record: Record) -> str:
    judged = record.confirmed + record.denied + record.walked_back
    told = f"{record.incidents} incident{'' if record.incidents == 1 else 's'} told first-hand"
    fates = f"{record.confirmed} borne out by others, {record.denied} refuted, {record.walked_back} taken back"
    return f"of {told}, {fates}, {record.incidents - judged} not judged yet"
