"""Reads the markup: a header, sentences with marked words, and a line for each claim.

A file is read whole and every fault is told with its line, so that who edits it mends all at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from corpus.claim_line import ClaimLine, ClaimLineError, read_claim_line
from corpus.records import REGISTERS, ROLES, TOPICS, AnnotatedClaim, Mark, MiniDocument, Register
from foreshock import dates
from foreshock.model.values import Span

OPEN = re.compile(r"\[((?:[a-z]{1,2}\d+(?:,\d+)*)(?: [a-z]{1,2}\d+(?:,\d+)*)*):")
ROLE = re.compile(r"([a-z]{1,2})(\d+(?:,\d+)*)")
UNSPACED = frozenset(["ja", "zh"])
PARAGRAPH = "¶"
LONGEST = 5
# What a text with claims may be about besides.
WITH_CLAIMS = ("politics", "anniversary", "old-case", "accident", "obituary", "markets", "sport")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where: the line is counted from 1."""

    path: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


class MarkupError(ValueError):
    """Words that the markup does not know; the message names them."""


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a marked line: a character of the text, or a bracket; ``start`` and ``end`` are where it stands in the line.

    ``value`` is the character itself, the roles that a bracket opens, or empty where it closes.
    """

    kind: Literal["char", "open", "close"]
    value: str
    start: int
    end: int


def tokens(marked: str) -> Iterator[Token]:
    """Yield the parts of a marked line. ``\\[``, ``\\]`` and ``\\\\`` stand for the characters themselves.

    Raises:
        MarkupError: a bracket opens no role.
    """
    at = 0
    while at < len(marked):
        char = marked[at]
        if char == "\\" and marked[at + 1 : at + 2] in {"[", "]", "\\"}:
            token = Token("char", marked[at + 1], at, at + 2)
        elif char == "[":
            match = OPEN.match(marked, at)
            if match is None:
                raise MarkupError(f"{marked[at : at + 24]!r} opens no role; write [a1:words], or \\[ for a bracket of the text")
            token = Token("open", match[1], at, match.end())
        else:
            token = Token("close" if char == "]" else "char", "" if char == "]" else char, at, at + 1)
        yield token
        at = token.end


def read_marked(marked: str, offset: int = 0) -> tuple[str, list[Mark]]:
    """Return the plain words and the marks of one marked line; marks count from ``offset``.

    >>> read_marked("[a1:Police] [t1:arrested] two.")[0]
    'Police arrested two.'

    Raises:
        MarkupError: a bracket is not closed or closes nothing, opens no known role, or marks nothing.
    """
    plain: list[str] = []
    open_: list[tuple[str, int]] = []
    marks: list[Mark] = []
    for token in tokens(marked):
        if token.kind == "char":
            plain.append(token.value)
        elif token.kind == "open":
            open_.append((token.value, offset + len(plain)))
        elif open_:
            roles, start = open_.pop()
            marks.extend(_marks(roles, start, offset + len(plain)))
        else:
            before = marked[token.start : token.start + 24]
            raise MarkupError(f"a ] closes nothing before {before!r}; write \\] for a bracket of the text")
    if open_:
        raise MarkupError(f"[{open_[-1][0]}: is not closed")
    words = "".join(plain)
    for mark in marks:
        inside = words[mark.start - offset : mark.end - offset]
        if not inside or inside != inside.strip():
            raise MarkupError(f"[{mark.role}{mark.claim}:{inside}] is empty or has blanks at its ends")
    return words, marks


def _marks(roles: str, start: int, end: int) -> Iterator[Mark]:
    for role, claims in ROLE.findall(roles):
        if role not in ROLES:
            raise MarkupError(f"{role!r} is no role; roles are {', '.join(ROLES)}")
        for claim in claims.split(","):
            yield Mark(role, int(claim), start, end)


def read_file(path: Path) -> tuple[list[MiniDocument], list[Fault]]:
    """Return the documents of one file and its faults; a document with a fault is left out."""
    language = path.parent.name
    name = f"{language}/{path.name}"
    register = next((one for one in REGISTERS if one == path.stem), None)
    if register is None:
        return [], [Fault(name, 1, f"{path.stem!r} is no register; a file is named for one of {', '.join(REGISTERS)}")]
    documents: list[MiniDocument] = []
    faults: list[Fault] = []
    for line, block in blocks(path.read_text(encoding="utf-8")):
        try:
            documents.append(read_block(block, language=language, register=register, path=name, line=line))
        except _BlockError as error:
            faults.append(Fault(name, error.line, error.what))
    return documents, faults


def blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the documents of a file: the number of the first line, and the lines. Lines before the first header are comment."""
    block: list[str] = []
    first = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("== "):
            if block:
                yield first, block
            block, first = [line], number
        elif block:
            block.append(line)
    if block:
        yield first, block


