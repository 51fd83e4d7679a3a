"""suspect_number and unit_mismatch: counts that the words around them contradict, where no number is lost.

The arguments: a number that runs into its counter; one beside broken letters; one that stands again with a digit more or in
another unit; a measure of people, or one that suffers what only people do; a year before a counter and a count after "since".
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from foreshock.model import Damage, Sentence
from foreshock.reading.damage.page import Page, counters, holds_two, one_of, rules, table

NUMBER = r"\d{1,3}(?:[.,]\d{3})+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+"
FREE = r"(?<![\w.,/:–-])"
YEAR = re.compile(r"(?:19|20)\d\d")
# Where digits and letters meet.
JOINED = re.compile(r"\d[^\W\d_]|[^\W\d_]\d")
# A word of so many letters is no sign that is written onto digits (km, th, kg, мм).
RUNS = 4
# A shorter word is seldom a noun: a preposition, a measure.
SHORT = 5
PAGES = ("cp1252", "latin-1", "cp1251")
LETTERS = 24
# A script without blanks has letters right before the digits.
_FREE_NUMBER = re.compile(rf"(?<![\d.,/:A-Za-z–-])(?:{NUMBER})(?![\d.,%])")
# The same people are told of again within so many sentences.
REACH = 3
# Of a list of numbers that is no sentence, no more are compared.
MOST = 30


Place = tuple[int, int, str]  # where a number starts and ends, and its digits


@dataclass(frozen=True, slots=True)
class Told:
    """A number with the word behind it: its digits, the word's beginning, and whether words point back from it."""

    start: int
    end: int
    raw: str
    digits: str
    stem: str
    same: bool
    common: bool
    sentence: int


def find(page: Page) -> Iterator[Damage]:
    """Yield counts that stand against their neighbourhood."""
    yield from _run_on(page)
    yield from _broken_beside(page)
    yield from _measured(page)
    yield from _told_again(page)
    yield from _year_counted(page)


def _suspect(start: int, end: int, raw: str, why: str, *, proposal: str | None = None) -> Damage:
    return Damage("suspect_number", start, end, raw, proposal, why)


def _run_on(page: Page) -> Iterator[Damage]:
    """Yield digits that run into a word, or a word that runs into digits before a counter: 34people, least34 people."""
    for pattern in _runs(page.language) if JOINED.search(page.text) else ():
        for match in pattern.finditer(page.text):
            why = f"the digits run into {match['word']!r}: a blank fell out, and with it perhaps digits"
            yield _suspect(match.start("n"), match.end("n"), match["n"], why)


@functools.cache
def _runs(language: str) -> tuple[re.Pattern[str], ...]:
    if not rules("units", language).get("spaced", True):
        return ()
    kept = one_of(table("counts")["any"]["run_on"])
    people = counters(language) if rules("units", language) else r"(?!)"
    word = rf"(?P<word>{people}|(?:(?![A-Z\d_\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff])\w){{{RUNS},40}})"
    after = re.compile(rf"{FREE}(?P<n>{NUMBER})(?!(?:{kept})){word}")
    before = re.compile(rf"(?<![\w-]){word}(?P<n>{NUMBER})(?=\s{counters(language)})")
    return (after, before) if rules("units", language) else (after,)


def _broken_beside(page: Page) -> Iterator[Damage]:
    """Yield numbers whose counter is broken letters: 34 äºº. One broken letter is enough beside a number."""
    if page.text.isascii():
        return
    why = "the word beside it is broken letters: what it counts cannot be read, nor whether its digits are whole"
    broken = {one.start for one in page.found if one.kind == "mojibake"}
    for match in _FREE_NUMBER.finditer(page.text):
        at = match.end() + page.text[match.end() : match.end() + 1].isspace()
        if at in broken or _is_broken(page.text[at : at + LETTERS]):
            yield _suspect(match.start(), match.end(), match[0], why)


def _is_broken(text: str) -> bool:
    """Whether a text begins with letters that are UTF-8 read as a code page, plain ones before them included."""
    word = re.match(r"[^\s\d.,;:!?]{2,}", text)
    for size in range(len(word[0]) if word else 0, 1, -1):
        piece = text[:size]
        if piece.isascii():
            return False
        for name in PAGES:
            try:
                if piece.encode(name).decode("utf-8") != piece:
                    return True
            except UnicodeError:
                continue
    return False


