"""The words and names of a claim by which two claims know that they speak of one thing.

A word is cut to its beginning, so that endings do not part it; Han characters go in pairs, or alone before an ending in hiragana.
Names are compared across scripts by their letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Any

from foreshock.incidents.terms import guess, rarity
from foreshock.knowledge import load_table
from foreshock.ontology.sound import romaji_of_kana
from foreshock.ontology.transcription import latin_forms

_PIECE = re.compile(
    r"(?P<kana>[\u30a1-\u30ffー・]{2,})|(?P<han>[\u3400-\u9fff々]+)|(?P<word>[^\W\d_\u3040-\u30ff\u3400-\u9fff]+(?:[’'][^\W\d_]+)?)"
)
_OPENS = re.compile(r"(?:^|[.!?:;…]\s+|[«“\"‘(]\s*)$")
_ELISION = re.compile(r"^(?:[ldnscjmt]|qu|jusqu|lorsqu)['’]", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
_SOUNDS = (
    ("sh", "s"), ("ch", "s"), ("th", "t"), ("ph", "f"), ("ck", "k"), ("c", "k"), ("q", "k"), ("v", "b"), ("w", "b"), ("l", "r"),
    ("m", "n"), ("y", "i"), ("j", "i"),
)  # fmt: skip
_CYRILLIC = re.compile("[\u0400-\u04ff]")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text: ``content`` with their weights in nats, ``names`` with their spelling.

    ``sure`` are the names that stand where a common word would have no capital; the others may be the first word of a sentence.
    ``runs`` number the names that stand side by side: "Puerto Claro" is one.
    """

    content: Mapping[str, float]
    names: Mapping[str, str]
    sure: frozenset[str]
    runs: Mapping[str, int]


@cache
def table() -> Mapping[str, Any]:
    """Return the words and limits of matters (matters.yaml)."""
    found: Mapping[str, Any] = load_table(__package__, "matters.yaml")
    return found


def level(text: str) -> str:
    """Return a text in lower case without accents: "À Évry" is "a evry"; other scripts keep their letters."""
    split = unicodedata.normalize("NFD", text.casefold().replace("’", "'"))
    return unicodedata.normalize("NFC", "".join(char for char in split if not "\u0300" <= char <= "\u036f"))


def stem(word: str) -> str:
    """Return the beginning of a word that its endings leave alone: four to six letters.

    >>> stem("Сосну"), stem("Узловой"), stem("insurgents"), stem("entered")
    ('сосн', 'узлов', 'insurg', 'enter')
    """
    plain = level(word)
    return plain[: max(4, min(6, len(plain) - (2 if len(plain) > 6 else 1)))] if len(plain) > 4 else plain


@lru_cache(maxsize=4096)
def words_of(text: str, language: str) -> Words:
    """Return the words and names of a text; days, months, numbers and short words are neither."""
    content: dict[str, float] = {}
    names: dict[str, str] = {}
    sure: set[str] = set()
    small: set[str] = set()
    runs: dict[str, int] = {}
    run, behind = 0, -1
    loans = frozenset(table()["loanwords"])
    for match in _PIECE.finditer(text):
        piece = match[0]
        before = len(names)
        if match.lastgroup == "han":
            content.update((pair, guessed(pair)) for pair in _han(piece, text[match.end() : match.end() + 1]))
        elif match.lastgroup == "kana":
            if piece not in loans and (len(piece) < 3 or not any(piece.startswith(loan) for loan in loans if len(loan) > 2)):
                names[piece] = piece
                sure.add(piece)
            else:
                content[piece] = guessed(piece)
        else:
            _add_word(piece, bool(_OPENS.search(text[: match.start()])), language, content, names, sure, small)
        if len(names) > before:
            run += match.start() - behind > 1
            runs[next(reversed(names))] = run
            behind = match.end()
    held = {key: word for key, word in names.items() if key in sure or key not in small}
    return Words(
        {key: value for key, value in content.items() if value >= table()["weights"]["least"]}, held, frozenset(sure), runs
    )


def _add_word(
    piece: str,
    opens: bool,
    language: str,
    content: dict[str, float],
    names: dict[str, str],
    sure: set[str],
    small: set[str],
) -> None:
    word = _POSSESSIVE.sub("", _ELISION.sub("", piece))
    plain = level(word)
    if len(plain) < 3 or _is_day(plain, language):
        return
    key = stem(word)
    if word[0].isupper() and (not opens or _ELISION.match(piece) is not None):
        names[key] = word
        sure.add(key)
        return
    if word[0].isupper():
        names.setdefault(key, word)
    else:
        small.add(key)
    content[key] = guessed(plain)


def _is_day(plain: str, language: str) -> bool:
    return any(
        plain.startswith(day) and len(plain) - len(day) <= (3 if day[0] >= "\u0400" else 1) for day in calendar_words(language)
    )


