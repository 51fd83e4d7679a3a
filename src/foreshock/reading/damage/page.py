"""What a detector of damage sees of a text, and the table of counters and years that the detectors share."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foreshock.knowledge import load_table
from foreshock.model import Damage, Sentence
from foreshock.ontology.outlets import Outlet

# Two numbers.
TWO = re.compile(r"\d\D+\d")


@dataclass(frozen=True, slots=True)
class Page:
    """A text as a detector sees it.

    ``sentences`` are in order of the text, ``outlets`` those whose names may be damaged, and ``found`` is what the detectors
    before it found: a number is suspect because another is lost.
    """

    text: str
    language: str
    sentences: Sequence[Sentence]
    outlets: Sequence[Outlet]
    found: Sequence[Damage] = ()

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence that holds ``offset``, or None between sentences."""
        low, high = 0, len(self.sentences)
        while low < high:
            middle = (low + high) // 2
            if self.sentences[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        if low < len(self.sentences) and self.sentences[low].start <= offset:
            return self.sentences[low]
        return None


Detector = Callable[[Page], Iterator[Damage]]


def table(name: str) -> Mapping[str, Any]:
    """Return a YAML table of this package, such as ``units``."""
    return _table(name)


@functools.cache
def _table(name: str) -> Mapping[str, Any]:
    value: Mapping[str, Any] = load_table("foreshock.reading.damage", f"{name}.yaml")
    return value


def rules(name: str, language: str) -> Mapping[str, Any]:
    """Return the rows of a table for a language; an unknown language has none."""
    found: Mapping[str, Any] = table(name).get(language) or {}
    return found


def one_of(words: Sequence[str]) -> str:
    """Return a pattern of any of the words, the longest first; a pattern that never matches where there are none."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)"


def holds_two(text: str) -> bool:
    """Tell whether two numbers stand in a text, of which one may contradict the other."""
    return TWO.search(text) is not None


@functools.cache
def counters(language: str, *kinds: str) -> str:
    """Return the pattern of the language's counters of these kinds (all kinds where none is given), with their word edge.

    Where words are not set apart by blanks, the edge is that no character follows which makes another word of the counter
    (回復, 人権, 至少人类): those stand in ``longer``.
    """
    row = rules("units", language)
    units: Mapping[str, Sequence[str]] = row.get("counters") or {}
    words = sorted(
        {word for kind, found in units.items() if not kinds or kind in kinds for word in found}, key=lambda w: (-len(w), w)
    )
    if row.get("spaced", True):
        return rf"(?:{one_of(words)})(?!\w)"
    longer: Mapping[str, str] = row.get("longer") or {}
    edged = (re.escape(word) + (f"(?![{longer[word]}])" if word in longer else "") for word in words)
    return f"(?:{'|'.join(edged) or r'(?!)'})"