class _BlockError(Exception):
    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line, self.what = line, what


@dataclass
class _Body:
    """What the lines below a header hold, as far as they are read."""

    joint: str
    text: str = ""
    sentences: list[Span] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    lines: list[tuple[int, ClaimLine]] = field(default_factory=list)
    paragraph: bool = False

    def add(self, raw: str, number: int) -> None:
        """Take one line: comment, paragraph sign, claim or sentence."""
        if not raw.strip() or raw.startswith("#"):
            return
        if raw.strip() == PARAGRAPH:
            self.paragraph = True
        elif raw.startswith(">"):
            self.lines.append((number, read_claim_line(raw[1:].strip())))
        else:
            start = len(self.text) and len(self.text) + len(self._between())
            words, marks = read_marked(raw.strip(), start)
            self.text += (self._between() if self.text else "") + words
            self.sentences.append((start, start + len(words)))
            self.marks.extend(marks)
            self.paragraph = False

    def _between(self) -> str:
        return "\n" if self.paragraph else self.joint


def read_block(block: list[str], *, language: str, register: Register, path: str, line: int) -> MiniDocument:
    """Return one document from its lines."""
    empty = _empty(block[0], language=language, register=register, path=path, line=line)
    body = _Body("" if language in UNSPACED else " ")
    for number, raw in enumerate(block[1:], start=line + 1):
        try:
            body.add(raw, number)
        except (MarkupError, ClaimLineError) as error:
            raise _BlockError(number, str(error)) from None
    if not 1 <= len(body.sentences) <= LONGEST:
        raise _BlockError(line, f"{len(body.sentences)} sentences; a document has one to {LONGEST}, a line each")
    told = {one.number for _, one in body.lines}
    if len(told) != len(body.lines):
        raise _BlockError(line, "two claim lines have one number")
    if loose := sorted({mark.claim for mark in body.marks} - told):
        raise _BlockError(line, f"marks of claim {loose[0]}, which has no line; write > {loose[0]} KIND/mode status")
    if told and empty.topic not in (None, *WITH_CLAIMS):
        raise _BlockError(line, f"about {empty.topic} tells what a text without claims is about, and this has {len(told)}")
    if not told and empty.topic is None:
        raise _BlockError(line, f"no claim: say what it is about, | about {'|'.join(TOPICS)}")
    document = replace(empty, text=body.text, sentences=tuple(body.sentences))
    claims = [_claim(one, number, body.marks, document) for number, one in body.lines]
    return replace(document, claims=tuple(sorted(claims, key=lambda one: (one.around("c"), one.number))))


def _empty(header: str, *, language: str, register: Register, path: str, line: int) -> MiniDocument:
    """Return the document that a header opens, without text yet."""
    parts = [part.strip() for part in header[3:].split("|")]
    if len(parts) < 4:
        form = "== id | Town, 2033-05-04 | KEN | Outlet | group g1 | about sport"
        raise _BlockError(line, f"{header!r} is no header; write {form}")
    name, where, country, outlet, *more = parts
    town, _, day = where.rpartition(",")
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name):
        raise _BlockError(line, f"id {name!r} is not small letters, digits and hyphens")
    if not town.strip() or dates.parse(day) is None or len(day.strip()) != 10:
        raise _BlockError(line, f"{where!r} is no town and day; write Kisumu, 2033-05-04")
    if not re.fullmatch(r"[A-Z]{3}", country) or not outlet:
        raise _BlockError(line, f"country {country!r} is not three letters of ISO 3166, or the outlet is empty")
    found: dict[str, str] = {}
    for one in more:
        key, _, value = one.partition(" ")
        if key not in ("group", "about") or not value or (key == "about" and value not in TOPICS):
            raise _BlockError(line, f"{one!r}: write group NAME, or about {'|'.join(TOPICS)}")
        found[key] = value
    return MiniDocument(
        name, language, register, town.strip(), day.strip(), country, outlet, found.get("group"), found.get("about"), "", (), (),
        path, line,
    )  # fmt: skip


def _claim(line: ClaimLine, number: int, marks: list[Mark], document: MiniDocument) -> AnnotatedClaim:
    mine = tuple(mark for mark in marks if mark.claim == line.number)
    if not any(mark.role == "t" for mark in mine):
        raise _BlockError(number, f"claim {line.number} has no trigger; mark one with [t{line.number}:words]")
    if not any(mark.role == "c" for mark in mine):
        at = next(mark.start for mark in mine if mark.role == "t")
        start, end = document.sentences[document.sentence_of(at)]
        whole = document.text[start:end].rstrip(" .。!?！？؟…।")
        mine += (Mark("c", line.number, start, start + len(whole)),)
    return line.claim(mine, number)
