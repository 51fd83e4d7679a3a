"""Where a text names a person: the parser's entities, the parties and holders of claims, and shapes such as "X, 34,"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from foreshock.coding.people import PERSON, POSSESSIVE
from foreshock.coding.person_scripts import WITHOUT_CAPITALS, names_within
from foreshock.coding.person_words import PersonWords, name_pattern
from foreshock.model import Claim, Reading, Sentence, Span
from foreshock.reading.languages.base import Parse

# A comma, a bracket or a digit ends the name that a phrase begins with.
_ENDS = re.compile(r"[,;:،؛()（）「」『』、。«»\"“”\d]")
_CASE_ENDING = re.compile(r"['’]\w+$")  # of a Turkish name
_KANA = re.compile(r"[ァ-ヶー・＝]")


@dataclass(frozen=True, slots=True)
class Named:
    """One place where a person is named: the span without forms of address, in which sentence, and how it was found.

    ``sure`` says that the text itself shows a person (a form of address, an age, "named X"), ``parsed`` that a parser took it
    for one, ``age`` the years that the text gives.
    """

    start: int
    end: int
    sentence: Sentence
    sure: bool = False
    parsed: bool = False
    age: int | None = None


def names_in(reading: Reading, parses: Sequence[Parse], claims: Sequence[Claim], words: PersonWords) -> list[Named]:
    """Return where persons are named, in order of the text, overlapping ones as the longest."""
    text = reading.document.text
    found = [
        *(one for parse in parses for one in _entities(parse, text, words)),
        *(one for parse in parses for one in _beside_nouns(parse, text, words)),
        *(one for sentence in reading.sentences for one in _called(sentence, text, words)),
        *_parties(reading, claims, words),
    ]
    return _longest(one for one in found if one.end > one.start)


def _entities(parse: Parse, text: str, words: PersonWords) -> Iterator[Named]:
    run: list[Span] = []
    last = -2
    for token in parse.tokens:
        joint = token.text in ("・", "=", "＝", "-", "·") and token.index == last + 1
        if (token.entity.lower() in PERSON and any(map(str.isalpha, token.text))) or (joint and run):
            if run and token.index != last + 1:
                yield from _trimmed(run, text, parse.sentence, words)
                run = []
            if not run and words.spaced:
                run += _given(parse, token.index)
            run.append((token.start, token.end))
            last = token.index
    yield from _trimmed(run, text, parse.sentence, words)


def _beside_nouns(parse: Parse, text: str, words: PersonWords) -> Iterator[Named]:
    """Yield names of two words and more that no tagger labelled, directly behind a common noun: "the photographer Pavel Dorn"."""
    if not words.spaced:
        return
    run: list[Span] = []
    for token in (*parse.tokens, None):
        if token is not None and token.upos == "PROPN" and token.text[:1].isupper() and not token.entity:
            run.append((token.start, token.end))
            continue
        if len(run) > 1:
            noun = next((one for one in parse.tokens if one.end <= run[0][0] and run[0][0] - one.end <= 1), None)
            common = noun is not None and noun.upos == "NOUN" and noun.text.islower()
            if common and noun is not None and words.place_of(words.bodies, noun.text) is None:
                yield from _trimmed(run, text, parse.sentence, words)
        run = []


def _given(parse: Parse, index: int) -> list[Span]:
    """Return the capitalised name directly before a word that a tagger took alone for a person's, under another label."""
    if index == 0:
        return []
    before, behind = parse.tokens[index - 1], parse.tokens[index + 1 : index + 2]
    named = before.upos == "PROPN" and before.text[:1].isupper() and not before.text.isupper()
    alone = not behind or behind[0].entity.lower() not in PERSON
    return [(before.start, before.end)] if named and alone and before.entity.lower() in ("", "org") else []


