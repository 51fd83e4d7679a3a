"""Adds marks and slots to texts from a table, so that one slot can be gone through for a whole language.

A row has six columns, tab-separated: file (``it/wire.txt``), id of the document, number of the claim, role, words, and what the
claim's line says of it (``ITA CVL = name`` for parties, nothing for roles without a slot). The words are looked for in the
sentence of the claim's trigger first, then in the whole document; they must stand there once. Instead of words ``-`` takes the
role's marks and slot away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus.checks import SLOTS
from corpus.markup import Token, read_marked, tokens


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table."""

    file: str
    document: str
    claim: int
    role: str
    words: str
    slot: str

    @classmethod
    def read(cls, line: str) -> Row:
        """Return the row of a line.

        Raises:
            ValueError: it has not six columns.
        """
        parts = [part.strip() for part in line.rstrip("\n").split("\t")]
        if len(parts) == 5:
            parts.append("")
        if len(parts) != 6 or not parts[2].isdecimal():
            raise ValueError(f"{line!r} has not the columns file, document, claim, role, words, slot")
        return cls(parts[0], parts[1], int(parts[2]), parts[3], parts[4], parts[5])


def apply_rows(rows: Iterable[Row], texts: Path) -> list[str]:
    """Change the files by the rows, and return what could not be done, in words; the other rows are done."""
    refused: list[str] = []
    by_file: dict[str, list[Row]] = {}
    for row in rows:
        by_file.setdefault(row.file, []).append(row)
    for file, some in by_file.items():
        path = texts / file
        lines = path.read_text(encoding="utf-8").split("\n")
        for row in some:
            try:
                _apply(row, lines)
            except ValueError as error:
                refused.append(f"{row.file} {row.document}/{row.claim} {row.role} {row.words!r}: {error}")
        path.write_text("\n".join(lines), encoding="utf-8")
    return refused


def _apply(row: Row, lines: list[str]) -> None:
    first = next((at for at, line in enumerate(lines) if line.startswith(f"== {row.document} |")), None)
    if first is None:
        raise ValueError("no such document")
    last = next((at for at in range(first + 1, len(lines)) if lines[at].startswith("== ")), len(lines))
    block = range(first + 1, last)
    told = next((at for at in block if lines[at].startswith(f"> {row.claim} ")), None)
    if told is None:
        raise ValueError("no such claim")
    texts = [at for at in block if lines[at].strip() and not lines[at].startswith((">", "#", "¶"))]
    if row.words == "-":
        for at in texts:
            lines[at] = unmarked(lines[at], row.role, row.claim)
        lines[told] = _without_slot(lines[told], row.role)
        return
    own = [at for at in texts if re.search(rf"\[[^\]:]*\bt{row.claim}\b[^\]:]*:", lines[at]) or f"t{row.claim}" in lines[at]]
    for some in (own, texts):
        found = [at for at in some if row.words in read_marked(lines[at])[0]]
        if found:
            break
    else:
        raise ValueError("the words do not stand in the document")
    if len(found) > 1 or read_marked(lines[found[0]])[0].count(row.words) > 1:
        raise ValueError("the words stand there more than once; take more of them")
    lines[found[0]] = marked(lines[found[0]], row.words, f"{row.role}{row.claim}")
    if row.role in SLOTS and row.slot:
        lines[told] = f"{_without_slot(lines[told], row.role)}; {SLOTS[row.role]} {row.slot}"


def _without_slot(line: str, role: str) -> str:
    slot = SLOTS.get(role)
    parts = line.split(";")
    return ";".join(part for part in parts if slot is None or not part.strip().startswith(f"{slot} "))


def marked(line: str, words: str, role: str) -> str:
    """Return a marked line with one more mark around some words of its plain text.

    >>> marked("[a1:Police] [t1:arrested] two men.", "two men", "r1")
    '[a1:Police] [t1:arrested] [r1:two men].'

    Raises:
        ValueError: the mark would cross another.
    """
    start = read_marked(line)[0].index(words)
    end = start + len(words)
    spans, chars = _spans(line)
    for first, last, *_ in spans:
        if first < start < last < end or start < first < end < last:
            raise ValueError("the mark would cross another; take more or fewer words")
    # Marks that lie within the new one go inside it, also where they begin or end with it.
    before = min([chars[start].start, *[at for first, last, at, _ in spans if first == start and last <= end]])
    after = max([chars[end - 1].end, *[at for first, last, _, at in spans if last == end and first >= start]])
    return f"{line[:before]}[{role}:{line[before:after]}]{line[after:]}"


def unmarked(line: str, role: str, claim: int) -> str:
    """Return a marked line without the marks of one role of one claim."""
    out: list[str] = []
    kept: list[bool] = []
    for token in tokens(line):
        if token.kind == "open":
            roles = [part for one in token.value.split(" ") if (part := _less(one, role, claim))]
            kept.append(bool(roles))
            out.append(f"[{' '.join(roles)}:" if roles else "")
        elif token.kind == "char" or kept.pop():
            out.append(line[token.start : token.end])
    return "".join(out)


def _less(part: str, role: str, claim: int) -> str:
    name = part.rstrip("0123456789,")
    numbers = [one for one in part[len(name) :].split(",") if name != role or int(one) != claim]
    return f"{name}{','.join(numbers)}" if numbers else ""


def _spans(line: str) -> tuple[list[tuple[int, int, int, int]], list[Token]]:
    """Return for each mark its span in the plain text and in the line, and the characters of the plain text."""
    open_: list[tuple[int, int]] = []
    found: list[tuple[int, int, int, int]] = []
    chars: list[Token] = []
    for token in tokens(line):
        if token.kind == "char":
            chars.append(token)
        elif token.kind == "open":
            open_.append((len(chars), token.start))
        else:
            start, where = open_.pop()
            found.append((start, len(chars), where, token.end))
    return found, chars
