"""Wrapping for the terminal that may break between ideographs, as their readers do; rich breaks at blanks only."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text

# Signs that may not open a line, and those that may not close one.
_CLOSING = frozenset("、。，．・：；？！」』）］｝】〉》”’…ー々,.:;?!)]}◂⟧”")
_TYING = frozenset("\u00a0\u202f")  # stand between thousands, before a sign
_OPENING = frozenset("「『（［｛【〈《“‘([{▸⟦")


def wrapped(text: Text, width: int) -> list[Text]:
    """Return the text in lines of at most ``width`` columns; a longer word without a place to break is cut."""
    from rich.cells import cell_len  # noqa: PLC0415 - heavy: only a brief needs it

    plain = text.plain
    cuts: list[int] = []
    start, room, candidate = 0, width, 0
    for at, char in enumerate(plain):
        size = cell_len(char)
        if at > start and _breakable(plain, at):
            candidate = at
        if size > room and not char.isspace():
            cut = candidate if candidate > start else at
            cuts.append(cut)
            start, room = cut, width - cell_len(plain[cut:at])
        room -= size
    lines = text.divide(cuts) if cuts else [text]
    for line in lines:
        line.rstrip()
    return list(lines)


def _breakable(plain: str, at: int) -> bool:
    before, after = plain[at - 1], plain[at]
    if before.isspace():
        return before not in _TYING
    if after.isspace() or after in _CLOSING or before in _OPENING:
        return False
    return _wide(before) or _wide(after)


def _wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in {"W", "F"}
