"""Sentences of English: the cuts that all languages share, and one after a remark that stands whole in its own brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from foreshock.reading.segment import split as shared_split

# "(It resumed later.) Nobody knows why."
WHOLE_REMARK = re.compile(r"\([^()]{1,600}[.!?][\"'”’]?\)(?=\s+[\"'“‘(]?[A-Z0-9])")


def split(text: str) -> Iterator[tuple[int, int]]:
    """Yield half-open spans of the sentences of one paragraph, in order, without the white space between them."""
    for start, end in shared_split(text, language="en"):
        remark = WHOLE_REMARK.match(text, start, end)
        if remark is None:
            yield start, end
            continue
        yield start, remark.end()
        rest = text[remark.end() : end]
        yield remark.end() + len(rest) - len(rest.lstrip()), end
