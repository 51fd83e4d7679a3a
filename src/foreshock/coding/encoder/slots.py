"""Times and figures of claims, read by the same code as for the rules, in the words that the networks point to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from foreshock import dates
from foreshock.coding.figures import find_figures
from foreshock.coding.shallow.table import surface_table
from foreshock.coding.times import TimeMention, document_times, find_times
from foreshock.model import Document, Figure, Reading, Sentence, When
from foreshock.model.values import Span
from foreshock.reading import languages
from foreshock.reading.languages.und import Surface

# What is still to come in these was not on the weekday that is past.
AHEAD = frozenset({"planned", "forecast", "promised", "conditional", "wished"})
# These are done by words, and the day may be that of the words ("The court on Wednesday ordered ...") or of what they are about
# ("... to close from Monday"). News tells of words soon, so a day longer past than this is rather the next one.
SPOKEN = {"requested": 3, "ordered": 3, "threatened": 3, "permitted": 1, "advised": 2}  # days
SOON_OPEN = {"ordered": 2}  # days, for what begins then and has no end ("a curfew from Monday"); what else does is to come
RECENT = 3  # days: "in the evening" is of the day that a text has named so long before its date, else of the date
FORMER, LATER = 90, 30  # years: four figures further off than these, before or after, are rather an hour, "1820"
CLOCK = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d")


@cache
def table_of(language: str) -> Mapping[str, Any]:
    """Return dates, numbers and figures of a language: its own where it has them all, else joined with those of CLDR."""
    own = languages.table(language)
    return own if language in languages.codes() and languages.topic(language, "figures") else surface_table(language)


@dataclass(slots=True)
class Slots:
    """The times and figures of a document, each found once and when asked for."""

    reading: Reading
    _times: dict[str, tuple[tuple[TimeMention, ...], ...]] = field(default_factory=dict)
    _figures: dict[int, tuple[Figure, ...]] = field(default_factory=dict)

    @property
    def document(self) -> Document:
        """The document."""
        return self.reading.document

    def when(self, span: Span, sentence: int, *, status: str) -> When | None:
        """Return the time that words tell: of what was found in their sentence that which shares most with them.

        Where that has no day, or begins before them and leaves an end open, the words are read alone, as words known to say when.

        Args:
            span: the words' offsets into the document.
            sentence: the number of their sentence.
            status: the claim's, which says whether a bare "Friday" is past or to come.
        """
        language = self.reading.sentences[sentence].language
        if language not in self._times:
            self._times[language] = document_times(
                self.reading.sentences, text=self.document.text, table=table_of(language), reference=self.document.published
            )
        told = [one for found in self._times[language] for one in found]
        near = [one for one in told if one.start < span[1] and span[0] < one.end]
        best = max(near, key=lambda one: (one.when.start is not None, _shared(one, span)), default=None)
        whole = None if best is None else self._turned(best, status)
        if best is not None and whole is not None and (whole.start or whole.end) and not self._doubtful(best, whole, span):
            return whole
        alone = find_times(
            self.document.text[slice(*span)],
            offset=span[0],
            table=table_of(language),
            reference=self.document.published,
            anchor=self._day_before(told, span[0], status),
            pointed=True,
        )
        again = max(alone, key=lambda one: (one.when.start is not None, _shared(one, span)), default=None)
        known = None if again is None else self._turned(again, status)
        return known if known is not None and (known.start or known.end or whole is None) else whole

    def _doubtful(self, mention: TimeMention, when: When, span: Span) -> bool:
        """Whether words before the ones pointed to have opened an end of the time, or an hour was read as a year."""
        day = self._published
        if when.precision == "year" and CLOCK.fullmatch(when.raw) and day is not None and when.start is not None:
            return not -FORMER <= int(when.start) - day.year <= LATER
        return mention.start < span[0] and (when.start is None or when.end is None)

    @property
    def _published(self) -> date | None:
        return dates.day_of((self.document.published or "")[:10])

    def _turned(self, mention: TimeMention, status: str) -> When:
        """Return what a mention means in a claim of that standing: looked back to, or ahead."""
        day, plain = self._published, mention.when
        if mention.ahead is None or day is None or (status not in AHEAD and status not in SPOKEN):
            return plain
        start = dates.day_of((plain.start or "")[:10])
        if status in AHEAD or not plain.start:
            return mention.ahead
        if start is None:  # a month or season
            return plain if plain.end else mention.ahead
        if start == day or (plain.end != plain.start and plain.end == day.isoformat()):  # "from midnight", "for ten days"
            return mention.ahead
        soon = SPOKEN[status] if plain.end else SOON_OPEN.get(status, 0)
        return plain if 0 <= (day - start).days <= soon else mention.ahead

    def _day_before(self, told: Sequence[TimeMention], at: int, status: str) -> str | None:
        """Return the last day shortly before the document's that its text has named before an offset."""
        day = self._published
        if day is None or status in AHEAD or status in SPOKEN:
            return None
        days = [known for one in told if one.end <= at and (known := dates.day_of((one.when.start or "")[:10])) is not None]
        recent = [known for known in days if 0 < (day - known).days <= RECENT]
        return recent[-1].isoformat() if recent and days[-1] == recent[-1] else None

    def figures(self, sentence: int) -> tuple[Figure, ...]:
        """Return the figures of a sentence."""
        if sentence not in self._figures:
            one: Sentence = self.reading.sentences[sentence]
            table = table_of(one.language)
            parse = Surface(table, of=one.language).parse([one])[0]
            self._figures[sentence] = find_figures(
                parse, table=table, damage=self.document.damage, reference=self.document.published
            )
        return self._figures[sentence]


def _shared(mention: TimeMention, span: Span) -> int:
    return min(mention.end, span[1]) - max(mention.start, span[0])


def owned(figures: Sequence[Figure], contents: Sequence[Span], marked: Sequence[Sequence[Span]]) -> list[tuple[Figure, ...]]:
    """Return the figures of each claim of a sentence: of those that point to it, else of the narrowest around it.

    Args:
        figures: those of the sentence.
        contents: the words of each claim; ``marked``: the words of figures that each points to.
    """
    out: list[list[Figure]] = [[] for _ in contents]
    for figure in figures:
        pointing = [number for number, spans in enumerate(marked) if any(a < figure.end and figure.start < b for a, b in spans)]
        around = [number for number, (a, b) in enumerate(contents) if a <= figure.start and figure.end <= b]
        chosen = pointing or sorted(around, key=lambda number: contents[number][1] - contents[number][0])[:1]
        for number in chosen:
            out[number].append(figure)
    return [tuple(some) for some in out]
