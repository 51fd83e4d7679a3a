"""What speaks for a name being a place: candidate spans of a sentence, and the evidence around each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from foreshock.ontology.fold import fold, is_kana
from foreshock.ontology.gazetteer import Entry
from foreshock.ontology.place_words import PlaceWords
from foreshock.reading.languages.base import Parse, Token

_LONGEST = 6
_LONGEST_CHARACTERS = 10
_UNSPACED = re.compile("[\u3005-\u30ff\u3400-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\uff66-\uff9f]")
_KATAKANA = re.compile("[ァ-ヺー]")
_INNER = frozenset(
    ["of", "de", "du", "des", "del", "la", "le", "les", "the", "al", "el", "au", "aux", "am", "an", "en", "sur", "da", "do",
     "dos", "der", "den", "ez", "ash", "as",
     "ar", "ad", "at", "az", "bin", "ibn", "i", "y", "e", "es", "-", "–", "’", "'", ".", "и", "на"]
)  # fmt: skip
_NO_NAME = frozenset(["ADP", "SCONJ", "CCONJ", "PRON", "VERB", "AUX", "ADV"])
_NAMES = frozenset(["PROPN", "NOUN", "X", "SYM", "PUNCT", "NUM"])


@dataclass(frozen=True, slots=True)
class Span:
    """A run of tokens that may be a name: indices ``first`` to ``last`` (included) and offsets; ``text`` as written."""

    first: int
    last: int
    start: int
    end: int
    text: str


@lru_cache(maxsize=4096)
def script_of(text: str) -> str:
    """Return how a script shows names: "cased", "unspaced" (no spaces between words) or "plain"."""
    letter = next((char for char in text if char.isalpha()), "")
    if _UNSPACED.match(letter):
        return "unspaced"
    return "cased" if letter.lower() != letter.upper() else "plain"


def is_parsed(parse: Parse) -> bool:
    """Tell whether a grammar stands behind the tokens."""
    return any(token.upos not in ("", "X", "PUNCT", "NUM") for token in parse.tokens)


def windows(parse: Parse) -> Iterator[Span]:
    """Yield the spans to try, by their start, the longest first."""
    tokens, parsed = parse.tokens, is_parsed(parse)
    for index, token in enumerate(tokens):
        script = script_of(token.text)
        if script == "unspaced" and not parsed:
            yield from _character_windows(token)
        elif _may_start(token, script, parsed):
            for last in range(min(len(tokens), index + _LONGEST) - 1, index - 1, -1):
                if _may_hold(tokens[index : last + 1], script):
                    start, end = token.start, tokens[last].end
                    offset = parse.sentence.start
                    yield Span(index, last, start, end, parse.sentence.text[start - offset : end - offset])


def _character_windows(token: Token) -> Iterator[Span]:
    for at, char in enumerate(token.text):
        if not _UNSPACED.match(char):
            continue
        for size in range(min(_LONGEST_CHARACTERS, len(token.text) - at), 1, -1):
            text = token.text[at : at + size]
            if all(_UNSPACED.match(one) or one == "・" for one in text):
                yield Span(token.index, token.index, token.start + at, token.start + at + size, text)


def _may_start(token: Token, script: str, parsed: bool) -> bool:
    if not any(char.isalpha() for char in token.text) or token.upos in _NO_NAME:
        return False
    if script == "cased":
        return token.text[0].isupper() or (token.text.casefold() in ("the", "al", "el") and not parsed) or _apostrophe(token.text)
    return not parsed or token.upos in ("PROPN", "NOUN", "X") or bool(token.entity)


def _apostrophe(text: str) -> bool:
    return len(text) > 3 and text[1] in "'’" and text[2].isupper()


def _may_hold(run: Sequence[Token], script: str) -> bool:
    if len(run) == 1:
        return True
    if script == "cased":
        ends = run[-1].text[:1].isupper() or (len(run[-1].text) > 3 and run[-1].upos in ("NOUN", "PROPN", ""))
        inner = all(one.text[:1].isupper() or one.text.casefold() in _INNER for one in run[1:-1])
        return ends and inner and not any(one.text in ",;:()" for one in run)
    if script == "unspaced":
        if run[-1].upos in ("SYM", "PUNCT"):
            return False
        joined = all(left.end == right.start for left, right in pairwise(run))
        return joined and all(one.upos in _NAMES for one in run)
    return len(run) <= 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the sentence says of a span.

    ``label`` is place, person, demonym, body or ""; ``whole`` tells that it covers just the span; ``compound`` that the span
    is the first part of a longer word (カラー革命).
    """

    label: str
    whole: bool
    placed: bool
    named: bool
    barred: bool
    beside: bool
    common: bool
    first: bool
    parsed: bool
    attributive: bool
    compound: bool
    head: int | None

    def bears(self, entry: Entry, span: Span, countries: Sequence[str]) -> bool:
        """Tell whether the evidence carries this entry.

        Barred spans (before a title, inside a longer name, a people's name) never do. A place label carries any entry but a
        hamlet far from the context; without a label the entry must be of standing, and a person's or body's label asks for more.
        """
        if self.barred or (entry.how == "ending" and self.label in ("body", "person") and script_of(span.text) == "cased"):
            return False
        if self.label == "demonym":
            return entry.feature == "city" and entry.own and self.whole and self.named and _standing(entry, countries) >= 3
        standing = _standing(entry, countries)
        if self.common or (len(fold(span.text)) <= 3 and script_of(span.text) == "cased"):
            return self.label == "place" and standing >= 3 and not (self.common and entry.feature == "city")
        if not self.parsed:
            return standing >= (4 if self.first and span.first == span.last else 3 if not self.placed else 2) and _long_enough(
                span, entry
            )
        if self.label == "place":
            return standing >= (3 if self.beside else 1)
        if self.label == "person":
            return self.whole and standing >= 3 and (self.placed or standing >= 4) and entry.how != "sound"
        if self.label == "body":
            if script_of(span.text) == "unspaced" and not self.whole and not is_kana(span.text):
                return entry.feature == "country" and len(span.text) >= 2
            return standing >= 3 if self.whole or span.first == span.last else standing >= 4
        return self.named and standing >= (4 if self.compound else 2 if self.placed else 3)


