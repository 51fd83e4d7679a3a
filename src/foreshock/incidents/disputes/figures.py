"""Whether two numbers of one matter can both hold.

A part is no rival of its whole (children among the dead, one hospital, one town of a country) unless it is larger; a count that
grows with time is none of an earlier one; what a bound allows is none. A lost or suspect number contradicts nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from foreshock.dates import last_day
from foreshock.incidents.disputes.matters import FINE, Statement, gap_days, window
from foreshock.incidents.disputes.words import has, shared, shared_names, table, words_of
from foreshock.incidents.intervals import NEAR, Interval, counted, interval, said, tells_count
from foreshock.incidents.tallies import COUNTED, WIDE
from foreshock.model import Claim, Figure
from foreshock.ontology.fold import fold

APART = 3
LIKE = 0.3  # share of words by which two claims that count something else count one thing


def rival_figures(one: Statement, other: Statement) -> Iterator[str]:
    """Yield why two claims' numbers cannot both hold, in one English sentence each."""
    for figure, its in _pairs(one, other):
        yield from _rival(one, figure, other, its)


def rival_pair(one: Statement, other: Statement) -> tuple[Figure, Figure] | None:
    """Return the first figures of two claims that cannot both hold."""
    return next(((figure, its) for figure, its in _pairs(one, other) if any(_rival(one, figure, other, its))), None)


def _pairs(one: Statement, other: Statement) -> Iterator[tuple[Figure, Figure]]:
    for figure in _told(one):
        yield from ((figure, its) for its in _told(other) if _one_count(one, figure, other, its))


def _told(one: Statement) -> list[Figure]:
    """Return the figures that a claim tells, as so or as not so."""
    if one.polarity in ("held", "rejected"):
        return list(one.claim.figures)
    return [figure for figure in one.claim.figures if tells_count(one.claim, counted(one.claim, figure))]


def _one_count(one: Statement, figure: Figure, other: Statement, its: Figure) -> bool:
    """Whether two figures count one sort of thing."""
    what, whats = counted(one.claim, figure), counted(other.claim, its)
    if what != whats or (figure.unit or its.unit) != (its.unit or figure.unit):
        return False
    if what in COUNTED:
        return True
    # Prices and rates are told by the hour and by the counter; nobody disputes them.
    if what in ("age", "distance", "duration", "money"):
        return False
    if figure.of is not None and figure.of == its.of:
        return True
    noun = noun_of(one, figure)
    return _like(one, other) or (noun is not None and noun == noun_of(other, its))


def noun_of(one: Statement, figure: Figure) -> str | None:
    """Return the beginning of the first word behind a number that tells what is counted, None where there is none."""
    at = figure.end - one.claim.start
    behind = one.claim.text[at : at + NEAR] if 0 < at <= len(one.claim.text) else ""
    return next(iter(words_of(behind, one.claim.language).content), None) if one.claim.language != "ja" else None


def _like(one: Statement, other: Statement) -> bool:
    both = shared(one.words.content, other.words.content)
    least = min(sum(one.words.content.values()), sum(other.words.content.values()))
    return bool(least) and sum(one.words.content[word] for word in both) / least >= LIKE


def _rival(one: Statement, figure: Figure, other: Statement, its: Figure) -> Iterator[str]:
    a, b = allowed(one.claim, figure), allowed(other.claim, its)
    if a is None or b is None or a.meets(b):
        return
    told = f"{_name(one)} says {_said(figure)}, {_name(other)} {_said(its)}"
    part = _part(one, figure, other, its)
    if part == APART:
        return
    if part:
        # The part is the side that counts less widely; it may be smaller and not larger.
        larger = a.above(b) if part == 1 else b.above(a)
        if larger:
            yield f"{told}: a part cannot be larger than the whole"
        return
    if not _grown(one, a, other, b):
        yield f"{told} of one count"


def allowed(claim: Claim, figure: Figure) -> Interval | None:
    """Return the values that a figure of a claim allows; of a count that rose from one number to another, the latter."""
    rejected = claim.negated or claim.status in table()["rejected"]
    if figure.bound == "range" and figure.high is not None and has(claim.text, claim.language, "rose"):
        figure = replace(figure, low=figure.high, best=figure.high, bound=None)
    return interval(figure, negated=rejected)


def _part(one: Statement, figure: Figure, other: Statement, its: Figure) -> int:
    """Return which side counts a part of what the other counts: 1, 2, or 0 where neither is known to; APART where they have
    nothing in common: other people, another place, one day's count and a sum.
    """
    if _elsewhere(figure, other) or _elsewhere(its, one):
        return APART
    what = counted(one.claim, figure)
    whom, whose = _whom(what, figure), _whom(what, its)
    if whom != whose:
        return APART if whom and whose else 1 if whom else 2
    for number, (mine, yours) in enumerate(((one, other), (other, one)), 1):
        if _narrower(mine, yours, figure if number == 1 else its, its if number == 1 else figure):
            return number
    return 0


def _elsewhere(figure: Figure, other: Statement) -> bool:
    """Whether a figure says for which place it counts, and the other claim is placed in another town."""
    place = other.claim.place
    if not figure.scope or place is None or place.precision not in FINE or any(its.scope for its in other.claim.figures):
        return False
    scope, names = fold(figure.scope), {fold(name): name for name in (place.name, place.raw)}
    return scope not in names and not shared_names({scope: scope}, {name: name for name in names})


def _whom(what: str, figure: Figure) -> str | None:
    return None if figure.of in table()["same_as"].get(what, ()) else figure.of


def _narrower(one: Statement, other: Statement, figure: Figure, its: Figure) -> bool:
    """Whether the first counts more narrowly: says so, counts what one house took in, what is new, or a town of the land."""
    if narrowness(one) - narrowness(other):
        return True
    scope, wider = (fold(found) if found else "" for found in (figure.scope, its.scope))
    place, land = one.claim.place, other.claim.place
    if scope != wider and scope and wider and not shared_names({scope: scope}, {wider: wider}):
        return True
    return bool(place and land and place.precision in FINE and land.precision in WIDE and land.name != place.name)


def narrowness(one: Statement) -> frozenset[str]:
    """Return the sorts of words by which a claim says that its number is a part: "among", "house", "more" of matters.yaml."""
    return frozenset(words for words in ("among", "house", "more") if _says(one, words))


def _says(one: Statement, words: str) -> bool:
    return has(one.claim.text, one.claim.language, words) or (words == "house" and has(one.holder, one.claim.language, words))


def _grown(one: Statement, a: Interval, other: Statement, b: Interval) -> bool:
    """Whether the larger number was told, or holds of, a later day: counts grow."""
    mine, yours = window(one.claim.when), window(other.claim.when)
    if mine and yours and gap_days(mine, yours):
        return a.above(b) if mine > yours else b.above(a)
    first, second = day_of(one), day_of(other)
    if first is None or second is None or first == second:
        return False
    return a.above(b) if first > second else b.above(a)


def day_of(one: Statement) -> str | None:
    """Return the last day of which a claim's numbers tell: said by them, else that of print."""
    dates = [figure.as_of for figure in one.claim.figures if figure.as_of]
    told = max(dates) if dates else one.report.published
    return last_day(told).isoformat() if told else None


def _name(one: Statement) -> str:
    return one.holder


def _said(figure: Figure) -> str:
    numbers = sorted(set(said(figure)))
    words = figure.bound.replace("_", " ") + " " if figure.bound else ""
    return words + " to ".join(f"{number:g}" for number in numbers)
