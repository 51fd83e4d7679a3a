"""What two texts in any languages share on their face, telling numbers, countries, places, and keys to find one by the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import combinations

from foreshock.incidents.origins.names import catalogue
from foreshock.incidents.origins.numbers import numbers, telling
from foreshock.model import Claim
from foreshock.ontology.fold import fold

_WORD = re.compile(r"[^\W\d_]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
LEAST_WORD, LONGEST_ENDING = 5, 4
MOST_NUMBERS, MOST_COUNTRIES, MOST_PLACES = 16, 6, 8
DAYS = 3
WEIGHT = {"n": 2.0, "p": 1.5, "c": 1.0}
# Of a long text the beginning tells what it is about.
LETTERS = 4000


@cache
def _states() -> tuple[dict[str, str], dict[str, tuple[tuple[str, str], ...]]]:
    """Return folded words of spaced scripts -> country, and for the rest first two letters -> (name, country), longest first."""
    spaced: dict[str, str] = {}
    dense: dict[str, list[tuple[str, str]]] = {}
    for name, (country, _) in catalogue().states.items():
        if _KANA.search(name) or _HAN.search(name):
            if len(name) >= (3 if _KANA.search(name) else 2):
                dense.setdefault(name[:2], []).append((name, country))
        elif " " not in name and len(name) >= LEAST_WORD - 1:
            spaced.setdefault(name, country)
    return spaced, {two: tuple(sorted(found, key=lambda one: (-len(one[0]), one))) for two, found in dense.items()}


def countries(text: str) -> set[str]:
    """Return the countries (ISO 3166 alpha-3) that a text names by a state, its people or its seat, in any known language.

    Endings of up to four letters are overlooked in longer words, so that Казахстане is Kazakhstan.
    """
    _, dense = _states()
    folded = fold(text)
    found = {country for word in set(_WORD.findall(folded)) if (country := _country_of(word))}
    if _HAN.search(folded) or _KANA.search(folded):
        at = 0
        while at < len(folded) - 1:
            names = dense.get(folded[at : at + 2])
            hit = next((one for one in names if folded.startswith(one[0], at)), None) if names else None
            if hit:
                found.add(hit[1])
            at += len(hit[0]) if hit else 1
    return found


@lru_cache(maxsize=16_384)
def _country_of(word: str) -> str | None:
    """Return the country that a word of a spaced script names."""
    spaced, _ = _states()
    if len(word) < LEAST_WORD - 1:
        return None
    longest = min(LONGEST_ENDING, max(0, len(word) - LEAST_WORD))
    return next((found for cut in range(longest + 1) if (found := spaced.get(word[: len(word) - cut]))), None)


def topics(text: str, claims: Iterable[Claim]) -> tuple[str, ...]:
    """Return the topics of a text and its claims: "n:4404", "c:KAZ", "p:43.2,76.9" (a town's point to a tenth of a degree)."""
    named, places = countries(text), set()
    told = [value for value in numbers(text) if telling(value)]
    for claim in claims:
        named.update(actor.country for actor in (claim.actor, claim.recipient) if actor and actor.country)
        if claim.place and claim.place.country:
            named.add(claim.place.country)
        if (
            claim.place
            and claim.place.lat is not None
            and claim.place.lon is not None
            and claim.place.precision in ("site", "city")
        ):
            places.add(f"p:{claim.place.lat:.1f},{claim.place.lon:.1f}")
        told += [figure.best for figure in claim.figures if figure.best is not None and telling(figure.best)]
    values = list(dict.fromkeys(f"n:{value:g}" if value < 1e6 else f"n:{value:.6g}" for value in told))
    return (*values[:MOST_NUMBERS], *(f"c:{one}" for one in sorted(named)[:MOST_COUNTRIES]), *sorted(places)[:MOST_PLACES])


def topic_keys(found: Sequence[str], day: str) -> tuple[str, ...]:
    """Return the keys of a document's topics on its day: each number and place, each pair of countries, or the only one."""
    single = [one for one in found if not one.startswith("c:")]
    named = [one for one in found if one.startswith("c:")]
    pairs = ["+".join(pair) for pair in combinations(named, 2)] or named
    return tuple(f"{day}|{one}" for one in (*single, *pairs))


def days_around(day: str, days: int = DAYS) -> tuple[str, ...]:
    """Return the ISO days from ``days`` before a day to as many after it."""
    middle = date.fromisoformat(day)
    return tuple((middle + timedelta(days=off)).isoformat() for off in range(-days, days + 1))


def common(one: Iterable[str], other: Iterable[str]) -> float:
    """Return how much two lists of topics share: a number counts 2, a place 1.5, a country 1.

    >>> common(("n:4404", "c:KAZ"), ("n:4404", "c:KAZ", "c:RUS"))
    3.0
    """
    return sum(WEIGHT[shared[0]] for shared in frozenset(one).intersection(other))