def _trimmed(run: Sequence[Span], text: str, sentence: Sentence, words: PersonWords) -> Iterator[Named]:
    if run:
        raw = text[run[0][0] : run[-1][1]].strip("・=＝-· ")
        start = text.index(raw, run[0][0]) if raw else run[0][0]
        end = start + len(raw)
        # A tagger may cut a name written with middle dots: ラフィク・モンダル.
        if _KANA.search(raw) and not words.spaced:
            while start > sentence.start and _KANA.match(text[start - 1]):
                start -= 1
            while end < sentence.end and _KANA.match(text[end]):
                end += 1
        yield from _bare((start, end), text, sentence, words, parsed=True)


def _bare(
    span: Span, text: str, sentence: Sentence, words: PersonWords,
    *, sure: bool = False, parsed: bool = False, age: int | None = None,
) -> Iterator[Named]:  # fmt: skip
    """Yield a name without forms of address, a possessive ending, or words for an office or a calling before it."""
    start = span[0]
    raw = text[start : span[1]].partition("\n")[0]
    cut = _CASE_ENDING.search(raw) if words.language == "tr" else POSSESSIVE.search(raw)
    raw = raw[: -len(cut[0])] if cut else raw
    name = words.without_address(raw)
    sure = sure or (name != raw and raw.partition(" ")[0].lower() not in words.articles)
    start += raw.rindex(name)
    if words.spaced and " " in name:
        place = words.place_of(words.offices | words.experts | words.kin | words.aides, name.rsplit(" ", 1)[0])
        if place is not None and words.language not in WITHOUT_CAPITALS:
            start += place[1]
            name = name[place[1] :]
            start += len(name) - len(name.lstrip())
            name = name.lstrip()
    if name and not name.endswith(words.endings or ("\0",)):
        yield Named(start, start + len(name), sentence, sure, parsed, age)


def _called(sentence: Sentence, text: str, words: PersonWords) -> Iterator[Named]:
    for shape in words.calls:
        for hit in shape.finditer(sentence.text):
            age = int(hit["age"]) if "age" in shape.groupindex else None
            start, end = (sentence.start + at for at in hit.span("name"))
            if hit["name"] in words.no_names or (age is not None and age > 120):
                continue
            yield from _bare((start, end), text, sentence, words, sure=True, age=age)


def _parties(reading: Reading, claims: Sequence[Claim], words: PersonWords) -> Iterator[Named]:
    """Yield the names that parties and speakers of claims begin with or, in scripts without capitals, hold."""
    text, bare = reading.document.text, words.language in WITHOUT_CAPITALS
    shape = re.compile(rf"(?<![\w'’]){name_pattern(words.language)}")
    for claim in claims:
        raws = [one.raw for one in (claim.actor, claim.recipient) if one] + [one.raw for one in claim.holders[1:]]
        sentences = [one for one in reading.sentences if one.start < claim.end and claim.start < one.end]
        # With capitals a name begins the phrase; without them it may as well stand behind a calling: "member of the board, X".
        for raw in {part for one in raws for part in _ENDS.split(one)[: None if bare else 1]}:
            for name in names_within(raw, words) if bare else _capitals(raw, shape, words):
                for sentence in sentences:
                    at = sentence.text.find(name)
                    if at >= 0:
                        start = sentence.start + at
                        yield from _bare((start, start + len(name)), text, sentence, words, parsed=bare)


def _capitals(raw: str, shape: re.Pattern[str], words: PersonWords) -> Iterator[str]:
    """Yield the longest run of capitalised words of a phrase, where it has two of them.

    One word behind an article is a noun that its sentence or its language writes with a capital: "Die Feuerwehr".
    """
    hit = max(shape.finditer(raw), key=lambda one: one.end() - one.start(), default=None)
    if hit is not None and " " in words.without_article(hit[0]):
        yield hit[0]


def _longest(found: Iterable[Named]) -> list[Named]:
    """Return the longest of names that overlap, with the age that any of them has."""
    kept: list[Named] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if kept and one.start < kept[-1].end:
            before = kept[-1]
            longer = before if before.end - before.start >= one.end - one.start else one
            age = before.age if before.age is not None else one.age
            kept[-1] = Named(longer.start, longer.end, longer.sentence, before.sure or one.sure, before.parsed or one.parsed, age)
        else:
            kept.append(one)
    return kept
