"""Figures: the numbers of a sentence with what they count, and the places where a number was and is gone.

A lost number is marked and never filled; a suspect one has no best value and keeps its reading beside its rivals. Dates, clock
times, ordinals and numbers in names are no figures. ``low``, ``best`` and ``high`` hold what was printed: "at least 56" has low
and best 56, "up to 500" best and high 500, "150-200" no best, "dozens" no value at all.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from foreshock.coding.figure_context import PEOPLE, as_of, counting_of, is_count, part_of_next, scope_of, shared, since_time
from foreshock.coding.figure_grammar import FigureGrammar, Unit, figure_grammar_of, first, latest, linked, nearest
from foreshock.coding.figure_places import NumberPlace, harmed_places, number_places, touches
from foreshock.coding.numbers import fold
from foreshock.coding.times import TimeMention, find_times
from foreshock.model import Bound, Damage, Figure, FigureWhat
from foreshock.reading.languages.base import Parse

LEFT, RIGHT = 60, 90
LENGTHS = frozenset({"minute", "hour", "day", "week", "month", "year"})


def find_figures(
    parse: Parse, *, table: Mapping[str, Any], damage: Sequence[Damage], reference: str | None = None
) -> tuple[Figure, ...]:
    """Return every figure of a sentence, in order; ``document.text[start:end]`` is the number (or what stands in its place).

    Args:
        parse: the sentence; clauses, where it has any, bound how far a number looks for what it counts.
        table: a language's table with ``numbers``, ``figures`` and ``dates``.
        damage: damage of the document or sentence; that outside the sentence is ignored.
        reference: the document's date as an ISO prefix, for what "as of Friday" stands for; None where it is not known.

    Raises:
        CodingError: the table holds a wrong pattern.
    """
    grammar = figure_grammar_of(table)
    sentence = parse.sentence
    text, base = fold(sentence.text), sentence.start
    harmed = harmed_places(text, base, damage, grammar)
    times = find_times(sentence.text, offset=base, table=table, reference=reference)
    dated = [(one.start - base, one.end - base) for one in times]
    sound = [place for place in number_places(text, grammar) if not touches(place, harmed)]
    places = [place for place in sound if _kept(place, dated, text, grammar)]
    places = sorted([*places, *harmed], key=lambda one: one.start)
    # Said once for the sentence: it may hold as many figures as words.
    told_so = (since_time(text, base, times, grammar), bool(places) and grammar.unreal.search(text) is not None)
    figures = []
    for index, place in enumerate(places):
        low = places[index - 1].end if index else 0
        high = _reach(places, index, text, grammar)
        figure = _figure(place, (low, high), text, parse, grammar, told_so)
        if figure is not None:
            figures.append(figure)
    told = part_of_next(shared(figures, text, base, grammar), text, base, grammar)
    return tuple(_held(told, text, base, times, grammar))


def holds_negation(figures: Sequence[Figure], negators: Container[str]) -> bool:
    """Whether a negation belongs to a count and not to the act: "did not kill more than 30" says that up to 30 died.

    Of a length of time it is the act that is denied: "will not hold beyond ten days".

    Args:
        figures: those of the clause.
        negators: the language's words for "not"; written onto the verb ("didn't") they count too.
    """
    words = (one.raw.lower().split()[0] for one in figures if one.bound == "at_most" and one.what in PEOPLE)
    return any(word in negators or word.endswith("n't") or word.startswith("n'") for word in words)


def _kept(place: NumberPlace, dated: Sequence[tuple[int, int]], text: str, grammar: FigureGrammar) -> bool:
    """Whether a number is no part of a date: "will last ten days" is a length, whatever "last ten days" says elsewhere."""
    if not any(low < place.end and place.start < high for low, high in dated):
        return True
    size = max(
        (len(match[0]) for unit in grammar.units if unit.name in LENGTHS and (match := unit.pattern.match(text, place.end))),
        default=0,
    )
    told = f"{text[max(0, place.start - 24) : place.start]}@{text[place.start : place.start + 24]}"  # @: where the number begins
    return size > 0 and grammar.keeps.search(told) is not None


def _held(figures: Sequence[Figure], text: str, base: int, times: Sequence[TimeMention], grammar: FigureGrammar) -> list[Figure]:
    """Return the figures with the place that they cover and the day they stand for, where the sentence says them."""
    if not figures:
        return []
    scope, day = scope_of(text, grammar), as_of(text, base, times, grammar)
    if scope is None and day is None:
        return list(figures)
    held = []
    for one in figures:
        held.append(replace(one, scope=scope, as_of=day) if is_count(one) else one)
    return held


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


def _reach(places: Sequence[NumberPlace], index: int, text: str, grammar: FigureGrammar) -> int:
    """Return where a number's words end: at the next number, unless that is a length of time ("12 were held for 6 hours")."""
    for later in places[index + 1 :]:
        if not any(unit.name in LENGTHS and unit.pattern.match(text, later.end) for unit in grammar.units):
            return later.start
    return len(text)


def _window(place: NumberPlace, limits: tuple[int, int], text: str, parse: Parse, grammar: FigureGrammar) -> tuple[str, str]:
    """Return the words beside a number that may say what it counts: to its neighbours, a stop word, its clause's end."""
    low, high = max(limits[0], place.start - LEFT), min(limits[1], place.end + RIGHT)
    base = parse.sentence.start
    around = [one for one in parse.clauses if one.start - base <= place.start and place.end <= one.end - base]
    if around:
        high = min(high, max(min(one.end for one in around) - base, place.end + 24))
        goes_on = grammar.complement.match(text, high)
        high = goes_on.end() if goes_on else high
    stop = grammar.stop.search(text, min(place.end + 1, high), high)
    if stop is not None:
        high = stop.start()
    return text[low : place.start], text[place.end : high]


