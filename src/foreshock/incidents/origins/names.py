"""The key of an outlet's name: one for its marks, aliases and spellings in other scripts."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import cache, lru_cache

from foreshock.errors import CatalogueError
from foreshock.knowledge import load_table
from foreshock.ontology import outlets
from foreshock.ontology.actor_catalogue import ActorCatalogue, load_catalogue
from foreshock.ontology.fold import fold
from foreshock.ontology.sound import romaji_of_kana
from foreshock.ontology.transcription import latin_forms, letters_of, skeleton_of_latin

_QUOTES = re.compile(r"^[\s«»„“”\"'‘’「」『』《》〈〉()（）\[\]【】*_]+|[\s«»“”\"'’「」『』《》〈〉()（）\[\]【】*_.,。:：]+$")
_KANA = re.compile(r"[\u3040-\u30ffー・\s]+")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
# Consonants of Arabic script as Latin letters, by their commonest reading; vowels and hamza are left out.
_FROM_ARABIC = {
    "ب": "b", "پ": "p", "ت": "t", "ث": "th", "ج": "j", "چ": "ch", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z",
    "ژ": "zh", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ق": "q", "ك": "k",
    "ک": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "ه": "h",
}  # fmt: skip
ALIKE = 0.75
SHORTEST = 4
ALIKE_PERSON, LEAST_PERSON = 0.8, 5


@cache
def agencies() -> dict[str, str]:
    """Return every name and mark of an agency (agencies.yaml) -> the agency's name.

    Raises:
        CatalogueError: a row has no name, or a mark stands for two agencies.
    """
    found: dict[str, str] = {}
    for row in load_table(__package__, "agencies.yaml"):
        if not isinstance(row, dict) or not row.get("name"):
            raise CatalogueError(f"agency {row!r} has no name", remedy="mend incidents/origins/agencies.yaml")
        for mark in (row["name"], *row.get("marks", ())):
            if found.setdefault(str(mark), str(row["name"])) != row["name"]:
                raise CatalogueError(f"{mark!r} is a mark of {found[str(mark)]} and {row['name']}", remedy="mend agencies.yaml")
    return found


@cache
def _folded_agencies() -> dict[str, str]:
    return {fold(mark): name for mark, name in agencies().items()}


@cache
def catalogue() -> ActorCatalogue:
    """Return the actors that ship with the package."""
    return load_catalogue()


def bare(name: str) -> str:
    """Return a name without the quotation marks, brackets and stops around it."""
    return _QUOTES.sub("", name)


@lru_cache(maxsize=65536)
def outlet_name(name: str) -> str:
    """Return the name that an outlet is known by: that of the tables, else the name itself without marks around it."""
    plain = bare(name)
    found = _folded_agencies().get(fold(plain)) or _folded_agencies().get(fold(re.sub(r"(?:通信社?|紙)$", "", plain)))
    if found:
        return found
    known = outlets.by_name(plain)
    return known.name if known else plain


@lru_cache(maxsize=65536)
def outlet_key(name: str) -> str:
    """Return the key under which an outlet is one: folded, without a leading article.

    >>> outlet_key("«Войлочный вестник»"), outlet_key("The Paper Compass"), outlet_key("ロイター通信") == outlet_key("Reuters")
    ('воилочныи вестник', 'paper compass', True)
    """
    plain = fold(outlet_name(name))
    return re.sub(r"^(?:the|la|le|les|el|los|las|l|der|die|das|il|o|a) (?=\w{3})", "", plain)


@lru_cache(maxsize=65536)
def sounds(name: str) -> tuple[str, ...]:
    """Return the consonant skeletons of a name in Latin, Cyrillic, Arabic letters or kana; empty in other scripts."""
    plain = re.sub(r"(?i)^(?:the|la|le|el|die|der|das)\s+", "", bare(name))
    if _KANA.fullmatch(plain):
        kana = "".join(chr(ord(char) + 0x60) if "ぁ" <= char <= "ゖ" else char for char in re.sub(r"[・\s]", "", plain))
        latin = {romaji_of_kana(kana)}
    elif _ARABIC.search(plain):
        latin = {"".join(_FROM_ARABIC.get(char, "") for char in unicodedata.normalize("NFKC", plain))}
    else:
        latin = latin_forms(plain) or {plain}
    # Kana writes m as n before a stop and has one letter for l and r, b and v; Arabic has one for b and p.
    return tuple(sorted({skeleton_of_latin(one).replace("m", "n").replace("p", "b").replace("w", "b") for one in latin if one}))


def sounds_alike(one: str, other: str) -> bool:
    """Tell whether two names in different scripts may be one name: ペーパー・コンパス and The Paper Compass.

    Coarse (three of four consonants in order), so ask only where the texts themselves are alike.
    """
    pairs = [(a, b) for a in sounds(one) for b in sounds(other) if min(len(a), len(b)) >= SHORTEST]
    return any(SequenceMatcher(None, a, b, autojunk=False).ratio() >= ALIKE for a, b in pairs)


def same_outlet(one: str, other: str) -> bool:
    """Tell whether two names are one outlet's."""
    a, b = outlet_key(one), outlet_key(other)
    return bool(a) and (a == b or (not one_script(a, b) and sounds_alike(one, other)))


def one_script(a: str, b: str) -> bool:
    """Tell whether two folded names are written in one script."""
    return a.isascii() == b.isascii() and unicodedata.name(a[0], "").split()[0] == unicodedata.name(b[0], "").split()[0]


def same_person(one: str, other: str) -> bool:
    """Tell whether two persons' last names may be one in different scripts: ウキバイ and Ukibay, Тасжанов and Taszhanov."""
    return any(
        min(len(a), len(b)) >= LEAST_PERSON and SequenceMatcher(None, a, b, autojunk=False).ratio() >= ALIKE_PERSON
        for a in _letters(one)
        for b in _letters(other)
    )


def _letters(name: str) -> set[str]:
    last = re.split(r"[\s・]+", bare(name))[-1]
    if _KANA.fullmatch(last):
        return {romaji_of_kana(last)}
    return latin_forms(last) or ({letters} if (letters := letters_of(last)) else set())
