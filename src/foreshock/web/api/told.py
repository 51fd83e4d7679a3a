"""The brief, crises, receipts, and how far the desk is."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from fastapi import Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from foreshock import pipeline
from foreshock.briefs import LANGUAGES, render
from foreshock.dates import utc_stamp
from foreshock.ledger.head import head
from foreshock.model import to_json
from foreshock.web.answers import receipt as receipts
from foreshock.web.answers.answer import NOTICE, VERSION, Answer, answer, claims_in, values
from foreshock.web.api.asked import Id, Moment, Scope
from foreshock.web.api.problems import Problem, not_found
from foreshock.web.api.replying import JSON, accepted, lists, record, unchanged, whole, written
from foreshock.web.api.routing import routes, told
from foreshock.web.api.schemas import one, page
from foreshock.web.desk import desk_of

router = routes("brief")
HTML, MARKDOWN = "text/html", "text/markdown"
BRIEFS = {JSON: "json", HTML: "html", MARKDOWN: "markdown"}
POLICY = re.compile('http-equiv="Content-Security-Policy" content="([^"]*)"')


class BriefAsked(Scope):
    """What may be asked of a brief."""

    language: str | None = Field(None, description=f"Of the brief: {', '.join(LANGUAGES)}.", pattern=f"^({'|'.join(LANGUAGES)})$")
    format: Literal["json", "html", "markdown"] | None = Field(None, description="Wins over Accept.")


@router.get("/brief", **told("get_brief", one("Brief"), others=(HTML, MARKDOWN)))
def brief(request: Request, asked: Annotated[BriefAsked, Query()]) -> Response:
    """Get the situation brief of a scope, as JSON, as one self-contained page, or as Markdown.

    Every sentence names the claims that it stands on; a brief that breaks a rule does not compile and is not told.
    """
    from foreshock.web.telling import told_of

    form = asked.format or accepted(request, BRIEFS)
    desk = desk_of(request)
    picture = desk.pictures.of(asked.ask)
    if (same := unchanged(request, picture.head, form)) is not None:
        return same
    found = told_of(desk, picture, asked.language or desk.bench.settings.language)
    if found.brief is None:
        raise Problem(500, f"the brief does not compile: {found.failures}", remedy="ask for a narrower scope")
    if form == "json":
        told_brief = found.brief
        data = picture.part(("answers", "brief", id(told_brief)), lambda: to_json(told_brief))
        made = answer(desk, [data], claims_in(data), as_of=asked.as_of)
        return record(request, picture.head, lambda: made)
    as_of = asked.as_of or utc_stamp(desk.now())
    body = render(found.brief, format=form)
    media = {"html": HTML, "markdown": MARKDOWN}[form]
    policy = POLICY.search(body) if form == "html" else None
    headers = {"Content-Security-Policy": policy[1].replace("&#39;", "'")} if policy else {}
    return written(
        request, picture.head, body.encode(), f"{media}; charset=utf-8", as_of, form=form, headers=headers
    )  # fmt: skip


@router.get("/crises", **told("list_crises", page("Crisis")))
def crises(request: Request, asked: Annotated[Moment, Query()]) -> Response:
    """List the crises: saved filters with a name, by which every list can be scoped."""
    desk = desk_of(request)
    return lists(
        request, head(desk.ledger), "json", as_of=asked.as_of, every=tuple,
        page=lambda: answer(desk, [values(row) for row in desk.ledger.crises(asked.as_of)], (), as_of=asked.as_of),
    )  # fmt: skip


@router.get("/receipts/{kind}/{record_id}", **told("get_receipt", one("Receipt"), missing=True))
def receipt(request: Request, kind: receipts.Sort, record_id: Id, asked: Annotated[Scope, Query()]) -> Response:
    """Get the receipt of a record: all claims that it stands on, with their words, documents, origins, and its limits."""
    desk = desk_of(request)
    picture = desk.pictures.of(asked.ask)

    def made() -> Answer:
        found = receipts.receipt(desk, picture, kind, record_id)
        if found is None:
            raise not_found(kind, record_id, remedy="ask with the scope in which you found it")
        return found

    return record(request, picture.head, made)


@router.get("/state", **told("get_state", one("State")))
def state(request: Request) -> Response:
    """Get the version of the desk and how far its ledger has come; `waiting` documents are kept and not joined yet."""
    desk = desk_of(request)
    present = head(desk.ledger)
    found = {
        "name": "foreshock", "version": VERSION, "notice": NOTICE, "made_at": utc_stamp(desk.now()), "example": desk.example,
        "waiting": pipeline.not_joined(desk.ledger), "head": values(present),
    }  # fmt: skip
    return whole(request, answer(desk, [found], ()))
