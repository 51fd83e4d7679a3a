"""Places in a text: which names are places, and which place of that name is meant.

A name is believed to be a place by evidence that adds up: the parser's label, the adposition before it, its standing in the
gazetteer, the countries that the text speaks of. Where no grammar stands behind a language, only names of standing count.
The words that decide are in ontology/place_words.yaml. Which place a name means, the names of the whole text decide together
(:mod:`foreshock.coding.toponyms`). Where an event was is asked of its clause (:mod:`foreshock.coding.clause_places`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from foreshock.coding.place_evidence import Evidence, Span, evidence_for, windows
from foreshock.coding.toponyms import Toponym, resolve_toponyms
from foreshock.coding.unlisted_places import unlisted_places, unlisted_precision
from foreshock.model import Place
from foreshock.ontology.gazetteer import Entry, Gazetteer
from foreshock.ontology.place_words import PlaceWords, place_words
from foreshock.reading.languages.base import Parse


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in a sentence.

    Attributes:
        start, end: half-open offsets in code points of ``Document.text``.
        place: the record, with ``raw`` as the text has it.
        head: index of the name's head token, None where the sentence was not parsed.
        attributive: it only modifies a noun ("Sudan's army", ミャンマー国軍, "Kazakhstan security forces").
        feature: site, city, admin2, admin1, country or region; "" for a name the gazetteer lacks and whose kind is not said.
    """

    start: int
    end: int
    place: Place
    head: int | None
    attributive: bool = False
    feature: str = "city"


@dataclass(frozen=True, slots=True)
class _Found:
    """A span that is believed to be a place, what it means, and why; ``entry`` is None where the gazetteer lacks the name."""

    span: Span
    entry: Entry | None
    evidence: Evidence
    feature: str


def find_places(
    parse: Parse, *, gazetteer: Gazetteer, language: str, countries: tuple[str, ...] = ()
) -> tuple[PlaceMention, ...]:
    """Return the places named in a sentence, in order, without overlaps; of rival spans the longest wins.

    Args:
        parse: tokens with or without grammar; a surface parse is read conservatively.
        gazetteer: where names are looked up.
        language: ISO 639-1 code of the text.
        countries: ISO 3166 alpha-3 codes that the text speaks of, likeliest first (:func:`document_countries`).
    """
    sentence = parse.sentence
    found = _Names.of(parse, place_words(language)).found(gazetteer, language, countries)
    return tuple(map(_mention, _together(found, sentence.text, sentence.start, gazetteer, language, countries)))


def document_places(
    parses: Sequence[Parse], text: str, *, gazetteer: Gazetteer, language: str
) -> tuple[tuple[PlaceMention, ...], ...]:
    """Return the places of each sentence of a document, chosen together: what is said anywhere helps to choose everywhere.

    Args:
        parses: the document's sentences in order.
        text: the document's text, which the offsets of the sentences point into.
        gazetteer: where names are looked up.
        language: ISO 639-1 code of the text.
    """
    names = [_Names.of(parse, place_words(language)) for parse in parses]
    once = [one.found(gazetteer, language, ()) for one in names]
    first = [_mention(one) for found in once for one in found]
    countries = document_countries(first)
    each = [one.found(gazetteer, language, countries) for one in names] if countries else once
    settled = iter(_together([one for found in each for one in found], text, 0, gazetteer, language, countries))
    return tuple(tuple(_mention(next(settled)) for _ in found) for found in each)


@dataclass(slots=True)
class _Names:
    """The spans of a sentence that may be names of places, and what the sentence says of each, found once."""

    parse: Parse
    words: PlaceWords
    spans: list[Span]
    known: dict[Span, Evidence] = field(default_factory=dict)
    beside: dict[tuple[Span, ...], list[tuple[Span, Evidence, str]]] = field(default_factory=dict)

    @classmethod
    def of(cls, parse: Parse, words: PlaceWords) -> _Names:
        """Return those of a sentence."""
        return cls(parse, words, list(windows(parse)))

    def found(self, gazetteer: Gazetteer, language: str, countries: tuple[str, ...]) -> list[_Found]:
        """Return the spans that are believed to be places in a text that speaks of countries."""
        found: list[_Found] = []
        taken = -1
        for span in self.spans:
            if span.start < taken:
                continue
            entries = gazetteer.find(span.text, language=language, countries=countries)
            if entries and (evidence := self._evidence(span)).bears(entries[0], span, countries):
                found.append(_Found(span, entries[0], evidence, entries[0].feature))
                taken = span.end
        for span, evidence, feature in self._unlisted(tuple(one.span for one in found)):
            entry = _known(span, gazetteer, language, countries)
            if not gazetteer.terms(span.text):
                found.append(_Found(span, entry, evidence, entry.feature if entry else feature))
        return sorted(found, key=lambda one: one.span.start)

    def _evidence(self, span: Span) -> Evidence:
        if span not in self.known:
            self.known[span] = evidence_for(span, self.parse, self.words)
        return self.known[span]

    def _unlisted(self, listed: tuple[Span, ...]) -> list[tuple[Span, Evidence, str]]:
        if listed not in self.beside:
            self.beside[listed] = list(unlisted_places(self.parse, listed, self.words))
        return self.beside[listed]


def _known(span: Span, gazetteer: Gazetteer, language: str, countries: tuple[str, ...]) -> Entry | None:
    """Return the place of a name that the sentence itself calls a place, where it lies in a country that the text speaks of."""
    entries = gazetteer.find(span.text, language=language, countries=countries)
    best = entries[0] if entries else None
    return best if best is not None and best.country in countries and best.how in ("name", "generic") else None


def _together(
    found: Sequence[_Found], text: str, base: int, gazetteer: Gazetteer, language: str, countries: tuple[str, ...]
) -> list[_Found]:
    """Let the names of a text choose for each other; ``base`` is where the text begins in the document."""
    listed = [one for one in found if one.entry is not None]
    toponyms = [Toponym(one.span.start - base, one.span.end - base, one.span.text) for one in listed]
    meant = resolve_toponyms(toponyms, text, gazetteer=gazetteer, language=language, countries=countries)
    settled = {
        id(one): replace(one, entry=entry, feature=entry.feature)
        for one, entry in zip(listed, meant, strict=True)
        if entry is not None and entry.how != "term" and one.evidence.bears(entry, one.span, _reach(entry, countries))
    }
    return [settled.get(id(one), one) for one in found]


def _reach(entry: Entry, countries: tuple[str, ...]) -> tuple[str, ...]:
    """Return the countries of the context with that of an entry which the whole text has chosen."""
    return (*countries, entry.country) if entry.country is not None else countries


def _mention(one: _Found) -> PlaceMention:
    span, entry = one.span, one.entry
    if entry is None:
        precision = unlisted_precision(one.feature)
        place = Place(name=span.text, raw=span.text, country=None, lat=None, lon=None, precision=precision)
    else:
        place = entry.place(span.text)
    return PlaceMention(
        start=span.start,
        end=span.end,
        place=place,
        head=one.evidence.head,
        attributive=one.evidence.attributive or (one.evidence.label == "body" and not one.evidence.whole),
        feature=one.feature,
    )


def document_countries(mentions: Iterable[PlaceMention]) -> tuple[str, ...]:
    """Return the countries that a text speaks of, ISO 3166 alpha-3, the likeliest first, at most five.

    A country's own name counts 2, a place in it 1. Hand the result to a second reading of the same text.
    """
    weights: Counter[str] = Counter()
    for mention in mentions:
        if mention.place.country:
            weights[mention.place.country] += 2 if mention.feature == "country" else 1
    return tuple(country for country, _ in weights.most_common(5))
