"""Relevance: sport, fiction, markets, weather and turns of phrase tell no violence; what is looked back on is dated to itself.

Three questions, asked only where a clause names violence. Is the sentence about something else (a match, a plot, a share price),
with nothing beside it that is told of real victims, police or arms? Does the act stand inside a fixed turn of phrase or a title?
Does it stand in words that look back ("on the 20th anniversary of", "for the 1994 massacre", "died aged 91")? The first two
leave no claim, with a reason that can be counted. The third gives the claim its own time: the year that is told or can be
reckoned, else an open time that ends before the year of publication (``start`` null).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from foreshock.coding.relevance_table import RelevanceTable, Scene, relevance_table
from foreshock.coding.selection import Candidate
from foreshock.model import Claim, Sentence, Span, When

VIOLENT = frozenset({"ASSAULT", "HARM", "COERCE", "MOBILIZE", "CONTROL"})
# A text whose sentences are this often about sport or fiction is about that in the others too.
SHARE, AT_LEAST, SPREADING = 0.4, 2, frozenset({"sport", "fiction"})
OLD = 70  # years of age from which a death that names no cause is taken as one of age
YEAR = re.compile(r"(?<![\d.,])(1[0-9]\d\d|20\d\d)(?![\d%])")
BREAK = re.compile(r"[,;:、。—–]")
LONGEST_NUMBER = 9  # digits; more count no years
NEAR = 14  # characters between an act and the year that is its attribute
TITLE = re.compile(r"[\"“«„](?=[^\W\d_a-z])([^\"”»“]{2,60})[\"”»“]|『[^』]{1,40}』")

Aside = Callable[[Candidate, str], None]


@dataclass(frozen=True, slots=True)
class Setting:
    """What one sentence is about.

    Attributes:
        apart: its register where nothing in it is told as real: "sport", "fiction", "markets" ...; None else.
        figures: spans of turns of phrase; ``titles``: of quoted names of works and clubs.
        past: spans that tell of an old episode, with its time; ``looked``: those of them that a word of looking back governs.
        year: of publication, None where it is not known.
    """

    apart: str | None = None
    figures: tuple[Span, ...] = ()
    titles: tuple[Span, ...] = ()
    past: tuple[tuple[int, int, When], ...] = ()
    looked: tuple[Span, ...] = ()
    year: int | None = None

    def bearing(self, chosen: Iterable[Candidate], *, aside: Aside | None = None) -> list[Candidate]:
        """Return the candidates that may bear a claim; ``aside`` is told each one that may not, and why."""
        kept: list[Candidate] = []
        for one in chosen:
            reason = self._reason(one)
            if reason is None:
                kept.append(one)
            elif aside is not None:
                aside(one, reason)
        return kept

    def dated(self, claim: Claim, one: Candidate) -> Claim:
        """Return a claim of violence with the time of the old episode that its words stand in."""
        return self.dated_at(claim, _lead(one))

    def dated_at(self, claim: Claim, lead: int | None) -> Claim:
        """Return the same, told where the words of the act begin (offset in the document)."""
        if lead is None or not is_violent(claim.kind, claim.mode):
            return claim
        if self._is_old(claim.when):
            return replace(claim, when=None) if self._is_others(claim, lead) else claim
        told = next((when for start, end, when in self.past if start <= lead < end), None)
        return claim if told is None else replace(claim, when=told)

    def _reason(self, one: Candidate) -> str | None:
        if not names_violence(one):
            return None
        why = self.reason_at(one.events[0].kind, one.events[0].mode, _lead(one))
        return "figurative" if why != "title" and self._is_of_figure(one) else why

    def reason_at(self, kind: str, mode: str | None, lead: int | None) -> str | None:
        """Return why an act of violence, whose words begin at an offset, is none: "title", "figurative", "sport"; else None."""
        if not is_violent(kind, mode):
            return None
        if lead is not None and _is_within(lead, self.titles):
            return "title"
        if lead is not None and _is_within(lead, self.figures):
            return "figurative"
        return self.apart

    def _is_of_figure(self, one: Candidate) -> bool:
        """Whether who acts, or what is done, is a turn of phrase: "was hit by a flood of applications", "started a price war"."""
        heads = (
            one.parse.tokens[part.head].start for part in one.clause.arguments if part.role in ("subject", "object", "agent")
        )
        return any(_is_within(head, self.figures) for head in heads)

    def _is_others(self, claim: Claim, lead: int) -> bool:
        """Whether an old date is that of what is looked back on, not of the act: "detained 30 who mourned the dead of 1989"."""
        at = claim.text.find(claim.when.raw) if claim.when else -1
        return at >= 0 and not _is_within(lead, self.looked) and _is_within(claim.start + at, self.looked)

    def _is_old(self, when: When | None) -> bool:
        return when is not None and self.year is not None and (when.end or when.start or "9999")[:4] < str(self.year)


PLAIN = Setting()


def _is_within(at: int, spans: Iterable[Span]) -> bool:
    return any(start <= at < end for start, end in spans)


@dataclass(frozen=True, slots=True)
class Relevance:
    """What tells, for one language, whether words of violence are about fresh violence.

    A coder of any depth may ask it: ``Relevance.build("de").of(reading.sentences, published=reading.document.published)`` gives
    one :class:`Setting` a sentence (``apart``, ``figures``, ``past``, offsets of the document); a language without a table in
    ``relevance.yaml`` gets empty ones.
    """

    table: RelevanceTable | None

    @classmethod
    def build(cls, language: str) -> Relevance:
        """Return the relevance of a language by its code."""
        return cls(relevance_table(language))

    def of(self, sentences: Sequence[Sentence], *, published: str | None) -> tuple[Setting, ...]:
        """Return what each sentence of a document is about.

        Args:
            sentences: of one document, in order.
            published: its date as an ISO prefix; without it years are not reckoned.
        """
        return tuple(map(self.asked(sentences, published=published), range(len(sentences))))

    def asked(self, sentences: Sequence[Sentence], *, published: str | None) -> Callable[[int], Setting]:
        """Return what tells the setting of a sentence by its position; most texts never ask, as they tell no violence."""
        table = self.table
        if table is None:
            return lambda _: PLAIN
        year = int(published[:4]) if published and published[:4].isdigit() else None
        names: list[str | None] = []

        @cache
        def setting(position: int) -> Setting:
            if not names:
                names.extend(_spread([_register(one.text, table) for one in sentences], sentences, table))
            return _setting(sentences[position], names[position], table, year)

        return setting


def _setting(sentence: Sentence, name: str | None, table: RelevanceTable, year: int | None) -> Setting:
    text, at = sentence.text, sentence.start
    natural = [one for one in table.natural.finditer(text) if _is_of_age(one[0], table)]
    figures = [one.span() for one in (*table.figurative.finditer(text), *natural)]
    looked = _looking_back(text, table, year)
    past = [*looked, *_named_times(text, table, year), *_old_years(text, year)]
    if natural:
        past.append((0, len(text), _open(year, natural[0][0])))
    return Setting(
        name,
        tuple((at + start, at + end) for start, end in figures),
        tuple((at + start, at + end) for start, end in _titles(text, table)),
        tuple((at + start, at + end, when) for start, end, when in past),
        tuple((at + start, at + end) for start, end, _when in looked),
        year,
    )


def _register(text: str, table: RelevanceTable) -> str | None:
    """Return the first register that a sentence belongs to."""
    cased = text[:1].lower() + text[1:]
    return next((one.name for one in table.scenes if _belongs(text, cased, one, table.real)), None)


def _belongs(text: str, cased: str, scene: Scene, real: re.Pattern[str]) -> bool:
    if scene.real.search(cased) or scene.unless.search(cased):
        return False
    weak = len({one.lower() for one in scene.weak.findall(text)}) >= 2 and not real.search(cased)
    return weak or scene.strong.search(text) is not None


def _spread(names: list[str | None], sentences: Sequence[Sentence], table: RelevanceTable) -> list[str | None]:
    """Return the registers where a text that is mostly about sport or fiction lends its own to sentences without one."""
    counts = Counter(name for name in names if name in SPREADING)
    most, often = counts.most_common(1)[0] if counts else (None, 0)
    if often < AT_LEAST or often / len(names) < SHARE:
        return names
    return [
        name or (None if table.real.search(one.text[:1].lower() + one.text[1:]) else most)
        for name, one in zip(names, sentences, strict=True)
    ]


def _titles(text: str, table: RelevanceTable) -> list[Span]:
    """Return quoted names of works and clubs: in 『』, or behind a word of sport or fiction."""
    found = []
    for one in TITLE.finditer(text):
        before = text[max(0, one.start() - 16) : one.start()]
        named = any(scene.strong.search(before) or scene.weak.search(before) for scene in table.scenes if scene.name in SPREADING)
        if one[0].startswith("『") or (named and one[0].count(" ") <= 6):
            found.append(one.span())
    return found


def _looking_back(text: str, table: RelevanceTable, year: int | None) -> list[tuple[int, int, When]]:
    """Return what a word of looking back governs: the words behind it up to the next comma, before it in a verb-last language."""
    found = []
    for one in table.looking_back.finditer(text):
        start, end = one.start(), _segment(text, one.start(), one.end())[1]
        while table.relatives.match(text, end):
            end = _segment(text, end, end + 1)[1]
        if table.verb_last:
            start, end = _segment(text, one.start(), one.end())[0], one.end()
        count = _number(one[0], table)
        told = _told_year(text[start:end], year)
        when = _years(told, told, one[0]) if told else _back(year, count, one[0])
        found.append((start, end, when))
    return found


def _named_times(text: str, table: RelevanceTable, year: int | None) -> list[tuple[int, int, When]]:
    """Return the words that a named time is told of: "fifty years ago", "during the Second World War"."""
    found = []
    for one in table.ages.finditer(text):
        back = any(mark in one[0] for mark in ("century", "siècle", "siglo", "век", "世紀", "decade"))
        count = None if back else _number(one[0], table)
        if count is None or count >= 2:
            found.append((*_around(text, one), _back(year, count, one[0])))
    for pattern, first, last in table.eras:
        found.extend((*_around(text, one), _years(first, last, one[0])) for one in pattern.finditer(text))
    return found


def _old_years(text: str, year: int | None) -> list[tuple[int, int, When]]:
    """Return the words beside a year that is past: "the 1994 massacre", "the massacre of 1994"."""
    found = []
    for one in YEAR.finditer(text):
        if year is not None and int(one[0]) < year:
            start, end = _segment(text, one.start(), one.end())
            found.append((max(start, one.start() - NEAR), min(end, one.end() + NEAR), _years(int(one[0]), int(one[0]), one[0])))
    return found


def _segment(text: str, start: int, end: int) -> Span:
    """Return the words around a span up to the marks that part it from others."""
    before = [one.end() for one in BREAK.finditer(text, 0, start)]
    after = BREAK.search(text, end)
    return (before[-1] if before else 0), (after.start() if after else len(text))


def _around(text: str, one: re.Match[str]) -> Span:
    """Return the words that a time is told of; one that opens the sentence holds for all of it."""
    return (0, len(text)) if one.start() < 12 else _segment(text, one.start(), one.end())


def _told_year(text: str, year: int | None) -> int | None:
    told = {int(one[0]) for one in YEAR.finditer(text)}
    return told.pop() if len(told) == 1 and (year is None or min(told) < year) else None


def _number(text: str, table: RelevanceTable) -> int | None:
    digits = re.search(r"[0-9０-９]+", text)
    if digits:
        return int(digits[0]) if len(digits[0]) <= LONGEST_NUMBER else None
    low = text.lower()
    held = [
        word for word in table.numbers if (word in low if table.verb_last else re.search(rf"(?<!\w){re.escape(word)}(?!\w)", low))
    ]
    return table.numbers[max(held, key=len)] if held else None


def _is_of_age(text: str, table: RelevanceTable) -> bool:
    age = _number(text, table)
    return age is None or age >= OLD


def _back(year: int | None, count: int | None, raw: str) -> When:
    return _years(year - count, year - count, raw) if year is not None and count and count < year else _open(year, raw)


def _open(year: int | None, raw: str) -> When:
    """Return a time that is past for certain and not told: it ends before the year of publication."""
    return When(None, None if year is None else f"{year - 1:04d}", "year", raw)


def _years(first: int, last: int, raw: str) -> When:
    return When(f"{first:04d}", f"{last:04d}", "year" if first == last else "range", raw)


def _lead(one: Candidate) -> int | None:
    """Return where the word stands that names a candidate's act."""
    if not one.events:
        return None
    first = one.events[0]
    if first.noun is not None and not first.on_predicate:
        return first.noun[0]
    return one.parse.tokens[one.clause.predicate[0]].start if one.clause.predicate else one.start


def names_violence(one: Candidate) -> bool:
    """Whether a candidate's strongest event is one of violence."""
    return bool(one.events) and is_violent(one.events[0].kind, one.events[0].mode)


def is_violent(kind: str, mode: str | None) -> bool:
    """Whether a kind with its mode is one of violence, of which sport and screens speak too."""
    return kind in VIOLENT or (kind == "OFFICE" and mode == "seize")
