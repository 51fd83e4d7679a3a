"""A table of dates and numbers for a language without a file of its own, built from Unicode CLDR (by way of Babel).

Only what is sure without grammar: ISO dates, a day with a month's name, a month's name with a year, numeric dates in the order
that scripts with counters fix (2022年1月5日, 2022년 1월 5일), full names of weekdays, digits with the language's separators and
the multipliers that CLDR knows ("millones", "млн"). Where a language has a file ``dates/<code>.yaml``, that is its grammar of
time instead, with the words for today, yesterday and the like and the inflected names, which CLDR does not know.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from foreshock.reading import languages

if TYPE_CHECKING:
    from babel import Locale

_FIELD = re.compile(r"'(?P<quoted>[^']*)'|(?P<letters>[A-Za-z])(?P=letters)*|(?P<other>[^A-Za-z']+)")


@cache
def _base() -> dict[str, Any]:
    return dict(languages.table("und"))


@cache
def und_table(language_code: str) -> dict[str, Any]:
    """Return the ``dates``, ``numbers`` and ``figures`` of a language; of one unknown to CLDR, what holds in all.

    The result is shared between callers and must not be changed.

    Args:
        language_code: ISO 639-1 or a BCP 47 tag ("ru", "zh", "pt-BR").
    """
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  heavy, and only for languages without a file

    base = _base()
    table: dict[str, Any] = {"code": language_code, "figures": base.get("figures") or {}}
    dates: dict[str, Any] = dict(base.get("dates") or {})
    numbers: dict[str, Any] = dict(base.get("numbers") or {})
    try:
        locale = Locale.parse(language_code, sep="-")
    except (ValueError, UnknownLocaleError):
        return {**table, "dates": dates, "numbers": numbers}
    dates["words"] = {**(dates.get("words") or {}), "month": _names(locale, "months"), "weekday": _names(locale, "days")}
    dates["points"] = [*(dates.get("points") or ()), *_points(locale)]
    dates["spaced"] = locale.language not in {"zh", "ja", "th", "lo", "km", "my", "yue"}
    table["figures"] = {**table["figures"], "spaced": dates["spaced"]}
    numbers = {**numbers, **_separators(locale), "scales": _scales(locale)}
    built = _told({**table, "dates": dates, "numbers": numbers}, (base.get("languages") or {}).get(locale.language) or {})
    return {**built, **languages.topic(locale.language, "dates"), **languages.topic(locale.language, "figures")}


def _told(table: dict[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Return the table with the counters and the kind of numerals that ``languages`` holds for its language."""
    if not more:
        return table
    figures = table["figures"]
    figures = {**figures, "units": {**figures["units"], **(more.get("units") or {})}}
    return {**table, "figures": figures, "numbers": {**table["numbers"], "kanji": bool(more.get("kanji", False))}}


def _names(locale: Locale, what: str) -> dict[str, int]:
    known = getattr(locale, what)
    widths = ("wide", "abbreviated") if what == "months" else ("wide",)
    found: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in widths:
            for number, name in known[context][width].items():
                if not str(name).isdigit():
                    found.setdefault(str(name).lower(), number)
                    found.setdefault(str(name).lower().rstrip("."), number)
    return found


def _points(locale: Locale) -> list[dict[str, str]]:
    """Return patterns from the locale's own ways to write a date: "d 'de' MMMM 'de' y", "y年M月d日"."""
    skeletons = locale.datetime_skeletons
    written = [str(locale.date_formats["long"].pattern), str(locale.date_formats["medium"].pattern)]
    written += [str(skeletons[name].pattern) for name in ("MMMMd", "yMMMM", "MMMd", "yMMM") if name in skeletons]
    patterns = [source for source in (_source(pattern) for pattern in written) if source]
    if re.match(r"\W*d+\W*M", str(locale.date_formats["short"].pattern)):  # the language's own order: 05/01/2022 is 5 January
        patterns += [r"{day}[/.-]{monthnum}[/.-](?:{year}|{year=yy})"]
    patterns += ["{day}\\.?(?:er|º|ª)?(?: de| d')? ?{month}\\.?,? (?:de |del )?{year}", "{weekday}"]
    return [{"like": pattern} for pattern in dict.fromkeys(patterns)]


def _source(pattern: str) -> str | None:
    """Return a date pattern of CLDR as one of ours, None where a month in digits has no counter: the order is not said."""
    parts: list[str] = []
    counted = re.search(r"[年月日년월일]|tháng", pattern) is not None
    for match in _FIELD.finditer(pattern):
        letter, run = match["letters"], match[0]
        if letter is None:
            literal = match["quoted"] if match["quoted"] is not None else match["other"]
            parts.append(r"\s*" if not literal.strip() else r"\s*" + re.escape(literal.strip()) + r"\s*")
        elif letter == "y":
            parts.append("{year}")
        elif letter == "d":
            parts.append("{day}(?:er|º|ª|\\.)?")
        elif letter in "ML":
            if len(run) < 3 and not counted:
                return None
            parts.append(r"{month}(?:\.(?=,? ?\d))?" if not counted else "{monthnum}")
        elif letter != "G":
            return None
    return "".join(parts).removesuffix(r"\s*").replace(r"\s*\s*", r"\s*")


def _separators(locale: Locale) -> dict[str, str]:
    symbols = locale.number_symbols.get("latn") or next(iter(locale.number_symbols.values()))
    group, decimal = str(symbols.get("group", ",")), str(symbols.get("decimal", "."))
    return {"group": " '" + group.replace("\u00a0", "").replace("\u202f", "").replace("’", "'"), "decimal": decimal}


def _scales(locale: Locale) -> dict[str, int]:
    """Return the multipliers of the locale's compact formats: "0 millones" at 1,000,000 is 10^6, "00 тыс." at 10,000 is 10^3."""
    found: dict[str, int] = {}
    for width in ("long", "short"):
        for forms in (locale.compact_decimal_formats.get(width) or {}).values():
            for power, form in forms.items():
                pattern = str(form.pattern)
                word = re.sub(r"[0'¤\s\u200e\u200f]", "", pattern).lower()
                if len(word) > 2 or (word and not word.isascii()):
                    found.setdefault(word, int(power) // 10 ** (pattern.count("0") - 1))
    return found
