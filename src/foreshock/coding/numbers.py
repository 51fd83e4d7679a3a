"""Numbers in a text: digits with separators, written-out words, kanji, multipliers; by the ``numbers`` table of a language.

Nothing here knows what a number counts. Text is folded one code point to one code point (any script's digits to ASCII, full-width
forms to half-width), so every offset into the folded text is an offset into the original.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_WIDE = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {
    "\u3000": " ",
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
}
_FOLD = str.maketrans({**_WIDE, "’": "'", "‑": "-"})
KANJI_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")}
KANJI_SMALL = {"十": 10, "百": 100, "千": 1000}
KANJI_LARGE = {"万": 10**4, "萬": 10**4, "億": 10**8, "亿": 10**8, "兆": 10**12}
KANJI = "".join([*KANJI_DIGITS, *KANJI_SMALL, *KANJI_LARGE])
NEVER = r"(?!x)x"
LONGEST = 80  # characters; nothing longer is a number that anyone counts with


class Identity:
    """A table as a key of a cache: equal to itself only, since a mapping has no hash and tables never change once read."""

    __slots__ = ("table",)

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.table = table

    def __hash__(self) -> int:
        return id(self.table)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Identity) and other.table is self.table


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a language's ``numbers`` table says, compiled.

    Attributes:
        pattern: regular expression source of one number, without groups that have names.
        lost: a place where a number was and is gone.
        units, scales: words and multipliers to what they are worth.
        fractions: words that stand before an article and a multiplier: "half a million".
        decimal: the decimal mark; other separators between groups of three digits only group, as does a decimal mark that the
            language's countries also group with (1.200 and 1,200 in Spanish).
        word: one digit run, or one word of the table, the longest first ("quatre-vingt" before "quatre").
    """

    pattern: str
    lost: re.Pattern[str]
    word: re.Pattern[str]
    units: Mapping[str, float]
    scales: Mapping[str, float]
    fractions: Mapping[str, float]
    decimal: str
    group: str
    kanji: bool


def fold(text: str) -> str:
    """Return the text with every decimal digit in ASCII and full-width forms in half-width; its length does not change.

    >>> fold("１２日"), fold("٢٠٢٢")
    ('12日', '2022')
    """
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text.translate(_FOLD))


def alternatives(words: Mapping[str, Any] | list[str] | tuple[str, ...]) -> str:
    """Return a regular expression source for any of the words, the longest first; white space in a word is any single space."""
    ordered = sorted((str(word) for word in words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) for word in ordered) or NEVER


def _digits(table: Mapping[str, Any]) -> str:
    group, decimal = re.escape(str(table.get("group", ","))), re.escape(str(table.get("decimal", ".")))
    # atomic: a digit of a long run is never given back, so hostile runs stay linear
    return rf"(?>\d{{1,3}}(?:[{group}]\d{{3}})+(?!\d)(?:[{decimal}]\d+)?|\d+(?:[{decimal}]\d+)?)"


@lru_cache(maxsize=64)
def _compile(key: Identity) -> Numbers:
    table = key.table.get("numbers") or {}
    units = {str(word).lower(): float(value) for word, value in (table.get("words") or {}).items()}
    scales = {str(word).lower(): float(value) for word, value in (table.get("scales") or {}).items()}
    glued = {word: value for word, value in scales.items() if word in (table.get("glued") or ())}
    kanji = bool(table.get("kanji", False))
    digits = _digits(table)
    scale = alternatives({word: value for word, value in scales.items() if word not in glued})
    tail = rf"(?:(?: ?|-)(?:{scale})\b(?! ?-))*(?:(?<=\d)(?:{alternatives(glued)})\b)?" if scales else ""
    pattern = rf"(?:{digits}){tail}"
    if kanji:
        pattern = rf"(?<![0-9{KANJI}])(?>(?:{digits}|[{KANJI}])+)"
    elif units:
        # One more multiplier than LONGEST holds: of a run of number words each would else be read to the end of the run.
        most = 1 + LONGEST // (1 + min(map(len, scales.keys() - glued.keys()), default=LONGEST))
        pattern = rf"{pattern}|{_words(units, scale, table, most)}"
    return Numbers(
        pattern=pattern,
        lost=re.compile(str(table.get("lost") or NEVER)),
        word=_word({**units, **scales, **dict.fromkeys(table.get("fractions") or {}, 0)}),
        units=units,
        scales=scales,
        fractions={str(word).lower(): float(value) for word, value in (table.get("fractions") or {}).items()},
        decimal=str(table.get("decimal", ".")),
        group=str(table.get("group", ",")),
        kanji=kanji,
    )


def _word(known: Mapping[str, Any]) -> re.Pattern[str]:
    return re.compile(rf"\d[\d., '’]*\d|\d|(?<![^\W\d_])(?:{alternatives({word.lower(): 0 for word in known})})(?![^\W\d_])")


