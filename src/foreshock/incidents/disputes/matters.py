"""What a claim speaks of, and whether two documents speak of one matter.

Within an incident that is known already. Where it is not, names decide: two texts that share a name and something else speak of
one matter, two that each name others do not. Without names the words must do, and the days must fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from foreshock.dates import first_day, last_day
from foreshock.incidents.disputes.words import Words, has, shared, shared_names, stem, table, words_of
from foreshock.model import Claim, Place, Report, When
from foreshock.ontology.fold import fold
from foreshock.ontology.geodesy import distance_km

Polarity = Literal["held", "rejected", "ahead", "open"]
BEHIND = 60  # characters: "is untrue" stands no farther behind what it rejects
WEEK = 7  # a weekday may have been read a week off
FINE = frozenset({"site", "city", "admin2"})


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim with what it is compared by. ``polarity``: its holder holds the content to be so, rejects it, speaks of what is
    to come, or leaves it open. ``voice`` is the holder's name folded, by which one holder is known again."""

    report: Report
    words: Words
    polarity: Polarity
    holder: str
    voice: str

    @property
    def names(self) -> dict[str, str]:
        """The names in the claim and in the words for who holds it: "residents of Kessel say that the troops are still there"."""
        held = " . ".join(one.raw for one in self.claim.holders if one.role != "document")
        return {**words_of(f"x {held}", self.claim.language).names, **self.words.names}

    @property
    def claim(self) -> Claim:
        """The claim itself."""
        return self.report.claim


@dataclass(frozen=True, slots=True)
class Side:
    """What one document says on a matter; ``words`` are those of its text where that is at hand, else of its claims."""

    statements: tuple[Statement, ...]
    words: Words
    language: str


@dataclass(frozen=True, slots=True)
class Kinship:
    """Whether two sides speak of one matter, and why, in one English sentence."""

    one: bool
    why: str


def statement_of(report: Report) -> Statement:
    """Return a claim with what it is compared by."""
    claim = report.claim
    named = [one.name for one in claim.holders if one.role != "document"]
    holder = named[-1] if named else report.source
    return Statement(report, words_of(claim.text, claim.language), polarity_of(claim), holder, fold(holder))


def side_of(reports: Sequence[Report], *, text: str | None = None) -> Side:
    """Return what one document says: its claims, of which there is at least one, and its text where that is at hand."""
    language = reports[0].claim.language
    told = text or " . ".join(_once([*(one.claim.text for one in reports), *_held_by(reports)]))
    found = words_of(told, language)
    places = {fold(place.name): place.name for one in reports if (place := one.claim.place) and place.name}
    names = {**found.names, **{key: name for key, name in places.items() if key}}
    return Side(
        tuple(_heard(statement_of(one), text) for one in reports),
        Words(found.content, names, found.sure | frozenset(places), found.runs),
        language,
    )


def _heard(statement: Statement, text: str | None) -> Statement:
    """Return a statement as the words behind it in its sentence leave it: "that ... is untrue" rejects it."""
    claim = statement.claim
    if text is None or statement.polarity != "held":
        return statement
    behind = re.split(r"[.!?;。！？；]", text[claim.end : claim.end + BEHIND], maxsplit=1)[0]
    return replace(statement, polarity="rejected") if has(behind, claim.language, "untrue") else statement


def _held_by(reports: Sequence[Report]) -> list[str]:
    return [holder.raw for one in reports for holder in one.claim.holders if holder.role != "document"]


def _once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def polarity_of(claim: Claim) -> Polarity:
    """Return where the holder stands to the content."""
    if claim.status in table()["rejected"]:
        return "rejected"
    if claim.status in table()["ahead"]:
        return "ahead"
    if claim.status in table()["held"]:
        return "rejected" if claim.negated or has(claim.text, claim.language, "rejects") else "held"
    return "open"


def kinship(one: Side, other: Side) -> Kinship:
    """Return whether two documents speak of one matter."""
    names = _names_of_both(one, other)
    both = shared(one.words.content, other.words.content)
    alike = _share(one, other, both)
    gap = _days_between(one, other)
    if gap > table()["apart_days"] and gap != WEEK:
        return Kinship(False, f"the times that they give are {gap} days apart")
    if names:
        spelled = ", ".join(sorted(set(names.values()))[:3])
        telling = _telling(names, one, other) or alike >= table()["alike_named"]
        if telling or _one_kind(one, other) or _one_figure(one, other):
            return Kinship(True, f"both name {spelled}")
        return Kinship(False, f"both name {spelled} and have nothing else in common")
    if one.words.sure and other.words.sure:
        return Kinship(False, f"one names {_some(one)}, the other {_some(other)}")
    near = _one_kind(one, other) and _one_day(one, other)
    if one.language == other.language and len(both) > 1 and alike >= table()["alike_near" if near else "alike"]:
        return Kinship(True, f"they share {alike:.0%} of the words that tell")
    return Kinship(False, "they share neither names nor enough words")