def _standing(entry: Entry, countries: Sequence[str]) -> int:
    """Return a place's standing.

    4 a country or great city, 3 a large town, 2 a town of the context, 1 any other in reach, 0 a hamlet far away.
    """
    here = entry.country in countries
    if entry.feature in ("country", "region") or entry.capital or entry.id < 0 or entry.population >= 1_000_000:
        return 4 if entry.how != "ending" or entry.population >= 50_000 else 3
    if entry.feature == "admin1" or entry.population >= 100_000 or (here and entry.population >= 10_000):
        return 3
    if here or (entry.population >= 20_000 and entry.own):
        return 2
    return 1 if entry.population >= 1_000 or entry.feature == "admin2" or not countries else 0


def _long_enough(span: Span, entry: Entry) -> bool:
    """Ask a name in a script without case or spaces for a length at which chance likeness is rare."""
    script = script_of(span.text)
    if script == "unspaced":
        return len(span.text) >= 3 or (
            len(span.text) == 2 and (entry.feature == "country" or entry.capital or entry.population >= 1_000_000)
        )
    return script == "cased" or len(span.text) >= 4


def evidence_for(span: Span, parse: Parse, words: PlaceWords) -> Evidence:
    """Return the evidence that the sentence holds for or against a span."""
    tokens = parse.tokens
    run = tokens[span.first : span.last + 1]
    label, whole = _label(span, tokens, words)
    head = _head(run)
    unspaced = script_of(span.text) == "unspaced"
    return Evidence(
        label=label,
        whole=whole,
        placed=_placed(span, tokens, words, unspaced=unspaced),
        named=any(one.upos == "PROPN" for one in run) or (unspaced and is_kana(span.text) and len(span.text) >= 3),
        barred=_barred(span, parse, words, label=label, unspaced=unspaced),
        beside=not unspaced and _beside_name(span, tokens),
        common=fold(span.text) in words.common,
        first=span.first == 0,
        parsed=is_parsed(parse),
        attributive=_attributive(span, parse, words, unspaced=unspaced),
        compound=unspaced and _compound(span, parse, words),
        head=head if is_parsed(parse) else None,
    )


def _label(span: Span, tokens: Sequence[Token], words: PlaceWords) -> tuple[str, bool]:
    """Return what the parser's label says, and whether the labelled run is just this span."""
    kinds = [words.labels.get(_bare(one.entity), "") for one in tokens[span.first : span.last + 1]]
    kind = next((one for one in ("place", "person", "demonym", "body") if one in kinds), "")
    if kind != "place" and "place" not in kinds and kind == "":
        return "", False
    label = _bare(next(one.entity for one in tokens[span.first : span.last + 1] if words.labels.get(_bare(one.entity)) == kind))
    before = span.first > 0 and _bare(tokens[span.first - 1].entity) == label and not tokens[span.first].entity.startswith("B-")
    after = (
        span.last + 1 < len(tokens)
        and _bare(tokens[span.last + 1].entity) == label
        and not tokens[span.last + 1].entity.startswith("B-")
    )
    return kind, not before and not after


def _bare(entity: str) -> str:
    return entity[2:] if entity[:2] in ("B-", "I-") else entity


def _head(run: Sequence[Token]) -> int:
    inside = {one.index for one in run}
    return next((one.index for one in reversed(run) if one.head not in inside or one.head == one.index), run[-1].index)


