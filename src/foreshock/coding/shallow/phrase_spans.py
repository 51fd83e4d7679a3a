"""Noun phrases around a cue without a parser: where they begin and end by fillers, links, capitals and words for actors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foreshock.coding.shallow.grammar import ShallowGrammar
from foreshock.coding.shallow.pieces import Piece
from foreshock.coding.shallow.words import Token

LONGEST = 9
LONGEST_CHARACTERS = 14
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Phrases:
    """Finds noun phrases in one piece of a sentence."""

    piece: Piece
    tokens: Sequence[Token]
    grammar: ShallowGrammar

    def after(self, low: int, high: int) -> Span | None:
        """Return the phrase that begins at ``low`` or behind the fillers there."""
        at = self._skipped(low, high)
        if self.grammar.spaced:
            end = self._reach(at, high)
            return self._trimmed(at, end)
        return self._trimmed(at, min(high, at + LONGEST_CHARACTERS))

    def before(self, low: int, high: int) -> Span | None:
        """Return the phrase that leads up to ``high``: the subject of a verb there."""
        if self.grammar.topic_ends:
            return self._topic(low, high)
        if not self.grammar.spaced:
            at = self._skipped(low, high)
            return self._trimmed(at, high) if high - at <= LONGEST_CHARACTERS else None
        return self.after(low, high)

    def _topic(self, low: int, high: int) -> Span | None:
        at = self._skipped(low, high)
        for end in range(at, min(high, at + LONGEST)):
            if self.tokens[end].text.endswith(self.grammar.topic_ends) and len(self.tokens[end].text) > 1:
                return at, end + 1
        return None

    def _skipped(self, low: int, high: int) -> int:
        covers = self._covers("fillers")
        at = low
        while at < high and (at in covers or not self.tokens[at].text[0].isalnum()):
            at = covers.get(at, at + 1)
        return at

    def _covered(self, *names: str) -> set[int]:
        return {at for name in names for one in self.piece.marks.get(name, ()) for at in range(one.first, one.end)}

    def _covers(self, *names: str) -> dict[int, int]:
        return {one.first: one.end for name in names for one in self.piece.marks.get(name, ())}

    def _reach(self, low: int, high: int) -> int:
        """Return where a phrase that begins at ``low`` ends."""
        stops = self._covers("fillers", "negators", "conditions", "according-before", "according-after")
        links, roles = self._covers("links"), {at for one in self.piece.roles for at in one.at}
        verbs = {at for one in self.piece.cues if one.value.sort != "noun" for at in one.at} | {
            at for one in self.piece.frames for at in one.at
        }
        cased = any(self.tokens[at].text[:1].isupper() for at in range(self.piece.first, self.piece.last))
        for at in range(low, min(high, low + LONGEST)):
            word = self.tokens[at]
            if (at in stops and at not in links) or (at in verbs and at not in roles) or word.text[0].isdigit():
                return at
            if cased and self.grammar.order == "sov" and at > low and at - 1 in roles and not word.text[:1].isupper():
                return at
            if cased and not self._may_go_on(at, high, links, roles):
                return at
        return min(high, low + LONGEST)

    def _may_go_on(self, at: int, high: int, links: dict[int, int], roles: set[int]) -> bool:
        """Whether a token belongs to a name or office: a capital, a word for an actor, a link, or one word between two."""
        if at in links or at in roles or self.tokens[at].text[:1].isupper():
            return True
        if at == self.piece.first or not roles:
            return True
        return at + 1 < high and (at + 1 in roles or self.tokens[at + 1].text[:1].isupper())

    def _trimmed(self, low: int, high: int) -> Span | None:
        links = self._covered("links", "fillers")
        while high > low and (high - 1 in links or not self.tokens[high - 1].text[-1].isalnum()):
            high -= 1
        return (low, high) if high > low else None
