"""Who says it: verbs of speech and standing, "according to" and its like, labels before a colon; and what each governs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foreshock.coding.shallow.grammar import ShallowGrammar
from foreshock.coding.shallow.phrase_spans import Phrases, Span
from foreshock.coding.shallow.phrases import Found
from foreshock.coding.shallow.pieces import Piece
from foreshock.coding.shallow.words import Token
from foreshock.coding.status import PRECEDENCE
from foreshock.model import Status

# Words that somebody says; the others (plans, forecasts, rumours) colour their own piece and have no speaker.
SPEAKING = frozenset(
    {"denied", "ordered", "permitted", "advised", "requested", "promised", "threatened", "wished", "alleged", "assessed"}
    | {"asserted"}
)  # fmt: skip
# Who orders, permits or advises acts by it; a holder only where the words are quoted.
ACTING = frozenset({"ordered", "permitted", "advised"})
LABEL = 6
SHORT, SHORT_CHARACTERS = 3, 4


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody's words: the standing they give, the tokens that name who, and which pieces they cover.

    Attributes:
        status: the standing of what is said.
        source: token span of who says it; None where nobody is named.
        piece: index of the piece in which the words of speech stand.
        covers: indices of the pieces that are said, besides its own.
        hearsay: the source is unnamed.
    """

    status: Status
    source: Span | None
    piece: int
    covers: frozenset[int]
    hearsay: bool = False


def voices_of(pieces: Sequence[Piece], tokens: Sequence[Token], grammar: ShallowGrammar) -> list[Voice]:
    """Return the voices of a sentence, in order."""
    found: list[Voice] = []
    for piece in pieces:
        cited = _cited(piece, pieces, tokens, grammar) or _rumoured(piece, pieces)
        spoken = _spoken(piece, pieces, tokens, grammar)
        found.extend(one for one in (cited, spoken) if one is not None)
    label = _label(pieces, grammar)
    return [*([label] if label and not found else []), *found]


def _cited(piece: Piece, pieces: Sequence[Piece], tokens: Sequence[Token], grammar: ShallowGrammar) -> Voice | None:
    """Return the voice of "according to": it holds the whole sentence."""
    phrases = Phrases(piece, tokens, grammar)
    source = None
    if before := piece.marks.get("according-before"):
        end = next((one.first for one in piece.frames if one.value == "asserted" and one.first > before[0].end), piece.last)
        source = phrases.after(before[0].end, end)
    elif after := piece.marks.get("according-after"):
        source = phrases.after(piece.first, after[0].first)
        if source is None and piece.index:
            other = pieces[piece.index - 1]
            source = Phrases(other, tokens, grammar).after(other.first, other.last)
    else:
        return None
    every = frozenset(one.index for one in pieces)
    if piece.has("anonymous"):
        return Voice("rumoured", None, piece.index, every, hearsay=True)
    named = source is not None and names_somebody(source, pieces, tokens, grammar)
    return Voice("asserted", source, piece.index, every) if named else None


def _rumoured(piece: Piece, pieces: Sequence[Piece]) -> Voice | None:
    """Return the voice of nobody: "rumour has it", "it is not known", where it stands apart from what it is about."""
    found = next((one for one in piece.frames if one.value in ("rumoured", "unknown")), None)
    if found is None or piece.cues or len(pieces) < 2:
        return None
    others = frozenset(one.index for one in pieces if one.index != piece.index)
    return Voice("rumoured" if found.value == "rumoured" else "unknown", None, piece.index, others, hearsay=True)


def _spoken(piece: Piece, pieces: Sequence[Piece], tokens: Sequence[Token], grammar: ShallowGrammar) -> Voice | None:
    frame = _frame(piece)
    if frame is None or piece.has("according-before"):
        return None
    status: Status = next(one for one in PRECEDENCE if one == frame.value)
    covers = _covered(piece, frame, pieces, grammar)
    if piece.has("anonymous"):
        return Voice("rumoured", None, piece.index, covers, hearsay=True)
    if status in ACTING and not covers:
        return Voice(status, None, piece.index, covers)
    return Voice(status, _speaker(piece, frame, pieces, tokens, grammar), piece.index, covers)


def _frame(piece: Piece) -> Found[str] | None:
    """Return the words of speech of a piece that weigh most."""
    spoken = [one for one in piece.frames if one.value in SPEAKING]
    return min(spoken, key=lambda one: PRECEDENCE.index(one.value), default=None)