def _measured(page: Page) -> Iterator[Damage]:
    """Yield measures of people, and measures that do or suffer what only people do."""
    row = rules("counts", page.language)
    lengths = {str(word) for word in row.get("lengths") or ()}
    for pattern in _measures(page.language):
        for match in pattern.finditer(page.text):
            joints = row.get("apart") or () if match["unit"].lower() in lengths else ()
            if pattern.groups > 2 and _follows(page.text, match.end(), [*joints, *(row.get("made") or ())]):
                continue
            why = f"{match['unit']} measures no people: the unit was changed, or the number"
            raw = page.text[match.start("n") : match.end("unit")]
            yield Damage("unit_mismatch", match.start("n"), match.end("unit"), raw, None, why)


@functools.cache
def _measures(language: str) -> tuple[re.Pattern[str], ...]:
    row = rules("counts", language)
    if not row:
        return ()
    spaced = bool(rules("units", language).get("spaced", True))
    gap, edge, wall, free = (r"\s", r"(?!\w)", r"(?<!\w)", FREE) if spaced else ("", "", "", r"(?<![\d.,])")
    unit = rf"{free}(?P<n>{NUMBER})\s?(?P<unit>(?:{one_of(row['measures'])}){edge})"
    done = rf"(?:{one_of(row.get('aux') or ())}){gap}(?:{one_of(row.get('done') or ())})"
    behind = rf"{unit}(?={gap}(?:{one_of([*row['people'], *row['does']])}|{done}){edge})"
    harm = row.get("harm") or ()
    about = one_of([str(word) for word in rules("units", language).get("about") or ()])
    # "se detuvo a 35 km": who does it to himself is nobody's count
    before = rf"{wall}(?<!\bse )(?P<harm>{one_of(harm)}){gap}(?:(?:{about}){gap})?{unit}"
    return tuple(re.compile(one, re.IGNORECASE) for one in ((behind, before) if harm else (behind,)))


def _follows(text: str, end: int, words: Sequence[object]) -> bool:
    """Whether one of the words stands right behind a place."""
    return re.match(rf"\s(?:{one_of([str(word) for word in words])})(?!\w)", text[end : end + 24]) is not None


def _told_again(page: Page) -> Iterator[Damage]:
    """Yield a count that stands again, pointed back to, with one digit more, or with another unit."""
    row = rules("counts", page.language)
    if not row or not holds_two(page.text):
        return
    before: list[list[Told]] = []
    for place, sentence in enumerate(page.sentences):
        mine = list(islice(_counts(page, sentence, place, row), MOST))
        for one in mine:
            for earlier in (earlier for counts in before for earlier in counts):
                yield from _against(earlier, one)
        before = [*before[1 - REACH :], mine]


def _against(earlier: Told, one: Told) -> Iterator[Damage]:
    pair = ((earlier, one), (one, earlier))
    parted = _short(earlier.digits, one.digits) or _short(one.digits, earlier.digits)
    if parted and earlier.stem == one.stem and (one.same or _telling(earlier, one)):
        for mine, other in pair:
            why = f"the same people are {other.raw} elsewhere: a digit fell out of one of the two"
            yield _suspect(mine.start, mine.end, mine.raw, why)
    elif one.same and earlier.digits == one.digits and earlier.stem != one.stem and _odd(one.digits):
        why = f"the same number counts something else nearby ({one.raw} {one.stem}…): the unit of one of the two was changed"
        yield _suspect(earlier.start, earlier.end, earlier.raw, why)


def _odd(digits: str) -> bool:
    """Whether a number is no round one and no year: such meet by chance."""
    return len(digits.rstrip("0")) > 1 and not YEAR.fullmatch(digits)


def _telling(earlier: Told, one: Told) -> bool:
    """Whether two counts are of the same people though nothing points back: a rare noun, digits that chance would not give."""
    return not one.common and min(len(earlier.digits), len(one.digits)) > 1


def _short(short: str, long: str) -> bool:
    """Whether a number is another with one digit gone."""
    return len(long) == len(short) + 1 and len(short) > 0 and any(long[:n] + long[n + 1 :] == short for n in range(len(long)))


def _counts(page: Page, sentence: Sentence, place: int, row: Mapping[str, Any]) -> Iterator[Told]:
    units = rules("units", page.language)
    spaced = bool(units.get("spaced", True))
    # A counter that stands for any people or length of time tells no two of them apart.
    common = {str(word) for words in (units.get("counters") or {}).values() for word in words}
    common |= {str(word) for key in ("others", "measures") for word in row.get(key) or ()}
    for match in _numbers(page.language).finditer(sentence.text):
        before = sentence.text[max(0, match.start() - 16) : match.start()].lower()
        after = sentence.text[match.end() : match.end() + 8]
        same = _ends(before, row.get("same") or (), spaced=spaced) or any(
            after.startswith(str(word)) for word in row.get("same_after") or ()
        )
        start = sentence.start
        yield Told(
            start + match.start("n"), start + match.end("n"), match["n"], re.sub(r"\D", "", match["n"]),
            match["word"].lower()[:4], same, match["word"].lower() in common or len(match["word"]) < SHORT, place,
        )  # fmt: skip


