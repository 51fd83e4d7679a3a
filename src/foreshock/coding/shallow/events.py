"""Which kind and mode a piece tells: the strongest cue, an act before the speech act that carries it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from foreshock.coding.shallow.grammar import Cue
from foreshock.coding.shallow.phrases import Found
from foreshock.coding.shallow.pieces import Piece

SPEECH_ACTS = frozenset({"REQUEST", "THREATEN", "ADVISE", "ACCUSE", "REJECT"})
CARRIERS = frozenset({"REQUEST", "THREATEN", "ACCUSE"})
WEAK = frozenset({"STATE", "ASSESS", "LIKEN"})
# A predicate says what happens, each further word of it says it more surely; a noun may only be spoken of.
PREDICATE, FURTHER, NOUN = 3.0, 1.0, 1.6
# An act outranks its consequence: "six were killed in a missile strike" is a strike.
CAUSES = frozenset({"ASSAULT"})


@dataclass(frozen=True, slots=True)
class Event:
    """What a piece tells: kind, mode, the cue and how strong it is; ``on_predicate`` where a verb or its like says it."""

    kind: str
    mode: str | None
    found: Found[Cue]
    score: float
    on_predicate: bool


def event_of(piece: Piece, *, doer: bool) -> Event | None:
    """Return what a piece tells, or None.

    Args:
        piece: the piece with its cues.
        doer: whether somebody is named who may have done it; without one, killing is HARM.
    """
    events = sorted(_events(piece.cues, doer=doer), key=lambda one: (-one.score, one.found.first))
    if not events:
        return None
    best = events[0]
    if best.kind in CARRIERS or best.kind == "REJECT":
        inner = next((one for one in events if _is_inner(one, best)), None)
        best = inner or best
    if best.kind == "HARM":
        cause = next((one for one in events if one.kind in CAUSES), best)
        best = replace(cause, on_predicate=best.on_predicate)
    return best


def _events(cues: Sequence[Found[Cue]], *, doer: bool) -> list[Event]:
    events = []
    for found in cues:
        cue = found.value
        if cue.sort == "act" and not doer:
            continue
        on_predicate = cue.sort != "noun"
        if cue.kind in WEAK and not on_predicate:
            continue
        score = (PREDICATE if on_predicate else NOUN) + FURTHER * (cue.words - 1) + min(found.letters, 20) / 100
        events.append(Event(cue.kind, cue.mode, found, score - (1.0 if cue.kind in WEAK else 0.0), on_predicate))
    return events


def _is_inner(one: Event, carrier: Event) -> bool:
    """Whether an act is what a speech act is about: another word names it."""
    if carrier.kind == "REJECT" or one.kind in SPEECH_ACTS or one.kind in WEAK or one.kind in ("CONSULT", "HARM"):
        return False
    if one.kind == "ASSAULT" and carrier.kind == "REQUEST" and not one.on_predicate:
        return False  # the "parties to the conflict" are asked for something, not for the conflict
    return not set(one.found.at) <= set(carrier.found.at)