def _covered(piece: Piece, frame: Found[str], pieces: Sequence[Piece], grammar: ShallowGrammar) -> frozenset[int]:
    """Return which pieces are said: those after "that", a colon or an opening quotation; else those before it."""
    after, before = pieces[piece.index + 1 :], pieces[: piece.index]
    if after and (after[0].content or ":" in after[0].opens or "：" in after[0].opens or after[0].quoted):
        return frozenset(one.index for one in after)
    if frame.value in ACTING:
        return frozenset()  # an order gives its standing to what it says, not to what was told before it
    if not before and after and not piece.cues and grammar.order != "sov":
        return frozenset(one.index for one in after)
    if not grammar.spaced and after and frame.end >= piece.last - 1:
        return frozenset(one.index for one in after)
    leads = frame.first <= piece.first + 2 or not _own_act(piece, frame)
    return frozenset(one.index for one in before) if leads else frozenset()


def _own_act(piece: Piece, frame: Found[str]) -> bool:
    return any(not set(one.at) <= set(frame.at) for one in piece.cues)


def _speaker(
    piece: Piece, frame: Found[str], pieces: Sequence[Piece], tokens: Sequence[Token], grammar: ShallowGrammar
) -> Span | None:
    """Return who speaks: before the verb, or behind it where it opens its piece ("…, said the mayor")."""
    found = _subject(piece, frame, pieces, tokens, grammar)
    return found if found and names_somebody(found, pieces, tokens, grammar) else None


def names_somebody(span: Span, pieces: Sequence[Piece], tokens: Sequence[Token], grammar: ShallowGrammar) -> bool:
    """Whether a phrase can speak: it has a word for an actor or a name, or is as short as a name where letters have no case."""
    low, high = span
    if any(low <= one.first < high for piece in pieces for one in piece.roles):
        return True
    words = [tokens[at] for at in range(low, high)]
    if any(word.text[0].isdigit() for word in words):
        return False
    if any(word.text[0].lower() != word.text[0].upper() for word in words):
        capitals = [at for at in range(low, high) if tokens[at].text[0].isupper()]
        return bool(capitals) and not grammar.noun_capitals and (len(capitals) > 1 or capitals[0] > 0)
    return high - low <= (SHORT if grammar.spaced else SHORT_CHARACTERS)


def _subject(
    piece: Piece, frame: Found[str], pieces: Sequence[Piece], tokens: Sequence[Token], grammar: ShallowGrammar
) -> Span | None:
    phrases = Phrases(piece, tokens, grammar)
    if grammar.order == "sov" and piece.index and _is_subject(pieces[piece.index - 1]):
        other = pieces[piece.index - 1]
        return Phrases(other, tokens, grammar).before(other.first, other.last)
    source = phrases.before(piece.first, frame.first)
    if grammar.order == "vso" or source is None:
        source = phrases.after(_past(piece, frame), piece.last) or source
    if source is None and piece.index and not pieces[piece.index - 1].cues and not pieces[piece.index - 1].quoted:
        other = pieces[piece.index - 1]
        source = Phrases(other, tokens, grammar).before(other.first, other.last)
    return source


def _is_subject(piece: Piece) -> bool:
    """Whether a piece is nothing but who speaks, parted by a comma from what he says."""
    return bool(piece.roles) and not piece.cues and not piece.frames and not piece.quoted and piece.last - piece.first <= LABEL


def _past(piece: Piece, frame: Found[str]) -> int:
    """Return where the words behind the verb begin; a particle at the end of the piece is no part of the verb's place."""
    return frame.at[0] + 1 if len(frame.at) > 1 and frame.at[-1] - frame.at[0] > 1 else max(frame.end, piece.first)


def _label(pieces: Sequence[Piece], grammar: ShallowGrammar) -> Voice | None:
    """Return the speaker of a label: "Police: twelve dead"."""
    if len(pieces) < 2 or not any(mark in pieces[1].opens for mark in ":："):
        return None
    first = pieces[0]
    size = first.last - first.first
    if size > (LABEL if grammar.spaced else 2 * LABEL) or first.cues or not first.roles:
        return None
    return Voice("asserted", (first.first, first.last), 0, frozenset(one.index for one in pieces[1:]))
