"""Where a text is not what its author wrote. One detector a file; each says what it found, why, and what it proposes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from foreshock.model import Damage, Sentence
from foreshock.ontology.outlets import Outlet, load
from foreshock.reading import repair
from foreshock.reading.damage import counts, fragment, glued, lost, polarity, punctuation, suspect, translated, units
from foreshock.reading.damage.page import Detector, Page


def _mojibake(page: Page) -> Iterator[Damage]:
    return repair.find(page.text)


# Later detectors argue from what earlier ones found: suspect numbers from lost ones, glued names from any damage.
DETECTORS: tuple[Detector, ...] = (
    lost.find, suspect.find, units.find, punctuation.find, _mojibake, counts.find, glued.find, translated.find, fragment.find,
    polarity.find,
)  # fmt: skip


def detect(
    text: str, *, language: str, sentences: Sequence[Sentence], outlets: Sequence[Outlet] | None = None
) -> tuple[Damage, ...]:
    """Return the damage in a text, in order of the text, each span and kind once.

    Args:
        text: the document's text; offsets count its code points.
        language: its ISO 639 code; kinds that need words are found in the languages that have a table.
        sentences: the sentences of the text, in order.
        outlets: outlets whose names may have been translated; those of the package where None.
    """
    page = Page(text, language, tuple(sentences), load() if outlets is None else tuple(outlets))
    found: list[Damage] = []
    for detector in DETECTORS:
        found.extend(tuple(detector(replace(page, found=tuple(found)))))
    return _settled(found)


def _settled(found: Sequence[Damage]) -> tuple[Damage, ...]:
    """Return the damage in order; of overlapping spans of one kind the longest, of the same span the one with a proposal."""
    kept: list[Damage] = []
    last: dict[str, int] = {}
    for one in sorted(found, key=lambda one: (one.start, one.start - one.end, one.proposal is None)):
        if one.start >= last.get(one.kind, 0):
            kept.append(one)
            last[one.kind] = one.end
    return tuple(sorted(kept, key=lambda one: (one.start, one.end, one.kind)))
