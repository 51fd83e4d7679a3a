"""Dates, numbers and figures of a surface language: what Unicode CLDR gives, with the words of the language's own file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from foreshock.coding.times import und_table
from foreshock.reading import languages

# Between a number and the people it counts one word may stand: "14 armed men".
BETWEEN = r"(?:[^\W\d_]+ )?"


@cache
def surface_table(code: str) -> dict[str, Any]:
    """Return the ``dates``, ``numbers`` and ``figures`` of a language that is read on the surface; do not change it."""
    base = und_table(code)
    own = languages.table(code) if code in languages.codes() else {}
    numbers = dict(base["numbers"])
    told = own.get("numbers") or {}
    for name in ("words", "scales"):
        numbers[name] = {**(numbers.get(name) or {}), **(told.get(name) or {})}
    figures, dates = base["figures"], base["dates"]
    people = own.get("people") or ()
    if people and "person" not in figures.get("units", {}):
        figures = {**figures, "units": {**figures.get("units", {}), "person": {"words": [_people(people)]}}}
        # "On Monday 23 demonstrators": the number belongs to the people, not to the day.
        dates = {**dates, "masks": [*(dates.get("masks") or ()), rf"\b\d{{1,2}} {_people(people)}"]}
    return {**base, "numbers": numbers, "figures": figures, "dates": dates}


def _people(words: Sequence[str]) -> str:
    known = "|".join(
        re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in sorted(words, key=len, reverse=True)
    )
    return f"{BETWEEN}(?:{known})"


def has_shallow_rules(table: Mapping[str, Any]) -> bool:
    """Whether a language's table has what the surface rules need."""
    return "actors" in table and "apart" in table
