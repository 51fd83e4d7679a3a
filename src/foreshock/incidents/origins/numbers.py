"""Numbers that a text writes in digits, as values that are the same in every language: 48 тысяч, 4万8000 and 48,000 are one."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from foreshock.knowledge import load_table

_SPACES = " \u00a0\u202f'’"
_NUMBER = re.compile(rf"(?<![^\W_])\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?![\d])|\d+(?:[.,٫٬\u066b\u066c]\d+)*")
_GROUPED = re.compile(rf"\d{{1,3}}(?:[.,٬\u066c{_SPACES}]\d{{3}})+")
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[\s\u00a0\u202f-]?([^\W\d_]+)")
# Arabic, Persian, Devanagari, Bengali, Thai, Lao, Burmese and Khmer digits as Latin ones.
_LATIN_DIGITS = {zero + at: str(at) for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xED0, 0x1040, 0x17E0) for at in range(10)}
SMALL = 31
YEARS = (1900.0, 2100.0)


@cache
def _tables() -> tuple[dict[str, float], dict[str, float]]:
    table = load_table(__package__, "numbers.yaml")
    words = {str(word).casefold(): float(times) for times, found in table["words"].items() for word in found}
    return words, {str(char): float(times) for char, times in table["han"].items()}


def numbers(text: str) -> list[float]:
    """Return the values of the numbers in digits, in order, with what multiplies them.

    >>> numbers("4,404 held; 1万1500人; 5 million tenge; 3,5 тысячи")
    [4404.0, 11500.0, 5000000.0, 3500.0]
    """
    digits = text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_LATIN_DIGITS)
    found, at = [], 0
    while match := _NUMBER.search(digits, at):
        value, at = _value(match[0]), match.end()
        if value is not None:
            value, at = _scaled(digits, value, at)
            found.append(round(value, 4))
    return found


def _scaled(text: str, value: float, at: int) -> tuple[float, int]:
    """Return a number times the words behind it, and where they end; 3億5千万 and 1万1500 are numbers of two parts."""
    times, end = _times(text, at)
    if times is None:
        return value, at
    value, at, han = value * times, end, text[end - 1] in _tables()[1]
    further = _times(text, at)
    if further[0] is not None:
        return _scaled(text, value, at)
    more = _DIGITS.match(text, at) if han else None
    if more and len(more[0]) <= 8:
        rest, end = _scaled(text, float(more[0]), more.end())
        if rest < times:
            return value + rest, end
    return value, at


def _times(text: str, at: int) -> tuple[float | None, int]:
    """Return what the word or character at a place multiplies by, and where it ends."""
    words, han = _tables()
    if at >= len(text):
        return None, at
    if text[at] in han:
        return han[text[at]], at + 1
    word = _WORD.match(text, at)
    if word and word[1].casefold() in words:
        return words[word[1].casefold()], word.end()
    return None, at


def _value(digits: str) -> float | None:
    """Return a number without its separators; two parts that are no thousands are a decimal, more of them are none."""
    if len(digits) > 18:
        return None
    if _GROUPED.fullmatch(digits):
        return float(re.sub(r"\D", "", digits))
    parts = re.split(r"[^\d]+", digits)
    if len(parts) == 1:
        return float(digits)
    return float(f"{parts[0]}.{parts[1]}") if len(parts) == 2 else None


def telling(value: float) -> bool:
    """Tell whether a number may tell one report from another: no day, hour or year, no small count."""
    return value > SMALL and not YEARS[0] <= value <= YEARS[1]
