"""Judging: one address for every decision, and the form that corrects a claim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import APIRouter, Depends
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from foreshock import pipeline
from foreshock.briefs.tables import table
from foreshock.briefs.words import sentence
from foreshock.errors import ForeshockError
from foreshock.model import Claim, Subject, Verdict
from foreshock.pipeline import Opened
from foreshock.web.ask import Ask
from foreshock.web.auth import Viewer, audit, require
from foreshock.web.desk import Desk, desk_of
from foreshock.web.judging.form import CHOICES, changes_of, fields_of
from foreshock.web.judging.same import candidates
from foreshock.web.locale import language_of, reader
from foreshock.web.pages.reading import card_of
from foreshock.web.reading.view import opened_at
from foreshock.web.templating import page

router = APIRouter()
Analyst = Annotated[Viewer, Depends(require("analyst"))]


async def fields(request: Request) -> FormData:
    """Return the form that was sent."""
    return await request.form(max_fields=400, max_files=0)


Sent = Annotated[FormData, Depends(fields)]


@router.post("/judgements")
def judge(request: Request, who: Analyst, sent: Sent) -> Response:
    """Keep a decision.

    Fields: ``subject`` (claim, incident, dispute, source, person, site), ``subjects`` (ids or names, once each), ``verdict`` and
    ``why``, or both in ``quick`` ("confirm|Read beside the original."); ``position`` of a dispute, ``reliability`` of a source,
    ``credibility`` of an incident; ``back``, a path of this desk; ``card``, the claim whose card htmx gets as the answer.
    """
    desk = desk_of(request)
    quick, _, reason = _one(sent, "quick").partition("|")
    verdict, why = quick or _one(sent, "verdict"), reason or _one(sent, "why")
    subjects = [str(one) for one in sent.getlist("subjects")]
    given = [(name, value) for name in ("position", "reliability", "credibility") if (value := _one(sent, name))]
    # What is no subject or verdict is refused by the pipeline.
    subject, said = cast("Subject", _one(sent, "subject")), cast("Verdict", verdict)
    made, _ = pipeline.decide(
        desk.ledger, by=who.name, subject=subject, verdict=said, subjects=subjects, why=why, changes=given, now=desk.now()
    )
    audit(request, "judge", made.id, of=made.subject, verdict=made.verdict)
    return _after(request, sent, made.id)


@router.get("/claims/{claim_id}", response_class=RedirectResponse)
def claim(request: Request, claim_id: str) -> RedirectResponse:
    """Lead to the claim in its text."""
    ask = Ask.of(request.query_params)
    place = pipeline.place_of_claim(desk_of(request).ledger, claim_id, as_of=ask.as_of)
    if place is None:
        raise HTTPException(404, f"No claim has the id {claim_id!r} in what was known then.")
    return RedirectResponse(f"/documents/{place[0]}{ask.query(claim=claim_id)}#claim-{claim_id}", 303)


@router.get("/claims/{claim_id}/correct", response_class=HTMLResponse)
def correct(request: Request, who: Analyst, claim_id: str) -> HTMLResponse:  # noqa: ARG001 - who may see the form
    """Show the form that corrects a claim."""
    found = _claim(request, claim_id)
    return _form(request, found, fields_of(found.shown))


@router.post("/claims/{claim_id}/correct", response_class=HTMLResponse)
def corrected(request: Request, who: Analyst, sent: Sent, claim_id: str) -> Response:
    """Keep a correction; what was typed stays where it cannot be kept."""
    found, typed = _claim(request, claim_id), _typed(sent)
    why = _one(sent, "why") or _one(sent, "quick")
    try:
        if not why.strip():
            raise HTTPException(422, "Say why, in a few words.")
        changes = changes_of(typed, shown=found.shown, bare=found.bare, coded=found.coded)
        desk = desk_of(request)
        made, _ = pipeline.decide(
            desk.ledger,
            by=who.name,
            subject="claim",
            verdict="amend",
            subjects=[claim_id],
            why=why,
            changes=changes,
            now=desk.now(),
        )
    except (ForeshockError, HTTPException) as error:
        told = error.detail if isinstance(error, HTTPException) else str(error)
        # htmx shows only what succeeds; a browser gets the status too.
        status = 200 if "hx-request" in request.headers else 422
        return _form(request, found, {**fields_of(found.shown), **typed}, why=why, wrong=told, status=status)
    audit(request, "judge", made.id, of="claim", verdict="amend")
    answer = _after(request, sent, made.id, card=claim_id)
    if "hx-request" in request.headers:
        answer.headers.update({"HX-Retarget": f"#claim-{claim_id}", "HX-Reswap": "outerHTML"})
    return answer


@router.get("/claims/{claim_id}/preview", response_class=HTMLResponse)
def preview(request: Request, who: Analyst, claim_id: str) -> HTMLResponse:  # noqa: ARG001 - who may see the form
    """Tell how a claim will read with what is typed so far."""
    found, desk = _claim(request, claim_id), desk_of(request)
    told = reader(language_of(request, desk.bench.settings.language))
    typed = {name: value for name, value in request.query_params.items() if name in found.names}
    try:
        changes = changes_of(typed, shown=found.shown, bare=found.bare, coded=found.coded)
        made = found.opened.told(pipeline.amended(found.coded, changes))
    except ForeshockError as error:
        return page(request, "judging_preview.html.j2", worded=None, problem=str(error), language_of_claim=found.shown.language)
    return page(request, "judging_preview.html.j2", worded=sentence(told, [made]), problem=None, language_of_claim=made.language)


@router.get("/claims/{claim_id}/same", response_class=HTMLResponse)
def same(request: Request, who: Analyst, claim_id: str) -> HTMLResponse:  # noqa: ARG001 - who may see the form
    """Show which incidents may be the same event as a claim tells."""
    desk, ask = desk_of(request), Ask.of(request.query_params)
    told = reader(language_of(request, desk.bench.settings.language))
    rows = candidates(desk.pictures.at_once(ask), claim_id, told)
    template = "judging_same_part.html.j2" if "hx-request" in request.headers else "judging_same.html.j2"
    return page(request, template, ask, rows=rows, claim_id=claim_id)


@dataclass(frozen=True, slots=True)
class _Found:
    """A claim as it is shown, with its names, and as it was coded; ``names`` are those of the fields that a form may have."""

    opened: Opened
    shown: Claim
    bare: Claim
    coded: Claim

    @property
    def names(self) -> frozenset[str]:
        extra = {f"figures.{len(self.shown.figures)}.{part}" for part in ("what", "of", "low", "best", "high", "bound", "state")}
        extra |= {f"holders.{len(self.shown.holders)}.{part}" for part in ("name", "role", "status")}
        return frozenset(fields_of(self.shown)) | extra


def _claim(request: Request, claim_id: str) -> _Found:
    desk, ask = desk_of(request), Ask()
    place = pipeline.place_of_claim(desk.ledger, claim_id)
    found = opened_at(desk, ask, place[0]) if place else None
    if found is None:
        raise HTTPException(404, f"No claim has the id {claim_id!r}.")
    opened = found[0]
    shown = next(one for one in opened.claims if one.id == claim_id)
    return _Found(opened, shown, opened.bare[claim_id], opened.bare_coded[claim_id])


def _form(
    request: Request, found: _Found, values: Mapping[str, str], *, why: str = "", wrong: str | None = None, status: int = 200
) -> HTMLResponse:
    desk = desk_of(request)
    template = "judging_form.html.j2" if "hx-request" in request.headers else "judging_page.html.j2"
    told = reader(language_of(request, desk.bench.settings.language))
    return page(
        request,
        template,
        Ask(),
        status=status,
        claim=found.shown,
        opened=found.opened,
        values=values,
        why=why,
        wrong=wrong,
        choices=CHOICES,
        kinds=kinds(desk),
        standings=[(one, told.say(table("standing.yaml")[one]["label"])) for one in CHOICES["status"]],
        worded=sentence(told, [found.shown]),
    )


def kinds(desk: Desk) -> list[tuple[str, str]]:
    """Return every kind with each of its modes as the form spells them, and what they mean."""
    rows = []
    for entry in desk.bench.codebook:
        rows.append((entry.kind, entry.gloss))
        rows += [(f"{entry.kind}/{mode.name}", mode.gloss) for mode in entry.modes.values()]
    return rows


def _typed(sent: FormData) -> dict[str, str]:
    mine = {"why", "quick", "back", "card", "csrf_token"}
    return {name: str(value) for name, value in sent.items() if name not in mine and len(str(value)) <= 500}


def _after(request: Request, sent: FormData, judgement: str, *, card: str = "") -> Response:
    """Answer what was kept: the card for htmx, else the page that it came from."""
    claim_id = card or _one(sent, "card")
    back = _one(sent, "back")
    if "hx-request" in request.headers:
        found = card_of(request, claim_id) if claim_id else None
        answer: Response = found[0] if found else page(request, "judging_kept.html.j2", judgement=judgement, back=back)
        answer.headers["HX-Trigger"] = "foreshock:judged"
        return answer
    if claim_id and not back:
        place = pipeline.place_of_claim(desk_of(request).ledger, claim_id)
        back = f"/documents/{place[0]}?claim={claim_id}#claim-{claim_id}" if place else "/documents"
    # Only a path of this desk: "//host" would lead elsewhere.
    safe = back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/documents"
    return RedirectResponse(safe, 303)


def _one(sent: FormData, name: str) -> str:
    return str(sent.get(name, "")).strip()
