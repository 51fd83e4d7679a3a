"""Times in a text: which words say when, and what calendar date they mean against the document's date.

One engine reads the ``dates`` table of a language (:mod:`foreshock.coding.time_grammar`): it finds points ("Friday", "evening",
"5 January") and joins neighbours into one (:mod:`foreshock.coding.time_points`), pairs points into ranges, reads bounds ("since",
以来; :mod:`foreshock.coding.time_spans`), and resolves the result (:mod:`foreshock.coding.calendar_rules`). A relative date
without a reference, and a date that lost a number, keep their words and have no start: the publication date never stands in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from foreshock import dates
from foreshock.coding.calendar_spans import Setting
from foreshock.coding.numbers import fold
from foreshock.coding.time_grammar import grammar_of
from foreshock.coding.time_points import find_points
from foreshock.coding.time_spans import read_span
from foreshock.coding.time_table import und_table
from foreshock.model import Sentence, When
from foreshock.reading.languages.base import Clause, Parse

__all__ = ["TimeMention", "document_times", "find_times", "numeric_order", "time_of_clause", "und_table"]

NUMERIC = re.compile(r"(?<![\w/.-])(\d{1,2})[/.-](\d{1,2})[/.-](?:\d{4}|\d{2})(?![\d/-]|\.\d)")


@dataclass(frozen=True, slots=True)
class TimeMention:
    """Words of a document that say when: ``document.text[start:end] == when.raw``.

    Attributes:
        start: offset into the document; ``end`` too.
        when: what they mean where nothing but the words around says whether that is past or to come.
        ahead: what they mean of something still to come, whose "Friday" is the next one; None where that is no other time.
    """

    start: int
    end: int
    when: When
    ahead: When | None = None

    @property
    def to_come(self) -> When:
        """What the words mean of something that is still to come."""
        return self.ahead or self.when


def find_times(
    text: str,
    *,
    offset: int,
    table: Mapping[str, Any],
    reference: str | None,
    anchor: str | None = None,
    order: str | None = None,
    pointed: bool = False,
) -> tuple[TimeMention, ...]:
    """Return the times that a text names, in order, without overlaps.

    Args:
        text: one sentence or paragraph.
        offset: where it starts in the document; the mentions' offsets are absolute.
        table: a language's table with a ``dates`` key (and ``numbers``), or what :func:`und_table` built.
        reference: the document's date as an ISO prefix; None where it is not known.
        anchor: the last day that the text before has named, as an ISO date: "the next day" is told from it.
        order: how the document writes a date in digits, "dmy" or "mdy" (:func:`numeric_order`). Without it an unambiguous date
            of this text says so, else the language's own order; where that has none, 05/01/2022 keeps both readings and no start,
            unless one of them alone lies close to ``reference``.
        pointed: the text is nothing but words that are known to say when, so that "8" is an hour, and one of the anchor's day or
            the document's. Else an hour without a date has no start.

    Raises:
        CodingError: the table holds a wrong pattern.
    """
    grammar = grammar_of(table, pointed=pointed)
    folded = fold(text)
    points = find_points(folded, grammar)
    if not points:
        return ()
    setting = _setting(reference, dates.day_of(anchor), order or numeric_order(folded) or grammar.order)
    setting = replace(setting, pointed=pointed)
    mentions: list[TimeMention] = []
    index = 0
    while index < len(points):
        if mentions and points[index].start < mentions[-1].end - offset:
            index += 1
            continue
        used, start, end, span = read_span(points, index, folded, grammar, setting)
        later = read_span(points, index, folded, grammar, replace(setting, forward=True))[3]
        index += used
        day = dates.day_of(span.start)
        if day is not None:
            setting = replace(setting, anchor=day)
        when = When(span.start, span.end, span.precision, text[start:end])
        ahead = None if later == span else When(later.start, later.end, later.precision, when.raw)
        mentions.append(TimeMention(offset + start, offset + end, when, ahead))
    return tuple(mentions)


def document_times(
    sentences: Sequence[Sentence], *, text: str, table: Mapping[str, Any], reference: str | None
) -> tuple[tuple[TimeMention, ...], ...]:
    """Return the times of each of a document's sentences; each is told from the last day that the sentences before it named.

    Args:
        sentences: the document's sentences in order.
        text: the document's text, whose unambiguous dates say how it writes a date in digits.
        table: a language's table with a ``dates`` key (and ``numbers``), or what :func:`und_table` built.
        reference: the document's date as an ISO prefix; None where it is not known.

    Raises:
        CodingError: the table holds a wrong pattern.
    """
    order, day, anchor = numeric_order(fold(text)), dates.day_of(dates.parse(reference)) if reference else None, None
    told: list[tuple[TimeMention, ...]] = []
    for sentence in sentences:
        found = find_times(sentence.text, offset=sentence.start, table=table, reference=reference, anchor=anchor, order=order)
        for one in found:
            anchor = _moved(anchor, one.when.start, day)
        told.append(found)
    return tuple(told)


def _moved(anchor: str | None, start: str | None, day: date | None) -> str | None:
    """Return the day that "the same day" and "the next day" are told from once a text has named ``start``.

    A day yet to come after one that is past leaves two to choose from, so neither is taken: "The president said on Tuesday that
    the troops would leave in two days. The same day ...".
    """
    named = dates.day_of(start)
    if named is None:
        return anchor
    known = dates.day_of(anchor)
    parted = day is not None and known is not None and known <= day < named
    return None if parted else start


def numeric_order(text: str) -> str | None:
    """Return the order of day and month that the unambiguous dates of a text agree on: 13/01/22 says "dmy", 01/13/22 "mdy".

    >>> numeric_order("08/01/22 and 13/01/22"), numeric_order("08/01/22")
    ('dmy', None)
    """
    found: set[str] = set()
    for match in NUMERIC.finditer(text):
        first, second = int(match[1]), int(match[2])
        if first > 12 >= second:
            found.add("dmy")
        elif second > 12 >= first:
            found.add("mdy")
    return found.pop() if len(found) == 1 else None


def _setting(reference: str | None, anchor: date | None, order: str | None) -> Setting:
    known = dates.parse(reference) if reference else None
    minute = datetime.fromisoformat(known) if known and len(known) == 16 else None
    year = int(known[:4]) if known else None
    return Setting(dates.day_of(known), year, anchor=anchor, minute=minute, order=order)


def time_of_clause(mentions: Sequence[TimeMention], clause: Clause, parse: Parse) -> When | None:
    """Return the time of a clause: the mention in its own words that is nearest to its predicate, None where it has none.

    A mention in a relative, content or other embedded clause is that clause's. A mention before everything else in the sentence
    ("On Friday, ...") holds for the main clause and those joined to it, where they name no other. A resolved date is preferred
    to a time of day without a date.
    """
    own = [one for one in mentions if _owner(one, parse, clause) == clause.index]
    if not own:
        own = _leading(mentions, clause, parse)
    if not own:
        return None
    centre = _predicate_start(clause, parse)
    best = min(own, key=lambda one: (one.when.start is None and one.when.end is None, _gap(one, centre)))
    return best.when


def _predicate_start(clause: Clause, parse: Parse) -> int:
    return parse.tokens[clause.predicate[0]].start if clause.predicate else clause.start


def _gap(mention: TimeMention, centre: int) -> int:
    return max(0, mention.start - centre, centre - mention.end)


def _owner(mention: TimeMention, parse: Parse, clause: Clause) -> int | None:
    """Return the clause whose own tokens the mention covers; without tokens, the innermost clause around it."""
    covered = {token.index for token in parse.tokens if token.start < mention.end and token.end > mention.start}
    shares = [(len(covered.intersection(one.tokens)), one.index) for one in parse.clauses]
    best = max(shares, default=(0, -1))
    if best[0]:
        return clause.index if (best[0], clause.index) in shares else best[1]
    around = [one for one in parse.clauses if one.start <= mention.start and mention.end <= one.end]
    return min(around, key=lambda one: one.end - one.start).index if around else None


def _leading(mentions: Sequence[TimeMention], clause: Clause, parse: Parse) -> list[TimeMention]:
    """Return the mention that opens the sentence where the clause is a root or joined to one."""
    by_index = {one.index: one for one in parse.clauses}
    top: Clause | None = clause
    while top is not None and top.relation == "coordinate" and top.parent is not None:
        top = by_index.get(top.parent)
    if top is None or top.relation not in {"root", "coordinate"}:
        return []
    first = min((one.start for one in parse.clauses), default=clause.start)
    return [one for one in mentions if one.start - parse.sentence.start <= 8 and one.start <= first + 4][:1]