def _placed(span: Span, tokens: Sequence[Token], words: PlaceWords, *, unspaced: bool) -> bool:
    """Tell whether an adposition of place stands at the name."""
    if unspaced:
        after = "".join(one.text for one in tokens[span.last + 1 : span.last + 3])
        return any(after.startswith(marker) for marker, value in words.markers.items() if value >= 2 and marker)
    before = [one.text.casefold() for one in tokens[max(0, span.first - 2) : span.first]]
    if before and before[-1] in ("the", "la", "el", "le"):
        before.pop()
    return bool(before) and words.markers.get(before[-1], 0) >= 2


def _barred(span: Span, parse: Parse, words: PlaceWords, *, label: str, unspaced: bool) -> bool:
    text, at, end = parse.sentence.text, span.start - parse.sentence.start, span.end - parse.sentence.start
    before, after = text[max(0, at - 2) : at], text[end : end + 6]
    if unspaced:
        if any(after.startswith(title) for title in words.titles):
            return True
        if any(after.startswith(people) for people in words.peoples) and not after.startswith(("人質", "系統", "人道", "人口")):
            return True
        if _KATAKANA.match(span.text[0]) and before and _KATAKANA.match(before[-1]):
            return True
        if _KATAKANA.match(span.text[-1]) and after and _KATAKANA.match(after[0]):
            return True
        dotted = (len(before) == 2 and before[1] in "・=＝" and _KATAKANA.match(before[0])) or (
            len(after) > 1 and after[0] in "・=＝" and _KATAKANA.match(after[1])
        )
        return bool(dotted) and label != "place"
    return _barred_among_words(span, parse.tokens, words, label=label)


def _barred_among_words(span: Span, tokens: Sequence[Token], words: PlaceWords, *, label: str) -> bool:
    previous = tokens[span.first - 1] if span.first else None
    if (
        previous is not None
        and previous.text.casefold().rstrip(".") in words.titles
        and label != "place"
        and not _ends_sentence(previous)
    ):
        return True
    return label not in ("place", "body") and _beside_name(span, tokens)


def _beside_name(span: Span, tokens: Sequence[Token]) -> bool:
    """Tell whether another capitalised name stands right beside the span, so that it may be part of a longer name."""
    beside = [*tokens[max(0, span.first - 1) : span.first], *tokens[span.last + 1 : span.last + 2]]
    for one in beside:
        opening = one.index == 0 and one.upos == ""
        if one.text[:1].isupper() and one.text[:1].isalpha() and one.upos in ("PROPN", "", "X") and not opening:
            return True
    return False


def _ends_sentence(token: Token) -> bool:
    return token.upos in ("ADP", "DET", "VERB")


def _compound(span: Span, parse: Parse, words: PlaceWords) -> bool:
    """Tell whether a noun is joined to the span that is neither an office nor a word for a place."""
    following = parse.tokens[span.last + 1] if span.last + 1 < len(parse.tokens) else None
    if following is None or following.start != span.end or following.upos not in ("NOUN", "PROPN"):
        return False
    rest = parse.sentence.text[span.end - parse.sentence.start :]
    return not any(rest.startswith(word) for word in (*words.offices, *words.seats))


def _attributive(span: Span, parse: Parse, words: PlaceWords, *, unspaced: bool) -> bool:
    tokens = parse.tokens
    following = tokens[span.last + 1] if span.last + 1 < len(tokens) else None
    if unspaced:
        if following is None or following.start != span.end:
            return False
        end = span.end - parse.sentence.start
        if any(parse.sentence.text[end:].startswith(office) for office in words.offices):
            return True
        return following.upos in ("NOUN", "PROPN") or following.text == "の"
    run = tokens[span.first : span.last + 1]
    head = tokens[_head(run)]
    if following is not None and following.text in ("'s", "’s", "'", "’"):
        return True
    return head.dep.split(":")[0] in ("compound", "amod", "poss") and head.head > span.last


def marker_before(start: int, end: int, raw: str, parse: Parse, words: PlaceWords) -> str:
    """Return the adposition that holds a name: before it, over determiners and "the city of"; in Japanese after it."""
    tokens = parse.tokens
    if script_of(raw) == "unspaced":
        after = [token for token in tokens if token.start >= end][:2]
        joined = "".join(token.text for token in after)
        return next((text for text in (joined, after[0].text if after else "") if text in words.markers), "")
    before = [token for token in tokens if token.end <= start][-6:]
    for token in reversed(before):
        text = token.text.casefold()
        if text in words.markers and token.upos in ("ADP", "SCONJ", ""):
            if text != "of":
                return text
        elif token.upos in ("VERB", "AUX", "PUNCT", "PRON", "CCONJ") or text in words.topics:
            return ""
    return ""


def is_landmark(start: int, parse: Parse, words: PlaceWords) -> bool:
    """Tell whether a name only says where another place is: "30 km north of Baghdad", "120 miles from the capital, Lima"."""
    before = [token.text.casefold() for token in parse.tokens if token.end <= start][-5:]
    while before and before[-1] not in words.joints:
        word = before.pop()
        if not word.isalpha() or word in words.bearings:
            return False
    return len(before) >= 2 and before[-2].rstrip(".") in words.bearings
