"""The patterns of relevance as regular expressions, compiled once a language; ``relevance.yaml`` says how they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from foreshock.knowledge import load_table

SPACELESS = frozenset({"ja", "zh", "th"})
NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Scene:
    """What makes a register: one ``strong`` pattern or two ``weak`` ones, and neither ``real`` nor ``unless`` beside them."""

    name: str
    strong: re.Pattern[str]
    weak: re.Pattern[str]
    real: re.Pattern[str]
    unless: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class RelevanceTable:
    """The patterns of one language; ``eras`` pairs a pattern with its first and last year."""

    scenes: tuple[Scene, ...]
    real: re.Pattern[str]
    figurative: re.Pattern[str]
    natural: re.Pattern[str]
    looking_back: re.Pattern[str]
    ages: re.Pattern[str]
    relatives: re.Pattern[str]
    eras: tuple[tuple[re.Pattern[str], int, int], ...]
    numbers: Mapping[str, int]
    verb_last: bool


@cache
def relevance_table(language: str) -> RelevanceTable | None:
    """Return the table of a language, None where it has none."""
    known: Mapping[str, Any] = load_table("foreshock.coding", "relevance.yaml")
    if language not in known:
        return None
    table = known[language]
    numbers = {str(word): int(value) for word, value in (table.get("numbers") or {}).items()}
    spaces = language not in SPACELESS

    def of(patterns: Iterable[Any] | None, *, cased: bool = False) -> re.Pattern[str]:
        return _compiled(patterns or (), numbers, spaces=spaces, cased=cased)

    real = of(table.get("real"), cased=True)
    scenes = tuple(
        Scene(
            name, of(one.get("strong")), of(one.get("weak")),
            of(one["real"], cased=True) if "real" in one else real, of(one.get("unless"), cased=True),
        )
        for name, one in (table.get("apart") or {}).items()
    )  # fmt: skip
    eras = tuple((of([pattern]), years[0], years[1]) for pattern, years in (table.get("eras") or {}).items())
    return RelevanceTable(
        scenes, real, of(table.get("figurative")), of(table.get("natural")), of(table.get("looking_back")), of(table.get("ages")),
        _after_comma(table.get("relatives")), eras, numbers, bool(table.get("verb_last")),
    )  # fmt: skip


def _compiled(patterns: Iterable[Any], numbers: Mapping[str, int], *, spaces: bool, cased: bool) -> re.Pattern[str]:
    """Return one expression for a list of patterns; what is real is matched with its case: "Rebels" may be a club."""
    parts = [_translated(str(one), numbers, spaces=spaces) for one in patterns]
    if not parts:
        return NOTHING
    joined = "|".join(parts)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)" if spaces else joined, 0 if cased else re.IGNORECASE)


def _after_comma(words: Iterable[Any] | None) -> re.Pattern[str]:
    """Return what a relative clause begins with: a comma, a preposition at most, and one of the words."""
    parts = "|".join(re.escape(str(one)) for one in words or ())
    return re.compile(rf",\s+(?:\w+\s+)?(?:{parts})(?!\w)", re.IGNORECASE) if parts else NOTHING


def _translated(pattern: str, numbers: Mapping[str, int], *, spaces: bool) -> str:
    number = "(?:[0-9０-９]{1,4}" + "".join(f"|{re.escape(word)}" for word in sorted(numbers, key=len, reverse=True)) + ")"
    text = pattern.replace("(", "(?:").replace("(?:?:", "(?:")
    if spaces:
        text = text.replace("~ ", "\0").replace(" ?", "\1").replace("*", r"\w*").replace(" ", r"\s+")
        text = text.replace("\0", r"(?:\S+\s+){0,3}?").replace("\1", r"\s?")
    else:
        text = text.replace("~", ".{0,10}?")
    return text.replace("#", number)
