"""Words of documents on their way to a language model: fenced off as data, and with nothing in them that cannot be seen."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

LONGEST = 1_000  # characters of a quote
KEPT = frozenset("\n\t\u200c\u200d")  # line breaks, and the joiners without which Persian and Hindi are misspelt
# Characters that show nothing, turn the direction of what follows, or carry hidden text: control, format, private, surrogate.
HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
# What a model need not be told of a record: places of words in the text, which it cannot see.
DROPPED = frozenset({"raw", "cue", "content", "form", "span", "joined", "links"})


def visible(text: str) -> str:
    """Return a text in which every character that cannot be seen is written out.

    >>> visible("stop\\u202e\\x1b[0m")
    'stop⟨U+202E⟩⟨U+001B⟩[0m'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(one) for one in text)


def quote(text: str, *, longest: int = LONGEST) -> dict[str, Any]:
    """Return words of a document as what they are: quoted, from somebody else, not to be followed."""
    cut = len(text) > longest
    return {"untrusted_quote": visible(text[:longest]), "cut": cut}


def fenced(value: Any) -> Any:
    """Return plain values with every text made visible, the words of documents as quotes, and without places in the text."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, Mapping):
        told: dict[str, Any] = {}
        for key, one in value.items():
            if key in DROPPED:
                continue
            if key == "text" and isinstance(one, str):
                told["quote"] = quote(one)
            else:
                told[key] = fenced(one)
        return told
    if isinstance(value, Sequence):
        return [fenced(one) for one in value]
    return value


def _shown(one: str) -> str:
    if one in KEPT or unicodedata.category(one) not in HIDDEN:
        return one
    return f"⟨U+{ord(one):04X}⟩"
