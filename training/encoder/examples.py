"""Documents of the corpus as arrays of pieces, tags and labels."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from tokenizers import Tokenizer

from corpus.records import AnnotatedClaim, Mark, MiniDocument
from training.encoder.labels import Labels

PREFIX = "query: "
OUT, BEGIN, INSIDE = 0, 1, 2
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ClaimExample:
    """A claim over the pieces of its document.

    Attributes:
        trigger: for each piece whether it stands in the trigger, bool (pieces,).
        tags: for each role and piece 0 out, 1 begin, 2 inside, int (roles, pieces).
        starts, ends: for each role the first and the last piece of its first words, 0 where it has none, int (roles,).
        labels: head -> number of the label.
    """

    trigger: np.ndarray
    tags: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    labels: dict[str, int]


@dataclass(frozen=True, slots=True)
class Example:
    """A document: piece ids, offsets in its text (0, 0 for pieces of the frame), tags of all triggers, and its claims."""

    ids: np.ndarray
    offsets: list[Span]
    tags: np.ndarray
    claims: list[ClaimExample]
    document: MiniDocument


def dev_part(document: MiniDocument, one_in: int = 9) -> bool:
    """Whether a document of the training part is kept for early stopping and calibration: by a hash of its group."""
    name = f"dev\x1f{document.language}\x1f{document.group or document.id}"
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8]) % one_in == 0


def pieces_of(tokenizer: Tokenizer, text: str) -> tuple[np.ndarray, list[Span]]:
    """Return the ids of a text with its prefix, and the offsets of each piece without leading blanks."""
    encoded = tokenizer.encode(PREFIX + text)
    offsets: list[Span] = []
    for start, end in encoded.offsets:
        a, b = max(start - len(PREFIX), 0), max(end - len(PREFIX), 0)
        while a < b and text[a].isspace():
            a += 1
        offsets.append((a, b))
    return np.array(encoded.ids, np.int64), offsets


def covered(offsets: Sequence[Span], span: Span) -> list[int]:
    """Return the pieces that share a character with a span."""
    return [number for number, (a, b) in enumerate(offsets) if a < b and a < span[1] and span[0] < b]


def example_of(document: MiniDocument, tokenizer: Tokenizer, labels: Labels) -> Example:
    """Return the example of a document."""
    ids, offsets = pieces_of(tokenizer, document.text)
    tags = np.zeros(len(ids), np.int64)
    claims = []
    for claim in document.claims:
        made = _claim(claim, offsets, labels)
        if made is None:
            continue
        claims.append(made)
        for span in claim.spans("t"):
            pieces = covered(offsets, span)
            tags[pieces] = INSIDE
            tags[pieces[:1]] = BEGIN
    return Example(ids, offsets, tags, claims, document)


def _claim(claim: AnnotatedClaim, offsets: Sequence[Span], labels: Labels) -> ClaimExample | None:
    trigger = np.zeros(len(offsets), bool)
    for span in claim.spans("t"):
        trigger[covered(offsets, span)] = True
    if not trigger.any():
        return None
    tags = np.zeros((len(labels.roles), len(offsets)), np.int64)
    starts, ends = np.zeros(len(labels.roles), np.int64), np.zeros(len(labels.roles), np.int64)
    for number, role in enumerate(labels.roles):
        spans = claim.spans(role)
        for span in spans:
            pieces = covered(offsets, span)
            tags[number, pieces] = INSIDE
            tags[number, pieces[:1]] = BEGIN
        if spans:
            whole = claim.around(role) if role == "c" else spans[0]
            pieces = covered(offsets, whole or spans[0])
            if pieces:
                starts[number], ends[number] = pieces[0], pieces[-1]
    return ClaimExample(trigger, tags, starts, ends, labels.of(claim))


def joined(documents: Sequence[MiniDocument]) -> MiniDocument:
    """Return documents of one language as one, in this order, as an article has more sentences than a short text."""
    first = documents[0]
    blank = "" if first.language in ("zh", "ja") else " "
    text, claims, sentences = "", [], []
    for document in documents:
        if text:
            text += blank
        at = len(text)
        text += document.text
        sentences.extend((a + at, b + at) for a, b in document.sentences)
        for claim in document.claims:
            marks = tuple(Mark(mark.role, mark.claim, mark.start + at, mark.end + at) for mark in claim.marks)
            claims.append(replace(claim, marks=marks))
    return replace(first, text=text, sentences=tuple(sentences), claims=tuple(claims))


def alone(document: MiniDocument) -> list[MiniDocument]:
    """Return a document as its sentences, each with the claims that are triggered in it and the marks that stand in it."""
    out = []
    for number, (start, end) in enumerate(document.sentences):
        claims = []
        for claim in document.claims:
            if document.sentence_of(claim.spans("t")[0][0]) != number:
                continue
            inside = [mark for mark in claim.marks if start <= mark.start and mark.end <= end]
            marks = tuple(Mark(mark.role, mark.claim, mark.start - start, mark.end - start) for mark in inside)
            claims.append(replace(claim, marks=marks))
        text = document.text[start:end]
        out.append(
            replace(document, id=f"{document.id}.{number}", text=text, sentences=((0, end - start),), claims=tuple(claims))
        )
    return out


def recased(document: MiniDocument, how: str) -> MiniDocument:
    """Return a document in "lower", "upper" or "title" case; as it is where that would change its length."""
    changed = {"lower": str.lower, "upper": str.upper, "title": str.title}[how](document.text)
    return replace(document, text=changed) if len(changed) == len(document.text) else document


def batches(examples: Iterable[Example], *, pieces: int) -> list[list[Example]]:
    """Return examples in batches of about so many pieces, padding counted, those of like length together."""
    order = sorted(examples, key=lambda one: len(one.ids))
    out: list[list[Example]] = [[]]
    for one in order:
        if out[-1] and (len(out[-1]) + 1) * len(one.ids) > pieces:
            out.append([])
        out[-1].append(one)
    return out
