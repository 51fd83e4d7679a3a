"""Phrases of one or more word patterns, each with what it stands for, found among the matches of a piece of a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from foreshock.coding.shallow.words import Match, WordIndex

T = TypeVar("T")
NEAR = 9  # tokens between the first and the last word of a phrase


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A phrase found: its value, the tokens of its words in the order of the phrase, and the tokens after its last one."""

    value: T
    at: tuple[int, ...]
    end: int
    letters: int

    @property
    def first(self) -> int:
        """The token with which it begins in the text."""
        return min(self.at)


@dataclass(slots=True)
class PhraseTable(Generic[T]):
    """Phrases by the number of their first pattern.

    Attributes:
        index: where the patterns are numbered.
        ordered: whether the words of a phrase must stand in its order.
        near: how many tokens may lie between its first and its last word.
    """

    index: WordIndex
    ordered: bool = False
    near: int = NEAR
    _by_first: dict[int, list[tuple[tuple[int, ...], T]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, phrase: str, value: T) -> None:
        """Take in a phrase: patterns joined by blanks."""
        numbers = tuple(self.index.add(word) for word in phrase.split())
        self._by_first[numbers[0]].append((numbers, value))

    def find(self, places: Mapping[int, Sequence[Match]]) -> list[Found[T]]:
        """Return the phrases whose words all stand in a piece.

        Args:
            places: pattern -> its matches in the piece, in order.
        """
        found = []
        for number in places.keys() & self._by_first.keys():
            for numbers, value in self._by_first[number]:
                if all(one in places for one in numbers):
                    found.extend(self._placed(numbers, value, places))
        return sorted(found, key=lambda one: (one.first, -len(one.at)))

    def _placed(self, numbers: tuple[int, ...], value: T, places: Mapping[int, Sequence[Match]]) -> list[Found[T]]:
        for head in places[numbers[0]]:
            chosen = [head]
            for number in numbers[1:]:
                taken = {one.at for one in chosen}
                free = [one for one in places[number] if one.at not in taken and (not self.ordered or one.at > chosen[-1].at)]
                if not free:
                    break
                chosen.append(min(free, key=lambda one: abs(one.at - chosen[-1].at)))
            at = tuple(one.at for one in chosen)
            if len(at) == len(numbers) and max(at) - min(at) <= self.near:
                return [Found(value, at, max(one.at + one.size for one in chosen), sum(one.letters for one in chosen))]
        return []


def places_of(matches: Sequence[Match]) -> dict[int, list[Match]]:
    """Return matches by their pattern."""
    places: dict[int, list[Match]] = defaultdict(list)
    for one in matches:
        places[one.pattern].append(one)
    return places
