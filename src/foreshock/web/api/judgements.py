"""/api/v1/judgements: what persons decided, and a door for decisions."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from foreshock import pipeline
from foreshock.ledger.head import head
from foreshock.model import Subject, Verdict
from foreshock.web.answers import judged as answers
from foreshock.web.answers.answer import answer
from foreshock.web.api.asked import Asked, Moment, Name, Paged, Words
from foreshock.web.api.problems import Problem
from foreshock.web.api.replying import JSON, accepted, lists, whole
from foreshock.web.api.routing import READERS, routes, told
from foreshock.web.api.schemas import one, page
from foreshock.web.auth import Viewer, audit, require
from foreshock.web.desk import desk_of

# A token for judging need not be one for reading.
router = routes("judgements", reading=False)
LARGEST = 64_000  # bytes of a decision


class JudgementsAsked(Moment, Paged):
    """What may be asked of judgements."""

    subject: Name | None = Field(None, description="The id or name that they are on.")


class Decision(Asked):
    """A decision on a claim, two claims, a dispute, an incident, a source, a name or a site."""

    verdict: Verdict
    subject: Subject = Field(description="What the ids or names are of.")
    subjects: list[Name] = Field(min_length=1, max_length=2, description="Ids, or the name of a source, person or site.")
    why: Words = Field(description="The reason, in a sentence.")
    changes: dict[Name, Words] = Field(
        {}, max_length=30,
        description="To amend fields of the claim, to settle {position: its label}, to override {reliability: A ... F} or "
        "{credibility: 1 ... 6}; each value as JSON text, words with or without their quotes.",
    )  # fmt: skip


def json_only(request: Request) -> None:
    """Let only JSON in, and not more of it than a decision can be; what does not say its length is bounded by the guard.

    Raises:
        Problem: the body says that it is something else, or is too large.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != JSON and not kind.endswith("+json"):
        raise Problem(415, f"the body is {kind[:60] or 'of no type'!r}", remedy=f"send JSON, as {JSON}")
    length = request.headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length) > LARGEST:
        raise Problem(413, f"the body has {length} bytes", remedy=f"send {LARGEST} at most")


@router.get("/judgements", dependencies=READERS, **told("list_judgements", page("JudgementKept"), stream="JudgementKept"))
def judgements(request: Request, asked: Annotated[JudgementsAsked, Query()]) -> Response:
    """List what persons decided, the latest first; whose name is released or withheld is not told."""
    desk = desk_of(request)
    return lists(
        request, head(desk.ledger), asked.format, as_of=asked.as_of,
        page=lambda: answers.judgements(desk, subject=asked.subject, as_of=asked.as_of, limit=asked.limit, cursor=asked.cursor),
        every=lambda: [answers.told(row) for row in answers.kept(desk, subject=asked.subject, as_of=asked.as_of)][::-1],
    )  # fmt: skip


@router.post(
    "/judgements",
    dependencies=[Depends(json_only)],
    **told("judge", one("JudgementKept"), problems=(409, 413, 415), status=201),
)
def judge(request: Request, decision: Decision, who: Annotated[Viewer, Depends(require("analyst"))]) -> Response:
    """Keep a decision: append-only, signed with the name of who asks, and part of every later reading."""
    accepted(request, {JSON: "json"})
    desk = desk_of(request)
    made, new = pipeline.decide(
        desk.ledger, subject=decision.subject, verdict=decision.verdict, subjects=decision.subjects,
        changes=tuple(decision.changes.items()), by=who.name, why=decision.why, now=desk.now(),
    )  # fmt: skip
    if not new:
        raise Problem(409, f"judgement {made.id} is kept already", remedy="nothing is left to do")
    audit(request, "judge", made.id, verdict=made.verdict, of=made.subject)
    told_of = answers.told(made)
    return whole(request, answer(desk, [told_of], told_of["claim_ids"]), status=201)
