"""What joining makes of the claims, as programs are told it: lists of the joined picture, in an order that stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from foreshock.model import Condition, Dispute, Grade, Incident, Link, Report, Tally
from foreshock.web.answers.answer import Answer, answer, claims_in, values
from foreshock.web.answers.cursor import Place, pack, page_of, question_of, unpack
from foreshock.web.desk import Desk
from foreshock.web.picture import Picture
from foreshock.web.receipts.ids import tally_id

BACKGROUND = frozenset({"STATE", "ASSESS", "LIKEN"})  # what is said of a crisis without anything happening
IN_FORCE = frozenset({"in_effect", "extended", "breached"})
MOST = 100  # claims that are named for a source


@dataclass(frozen=True)
class List:
    """A list of the picture.

    Attributes:
        name: in the picture, and in addresses.
        rows: all of them.
        key: what orders them; unique, and made only of what stays.
        descending: whether the last is shown first.
        filters: name -> whether a row has a value.
        told: a row as plain values.
    """

    name: str
    rows: Callable[[Picture], Sequence[Any]]
    key: Callable[[Any], Place]
    descending: bool
    filters: dict[str, Callable[[Any, Any], bool]]
    told: Callable[[Picture, Any], dict[str, Any]]


def page(desk: Desk, picture: Picture, of: List, asked: dict[str, Any], *, limit: int, cursor: str | None = None) -> Answer:
    """Return a page of a list; ``asked`` are values of its filters.

    Raises:
        CursorError: the cursor is none, or that of another question.
    """
    ask = picture.ask
    question = question_of(of.name, {**asked, **{name: getattr(ask, name) for name in ask.__dataclass_fields__}})
    rows = matching(picture, of, asked)
    like = tuple("" for _ in of.key(rows[0])) if rows else ("",)
    after = unpack(cursor, question, like) if rows or cursor is None else None
    shown, last = page_of(rows, of.key, after, limit, descending=of.descending)
    told = [of.told(picture, one) for one in shown]
    return answer(desk, told, claims_in(told), as_of=ask.as_of, cursor=pack(question, last) if last else None)


def matching(picture: Picture, of: List, asked: dict[str, Any]) -> list[Any]:
    """Return the rows of a list that have what is asked, in ascending order of its key."""
    rows: list[Any] = picture.part(("answers", of.name), lambda: sorted(of.rows(picture), key=of.key))
    wanted = [(of.filters[name], value) for name, value in asked.items() if value is not None]
    return [one for one in rows if all(fits(one, value) for fits, value in wanted)] if wanted else rows


def in_order(of: List, rows: Sequence[Any]) -> Sequence[Any]:
    """Return rows in the order in which they are shown."""
    return rows[::-1] if of.descending else rows


def named(picture: Picture, of: List, wanted: str) -> Any | None:
    """Return the row of an id, None where there is none here; of an incident also by the id of one that was merged into it."""
    by_id: dict[str, Any] = picture.part(("answers", of.name, "by id"), lambda: _by_id(of.rows(picture)))
    return by_id.get(wanted)


def _by_id(rows: Sequence[Any]) -> dict[str, Any]:
    merged = {old: one for one in rows for old in getattr(one, "merged", ())}
    return merged | {tally_id(one) if isinstance(one, Tally) else one.id: one for one in rows}


def _equal(name: str) -> Callable[[Any, Any], bool]:
    return lambda row, value: bool(getattr(row, name) == value)


def _when(one: Incident) -> str:
    return (one.when.end or one.when.start or "") if one.when else ""


def _at(one: Incident, where: str) -> bool:
    return bool(one.place and one.place.name.casefold() == where.casefold())


def _told(_: Picture, one: Any) -> dict[str, Any]:
    found: dict[str, Any] = values(one)
    return found


def _tally(_: Picture, one: Tally) -> dict[str, Any]:
    return {"id": tally_id(one), **values(one)}


def _link(picture: Picture, one: Link) -> dict[str, Any]:
    """Return a link with the claims of the documents at its ends."""
    of = picture.part(("answers", "claims of documents"), lambda: _grouped(picture, lambda row: row.claim.document_id))
    return {**values(one), "claim_ids": [*of.get(one.carrier, ()), *of.get(one.source, ())]}


def _grade(picture: Picture, one: Grade) -> dict[str, Any]:
    """Return a grade with the source's claims, the first :data:`MOST` of them."""
    of = picture.part(("answers", "claims of sources"), lambda: _grouped(picture, lambda row: row.source))
    return {**values(one), "claim_ids": of.get(one.source, [])[:MOST]}


def _grouped(picture: Picture, key: Callable[[Report], str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for claim_id, report in picture.shown.reports.items():
        found.setdefault(key(report), []).append(claim_id)
    return found


def _tellers(one: Dispute | Condition) -> list[str]:
    if isinstance(one, Dispute):
        return [holder for position in one.positions for holder in position.holders]
    return list(one.held_by)


def _tells(one: Dispute | Condition, holder: str) -> bool:
    return any(holder.casefold() in told.casefold() for told in _tellers(one))


def _source(one: Grade) -> Place:
    return (one.source,)


INCIDENTS = List(
    "incidents", lambda picture: picture.shown.incidents, lambda one: (_when(one), one.id), True,
    {
        "kind": _equal("kind"), "mode": _equal("mode"), "credibility": _equal("credibility"), "place": _at,
        "events": lambda one, only: not only or one.kind not in BACKGROUND,
    },
    _told,
)  # fmt: skip
DISPUTES = List(
    "disputes", lambda picture: picture.shown.disputes, lambda one: (one.id,), False,
    {
        "matter": _equal("matter"), "state": _equal("state"), "incident": _equal("incident_id"), "holder": _tells,
    },
    _told,
)  # fmt: skip
CONDITIONS = List(
    "conditions", lambda picture: picture.shown.conditions, lambda one: (one.last_confirmed or "", one.id), True,
    {
        "type": _equal("type"), "state": _equal("state"), "freshness": _equal("freshness"), "holder": _tells,
        "in_force": lambda one, only: not only or (one.state in IN_FORCE and one.freshness != "past"),
    },
    _told,
)  # fmt: skip
TALLIES = List(
    "tallies", lambda picture: picture.shown.tallies, lambda one: (one.what, tally_id(one)), False,
    {"what": _equal("what"), "counting": _equal("counting")}, _tally,
)  # fmt: skip
SOURCES = List(
    "sources", lambda picture: picture.shown.grades, _source, False,
    {"reliability": _equal("reliability"), "source": _equal("source")}, _grade,
)  # fmt: skip
LINKS = List(
    "links", lambda picture: picture.shown.links, lambda one: (one.carrier, one.source, one.reason), False,
    {"reason": _equal("reason"), "carrier": _equal("carrier"), "source": _equal("source")}, _link,
)  # fmt: skip