def _figure(
    place: NumberPlace,
    limits: tuple[int, int],
    text: str,
    parse: Parse,
    grammar: FigureGrammar,
    told_so: tuple[bool, bool],
) -> Figure | None:
    before, after = _window(place, limits, text, parse, grammar)
    wide_after = text[place.end : min(limits[1], place.end + RIGHT)]
    found = _unit(before, wide_after, grammar)
    unit, size = found or (None, 0)
    what = _what(unit, before, after, text[place.end : place.end + RIGHT], grammar, size)
    name = unit.name if unit else None
    aside = grammar.aside.fullmatch(text[max(0, place.start - 3) : place.end + 2]) or grammar.named_age.search(before)
    if unit is None and aside and place.value is not None and place.value < 120:
        what, name = "age", "year"
    word = text[place.start : place.end]
    spelt = grammar.numbers.kanji and not word.isascii()
    again = what in PEOPLE and grammar.again.match(text, place.start) is not None
    counted = (
        name is not None or place.one or again or (what != "other" and not spelt and word.lower() not in grammar.only_counted)
    )
    counted = counted or grammar.whole.fullmatch(text, 0, place.start) is not None
    if place.state == "read" and not counted and not _bare_stays(place, text, grammar):
        return None
    if not place.one and _points_back(place, before, what, text, grammar):
        return None
    if name is None and (place.one or what in PEOPLE or what == "participants"):
        name = "person"
    bound, start = _bound(place, text[limits[0] : place.start], grammar)
    tail = first(grammar.bound_after, wide_after[size:]) or first(grammar.bound_after, wide_after)
    if bound is None and tail is not None and tail[1].start() == 0:
        bound = cast(Bound, tail[0])
    low, best, high = _values(place, bound)
    counting = counting_of(what, bound, (before, after), place.state, grammar, told_so)
    end = min(place.end + size, len(text))
    base = parse.sentence.start
    said = parse.sentence.text[place.start - start : end].strip()
    return Figure(
        what=what,
        of=_of(unit, before, after, what, grammar) if unit is None or unit.name == "person" or unit.of else None,
        unit=name,
        low=low,
        best=best,
        high=high,
        bound=bound,
        counting="cumulative" if place.changed and what in PEOPLE else counting,
        scope=None,
        as_of=None,
        state=place.state,
        candidates=place.rivals,
        raw=said,
        start=base + place.start,
        end=base + place.end,
    )


def _bare_stays(place: NumberPlace, text: str, grammar: FigureGrammar) -> bool:
    """Whether a number that nothing says the meaning of stays: where it is written in digits and is no year."""
    word = text[place.start : place.end]
    year = re.fullmatch(r"(?:1[5-9]|20|21)\d\d", word) is not None
    return (
        word[0].isdigit()
        and word.isascii() | (not grammar.numbers.kanji)
        and not year
        and word.lower() not in grammar.only_counted
    )


def _points_back(place: NumberPlace, before: str, what: str, text: str, grammar: FigureGrammar) -> bool:
    """Whether a written-out number only takes up people already told of: "the two leaders"."""
    said = place.state == "read" and place.value is not None and what == "other" and text[place.start].isalpha()
    return said and grammar.definite.search(before) is not None


def _what(unit: Unit | None, before: str, after: str, rest: str, grammar: FigureGrammar, size: int) -> FigureWhat:
    """Return what is counted: by its unit, a cue right before, the nearest behind, or anywhere before; ``rest``: all behind."""
    if unit is not None and unit.what is not None:
        told = first(unit.where, after[size : size + 40]) or first(unit.where, before[-40:])
        return cast(FigureWhat, told[0] if told else unit.what)
    if unit is None and grammar.bare_next is not None and not grammar.bare_next.match(after):
        return "other"
    direct = first(grammar.what_before, before)
    if direct is not None:
        return cast(FigureWhat, direct[0])
    if unit is None and grammar.bare_link is not None:
        found = linked(grammar.what_after, after, grammar.bare_link)
        if found is None and grammar.bare_lead is not None and grammar.bare_lead.search(before):
            found = latest(grammar.what_around, before)
    else:
        found = nearest(grammar.what_after, after)
        if found is None and not grammar.own_deed.match(rest):
            found = latest(grammar.what_around, before)
    return cast(FigureWhat, found or "other")


def _of(unit: Unit | None, before: str, after: str, what: str, grammar: FigureGrammar) -> str | None:
    found = first(grammar.of_after, after) or first(grammar.of_before, before)
    if found:
        return found[0]
    if unit is not None and (unit.of is not None or unit.name != "person"):
        return unit.of
    doing = first(grammar.doing, before + "|" + after) if what in {"participants", "strength", "deployed"} else None
    return doing[0] if doing else None


def _bound(place: NumberPlace, before: str, grammar: FigureGrammar) -> tuple[Bound | None, int]:
    """Return the bound said before a number and how many characters before it the words begin."""
    found = None if grammar.unbound.search(before) else first(grammar.bound_before, before[-40:])
    length = len(found[1][0]) if found else 0
    if place.bound is not None and (found is None or place.bound != "about"):
        return cast(Bound, place.bound), length
    return (cast(Bound, found[0]), length) if found else (None, 0)


def _values(place: NumberPlace, bound: str | None) -> tuple[float | None, float | None, float | None]:
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
