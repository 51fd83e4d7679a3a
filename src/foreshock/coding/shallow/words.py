"""Word patterns of one language, found in one pass over a sentence's tokens.

A pattern is a word, or letters with a ``*`` for any others: ``verhaft*``, ``*angriff``, ``*ministeri*``. A phrase is patterns
joined by blanks. Where a language does not part its words (Chinese), every character is a token and a pattern is a run of
characters.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from foreshock.ontology.fold import han_table

_SAME = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ۀ": "ه", "ک": "ك", "ı": "i",
     "\u200c": "", "\u200f": "", "\u0640": "", "’": "", "'": "", "ʼ": "", "`": "", "\u0307": "", "ґ": "г"}
)  # fmt: skip
_POINTS = dict.fromkeys([*range(0x064B, 0x0660), 0x0670])
LEAST_STEM = 3


@lru_cache(maxsize=20_000)
def folded(word: str) -> str:
    """Return a word as it is looked up: without case, Arabic points, apostrophes, zero-width joints; Chinese simplified."""
    key = unicodedata.normalize("NFKC", word).casefold().translate(_SAME).translate(_POINTS)
    return key.translate(han_table()) if key[:1] >= "\u3400" else key


# Words that an index remembers: a watch that runs for months meets ever new ones.
REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence: half-open offsets in the sentence, its words as written and folded."""

    start: int
    end: int
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern found: which, its first token, how many tokens it covers, and how many letters of it are fixed."""

    pattern: int
    at: int
    size: int
    letters: int


@dataclass(slots=True)
class WordIndex:
    """All patterns of a language under numbers.

    Attributes:
        prefixes: proclitics that may stand before a word, longest first (Arabic و, ال).
        spaced: whether words are parted by blanks.
    """

    prefixes: Sequence[str] = ()
    spaced: bool = True
    numbers: dict[str, int] = field(default_factory=dict)
    _whole: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _starts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _ends: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _inside: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _letters: list[int] = field(default_factory=list)
    _known: dict[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)

    def add(self, pattern: str) -> int:
        """Return the number of a pattern, a new one where it was not known."""
        if pattern not in self.numbers:
            number = self.numbers[pattern] = len(self.numbers)
            bare = folded(pattern.strip("*"))
            ends = (pattern.startswith("*"), pattern.endswith("*"))
            kind = {(False, False): self._whole, (False, True): self._starts, (True, False): self._ends}.get(ends, self._inside)
            kind[bare].append(number)
            self._letters.append(len(bare))
            self._known.clear()
        return self.numbers[pattern]

    def scan(self, tokens: Sequence[Token]) -> list[Match]:
        """Return every pattern found in the tokens, in order."""
        if not self.spaced:
            return self._scan_characters(tokens)
        return [Match(number, at, 1, letters) for at, token in enumerate(tokens) for number, letters in self._of(token.key)]

    def _of(self, key: str) -> tuple[tuple[int, int], ...]:
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            forms = [
                key,
                *(key[len(one) :] for one in self.prefixes if key.startswith(one) and len(key) - len(one) >= LEAST_STEM),
            ]
            numbers = {number for form in forms for number in self._patterns(form)}
            found = self._known[key] = tuple((number, self._letters[number]) for number in sorted(numbers))
        return found

    def _patterns(self, form: str) -> Iterable[int]:
        yield from self._whole.get(form, ())
        for size in range(1, len(form) + 1):
            yield from self._starts.get(form[:size], ())
            yield from self._ends.get(form[-size:], ())
        for bare, numbers in self._inside.items():
            if bare in form:
                yield from numbers

    def _scan_characters(self, tokens: Sequence[Token]) -> list[Match]:
        """Return the runs of characters that are patterns; one inside a longer one is no word of its own (示威 in 示威者)."""
        text = "".join(token.key[:1] or " " for token in tokens)
        found = [
            Match(number, at, size, size)
            for at in range(len(text))
            for size in range(1, min(9, len(text) - at + 1))
            for number in self._whole.get(text[at : at + size], ())
        ]
        spans = {(one.at, one.at + one.size) for one in found}
        return [one for one in found if not any(_holds(span, (one.at, one.at + one.size)) for span in spans)]


def _holds(outer: tuple[int, int], inner: tuple[int, int]) -> bool:
    return outer != inner and outer[0] <= inner[0] and inner[1] <= outer[1]
