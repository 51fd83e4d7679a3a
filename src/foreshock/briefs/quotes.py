"""The original words of a claim in their sentence, cut into segments that say which words are claimed and which are damaged."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from foreshock.briefs.brief import Quote
from foreshock.briefs.depths import depth_of
from foreshock.model import Claim, Damage, Reading

LONGEST = 600
MARGIN = 200
# Controls that could repaint a terminal, and overrides that could reorder a line: shown as U+FFFD, never obeyed.
_UNSAFE = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
_HARMLESS = {"\u200c", "\u200d", "\u00ad"}
# Any run of blanks but one that ties, as between thousands or before a French colon.
_BLANKS = re.compile(r"(?![\u00a0\u202f](?!\s))\s+")


class KindEntry(Protocol):
    """What a brief needs of a kind of the codebook."""

    @property
    def gloss(self) -> str:
        """One or two sentences on the kind."""


class Codebook(Protocol):
    """What a brief needs of the codebook."""

    @property
    def kinds(self) -> Mapping[str, KindEntry]:
        """Kinds by name."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of a quote under one set of marks; ``number`` counts the quote's damages from 1."""

    text: str
    claimed: bool
    damage: Damage | None
    number: int


def safe(text: str) -> str:
    """Return a text on one line, with control and reordering characters made visible as U+FFFD."""
    flat = _BLANKS.sub(" ", text).strip()
    if flat.isprintable():  # nothing of these classes is in it
        return flat
    return "".join("\ufffd" if unicodedata.category(one) in _UNSAFE and one not in _HARMLESS else one for one in flat)


def quote_of(claim: Claim, reading: Reading, codebook: Codebook | None) -> Quote:
    """Return the receipt of a claim: the whole sentences it touches, or 200 characters around it where those are very long."""
    document = reading.document
    start, end, cut = _stretch(claim, reading)
    damage = {(one.start, one.end, one.kind): one for one in (*claim.damage, *_all_damage(reading))}
    touching = [one for one in damage.values() if one.start < end and one.end > start]
    entry = codebook.kinds.get(claim.kind) if codebook else None
    return Quote(
        claim_id=claim.id,
        document_id=document.id,
        source=document.source,
        title=document.title,
        published=document.published,
        language=claim.language,
        depth=depth_of(claim.coder),
        start=start,
        end=end,
        text=document.text[start:end],
        cut=cut,
        claimed=(claim.start, claim.end),
        damage=tuple(sorted(touching, key=lambda one: (one.start, one.end))),
        holders=claim.holders,
        kind=claim.kind,
        mode=claim.mode,
        gloss=entry.gloss if entry else None,
        status=claim.status,
        negated=claim.negated,
        certainty=claim.certainty,
        phase=claim.phase,
        basis=claim.basis,
        confidence=claim.confidence,
        coder=claim.coder,
    )


def segments(quote: Quote) -> list[Segment]:
    """Cut a quote where marks begin and end; joined, the segments are the quote's text."""
    edges = {quote.start, quote.end, *quote.claimed}
    for one in quote.damage:
        edges |= {one.start, one.end}
    cuts = sorted(edge for edge in edges if quote.start <= edge <= quote.end)
    return [_segment(quote, start, end) for start, end in pairwise(cuts) if end > start]


def _segment(quote: Quote, start: int, end: int) -> Segment:
    found = next(((n, one) for n, one in enumerate(quote.damage, 1) if one.start <= start and end <= one.end), (0, None))
    claimed = quote.claimed[0] <= start and end <= quote.claimed[1]
    return Segment(quote.text[start - quote.start : end - quote.start], claimed, found[1], found[0])


def _stretch(claim: Claim, reading: Reading) -> tuple[int, int, bool]:
    touched = [one for one in reading.sentences if one.start < claim.end and one.end > claim.start]
    start = min([claim.start, *(one.start for one in touched)])
    end = max([claim.end, *(one.end for one in touched)])
    if end - start <= LONGEST:
        return start, end, False
    near = max(start, claim.start - MARGIN), min(end, claim.end + MARGIN)
    return *near, near != (start, end)


def _all_damage(reading: Reading) -> Iterator[Damage]:
    yield from reading.document.damage
    for sentence in reading.sentences:
        yield from sentence.damage
