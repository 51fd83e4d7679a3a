"""Names of parties as marks: the name itself, its words, and how they sound, so that a name is known again in another script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from foreshock.incidents.terms import NAMED, STEM, joint_of
from foreshock.model import Actor, Figure
from foreshock.ontology.fold import fold
from foreshock.ontology.sound import romaji_of_kana
from foreshock.ontology.transcription import latin_forms, skeleton_of_latin

LEAST = 3  # consonants of a sound that tells names apart
ROOM = 40  # characters beside an age in which the name of a person of that age stands
_NAME = r"[A-ZÀ-ÖØ-ÞА-ЯЁ][^\W\d_]*(?:[-'’.][^\W\d_]+)*\.?"
_BEFORE = re.compile(rf"({_NAME}(?:\s+{_NAME})+),?\s*[,(]\s*$")  # "Ilse Tamm, 32", "Besik Tordia (41"
_AFTER = re.compile(rf"^[-‐–][^\W\d_]+(?:[-‐–][^\W\d_]+)*\s+({_NAME}(?:\s+{_NAME})+)")  # "61-year-old Ilse Tamm"


def party_marks(party: Actor, sort: str) -> Iterator[str]:
    """Yield the marks of who acts (sort "a") or is acted on ("r"); a party without a name of its own, "the police", has none.

    "a:kassym jomart tokayev" is the whole name, which is one in all languages where the catalogue knows it; "w:quirar" is a word
    of the name of one acted on; "q:kllt" (of one who acts "k:") its consonants, as coarse classes (Quirarte, キラルテ).
    """
    words = _words(party.name)
    if party.name[:1].isupper() or (party.country and words):
        yield f"{sort}:{fold(party.name)}"
    for word in words:
        if sort == "r" and word[0].isascii():
            yield f"w:{word.casefold()[:STEM]}"
        if len(sound := _sound(word)) >= LEAST:
            yield f"{'q' if sort == 'r' else 'k'}:{sound}"


def persons(text: str, ages: Iterable[Figure]) -> Iterator[str]:
    """Yield the full names that stand beside ages in a text, first and last word as a term of two words ("ilse tamm").

    Who is told with a full name and an age is a person whom the event happened to or who did it: victims and suspects, not
    the reporter, the sheriff or a street. No list of words stands behind it.
    """
    for age in ages:
        before = _BEFORE.search(text[max(0, age.start - ROOM) : age.start])
        found = before or _AFTER.search(text[age.end : age.end + ROOM])
        if found:
            words = found[1].split()
            yield joint_of(words[0], words[-1])


@lru_cache(maxsize=20_000)
def _words(name: str) -> tuple[str, ...]:
    return tuple(match[0] for match in NAMED.finditer(name) if len(match[0]) > 2)


@lru_cache(maxsize=20_000)
def _sound(word: str) -> str:
    """Return the consonants of a word in Latin, Cyrillic or kana, as coarse classes; empty in other scripts."""
    if "\u30a1" <= word[0] <= "\u30ff":
        return skeleton_of_latin(romaji_of_kana(word))
    forms = sorted(latin_forms(word))
    return skeleton_of_latin(forms[0] if forms else word)