def _telling(names: dict[str, str], one: Side, other: Side) -> bool:
    """Whether names alone tell the matter: two that stand apart, the full name of somebody or something that is no town, or, in
    two languages, whose words cannot be compared, one name and one day."""
    if one.language != other.language and _one_day(one, other):
        return True
    runs = [one.words.runs[key] for key in names if key in one.words.runs]
    towns = {stem(word) for side in (one, other) for statement in side.statements for word in _place_words(statement.claim)}
    full = [one.words.runs[key] for key in names if key in one.words.runs and not shared([key], towns)]
    return len(set(runs)) > 1 or len(full) > len(set(full))


def _place_words(claim: Claim) -> list[str]:
    return claim.place.raw.split() + claim.place.name.split() if claim.place else []


def _names_of_both(one: Side, other: Side) -> dict[str, str]:
    """Return the shared names, key to spelling; a word that only opens sentences is a name where it is surely one elsewhere."""
    found = shared_names(one.words.names, other.words.names)
    sure = one.words.sure | other.words.sure
    return {key: name for key, name in found.items() if shared([key], sure)}


def _share(one: Side, other: Side, both: set[str]) -> float:
    """Return the weight of the shared words as a share of that of the side with less, 0 to 1."""
    least = min(sum(one.words.content.values()), sum(other.words.content.values()))
    return sum(one.words.content[word] for word in both) / least if least else 0.0


def _some(side: Side) -> str:
    return ", ".join(sorted(side.words.names.get(key, key) for key in side.words.sure)[:2])


def _one_kind(one: Side, other: Side) -> bool:
    holds = [any(_holds(statement.claim) for statement in side.statements) for side in (one, other)]
    return all(holds) or any(_kinds_fit(mine, yours, one, other) for mine in _kinds(one) for yours in _kinds(other))


def _kinds_fit(mine: tuple[str, Claim], yours: tuple[str, Claim], one: Side, other: Side) -> bool:
    """Whether two acts may be one: of one family and, in one language, of one mode where both have one of a kind."""
    if mine[0] != yours[0]:
        return any({mine[0], yours[0]} <= set(row) for row in table()["akin"])
    modes = {mine[1].mode, yours[1].mode} - {None}
    return one.language != other.language or mine[1].kind != yours[1].kind or len(modes) < 2


def _holds(claim: Claim) -> bool:
    """Whether a claim tells who has a place in hand."""
    return claim.kind == "CONTROL" or has(claim.text, claim.language, "hold")


def _one_figure(one: Side, other: Side) -> bool:
    """Whether both count one sort of people or things, or give one number of the same unit."""
    return bool(_counts(one) & _counts(other))


def _counts(side: Side) -> set[tuple[object, ...]]:
    found: set[tuple[object, ...]] = set()
    for claim in (statement.claim for statement in side.statements):
        for figure in claim.figures:
            if figure.what != "other":
                found.add((figure.what,))
            if figure.of:
                found.add((figure.what, figure.of))
            if figure.best is not None and figure.unit:
                found.add((figure.unit, figure.best))
    return found


def _one_day(one: Side, other: Side) -> bool:
    days, its = ({found for statement in side.statements if (found := window(statement.claim.when))} for side in (one, other))
    return bool(days & its)


def _kinds(side: Side) -> list[tuple[str, Claim]]:
    acts = {(family(claim), claim.kind, claim.mode): claim for claim in (one.claim for one in side.statements)}
    return [(key[0], claim) for key, claim in acts.items() if claim.kind not in table()["background"]]


def family(claim: Claim) -> str:
    """Return the family of a claim's kind: the dead are told with the attack and without it."""
    return str(table()["families"].get(claim.kind, claim.kind))


def _days_between(one: Side, other: Side) -> int:
    """Return the days between the nearest times that two sides give, 0 where they meet or one gives none."""
    times = [window(statement.claim.when) for statement in one.statements]
    its = [window(statement.claim.when) for statement in other.statements]
    gaps = [gap_days(a, b) for a in times if a for b in its if b]
    return min(gaps, default=0)


def window(when: When | None) -> tuple[date, date] | None:
    """Return the first and last day that a time can mean; None where an end is open or not known."""
    if when is None or not when.start or not when.end:
        return None
    return first_day(when.start), last_day(when.end)


def gap_days(one: tuple[date, date], other: tuple[date, date]) -> int:
    """Return the days between two windows, 0 where they meet."""
    return max(0, (one[0] - other[1]).days, (other[0] - one[1]).days)


def places_apart(one: Place | None, other: Place | None) -> bool:
    """Whether two places cannot both be where one thing happened: as exact as a town, of other names and far from each other."""
    if one is None or other is None or one.precision not in FINE or other.precision not in FINE:
        return False
    if shared_names({fold(one.name): one.name}, {fold(other.name): other.name}):
        return False
    if None in (one.lat, one.lon, other.lat, other.lon):
        return False
    near = distance_km((one.lat or 0.0, one.lon or 0.0), (other.lat or 0.0, other.lon or 0.0)) <= table()["apart_km"]
    return not near
