"""Status, polarity, certainty and phase of what a piece tells, with the voices that hold it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foreshock.coding.shallow.events import Event
from foreshock.coding.shallow.pieces import Piece
from foreshock.coding.shallow.voices import ACTING, Voice
from foreshock.coding.status import PRECEDENCE
from foreshock.model import Certainty, Phase, Status

NEAR = 5
NEAR_CHARACTERS = 6
PHASES: tuple[Phase, ...] = ("foiled", "attempted", "ongoing")
# Kinds and modes that exist as orders, advice and the like, where no word says another standing.
BY_KIND: dict[str, Status] = {
    "REQUEST": "requested", "THREATEN": "threatened", "ACCUSE/allege": "alleged", "ADVISE": "advised",
    "ADVISE/evacuate": "asserted",
    "COERCE/curfew": "ordered", "COERCE/martial-law": "ordered",
    "ASSESS": "assessed", "ASSESS/outlook": "forecast", "LIKEN": "assessed",
}  # fmt: skip
# Words that colour an act and say none themselves.
COLOURING = frozenset({"planned", "forecast", "rumoured", "unknown"})


@dataclass(frozen=True, slots=True)
class Standing:
    """What the words say of the reality of an event, and whose words they are, outermost first."""

    status: Status
    negated: bool
    certainty: Certainty
    phase: Phase | None
    voices: tuple[Voice, ...]


def standing_of(piece: Piece, event: Event, voices: Sequence[Voice], *, spaced: bool, after_condition: bool) -> Standing:
    """Return the standing of an event: of all reasons the first in PRECEDENCE, as for parsed languages.

    Args:
        piece: where it is told; voices: those of the sentence.
        spaced: whether words are parted by blanks; after_condition: the sentence begins with a condition for it.
    """
    holding = [one for one in voices if piece.index in one.covers or (one.piece == piece.index and not _is_own(one, event))]
    reasons: set[Status] = {"asserted", *(one.status for one in holding)}
    own = event.found.at
    for frame in piece.frames:
        if frame.value in COLOURING or event.kind == "ADVISE" or not set(frame.at) <= set(own):
            reasons |= {one for one in PRECEDENCE if one == frame.value}
    if piece.has("conditions") or after_condition:
        reasons.add("conditional")
    kind = BY_KIND.get(f"{event.kind}/{event.mode}") or BY_KIND.get(event.kind)
    if kind:
        reasons.add(kind)
    if "ordered" in reasons and not _orders(event):
        reasons.discard("ordered")
    if event.kind == "REJECT":
        reasons.discard("denied")
    if "rumoured" in reasons and any(one.source for one in holding):
        reasons.discard("rumoured")  # "soll nach Angaben der Polizei": somebody says it
    status = next(one for one in PRECEDENCE if one in reasons)
    negated = _negated(piece, event, spaced=spaced)
    return Standing(status, negated and status != "denied", _certainty(piece), _phase(piece), tuple(_holders(holding, status)))


def _is_own(voice: Voice, event: Event) -> bool:
    """Whether saying it is doing it: who announces his resignation resigns."""
    return voice.status == "asserted" and event.kind == "OFFICE" and event.mode == "resign" and not voice.covers


def _orders(event: Event) -> bool:
    """Whether what is ordered is still an order: an arrest or a strike that somebody "imposed" has no such reading."""
    return event.kind in ("COERCE", "ADVISE", "RETREAT", "MOBILIZE", "ASSAULT", "SANCTION") and not (
        event.kind == "SANCTION" or (event.kind == "COERCE" and event.mode == "arrest")
    )


def _negated(piece: Piece, event: Event, *, spaced: bool) -> bool:
    if event.kind in ("ADVISE", "REQUEST", "REJECT"):
        return False
    reach = NEAR if spaced else NEAR_CHARACTERS
    low, high = min(event.found.at) - reach, event.found.end + reach
    free = [
        one for one in piece.marks.get("negators", ()) if not (event.found.value.negative and set(one.at) < set(event.found.at))
    ]
    return any(low <= one.first <= high for one in free)


def _certainty(piece: Piece) -> Certainty:
    return "possible" if piece.has("certainty-possible") else "probable" if piece.has("certainty-probable") else "certain"


def _phase(piece: Piece) -> Phase | None:
    return next((one for one in PHASES if piece.has(f"phase-{one}")), None)


def _holders(holding: Sequence[Voice], status: Status) -> list[Voice]:
    """Return who holds the words, the outermost first; who orders, permits or advises holds none."""
    named = [one for one in holding if one.source and not (one.status == status and status in ACTING)]
    # The voice that gives the standing is the innermost.
    return sorted(named, key=lambda one: (one.status == status and status != "asserted", one.piece))[-2:]
