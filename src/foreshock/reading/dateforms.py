"""Calendar dates as datelines write them: digits in any order, month names of the document's language, East Asian forms.

A form keeps every reading that exists in the calendar; choosing among them is the business of the dateline, which can argue.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from foreshock.reading import solar_hijri

if TYPE_CHECKING:
    from babel import Locale

Style = str
ISO = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)([-/]|\. ?)(?P<m>\d\d?)\2(?P<d>\d\d?)(?!\d)")
EAST = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)\s?[年년]\s?(?P<m>\d\d?)\s?[月월](?:\s?(?P<d>\d\d?)\s?[日号號일])?")
REIWA = re.compile(r"令和(?P<y>\d\d?|元)年(?P<m>\d\d?)月(?P<d>\d\d?)日")
SLASHED = re.compile(r"(?<![\d/.-])(?P<a>\d\d?)\s?([/.-])\s?(?P<b>\d\d?)\s?\2\s?(?P<y>(?:19|20)\d\d|\d\d)(?![\d/])")
# Arabic and Persian digits as ASCII ones: \d knows them, and the years of patterns do not.
DIGITS = {zero + value: str(value) for zero in (0x660, 0x6F0) for value in range(10)}
# Names of months that CLDR keeps under a region: the Levant and the Maghreb do not say يناير.
REGIONS = {"ar": ("ar", "ar_LB", "ar_DZ")}


@dataclass(frozen=True, slots=True)
class Form:
    """A date as written.

    Attributes:
        start, end: half-open offsets in the string searched.
        readings: ISO prefixes it can mean, the day-first one before the month-first one; a form without a year has none.
        style: ``iso``, ``east``, ``digits``, ``dotted``, ``day month``, ``month day`` or ``solar hijri``.
        month_day: month and day where the year is not written, else None.
    """

    start: int
    end: int
    readings: tuple[str, ...]
    style: Style
    month_day: tuple[int, int] | None = None


def forms(text: str, *, language: str, century: int = 2000) -> Iterator[Form]:
    """Yield the dates in ``text``, by kind of form; two-digit years are of ``century``. Impossible dates are left out."""
    text = text.translate(DIGITS)
    if language in solar_hijri.LANGUAGES:
        for start, end, day in solar_hijri.dates(text):
            yield Form(start, end, (day.isoformat(),), "solar hijri")
    for match in ISO.finditer(text):
        yield from _one(match, "iso", int(match["y"]), int(match["m"]), int(match["d"]))
    for match in EAST.finditer(text):
        yield from _one(match, "east", int(match["y"]), int(match["m"]), int(match["d"]) if match["d"] else None)
    for match in REIWA.finditer(text):
        year = 2018 + (1 if match["y"] == "元" else int(match["y"]))
        yield from _one(match, "east", year, int(match["m"]), int(match["d"]))
    for match in SLASHED.finditer(text):
        year = int(match["y"]) + (century if len(match["y"]) == 2 else 0)
        a, b = int(match["a"]), int(match["b"])
        found = dict.fromkeys(one for one in (_prefix(year, b, a), _prefix(year, a, b)) if one)
        if found:
            yield Form(match.start(), match.end(), tuple(found), "dotted" if match[2] == "." else "digits")
    yield from _named(text, language)


def months(language: str) -> dict[str, int]:
    """Return the names of months in a language and in English, lower case, without final stops."""
    return dict(_months(language))


def weekdays(language: str) -> tuple[str, ...]:
    """Return the names of weekdays in a language and in English, long and short, the longest first."""
    from babel.dates import get_day_names  # noqa: PLC0415  (heavy import)

    names: set[str] = set()
    for locale in _locales(language):
        for width in ("wide", "abbreviated"):
            names.update(name.rstrip(".") for name in get_day_names(width, "format", locale).values())
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def _named(text: str, language: str) -> Iterator[Form]:
    names = dict(_months(language))
    for match in _pattern(language).finditer(text):
        month = names.get((match["n1"] or match["n2"]).lower().rstrip("."))
        year = next((int(value) for value in (match["y0"], match["y1"], match["y2"]) if value), None)
        day = match["d1"] or match["d2"]
        style = "day month" if match["n1"] else "month day"
        if month is None or (day is not None and not 1 <= int(day) <= 31):
            continue
        if year is not None:
            yield from _one(match, style, year, month, int(day) if day else None)
        elif day:
            yield Form(match.start(), match.end(), (), style, (month, int(day)))


def _one(match: re.Match[str], style: str, year: int, month: int, day: int | None) -> Iterator[Form]:
    prefix = _prefix(year, month, day)
    if prefix:
        yield Form(match.start(), match.end(), (prefix,), style)


def _prefix(year: int, month: int, day: int | None) -> str | None:
    try:
        date(year, month, day or 1)
    except ValueError:
        return None
    return f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day else "")


def _locales(language: str) -> Iterator[Locale]:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  (heavy import)

    for tag in (*REGIONS.get(language, (language,)), "en"):
        try:
            yield Locale.parse(tag)
        except (UnknownLocaleError, ValueError):
            continue


@functools.cache
def _months(language: str) -> tuple[tuple[str, int], ...]:
    from babel.dates import get_month_names  # noqa: PLC0415  (heavy import)

    names: dict[str, int] = {}
    for locale in _locales(language):
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, locale).items():
                    if not name[0].isdigit():
                        names.setdefault(name.lower().rstrip("."), number)
    names.setdefault("sept", 9)
    return tuple(sorted(names.items(), key=lambda item: -len(item[0])))


@functools.cache
def _pattern(language: str) -> re.Pattern[str]:
    """Return the pattern of "5 January 2022", "January 5, 2022", "5 de enero de 2022", "5 января 2022", "2022 жылғы 5 қаңтар"."""
    name = "|".join(re.escape(one) for one, _ in _months(language))
    year = r"(?:19|20)\d\d"
    de = r"(?:\s+(?:de|del|of))?"
    # Arabic pages name a month twice, for the Maghreb and for the Levant: "12 مارس/آذار 2022".
    twice = rf"(?:\s?/\s?(?:{name}))?" if language in REGIONS else ""
    day_first = rf"(?P<d1>\d\d?)(?:er|st|nd|rd|th|º|\.|-го)?{de}\s+(?P<n1>{name})(?!\w)\.?{twice}(?:,?{de}\s+(?P<y1>{year}))?"
    month_first = rf"\b(?P<n2>{name})(?!\w)\.?(?:\s+(?P<d2>\d\d?)(?:st|nd|rd|th)?(?!\d))?(?:,?{de}\s+(?P<y2>{year}))?"
    return re.compile(
        rf"(?<![\w/])(?:(?P<y0>{year})\s+(?:жылғы|жылдын|yil)\s+)?(?:{day_first}|{month_first})(?![\w])", re.IGNORECASE
    )
