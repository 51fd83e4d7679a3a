"""What is news to a watch: the joined picture as it stands now, against what was last told of.

A subject is told of once, and again only when it changed; within the quiet hours of a watch it waits, so that what flaps is told
as it stands in the end. A level that was passed is passed anew only after it was clearly left. What a copy carries, and what an
edit says again in the same words, is no news.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from foreshock.model import Condition, Dispute, Incident, Report, Tally, TallyPoint, Trigger, Watch, record_id

# A tally that was over its threshold is under it again below this share of it.
UNDER = 0.9
CONDITION = {"announced": "declared", "in_effect": "declared", "extended": "extended", "breached": "breached", "lifted": "lifted",
             "lapsed": "lapsed"}  # fmt: skip
Mark = dict[str, Any]


@dataclass(frozen=True, slots=True)
class News:
    """That something passed a threshold, and what is remembered of it once it is told.

    ``change`` is None where nothing is told and only the marks move. ``claim_ids`` are those to be told from; ``record`` is the
    incident, dispute, condition or tally.
    """

    trigger: Trigger
    subject: str
    change: str | None
    marks: Mapping[str, Mark]
    claim_ids: tuple[str, ...] = ()
    record: Incident | Dispute | Condition | Tally | None = None
    points: tuple[TallyPoint, ...] = ()


@dataclass(frozen=True)
class Look:
    """What a watch looks at.

    Attributes:
        watch: its filter and quiet hours.
        now: the moment.
        marks: (key of a trigger, subject) -> what was last told.
        reports: claim id -> its report, of all that may be told.
        incidents, disputes, conditions, tallies: as they may be told.
        again: ids of claims that say nothing new: carried from a document that was seen, or standing there before an edit.
    """

    watch: Watch
    now: datetime
    marks: Mapping[tuple[str, str], Mapping[str, Any]]
    reports: Mapping[str, Report]
    incidents: Sequence[Incident] = ()
    disputes: Sequence[Dispute] = ()
    conditions: Sequence[Condition] = ()
    tallies: Sequence[Tally] = ()
    again: Collection[str] = ()
    fitting: frozenset[str] = field(default=frozenset())

    def mark(self, trigger: Trigger, subject: str) -> Mapping[str, Any] | None:
        """Return what was last told of a subject under a trigger."""
        return self.marks.get((trigger.key, subject))

    def quiet(self, mark: Mapping[str, Any] | None) -> bool:
        """Whether a subject was told of so lately that it waits."""
        told = mark.get("at") if mark else None
        return told is not None and self.now - datetime.fromisoformat(told) < timedelta(hours=self.watch.quiet_hours)

    def fits(self, claim_ids: Sequence[str]) -> bool:
        """Whether one of some claims is what the watch is for."""
        return any(one in self.fitting for one in claim_ids)

    def repeats(self, claim_ids: Sequence[str]) -> bool:
        """Whether all of some claims say nothing new."""
        return bool(claim_ids) and all(one in self.again for one in claim_ids)


def fitting(watch: Watch, reports: Mapping[str, Report]) -> frozenset[str]:
    """Return the ids of the claims that have a kind, a status, a source and a language that the watch is for."""
    return frozenset(
        key
        for key, one in reports.items()
        if (not watch.kinds or one.claim.kind in watch.kinds)
        and (not watch.statuses or one.claim.status in watch.statuses)
        and (not watch.sources or one.source in watch.sources)
        and (not watch.languages or one.claim.language in watch.languages)
    )


def news(look: Look) -> Iterator[News]:
    """Yield what is news, trigger by trigger, in the order in which things arrived."""
    for trigger in look.watch.triggers:
        notice = NOTICED.get(trigger.what)
        if notice is not None:
            yield from notice(look, trigger)


def _incidents(look: Look, trigger: Trigger) -> Iterator[News]:
    for one in sorted(look.incidents, key=lambda it: _arrival(look, it.claim_ids)):
        if (trigger.kinds and one.kind not in trigger.kinds) or not look.fits(one.claim_ids):
            continue
        if look.mark(trigger, one.id) is not None:
            continue
        kin = [*one.merged, *([one.split_from] if one.split_from else [])]
        known = any(look.mark(trigger, it) is not None for it in kin) or look.repeats(one.claim_ids)
        yield News(trigger, one.id, None if known else "new", {one.id: {}}, one.claim_ids, one)


def _claims(look: Look, trigger: Trigger) -> Iterator[News]:
    """Yield an incident with its claims that fit and say what no origin has said of it before."""
    for one in sorted(look.incidents, key=lambda it: _arrival(look, it.claim_ids)):
        origin = {claim: it.name for it in one.origins for claim in it.claim_ids}
        new: dict[str, list[str]] = {}
        for key in (it for it in one.claim_ids if it in look.fitting):
            claim = look.reports[key].claim
            said = (one.id, claim.kind, claim.mode, claim.status, claim.negated, origin.get(key, claim.document_id))
            subject = record_id("said", *said)
            if (not trigger.kinds or claim.kind in trigger.kinds) and look.mark(trigger, subject) is None:
                new.setdefault(subject, []).append(key)
        told = [keys[0] for keys in new.values() if not look.repeats(keys)]
        if new:
            marks: dict[str, Mark] = {subject: {} for subject in new}
            yield News(trigger, one.id, "new" if told else None, marks, tuple(told), one)


def _disputes(look: Look, trigger: Trigger) -> Iterator[News]:
    for one in look.disputes:
        ids = tuple(dict.fromkeys(key for side in one.positions for key in side.claim_ids))
        mark = look.mark(trigger, one.id)
        if not look.fits(ids) or (mark is not None and mark.get("told") == one.state):
            continue
        wanted = mark is None and trigger.what == "dispute" and not look.repeats(ids)
        settled = trigger.what == "settled" and one.state == "settled"
        if settled and look.quiet(mark):
            continue
        change = "new" if wanted else "settled" if settled else None
        yield News(trigger, one.id, change, {one.id: _told(look, one.state, mark, tell=change is not None)}, ids, one)


def _conditions(look: Look, trigger: Trigger) -> Iterator[News]:
    for one in look.conditions:
        if not look.fits(one.claim_ids):
            continue
        past = one.freshness == "past" and one.state not in ("lifted", "lapsed")
        change = "lapsed" if past else CONDITION[one.state]
        mark = look.mark(trigger, one.id)
        if mark is not None and mark.get("told") == change:
            continue
        wanted = (not trigger.changes or change in trigger.changes) and not (mark is None and look.repeats(one.claim_ids))
        if wanted and look.quiet(mark):
            continue
        marks = {one.id: _told(look, change, mark, tell=wanted)}
        yield News(trigger, one.id, change if wanted else None, marks, one.claim_ids, one)


def _tallies(look: Look, trigger: Trigger) -> Iterator[News]:
    for one in look.tallies:
        points = tuple(it for it in one.points if it.state == "read" and it.claim_id in look.reports)
        if one.what != trigger.figure or one.high is None or not look.fits([it.claim_id for it in points]):
            continue
        subject = record_id("tally", one.what, one.of or "", one.unit or "", one.counting or "", one.scope or "")
        giving = tuple(it for it in points if one.high in (it.high, it.best, it.low))
        mark = look.mark(trigger, subject)
        change, level = _over(trigger.over, one.high, mark) if trigger.over is not None else _moved(trigger, one.high, mark)
        if change is not None and (look.quiet(mark) or not giving):
            continue
        if change is None and mark is not None and mark.get("told") == level:
            continue
        marks = {subject: _told(look, level, mark, tell=change is not None)}
        yield News(trigger, subject, change, marks, tuple(it.claim_id for it in giving), one, giving)


def _over(over: float, number: float, mark: Mapping[str, Any] | None) -> tuple[str | None, Any]:
    """Return the change, and whether the number is over its threshold now: "under" only once it is clearly so."""
    before = mark.get("told") if mark else "under"
    if number >= over:
        return ("over" if before == "under" else None), "over"
    return None, ("under" if number < over * UNDER else before)


def _moved(trigger: Trigger, number: float, mark: Mapping[str, Any] | None) -> tuple[str | None, Any]:
    """Return the change, and the number that later ones are compared with; a first number that is large enough is a move."""
    before = mark.get("told") if mark else None
    if abs(number - (before or 0.0)) >= (trigger.by or 0.0):
        return ("first" if before is None else "moved"), number
    return None, number if before is None else before


def _told(look: Look, told: Any, mark: Mapping[str, Any] | None, *, tell: bool) -> Mark:
    """Return the mark of a subject; the moment at which it was last told of stays where it is not told of now."""
    at = look.now.isoformat() if tell else (mark or {}).get("at")
    return {"told": told, "at": at} if at else {"told": told}


def _arrival(look: Look, claim_ids: Sequence[str]) -> tuple[int, str]:
    arrivals = [look.reports[one].arrival for one in claim_ids if one in look.reports]
    return min(arrivals, default=0), claim_ids[0] if claim_ids else ""


NOTICED: dict[str, Callable[[Look, Trigger], Iterator[News]]] = {
    "incident": _incidents,
    "claim": _claims,
    "dispute": _disputes,
    "settled": _disputes,
    "condition": _conditions,
    "tally": _tallies,
}
