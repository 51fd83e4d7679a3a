"""What the words of a point in time say, as plain fields: years of eras and in two digits, direction words, clock halves."""

from __future__ import annotations

import re
from dataclasses import replace

from foreshock.coding.numbers import Numbers, value_of
from foreshock.coding.time_grammar import AGAIN, DateGrammar, PointRule

PIVOT = 40  # a year in two digits below this is of the 21st century
Fields = dict[str, int | str]
_HAN = str.maketrans("两兩零〇", "二二〇〇")
_HAN_NUMBER = re.compile("[两兩零〇一二三四五六七八九十百千]+")
_LIMITS = {
    "month": (1, 12), "other": (1, 31), "either": (1, 31), "century": (1, 22), "day": (1, 31), "to_day": (1, 31), "hour": (0, 24),
    "minute": (0, 59), "minus": (0, 59), "quarter": (1, 4), "half": (1, 2), "week_no": (1, 53),
    "solar": (1, 12), "solar_day": (1, 31),
}  # fmt: skip


def fields_of(match: re.Match[str], rule: PointRule, grammar: DateGrammar) -> Fields | None:
    """Return what a match of a rule says, None where a number in it cannot be read or is out of range."""
    fields: Fields = dict(rule.fixed)
    for group, text in match.groupdict().items():
        if text is None:
            continue
        name, _, source = group.partition(AGAIN)
        value = _value(name, source.partition(AGAIN)[0] or name, text.strip(), grammar)
        if value is None:
            return None
        fields[name] = value
    return _settle(fields)


def _value(name: str, source: str, text: str, grammar: DateGrammar) -> int | str | None:
    if name == "year" and source == "spoken_year":
        return spoken_year(text, grammar.numbers)
    if source == "said_year":
        return grammar.years.value(text)
    words = grammar.words.get(source) or grammar.words.get(name)
    lower = text.lower().replace("i\u0307", "i")  # what lower() makes of the Turkish capital İ
    if words is not None and lower in words:
        return words[lower]
    for said in grammar.said:
        known = said.value(lower)
        if known is not None:
            return known
    han = _HAN_NUMBER.fullmatch(text) is not None
    number = value_of(text.translate(_HAN) if han else text, replace(grammar.numbers, kanji=True) if han else grammar.numbers)
    return int(number) if number is not None and number == int(number) else None


def spoken_year(text: str, numbers: Numbers) -> int | None:
    """Return a year said in words: "nineteen eighty-six", "two thousand and five", "twenty twenty-two"."""
    words = re.split(r"[ -]+", text.lower())
    if "thousand" in words or "hundred" in words:
        whole = value_of(text, numbers)
        return None if whole is None else int(whole)
    century, rest = value_of(words[0], numbers), value_of(" ".join(words[1:]), numbers)
    return None if century is None or rest is None else int(century * 100 + rest)


def _settle(fields: Fields) -> Fields | None:
    """Fold era years, direction words and clock halves into plain fields."""
    if "era" in fields:
        fields["year"] = int(fields.pop("era")) + int(fields.pop("era_year", 1))
    if isinstance(fields.get("year"), int) and 0 <= int(fields["year"]) < 100:
        fields["year"] = int(fields["year"]) + (2000 if int(fields["year"]) < PIVOT else 1900)
    for name in ("", "to_"):
        if f"{name}monthnum" in fields:
            fields[f"{name}month"] = fields.pop(f"{name}monthnum")
    if "shift" in fields:
        shift, unit = int(fields.pop("shift")), str(fields.pop("unit", fields.pop("of", "")))
        fields[f"{unit}_shift"] = shift
    if "meridiem" in fields and "hour" in fields:
        half, hour = fields.pop("meridiem"), int(fields["hour"])
        if hour <= 12:
            fields["hour"] = hour % 12 + (12 if half == "pm" else 0)
        fields["sure_hour"] = 1
    fields.pop("meridiem", None)
    return fields if all(low <= int(fields[key]) <= high for key, (low, high) in _LIMITS.items() if key in fields) else None