def _words(units: Mapping[str, float], scale: str, table: Mapping[str, Any], most: int) -> str:
    """Return the source for written-out numbers: "twenty-one", "three hundred and five", ciento diez.

    ``tens_join`` are words between tens and ones (vingt et un, ochenta y cuatro), ``join`` those after a multiplier, ``alone``
    the multipliers that need no number before them (mil, cent, тысяча); an article is a number only before a multiplier. ``most``
    is how many multipliers a number has at most.
    """
    ones = alternatives({word: 0 for word, value in units.items() if value < 20})
    tens = alternatives({word: 0 for word, value in units.items() if 20 <= value < 100})
    hundreds = alternatives({word: 0 for word, value in units.items() if value >= 100})
    article, join = alternatives(list(table.get("article") or [])), alternatives(list(table.get("join") or []))
    fraction, alone = alternatives(list(table.get("fractions") or [])), alternatives(list(table.get("alone") or []))
    joint = rf"[- ](?:(?:{alternatives(list(table.get('tens_join') or []))})[- ])?"
    lower = rf"(?:(?:{tens})(?:{joint}(?:{ones})(?!\w))?|(?:{ones}))"
    small = rf"(?:(?:{hundreds})(?:[ -](?:(?:{join}) )?{lower}(?!\w))?|{lower})" if hundreds != NEVER else lower
    scaled = rf"(?:{alone})(?!\w)(?:[ -](?:(?:{join}) )?{small}(?!\w))?"
    half = rf"(?:(?:{fraction})[ -])?(?:{article})(?= (?:{scale})\b)|(?:{fraction})(?=[ -](?:{scale})\b)"
    start = rf"(?:{small}|{scaled}|{half})"
    return rf"\b{start}(?:[ -](?:{scale})\b(?:,? (?:(?:{join}) )?{small}(?= (?:{scale})\b|\b))?){{0,{most}}}\b"


def numbers_of(table: Mapping[str, Any]) -> Numbers:
    """Return the compiled ``numbers`` key of a language's table."""
    return _compile(Identity(table))


def value_of(text: str, numbers: Numbers) -> float | None:
    """Return what a folded number text is worth, None where it is not a number that the table can read.

    >>> from foreshock.coding.numbers import numbers_of, value_of
    >>> value_of("1,200", numbers_of({"numbers": {"group": ",", "decimal": "."}}))
    1200.0
    """
    text = text.strip().lower()
    if len(text) > LONGEST:
        return None
    return _kanji(text, numbers) if numbers.kanji else _spoken(text, numbers)


def _plain(text: str, numbers: Numbers) -> float | None:
    decimal, mark = numbers.decimal, re.escape(numbers.decimal)
    if decimal in numbers.group and re.fullmatch(rf"\d{{1,3}}(?:{mark}\d{{3}})+", text):
        return float(re.sub(r"\D", "", text))
    if not re.fullmatch(rf"\d[\d,. '’]*(?:{mark}\d+)?", text):
        return None
    whole, _, part = text.partition(decimal) if text.count(decimal) == 1 else (text, "", "")
    digits = re.sub(r"\D", "", whole)
    return float(f"{digits}.{part}") if part else float(digits)


def _spoken(text: str, numbers: Numbers) -> float | None:
    total, current, seen = 0.0, 0.0, False
    for word in numbers.word.findall(text):
        if word in numbers.scales:
            scale = numbers.scales[word]
            if scale >= 1000 and seen and not current:  # mil millones: the multiplier multiplies the one before
                total *= scale
                continue
            current = (current if seen and current else 1.0) * scale
            if scale >= 1000:
                total, current = total + current, 0.0
            seen = True
        elif word in numbers.fractions:
            current, seen = numbers.fractions[word], True
        elif word in numbers.units:
            current, seen = current + numbers.units[word], True
        else:
            plain = _plain(word, numbers)
            if plain is None:
                return None
            current, seen = current + plain, True
    return round(total + current, 6) if seen else None


def _kanji(text: str, numbers: Numbers) -> float | None:
    if text and all(char in KANJI_DIGITS for char in text):
        return float("".join(str(KANJI_DIGITS[char]) for char in text))
    total, section, current = 0.0, 0.0, None
    for piece in re.findall(r"\d[\d,.]*\d|\d|[〇一二三四五六七八九]|[十百千万萬億亿兆]", text):
        if piece in KANJI_SMALL:
            section, current = section + (1.0 if current is None else current) * KANJI_SMALL[piece], None
        elif piece in KANJI_LARGE:
            section += current or 0.0
            total, section, current = total + (section or 1.0) * KANJI_LARGE[piece], 0.0, None
        else:
            plain = float(KANJI_DIGITS[piece]) if piece in KANJI_DIGITS else _plain(piece, numbers)
            if plain is None or current is not None:
                return None
            current = plain
    return total + section + (current or 0.0)
