"""Whether a feed gives an item whole, or a summary of it; what says so is a table, ``stub.yaml``."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from foreshock.knowledge import load_table

WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
TAIL = 60


@cache
def _table() -> dict[str, Any]:
    return dict(load_table("foreshock.sources.feeds", "stub.yaml"))


def is_stub(text: str, *, content: bool, link: str) -> bool:
    """Return whether a text is a summary only.

    Args:
        text: as plain text.
        content: whether the feed gives it as the content and not as a summary.
        link: the address of the whole; without one the text is all there is.
    """
    if not link:
        return False
    tail = text[-TAIL:].rstrip(" \n»>→").lower()
    if tail.endswith(tuple(_table()["ends"])):
        return True
    return is_short(text, content=content)


def is_short(text: str, *, content: bool = True) -> bool:
    """Return whether a text has fewer letters than a whole article has."""
    letters = len(text) + 2 * len(WIDE.findall(text))
    return letters < int(_table()["shortest_content" if content else "shortest_summary"])
