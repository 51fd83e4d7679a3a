"""Reasons of weighing in the reader's language: an English sentence is known by its pattern, and said by the catalogue.

Weighing knows no reader. Its reasons are sentences of fixed shape with numbers, days and words of its tables in them; what fits
none of the patterns (``retelling.yaml``) stays English, so nothing is lost and nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from foreshock.briefs.locale import Reader
from foreshock.briefs.locale import reader as reader_of
from foreshock.briefs.tables import table

_SLOT = re.compile(r"\\\{(\w+)\\\}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NESTED = {"seen", "weight"}


def retold(reader: Reader, text: str) -> str:
    """Return a reason in the reader's language, or as it stands where its pattern is not known."""
    return text if reader.language == "en" else _said(reader, text, "sentences")


def _said(reader: Reader, text: str, kind: str) -> str:
    for message, pattern in _patterns(kind):
        if found := pattern.fullmatch(text):
            return reader.say(message, **{slot: _value(reader, slot, value) for slot, value in found.groupdict().items()})
    return text


def _value(reader: Reader, slot: str, value: str) -> str:
    if slot in _NESTED:
        return _said(reader, value, "parts")
    if slot == "country":
        return _country(reader, value)
    if _DAY.fullmatch(value):
        return reader.date(value)
    return reader.percent(value) if slot in ("p", "q") else reader.say(value)


def _country(reader: Reader, english: str) -> str:
    """Return the name of a country by its English one; that itself where CLDR has no such name."""
    code = next((code for code, name in reader_of("en").locale.territories.items() if name == english), "")
    return str(reader.locale.territories.get(code, english))


@cache
def _patterns(kind: str) -> Sequence[tuple[str, re.Pattern[str]]]:
    """Return the messages of a kind with the pattern of each; a slot takes as little as fits, a day or number only such."""
    forms = {"day": r"\d{4}-\d{2}-\d{2}", "end": r"\d{4}-\d{2}-\d{2}", "n": r"[\d.]+", "m": r"\d+", "days": r"\d+"}
    return [
        (one, re.compile(_SLOT.sub(lambda slot: f"(?P<{slot[1]}>{forms.get(slot[1], '.{1,400}?')})", re.escape(one))))
        for one in table("retelling.yaml")[kind]
    ]
