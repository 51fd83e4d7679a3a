"""Where a text is not what its author wrote. One detector a file; each says what it found, why, and what it proposes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from foreshock.model import Damage, Sentence
from foreshock.ontology.outlets import Outlet, load
from foreshock.reading import repair
from foreshock.reading.damage import counts, fragment, glued, lost, polarity, punctuation, signs, suspect, translated, units
from foreshock.reading.damage.page import Detector, Page


def _mojibake(page: Page) -> Iterator[Damage]:
    return repair.find(page.text)


# Later detectors argue from what earlier ones found: suspect numbers from lost ones, glued names from any damage.
DETECTORS: tuple[Detector, ...] = (
    lost.find, suspect.find, units.find, punctuation.find, _mojibake, counts.find, glued.find, translated.find, fragment.find,
    polarity.find,
)  # fmt: skip
# Without its sign a detector finds nothing; those that are not here look at every text.
SIGNS: dict[Detector, Callable[[Page], bool]] = {
    lost.find: signs.may_lose_number, suspect.find: signs.holds_digit, units.find: signs.holds_digit,
    punctuation.find: signs.may_double, counts.find: signs.holds_digit, glued.find: signs.may_glue,
    fragment.find: signs.may_break,
}  # fmt: skip


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
    seen, known = tuple(sentences), load() if outlets is None else tuple(outlets)
    page, found = Page(text, language, seen, known), list[Damage]()
    for detector in DETECTORS:
        sign = SIGNS.get(detector)
        more = tuple(detector(page)) if sign is None or sign(page) else ()
        if more:
            found.extend(more)
            page = Page(text, language, seen, known, tuple(found))
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
