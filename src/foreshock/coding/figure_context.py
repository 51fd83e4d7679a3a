"""What a figure takes from the figures and words around it: what its neighbour counts, old or new, where and as of when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, cast

from foreshock.coding.figure_grammar import FigureGrammar, latest, nearest
from foreshock.coding.times import TimeMention
from foreshock.model import Figure

Counting = Literal["new", "cumulative"]
PEOPLE = frozenset({"killed", "injured", "missing", "displaced", "detained"})
HAPPENS = frozenset({"killed", "injured", "detained"})
MATERIEL = frozenset({"person", "vehicle", "aircraft", "ship", "battalion", "weapon"})
REACH = 40


def shared(figures: Sequence[Figure], text: str, base: int, grammar: FigureGrammar) -> list[Figure]:
    """Return the figures with what a neighbour says for them.

    The second of a pair says it for the first ("21 men and 3 boys were hurt"), a count for its part ("12 people, among them four
    children"), for another one ("one soldier was killed and another wounded"), for the total it brings, and for a rival vote.
    """
    told = list(figures)
    for index in range(len(told) - 2, -1, -1):
        one, later = told[index], told[index + 1]
        between = text[one.end - base : later.start - base]
        alike = {one.unit, later.unit} <= MATERIEL if later.what == "deployed" else one.unit in {"person", later.unit}
        joined = one.what == "other" and alike and later.what != "other"
        if grammar.whole.fullmatch(text, 0, later.start - base):  # what is said of a share is not said of its whole
            continue
        if joined and later.what not in {"age", "duration", "distance", "money"} and grammar.joined.fullmatch(between):
            told[index] = replace(one, what=later.what, counting=one.counting or later.counting)
    for index in range(1, len(told)):
        told[index] = _after(told[index], told[index - 1], text, base, grammar)
    return told


def _after(one: Figure, earlier: Figure, text: str, base: int, grammar: FigureGrammar) -> Figure:
    between = text[earlier.end - base : one.start - base]
    lead = text[max(0, one.start - base - REACH) : one.start - base]
    if one.unit is None and one.what in {"other", "votes"} and earlier.what == "votes" and grammar.rivals.search(lead):
        return replace(one, what="votes", unit=earlier.unit)
    if (
        one.what == "other"
        and earlier.what == "deployed"
        and {one.unit, earlier.unit} <= MATERIEL
        and grammar.joined.fullmatch(between)
    ):
        return replace(one, what="deployed")
    if not {one.unit, earlier.unit} <= {None, "person"}:
        return one
    share = earlier.unit == "person" and grammar.whole.fullmatch(text, 0, one.start - base) is not None
    if share and one.unit == "person" and one.of is None:
        return replace(one, of=earlier.of)
    if share and one.unit is None:
        what = earlier.what if one.state == "read" and one.what == "other" else one.what
        return replace(one, what=what, unit="person", of=one.of or earlier.of, counting=None)
    people = one.what == "other" and one.unit == "person" == earlier.unit and earlier.what in PEOPLE and one.state == "read"
    people = people and grammar.own_deed.match(text, one.end - base) is None
    if people and grammar.joined.fullmatch(between) and nearest(grammar.what_after, between) is None:
        return replace(one, what=earlier.what, counting=one.counting or earlier.counting)
    if grammar.part_of.search(between) and earlier.what in PEOPLE:
        counting = None if one.what == "other" else one.counting
        return replace(one, what=earlier.what, counting=counting, unit="person")
    if one.what == "other" and one.counting == "cumulative" and earlier.what != "other":
        one = replace(one, what=earlier.what, unit="person")
    if one.of is None and one.what == earlier.what and grammar.totals.search(lead):
        return replace(one, of=earlier.of)
    if earlier.of is not None and one.of is None and grammar.again.match(text[one.start - base :]):
        return replace(one, of=earlier.of)
    if one.state == "lost" and grammar.partitive.search(between):
        return replace(one, unit="person", of=one.of or earlier.of)
    return one


def part_of_next(figures: Sequence[Figure], text: str, base: int, grammar: FigureGrammar) -> list[Figure]:
    """Return the figures with a share of the whole named after it as its persons: "XNUMX of the 45 passengers".

    What is said of both is said of the share: "two of the four passengers died".
    """
    told = list(figures)
    for index, one in enumerate(told[:-1]):
        whole = told[index + 1]
        between = text[one.end - base : whole.start - base]
        if one.unit in {None, "person"} and whole.unit == "person" and grammar.share_of.fullmatch(between):
            told[index] = replace(one, unit="person", of=one.of or whole.of)
            if one.state == "read" and one.what == "other" and whole.what in PEOPLE:
                told[index] = replace(told[index], what=whole.what, counting=whole.counting)
                told[index + 1] = replace(whole, what="other", counting=None)
    return told


def counting_of(
    what: str,
    bound: str | None,
    windows: tuple[str, str],
    state: str,
    grammar: FigureGrammar,
    sentence: tuple[bool, bool],
) -> Counting | None:
    """Return whether a count is of a new event or a total.

    Words decide first ("another", "bringing the total to", число погибших выросло до), then a stretch of time that people are
    counted over ("since April"); people killed, hurt or arrested in a told event are new, unless it is only supposed or a lasting
    state ("are behind bars"). ``sentence``: whether it counts since a time, and whether what it tells is only supposed.
    """
    (before, after), (since, unreal) = windows, sentence
    found = latest(grammar.counting, before[-REACH:]) or nearest(grammar.counting, after[:30])
    if found is not None:
        return cast(Counting, found)
    if what in PEOPLE and (grammar.tally.search(before) or (since and bound not in {"dozens", "hundreds", "thousands"})):
        return "cumulative"
    if state != "read" or what not in HAPPENS or bound in {"dozens", "hundreds", "thousands", "at_most"}:
        return None
    if unreal or (what == "detained" and grammar.lasting.search(before + "|" + after)):
        return None
    return "new"


def since_time(text: str, base: int, times: Sequence[TimeMention], grammar: FigureGrammar) -> bool:
    """Whether a sentence counts over a stretch of time up to now: "since April", с начала года, 今年に入り."""
    if grammar.over_time.search(text):
        return True
    return any(grammar.since.search(text[max(0, one.start - base - 24) : one.end - base]) for one in times)


def scope_of(text: str, grammar: FigureGrammar) -> str | None:
    """Return the words that say which place a sentence's figures cover: "nationwide", "in the capital", 全国で."""
    match = grammar.scope.search(text)
    if match is None:
        return None
    return (match.groupdict().get("place") or match[0]).strip(" ,、")


def as_of(text: str, base: int, times: Sequence[TimeMention], grammar: FigureGrammar) -> str | None:
    """Return the ISO date that a sentence's totals stand for: "as of Friday", 7日時点で, по состоянию на пятницу."""
    for one in times:
        start, end = one.start - base, one.end - base
        if one.when.end is None and one.when.start is None:
            continue
        marked = f"{text[max(0, start - 32) : start]}@{text[start:end]}"  # @: where the time begins
        if grammar.as_of_before.search(marked) or grammar.as_of_after.match(text, end):
            return one.when.end or one.when.start
    return None


def is_count(figure: Figure) -> bool:
    """Whether a figure counts people or things, so that a place and a day of the sentence hold for it: no age, length or sum."""
    return figure.what not in {"age", "duration", "distance", "money", "waves"} and figure.unit not in {"percent", None}
