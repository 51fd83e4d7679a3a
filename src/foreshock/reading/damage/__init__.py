"""Where a text is not what its author wrote. One detector a file; each says what it found, why, and what it proposes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from foreshock.model import Damage, Sentence
from foreshock.ontology.outlets import Outlet, load
from foreshock.reading import repair
from foreshock.reading.damage import lost, punctuation
from foreshock.reading.damage.page import Detector, Page


def _mojibake(page: Page, found: Sequence[Damage]) -> Iterator[Damage]:
    return repair.find(page.text)


# Later detectors argue from what earlier ones found: suspect numbers from lost ones, glued names from any damage.
DETECTORS: tuple[Detector, ...] = (lost.find, punctuation.find, _mojibake)


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
    found: dict[tuple[str, int, int], Damage] = {}
    for detector in DETECTORS:
        for one in tuple(detector(page, tuple(found.values()))):
            _keep(found, one)
    return tuple(sorted(found.values(), key=lambda one: (one.start, one.end, one.kind)))


def _keep(found: dict[tuple[str, int, int], Damage], one: Damage) -> None:
    """Keep the longest of overlapping spans of one kind; of the same span, the one that has a proposal, else the later."""
    for key, other in list(found.items()):
        if other.kind == one.kind and other.start < one.end and one.start < other.end:
            longer = one.end - one.start > other.end - other.start
            same = (one.start, one.end) == (other.start, other.end)
            if not longer and not (same and (one.proposal is not None or other.proposal is None)):
                return
            del found[key]
    found[(one.kind, one.start, one.end)] = one
