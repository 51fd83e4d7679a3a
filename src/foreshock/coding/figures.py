"""Figures: the numbers of a sentence with what they count, and the places where a number was and is gone.

A lost number is marked and never filled; a suspect one has no best value and keeps its reading beside its rivals. Dates, clock
times, ordinals and numbers in names are no figures. ``low``, ``best`` and ``high`` hold what was printed: "at least 56" has low
and best 56, "up to 500" best and high 500, "150-200" no best, "dozens" no value at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from foreshock.coding.figure_grammar import FigureGrammar, Unit, figure_grammar_of, first, latest, nearest
from foreshock.coding.numbers import fold, value_of
from foreshock.coding.times import find_times
from foreshock.model import Bound, Damage, Figure, FigureState, FigureWhat
from foreshock.reading.languages.base import Parse

DAMAGED = {"lost_number", "suspect_number", "unit_mismatch"}
LEFT, RIGHT = 60, 90


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a number stands (or stood) in the sentence's text, relative to it."""

    start: int
    end: int
    state: FigureState
    value: float | None = None
    high: float | None = None
    bound: str | None = None
    rivals: tuple[float, ...] = ()


def find_figures(parse: Parse, *, table: Mapping[str, Any], damage: Sequence[Damage]) -> tuple[Figure, ...]:
    """Return every figure of a sentence, in order; ``document.text[start:end]`` is the number (or what stands in its place).

    Args:
        parse: the sentence; clauses, where it has any, bound how far a number looks for what it counts.
        table: a language's table with ``numbers``, ``figures`` and ``dates``.
        damage: damage of the document or sentence; that outside the sentence is ignored.

    Raises:
        CodingError: the table holds a wrong pattern.
    """
    grammar = figure_grammar_of(table)
    sentence = parse.sentence
    text = fold(sentence.text)
    harmed = _harmed(text, sentence.start, damage, grammar)
    dated = [(one.start, one.end) for one in find_times(sentence.text, offset=0, table=table, reference=None)]
    sound = [place for place in _numbers(text, grammar) if not _touches(place, harmed)]
    places = [place for place in sound if not any(low < place.end and place.start < high for low, high in dated)]
    places = sorted([*places, *harmed], key=lambda one: one.start)
    figures = []
    for index, place in enumerate(places):
        low = places[index - 1].end if index else 0
        high = places[index + 1].start if index + 1 < len(places) else len(text)
        figure = _figure(place, (low, high), text, parse, grammar)
        if figure is not None:
            figures.append(figure)
    return tuple(_shared(figures, text, sentence.start, grammar))


def _shared(figures: list[Figure], text: str, base: int, grammar: FigureGrammar) -> list[Figure]:
    """Return the figures with what their neighbour says for them: the second of a pair for the first, a count for its total."""
    told = list(figures)
    for index in range(len(told) - 2, -1, -1):
        one, later = told[index], told[index + 1]
        between = text[one.end - base : later.start - base]
        if (
            one.what == "other"
            and one.unit == later.unit == "person"
            and later.what != "other"
            and grammar.joined.fullmatch(between)
        ):
            told[index] = replace(one, what=later.what)
    for index in range(1, len(told)):
        one, earlier = told[index], told[index - 1]
        if one.what != "other" or not {one.unit, earlier.unit} <= {None, "person"}:
            continue
        if one.counting == "cumulative" or grammar.part_of.search(text[earlier.end - base : one.start - base]):
            told[index] = replace(one, what=earlier.what)
    return told


def _touches(place: _Place, others: Sequence[_Place]) -> bool:
    return any(one.start <= place.end and place.start <= one.end for one in others)


def _harmed(text: str, base: int, damage: Sequence[Damage], grammar: FigureGrammar) -> list[_Place]:
    """Return the lost and suspect numbers; a placeholder that no damage names is lost too."""
    places: list[_Place] = []
    for one in damage:
        start, end = one.start - base, one.end - base
        if one.kind not in DAMAGED or start < 0 or end > len(text):
            continue
        inside = (grammar.numbers.lost if one.kind == "lost_number" else re.compile(r"\d[\d.,]*\d|\d")).search(text, start, end)
        if inside is not None:
            start, end = inside.span()
        if one.kind == "lost_number":
            places.append(_Place(start, end, "lost"))
        elif inside is not None or value_of(text[start:end], grammar.numbers) is not None:
            places.append(_Place(start, end, "suspect", rivals=_rivals(text[start:end], one.proposal, grammar)))
    places += [_Place(match.start(), match.end(), "lost") for match in grammar.numbers.lost.finditer(text)]
    return _distinct(places)


