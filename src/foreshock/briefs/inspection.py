"""What the rules of the compiler look at: a brief's own words apart from cited ones, its sentences, names and numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from foreshock.briefs.before import Before
from foreshock.briefs.brief import Brief, Line, lines_of
from foreshock.briefs.locale import Reader
from foreshock.briefs.locale import reader as reader_of
from foreshock.briefs.names import actor_name, holder_name, place_name, time_of
from foreshock.briefs.numbers import without_broken
from foreshock.briefs.quotes import safe
from foreshock.briefs.records import Record
from foreshock.briefs.tables import table
from foreshock.briefs.weighed import Weighed
from foreshock.model import Claim, Condition, Dispute, Incident, Reading

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_STOP = re.compile(r"[.!?](?=\s+[^\W\d_a-zß-öø-ÿа-яё])|[。！？]")
_BLANK = "\x00"


@dataclass(frozen=True, slots=True)
class Inspected:
    """A brief beside the claims and readings it says it stands on, and the records it was made of, all by id.

    ``beside`` are the claims under each heading; ``named`` remembers the phrases and the names of claims, by claim id, and
    ``together`` the names of some claims and a record, since every rule asks for them.
    """

    brief: Brief
    claims: Mapping[str, Claim]
    readings: Mapping[str, Reading]
    records: Mapping[str, Record] = field(default_factory=dict)
    beside: Mapping[str, Sequence[Claim]] = field(default_factory=dict)
    weighed: Weighed | None = None
    named: dict[str, tuple[list[str], list[str]]] = field(default_factory=dict)
    together: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    before: Before | None = None
    current: frozenset[str] = frozenset()

    def lines(self) -> Iterator[tuple[Line, list[Claim]]]:
        """Yield each line whose claims are all known; the others fail the first rule."""
        for _, line in lines_of(self.brief):
            claims = self.claims_of(line)
            if claims and {quote.claim_id for quote in line.quotes} <= {claim.id for claim in claims}:
                yield line, claims

    def claims_of(self, line: Line) -> list[Claim]:
        """Return the claims of a line, or none where one is unknown."""
        found = [self.claims[one] for one in line.claim_ids if one in self.claims]
        return found if len(found) == len(line.claim_ids) else []

    def record(self, line: Line) -> Record | None:
        """Return the incident, dispute or condition that a line tells of, where it was handed in."""
        return self.records.get(line.record) if line.record else None

    def incident(self, line: Line) -> Incident | None:
        """Return the incident that a line, or the dispute that it is of, tells of."""
        record = self.record(line)
        found = self.records.get(record.incident_id or "") if isinstance(record, Dispute) else record
        return found if isinstance(found, Incident) else None

    @property
    def estimates(self) -> frozenset[str]:
        """The ids of the estimates that were handed in."""
        then = self.before.weighed if self.before else None
        return frozenset(one for some in (self.weighed, then) if some for one in some.known)

    @property
    def not_told(self) -> frozenset[str]:
        """The ids of claims of an earlier moment that are not told as they were."""
        return frozenset(self.before.told) - self.current if self.before else frozenset()

    def text_of(self, claim: Claim) -> str:
        """Return the text that a claim was coded from, be it of an earlier version of its document."""
        earlier = self.before.readings.get((claim.document_id, claim.version)) if self.before else None
        return (earlier or self.readings[claim.document_id]).document.text

    def say(self, message: str) -> str:
        """Return a message in the brief's language."""
        return reader_of(self.brief.language).say(message)

    def holder_names(self, claim: Claim) -> list[str]:
        """Return the forms in which the innermost holder of a claim may stand in a line."""
        holder = claim.holders[-1]
        return _forms(holder_name(reader_of(self.brief.language), holder, claim), holder.name, holder.raw)

    def actor_names(self, claim: Claim) -> list[str]:
        """Return the forms in which the actor of a claim may stand in a line."""
        actor = claim.actor
        return _forms(actor_name(reader_of(self.brief.language), actor, claim), actor.name, actor.raw) if actor else []

    def found(self, words: str, line: Line, claims: Sequence[Claim]) -> list[str]:
        """Return which words of a table stand in the line's own words or its group."""
        return [
            *self.words_in(words, _own(line), claims, line),
            *self.words_in(words, f"{line.group or ''}\n{line.position or ''}", self._grouped(line, claims), line),
        ]

    def words_in(self, words: str, text: str, claims: Sequence[Claim], line: Line | None = None) -> list[str]:
        """Return which words of a table stand in a text outside names: whole words in scripts with blanks."""
        for name in sorted(self._names(claims, line), key=len, reverse=True):
            text = text.replace(name, " ")
        return [one for one in table("wording.yaml")[words][self.brief.language] if _stands(one, text.lower())]

    def sentences(self, line: Line, claims: Sequence[Claim], *, cited: bool = True) -> list[str]:
        """Return the sentences of a line; a stop inside a name or inside cited words ends none."""
        text = line.text if cited else _own(line)
        guarded = [(one.start, one.end) for one in line.cited]
        for name in self._names(claims, line):
            guarded += [found.span() for found in re.finditer(re.escape(name), line.text)]
        stops = [stop.end() for stop in _STOP.finditer(line.text) if not any(a <= stop.start() < b for a, b in guarded)]
        edges = [0, *stops, len(text)]
        return [part for a, b in pairwise(edges) if (part := text[a:b].replace(_BLANK, "").strip())]

    def numbers_of_our_own(self, line: Line, claims: Sequence[Claim]) -> list[str]:
        """Return the numbers in our own words that no date, name or read figure of the claims explains."""
        reader = reader_of(self.brief.language)
        own = _without(_own(line), {*self._names(claims, line), *self._dates(line, claims)})
        grouped = self._grouped(line, claims)
        own += "\n" + _without(line.group or "", {*self._names(grouped, line), *self._dates(line, grouped)})
        read = {
            _plain(reader, _closed(reader, reader.number(value)))
            for claim in claims
            for figure in claim.figures
            if figure.state == "read"
            for value in (figure.low, figure.best, figure.high)
            if value is not None
        }
        return [token for token in _tokens(_closed(reader, own)) if _plain(reader, token) not in read]

    def numbers_miscited(self, line: Line, claims: Sequence[Claim]) -> list[str]:
        """Return the numbers in cited words that do not stand undamaged in the original of a claim."""
        sound = {token for claim in claims for token in _tokens(_undamaged(claim))}
        return [token for one in line.cited for token in _tokens(line.text[one.start : one.end]) if token not in sound]

    def _grouped(self, line: Line, claims: Sequence[Claim]) -> Sequence[Claim]:
        """Return the claims of all lines under the heading of a line: it may name what only one of them does."""
        return self.beside.get(line.group, claims) if line.group else claims

    def _names(self, claims: Sequence[Claim], line: Line | None = None) -> list[str]:
        """Return the names and labels that may stand in a line whatever is in them.

        Actors and speakers may be phrases with a number in them; with one that is lost or in doubt they are no names.
        """
        record = self.record(line) if line else None
        key = (record.id if isinstance(record, Condition) else "", *(claim.id for claim in claims))
        if key not in self.together:
            self.together[key] = self._gathered_names(claims, record)
        return self.together[key]

    def _gathered_names(self, claims: Sequence[Claim], record: Record | None) -> list[str]:
        reader = reader_of(self.brief.language)
        phrases: list[str] = []
        names: list[str] = []
        for claim in claims:
            if claim.id not in self.named:
                self.named[claim.id] = _named(reader, claim)
            phrases += self.named[claim.id][0]
            names += self.named[claim.id][1]
        if isinstance(record, Condition) and claims:
            for actor in (one for one in (record.declared_by, record.party) if one):
                phrases += _forms(actor_name(reader, actor, claims[0]), actor.name, actor.raw)
            names += _forms(place_name(reader, record.place, ""), record.place.name, record.place.raw) if record.place else []
        broken = [claim for claim in claims if any(figure.state != "read" for figure in claim.figures)]
        whole = [one for one in dict.fromkeys(phrases) if all(without_broken(reader, one, claim) == one for claim in broken)]
        return [one for one in dict.fromkeys([*names, *whole]) if one]

    def _dates(self, line: Line, claims: Sequence[Claim]) -> list[str]:
        reader = reader_of(self.brief.language)
        dates = [time_of(reader, claim.when) for claim in claims if claim.when]
        record = self.record(line)
        days = [record.since, record.until, record.last_confirmed] if isinstance(record, Condition) else []
        return [*dates, *(reader.date(one) for one in (*days, line.last_claimed) if one)]