@functools.cache
def _numbers(language: str) -> re.Pattern[str]:
    if rules("units", language).get("spaced", True):
        return re.compile(rf"{FREE}(?P<n>{NUMBER})\s(?P<word>[^\W\d_]{{2,40}})")
    return re.compile(rf"(?<![\d.,])(?P<n>{NUMBER})(?P<word>{counters(language)})")


def _ends(text: str, words: Sequence[object], *, spaced: bool) -> bool:
    wall, gap = (r"(?<!\w)", r"\s") if spaced else ("", "")
    return re.search(rf"{wall}(?:{one_of([str(word) for word in words])}){gap}$", text) is not None


def _year_counted(page: Page) -> Iterator[Damage]:
    """Yield a year where a count should stand and a count where only a year can, near each other: "2017 people ... since 34"."""
    year_place = _year_place(page.language)
    if year_place is None or not (YEAR.search(page.text) and holds_two(page.text)):
        return
    before: tuple[int, list[Place], list[Place]] = (-1, [], [])
    for sentence in page.sentences:
        years = [place for place in _places(_numbers(page.language), sentence) if YEAR.fullmatch(place[2])]
        years = [place for place in years if not _called_year(page, place)]
        slots = [place for place in _places(year_place, sentence) if not YEAR.fullmatch(place[2])]
        if before[0] == sentence.paragraph and not (years and slots):
            years, slots = [*before[1], *years], [*before[2], *slots]
        before = (sentence.paragraph, years, slots)
        if len(years) == 1 and len(slots) == 1:
            why = f"{years[0][2]} stands where a count should and {slots[0][2]} where a year should: they have changed places"
            for one, other in ((years[0], slots[0]), (slots[0], years[0])):
                yield _suspect(*one, why, proposal=other[2])
            before = (-1, [], [])


def _places(pattern: re.Pattern[str], sentence: Sentence) -> list[Place]:
    start = sentence.start
    spans = [one.span("n" if one["n"] is not None else "m") for one in pattern.finditer(sentence.text)]
    return [(start + low, start + high, sentence.text[low:high]) for low, high in spans]


def _called_year(page: Page, place: Place) -> bool:
    """Whether the words around a number call it a year: "in 2019 protesters", 2019年."""
    units = rules("units", page.language)
    if re.match(rf"\s?(?:{one_of(units.get('year_after') or ())})", page.text[place[1] : place[1] + 12]):
        return True
    counted = re.match(rf"\s?{counters(page.language)}", page.text[place[1] : place[1] + 24])
    words = one_of([*(units.get("year_strong") or ()), *(units.get("year_before") or ())])
    left = page.text[max(0, place[0] - 16) : place[0]].lower()
    return counted is None and re.search(rf"(?<!\w)(?:{words})\s$", left) is not None


@functools.cache
def _year_place(language: str) -> re.Pattern[str] | None:
    units = rules("units", language)
    if not units:
        return None
    count = r"(?<![\d.,])(?P<n>\d{1,3}(?:[.,\u00a0 ]\d{3})?)(?![\d.,]*\d)"
    if units.get("year_after"):
        gap, edge = (r"\s", r"(?!\w)") if units.get("spaced", True) else ("", r"(?!間|間の|ぶり)")
        return re.compile(rf"{count}{gap}(?:{one_of(units['year_after'])}){edge}")
    before = one_of([*(units.get("year_strong") or ()), *(units.get("year_before") or ())])
    # "the flood of 412", "since 300": only a year stands there, whatever comes behind, unless that is counted
    events = rf"(?:{one_of(units.get('events') or ())})\s(?:of|de|del|du|do|da|von|vom|in)"
    since = one_of(rules("counts", language).get("since") or ())
    open_end = rf"(?:{events}|{since})\s(?P<m>{count.replace('?P<n>', '')})(?!:\d|\s?[ap]\.?m\b|\s(?:{counters(language)}))"
    closed = rf"(?:{before})\s{count}(?=\s?(?:[.,;:!?)]|$))"
    return re.compile(rf"(?<!\w)(?:{closed}|{open_end})", re.IGNORECASE)
