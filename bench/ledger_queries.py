"""The queries that the bench of the ledger times: what a page of claims, a brief as of a moment and a search box ask."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bench.made_claims import COUNTRIES, DAYS, FIRST
from foreshock.ledger import Ledger, Query
from foreshock.model import Crisis

REPEATS = 21
PAGE = 50
KINDS = ("COERCE", "HARM", "ASSAULT", "STATE", "OFFICE")
COMMON = ("government", "protest", "security", "Almaty", "president", "police", "said")
PHRASES = ('"state of emergency"', '"interior ministry said"', '"shoot to kill"', '"état d\'urgence"', '"чрезвычайное положение"')
UNSPACED = ("大統領", "非常事態", "内務省", "隊", "アルマトイ")
Answer = Callable[[Ledger, random.Random], list[Any]]


def answers(ledger: Ledger, *, repeats: int = REPEATS) -> tuple[dict[str, list[float]], dict[str, list[list[Any]]]]:
    """Return the seconds of each query at each repeat, and what was answered: ids and counts that every engine must agree on."""
    times: dict[str, list[float]] = {}
    answered: dict[str, list[list[Any]]] = {}
    for name, ask in QUERIES.items():
        dice = random.Random(name)
        for _ in range(repeats):
            start = time.perf_counter()
            found = ask(ledger, dice)
            times.setdefault(name, []).append(time.perf_counter() - start)
            answered.setdefault(name, []).append(found)
    return times, answered


def _fortnight(dice: random.Random) -> Query:
    """Return two weeks of one of the larger crises."""
    first = FIRST + timedelta(days=dice.randrange(30, DAYS - 30))
    country = dice.choice(COUNTRIES[:5])
    return Query(country=country, since=first.isoformat(), until=(first + timedelta(days=13)).isoformat())


def _as_of(dice: random.Random) -> Query:
    one = _fortnight(dice)
    return replace(one, as_of=one.until)


def _page(ledger: Ledger, dice: random.Random) -> list[Any]:
    return [one.id for one in ledger.claims(replace(_fortnight(dice), kind=dice.choice(KINDS), limit=PAGE))]


def _next_page(ledger: Ledger, dice: random.Random) -> list[Any]:
    wanted = Query(country=COUNTRIES[0], kind=dice.choice(KINDS), since=FIRST.isoformat(), limit=PAGE)
    at = (f"{dice.randrange(16**8):08x}", 0, "")
    return [one.id for one in ledger.claims(replace(wanted, after=at))]


def _newest_page(ledger: Ledger, dice: random.Random) -> list[Any]:
    return [one.id for one in ledger.claims(Query(kind=dice.choice(KINDS), order="newest", limit=PAGE))]


def _brief_claims(ledger: Ledger, dice: random.Random) -> list[Any]:
    return [one.id for one in ledger.claims(_as_of(dice))]


def _brief_documents(ledger: Ledger, dice: random.Random) -> list[Any]:
    wanted = _as_of(dice)
    ids = {one.document_id for one in ledger.claims(wanted)}
    return [one.version for one in ledger.latest_documents(as_of=wanted.as_of, ids=ids)]


def _brief_counts(ledger: Ledger, dice: random.Random) -> list[Any]:
    return sorted(ledger.counts(_as_of(dice)).items())


def _brief_crisis(ledger: Ledger, dice: random.Random) -> list[Any]:
    """Return the claims of a crisis: those without a place or a day of their own count by their document."""
    one = _as_of(dice)
    crisis = Crisis("made", (str(one.country),), since=one.since, until=one.until)
    return [each.id for each in ledger.claims(Query(crisis=crisis, as_of=one.as_of))]


def _common_filtered(ledger: Ledger, dice: random.Random) -> list[Any]:
    wanted = replace(_fortnight(dice), words=dice.choice(COMMON), order="newest", limit=PAGE)
    return [one.id for one in ledger.claims(wanted)]


def _common(ledger: Ledger, dice: random.Random) -> list[Any]:
    return [one.id for one in ledger.claims(Query(words=dice.choice(COMMON), order="newest", limit=PAGE))]


def _common_of_kind(ledger: Ledger, dice: random.Random) -> list[Any]:
    wanted = Query(words=dice.choice(COMMON), kind=dice.choice(KINDS), language="en", order="newest", limit=PAGE)
    return [one.id for one in ledger.claims(wanted)]


def _phrase(ledger: Ledger, dice: random.Random) -> list[Any]:
    return [one.id for one in ledger.claims(Query(words=dice.choice(PHRASES), order="newest", limit=PAGE))]


def _unspaced(ledger: Ledger, dice: random.Random) -> list[Any]:
    return [one.id for one in ledger.claims(Query(words=dice.choice(UNSPACED), order="newest", limit=PAGE))]


def _documents(ledger: Ledger, dice: random.Random) -> list[Any]:
    return [(one.document.id, one.marks) for one in ledger.search(dice.choice((*COMMON, *PHRASES, *UNSPACED)))]


QUERIES: dict[str, Answer] = {
    "page": _page,
    "next_page": _next_page,
    "newest_page": _newest_page,
    "brief_claims": _brief_claims,
    "brief_documents": _brief_documents,
    "brief_counts": _brief_counts,
    "brief_crisis": _brief_crisis,
    "search_common_filtered": _common_filtered,
    "search_common": _common,
    "search_common_of_kind": _common_of_kind,
    "search_phrase": _phrase,
    "search_unspaced": _unspaced,
    "search_documents": _documents,
}
