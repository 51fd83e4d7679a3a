"""The triage list: the documents, what was kept last first, with filters in the address."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse

from foreshock.briefs.locale import Reader
from foreshock.briefs.receipts import standing
from foreshock.dates import parse
from foreshock.errors import LedgerError
from foreshock.ledger import Query as Claims
from foreshock.ledger.head import head
from foreshock.ledger.listing import COUNTED, Listing, Wanted
from foreshock.model import Status
from foreshock.pipeline.opening import Row, list_documents
from foreshock.pipeline.situation import scope_of
from foreshock.web import wording
from foreshock.web.ask import Ask
from foreshock.web.desk import Desk, desk_of
from foreshock.web.locale import language_of, reader
from foreshock.web.reading.cards import ICONS
from foreshock.web.reading.view import headline
from foreshock.web.templating import page, remembered

router = APIRouter()
PAGE = 30
SNIPPET = 240  # characters of the beginning of a text that a row shows


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; "" is any. ``first`` and ``last`` are days of publication."""

    q: str = ""
    source: str = ""
    tongue: str = ""
    kind: str = ""
    status: str = ""
    first: str = ""
    last: str = ""
    damaged: str = ""

    def wanted(self, desk: Desk, ask: Ask) -> Wanted:
        """Return what is asked of the ledger.

        Raises:
            LedgerError: a day is none, or there is no such crisis.
        """
        for name in ("first", "last"):
            if (value := getattr(self, name)) and parse(value) is None:
                raise LedgerError(f"the day is {value!r}, no date", remedy="give an ISO date such as 2022-01-08 or 2022-01")
        scope = scope_of(desk.ledger, crisis=ask.crisis, country=ask.country, since=ask.since, until=ask.until, as_of=ask.as_of)
        claims = Claims(
            kind=self.kind.upper() or None, status=self.status or None, damaged=True if self.damaged else None, crisis=scope
        )
        return Wanted(
            words=self.q.strip() or None, source=self.source or None, language=self.tongue or None, since=self.first or None,
            until=self.last or None, claims=claims, as_of=ask.as_of,
        )  # fmt: skip


@router.get("/documents", response_class=HTMLResponse)
def documents(
    request: Request,
    q: Annotated[str, Query(max_length=500, description="search")] = "",
    source: Annotated[str, Query(max_length=300)] = "",
    tongue: Annotated[str, Query(max_length=20, description="language of the text")] = "",
    kind: Annotated[str, Query(max_length=60)] = "",
    status: Annotated[str, Query(max_length=30)] = "",
    first: Annotated[str, Query(max_length=20, description="published on this day or later")] = "",
    last: Annotated[str, Query(max_length=20, description="published on this day or earlier")] = "",
    damaged: Annotated[str, Query(max_length=3)] = "",
    after: Annotated[int | None, Query(ge=0, description="where the page before ended")] = None,
) -> HTMLResponse:
    """List documents."""
    desk, ask = desk_of(request), Ask.of(request.query_params)
    told = reader(language_of(request, desk.bench.settings.language))
    chosen = Filters(*(one.strip() for one in (q, source, tongue, kind, status, first, last, damaged)))
    rows, problem = None, None
    try:
        rows = list_documents(desk.ledger, chosen.wanted(desk, ask), now=desk.now(), after=after, limit=PAGE)
    except LedgerError as error:
        problem = error  # a search that is none is answered where it was typed
    outlets, tongues = Listing(desk.ledger).lately()
    values: dict[str, Any] = dict(  # noqa: C408 - read as the arguments that they are
        rows=rows,
        problem=problem,
        chosen=chosen,
        chips=chips(told, chosen, ask),
        after=after,
        counted=COUNTED,
        outlets=sorted(outlets),
        tongues=sorted({*tongues, *([chosen.tongue] if chosen.tongue else [])}),
        kinds=[(entry.kind, wording.kind_label(told, entry.kind)) for entry in desk.bench.codebook],
        statuses=[(one, standing(told, one)) for one in get_args(Status)],
        name_of=name_of,
        pieces=pieces,
        tallied=lambda row: [(ICONS.get(key, "●"), standing(told, key), n) for key, n in row.standings.most_common()],
        kind_names=lambda row: [wording.kind_label(told, name) for name, _ in row.kinds.most_common(4)],
    )
    if problem is not None:
        return page(request, "documents.html.j2", ask, status=400, **values)
    return remembered(request, "documents.html.j2", (ask, head(desk.ledger)), ask, values)


def chips(told: Reader, chosen: Filters, ask: Ask) -> list[tuple[str, str, str]]:
    """Return the filters that are set: what each is called, its value, and the address of the list without it."""
    names = {
        "q": told.say("search"), "source": told.say("outlet"), "tongue": told.say("language"), "kind": told.say("kind"),
        "status": told.say("standing"), "first": told.say("from"), "last": told.say("to"), "damaged": told.say("damaged"),
    }  # fmt: skip
    values = {
        "tongue": told.tongue(chosen.tongue) if chosen.tongue else "",
        "kind": wording.kind_label(told, chosen.kind.upper()) if chosen.kind else "",
        "status": standing(told, chosen.status) if chosen.status in get_args(Status) else chosen.status,
        "damaged": told.say("yes"),
    }
    found = []
    for one in fields(chosen):
        if value := getattr(chosen, one.name):
            rest = {name.name: getattr(replace(chosen, **{one.name: ""}), name.name) for name in fields(chosen)}
            found.append((names[one.name], values.get(one.name) or value, f"/documents{ask.query(**rest)}"))
    for name, label in (("crisis", told.say("crisis")), ("country", told.say("country")), ("as_of", told.say("as of"))):
        if value := getattr(ask, name):
            kept = {one.name: getattr(chosen, one.name) for one in fields(chosen)}
            found.append((label, value, f"/documents{ask.query(**kept, **{name: None})}"))
    return found


def name_of(row: Row) -> str:
    """Return what a row is called: its title, else the beginning of its text."""
    return headline(row.document.title, row.head) or row.document.source


def pieces(row: Row) -> list[tuple[str, bool]]:
    """Return the words that a row shows, cut where a search hit begins and ends; True for a hit."""
    if not row.marks:
        lines = [line for line in row.text.splitlines() if line.strip()]
        called = lines and " ".join(lines[0].split()).strip("#* ") == name_of(row)
        rest = " ".join(lines[1 if called else 0 :])
        return [(rest if len(rest) <= SNIPPET else rest[:SNIPPET].rsplit(" ", 1)[0] + " …", False)]
    found, at = [("… ", False)] if row.start else [], 0
    for start, end in row.marks:
        found += [(row.text[at:start], False), (row.text[start:end], True)]
        at = end
    return [*found, (row.text[at:], False), (" …", False)]
