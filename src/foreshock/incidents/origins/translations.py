"""Copies in other words: translations, and rewrites that tell the same things in the same order.

Two independent reports of one event share sentences too (the count of the dead, the ministry's statement). A copy shares nearly
all that it has, in order, and its numbers; so what is asked is the share of a text's letters that stands in aligned pairs. A text
that leaves much out but adds nothing is a shortened copy; one that adds is not.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from foreshock.incidents.origins.alignment import Bead, align, covered
from foreshock.incidents.origins.copies import Credited
from foreshock.incidents.origins.numbers import numbers
from foreshock.incidents.origins.policy import policy
from foreshock.incidents.origins.signature import Signature

# By so much more of its letters must one text be covered for it to be the shortened one.
FULLER = 0.1


@dataclass(frozen=True, slots=True)
class Told:
    """A document's sentences with their vectors (unit length, one row each)."""

    signature: Signature
    sentences: Sequence[str]
    vectors: Any


class Renderings:
    """Documents with their vectors at hand, by document and version; those asked for longest ago go.

    ``most`` is how many sentences are kept: 20,000 vectors of 512 single-precision numbers are 40 MB.
    """

    def __init__(self, most: int = 20_000) -> None:
        """Keep nothing yet."""
        self.most = most
        self._told: OrderedDict[tuple[str, str], Told] = OrderedDict()
        self._sentences = 0

    def find(self, signature: Signature) -> Told | None:
        """Return a document with its vectors where it is at hand."""
        key = (signature.document_id, signature.version)
        if key in self._told:
            self._told.move_to_end(key)
        return self._told.get(key)

    def keep(self, told: Told) -> None:
        """Keep a document."""
        self._told[told.signature.document_id, told.signature.version] = told
        self._sentences += len(told.sentences)
        while self._sentences > self.most and len(self._told) > 1:
            _, gone = self._told.popitem(last=False)
            self._sentences -= len(gone.sentences)

    def clear(self) -> None:
        """Forget all."""
        self._told.clear()
        self._sentences = 0


@dataclass(frozen=True, slots=True)
class Rendering:
    """Evidence that one document renders another.

    ``score`` is the larger share of a text's letters that is covered, 0 to 1; ``shorter`` the document that has hardly anything
    of its own while the other has, or None.
    """

    score: float
    shorter: str | None
    why: str


def rendered(one: Told, other: Told, credit: Credited) -> Rendering | None:
    """Return what makes one document a rendering of the other, or None."""
    rules = policy().alignment
    beads = align(one.vectors, other.vectors, least=rules.least_margin, merge=rules.merge, part=rules.part)
    strong = [bead for bead in beads if bead.margin >= rules.strong_margin]
    whole = min(_shares(beads, one, other)) >= rules.whole and max(_shares(strong, one, other)) >= rules.whole_strong
    if not credit.known and not whole:
        beads = strong
    shares = _shares(beads, one, other)
    # Where nobody is credited, two sentences against one count as one pair.
    size = _aligned(beads) if credit.known else len(beads)
    if size < rules.least_sentences or max(shares) < _least(one.signature, other.signature, credit):
        return None
    agree, fewer = _numbers(beads, one, other)
    if fewer >= rules.numbers_from and agree < rules.numbers_agree * fewer:
        return None
    if not credit.known and agree < rules.numbers_from and max(shares) < rules.covered_alone:
        return None
    side = 0 if shares[0] >= shares[1] else 1
    told = (one, other)[side]
    shorter = told.signature.document_id if abs(shares[0] - shares[1]) > FULLER else None
    return Rendering(max(shares), shorter, _why(told, (other, one)[side], beads, side, agree))


def _shares(beads: Sequence[Bead], one: Told, other: Told) -> tuple[float, float]:
    return covered(beads, one.sentences, 0), covered(beads, other.sentences, 1)


def _aligned(beads: Sequence[Bead]) -> int:
    """Return how many sentences are aligned, of the text that has more of them."""
    return max(sum(end - start for start, end in sides) for sides in ([b.left for b in beads], [b.right for b in beads]))


def _least(one: Signature, other: Signature, credit: Credited) -> float:
    """Return how much of a text must be covered."""
    rules = policy().alignment
    if credit.known:
        return rules.covered_named
    marked = any(mark.how != "lead" for mark in (*one.credits, *other.credits))
    return rules.covered_credited if marked or set(one.quotes) & set(other.quotes) else rules.covered


def _numbers(beads: Sequence[Bead], one: Told, other: Told) -> tuple[int, int]:
    """Return how many numbers of the aligned sentences agree, and how many the text with fewer of them has there."""
    left = {value for bead in beads for text in one.sentences[slice(*bead.left)] for value in numbers(text)}
    right = {value for bead in beads for text in other.sentences[slice(*bead.right)] for value in numbers(text)}
    return len(left & right), min(len(left), len(right))


def _why(told: Told, other: Told, beads: Sequence[Bead], side: int, agree: int) -> str:
    aligned = sum(end - start for start, end in ((bead.left, bead.right)[side] for bead in beads))
    mean = sum(bead.cosine for bead in beads) / len(beads)
    own, foreign = told.signature.language, other.signature.language
    whose, where = (f" of the text in {own}", f"that in {foreign}") if own != foreign else ("", "the other text")
    return (
        f"{aligned} of {len(told.sentences)} sentences{whose} align with {where} in order (mean cosine {mean:.2f}), "
        f"{agree} number{'' if agree == 1 else 's'} agree{'s' if agree == 1 else ''}"
    )