def _distinct(places: list[_Place]) -> list[_Place]:
    """Return places without overlaps: a lost number beats a suspect one, and two readings of one place give all their rivals."""
    kept: list[_Place] = []
    for place in sorted(places, key=lambda one: (one.state != "lost", one.start)):
        clash = next((index for index, one in enumerate(kept) if one.start < place.end and place.start < one.end), None)
        if clash is None:
            kept.append(place)
        elif kept[clash].state == place.state == "suspect":
            rivals = tuple(dict.fromkeys((*kept[clash].rivals, *place.rivals)))
            kept[clash] = _Place(kept[clash].start, kept[clash].end, "suspect", rivals=rivals)
    return kept


def _rivals(raw: str, proposal: str | None, grammar: FigureGrammar) -> tuple[float, ...]:
    said = [raw, *re.findall(r"\d[\d.,]*\d|\d", fold(proposal or ""))]
    values = [value_of(one, grammar.numbers) for one in said]
    return tuple(dict.fromkeys(value for value in values if value is not None))


def _numbers(text: str, grammar: FigureGrammar) -> list[_Place]:
    places: list[_Place] = []
    for cue in grammar.vague:
        places += [_Place(match.start(), match.end(), "read", bound=cue.value) for match in cue.pattern.finditer(text)]
    vague = tuple(places)
    for match in grammar.number.finditer(text):
        place = _Place(match.start(), match.end(), "read", value_of(match[0], grammar.numbers))
        if place.value is None or _touches_inside(place, vague):
            continue
        if grammar.skip_before.search(text[: place.start][-40:]) or grammar.skip_after.match(text, place.end):
            continue
        places.append(place)
    return _paired(sorted(places, key=lambda one: one.start), text, grammar)


def _touches_inside(place: _Place, others: Sequence[_Place]) -> bool:
    return any(one.start < place.end and place.start < one.end for one in others)


def _paired(places: list[_Place], text: str, grammar: FigureGrammar) -> list[_Place]:
    """Join two numbers that are the ends of one range: "150-200", "between 150 and 200", 150から200人."""
    joined: list[_Place] = []
    for place in places:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.value is not None
            and place.value is not None
            and last.bound is None
            and last.value < place.value
        ):
            lead = text[max(0, last.start - 20) : place.start]
            if grammar.range_between.search(lead) and not re.search(r"[^\s\d,.\-–—~〜～]{30,}", text[last.end : place.start]):
                joined[-1] = _Place(last.start, place.end, "read", last.value, place.value, "range")
                continue
        joined.append(place)
    return joined


def _unit(before: str, after: str, grammar: FigureGrammar) -> tuple[Unit, int] | None:
    """Return the unit beside a number and how many characters behind the number it takes (0 where it stands before)."""
    found: list[tuple[int, Unit]] = []
    for unit in grammar.units:
        match = unit.pattern.search(before) if unit.leads else unit.pattern.match(after)
        if match is not None:
            found.append((len(match[0]) if not unit.leads else 0, unit))
    if not found:
        return None
    size, unit = max(found, key=lambda one: (one[1].leads, one[0]))
    return unit, size


def _window(place: _Place, limits: tuple[int, int], text: str, parse: Parse, grammar: FigureGrammar) -> tuple[str, str]:
    """Return the words beside a number that may say what it counts: to its neighbours, a stop word, its clause's end."""
    low, high = max(limits[0], place.start - LEFT), min(limits[1], place.end + RIGHT)
    base = parse.sentence.start
    around = [one for one in parse.clauses if one.start - base <= place.start and place.end <= one.end - base]
    if around:
        high = min(high, max(min(one.end for one in around) - base, place.end + 24))
    stop = grammar.stop.search(text, min(place.end + 1, high), high)
    if stop is not None:
        high = stop.start()
    return text[low : place.start], text[place.end : high]


