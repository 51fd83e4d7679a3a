"""How likely two episodes tell of one event: a sum of log-odds, each with its reason.

The model is Fellegi and Sunter's (A Theory for Record Linkage, 1969): agreement in something rare says much, in something common
little, and what one side does not say says nothing. Who did it has no part in it: a rival attribution keeps no two reports apart.
The weights are data (similarity.yaml).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from foreshock.incidents.episodes import table as episode_table
from foreshock.incidents.profiles import Kind, PlaceMark, Profile, Rarities
from foreshock.incidents.terms import STEM
from foreshock.knowledge import load_table
from foreshock.ontology.geodesy import distance_km

SHOWN = 4  # shared names in a reason
_FINE = frozenset({"site", "city", "admin2"})
_NO_MARKS: frozenset[str] = frozenset()
Part = tuple[float, str]


@dataclass(frozen=True, slots=True)
class Match:
    """The log-odds that two episodes tell of one event, and the parts that it is the sum of, largest first."""

    log_odds: float
    parts: tuple[Part, ...]

    @property
    def probability(self) -> float:
        """The log-odds as a probability, 0 to 1."""
        return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, self.log_odds))))

    @property
    def why(self) -> tuple[str, ...]:
        """The reasons that say something, strongest first, each with its part in nats."""
        return tuple(f"{text} ({value:+.1f})" for value, text in self.parts if abs(value) >= 0.1)


@cache
def table() -> Mapping[str, Any]:
    """Return the weights (similarity.yaml)."""
    found: Mapping[str, Any] = load_table(__package__, "similarity.yaml")
    return found


def compare(one: Profile, other: Profile, rarities: Rarities) -> Match:
    """Return how likely two episodes tell of one event; ``rarities`` must have loaded the terms of ``one``.

    Worked example: two English reports of one week, published a day apart (+.4), cosine .25 (+5.3), with shared rare names of 9
    nats above the common (+3.2), from the base of -7.6: log-odds 1.3, a probability of .78.
    """
    weights = table()[_column(one, other)]
    parts = [(float(weights["base"]), "two episodes of one block")]
    parts += [*_kind(one, other, weights), *_time(one, other), *_place(one, other, weights)]
    parts += [*_words(one, other, weights, rarities), *_marks(one, other, weights, rarities)]
    parts = [part for part in parts if part[0]]
    return Match(sum(value for value, _ in parts), tuple(sorted(parts, key=lambda part: -abs(part[0]))))


def _column(one: Profile, other: Profile) -> str:
    """Return which weights hold: whole texts in one language, mere sentences in one language, or two languages."""
    if one.language != other.language:
        return "other_language"
    return "one_language" if min(one.lead, other.lead) >= episode_table()["share"] else "sentences"


def comparable(one: Profile, other: Profile | Kind) -> bool:
    """Tell whether two episodes may tell of one event by their kinds: of one family, or about what came after it."""
    if one.family == other.family:
        return True
    follows = {one.family, other.family} & {"background", *table()["aftermath"]}
    return bool(follows) and min(one.lead, other.lead) >= episode_table()["share"]


def _kind(one: Profile, other: Profile, weights: Mapping[str, Any]) -> Iterator[Part]:
    if one.family != other.family:
        yield table()["follow"], f"one tells {_named(one.family)}, the other {_named(other.family)}"
        return
    if one.prospective != other.prospective:
        yield table()["standing"], "one tells what is ordered, planned or feared, the other what happened"
    elif one.prospective:
        yield table()["standing_shared"], "both tell what is ordered, planned or feared"
    ours, theirs = _sorted(one.marks), _sorted(other.marks)
    modes, others = ours.get("m:", _NO_MARKS), theirs.get("m:", _NO_MARKS)
    if one.family in episode_table()["many_modes"]:
        ways, rivals = ({mark for mark in some if not mark.startswith("m:HARM")} for some in (modes, others))
        if ways and rivals and not ways & rivals:
            yield table()["ways_apart"], f"one tells {_named(min(ways)[2:])}, the other {_named(min(rivals)[2:])}"
        return
    if shared := sorted(modes & others):
        yield weights["mode"], f"both tell {_named(shared[0][2:])}"
    elif modes and others:
        yield table()["mode_apart"], f"one tells {_named(min(modes)[2:])}, the other {_named(min(others)[2:])}"
    named, unlike = ours.get("w:"), theirs.get("w:")
    if not (named and unlike):  # in two scripts the sounds must do
        named, unlike = ours.get("q:"), theirs.get("q:")
    if named and unlike and not named & unlike and not _of(one, "r:") & _of(other, "r:"):
        yield table()["recipient"], f"done to {min(named)[2:].title()} and to {min(unlike)[2:].title()}"


def _named(family: str) -> str:
    return family.lower().replace(":", " ")


def _of(profile: Profile, prefix: str) -> frozenset[str]:
    return _sorted(profile.marks).get(prefix, _NO_MARKS)


@lru_cache(maxsize=8_192)
def _sorted(marks: tuple[str, ...]) -> Mapping[str, frozenset[str]]:
    """Return marks by their prefix, and all under none; an episode is compared with many."""
    found: dict[str, set[str]] = defaultdict(set)
    for mark in marks:
        found[mark[:2]].add(mark)
    return {"": frozenset(marks), **{prefix: frozenset(some) for prefix, some in found.items()}}


def _persons(one: Profile, other: Profile) -> set[str]:
    """Return the persons that one tells with their age and the other with their full name."""
    named = {mark[2:] for mark in _of(one, "n:")}
    return named and named & ({mark[2:] for mark in _of(other, "n:")} | other.fuller)


def _time(one: Profile, other: Profile) -> Iterator[Part]:
    if one.published is not None and other.published is not None:
        gap = abs(one.published - other.published)
        yield _step("published", gap), f"published {_days(gap)}"
    if one.days and other.days:
        gap = min(abs(day - its) for day in one.days for its in other.days)
        yield _step("days", gap), "both give the same day" if gap == 0 else f"the days given are {_days(gap)}"
    elif one.window and other.window and one.explicit and other.explicit:
        gap = max(0, one.window[0] - other.window[1], other.window[0] - one.window[1])
        yield _step("windows", gap), f"the times given are {_days(gap)}"


def _step(name: str, gap: int) -> float:
    return next((float(value) for limit, value in table()[name] if gap <= limit), 0.0)


def _days(gap: int) -> str:
    return "on one day" if gap == 0 else "1 day apart" if gap == 1 else f"{gap} days apart"


def _place(one: Profile, other: Profile, weights: Mapping[str, Any]) -> Iterator[Part]:
    fine, others = [p for p in one.places if p[4] in _FINE], [p for p in other.places if p[4] in _FINE]
    if shared := {p[0] for p in fine} & {p[0] for p in others}:
        yield weights["place"], f"both at {min(shared).title()}"
        return
    far = [distance_km(p, q) for p in _points(fine) for q in _points(others)]
    if far and min(far) <= table()["near_km"]:
        yield weights["place"], f"places {min(far):.0f} km apart"
    elif fine and others and one.language == other.language and not (_mentions(one, others) or _mentions(other, fine)):
        yield table()["elsewhere"], f"one at {fine[0][0].title()}, the other at {others[0][0].title()}, neither names the other's"
    elif far and min(far) > table()["apart_km"]:
        yield table()["apart"], f"places at least {min(far):.0f} km apart"
    elif area := {p[1] for p in one.places if p[1]} & {p[1] for p in other.places if p[1]}:
        yield weights["area"], f"both in {min(area)}"


def _mentions(profile: Profile, places: Iterable[PlaceMark]) -> bool:
    """Whether the text of an episode names one of the places."""
    return any(word[:STEM] in profile.weights for place in places for word in place[0].split())


def _points(places: Iterable[PlaceMark]) -> list[tuple[float, float]]:
    return [(p[2], p[3]) for p in places if p[2] is not None and p[3] is not None]


def _words(one: Profile, other: Profile, weights: Mapping[str, Any], rarities: Rarities) -> Iterator[Part]:
    shared = one.weights.keys() & other.weights.keys()
    if weights["words"] and shared:
        near = sum(one.weights[term] * other.weights[term] for term in sorted(shared)) / (one.norm * other.norm)
        yield weights["words"] * min(table()["words_most"], math.sqrt(near)), f"the words of the texts are {near:.2f} alike"
    shared = shared | (one.fuller & other.fuller)
    if one.language != other.language:  # there the place counts by itself
        shared = {term for term in shared if not any(term[:4] == place[0][:4] for place in (*one.places, *other.places))}
    least, common, names = table()["rare_from"], table()["common"], one.names
    known = [(-rarities.of(term, name=term in names), term) for term in shared]
    rare = sorted(pair for pair in known if -pair[0] > least)
    if rare:
        nats = sum(-value - common for value, _ in rare)
        words = ", ".join(names.get(term, term) for _, term in rare[:SHOWN])
        yield weights["rare"] * math.log1p(nats), f"both have the rare {words}"


def _marks(one: Profile, other: Profile, weights: Mapping[str, Any], rarities: Rarities) -> Iterator[Part]:
    ours, theirs = _sorted(one.marks), _sorted(other.marks)
    shared = [mark for mark in one.marks if mark in theirs[""]]
    figures = [mark.split(":") for mark in shared if mark.startswith("f:")][:2]
    for _, what, number in figures:
        yield weights["figure"], f"both say {number} {what}"
    if known := sorted(_persons(one, other) | _persons(other, one)):
        yield table()["person"], f"both tell of {' and '.join(name.title() for name in known[:2])}"
    ages, others = ours.get("y:", _NO_MARKS), theirs.get("y:", _NO_MARKS)
    if ages & others:
        yield table()["age"], f"both tell of a person aged {min(ages & others)[2:]}"
    elif ages and others:
        yield table()["ages_apart"], "the ages given differ"
    if weights["sound"] and (sounds := [mark for mark in shared if mark[:2] in ("k:", "q:")][:2]):
        yield weights["sound"] * len(sounds), f"names sound alike ({', '.join(mark[2:] for mark in sounds)})"
    if weights["party"]:
        named = sorted((-rarities.of(mark, name=True), mark) for mark in shared if mark[:2] in ("a:", "r:"))
        if named:
            yield -weights["party"] * named[0][0], f"both name {named[0][1][2:].title()}"
