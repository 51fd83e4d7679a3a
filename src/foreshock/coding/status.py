"""The standing of a claim with its innermost holder: one value, the first that fits in the contract's order.

``decide`` gathers every reason that the words give and takes the first in ``PRECEDENCE``; docs/claims.md has the table.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from foreshock.coding.frames import STATUSES, Governor
from foreshock.model import Certainty, Phase, Status
from foreshock.reading.languages.base import Clause, Mood, Parse

PRECEDENCE: tuple[Status, ...] = (
    "retracted", "denied", "ordered", "permitted", "advised", "requested", "promised", "threatened", "planned", "wished",
    "conditional", "forecast", "unknown", "rumoured", "alleged", "assessed", "asserted",
)  # fmt: skip
MOOD_STATUS: Mapping[Mood, Status] = {
    "wish": "wished", "intention": "planned", "hypothetical": "conditional", "future": "forecast", "hearsay": "rumoured",
    "probable": "assessed", "possible": "assessed", "obligation": "assessed", "imperative": "requested",
}  # fmt: skip
PHASES: Mapping[Mood, Phase] = {"attempt": "attempted", "begun": "begun", "ongoing": "ongoing", "ended": "ended"}
DIRECTIVES = frozenset({"ordered", "permitted", "advised", "requested", "promised", "undertaken", "threatened", "planned"})
JUDGEMENTS = frozenset({"ASSESS", "LIKEN"})
HOSTILE = frozenset({"ASSAULT", "COERCE", "HARM", "OFFICE", "CONTROL", "ACCUSE", "THREATEN", "SANCTION", "MOBILIZE"})
# What a speaker does to others by force or by the power of an office: told of himself as still to come it is a threat.
MENACING = frozenset({"ASSAULT", "COERCE", "CONTROL", "HARM", "THREATEN"})
# Speech acts whose kind is also their standing where no inner act is named.
ACTS: Mapping[str, Status] = {"ADVISE": "advised", "REQUEST": "requested", "THREATEN": "threatened"}
# What stands over a question says nothing of the truth of its answer; nor does the question's own verb.
ASKED: frozenset[str] = frozenset({"retracted", "rumoured", "alleged", "assessed", "forecast", "wished"}) | DIRECTIVES


@dataclass(frozen=True, slots=True)
class Standing:
    """Status, polarity, certainty and phase of one claim."""

    status: Status
    negated: bool
    certainty: Certainty
    phase: Phase | None


# Frames whose predicate may be the act itself and no word about it, by kind (None: of any kind): "rejected the offer",
# "withdrew the tax", "recognised the government", "sentenced him".
ITSELF: Mapping[str, frozenset[str] | None] = {
    "denied": None, "excluded": None, "retracted": None, "permitted": frozenset({"SUPPORT", "AID"}),
    "ordered": frozenset({"SANCTION", "ACCUSE", "RETREAT", "CONCEDE", "REJECT", "CONSULT"}),
    "requested": frozenset({"CONCEDE", "ACCUSE"}), "unknown": frozenset({"ACCUSE"}),
    "promised": frozenset({"ACCUSE", "CONSULT", "SUPPORT", "THREATEN"}), "undertaken": frozenset({"ACCUSE", "SUPPORT"}),
}  # fmt: skip
# What its doer decides on: told as to come, by nobody but the text, it is planned; a death or a fight is foreseen.
DECIDED = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "PROTEST", "SANCTION", "MOBILIZE"})


@dataclass(frozen=True, slots=True)
class Circumstance:
    """What is known of a clause beside its own words and what governs it.

    Attributes:
        oneself: its speaker tells of himself: "the bank said it would close", "we will fight".
        commands: its speaker can order those whom he addresses: a policeman, a commander.
        counsels: its speaker has those whom he addresses in his care: an embassy, a health office.
        answers: it answers a charge, by its verb or by where it stands.
        ahead: its time lies after the document's day.
        phase: what a word on the act says of it: "a failed coup", "foiled an attack".
        undone: the act did not come about, by the verb over its noun: "prevented the seizure".
        requests: it ends in a wish that is addressed to somebody: 引き揚げてほしい.
        menaces: it ends in a word that warns who hears it: 取り消すぞ.
    """

    oneself: bool = False
    commands: bool = False
    counsels: bool = False
    answers: bool = False
    ahead: bool = False
    phase: Phase | None = None
    undone: bool = False
    requests: bool = False
    menaces: bool = False


PLAIN = Circumstance()


def decide(
    clause: Clause,
    *,
    kind: str,
    hostile: bool,
    governors: Sequence[Governor],
    own: str | None,
    words: Iterable[str],
    view: bool,
    attributed: bool,
    conditioned: bool,
    beside: Circumstance = PLAIN,
) -> Standing:
    """Return the standing of a clause.

    Args:
        clause: the clause that bears the claim.
        hostile: the claim's words name a hostile act, or the governing verb accuses; else a party's claim is only its word.
        kind: its kind; judgements and comparisons are assessed unless something stronger is said.
        governors: what governs it, innermost first.
        own: the frame class of its own predicate where its object is the content ("denied the report"), else None.
        words: classes of the status words inside it ("reportedly", 公式に否定).
        view: it stands under "in his view".
        attributed: a named holder gives it, so that a hearsay mood is citation, not rumour.
        conditioned: a condition clause hangs on it.
        beside: what else is known.
    """
    reasons: set[Status] = {"asserted"}
    negated = clause.negated ^ beside.undone
    moods = set(clause.moods)
    asked = clause.relation == "question"
    directive: Status | None = None
    for governor in governors:
        frame, flip = _through(governor, attributed=attributed)
        negated ^= flip
        if governor.frame in DIRECTIVES:
            moods |= governor.clause.moods
        if governor.frame == "excluded" and frame == "assessed":
            moods.add("possible")
        if frame == "alleged" and not hostile and not governor.charging:
            continue
        if frame in DIRECTIVES:
            # Who asks that something be permitted asks: of nested directives the outermost is the standing.
            directive = _told(governor, kind) if governor.told else _status(frame)
        elif frame:
            reasons.add(_status(frame))
    if asked:
        directive, reasons = None, {*(reasons - ASKED), "unknown"}
    if directive:
        # What one asks of those in one's care, for their safety, is advice.
        reasons.add("advised" if directive == "requested" and kind == "ADVISE" else directive)
    reasons |= _own(own, clause, moods, directive=directive, reasons=reasons, asked=asked)
    for word in words:
        if not (word == "denied" and clause.negated):
            # "Alleged" with nobody who alleges is hearsay.
            reasons.add("rumoured" if word == "alleged" and not attributed else cast(Status, word))
    reasons |= _of_speaker(clause, kind, governors, moods, beside)
    reasons.update(MOOD_STATUS[mood] for mood in moods if mood in MOOD_STATUS and not (mood == "hearsay" and attributed))
    doer = not (clause.passive or clause.negated) and any(one.role == "subject" for one in clause.arguments)
    guessed = bool(moods & {"probable", "possible"}) or attributed or view or conditioned
    if "future" in moods and kind in DECIDED and doer and not (governors or guessed):
        reasons.add("planned")
    if "obligation" in moods and attributed and kind not in JUDGEMENTS | {"STATE", ""}:
        reasons.add("advised" if kind == "ADVISE" else "requested")
    if beside.ahead and moods & {"possible", "probable"}:
        reasons.add("forecast")
    if conditioned and ("probable" not in moods or reasons & {"forecast", "conditional"}):
        reasons.add("conditional")
    if view or kind in JUDGEMENTS:
        reasons.add("assessed")
    if kind in ACTS and not negated and not directive and not asked:
        reasons.add(ACTS[kind])
    status = next(one for one in PRECEDENCE if one in reasons)
    if status == "asserted" and negated and beside.answers:
        status = "denied"
    return Standing(status, negated and status != "denied", _certainty(moods), beside.phase or _phase(clause.moods))


def _own(
    own: str | None, clause: Clause, moods: set[Mood], *, directive: Status | None, reasons: set[Status], asked: bool
) -> set[Status]:
    """Return what a clause's own predicate says of its object: "denied the report", and "did not deny" it leaves open."""
    if not own or own in ("asserted", "perceived") or (asked and own in ASKED):
        return set()
    if (directive and own in DIRECTIVES) or (own == "planned" and "alleged" in reasons):
        return set()
    if own == "excluded":
        if not clause.negated:
            return {"denied"}
        moods.add("possible")
        return {"assessed"}
    if own == "denied" and clause.negated:
        return {"unknown"}
    return {_status(own)}


