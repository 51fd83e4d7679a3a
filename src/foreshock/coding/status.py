"""The standing of a claim with its innermost holder: one value, the first that fits in the contract's order.

``decide`` gathers every reason that the words give and takes the first in ``PRECEDENCE``; docs/claims.md has the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from foreshock.coding.frames import Governor
from foreshock.model import Certainty, Phase, Status
from foreshock.reading.languages.base import Clause, Mood

PRECEDENCE: tuple[Status, ...] = (
    "retracted", "denied", "ordered", "permitted", "advised", "requested", "promised", "threatened", "planned", "wished",
    "conditional", "forecast", "unknown", "rumoured", "alleged", "assessed", "asserted",
)  # fmt: skip
MOOD_STATUS: Mapping[Mood, Status] = {
    "wish": "wished", "intention": "planned", "hypothetical": "conditional", "future": "forecast", "hearsay": "rumoured",
    "probable": "assessed", "possible": "assessed", "obligation": "assessed", "imperative": "requested",
}  # fmt: skip
PHASES: Mapping[Mood, Phase] = {"attempt": "attempted", "begun": "begun", "ongoing": "ongoing", "ended": "ended"}
DIRECTIVES = frozenset({"ordered", "permitted", "advised", "requested", "promised", "threatened", "planned"})
JUDGEMENTS = frozenset({"ASSESS", "LIKEN"})
HOSTILE = frozenset({"ASSAULT", "COERCE", "HARM", "OFFICE", "CONTROL", "ACCUSE", "THREATEN", "SANCTION", "MOBILIZE"})
# English pronouns under which a speaker is the one who acts; Japanese drops them.
ONESELF = frozenset({"it", "he", "she", "they", "we", "i"})
# Speech acts whose kind is also their standing where no inner act is named.
ACTS: Mapping[str, Status] = {"ADVISE": "advised", "REQUEST": "requested", "THREATEN": "threatened"}


@dataclass(frozen=True, slots=True)
class Standing:
    """Status, polarity, certainty and phase of one claim."""

    status: Status
    negated: bool
    certainty: Certainty
    phase: Phase | None


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
    """
    reasons: set[Status] = {"asserted"}
    negated = clause.negated
    moods = set(clause.moods)
    directive: Status | None = None
    for governor in governors:
        frame, flip = _through(governor)
        negated ^= flip
        if governor.frame in DIRECTIVES:
            moods |= governor.clause.moods
        if frame == "alleged" and not hostile:
            continue
        if frame in DIRECTIVES:
            # Who asks that something be permitted asks: of nested directives the outermost is the standing.
            directive = _told(governor, kind) if governor.told else frame
        elif frame:
            reasons.add(frame)
    if directive:
        reasons.add(directive)
    if clause.relation == "question" and not reasons & {"ordered", "requested"}:
        reasons.add("unknown")
    overruled = (directive and own in DIRECTIVES) or (own == "planned" and "alleged" in reasons)
    if own and own not in ("asserted", "perceived") and not overruled:
        reasons.add(cast(Status, own))
    reasons.update(cast(Status, word) for word in words)
    if "future" in moods and _of_oneself(clause, governors):
        reasons.add("planned")
        moods.discard("future")
    reasons.update(MOOD_STATUS[mood] for mood in moods if mood in MOOD_STATUS and not (mood == "hearsay" and attributed))
    if "obligation" in moods and attributed and kind not in JUDGEMENTS | {"STATE", ""}:
        reasons.add("advised" if kind == "ADVISE" else "requested")
    if conditioned and ("probable" not in moods or reasons & {"forecast", "conditional"}):
        reasons.add("conditional")
    if view or kind in JUDGEMENTS:
        reasons.add("assessed")
    if kind in ACTS and not clause.negated and not directive:
        reasons.add(ACTS[kind])
    if own == "denied" and clause.negated:
        reasons.discard("denied")
    status = next(one for one in PRECEDENCE if one in reasons)
    return Standing(status, negated and status != "denied", _certainty(moods), _phase(clause.moods))


def _of_oneself(clause: Clause, governors: Sequence[Governor]) -> bool:
    """Whether a speaker tells what he himself will do: "the bank said it would close"."""
    if not governors or governors[0].frame != "asserted":
        return False
    mine = {one.text.lower() for one in clause.arguments if one.role == "subject"}
    speaker = {one.text.lower() for one in governors[0].clause.arguments if one.role == "subject"}
    return bool(mine & (speaker | ONESELF))


def _told(governor: Governor, kind: str) -> Status:
    """Return what a speech verb with a directive complement asks: of somebody told, or of the speaker ("announced to shell")."""
    if governor.clause.passive or any(one.role in ("object", "indirect") for one in governor.clause.arguments):
        return "advised" if kind == "ADVISE" else "requested"
    return "threatened" if kind in HOSTILE else "planned"


def _through(governor: Governor) -> tuple[Status | None, bool]:
    """Return what a governor adds and whether it turns the polarity: "did not deny" adds nothing, "does not think" negates."""
    frame, negated = governor.frame, governor.clause.negated and governor.noun is None
    if frame in ("asserted", "perceived"):
        return ("unknown", False) if negated else (None, False)
    if not negated:
        return cast(Status, frame), False
    if frame == "denied":
        return None, False
    if frame in DIRECTIVES:
        return None, True
    if frame == "unknown":
        return "unknown", False
    return cast(Status, frame), frame in ("assessed", "forecast")


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
