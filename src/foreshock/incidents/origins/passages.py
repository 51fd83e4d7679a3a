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
# The credit in brackets alone, which is no part of the last sentence.
_CREDIT = re.compile(r"(?<=[.!?؟।。！？…\"”»’」』])\s*[（(【\[][^）)】\]\n.!?。！？]{1,40}[）)】\]]$")
_HEADING = re.compile(r"^\s*#{1,6}\s")
_MARKUP = re.compile(r"^[\s>*_#-]+|[*_]+$")
_DENSE = re.compile(r"[（「『《\u3040-\u30ff\u3400-\u9fff]")
SHORTEST, SHORTEST_DENSE = 8, 4
# A line that was broken to fit a page is at least this long.
WRAPPED = 50


def is_heading(line: str) -> bool:
    """Tell whether a line does not end like a sentence."""
    return not _STOP.search(line)


def paragraphs(text: str) -> list[str]:
    """Return the lines of a text that hold anything, without the marks of Markdown at their ends."""
    return [plain for line in unwrapped(text) if (plain := _plain(line))]


def unwrapped(text: str) -> list[str]:
    """Return the lines of a text; one that is long, ends within a sentence and has another right under it goes on there."""
    lines: list[str] = []
    open_end = False
    for line in text.splitlines():
        if open_end and line.strip():
            lines[-1] = f"{lines[-1].rstrip()} {line.lstrip(' >')}"
        else:
            lines.append(line)
        last = line.strip()
        open_end = len(last) >= WRAPPED and is_heading(_plain(last)) and not _HEADING.match(last)
    return lines


def _plain(line: str) -> str:
    return _MARKUP.sub("", line).strip()


def body(text: str, *, without: Container[str] = ()) -> list[str]:
    """Return the paragraphs that are sentences: lines that end like one. Where hardly any do, all lines.

    ``without`` are lines that are left out, such as credit lines.
    """
    lines = [plain for line in unwrapped(text) if not _HEADING.match(line) and (plain := _plain(line))]
    lines = [line for line in lines if line not in without]
    stopped = [line for line in lines if not is_heading(line)]
    return stopped if sum(map(len, stopped)) >= 0.5 * sum(map(len, lines)) else lines


def sentences(text: str, *, without: Container[str] = ()) -> list[str]:
    """Return the sentences of the body in order; a piece of a few letters goes with the one before it in its paragraph.

    >>> sentences("A headline\\n\\nThe mayor left. He said nothing.")
    ['The mayor left.', 'He said nothing.']
    """
    found: list[str] = []
    for paragraph in body(text, without=without):
        first = len(found)
        for piece in filter(None, map(str.strip, _cut(_CREDIT.sub("", paragraph)))):
            if len(found) > first and len(piece) < (SHORTEST_DENSE if _DENSE.match(piece) else SHORTEST):
                found[-1] = f"{found[-1]}{'' if _DENSE.match(piece) else ' '}{piece}"
            else:
                found.append(piece)
    return found


def _cut(paragraph: str) -> list[str]:
    pieces, at = [], 0
    for end in _END.finditer(paragraph):
        pieces.append(paragraph[at : end.end()])
        at = end.end()
    return [*pieces, paragraph[at:]]