def _of_speaker(clause: Clause, kind: str, governors: Sequence[Governor], moods: set[Mood], beside: Circumstance) -> set[Status]:
    """Return what follows from who speaks: what he will do himself is planned or threatened, what he bids is ordered."""
    found: set[Status] = set()
    warned = any(one.frame in ("forecast", "alleged") for one in governors[:1]) and "hypothetical" in moods
    if beside.oneself and ("future" in moods or warned) and (not governors or governors[0].frame in ("asserted", "forecast")):
        menacing = kind in MENACING and not clause.negated
        if menacing or not warned:
            found.add("threatened" if menacing else "planned")
            moods.discard("future")
    elif beside.commands and "future" in moods and clause.passive and kind in MENACING:
        # "Whoever goes out will be arrested," the police chief said.
        found.add("threatened")
    if beside.menaces and kind in MENACING | {"SANCTION", "STATE", ""}:
        found.add("threatened")
    if "imperative" in moods and (beside.commands or beside.counsels):
        found.add("ordered" if beside.commands else "advised")
    if beside.requests:
        found.add("requested")
    if beside.ahead and not moods and not governors and not clause.negated:
        found.add("planned")
    return found


def _told(governor: Governor, kind: str) -> Status:
    """Return what a speech verb with a directive complement asks: of somebody told, or of the speaker ("announced to shell")."""
    if governor.clause.passive or any(one.role in ("object", "indirect") for one in governor.clause.arguments):
        return "advised" if kind == "ADVISE" else "requested"
    return "threatened" if kind in HOSTILE else "planned"


