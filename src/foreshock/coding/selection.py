"""Which clauses of a sentence bear a claim of their own, and over which words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from foreshock.coding.attribution import Attribution
from foreshock.coding.events import CueTable, Event, events
from foreshock.coding.frames import Frames, Governor
from foreshock.reading.languages.base import Clause, Parse

# A subordinate clause speaks for itself only where its own predicate names an act of at least this strength.
SUBORDINATE_SCORE = 2.6
DIRECTIVE = frozenset({"ordered", "permitted", "advised", "requested", "promised", "threatened", "planned"})
EMBEDDED = ("content", "question")
QUIET = frozenset({"STATE", "ASSESS", "LIKEN", "CONSULT"})
SPEECH_ACTS = frozenset({"REQUEST", "THREATEN", "ACCUSE", "REJECT", "ADVISE"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause chosen to bear a claim: its events, what governs it, its own frame class, and its span."""

    parse: Parse
    clause: Clause
    events: tuple[Event, ...]
    governors: tuple[Governor, ...]
    own: str | None
    start: int
    end: int


def candidates(parse: Parse, frames: Frames, cues: CueTable, attribution: Attribution) -> Iterator[Candidate]:
    """Yield the clauses of a sentence that bear a claim, in order of the text."""
    if attribution.is_report_of_previous(parse):
        return
    held: dict[int, list[Clause]] = {}
    for clause in parse.clauses:
        if clause.relation in EMBEDDED and clause.parent is not None:
            held.setdefault(clause.parent, []).append(clause)
    for clause in parse.clauses:
        if _is_shell(clause, parse, held.get(clause.index, ()), frames):
            continue
        found = events(clause, parse, cues)
        governors = tuple(frames.governors(clause, parse))
        if not _speaks(clause, found, governors):
            continue
        start, end = _span(clause, governors)
        yield Candidate(parse, clause, tuple(found), governors, _own_frame(clause, parse, frames), start, end)


def _is_shell(clause: Clause, parse: Parse, contents: Sequence[Clause], frames: Frames) -> bool:
    """Whether a clause only carries another: a speech verb, or a noun of speech, with its content."""
    if not contents:
        return False
    if frames.of_verb(clause):
        return True
    return any(frames.of_noun(clause, parse, near=one.start) for one in contents)


def _own_frame(clause: Clause, parse: Parse, frames: Frames) -> str | None:
    verb = frames.of_verb(clause)
    if verb:
        return verb
    noun = frames.of_noun(clause, parse)
    return noun[0] if noun and noun[0] in ("ordered", "rumoured") else None


def _speaks(clause: Clause, found: Sequence[Event], governors: Sequence[Governor]) -> bool:
    if clause.relation in ("root", "coordinate"):
        return True
    if clause.relation in EMBEDDED:
        return bool(governors) or _strong(found)
    if clause.relation == "condition":
        return False
    return _strong(found)


def _strong(found: Sequence[Event]) -> bool:
    return any(one.on_predicate and one.score >= SUBORDINATE_SCORE and one.kind not in QUIET for one in found)


def _span(clause: Clause, governors: Sequence[Governor]) -> tuple[int, int]:
    """Return the words of the claim: a directive's include who gives it, other speech is cut to its content."""
    start, end = clause.start, clause.end
    for governor in governors:
        if governor.frame not in DIRECTIVE or governor.noun is not None:
            break
        start, end = min(start, governor.clause.start), max(end, governor.clause.end)
    return start, end
