"""What redaction makes of words: blocks of the same length, so that every offset stays right. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from foreshock.ledger.forms import blocks
from foreshock.ledger.tokens import UNSPACED

Erase = Callable[[str], str]
T = TypeVar("T")

STEM = 4  # letters: what joining keeps of a longer word at least
# Fields whose words come from the text itself; the others of a record are codes, ids and dates.
WORDS = frozenset({"text", "title", "raw", "name", "proposal", "why", "scope", "of", "unit"})
# Where a name may stand beside these.
FREE = WORDS | {"source", "url", "origin", "final_url", "headers", "notes", "licence", "by", "subjects", "changes", "words"}


def loose_pattern(name: str) -> re.Pattern[str]:
    """Return the pattern of a name in what joining remembers, where words are levelled and their ends cut off."""
    words = unicodedata.normalize("NFKC", name).casefold().split()
    exact = r"\s+".join(re.escape(word) for word in words)
    least = STEM if len(words) > 1 else STEM + 2
    return _pattern([exact, r"\s+".join(re.escape(word[:least]) + (r"\w*" if len(word) > least else "") for word in words)])


def eraser(pattern: re.Pattern[str]) -> Erase:
    """Return the function that puts blocks where the pattern matches."""
    return lambda text: pattern.sub(lambda match: blocks(match[0]), text)


def erased(record: T, erase: Erase, fields: frozenset[str] = FREE) -> T:
    """Return a record with the words of these fields erased, at any depth."""
    changed: dict[str, Any] = {}
    for name in record.__dataclass_fields__:  # type: ignore[attr-defined]
        value = getattr(record, name)
        made = _erased(value, erase, fields, within=name in fields)
        if made != value:
            changed[name] = made
    return replace(record, **changed) if changed else record  # type: ignore[type-var]


def _erased(value: Any, erase: Erase, fields: frozenset[str], *, within: bool) -> Any:
    if isinstance(value, str):
        return erase(value) if within else value
    if isinstance(value, tuple):
        return tuple(_erased(one, erase, fields, within=within) for one in value)
    return erased(value, erase, fields) if hasattr(value, "__dataclass_fields__") else value


def _pattern(forms: Any) -> re.Pattern[str]:
    # A name begins at a word's beginning; scripts without spaces have none.
    return re.compile("|".join(f"(?:(?<![^\\W{UNSPACED}])|(?=[{UNSPACED}])){form}" for form in forms), re.IGNORECASE)
