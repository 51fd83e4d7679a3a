"""Private persons of a text, so that what is shown and exported can leave out their names.

A person is private who holds no public role: who is no actor of the catalogue, is named beside no office ("Interior Minister X",
"X, the mayor of Y", X外相), speaks in public for no calling (an analyst) and signs no article. The doubt falls to the private
side: a name that the text says nothing of is a private person's. What a role is (victim, detainee, witness ...) comes from the
claims that the name stands in, else from the words of its sentence. The words are in ``persons.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from foreshock.coding.person_names import Named, names_in
from foreshock.coding.person_roles import Judge, Someone
from foreshock.coding.person_words import WORD, PersonWords, words_of
from foreshock.model import Claim, PrivatePerson, Reading, Span
from foreshock.ontology.actor_catalogue import ActorCatalogue
from foreshock.ontology.gazetteer import Gazetteer
from foreshock.reading.languages.base import Language, Parse

_INFLECTED = frozenset(["ru", "uk", "pl", "kk"])


def private_persons(
    reading: Reading,
    parses: Sequence[Parse],
    claims: Sequence[Claim],
    *,
    catalogue: ActorCatalogue,
    gazetteer: Gazetteer | None = None,
) -> tuple[PrivatePerson, ...]:
    """Return the private persons that a reading's text names, each with the spans of all its mentions, in order.

    Args:
        reading: the document with its sentences.
        parses: of its sentences, in order; empty for a language without a parser.
        claims: of the reading; they tell who was hurt, held or heard.
        catalogue: actors with a public role.
        gazetteer: tells names of places from those of persons, where it is given.
    """
    words = words_of(reading.document.language, catalogue)
    everyone = _grouped(names_in(reading, parses, claims, words), reading.document.text, words)
    judge = Judge(reading, parses, claims, words, catalogue, gazetteer, [(n.start, n.end) for one in everyone for n in one.named])
    public = [one for one in everyone if judge.is_public(one)]
    taken = [(one.start, one.end) for someone in public for one in someone.named]
    taken += [span for someone in public for span in _mentions(someone, reading.document.text, words, ())]
    found = []
    for someone in everyone:
        if someone not in public and not judge.is_no_person(someone):
            spans = _mentions(someone, reading.document.text, words, taken)
            if spans:
                found.append(PrivatePerson(judge.role(someone), spans))
    return tuple(sorted(found, key=lambda one: one.spans))


def persons_of(
    reading: Reading,
    claims: Sequence[Claim],
    language: Language,
    *,
    catalogue: ActorCatalogue,
    gazetteer: Gazetteer | None = None,
) -> tuple[PrivatePerson, ...]:
    """Return the private persons of a reading that was coded with ``language``; :class:`Remembering` spares the second parse."""
    parses = language.parse(reading.sentences) if reading.depth == "parsed" else []
    return private_persons(reading, parses, claims, catalogue=catalogue, gazetteer=gazetteer)


def _grouped(names: Sequence[Named], text: str, words: PersonWords) -> list[Someone]:
    """Return one person for the names whose words are words of one longer name, the fullest name first."""
    everyone: list[Someone] = []
    for one in sorted(names, key=lambda one: (-len(text[one.start : one.end]), one.start)):
        name = text[one.start : one.end]
        same = [someone for someone in everyone if _within(name, someone.name, words)]
        if len(same) == 1:
            same[0].named.append(one)
        elif not same:
            everyone.append(Someone(name, [one]))
    return everyone


def _within(name: str, longer: str, words: PersonWords) -> bool:
    if not words.spaced:
        return name in longer
    parts, known = ([_stem(part, words) for part in _parts(one)] for one in (name, longer))
    return bool(parts) and set(parts) <= set(known)


def _parts(name: str) -> list[str]:
    return [one for one in WORD.findall(name) if len(one) > 2 or not one.isascii()]


def _stem(word: str, words: PersonWords) -> str:
    """Return a word of a name without what a case may change at its end."""
    low = word.lower()
    return low.rstrip("аяоеиіыуюйьїaeyąęu")[:-1] if words.language in _INFLECTED and len(low) > 4 else low


def _mentions(someone: Someone, text: str, words: PersonWords, taken: Sequence[Span]) -> tuple[Span, ...]:
    """Return every span of a name: as found, the full name elsewhere, and words of it that stand alone."""
    spans = {(one.start, one.end) for one in someone.named}
    for pattern in _patterns(someone.name, words):
        spans |= {hit.span() for hit in re.finditer(pattern, text)}
    kept: list[Span] = []
    for start, end in sorted(spans, key=lambda one: (one[0], -one[1])):
        if (not kept or start >= kept[-1][1]) and not any(a < end and start < b for a, b in taken):
            kept.append((start, end))
    return tuple(kept)


def _patterns(name: str, words: PersonWords) -> Iterator[str]:
    if not words.spaced or words.language in ("ko", "ar", "fa"):
        yield re.escape(name)
        for part in re.split("[・=＝·]", name):
            if len(part) > 1 and part != name:
                yield re.escape(part)
        called = "|".join(re.escape(one) for one in words.address)
        if called and words.language == "ja" and "・" not in name and len(name) > 2:
            yield "|".join(rf"{re.escape(name[:size])}(?={called})" for size in (3, 2, 1) if size < len(name))
        return
    for part in _parts(name):
        if part[:1].isupper():
            if words.language in _INFLECTED and len(part) > 4:
                stem = part[: len(_stem(part, words)) + 1]
                yield rf"(?<!\w){re.escape(stem)}\w{{0,4}}(?!\w)"
            else:
                yield rf"(?<!\w){re.escape(part)}(?!\w)"
