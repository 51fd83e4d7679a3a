"""Where numbers stand in a sentence, or stood before it was damaged: digits, words, ranges, counts of one without a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from foreshock.coding.figure_grammar import FigureGrammar
from foreshock.coding.numbers import LONGEST, value_of
from foreshock.model import Damage, FigureState

DAMAGED = {"lost_number", "suspect_number", "unit_mismatch"}
DIGITS = re.compile(r"\d[\d.,]*\d|\d")
# Digits in groups that no thousands have (0800 555 0142, 01 99 00 45 67), or that begin with a zero: numbers to call, not counts.
CALLED = re.compile(r"(?<![\w.,])\+?\d{1,5}(?:[ -]\(?\d{2,4}\)?){2,6}(?![\w])")
GROUPED = re.compile(r"\d{1,3}(?: \d{3})+")
LOWER = re.compile(r"\b[a-z]{4,}\b")
# Digits that run into the word before them: of "about1 200 people" the 200 is no number.
CUT = re.compile(r"[^\W\d_]{3}\d{1,3} $")
LEAD = 90  # characters before a number in which a verb says that a count has changed
NEAR_RANGE = 24  # characters between the ends of one range
PLAIN = 4  # words of four or more small letters in what is no headline


@dataclass(frozen=True, slots=True)
class NumberPlace:
    """Where a number stands (or stood) in the sentence's text, relative to it.

    ``one`` marks a word that counts one without being a number ("another", un autre): who it counts, the figure before says.
    ``changed`` marks what a count has come to, where the words also tell what it was: "rose from 11 to 18".
    """

    start: int
    end: int
    state: FigureState
    value: float | None = None
    high: float | None = None
    bound: str | None = None
    rivals: tuple[float, ...] = ()
    one: bool = False
    changed: bool = False


def touches(place: NumberPlace, others: Sequence[NumberPlace]) -> bool:
    """Whether a place overlaps or adjoins another: digits that adjoin a lost number are part of what was lost."""
    return any(one.start <= place.end and place.start <= one.end for one in others)


def _inside(place: NumberPlace, others: Sequence[NumberPlace]) -> bool:
    return any(one.start < place.end and place.start < one.end for one in others)


def harmed_places(text: str, base: int, damage: Sequence[Damage], grammar: FigureGrammar) -> list[NumberPlace]:
    """Return the lost and suspect numbers of a folded sentence that starts at ``base``.

    A placeholder is a lost number whether or not a damage names it.
    """
    places: list[NumberPlace] = []
    for one in damage:
        start, end = one.start - base, one.end - base
        if one.kind not in DAMAGED or start < 0 or end > len(text):
            continue
        inside = (grammar.numbers.lost if one.kind == "lost_number" else DIGITS).search(text, start, end)
        if inside is not None:
            start, end = inside.span()
        if one.kind == "lost_number":
            places.append(NumberPlace(start, end, "lost"))
        elif inside is not None or value_of(text[start:end], grammar.numbers) is not None:
            places.append(NumberPlace(start, end, "suspect", rivals=_rivals(text[start:end], one.proposal, grammar)))
    places += [NumberPlace(match.start(), match.end(), "lost") for match in grammar.numbers.lost.finditer(text)]
    return _distinct(places)


def _distinct(places: list[NumberPlace]) -> list[NumberPlace]:
    """Return places without overlaps: a lost number beats a suspect one, and two readings of one place give all their rivals."""
    kept: list[NumberPlace] = []
    for place in sorted(places, key=lambda one: (one.state != "lost", one.start)):
        clash = next((index for index, one in enumerate(kept) if one.start < place.end and place.start < one.end), None)
        if clash is None:
            kept.append(place)
        elif kept[clash].state == place.state == "suspect":
            rivals = tuple(dict.fromkeys((*kept[clash].rivals, *place.rivals)))
            kept[clash] = replace(kept[clash], rivals=rivals)
    return kept


def _rivals(raw: str, proposal: str | None, grammar: FigureGrammar) -> tuple[float, ...]:
    values = [value_of(one, grammar.numbers) for one in (raw, *DIGITS.findall(proposal or ""))]
    return tuple(dict.fromkeys(value for value in values if value is not None))


def number_places(text: str, grammar: FigureGrammar) -> list[NumberPlace]:
    """Return the numbers of a folded text in order: vague ones, digits and words, ranges as one, and words that count one."""
    places: list[NumberPlace] = []
    for cue in grammar.vague:
        found = [NumberPlace(match.start(), match.end(), "read", bound=cue.value) for match in cue.pattern.finditer(text)]
        places += [place for place in found if not _inside(place, places)]
    vague = tuple(places)
    called = [match.span() for match in CALLED.finditer(text) if not GROUPED.fullmatch(match[0])]
    run = -2
    for match in grammar.number.finditer(text):
        goes_on = match.start() <= run + 1
        if goes_on or len(match[0]) > LONGEST:  # the rest of a run that is too long for a number is none either
            run = match.end()
            continue
        value = value_of(match[0], grammar.numbers)
        bound = "about" if grammar.approximate.search(match[0]) else None
        place = NumberPlace(match.start(), match.end(), "read", value, bound=bound)
        if place.value is None or match[0].lower() in grammar.articles or _inside(place, vague):
            continue
        if any(low <= place.start < high for low, high in called):
            continue
        if _named(match, text) or CUT.search(text, max(0, place.start - 12), place.start):
            continue
        if grammar.skip_before.search(text[: place.start][-40:]) or grammar.skip_after.match(text, place.end):
            continue
        places.append(place)
    for pattern in grammar.ones:
        for match in pattern.finditer(text):
            place = NumberPlace(match.start("one"), match.end("one"), "read", 1.0, one=True)
            if not _inside(place, places):
                places.append(place)
    return _paired(sorted(places, key=lambda one: one.start), text, grammar)


def _named(match: re.Match[str], text: str) -> bool:
    """Whether a number word with a capital is part of a name: "near Six Flags", not "Six people", nor a headline's capitals."""
    if not (match[0][0].isalpha() and match[0][0].isupper() and re.match(r" [A-Z][a-z]", text[match.end() : match.end() + 3])):
        return False
    return re.search(r"[a-z][,;]? $", text[: match.start()]) is not None and len(LOWER.findall(text)) >= PLAIN