def inspect(
    brief: Brief,
    claims: Sequence[Claim],
    readings: Sequence[Reading],
    records: Sequence[Record] = (),
    weighed: Weighed | None = None,
    before: Before | None = None,
) -> Inspected:
    """Return the brief beside its claims, readings and records, ready for the rules."""
    known = {**(before.told if before else {}), **{claim.id: claim for claim in claims}}
    beside: dict[str, list[Claim]] = {}
    for _, line in lines_of(brief):
        if line.group:
            beside.setdefault(line.group, []).extend(known[one] for one in line.claim_ids if one in known)
    return Inspected(
        brief,
        known,
        {reading.document.id: reading for reading in readings},
        {record.id: record for record in records},
        beside,
        weighed,
        before=before,
        current=frozenset(claim.id for claim in claims),
    )


def _named(reader: Reader, claim: Claim) -> tuple[list[str], list[str]]:
    """Return the phrases by which a claim calls who it is about and who speaks, and the names of places, outlets and the like."""
    phrases: list[str] = []
    names: list[str] = []
    for actor in (one for one in (claim.actor, claim.recipient) if one):
        phrases += _forms(actor_name(reader, actor, claim), actor.name, actor.raw)
    for holder in claim.holders:
        forms = _forms(holder_name(reader, holder, claim), holder.name, holder.raw)
        (phrases if holder.role == "speaker" else names).extend(forms)
    if claim.place:
        names += _forms(place_name(reader, claim.place, claim.language), claim.place.name)
    names += [safe(one) for figure in claim.figures for one in (figure.scope, figure.of, figure.unit) if one]
    return phrases, names


