"""How deep a text was read, in words, by the coder of its claims."""

from __future__ import annotations

DEPTHS = {"parsed": "read in depth", "surface": "read on the surface only", "encoder": "read by the trained encoder"}


def depth_of(coder: str) -> str:
    """Return how deep a coder reads, a key of ``DEPTHS``.

    >>> depth_of("rules-de-surface@1"), depth_of("encoder@1")
    ('surface', 'encoder')
    """
    if coder.startswith("encoder@"):
        return "encoder"
    return "surface" if "surface" in coder else "parsed"
