"""The text's own dateline: the date that stands in its first lines, with the reason for reading it so.

Order of day and month in 08/01/22 is decided by the first of these that speaks: an impossible month; a dot as separator; the
other reading lies in the future; another date of the text; a month that the text names; cues of an American page; a byline or
placeholders of a translated page. Where none does, it is read day first, as most of the world writes, and the doubt is said.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from foreshock.dates import day_of, first_day
from foreshock.reading.dateforms import Form, forms, months, weekdays

LINES = 8
SHORT_LINE = 100
HEAD = 140
# What may stand between the outlet or town and the date, and what may follow the date in a dateline.
SEPARATOR = (
    r"(?:^|[,，、،؛|·•—–\-:：)）(（/>»]|[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3][\s　]"
    r"|(?:^|\s)(?:on|le|el|am|den|il|em|du|في|در|published|updated|posted))[\s　]*"
)
AFTER_LINE = re.compile(
    r"[\s,.;)）]*(?:г\.?|года|р\.?|ж\.?|\(\w{1,3}\)|（\w{1,3}）|[日月火水木金土])?[\s,.;|)）·•-]*(?:\S{0,12}\d{1,2}[:.h時时]\s?\d{0,2}.{0,20})?"
)
TOWN_AFTER = re.compile(r",\s+[^\W\d_][\w .'’-]{1,40}$")
AFTER_HEAD = re.compile(
    r"(?:\.\s+(?=[A-ZÀ-ÞА-Я])|[\s,.]*(?:г\.?|года|р\.?|ж\.?)?[\s,.]*(?:[(（/][^()（）]{1,40}[)）/])?\s*(?:[—–:：]|--?(?=\s)))"
)
# "(by X)" in a translated page often keeps a wrong preposition: it was (di X), (par X), (por X).
CALQUED_BYLINE = re.compile(
    r"^\s*[(（](?:へ|に|at|to|of|from|in|de|di|da|par|por|von|від|от)\s+\S.{1,40}[)）]\s*$", re.MULTILINE | re.IGNORECASE
)
PLACEHOLDER = re.compile(r"XNUMX|NUMX|\$\{?DNT", re.IGNORECASE)
AMERICAN = re.compile(r"\b(?:[ap]\.m\.|U\.S\. (?:Senate|House|Army)|ET\b|EST\b|EDT\b)|\b(?:Jan|Feb|Sept|Oct|Nov|Dec)\. \d")


@dataclass(frozen=True, slots=True)
class Dateline:
    """A publication date as the text gives it.

    ``date`` is an ISO prefix; ``start`` and ``end`` span the date in the text; ``why`` is the argument in one English sentence.
    """

    date: str
    start: int
    end: int
    raw: str
    why: str


def find(
    text: str, *, now: datetime, language: str, original: str | None = None, metadata: str | None = None, translated: bool = False
) -> Dateline | None:
    """Return the date in the first lines of a text, or None where there is none that can be argued for.

    Args:
        text: the document's text.
        now: when it is read; a dateline does not lie after the following day.
        language: that of the text; its month names are known.
        original: the language it was translated from, if known.
        metadata: an ISO prefix from the container; it lends its year to a dateline without one, within 60 days.
        translated: whether the page bears fingerprints of machine translation.
    """
    latest = (now + timedelta(days=1)).date()
    for offset, form in _candidates(text, language):
        readings = tuple(one for one in form.readings if first_day(one) <= latest)
        start, end = offset + form.start, offset + form.end
        if form.month_day:
            year = _lent_year(form.month_day, metadata)
            if year:
                why = f"the dateline gives no year; {year[:4]} is lent by the metadata ({metadata})"
                return Dateline(year, start, end, text[start:end], why)
        elif len(readings) == 1:
            why = (
                "the date of the text's own first lines"
                if len(form.readings) == 1
                else "the other order of day and month lies in the future"
            )
            if len(form.readings) == 1 and form.style == "digits":
                why += "; its numbers can be read in one order only"
            return Dateline(readings[0], start, end, text[start:end], why)
        elif readings:
            chosen, why = _order(text, form, readings, language=language, original=original, translated=translated)
            return Dateline(chosen, start, end, text[start:end], why)
    return None


def date_places(text: str, language: str) -> Iterator[tuple[str, int, int]]:
    """Yield the first lines that hold a date where a dateline stands: the line, and start and end of the date within it."""
    starts = dict(_lines(text))
    for offset, form in _candidates(text, language):
        yield starts[offset], form.start, form.end


def _candidates(text: str, language: str) -> Iterator[tuple[int, Form]]:
    """Yield dates that stand where a dateline stands: short lines first, then the head of a paragraph."""
    lines = list(_lines(text))
    before = _before(language)
    for offset, line in lines:
        if len(line) <= SHORT_LINE:
            for form in forms(line, language=language):
                if before.search(line[: form.start]) and _ends(line, form) and not _heading(line, form):
                    yield offset, form
    for offset, line in lines:
        head = line[:HEAD]
        for form in forms(head, language=language):
            if AFTER_HEAD.match(head, form.end) and (form.start == 0 or before.search(head[: form.start])):
                yield offset, form


@functools.cache
def _before(language: str) -> re.Pattern[str]:
    """Return the pattern of what may stand between the beginning of a line and its date; a weekday may stand between."""
    return re.compile(rf"{SEPARATOR}(?:(?:{'|'.join(map(re.escape, weekdays(language)))})\.?,?\s+)?$", re.IGNORECASE)


def _ends(line: str, form: Form) -> bool:
    return bool(AFTER_LINE.fullmatch(line, form.end) or (form.start == 0 and TOWN_AFTER.match(line, form.end)))


def _heading(line: str, form: Form) -> bool:
    """Return whether the date is only a month or a day within a heading: a dateline that says less than a day is alone."""
    partial = not form.month_day and len(form.readings[0]) < 10
    return partial and line.strip() != line[form.start : form.end].strip()


def _lines(text: str) -> Iterator[tuple[int, str]]:
    seen = offset = 0
    for line in text[:20_000].splitlines(keepends=True):
        if line.strip():
            yield offset, line.rstrip()
            seen += 1
        offset += len(line)
        if seen == LINES:
            return


def _lent_year(month_day: tuple[int, int], metadata: str | None) -> str | None:
    known = day_of(metadata)
    if known is None:
        return None
    for year in (known.year, known.year - 1, known.year + 1):
        try:
            day = date(year, *month_day)
        except ValueError:
            continue
        if abs((day - known).days) <= 60:
            return day.isoformat()
    return None


def _order(
    text: str, form: Form, readings: tuple[str, ...], *, language: str, original: str | None, translated: bool
) -> tuple[str, str]:
    """Return one of two readings (day first, month first) and why."""
    day_first, month_first = readings[0], readings[1]
    if form.style == "dotted":
        return day_first, "read day first: dates with full stops are"
    other = _other_date(text, form, language)
    if other:
        return (
            day_first if other[0] == "day" else month_first
        ), f"read {other[0]} first, as in {other[1]!r} elsewhere in the text"
    named = _named_month(text, language, readings)
    if named:
        return named
    if _month_first(original):
        return month_first, f"read month first: the original language is {original}"
    if original:
        return day_first, f"read day first, as in the original language {original}"
    byline = CALQUED_BYLINE.search(text[:2000])
    if byline:
        return day_first, f"read day first: the byline {byline[0].strip()!r} is a calque of a European page's"
    if translated or PLACEHOLDER.search(text):
        return day_first, "read day first: the page is machine-translated, and most pages' languages write the day first"
    american = AMERICAN.search(text) if language == "en" else None
    if american:
        return month_first, f"read month first: {american[0]!r} is American usage"
    return day_first, f"read day first, as most of the world writes; in doubt, {month_first} is possible too"


def _other_date(text: str, form: Form, language: str) -> tuple[str, str] | None:
    votes: Counter[str] = Counter()
    raw: dict[str, str] = {}
    for one in forms(text[:50_000], language=language):
        if one.style != "digits" or len(one.readings) != 1 or one.start == form.start:
            continue
        first = int(re.match(r"\d+", text[one.start : one.end])[0])  # type: ignore[index]
        if first == int(one.readings[0][8:]) and first != int(one.readings[0][5:7]):
            votes["day"] += 1
            raw.setdefault("day", text[one.start : one.end])
        elif first != int(one.readings[0][8:]):
            votes["month"] += 1
            raw.setdefault("month", text[one.start : one.end])
    if not votes or len(votes) == 2:
        return None
    order = next(iter(votes))
    return order, raw[order]


def _named_month(text: str, language: str, readings: tuple[str, ...]) -> tuple[str, str] | None:
    """Return the reading whose month the text names with a day or year, where it names only one of the two."""
    named = Counter(one.month_day[0] for one in forms(text[:50_000], language=language) if one.month_day)
    named.update(int(match[1]) for match in re.finditer(r"(?<!\d)(\d\d?)[月월]\s?\d\d?[日号일]", text[:50_000]))
    wanted = [int(one[5:7]) for one in readings]
    told = [month in named for month in wanted]
    if told[0] == told[1]:
        return None
    chosen = 0 if told[0] else 1
    names = {number: name for name, number in months(language).items()}
    order = ("day", "month")[chosen]
    return readings[
        chosen
    ], f"read {order} first: the text speaks of days in month {wanted[chosen]} ({names.get(wanted[chosen])})"


def _month_first(language: str | None) -> bool:
    if not language:
        return False
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  (heavy import)

    try:
        pattern = str(Locale.parse(language, sep="-").date_formats["short"].pattern)
    except (UnknownLocaleError, ValueError):
        return False
    return "M" in pattern and "d" in pattern and pattern.index("M") < pattern.index("d") and not pattern.startswith("y")
