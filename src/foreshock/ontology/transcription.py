"""Names carried across scripts: what a Cyrillic name becomes in Latin letters, and what a foreign name keeps in Han or Hangul.

Each language writes Cyrillic names by its own custom: Жанаозен is Zhanaozen, Shanaosen, Janaozen. ``latin_forms`` gives them all
(transcription.yaml, `cyrillic`). In Chinese and Korean text a name is spelled by sound, vowels loosely, consonants steadily: the
skeleton of a name is its consonants in coarse classes, so 巴赫穆特, 바흐무트 and Bakhmut share "bhmt". A skeleton is only asked
where every table is silent, only of larger towns, and only believed where the country fits or one town is by far the largest.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from itertools import product
from typing import Any

from foreshock.knowledge import load_table

LEAST_SKELETON = 3
# The 19 initials and 28 finals of Hangul in the order of Unicode (The Unicode Standard, 3.12), as coarse classes.
_INITIALS = tuple("gknddlmbbss-zzcktph")
_FINALS = tuple("-gggnnndllllllllmbbssnzcktph")
_W_VOWELS = frozenset({9, 10, 11, 14, 15, 16})
_CLASSES = (
    ("shch", "s"), ("tsch", "c"), ("sch", "s"), ("tch", "c"), ("kh", "h"), ("zh", "z"), ("ch", "c"), ("sh", "s"), ("gh", "g"),
    ("ph", "f"), ("th", "t"), ("dh", "d"), ("dj", "z"), ("ts", "c"), ("tz", "c"), ("qu", "kw"), ("ck", "k"), ("x", "ks"),
    ("q", "k"), ("j", "z"), ("r", "l"), ("v", "w"),
)  # fmt: skip


@cache
def _tables() -> Mapping[str, Any]:
    table: Mapping[str, Any] = load_table("foreshock.ontology", "transcription.yaml")
    return table


@cache
def _customs() -> tuple[Mapping[str, str], ...]:
    customs = dict(_tables()["cyrillic"])
    base = customs.pop("all")
    return (base, *({**base, **custom} for custom in customs.values()))


def latin_forms(name: str) -> set[str]:
    """Return what a name in Cyrillic becomes in Latin letters by the customs of several languages, letters only, lower case."""
    letters = unicodedata.normalize("NFC", name).casefold()
    if not re.search("[\u0400-\u04ff]", letters):
        return set()
    return {re.sub(r"[^a-z]", "", "".join(custom.get(one, one) for one in letters)) for custom in _customs()}


def letters_of(name: str) -> str:
    """Return the bare Latin letters of a name: "Jañaözen" is "janaozen"."""
    return re.sub(r"[^a-z]", "", unicodedata.normalize("NFD", name.casefold()).replace("ı", "i").replace("ł", "l"))


def skeleton_of_latin(name: str) -> str:
    """Return the consonants of a name in Latin letters, as coarse classes: Bakhmut is "bhmt"."""
    text = letters_of(name)
    for letters, sound in _CLASSES:
        text = text.replace(letters, sound)
    text = re.sub(r"c(?=[aou])", "k", text) if "c" in name.casefold() and "ch" not in name.casefold() else text
    # A w between or after vowels is one of them; a y and a final h are none of the consonants.
    text = re.sub(r"(?<=[aeiou])w(?![aeiou])|y|h$", "", text)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiou]", "", text))


@cache
def _han() -> Mapping[str, tuple[str, ...]]:
    sounds: dict[str, list[str]] = {}
    for sound, characters in _tables()["han"].items():
        for character in characters:
            sounds.setdefault(character, []).append(sound)
    return {character: tuple(found) for character, found in sounds.items()}


def skeletons_of_han(name: str) -> list[str]:
    """Return the skeletons that a name spelled in Han characters may have; empty where a character is none that spells names."""
    sounds = _han()
    if not all(character in sounds for character in name):
        return []
    nasal = frozenset(_tables()["nasal"])
    ways = [[sound + ("n" if character in nasal else "") for sound in sounds[character]] for character in name]
    found = ("".join(way) for way in product(*ways))
    return list(dict.fromkeys(re.sub(r"(.)\1+", r"\1", one) for one in found))[:8]


def skeleton_of_hangul(name: str) -> str:
    """Return the skeleton of a name in Hangul; empty where it is in another script.

    >>> skeleton_of_hangul("바흐무트")
    'bhmt'
    """
    found = ""
    for character in name:
        code = ord(character) - 0xAC00
        if not 0 <= code < 11172:
            return ""
        initial, vowel, final = code // 588, code % 588 // 28, code % 28
        first = "w" if vowel in _W_VOWELS and _INITIALS[initial] == "-" else _INITIALS[initial]
        found += first + _FINALS[final]
    return re.sub(r"(.)\1+", r"\1", found.replace("-", ""))
