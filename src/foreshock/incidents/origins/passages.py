"""The sentences of a text's body, without headline, dateline, byline and credits.

A splitter of our own, as rooms do not import each other: what it must give is comparable pieces in any language, not sentences
that a parser could use. Pieces of two languages that were cut differently are joined again where they are aligned.
"""

from __future__ import annotations

import re
from collections.abc import Container

# A full stop of a spaced script ends a sentence before a space; those of CJK need none, but a closing bracket stays with them.
_END = re.compile(r"(?<=[.!?؟।])[\"”»’')\]]*\s+(?=[^a-zа-я\d])|(?<=[。！？])[」』”）]*")
# A stop, closing marks, and a credit in brackets: "... dead." (Reuters)
_STOP = re.compile(r"[.!?؟।。！？…][\"”»’'」』）)\]]*(?:\s*[（(【\[][^）)】\]\n]{1,40}[）)】\]])?$")
_HEADING = re.compile(r"^\s*#{1,6}\s")
_MARKUP = re.compile(r"^[\s>*_#-]+|[*_]+$")
SHORTEST = 8


def is_heading(line: str) -> bool:
    """Tell whether a line does not end like a sentence."""
    return not _STOP.search(line)


def paragraphs(text: str) -> list[str]:
    """Return the lines of a text that hold anything, without the marks of Markdown at their ends."""
    lines = (_MARKUP.sub("", line).strip() for line in text.splitlines())
    return [line for line in lines if line]


def body(text: str, *, without: Container[str] = ()) -> list[str]:
    """Return the paragraphs that are sentences: lines that end like one. Where hardly any do, all lines.

    ``without`` are lines that are left out, such as credit lines.
    """
    lines = [plain for line in text.splitlines() if not _HEADING.match(line) and (plain := _MARKUP.sub("", line).strip())]
    lines = [line for line in lines if line not in without]
    stopped = [line for line in lines if not is_heading(line)]
    return stopped if sum(map(len, stopped)) >= 0.5 * sum(map(len, lines)) else lines


def sentences(text: str, *, without: Container[str] = ()) -> list[str]:
    """Return the sentences of the body in order; pieces under eight characters go with what follows or stand before them.

    >>> sentences("A headline\\n\\nThe mayor left. He said nothing.")
    ['The mayor left.', 'He said nothing.']
    """
    found: list[str] = []
    for paragraph in body(text, without=without):
        pieces = [piece.strip() for piece in _cut(paragraph) if piece.strip()]
        for piece in pieces:
            if found and len(piece) < SHORTEST:
                found[-1] = f"{found[-1]} {piece}"
            else:
                found.append(piece)
    return found


def _cut(paragraph: str) -> list[str]:
    pieces, at = [], 0
    for end in _END.finditer(paragraph):
        pieces.append(paragraph[at : end.end()])
        at = end.end()
    return [*pieces, paragraph[at:]]
