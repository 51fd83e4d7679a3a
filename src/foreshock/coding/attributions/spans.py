"""Spans of words: subtrees, clauses with all that hangs on them, and the trimming of their ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from foreshock.model import Span
from foreshock.reading.languages.base import Argument, Clause, Parse, Token

LOOSE = " \t\n\u00a0\u3000,;:.、。，．-–—"
OPENING = "\"“„«「『‘'（(["
CLOSING = "\"”»」』’'）)]"
LEFT = {")": "(", "）": "（"}
RIGHT = frozenset(LEFT)
ANSWERS = re.compile(f"[{re.escape(CLOSING)}]")
ASKS = re.compile(f"[{re.escape(OPENING)}]")


@dataclass(slots=True)
class Tree:
    """A parse with, for each token, the first and last token of its subtree, and the clauses below each clause.

    A parse whose heads form a cycle is read up to the cycle.
    """

    parse: Parse
    text: str
    first: list[int] = field(init=False)
    last: list[int] = field(init=False)
    children: list[list[int]] = field(init=False)
    below: dict[int, list[Clause]] = field(init=False)

    def __post_init__(self) -> None:
        tokens = self.parse.tokens
        self.children = [[] for _ in tokens]
        roots = []
        for token in tokens:
            if token.head == token.index:
                roots.append(token.index)
            else:
                self.children[token.head].append(token.index)
        self.first = [token.index for token in tokens]
        self.last = [token.index for token in tokens]
        order, stack = [], roots
        while stack:
            here = stack.pop()
            order.append(here)
            stack.extend(self.children[here])
        for here in reversed(order):
            for child in self.children[here]:
                self.first[here] = min(self.first[here], self.first[child])
                self.last[here] = max(self.last[here], self.last[child])
        self.below = {}
        for clause in self.parse.clauses:
            if clause.parent is not None:
                self.below.setdefault(clause.parent, []).append(clause)

    def subtree(self, index: int) -> Span:
        """Return the span of a token with all that depends on it."""
        tokens = self.parse.tokens
        return tokens[self.first[index]].start, tokens[self.last[index]].end

    def word(self, index: int) -> Token:
        """Return a token."""
        return self.parse.tokens[index]

    def phrase(self, argument: Argument) -> Span:
        """Return an argument's words with its relative clauses; its adposition stays outside."""
        start, end = argument.start, argument.end
        head = self.parse.tokens[argument.head]
        for child in self.children[argument.head]:
            token = self.parse.tokens[child]
            if token.dep.split(":")[0] in ("acl", "appos", "nmod", "conj") and token.start > head.start:
                end = max(end, self.subtree(child)[1])
        return self.trimmed((start, end))

    def family(self, clause: Clause) -> list[Clause]:
        """Return a clause and every clause below it."""
        found, stack, seen = [], [clause], {clause.index}
        while stack:
            here = stack.pop()
            found.append(here)
            for child in self.below.get(here.index, ()):
                if child.index not in seen:
                    seen.add(child.index)
                    stack.append(child)
        return found

    def whole(self, clause: Clause, *, without: Iterable[Clause] = ()) -> Span:
        """Return the span of a clause with all that hangs on it, but not the given clauses below it."""
        left_out = {one.index for one in without}
        kept, stack = [], [clause]
        seen = {clause.index, *left_out}
        while stack:
            here = stack.pop()
            kept.append(here)
            for child in self.below.get(here.index, ()):
                if child.index not in seen:
                    seen.add(child.index)
                    stack.append(child)
        return self.trimmed((min(one.start for one in kept), max(one.end for one in kept)))

    def trimmed(self, span: Span) -> Span:
        """Return a span without blanks and stops at its ends."""
        return trimmed(self.text, span)


def trimmed(text: str, span: Span) -> Span:
    """Return a span without blanks, stops, brackets and quotation marks at its ends that nothing inside it answers."""
    start, end = _bare(text, *span)
    if start < end and text[start] in OPENING and not ANSWERS.search(text, start + 1, end):
        while start < end and (text[start] in OPENING or text[start] in LOOSE):
            start += 1
    if start < end and text[end - 1] in CLOSING and not _elided(text, start, end) and not ASKS.search(text, start, end - 1):
        while start < end and (text[end - 1] in CLOSING or text[end - 1] in LOOSE) and not _abbreviated(text, start, end):
            end -= 1
    start, end = _bare(text, start, end)
    if (
        text[end : end + 1] in RIGHT
        and text[end : end + 1]
        and text.rfind(LEFT[text[end]], start, end) > text.rfind(text[end], start, end)
    ):
        return start, end + 1
    return start, end


def _bare(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in LOOSE:
        start += 1
    while start < end and text[end - 1] in LOOSE and not _abbreviated(text, start, end):
        end -= 1
    return start, end


def _abbreviated(text: str, start: int, end: int) -> bool:
    """Whether a final full stop belongs to an abbreviation: "N.J."."""
    return text[end - 1] == "." and end - 3 >= start and text[end - 2].isupper() and not text[end - 3].isalnum()


def _elided(text: str, start: int, end: int) -> bool:
    """Whether a final apostrophe belongs to a word: "the ministers'"."""
    return text[end - 1] in "'’" and end - 2 >= start and text[end - 2].isalpha()


def without(span: Span, holes: Sequence[Span], text: str) -> list[Span]:
    """Return what is left of a span when others are cut out of it, trimmed; empty parts are dropped."""
    parts, at = [], span[0]
    for start, end in sorted(holes):
        if end <= at or start >= span[1]:
            continue
        if start > at:
            parts.append((at, start))
        at = max(at, end)
    if at < span[1]:
        parts.append((at, span[1]))
    return [one for one in (trimmed(text, part) for part in parts) if one[0] < one[1]]


def joined(spans: Iterable[Span], text: str) -> list[Span]:
    """Return spans in order, those that overlap or have no word between them as one."""
    found: list[Span] = []
    for start, end in sorted(set(spans)):
        if found and not any(char.isalnum() for char in text[found[-1][1] : start]):
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def overlap(one: Span, other: Span) -> int:
    """Return how many characters two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))
