"""suspect_number: a visible number that its neighbourhood contradicts.

The arguments: a year before a counter while a year is lost elsewhere; a year before a counter, or a count, beside a lost number;
a counter that only small numbers take; digits grouped as no number is; a year and a small number that have changed places.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from foreshock.model import Damage
from foreshock.reading.damage.page import Page, counters, holds_two, one_of, rules

YEAR = r"(?:19|20)\d\d"
FREE = r"(?<![\d.,/:\-–])"
# A count this near a lost number may have taken its place or its digits: a clause's length, in fewer characters in the East.
NEAR = {True: 60, False: 25}
SMALL = 10
# No number is longer: bounds the search to the left.
LONGEST = 20


@dataclass(frozen=True, slots=True)
class Count:
    """A number right before a counter."""

    start: int
    end: int
    raw: str
    counter: str

    @property
    def year(self) -> bool:
        """Whether the number could be a year of this age."""
        return re.fullmatch(YEAR, self.raw) is not None


def find(page: Page) -> Iterator[Damage]:
    """Yield suspect numbers, and the lost ones again with a proposal where a displaced year can be argued for."""
    if not rules("units", page.language):
        return
    lost = sorted((one for one in page.found if one.kind == "lost_number"), key=lambda one: one.start)
    counts = [Count(m.start("n"), m.end("n"), m["n"], m["unit"].strip()) for m in _counted(page.language).finditer(page.text)]
    # Of two arguments for one number the first is kept: the strongest comes first.
    if lost:
        yield from _displaced(page, counts, lost)
        yield from _beside(page, counts, lost)
    yield from _too_large(page, counts)
    yield from _year_of_things(page, counts)
    yield from _broken(page)
    yield from _traded(page)


def is_year_place(page: Page, start: int, end: int) -> bool:
    """Return whether the words around a span call for a year: XNUMX年, в XNUMX году, since XNUMX, the elections of XNUMX."""
    after = _after(page.language)
    if after and after.match(page.text, end):
        return True
    if re.compile(rf"\s?{counters(page.language)}").match(page.text, end):
        return False
    left = page.text[max(0, start - 60) : start]
    strong, weak = _before(page.language)
    return bool(strong.search(left) or (weak.search(left) and re.match(r"\s*(?:[.,;:!?)\]]|$)", page.text[end : end + 4])))


@functools.cache
def _counted(language: str) -> re.Pattern[str]:
    return re.compile(rf"{FREE}(?P<n>\d{{1,3}}(?:[,.]\d{{3}})+|\d+)(?P<unit>\s?{counters(language)})")


@functools.cache
def _after(language: str) -> re.Pattern[str] | None:
    units = rules("units", language)
    words = units.get("year_after")
    if not words:
        return None
    tail = (
        rf"(?!{one_of(units.get('span_after') or ())})" if units.get("span_after") else r"(?!\w)" if units.get("spaced") else ""
    )
    return re.compile(rf"\s?(?:{one_of(words)}){tail}")


@functools.cache
def _before(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    units = rules("units", language)
    # Where the year has a word of its own after it (году), a preposition before it says nothing.
    strong = one_of(units.get("year_strong") or ())
    events = one_of(units.get("events") or ())
    weak = one_of(() if units.get("year_after") else units.get("year_before") or ())
    joint = r"(?:of|de|del|di|von|vom|in|en|do|da|nel)\s+"
    return (
        re.compile(rf"(?:(?<!\w)(?:{strong})\s+|(?<!\w)(?:{events})\s+(?:{joint})?)$", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{weak})\s+$", re.IGNORECASE),
    )


def _suspect(count: Count, why: str) -> Damage:
    return Damage("suspect_number", count.start, count.end, count.raw, None, why)


def _too_large(page: Page, counts: Sequence[Count]) -> Iterator[Damage]:
    small = rules("units", page.language).get("small") or ()
    for count in counts:
        # A float of any length can be read; of an int Python reads 4,300 digits.
        if count.counter in small and float(re.sub(r"\D", "", count.raw)) > SMALL:
            yield _suspect(count, f"the counter {count.counter} takes small numbers only, and {count.raw} stands before it")


def _year_of_things(page: Page, counts: Sequence[Count]) -> Iterator[Damage]:
    """Yield a year before a counter for things, told to the last digit: 2022 tanks; not 1950, nor "about 2022"."""
    units = rules("units", page.language)
    things = {str(word) for word in (units.get("counters") or {}).get("thing") or ()}
    for count in counts:
        if not (count.year and count.counter in things and int(count.raw) % 10):
            continue
        if not re.compile(rf"(?:{one_of(units.get('about') or ())})\s?$", re.IGNORECASE).search(page.text, 0, count.start):
            yield _suspect(count, f"a year stands before {count.counter}: {count.raw} may be a date that took a count's place")


def _displaced(page: Page, counts: Sequence[Count], lost: Sequence[Damage]) -> Iterator[Damage]:
    """Pair years that stand where counts should with lost numbers that stand where years should, in order, by paragraph."""
    years: dict[int, list[Count]] = defaultdict(list)
    places: dict[int, list[Damage]] = defaultdict(list)
    holes: dict[int, list[Damage]] = defaultdict(list)
    for count in counts:
        if count.year:
            years[_paragraph(page, count.start)].append(count)
    for one in lost:
        paragraph = _paragraph(page, one.start)
        (places if is_year_place(page, one.start, one.end) else holes)[paragraph].append(one)
    for paragraph, strays in years.items():
        slots = places.get(paragraph, [])
        if len(slots) == len(strays):
            yield from _exchanged(strays, slots)
            continue
        for stray in strays:
            if slots or holes.get(paragraph):
                yield _suspect(
                    stray, f"a year stands before the counter {stray.counter}, and a number is lost in the same paragraph"
                )
            elif int(stray.raw) % 100:
                yield _suspect(stray, f"a year stands before the counter {stray.counter} in a text that has lost other numbers")
        for slot in slots:
            rivals = " or ".join(stray.raw for stray in strays)
            yield Damage(
                "lost_number", slot.start, slot.end, slot.raw, None,
                f"a year is lost here; {rivals} stands displaced before a counter, but which belongs here cannot be argued",
            )  # fmt: skip


def _exchanged(strays: Sequence[Count], slots: Sequence[Damage]) -> Iterator[Damage]:
    for stray, slot in zip(strays, slots, strict=True):
        yield _suspect(
            stray,
            f"a year stands before the counter {stray.counter}, and a number is lost where a year should stand: "
            f"{stray.raw} belongs there, and the count that it displaced is gone",
        )
        why = f"this place calls for a year, and {stray.raw} stands before the counter {stray.counter}, where a count should"
        yield Damage("lost_number", slot.start, slot.end, slot.raw, stray.raw, why)


def _beside(page: Page, counts: Sequence[Count], lost: Sequence[Damage]) -> Iterator[Damage]:
    """Yield counts that stand near a lost count of something else in the same sentence."""
    near = NEAR[bool(rules("units", page.language).get("spaced", True))]
    unit = re.compile(rf"\s?(?P<unit>{counters(page.language)})")
    shares = one_of(rules("units", page.language).get("share") or ())
    share = re.compile(rf"\s(?:{shares})\s", re.IGNORECASE)
    share_of = re.compile(rf"^(?:{shares})\s$", re.IGNORECASE)  # "Of the 45 passengers, XNUMX ...", at the head of a sentence
    starts = [count.start for count in counts]
    for one in lost:
        sentence = page.sentence_at(one.start)
        if sentence is None or is_year_place(page, one.start, one.end):
            continue
        own = unit.match(page.text, one.end)
        whole = share.match(page.text, one.end)
        first = bisect_left(starts, max(sentence.start, one.start - near - LONGEST))
        for count in counts[first : bisect_left(starts, min(sentence.end, one.end + near + 1))]:
            same = own is not None and own["unit"] == count.counter
            gap = max(one.start - count.end, count.start - one.end)
            part = whole is not None and whole.end() == count.start
            part = part or (own is None and share_of.match(page.text[sentence.start : count.start]) is not None)
            if gap <= near and not same and not count.year and not part:
                yield _suspect(
                    count,
                    f"a number is lost {gap} characters away, counting something else: "
                    f"{count.raw} may be the digits of that one, and the count of {count.counter} lost",
                )


def _traded(page: Page) -> Iterator[Damage]:
    """Yield a year before a counter and a small number where a year should stand, in one sentence: they changed places."""
    if not (re.search(YEAR, page.text) and holds_two(page.text)):
        return
    small = re.compile(rf"{FREE}(?P<n>\d{{1,2}})(?![\d.,:%])")
    for sentence in page.sentences:
        strays = [m for m in _counted(page.language).finditer(sentence.text) if re.fullmatch(YEAR, m["n"])]
        if len(strays) != 1:
            continue
        offset = sentence.start
        slots = [m for m in small.finditer(sentence.text) if _trade_place(page, offset + m.start(), offset + m.end())]
        if len(slots) != 1:
            continue
        stray, slot = strays[0], slots[0]
        for one, other in ((stray, slot), (slot, stray)):
            yield Damage(
                "suspect_number", offset + one.start("n"), offset + one.end("n"), one["n"], other["n"],
                f"{stray['n']} stands before a counter and {slot['n']} where a year should: they have changed places",
            )  # fmt: skip


def _trade_place(page: Page, start: int, end: int) -> bool:
    """Return whether a small number stands where only a year can: 3年の政変, the elections of 3; not "in 12 hours"."""
    after = _after(page.language)
    if after:
        # 3年 is a length of time as often as a year; what follows must speak of an event then.
        return bool(
            after.match(page.text, end)
            and re.match(
                r"\s?\w+?(?:の(?:政変|選挙|戦争|革命|危機)|以来)|\s(?:году|года|році|року|roku|yılında)",
                page.text[end : end + 12],
            )
        )
    left = page.text[max(0, start - 40) : start]
    events = one_of(rules("units", page.language).get("events") or ())
    return re.search(rf"(?<!\w)(?:{events})\s+(?:of|de|del|di|von|em|do|da)\s+$", left, re.IGNORECASE) is not None


def _broken(page: Page) -> Iterator[Damage]:
    """Yield numbers of people whose last group has one or two digits: 24,90 people, 2,200,12."""
    group = re.escape(rules("units", page.language).get("group", ","))
    if group.strip("\\") not in ",.":
        return
    for match in _short_group(page.language, group).finditer(page.text):
        why = "the last group of digits is short, and people are not counted in fractions: a digit fell out"
        yield Damage("suspect_number", match.start("n"), match.end("n"), match["n"], None, why)
    if group == ",":
        for match in re.finditer(rf"{FREE}\d{{1,3}}(?:,\d{{3}})+,\d{{1,2}}(?![\d,])", page.text):
            why = "the last group of digits is shorter than the others: a digit fell out"
            yield Damage("suspect_number", match.start(), match.end(), match[0], None, why)


@functools.cache
def _short_group(language: str, group: str) -> re.Pattern[str]:
    people = counters(language, "person")
    return re.compile(rf"{FREE}(?P<n>\d{{1,3}}(?:{group}\d{{3}})*{group}\d{{2}})(?=\s?{people})")


def _paragraph(page: Page, offset: int) -> int:
    sentence = page.sentence_at(offset)
    return -1 if sentence is None else sentence.paragraph
