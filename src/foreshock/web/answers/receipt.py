"""Receipts for programs: all that a record stands on, down to the words, their document and how they were coded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from foreshock.model import Claim, Report
from foreshock.web.answers.answer import Answer, answer, claims_in, values
from foreshock.web.answers.claims import claim, claim_values
from foreshock.web.answers.joined import CONDITIONS, DISPUTES, INCIDENTS, TALLIES, List, named
from foreshock.web.answers.judged import kept, told
from foreshock.web.desk import Desk
from foreshock.web.picture import Picture

Sort = Literal["claim", "incident", "dispute", "condition", "tally", "estimate"]
LISTS: dict[str, List] = {"incident": INCIDENTS, "dispute": DISPUTES, "condition": CONDITIONS, "tally": TALLIES}
LIMITS = {
    "claim": "Coded by machine from the words quoted here, whose place in the text is given; the confidence is the coder's, "
    "fitted on a few hundred claims.",
    "incident": "Which claims tell of one event is decided by likeness of kind, time, place, parties and figures; reports in two "
    "languages often stay two incidents. Its grade counts independent origins, and no origin is known that no text names.",
    "dispute": "Contradictions are found by rules on standing, figures, actors, places and times; some are not seen. "
    "A person settles them, not a machine.",
    "condition": "In force means that somebody last said so on the day given; what nobody confirms ages and is not gone.",
    "tally": "Numbers of other definitions or places are other tallies; nothing is summed, and a lost number has no value.",
    "estimate": "A measured rate of history moved by measured ratios; what was not measured weighs nothing.",
}
METHOD = {
    "claim": "docs/claims.md", "incident": "docs/incidents.md", "dispute": "docs/incidents.md", "condition": "docs/incidents.md",
    "tally": "docs/incidents.md", "estimate": "docs/weighing.md",
}  # fmt: skip


def receipt(desk: Desk, picture: Picture, sort: Sort, wanted: str) -> Answer | None:
    """Return the receipt of a record as the one item of an answer; None where there is no such record here.

    The item has ``kind``, ``record``, ``claims`` (each with its document, origin and incident), ``judgements``, ``method`` and
    ``limits``.
    """
    record = _record(desk, picture, sort, wanted)
    if record is None:
        return None
    ids = list(dict.fromkeys([record["id"]] if sort == "claim" else claims_in(record)))
    item = {
        "kind": sort,
        "record": record,
        "claims": [row for one in ids if (row := _claim(desk, picture, one)) is not None],
        "judgements": _judgements(desk, picture, [wanted, *ids]),
        "method": METHOD[sort],
        "limits": LIMITS[sort],
    }
    return answer(desk, [item], ids, as_of=picture.ask.as_of)


def _record(desk: Desk, picture: Picture, sort: Sort, wanted: str) -> dict[str, Any] | None:
    as_of = picture.ask.as_of
    if sort == "claim":
        found = _report(desk, picture, wanted)
        return claim_values(found.claim) if found else None
    if sort == "estimate":
        return next((values(one) for one in desk.ledger.estimates(as_of) if one.id == wanted), None)
    row = named(picture, LISTS[sort], wanted)
    return LISTS[sort].told(picture, row) if row is not None else None


def _report(desk: Desk, picture: Picture, claim_id: str) -> Report | None:
    found = picture.shown.reports.get(claim_id)
    return found if found is not None else claim(desk, claim_id, as_of=picture.ask.as_of)


def _claim(desk: Desk, picture: Picture, claim_id: str) -> dict[str, Any] | None:
    """Return a claim with what it belongs to; None where it is not known any more."""
    report = _report(desk, picture, claim_id)
    if report is None:
        return None
    incident = picture.part(("answers", "incident of"), lambda: _of(picture)).get(claim_id)
    origin = next((one.name for one in incident.origins if claim_id in one.claim_ids), None) if incident else None
    return {
        "claim": claim_values(report.claim),
        "document": _document(report),
        "origin": origin,
        "incident_id": incident.id if incident else None,
        "dispute_ids": [one.id for one in picture.shown.disputes if any(claim_id in it.claim_ids for it in one.positions)],
        "condition_ids": [one.id for one in picture.shown.conditions if claim_id in one.claim_ids],
        "grade": next((one.reliability for one in picture.shown.grades if one.source == report.source), None),
    }


def _of(picture: Picture) -> dict[str, Any]:
    return {claim_id: one for one in picture.shown.incidents for claim_id in one.claim_ids}


def _document(report: Report) -> dict[str, Any]:
    one: Claim = report.claim
    return {
        "id": one.document_id, "version": one.version, "source": report.source, "published": report.published,
        "language": one.language, "known_at": report.known_at,
    }  # fmt: skip


def _judgements(desk: Desk, picture: Picture, subjects: Iterable[str]) -> list[dict[str, Any]]:
    wanted = set(subjects)
    return [told(one) for one in kept(desk, as_of=picture.ask.as_of) if wanted & set(one.subjects)]