def _without(text: str, known: Iterable[str]) -> str:
    """Return a text with known words blanked out, the longest first."""
    for one in sorted(known, key=len, reverse=True):
        text = text.replace(one, " ")
    return text


def _forms(*names: str) -> list[str]:
    """Each form as it stands and as it opens a sentence."""
    flat = [safe(name) for name in names if name]
    return list(dict.fromkeys([*flat, *(name[:1].upper() + name[1:] for name in flat)]))


def _own(line: Line) -> str:
    """Return the line with its cited words blanked out, offsets kept."""
    text = line.text
    for one in line.cited:
        text = text[: one.start] + _BLANK * (one.end - one.start) + text[one.end :]
    return text


def _undamaged(claim: Claim) -> str:
    broken = [(one.start, one.end) for one in claim.figures if one.state != "read"]
    broken += [(one.start, one.end) for one in claim.damage if one.kind in {"lost_number", "suspect_number"}]
    kept = (" " if any(a <= at < b for a, b in broken) else char for at, char in enumerate(claim.text, claim.start))
    return "".join(kept)


def _stands(word: str, text: str) -> bool:
    # Scripts without blanks have no word ends to look for.
    return word in text if _UNSPACED.search(word) else re.search(rf"\b{re.escape(word)}\b", text) is not None


def _tokens(text: str) -> list[str]:
    return _NUMBER.findall(unicodedata.normalize("NFKC", text))


def _closed(reader: Reader, text: str) -> str:
    """Return a text without the blanks that a language such as Russian puts between thousands."""
    from babel.numbers import get_group_symbol  # noqa: PLC0415 - heavy: only a brief needs it

    blank = get_group_symbol(reader.locale)
    return re.sub(rf"(?<=\d){re.escape(blank)}(?=\d{{3}})", "", text) if blank.isspace() else text


def _plain(reader: Reader, token: str) -> str:
    """Return a number without separators of thousands and without trailing zeros: "20,000" and "20000.0" are one."""
    from babel.numbers import get_decimal_symbol, get_group_symbol  # noqa: PLC0415 - heavy: only a brief needs it

    point = get_decimal_symbol(reader.locale)
    bare = token.replace(get_group_symbol(reader.locale), "")
    return bare.rstrip("0").rstrip(point) if point in bare else bare
