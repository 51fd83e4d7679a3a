"""What persons decided about claims, and how it takes part in a reading.

A judgement is never changed: a later one on the same subject supersedes it, and "withdraw" takes it back. ``confirm`` and
``reject`` are one question (does the claim stand), ``amend`` another (what it says): a claim that was amended can be confirmed.
An amendment that comes after a rejection brings the claim back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from foreshock.incidents.judgements.amending import amended_claim
from foreshock.incidents.judgements.judging import plain
from foreshock.model import Judgement, Report


class Judged(NamedTuple):
    """Reports as persons left them.

    ``effective`` take part in every reading, amended where a person said so; ``rejected`` do not, and stay listed. ``confirmed``
    and ``amended`` lead from the id of a claim to the judgement.
    """

    effective: list[Report]
    rejected: list[Report]
    confirmed: Mapping[str, Judgement]
    amended: Mapping[str, Judgement]


def standing(judgements: Sequence[Judgement]) -> list[Judgement]:
    """Return the judgements that were not taken back, earliest first.

    A withdrawal can be withdrawn itself. Those of one moment keep the order in which they are handed in.
    """
    taken: set[str] = set()
    kept = []
    for one in sorted(judgements, key=lambda judgement: judgement.at)[::-1]:
        if one.id in taken:
            continue
        if one.verdict == "withdraw":
            taken.update(one.subjects)
        else:
            kept.append(one)
    return kept[::-1]


def override_of(judgements: Sequence[Judgement], subject: str, name: str, field: str) -> tuple[str, Judgement] | None:
    """Return the value that a person last gave a field of a source or an incident, and the judgement; None where nobody did."""
    for one in reversed(standing(judgements)):
        if one.subject == subject and one.verdict == "override" and name in one.subjects:
            for key, value in one.changes:
                if key == field:
                    return plain(value), one
    return None


def apply(reports: Sequence[Report], judgements: Sequence[Judgement]) -> Judged:
    """Return the reports as persons left them, in the order given.

    Raises:
        LedgerError: an amendment does not fit a claim (:func:`foreshock.incidents.judging.check` keeps such from being kept).
    """
    stands: dict[str, Judgement] = {}
    changed: dict[str, Judgement] = {}
    for one in standing(judgements):
        if one.subject != "claim" or one.verdict not in ("confirm", "reject", "amend"):
            continue
        for claim_id in one.subjects:
            if one.verdict != "amend":
                stands[claim_id] = one
            else:
                changed[claim_id] = one
                if claim_id in stands and stands[claim_id].verdict == "reject":
                    del stands[claim_id]
    ids = {report.claim.id for report in reports}
    rejected = {one for one, judgement in stands.items() if judgement.verdict == "reject"}
    effective = [_amended(one, changed.get(one.claim.id)) for one in reports if one.claim.id not in rejected]
    return Judged(
        effective,
        [one for one in reports if one.claim.id in rejected],
        {one: judgement for one, judgement in stands.items() if one in ids and one not in rejected},
        {one: judgement for one, judgement in changed.items() if one in ids and one not in rejected},
    )


def _amended(report: Report, judgement: Judgement | None) -> Report:
    return report if judgement is None else replace(report, claim=amended_claim(report.claim, judgement.changes))
