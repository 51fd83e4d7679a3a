"""A sentence cut into pieces of one statement each: at punctuation, at words that open content, at joints between cues."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from foreshock.coding.shallow.grammar import Cue, Role, ShallowGrammar
from foreshock.coding.shallow.phrases import Found, places_of
from foreshock.coding.shallow.words import Match, Token

BREAK = re.compile(r"[,;:!?…—–()\[\]«»„“”\"،؛。，；：？！「」『』]|(?<=\s)-(?=\s)")
# Expressions of these have words that are cues elsewhere.
HIDING = frozenset({"denied", "asserted"})
QUOTES = frozenset('«»„“”"「」『』')


@dataclass(slots=True)
class Piece:
    """A run of tokens, ``first`` to ``last`` (excluded), with what was found in it.

    ``opens``: the punctuation before it; ``content``: a word before it opens what is said; ``quoted``: it is in quotation marks.
    """

    index: int
    first: int
    last: int
    opens: str
    content: bool
    quoted: bool
    cues: list[Found[Cue]] = field(default_factory=list)
    frames: list[Found[str]] = field(default_factory=list)
    roles: list[Found[Role]] = field(default_factory=list)
    marks: dict[str, list[Found[str]]] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Whether a small word of that name stands in the piece."""
        return bool(self.marks.get(name))


def cut(text: str, tokens: Sequence[Token], matches: Sequence[Match], grammar: ShallowGrammar) -> list[Piece]:
    """Return the pieces of a sentence in order, with their cues, frames, roles and marks."""
    by_token: dict[int, list[Match]] = defaultdict(list)
    for one in matches:
        by_token[one.at].append(one)
    marks = grammar.marks.find(places_of(matches))
    openers = {one.first: one.end for one in marks if one.value == "complements"}
    openers |= {one.first: one.first for one in marks if one.value == "conditions" and one.first not in openers}
    joints = {one.first: one.end for one in marks if one.value == "joints"}
    joints |= {at: at for at, token in enumerate(tokens) if token.key.startswith(grammar.joined) and at not in joints}
    pieces: list[Piece] = []
    for first, last, opens, content, quoted in _runs(text, tokens, openers):
        for low, high in _joined(first, last, joints, by_token, grammar):
            piece = Piece(len(pieces), low, high, opens if low == first else "", content and low == first, quoted)
            _fill(piece, tokens, by_token, grammar)
            pieces.append(piece)
    return pieces


def _runs(text: str, tokens: Sequence[Token], openers: dict[int, int]) -> list[tuple[int, int, str, bool, bool]]:
    """Return (first, last, opening punctuation, opened by a word of content, quoted) between breaks."""
    runs: list[tuple[int, int, str, bool, bool]] = []
    first, opens, content, quoted = 0, "", False, False
    for at, token in enumerate(tokens):
        gap = text[tokens[at - 1].end if at else 0 : token.start] if _is_word(token) else ""
        marks = "".join(BREAK.findall(gap)) if gap else ""
        single = not _is_word(token) and BREAK.fullmatch(token.text) is not None
        if marks or single or (at in openers and (at > first or openers[at] > at)):
            if at > first:
                runs.append((first, at, opens, content, quoted))
            quoted ^= sum(char in QUOTES for char in marks or (token.text if single else "")) % 2 == 1
            opens, content = marks or (token.text if single else ""), openers.get(at, at) > at
            first = at + 1 if single else openers.get(at, at)
    if first < len(tokens):
        runs.append((first, len(tokens), opens, content, quoted))
    return runs


def _is_word(token: Token) -> bool:
    return token.text[0].isalnum() or len(token.text) > 1


def _joined(
    first: int, last: int, joints: dict[int, int], by_token: dict[int, list[Match]], grammar: ShallowGrammar
) -> list[tuple[int, int]]:
    """Cut a run at each joint that has a predicate or a frame on both sides."""
    spans, low = [], first
    for at in range(first + 1, last - 1):
        after = joints.get(at)
        if after is not None and after < last and _tells(low, at, by_token, grammar) and _tells(after, last, by_token, grammar):
            spans.append((low, at))
            low = after
    return [*spans, (low, last)]


def _tells(low: int, high: int, by_token: dict[int, list[Match]], grammar: ShallowGrammar) -> bool:
    places = places_of([one for at in range(low, high) for one in by_token.get(at, ()) if one.at + one.size <= high])
    return bool(grammar.cues.find(places) or grammar.frames.find(places))


def _is_noun(at: int, tokens: Sequence[Token]) -> bool:
    return at > 0 and tokens[at].text[:1].isupper()


def _cuts(whole: set[int], other: set[int]) -> bool:
    return len(whole) > 1 and len(other) > 1 and bool(whole & other) and not whole <= other


def _fill(piece: Piece, tokens: Sequence[Token], by_token: dict[int, list[Match]], grammar: ShallowGrammar) -> None:
    inside = [one for at in range(piece.first, piece.last) for one in by_token.get(at, ()) if one.at + one.size <= piece.last]
    places = places_of(inside)
    piece.roles = grammar.roles.find(places)
    named = {at: one.letters for one in piece.roles for at in one.at}
    cues = [*grammar.cues.find(places), *grammar.nouns.find(places)]
    if grammar.noun_capitals:
        cues = [one for one in cues if one.value.sort == "noun" or not _is_noun(one.at[0], tokens)]
    frames = grammar.frames.find(places)
    # The word for who acts names no act: "demonstrant" where "demonstr*" is a cue.
    cues = [one for one in cues if not (len(one.at) == 1 and named.get(one.at[0], 0) >= one.letters)]
    # A word of a longer expression has its meaning there: "podać się do dymisji" says nothing, "жоққа шығару" takes nothing out.
    piece.cues = [one for one in cues if not any(_cuts(set(other.at), set(one.at)) for other in frames if other.value in HIDING)]
    longer = [set(one.at) for one in piece.cues]
    piece.frames = [one for one in frames if one.value != "asserted" or not any(set(one.at) < other for other in longer)]
    for mark in grammar.marks.find(places):
        piece.marks.setdefault(mark.value, []).append(mark)
