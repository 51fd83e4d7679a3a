"""Places in a sentence: which names are places, which place of that name is meant, and which of them is where the event was.

A name is believed to be a place by evidence that adds up: the parser's label, the adposition before it, its standing in the
gazetteer, the countries that the text speaks of. Where no grammar stands behind a language, only names of standing count.
The words that decide are in ontology/place_words.yaml.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foreshock.coding.place_evidence import Evidence, Span, evidence_for, script_of, windows
from foreshock.model import Place
from foreshock.ontology.gazetteer import Entry, Gazetteer
from foreshock.ontology.place_words import PlaceWords, place_words
from foreshock.reading.languages.base import Argument, Clause, Parse

_PRECISION = {"site": 4, "city": 3, "admin2": 2, "admin1": 1, "region": 1, "country": 0}


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in a sentence.

    Attributes:
        start, end: half-open offsets in code points of ``Document.text``.
        place: the record, with ``raw`` as the text has it.
        head: index of the name's head token, None where the sentence was not parsed.
        attributive: it only modifies a noun ("Sudan's army", ミャンマー国軍, "Kazakhstan security forces").
        feature: site, city, admin2, admin1, country or region.
        claimed_by: ISO 3166 alpha-3 of those who claim a disputed territory.
    """

    start: int
    end: int
    place: Place
    head: int | None
    attributive: bool = False
    feature: str = "city"
    claimed_by: tuple[str, ...] = ()


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
    words = place_words(language)
    found: list[tuple[Span, Entry, Evidence]] = []
    taken = -1
    for span in windows(parse):
        if span.start < taken:
            continue
        entry, evidence = _resolve(span, parse, gazetteer, language=language, countries=countries, words=words)
        if entry is not None and evidence is not None:
            found.append((span, entry, evidence))
            taken = span.end
    return tuple(_mention(span, entry, evidence) for span, entry, evidence in _settle(found, gazetteer, language, countries))


def _resolve(
    span: Span, parse: Parse, gazetteer: Gazetteer, *, language: str, countries: tuple[str, ...], words: PlaceWords
) -> tuple[Entry | None, Evidence | None]:
    entries = gazetteer.find(span.text, language=language, countries=countries)
    if not entries:
        return None, None
    evidence = evidence_for(span, parse, words)
    return (entries[0], evidence) if evidence.bears(entries[0], span, countries) else (None, None)


def _settle(
    found: list[tuple[Span, Entry, Evidence]], gazetteer: Gazetteer, language: str, countries: tuple[str, ...]
) -> list[tuple[Span, Entry, Evidence]]:
    """Let "Paris, Texas" and the countries of the same sentence choose between places of one name."""
    settled = []
    for index, (span, entry, evidence) in enumerate(found):
        beside = found[index + 1] if index + 1 < len(found) else None
        nearby = [other.country for _, other, _ in found if other.country and other.feature in ("country", "admin1")]
        if beside is not None and beside[0].start - span.end > 2:
            beside = None
        if beside is not None and beside[1].feature in ("country", "admin1"):
            nearby.insert(0, beside[1].country or "")
        context = tuple(dict.fromkeys([country for country in nearby if country] + list(countries)))
        entries = gazetteer.find(span.text, language=language, countries=context)
        if beside is not None and beside[1].feature == "admin1":
            within = [one for one in entries if one.admin1 == beside[1].id]
            entries = within or entries
        best = entries[0]
        keep = entry.feature == "country" or not evidence.bears(best, span, context)
        settled.append((span, entry if keep else best, evidence))
    return settled


def _mention(span: Span, entry: Entry, evidence: Evidence) -> PlaceMention:
    return PlaceMention(
        start=span.start,
        end=span.end,
        place=entry.place(span.text),
        head=evidence.head,
        attributive=evidence.attributive,
        feature=entry.feature,
        claimed_by=entry.claimed_by,
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


def place_of_clause(mentions: Sequence[PlaceMention], clause: Clause, parse: Parse) -> Place | None:
    """Return where the event of a clause was, or None where the clause does not say.

    A phrase of place ("in", "near", で, に) goes before a town that is an object or follows "of"; among equals the more precise,
    then the earlier. Who acts is no place: "the army of Egypt", 米国は. A dateline is no argument of a clause and so never taken.
    """
    words = place_words(parse.sentence.language)
    rated = [(rating, mention) for mention in mentions if (rating := _rating(mention, clause, parse, words)) is not None]
    if not rated:
        return None
    return max(rated, key=lambda pair: (pair[0], -pair[1].start))[1].place


def _rating(mention: PlaceMention, clause: Clause, parse: Parse, words: PlaceWords) -> tuple[int, int] | None:
    """Rate a mention as the clause's place: (surety, precision), None where it is none."""
    argument = _argument_of(mention, clause)
    marker = _marker_before(mention, parse, words)
    precision = _PRECISION.get(mention.feature, 1)
    if argument is None:
        inside = clause.start <= mention.start and mention.end <= clause.end and mention.head in clause.tokens
        surety = words.markers.get(marker, 0) if marker else 0
        return (surety, precision) if inside and surety >= 2 and not mention.attributive else None
    own = words.markers.get(argument.marker.casefold(), 0) if argument.role == "oblique" and not _topical(argument, words) else 0
    inner = words.markers.get(marker, 0) if marker else 0
    seated = mention.attributive and precision > 0 and own >= 2
    if argument.role == "oblique" and own >= 2 and (not mention.attributive or seated or _seat(argument, words)):
        return own, precision
    if inner >= 2 and not mention.attributive:
        return inner - 1, precision
    objective = argument.role in ("object", "oblique") or (argument.role == "subject" and clause.passive)
    return (1, precision) if objective and precision > 0 and not _is_capital_alone(mention, argument) else None


def _argument_of(mention: PlaceMention, clause: Clause) -> Argument | None:
    holding = [one for one in clause.arguments if one.start <= mention.start and mention.end <= one.end]
    return min(holding, key=lambda one: one.end - one.start) if holding else None


def _seat(argument: Argument, words: PlaceWords) -> bool:
    """Tell whether a phrase is headed by a word for a place: "the Sudan border", カザフスタン国境."""
    text = argument.text.casefold()
    return any(text.endswith(seat) or text.startswith(f"{seat} of") for seat in words.seats)


def _topical(argument: Argument, words: PlaceWords) -> bool:
    """Tell whether a phrase says what something is about, not where: "in support of Zhanaozen"."""
    return any(word in words.topics for word in argument.text.casefold().split()[:2])


def _is_capital_alone(mention: PlaceMention, argument: Argument) -> bool:
    """Tell whether an object is the bare name of a town in an oblique that is no place: "with Moscow", "by Asmara"."""
    bare = argument.end - argument.start == mention.end - mention.start
    return bare and argument.role == "oblique"


def _marker_before(mention: PlaceMention, parse: Parse, words: PlaceWords) -> str:
    """Return the adposition that holds the mention: before it, over determiners and "the city of"; in Japanese after it."""
    tokens = parse.tokens
    if script_of(mention.place.raw) == "unspaced":
        after = [token for token in tokens if token.start >= mention.end][:2]
        joined = "".join(token.text for token in after)
        return next((text for text in (joined, after[0].text if after else "") if text in words.markers), "")
    before = [token for token in tokens if token.end <= mention.start][-6:]
    for token in reversed(before):
        text = token.text.casefold()
        if text in words.markers and token.upos in ("ADP", "SCONJ", ""):
            if text != "of":
                return text
        elif token.upos in ("VERB", "AUX", "PUNCT", "PRON", "CCONJ") or text in words.topics:
            return ""
    return ""
