"""What is weighed, as programs are told it: estimates made now or kept, outcomes, and past crises that are like one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from foreshock import pipeline
from foreshock.model import StartState, Tier
from foreshock.pipeline.precedents import Found, Search, precedents
from foreshock.web.answers.answer import Answer, answer, claims_in, values
from foreshock.web.answers.cursor import pack, page_of, question_of, unpack
from foreshock.web.ask import Ask
from foreshock.web.desk import Desk


def weighing(
    desk: Desk,
    *,
    country: str | None = None,
    crisis: str | None = None,
    as_of: str | None = None,
    published: bool = False,
    state: StartState | None = None,
    tier: Tier | None = None,
    scenarios: Sequence[str] = (),
) -> Answer:
    """Return what ``foreshock weigh`` prints, one item a country; made once as long as the ledger stays as it is.

    Raises:
        ForeshockError: neither a country nor a crisis is given, nothing was known by then, or a name is none.
    """
    asked = ("weigh", country, crisis, as_of, published, state, tier)
    made: list[pipeline.Reckoning] = desk.behind.of(
        desk.pictures.of(Ask(as_of=as_of)),
        asked,
        lambda: pipeline.weigh(
            desk.ledger, desk.bench, now=desk.now(), country=country, crisis=crisis, as_of=as_of, published=published,
            state=state, tier=tier,
        ),
    )  # fmt: skip
    told = [pipeline.as_data(pipeline.only_scenarios(one, scenarios)) for one in made]
    return answer(desk, told, claims_in(told), as_of=as_of)


def past(
    desk: Desk,
    *,
    country: str | None = None,
    crisis: str | None = None,
    as_of: str | None = None,
    published: bool = False,
    endings: Sequence[str] = (),
    limit: int = 5,
) -> Answer:
    """Return what ``foreshock precedents`` prints, one item a country: context, on which no estimate stands.

    Raises:
        ForeshockError: as :func:`weighing`.
    """
    search = Search(limit=limit, endings=tuple(endings))
    made: list[Found] = desk.behind.of(
        desk.pictures.of(Ask(as_of=as_of)),
        ("precedents", country, crisis, as_of, published, search),
        lambda: precedents(
            desk.ledger, desk.bench, now=desk.now(), country=country, crisis=crisis, as_of=as_of, published=published,
            search=search,
        ),
    )  # fmt: skip
    known = desk.pictures.of(Ask(as_of=as_of)).shown.reports
    # What shows a feature is an incident, whose id is that of its founding claim, or a claim.
    seen = [claim for one in made for ids in one.here.present.values() for claim in ids if claim in known]
    told = [values(one) for one in made]
    return answer(desk, told, [*seen, *claims_in(told)], as_of=as_of)


def estimates(
    desk: Desk,
    *,
    scenario: str | None = None,
    country: str | None = None,
    as_of: str | None = None,
    limit: int,
    cursor: str | None,
) -> Answer:
    """Return a page of the estimates that were kept, the latest first, each with the moment since when it is known."""
    rows = kept_estimates(desk, scenario=scenario, country=country, as_of=as_of)
    return _page(desk, "estimates", rows, {"scenario": scenario, "country": country, "as_of": as_of}, limit, cursor)


def kept_estimates(
    desk: Desk, *, scenario: str | None = None, country: str | None = None, as_of: str | None = None
) -> list[dict[str, Any]]:
    """Return the estimates that were kept, the earliest first."""
    found = desk.ledger.estimates_since(as_of, scenario=scenario, country=country)
    return [{**values(one), "known_at": known_at} for known_at, one in found]


def outcomes(
    desk: Desk,
    *,
    scenario: str | None = None,
    country: str | None = None,
    as_of: str | None = None,
    limit: int,
    cursor: str | None,
) -> Answer:
    """Return a page of the outcomes that were recorded, the latest first."""
    rows = kept_outcomes(desk, scenario=scenario, country=country, as_of=as_of)
    return _page(desk, "outcomes", rows, {"scenario": scenario, "country": country, "as_of": as_of}, limit, cursor)


def kept_outcomes(
    desk: Desk, *, scenario: str | None = None, country: str | None = None, as_of: str | None = None
) -> list[dict[str, Any]]:
    """Return the outcomes that were recorded and not withdrawn, the earliest first."""
    found = desk.ledger.outcomes_since(as_of, scenario=scenario, country=country)
    return [{"id": one.id, **{it.name: getattr(one, it.name) for it in fields(one)}, "known_at": since} for since, one in found]


def _page(
    desk: Desk, name: str, rows: list[dict[str, Any]], asked: dict[str, str | None], limit: int, cursor: str | None
) -> Answer:
    question = question_of(name, asked)
    rows.sort(key=_key)
    shown, last = page_of(rows, _key, unpack(cursor, question, ("", "")), limit, descending=True)
    return answer(desk, shown, claims_in(shown), as_of=asked["as_of"], cursor=pack(question, last) if last else None)


def _key(row: dict[str, Any]) -> tuple[str, str]:
    return row["known_at"], row["id"]
