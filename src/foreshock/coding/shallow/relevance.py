"""Which sentences are about a crisis at all: sport, markets, weather, fiction and history tell no fresh violence."""

from __future__ import annotations

from collections.abc import Sequence

from foreshock.coding.shallow.events import WEAK
from foreshock.coding.shallow.grammar import ShallowGrammar
from foreshock.coding.shallow.phrases import places_of
from foreshock.coding.shallow.pieces import Piece
from foreshock.coding.shallow.words import Match

# A text whose sentences are this often about sport or fiction is about that in the others too.
SHARE, AT_LEAST = 0.3, 2
BESIDE = 3  # tokens between a noun and a word that makes it a circumstance
PUBLIC = frozenset({"PROTEST", "SANCTION"})
# Anybody may ask, refuse, blame, agree or help: news are these where the piece itself names somebody or some place.
SOFT = frozenset({"REQUEST", "REJECT", "ACCUSE", "SUPPORT", "AGREE", "THREATEN", "COOPERATE", "CONCEDE", "CONSULT", "AID"})


def topics_of(matches: Sequence[Match], grammar: ShallowGrammar) -> frozenset[str]:
    """Return the topics that a sentence's words name: sport, culture, markets, weather, past."""
    return frozenset(one.value for one in grammar.apart.find(places_of(matches)))


def is_elsewhere(topics: Sequence[frozenset[str]]) -> bool:
    """Whether a whole text is about sport, fiction or markets."""
    apart = sum(bool(one - {"weather", "past"}) for one in topics)
    return apart >= AT_LEAST and apart / max(1, len(topics)) >= SHARE


def bears_noun(piece: Piece, at: int, *, placed: bool, counted: bool) -> bool:
    """Whether a noun alone may tell an event: somebody acts, or the text says where or how many, and it is no circumstance.

    Args:
        piece: where it stands; ``at``: its token.
        placed, counted: whether the piece names a place, or a number.
    """
    circumstance = any(abs(one.first - at) <= BESIDE for one in piece.marks.get("background", ()))
    return not circumstance and (placed or counted or bool(piece.roles))


def concerns_public(kind: str, words: int, *, public: bool, spoken: bool) -> bool:
    """Whether a predicate is news: one word of most kinds asks for somebody or some place of public life beside it.

    Args:
        kind: of the codebook; ``words``: how many words its cue has.
        public: whether the sentence, of SOFT kinds the piece, names an actor, a place or people counted.
        spoken: whether somebody is said to say it.
    """
    if kind in WEAK:
        return public and spoken
    if kind in SOFT:
        return public or spoken
    return public or (words > 1 and kind != "HARM") or kind in PUBLIC