def _figure(place: _Place, limits: tuple[int, int], text: str, parse: Parse, grammar: FigureGrammar) -> Figure | None:
    before, after = _window(place, limits, text, parse, grammar)
    wide_after = text[place.end : min(limits[1], place.end + RIGHT)]
    unit = _unit(before, wide_after, grammar)
    size = unit[1] if unit else 0
    what = _what(unit[0] if unit else None, before, after, grammar)
    spelt = grammar.numbers.kanji and not text[place.start : place.end].isascii()
    counted = unit is not None or (
        what != "other" and not spelt and text[place.start : place.end].lower() not in grammar.only_counted
    )
    if place.state == "read" and not counted and not _bare_stays(place, text, grammar):
        return None
    if _points_back(place, before, what, text, grammar):
        return None
    bound, start = _bound(place, text[limits[0] : place.start], grammar)
    tail = first(grammar.bound_after, wide_after[size:]) or first(grammar.bound_after, wide_after)
    if bound is None and tail is not None and tail[1].start() == 0:
        bound = cast(Bound, tail[0])
    low, best, high = _values(place, bound)
    end = min(place.end + size, len(text))
    base = parse.sentence.start
    said = parse.sentence.text[place.start - start : end].strip()
    return Figure(
        what=what,
        of=_of(unit[0] if unit else None, before, after, grammar),
        unit=unit[0].name if unit else None,
        low=low,
        best=best,
        high=high,
        bound=bound,
        counting=_counting(before, after, grammar),
        scope=None,
        as_of=None,
        state=place.state,
        candidates=place.rivals,
        raw=said,
        start=base + place.start,
        end=base + place.end,
    )


def _bare_stays(place: _Place, text: str, grammar: FigureGrammar) -> bool:
    """Whether a number that nothing says the meaning of stays: where it is written in digits and is no year."""
    word = text[place.start : place.end]
    year = re.fullmatch(r"(?:1[5-9]|20|21)\d\d", word) is not None
    return (
        word[0].isdigit()
        and word.isascii() | (not grammar.numbers.kanji)
        and not year
        and word.lower() not in grammar.only_counted
    )


def _points_back(place: _Place, before: str, what: str, text: str, grammar: FigureGrammar) -> bool:
    """Whether a written-out number only takes up people already told of: "the two leaders"."""
    said = place.state == "read" and what == "other" and text[place.start].isalpha()
    return said and grammar.definite.search(before) is not None


def _what(unit: Unit | None, before: str, after: str, grammar: FigureGrammar) -> FigureWhat:
    if unit is not None and unit.what is not None:
        return cast(FigureWhat, unit.what)
    if unit is None and grammar.bare_next is not None and not grammar.bare_next.match(after):
        return "other"
    direct = first(grammar.what_before, before)
    if direct is not None:
        return cast(FigureWhat, direct[0])
    found = nearest(grammar.what_after, after) or latest(grammar.what_around, before)
    return cast(FigureWhat, found or "other")


def _of(unit: Unit | None, before: str, after: str, grammar: FigureGrammar) -> str | None:
    found = first(grammar.of_after, after) or first(grammar.of_before, before)
    return found[0] if found else (unit.of if unit else None)


def _bound(place: _Place, before: str, grammar: FigureGrammar) -> tuple[Bound | None, int]:
    """Return the bound said before a number and how many characters before it the words begin."""
    found = first(grammar.bound_before, before[-40:])
    length = len(found[1][0]) if found else 0
    if place.bound is not None:
        return cast(Bound, place.bound), length
    return (cast(Bound, found[0]), length) if found else (None, 0)


def _values(place: _Place, bound: str | None) -> tuple[float | None, float | None, float | None]:
    value = place.value
    if place.state != "read" or value is None:
        return None, None, None
    if place.bound == "range":
        return value, None, place.high
    if bound in {"at_least", "over"}:
        return value, value, None
    if bound in {"at_most", "nearly"}:
        return None, value, value
    return (None, value, None) if bound == "about" else (value, value, value)


def _counting(before: str, after: str, grammar: FigureGrammar) -> Literal["new", "cumulative"] | None:
    found = latest(grammar.counting, before[-40:]) or nearest(grammar.counting, after[:30])
    return cast(Literal["new", "cumulative"] | None, found)
