"""Long direct quotations: the same words of a mouth in two texts."""

from __future__ import annotations

import hashlib
import re

from foreshock.incidents.origins.shingles import tokens

# Opening and closing marks of the languages read; a plain mark opens and closes.
_QUOTED = re.compile('[“„«»「『《"]([^“”„«»「」『』"\n]{20,600})[”“»«」』》"]')
LEAST_WORDS, LEAST_CHARACTERS = 7, 14


def quotes(text: str) -> dict[str, str]:
    """Return the keys of a text's long quotations -> their words; what is no longer than a phrase is left out.

    A quotation that is cut by its attribution ("…," she said, "…") is two.
    """
    found: dict[str, str] = {}
    for match in _QUOTED.finditer(text):
        parts = tokens(match[1])
        letters = sum(len(part) for part in parts)
        if len(parts) >= LEAST_WORDS and letters >= LEAST_CHARACTERS:
            key = hashlib.sha256(" ".join(parts).encode("utf-8")).hexdigest()[:16]
            found.setdefault(key, match[1].strip())
    return found
