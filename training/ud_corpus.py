"""Treebanks of Universal Dependencies as surface tokens: what a pipeline sees is the text, not the words of its analysis.

A multiword token ("del" = "de" + "el", "dárselo" = "dar" + "se" + "lo") becomes one token again, which takes the analysis of the
word that the others lean on; so every token has offsets in the text. Format: https://universaldependencies.org/format.html.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

COLUMNS = 10


@dataclass(frozen=True, slots=True)
class Word:
    """One line of CoNLL-U; ``head`` is an index into the sentence's words, its own at a root."""

    form: str
    lemma: str
    upos: str
    feats: str
    dep: str
    head: int
    space: bool


Sentence = tuple[Word, ...]


def read(path: Path, *, keep_words: bool = False) -> Iterator[Sentence]:
    """Yield the sentences of a CoNLL-U file (``.gz`` or plain) as surface tokens; ``keep_words`` leaves "del" as two.

    Raises:
        ValueError: a line has not ten columns.
    """
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    lines: list[list[str]] = []
    if text:
        for line in text.split("\n"):
            if line.startswith("#"):
                continue
            if line:
                columns = line.split("\t")
                if len(columns) != COLUMNS:
                    raise ValueError(f"{path.name}: not a line of CoNLL-U: {line!r}")
                lines.append(columns)
            elif lines:
                yield surface(lines, keep_words=keep_words)
                lines = []
    if lines:
        yield surface(lines, keep_words=keep_words)


def surface(lines: list[list[str]], *, keep_words: bool = False) -> Sentence:
    """Return the tokens of one sentence's lines; ``keep_words`` leaves multiword tokens split."""
    words: dict[int, Word] = {}
    groups: list[tuple[int, int, str, bool]] = []
    for columns in lines:
        number, form, lemma, upos, _, feats, head, dep, _, misc = columns
        space = "SpaceAfter=No" not in misc
        if "-" in number:
            first, last = (int(part) for part in number.split("-"))
            groups.append((first, last, form, space))
        elif "." not in number:
            words[int(number)] = Word(form, lemma, upos, "" if feats == "_" else feats, dep, int(head), space)
    merged: dict[int, int] = {}
    for begin, end, whole, gap in [] if keep_words else groups:
        inside = range(begin, end + 1)
        outer = next(index for index in inside if words[index].head not in inside)
        words[begin] = replace(words[outer], form=whole, space=gap)
        for index in inside:
            merged[index] = begin
            if index != begin:
                del words[index]
    place = {one: index for index, one in enumerate(sorted(words))}
    found = []
    for one in sorted(words):
        above = one if words[one].head == 0 else merged.get(words[one].head, words[one].head)
        found.append(replace(words[one], head=place[above]))
    return tuple(found)


def features(feats: str, keep: frozenset[str]) -> str:
    """Return the features of a word that are to be learned, in the order of the file."""
    return "|".join(part for part in feats.split("|") if part.partition("=")[0] in keep)
