"""What joining makes of the claims: incidents, disputes, conditions, tallies, sources with their grades, links of documents."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from foreshock.model import (
    ConditionState,
    DisputeMatter,
    DisputeState,
    FigureWhat,
    Freshness,
    Kind,
    LinkReason,
    Reliability,
)
from foreshock.web.answers import joined as answers
from foreshock.web.answers.answer import Answer, answer, claims_in
from foreshock.web.api.asked import Id, Name, Scope, ScopedList
from foreshock.web.api.problems import not_found
from foreshock.web.api.replying import lists, record
from foreshock.web.api.routing import routes, told
from foreshock.web.api.schemas import one, page
from foreshock.web.desk import desk_of

router = routes("joining")


class IncidentsAsked(ScopedList):
    """What may be asked of incidents."""

    kind: Kind | None = None
    mode: Name | None = None
    credibility: int | None = Field(None, ge=1, le=6, description="1 confirmed ... 6 cannot be judged.")
    place: Name | None = Field(None, description="The place's name, in any case.")
    events: bool = Field(False, description="Without background, judgements and comparisons, which are no events.")


class DisputesAsked(ScopedList):
    """What may be asked of disputes."""

    matter: DisputeMatter | None = None
    state: DisputeState | None = None
    incident: Name | None = Field(None, description="The id of an incident.")
    holder: Name | None = Field(None, description="A part of the name of somebody who takes a position.")


class ConditionsAsked(ScopedList):
    """What may be asked of conditions."""

    type: Name | None = Field(None, description="Such as curfew, blackout, ceasefire.")
    state: ConditionState | None = None
    freshness: Freshness | None = None
    holder: Name | None = Field(None, description="A part of the name of somebody who holds it to be in force.")
    in_force: bool = Field(False, description="Only what is held to be in force and is not past its stated end.")


class TalliesAsked(ScopedList):
    """What may be asked of tallies."""

    what: FigureWhat | None = None
    counting: str | None = Field(None, pattern="^(new|cumulative)$")


class SourcesAsked(ScopedList):
    """What may be asked of sources."""

    reliability: Reliability | None = None
    source: Name | None = Field(None, description="The source's name, in full.")


class LinksAsked(ScopedList):
    """What may be asked of links between documents."""

    reason: LinkReason | None = None
    carrier: Name | None = Field(None, description="The id of the document that carries.")
    source: Name | None = Field(None, description="The id of the document, or the name, that is carried.")


@router.get("/incidents", **told("list_incidents", page("Incident"), stream="Incident"))
def incidents(request: Request, asked: Annotated[IncidentsAsked, Query()]) -> Response:
    """List incidents, the latest first: claims of compatible kind, time and place, with their origins and figures."""
    return _list(request, answers.INCIDENTS, asked)


@router.get("/incidents/{incident_id}", **told("get_incident", one("Incident"), missing=True))
def incident(request: Request, incident_id: Id, asked: Annotated[Scope, Query()]) -> Response:
    """Get one incident, also by the id of one that was merged into it."""
    return _one(request, answers.INCIDENTS, "incident", incident_id, asked)


@router.get("/disputes", **told("list_disputes", page("Dispute"), stream="Dispute"))
def disputes(request: Request, asked: Annotated[DisputesAsked, Query()]) -> Response:
    """List disputes: what cannot both hold, who holds each position, in which words, and the origins behind it."""
    return _list(request, answers.DISPUTES, asked)


@router.get("/disputes/{dispute_id}", **told("get_dispute", one("Dispute"), missing=True))
def dispute(request: Request, dispute_id: Id, asked: Annotated[Scope, Query()]) -> Response:
    """Get one dispute."""
    return _one(request, answers.DISPUTES, "dispute", dispute_id, asked)


@router.get("/conditions", **told("list_conditions", page("Condition"), stream="Condition"))
def conditions(request: Request, asked: Annotated[ConditionsAsked, Query()]) -> Response:
    """List conditions, the last confirmed first: what is or was in force, declared by whom, and its age."""
    return _list(request, answers.CONDITIONS, asked)


@router.get("/conditions/{condition_id}", **told("get_condition", one("Condition"), missing=True))
def condition(request: Request, condition_id: Id, asked: Annotated[Scope, Query()]) -> Response:
    """Get one condition."""
    return _one(request, answers.CONDITIONS, "condition", condition_id, asked)


@router.get("/tallies", **told("list_tallies", page("TallyWithId"), stream="TallyWithId"))
def tallies(request: Request, asked: Annotated[TalliesAsked, Query()]) -> Response:
    """List tallies, each number with its holder; nothing is summed, and a lost number has no value."""
    return _list(request, answers.TALLIES, asked)


@router.get("/sources", **told("list_sources", page("GradeOfSource"), stream="GradeOfSource"))
def sources(request: Request, asked: Annotated[SourcesAsked, Query()]) -> Response:
    """List sources with their Admiralty grade, the record that it comes from, and the first hundred of their claims."""
    return _list(request, answers.SOURCES, asked)


@router.get("/links", **told("list_links", page("LinkOfDocuments"), stream="LinkOfDocuments"))
def links(request: Request, asked: Annotated[LinksAsked, Query()]) -> Response:
    """List which documents only carry what another has first-hand, why, and the claims of both."""
    return _list(request, answers.LINKS, asked)


def _list(request: Request, of: answers.List, asked: ScopedList) -> Response:
    desk = desk_of(request)
    picture = desk.pictures.of(asked.ask)
    filters = {name: value for name, value in asked.filters.items() if value is not False}
    return lists(
        request, picture.head, asked.format, as_of=asked.as_of,
        page=lambda: answers.page(desk, picture, of, filters, limit=asked.limit, cursor=asked.cursor),
        every=lambda: (of.told(picture, row) for row in answers.in_order(of, answers.matching(picture, of, filters))),
    )  # fmt: skip


def _one(request: Request, of: answers.List, what: str, wanted: str, asked: Scope) -> Response:
    desk = desk_of(request)
    picture = desk.pictures.of(asked.ask)

    def made() -> Answer:
        row = answers.named(picture, of, wanted)
        if row is None:
            raise not_found(what, wanted, remedy=f"list them at /api/v1/{of.name} with the same scope")
        told_of = of.told(picture, row)
        return answer(desk, [told_of], claims_in(told_of), as_of=asked.as_of)

    return record(request, picture.head, made)
