"""Which claims of an incident contradict each other, without comparing each with each.

Claims are first brought together where one holder says the same words; then only those are compared that a rule can set at odds:
a rejection with what shares its kind or words, numbers of one sort, doers of one family of acts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from foreshock.incidents.disputes.figures import day_of, narrowness, rival_figures
from foreshock.incidents.disputes.matters import Statement, family, statement_of, window
from foreshock.incidents.disputes.parties import (
    dayparts_of,
    doer_of,
    holds,
    is_once,
    rival_actors,
    rival_places,
    rival_states,
    rival_times,
    sites_of,
    states_of,
)
from foreshock.incidents.disputes.standing import has_contrast, rejections
from foreshock.incidents.disputes.words import table
from foreshock.incidents.intervals import counted
from foreshock.incidents.tallies import COUNTED
from foreshock.model import DisputeMatter, Report

PROBES = 3  # statements of a group that are compared: their words may differ where what they say does not
Rule = Callable[[Statement, Statement], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two claims that cannot both hold, on what, and why."""

    matter: DisputeMatter
    one: Statement
    other: Statement
    why: str


def walked_back(one: Statement, other: Statement) -> bool:
    """Whether it is one holder on two days: he says otherwise now, which is no dispute."""
    return one.voice == other.voice and (one.report.published or "")[:10] != (other.report.published or "")[:10]


def statements_of(reports: Iterable[Report]) -> tuple[list[Statement], dict[str, list[Statement]]]:
    """Return one statement for each holder and wording, and by the id of its claim all that say the same."""
    first: dict[Hashable, Statement] = {}
    alike: dict[str, list[Statement]] = {}
    for report in sorted(reports, key=lambda one: (one.published or "", one.arrival, one.claim.start, one.claim.id)):
        statement = statement_of(report)
        numbers = tuple((figure.low, figure.best, figure.high) for figure in report.claim.figures)
        key = (statement.voice, report.claim.text.casefold(), report.claim.status, numbers)
        head = first.setdefault(key, statement)
        alike.setdefault(head.claim.id, []).append(statement)
    return list(first.values()), alike


def conflicts(statements: Sequence[Statement]) -> Iterator[Conflict]:
    """Yield the pairs of claims of one incident that cannot both hold, each once, those of one holder on two days too."""
    seen: set[tuple[str, str]] = set()
    for matter, rule, pairs in _plan(statements):
        for one, other in pairs:
            key = (one.claim.id, other.claim.id)
            if key in seen or key[::-1] in seen or one.claim.id == other.claim.id or _one_voice(one, other):
                continue
            if why := next(rule(one, other), None):
                seen.add(key)
                yield Conflict(matter, one, other, why)


def _one_voice(one: Statement, other: Statement) -> bool:
    """Whether it is one holder in one document: what he says there is one statement in several clauses."""
    return one.claim.document_id == other.claim.document_id and one.voice == other.voice


def _plan(statements: Sequence[Statement]) -> Iterator[tuple[DisputeMatter, Rule, Iterator[tuple[Statement, Statement]]]]:
    yield "standing", rejections, _rejecting(statements)
    yield "figure", rival_figures, _apart(statements, _count_of, rival_figures)
    yield "standing", rival_states, _states(statements)
    yield "actor", rival_actors, _apart(statements, _doer_of, rival_actors)
    yield "place", rival_places, _apart(statements, _place_of, rival_places)
    yield "time", rival_times, _apart(statements, _day_of, rival_times)


def _apart(
    statements: Sequence[Statement], key_of: Callable[[Statement], Hashable | None], rule: Rule
) -> Iterator[tuple[Statement, Statement]]:
    """Yield pairs of statements that say different things of one sort: of each two sayings that are at odds, every holder once.

    ``key_of`` gives all by which the rule tells statements apart, so one pair speaks for its group: the work grows with what is
    said, not with how many say it.
    """
    groups: dict[Hashable, list[Statement]] = defaultdict(list)
    for statement in statements:
        if (key := key_of(statement)) is not None:
            groups[key].append(statement)
    for ones, others in combinations(groups.values(), 2):
        if any(next(rule(one, other), None) for one, other in product(ones[:PROBES], others[:PROBES])):
            yield from _each_once(ones, others)


def _each_once(ones: Sequence[Statement], others: Sequence[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """Yield every statement of either side with one of the other side by another holder, and with one by its own."""
    for one, side, turned in (*((one, others, False) for one in ones), *((one, ones, True) for one in others)):
        own = next((its for its in side if its.voice == one.voice), None)
        another = next((its for its in side if its.voice != one.voice), None)
        for its in (own, another):
            if its is not None:
                yield (its, one) if turned else (one, its)


def _count_of(one: Statement) -> Hashable | None:
    figures = [
        (counted(one.claim, figure), figure.of, figure.unit, figure.scope, figure.low, figure.best, figure.high, figure.bound)
        for figure in one.claim.figures
        if figure.state == "read"
    ]
    place = one.claim.place
    known = [figure for figure in figures if figure[0] in COUNTED]
    words = "" if len(known) == len(figures) else one.claim.text
    return (
        (
            tuple(figures),
            narrowness(one),
            day_of(one),
            window(one.claim.when),
            place and (place.name, place.precision),
            one.polarity,
            words,
        )
        if figures
        else None
    )


def _doer_of(one: Statement) -> Hashable | None:
    if one.polarity != "held":
        return None
    doer, holding = doer_of(one), holds(one)
    if not doer and not holding:
        return None
    return (
        holding,
        doer and (doer.name, doer.country, doer.sector),
        family(one.claim),
        one.claim.mode,
        one.voice if holding else "",
    )


def _place_of(one: Statement) -> Hashable | None:
    place = one.claim.place
    return (_once_of(one), place and place.name, frozenset(sites_of(one))) if _once_of(one) else None


def _day_of(one: Statement) -> Hashable | None:
    parts = dayparts_of(one) if one.polarity == "held" else frozenset()
    once = _once_of(one) if one.claim.when else None
    return (once, window(one.claim.when), parts) if once or parts else None


def _once_of(one: Statement) -> str | None:
    return "once" if is_once(one) else None


def _rejecting(statements: Sequence[Statement]) -> Iterator[tuple[Statement, Statement]]:
    by_word: dict[str, list[int]] = defaultdict(list)
    for at, statement in enumerate(statements):
        for key in _marks(statement):
            by_word[key].append(at)
    for at, statement in enumerate(statements):
        if statement.polarity == "rejected" or has_contrast(statement):
            near = {its for key in _marks(statement) for its in by_word[key]} - {at}
            yield from ((statement, statements[its]) for its in sorted(near))


def _marks(one: Statement) -> set[str]:
    words = {word[:4] for word in (*one.words.content, *one.words.names)}
    return words if one.claim.kind in table()["background"] else {*words, f"kind {family(one.claim)}"}


def _states(statements: Sequence[Statement]) -> Iterator[tuple[Statement, Statement]]:
    by_state: dict[tuple[int, str], list[Statement]] = defaultdict(list)
    for one in statements:
        if one.polarity == "held" or one.claim.status == "ordered":
            for number, state, opposite in states_of(one):
                yield from ((its, one) for its in by_state[number, opposite])
                by_state[number, state].append(one)
