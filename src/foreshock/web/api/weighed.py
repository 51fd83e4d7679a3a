"""What is weighed: the reckoning of a country or crisis as it stands, kept estimates, outcomes, and past crises like one."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from foreshock.ledger.head import head
from foreshock.model import StartState, Tier
from foreshock.web.answers import weighed as answers
from foreshock.web.api.asked import Country, Moment, Name, Paged
from foreshock.web.api.problems import Problem
from foreshock.web.api.replying import lists
from foreshock.web.api.routing import routes, told
from foreshock.web.api.schemas import page
from foreshock.web.desk import desk_of

router = routes("weighing")


class Where(Moment):
    """Which country, or the countries of which crisis."""

    country: Country | None = None
    crisis: Name | None = Field(None, description="Each of its countries; give one of country and crisis.")
    published: bool = Field(False, description="What was published by as_of, whenever it was kept: for archives.")

    def check(self) -> None:
        """Refuse a question about nothing.

        Raises:
            Problem: neither a country nor a crisis is given.
        """
        if self.country is None and self.crisis is None:
            raise Problem(400, "neither a country nor a crisis is given", remedy="give country=KAZ, or crisis=NAME")


class WeighAsked(Where):
    """What may be asked of weighing."""

    state: StartState | None = Field(None, description="What you know better than the ledger.")
    tier: Tier | None = Field(None, description="What you know better than the ledger.")
    scenario: list[Name] = Field([], max_length=20, description="Only these; that nothing breaks is always there.")


class PrecedentsAsked(Where):
    """What may be asked of precedents."""

    ending: list[Name] = Field([], max_length=20, description="Only those that ended so, such as foreign-troops.")
    limit: int = Field(5, ge=1, le=200)


class EstimatesAsked(Moment, Paged):
    """What may be asked of estimates and outcomes."""

    scenario: Name | None = None
    country: Country | None = None


@router.get("/weighing", **told("weigh", page("Weighing")))
def weighing(request: Request, asked: Annotated[WeighAsked, Query()]) -> Response:
    """Weigh where a crisis is tipping: every scenario with its prior, its evidence, and what could not be seen.

    One item a country, as `foreshock weigh --format json` prints it. Nothing is kept.
    """
    asked.check()
    desk = desk_of(request)
    return lists(
        request, head(desk.ledger), "json", as_of=asked.as_of, every=tuple,
        page=lambda: answers.weighing(
            desk, country=asked.country, crisis=asked.crisis, as_of=asked.as_of, published=asked.published, state=asked.state,
            tier=asked.tier, scenarios=asked.scenario,
        ),
    )  # fmt: skip


@router.get("/precedents", **told("find_precedents", page("Precedents")))
def precedents(request: Request, asked: Annotated[PrecedentsAsked, Query()]) -> Response:
    """Find the past crises nearest to one, with what is alike, what differs, what is not known, and how each ended.

    All of it is context: no estimate stands on it.
    """
    asked.check()
    desk = desk_of(request)
    return lists(
        request, head(desk.ledger), "json", as_of=asked.as_of, every=tuple,
        page=lambda: answers.past(
            desk, country=asked.country, crisis=asked.crisis, as_of=asked.as_of, published=asked.published,
            endings=asked.ending, limit=asked.limit,
        ),
    )  # fmt: skip


@router.get("/estimates", **told("list_estimates", page("EstimateKept"), stream="EstimateKept"))
def estimates(request: Request, asked: Annotated[EstimatesAsked, Query()]) -> Response:
    """List the estimates that were kept, the latest first, each with its prior, its evidence and why."""
    desk = desk_of(request)
    given = {"scenario": asked.scenario, "country": asked.country, "as_of": asked.as_of}
    return lists(
        request, head(desk.ledger), asked.format, as_of=asked.as_of,
        page=lambda: answers.estimates(desk, **given, limit=asked.limit, cursor=asked.cursor),
        every=lambda: answers.kept_estimates(desk, **given)[::-1],
    )  # fmt: skip


@router.get("/outcomes", **told("list_outcomes", page("OutcomeKept"), stream="OutcomeKept"))
def outcomes(request: Request, asked: Annotated[EstimatesAsked, Query()]) -> Response:
    """List what came of scenarios, the latest first, by which estimates are scored."""
    desk = desk_of(request)
    given = {"scenario": asked.scenario, "country": asked.country, "as_of": asked.as_of}
    return lists(
        request, head(desk.ledger), asked.format, as_of=asked.as_of,
        page=lambda: answers.outcomes(desk, **given, limit=asked.limit, cursor=asked.cursor),
        every=lambda: answers.kept_outcomes(desk, **given)[::-1],
    )  # fmt: skip
