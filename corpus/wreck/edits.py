"""Edits of an annotated text: words are replaced and every mark, sentence and claim moves with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.records import AnnotatedClaim, Mark, MiniDocument
from foreshock.model import Damage
from foreshock.model.values import DamageKind


@dataclass(frozen=True, slots=True)
class Edit:
    """Words of the clean text and what stands there afterwards; ``kind`` is None where the contract knows no such damage."""

    start: int
    end: int
    new: str
    kind: DamageKind | None
    why: str


@dataclass(frozen=True, slots=True)
class Wreck:
    """A damaged document: its marks fit the damaged text, and its figures say which are lost or suspect.

    ``damage`` holds what was done, with the clean words as the proposal. ``unsure`` are the claims of which so much is gone
    that a reader may tell them or not.
    """

    document: MiniDocument
    damage: tuple[Damage, ...]
    unsure: frozenset[int]
    edits: tuple[Edit, ...]


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """Return the text with all edits, which must not overlap."""
    parts, at = [], 0
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        parts += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*parts, text[at:]])


def moved(offset: int, edits: Sequence[Edit], *, end: bool) -> int:
    """Return where an offset of the clean text stands in the damaged one.

    A start inside replaced words moves to their begin, an end to their end.
    """
    shift = 0
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        if edit.end <= offset and not (edit.start == edit.end == offset and not end):
            shift += len(edit.new) - (edit.end - edit.start)
        elif edit.start < offset:
            return edit.start + shift + (len(edit.new) if end else 0)
    return offset + shift


def wrecked(document: MiniDocument, edits: Sequence[Edit], claims: Sequence[AnnotatedClaim] | None = None) -> Wreck:
    """Return the document after the edits; ``claims`` are its claims where their slots changed as well."""
    told = document.claims if claims is None else tuple(claims)
    text = apply_edits(document.text, edits)
    left: list[AnnotatedClaim] = []
    unsure: set[int] = set()
    for claim in told:
        after = [(mark, _mark(mark, edits)) for mark in claim.marks]
        marks = tuple(one for _, one in after if one.end > one.start)
        if not any(mark.role == "t" for mark in marks) or not any(mark.role == "c" for mark in marks):
            continue
        if len(marks) < len(claim.marks):
            unsure.add(claim.number)
        kept = {mark.span for mark, one in after if mark.role == "n" and one.end > one.start}
        counts = tuple(count for span, count in zip(claim.spans("n"), claim.counts, strict=True) if span in kept)
        left.append(_without_lost_slots(replace(claim, marks=marks, counts=counts)))
    sentences = tuple((moved(start, edits, end=False), moved(end, edits, end=True)) for start, end in document.sentences)
    damage = tuple(
        Damage(edit.kind, start, start + len(edit.new), edit.new, document.text[edit.start : edit.end], edit.why)
        for edit in edits
        if edit.kind is not None
        for start in [moved(edit.start, [one for one in edits if one.start < edit.start], end=False)]
    )
    return Wreck(replace(document, text=text, sentences=sentences, claims=tuple(left)), damage, frozenset(unsure), tuple(edits))


def _mark(mark: Mark, edits: Sequence[Edit]) -> Mark:
    return replace(mark, start=moved(mark.start, edits, end=False), end=moved(mark.end, edits, end=True))


def _without_lost_slots(claim: AnnotatedClaim) -> AnnotatedClaim:
    """A slot whose words are gone is not known any more; a holder of whom no words are left neither."""
    depth = 2 if claim.spans("hh") else 1 if claim.spans("h") else 0
    return replace(
        claim,
        parties={role: party for role, party in claim.parties.items() if claim.spans(role)},
        places={role: place for role, place in claim.places.items() if claim.spans(role)},
        time=claim.time if claim.spans("w") else None,
        holder_types=claim.holder_types[:depth],
        holder_names=claim.holder_names[:depth] if claim.holder_names else (),
    )
