"""Takes out characters that are not seen and would cut words, and remembers where the others stood."""

from __future__ import annotations

import re

# Zero-width blanks and joiners, marks of direction, soft hyphens, byte-order marks. A zero-width non-joiner is Persian spelling.
HIDDEN = re.compile("[\u00ad\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def clean(text: str) -> tuple[str, list[int] | None]:
    """Return a text without hidden characters, and for each that is left its offset before; None where nothing was taken out.

    >>> clean("a\\u200bb")
    ('ab', [0, 2])
    """
    if HIDDEN.search(text) is None:
        return text, None
    kept = [number for number, char in enumerate(text) if HIDDEN.match(char) is None]
    return "".join(text[number] for number in kept), kept