def _status(frame: str) -> Status:
    return cast(Status, STATUSES.get(frame, frame))


def _through(governor: Governor, *, attributed: bool) -> tuple[str | None, bool]:
    """Return what a governor adds and whether it turns the polarity: "did not deny" leaves open, "does not think" negates."""
    frame, negated = governor.frame, governor.clause.negated and governor.noun is None
    if frame in ("asserted", "perceived"):
        if negated:
            return "unknown", False
        return ("rumoured" if governor.hearsay and not attributed else None), False
    if frame == "excluded":
        return ("assessed" if negated else "denied"), False
    if not negated:
        return frame, False
    if frame == "denied":
        return "unknown", False
    if frame in DIRECTIVES:
        return None, True
    if frame == "unknown":
        return "unknown", False
    return frame, frame in ("assessed", "forecast")


def _certainty(moods: Iterable[Mood]) -> Certainty:
    return "possible" if "possible" in moods else "probable" if "probable" in moods else "certain"


def _phase(moods: Iterable[Mood]) -> Phase | None:
    return next((phase for mood, phase in PHASES.items() if mood in moods), None)


def status_words(text: str, table: Mapping[str, Any], *, spaces: bool) -> list[str]:
    """Return the status classes whose words stand in a clause's text; words of spaced scripts match whole."""
    low = f" {' '.join(text.lower().split())} " if spaces else text
    hits = []
    for status, words in (table.get("status_words") or {}).items():
        if any((f" {word.lower()} " if spaces else word) in low for word in words):
            hits.append(status)
    return hits


def words_about(
    parse: Parse, start: int, end: int, table: Mapping[str, Any], *, spaces: bool, of_words: Container[str]
) -> list[str]:
    """Return the status classes of the words between two offsets of the document.

    What denies as a mere epithet of a thing says nothing of the act: "gave a false name". Of words it does: "false reports".

    Args:
        of_words: nouns of what is said, as ``Frames.nouns`` has them.
    """
    text, at = parse.sentence.text, parse.sentence.start
    found = status_words(text[start - at : end - at], table, spaces=spaces)
    if "denied" not in found or not spaces:
        return found
    for one in parse.tokens:
        if one.dep.partition(":")[0] == "amod" and parse.tokens[one.head].lemma.lower() not in of_words:
            text = text[: one.start - at] + " " * (one.end - one.start) + text[one.end - at :]
    left = status_words(text[start - at : end - at], table, spaces=spaces)
    return [status for status in found if status != "denied" or status in left]


def negative_phrases(table: Mapping[str, Any]) -> re.Pattern[str]:
    """Return what finds the words of denial that hold a negation of their own: "не соответствует действительности"."""
    negators = set((table.get("grammar") or {}).get("negators") or ())
    phrases = [str(one).lower() for one in (table.get("status_words") or {}).get("denied") or ()]
    held = [re.escape(one) for one in phrases if negators & set(one.split())]
    return re.compile(rf" (?:{'|'.join(held)}) ") if held else re.compile(r"(?!)")
