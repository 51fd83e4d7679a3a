"""Signatures: what a word over an infinitive or gerund says of it, told as so and told as not so.

"Managed to" and "did not manage to" settle the infinitive, "refused to" does and "did not refuse to" does not. The classes are
those of Karttunen (1971, 2012) and Nairn, Condoravdi and Karttunen (2006); a language's table lists their words under
``factuality: signatures``, keyed by the two outcomes: "+-/-+" turns the infinitive round both ways, "+o/--" needs what it names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from foreshock.errors import ReadingError

Outcome = Literal["+", "-", "o"]
KEYS: Mapping[str, tuple[Outcome, Outcome]] = {
    "++/--": ("+", "-"),
    "+-/-+": ("-", "+"),
    "++/-o": ("+", "o"),
    "+-/-o": ("-", "o"),
    "+o/--": ("o", "-"),
    "+o/-+": ("o", "+"),
}


def signatures(table: Mapping[str, Any]) -> dict[str, tuple[Outcome, Outcome]]:
    """Return word -> outcome for what it governs, where the word is told as so and where as not so.

    Raises:
        ReadingError: the table has a key that is no signature.
    """
    listed: Mapping[str, list[str]] = (table.get("factuality") or {}).get("signatures") or {}
    if unknown := sorted(set(listed) - set(KEYS)):
        raise ReadingError(
            f"unknown signature {unknown} in language {table.get('code')!r}", remedy=f"use one of {', '.join(KEYS)}"
        )
    return {str(word).lower(): KEYS[key] for key, words in listed.items() for word in words}
