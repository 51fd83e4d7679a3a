"""Which clauses of a sentence bear a claim of their own, and over which words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from foreshock.coding.attribution import Attribution
from foreshock.coding.circumstance import with_shared_moods
from foreshock.coding.events import CueTable, Event, events
from foreshock.coding.frames import REFUSED, SPEAKING, Frames, Governor
from foreshock.coding.status import DIRECTIVES
from foreshock.model import Figure
from foreshock.reading.languages.base import Clause, Parse

# A subordinate clause speaks for itself only where its own predicate names an act of at least this strength.
SUBORDINATE_SCORE = 2.6
EMBEDDED = ("content", "question")
QUIET = frozenset({"STATE", "ASSESS", "LIKEN", "CONSULT"})
# What is done, whatever is said with it: "denied the permit on grounds that ..." is no shell of the grounds.
DEEDS = frozenset(
    {
        "SUPPORT", "REJECT", "CONCEDE", "AID", "COERCE", "SANCTION", "ASSAULT", "RETREAT", "CONSULT", "COOPERATE", "MOBILIZE",
        "PROTEST",
    }
)  # fmt: skip
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
    # A text of one paragraph without a full stop is a ticker: there is nothing below it that tells its facts again.
    heading = attribution.is_heading(parse) and any(one.sentence.paragraph for one in attribution.parses)
    if heading and parse.sentence.paragraph != 0:
        return
    held: dict[int, list[Clause]] = {}
    for clause in parse.clauses:
        if clause.relation in EMBEDDED and clause.parent is not None:
            held.setdefault(clause.parent, []).append(clause)
    for clause in parse.clauses:
        found = events(clause, parse, cues)
        if _is_shell(clause, parse, held.get(clause.index, ()), frames, found) or attribution.in_byline(parse, clause.start):
            continue
        governors = tuple(frames.governors(clause, parse))
        if heading and clause.relation != "root":
            continue
        # A headline's facts are told again below it, with who says so; only its judgement may stand nowhere else.
        if heading and not (found and found[0].kind in ("ASSESS", "LIKEN") and _finite(clause, parse)):
            continue
        if not _speaks(clause, parse, found, frames) or _repeats(clause, parse, found, cues):
            continue
        if not found and not governors and (not clause.arguments or _only_announces(clause, frames)):
            continue
        start, end = _span(clause, governors)
        shared = with_shared_moods(clause, parse, spaces=cues.spaces)
        yield Candidate(parse, shared, tuple(found), governors, _own_frame(clause, parse, frames), start, end)


def _is_shell(clause: Clause, parse: Parse, contents: Sequence[Clause], frames: Frames, found: Sequence[Event]) -> bool:
    """Whether a clause only carries another: a speech verb, or a noun of speech, with its content."""
    return any(_carries(clause, one, parse, frames, found) for one in contents)


def _carries(clause: Clause, content: Clause, parse: Parse, frames: Frames, found: Sequence[Event]) -> bool:
    """Whether a clause is only the shell of one content.

    "Welcomed the decision to lift the ban" is an act of its own; "freed them in a bid to open talks" too.
    """
    carrier = frames.carrier(clause, content, parse)
    deed = found and found[0].kind in DEEDS and found[0].headed and found[0].score > SUBORDINATE_SCORE
    if deed and (frames.over(clause, content, parse) not in DIRECTIVES if carrier is None else carrier[0] in REFUSED):
        return False
    if carrier is not None and found and found[0].score >= SUBORDINATE_SCORE:
        frame, noun = carrier
        beside = found[0].noun != (noun.start, noun.end)
        if beside and (noun.role not in ("subject", "object") or (frame in REFUSED and found[0].on_predicate)):
            return False
    return frames.over(clause, content, parse) is not None or frames.of_noun(clause, parse, near=content.start) is not None


def _repeats(clause: Clause, parse: Parse, found: Sequence[Event], cues: CueTable) -> bool:
    """Whether a relative clause names the act that its main clause tells: "the number of those detained rose to 40"."""
    if clause.relation != "relative" or clause.parent is None or not found:
        return False
    main = events(parse.clauses[clause.parent], parse, cues)
    return bool(main) and main[0].kind == found[0].kind


def _only_announces(clause: Clause, frames: Frames) -> bool:
    """Whether a clause says only that somebody speaks: "he concluded as follows"."""
    return frames.of_verb(clause) in ("asserted", "assessed") and not any(one.role == "object" for one in clause.arguments)


def _finite(clause: Clause, parse: Parse) -> bool:
    """Whether a heading is a sentence: its last predicate is a verb or an adjective, not a noun."""
    return bool(clause.predicate) and parse.tokens[clause.predicate[-1]].upos in ("VERB", "AUX", "ADJ")


def _own_frame(clause: Clause, parse: Parse, frames: Frames) -> str | None:
    verb = frames.of_object(clause, parse)
    if verb in DIRECTIVES and clause.negated:
        return None
    # A demand or a plan that is turned down is refused, not denied: what is denied are words about what is so.
    if verb == "denied" and (noun := frames.of_noun(clause, parse)) and noun[0] in REFUSED:
        return None
    if verb == "retracted" and (clause.negated or not _of_words(clause, frames, parse)):
        return None
    # "is seen", 見られる: a passive without its doer says nothing of who judges; a denial stands whoever denies.
    if verb in SPEAKING - DIRECTIVES - {"denied"} and clause.passive and not any(one.role == "agent" for one in clause.arguments):
        return None
    if verb:
        return verb
    noun = frames.of_noun(clause, parse)
    # "до особого распоряжения", "jusqu'à nouvel ordre": an order that ends something says when, not that it was ordered.
    beside = noun is not None and noun[0] == "ordered" and noun[1].marker.lower() in frames.until
    # "did not give such an order": no order is told.
    given = noun is not None and not beside and not (clause.negated and noun[0] == "ordered")
    return noun[0] if noun and given and noun[0] in ("ordered", "rumoured") else None


def _of_words(clause: Clause, frames: Frames, parse: Parse) -> bool:
    """Whether what is withdrawn are words: a statement, a figure, a report; a law or a troop is withdrawn without retracting."""
    noun = frames.of_noun(clause, parse)
    objects = any(one.role == "object" for one in clause.arguments)
    return noun is not None and (objects or noun[1].role == "oblique")


def _speaks(clause: Clause, parse: Parse, found: Sequence[Event], frames: Frames) -> bool:
    if _supposed(clause, parse):
        return False
    if clause.relation in ("root", "coordinate"):
        return True
    if clause.relation in EMBEDDED and clause.parent is not None:
        above = parse.clauses[clause.parent]
        if frames.over(above, clause, parse) or frames.of_noun(above, parse, near=clause.start):
            return True
        # "It is hard to persuade them": what is only judged is not told.
        return _strong(found) and not any(parse.tokens[i].upos == "ADJ" for i in above.predicate)
    return _strong(found)


def _supposed(clause: Clause, parse: Parse) -> bool:
    """Whether a clause is a condition or stands inside one."""
    here, seen = clause, {clause.index}
    while here.relation != "condition":
        if here.parent is None or here.parent in seen or here.relation in ("coordinate", "adverbial"):
            return False
        here = parse.clauses[here.parent]
        seen.add(here.index)
    return True


def _strong(found: Sequence[Event]) -> bool:
    return any(one.on_predicate and one.score >= SUBORDINATE_SCORE and one.kind not in QUIET for one in found)


def _span(clause: Clause, governors: Sequence[Governor]) -> tuple[int, int]:
    """Return the words of the claim: a directive's include who gives it, other speech is cut to its content."""
    start, end = clause.start, clause.end
    for governor in governors:
        if governor.frame not in DIRECTIVES or governor.noun is not None:
            break
        start, end = min(start, governor.clause.start), max(end, governor.clause.end)
    return start, end


def owners(chosen: Sequence[Candidate], figures: Sequence[Figure]) -> list[int | None]:
    """Return for each figure the candidate with the shortest span around it."""
    held: list[int | None] = []
    for figure in figures:
        around = [(one.end - one.start, n) for n, one in enumerate(chosen) if one.start <= figure.start and figure.end <= one.end]
        held.append(min(around)[1] if around else None)
    return held