def _paired(places: list[NumberPlace], text: str, grammar: FigureGrammar) -> list[NumberPlace]:
    """Join two numbers that are the ends of one range: "150-200", "between 150 and 200", 150から200人, 6–8 тыс."""
    joined: list[NumberPlace] = []
    for place in places:
        last = joined[-1] if joined else None
        if last is not None and last.value is not None and place.value is not None and last.bound is None and not place.one:
            if grammar.change_back.search(text[max(0, last.start - LEAD) : place.start]):
                joined[-1] = replace(last, changed=True)
                continue
            if _is_change(last, place, text, grammar):
                joined[-1] = replace(place, changed=True)
                continue
            low = _scaled(last, place, text)
            lead = text[max(0, last.start - 20) : place.start]
            near = place.start - last.end <= NEAR_RANGE
            if low < place.value and grammar.range_between.search(lead) and near:
                joined[-1] = NumberPlace(last.start, place.end, "read", low, place.value, "range")
                continue
        joined.append(place)
    return joined


def _is_change(last: NumberPlace, place: NumberPlace, text: str, grammar: FigureGrammar) -> bool:
    """Whether two numbers tell what a count was and what it is now: "rose from 11 to 18", 11人から18人に増えた."""
    before = grammar.change.search(text[max(0, last.start - LEAD) : place.start])
    return before is not None and grammar.change_after.match(text, place.end) is not None


def _scaled(low: NumberPlace, high: NumberPlace, text: str) -> float:
    """Return the lower end of a range with the multiplier that only the upper end says: the 6 of 6–8 тыс. is six thousand."""
    digits = DIGITS.match(text, high.start)
    if low.value is None or high.value is None or digits is None or digits.end() >= high.end:
        return low.value or 0.0
    plain = float(re.sub(r"\D", "", digits[0]) or 0)
    factor = high.value / plain if plain else 1.0
    alone = text[low.start : low.end].isascii() and not re.search(r"[^\d.,]", text[low.start : low.end])
    return low.value * factor if alone and factor >= 1000 and low.value < 1000 else low.value