def _han(run: str, after: str) -> Iterable[str]:
    if len(run) == 1:
        return [run] if "\u3041" <= after <= "\u309f" else []
    return [run[at : at + 2] for at in range(len(run) - 1)]


def guessed(word: str) -> float:
    """Return how rare a word is by its looks, in nats."""
    return rarity(0, 0, prior=guess(word, name=False))


@cache
def calendar_words(language: str) -> tuple[str, ...]:
    """Return the names of days and months in a language (CLDR), levelled; of longer Cyrillic ones their endings are left off."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415

    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return ()
    named = [locale.days, locale.months]
    found = {level(name) for one in named for form in one.values() for name in form.get("wide", {}).values()}
    kept = {name[:-1] if len(name) > 4 and "\u0400" <= name[0] <= "\u04ff" else name for name in found}
    return tuple(sorted(name for name in kept if len(name) > 2 and not name[0].isdigit()))


def shared(one: Iterable[str], other: Iterable[str]) -> set[str]:
    """Return the words of ``one`` that the other has too: the same beginning, or one the beginning of the other."""
    others = set(other)
    starts = {word[:4] for word in others if len(word) >= 4}
    signs = {sign for word in others if _is_han(word) for sign in word}
    lone = {word for word in others if len(word) == 1}

    def fits(word: str) -> bool:
        if word in others or (len(word) == 1 and word in signs) or (lone and _is_han(word) and lone & set(word)):
            return True
        long = len(word) >= 4 and word[:4] in starts
        return long and any(its.startswith(word) or word.startswith(its) for its in others if len(its) >= 4)

    return {word for word in one if fits(word)}


def _is_han(word: str) -> bool:
    return "\u3400" <= word[0] <= "\u9fff"


def shared_names(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    """Return the names of ``one`` that the other has too, key to spelling, across scripts by their sound."""
    found = {key: one[key] for key in shared(one, other)}
    for key, spelled in one.items():
        if key not in found and any(_scripts_differ(spelled, its) and sounds_like(spelled, its) for its in other.values()):
            found[key] = spelled
    return found


def _scripts_differ(one: str, other: str) -> bool:
    return _script(one) != _script(other)


def _script(name: str) -> str:
    return "kana" if name[0] >= "\u30a1" else "cyrillic" if _CYRILLIC.search(name) else "latin"


@lru_cache(maxsize=8192)
def sounds_like(one: str, other: str) -> bool:
    """Tell whether two names in different scripts may be one: アンバレス and Ambarès, Меровы and Merowa."""
    least = float(table()["letters"])
    pairs = [
        (a, b) for a in _letters(one) if a for b in _letters(other) if b if a[0] == b[0] and (a == b or min(len(a), len(b)) >= 4)
    ]
    return any(SequenceMatcher(None, a, b, autojunk=False).ratio() >= least for a, b in pairs)


@lru_cache(maxsize=8192)
def _letters(name: str) -> tuple[str, ...]:
    if "\u30a1" <= name[0] <= "\u30ff":
        parts = [romaji_of_kana(part) for part in re.split("[・=＝]", name) if part]
        forms = {*parts, "".join(parts)}
    else:
        plain = re.sub("[^a-z]", "", level(name))
        # Kana writes no r that English does not speak: アードモア is Ardmore.
        forms = latin_forms(name) or {plain, re.sub("r(?=[^aeiou])", "", re.sub("re$", "a", plain))}
    found = set()
    for form in forms:
        plain = form
        for letters, sound in _SOUNDS:
            plain = plain.replace(letters, sound)
        found.add(re.sub(r"(.)\1+", r"\1", plain))
    return tuple(sorted(found))


@lru_cache(maxsize=65536)
def has(text: str, language: str, words: str) -> bool:
    """Whether a text has a word of a row of matters.yaml in its language; of Japanese any part, of others a word's beginning."""
    pattern = _pattern(words, language)
    return bool(pattern and pattern.search(level(text)))


@cache
def _pattern(words: str, language: str) -> re.Pattern[str] | None:
    row: Any = table()
    for part in words.split("/"):
        row = row[int(part)] if isinstance(row, list) else row[part]
    starts = row.get(language, ())
    # A word that opens with "(?:" is a pattern of several.
    plain = [one if one.startswith("(?:") else re.escape(one) for one in starts]
    parts = [one if "\u3040" <= one[0] <= "\u9fff" else rf"(?<!\w){one}" for one in plain]
    return re.compile("|".join(parts)) if parts else None


def find(text: str, language: str, words: str) -> int | None:
    """Return where the first word of a row of matters.yaml stands in a text; None where none does."""
    pattern = _pattern(words, language)
    found = pattern.search(level(text)) if pattern else None
    return found.start() if found else None


def nouns() -> tuple[str, ...]:
    """Return what the nouns of counted persons count."""
    return tuple(table()["nouns"])
