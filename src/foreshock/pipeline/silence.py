"""What the ledger itself says could not be seen: networks cut, borders shut, stretches without a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from foreshock.dates import first_day, last_day
from foreshock.incidents.conditions.register import IN_FORCE, conditions_of
from foreshock.incidents.conditions.told import homes_of
from foreshock.incidents.conditions.words import said_of
from foreshock.knowledge import load_table
from foreshock.model import Blind, Condition, Report
from foreshock.pipeline.happenings import covered, published_days
from foreshock.pipeline.situation import Situation
from foreshock.scenarios.silence import blind, gaps

REGISTER = "the conditions that reports tell of"


@dataclass(frozen=True, slots=True)
class Cut:
    """One row of silence.yaml: a type of condition that hides, under which cause, where which words stand."""

    type: str
    cause: str
    words: str | None
    whole: bool


@cache
def _table() -> Mapping[str, Any]:
    found: Mapping[str, Any] = load_table(__package__, "silence.yaml")
    return found


@cache
def _cuts() -> tuple[Cut, ...]:
    return tuple(Cut(row["type"], row["cause"], row.get("words"), row["whole"]) for row in _table()["cuts"])


@cache
def hiding_types() -> frozenset[str]:
    """Return the types of conditions that can hide what happens."""
    return frozenset(cut.type for cut in _cuts())


def silences(found: Situation, *, country: str, since: date, until: date, registered: Iterable[Blind] = ()) -> tuple[Blind, ...]:
    """Return the stretches in which a country could not be seen, as known on the last day of a span, the earliest first.

    Args:
        found: the joined picture of the whole ledger, as of ``until``.
        country: ISO 3166 alpha-3.
        since, until: the span of days that is looked at; a ledger whose first document is later has no feed before it.
        registered: from a register of shutdowns.
    """
    told = [*cut_off(_hiding(found), found.reports, country=country)]
    told += gaps(published_days(found), covered(found, country=country), country=country, since=since, until=until)
    return blind(told, registered, country=country, since=since, until=until)


def _hiding(found: Situation) -> list[Condition]:
    """Return the conditions of types that can hide, from the documents that tell of one; all, where they are made already."""
    if "conditions" in found.__dict__:
        return found.conditions
    documents = {it.claim.document_id for it in found.reports.values() if any(one.type in hiding_types() for one in said_of(it))}
    told = [report for report in found.reports.values() if report.claim.document_id in documents]
    made = conditions_of(told, today=found.today, judgements=found.judgements, parties=found.parties)
    return [one for one in made if one.type in hiding_types()]


def cut_off(conditions: Iterable[Condition], reports: Mapping[str, Report], *, country: str) -> list[Blind]:
    """Return the stretches that conditions in force tell of.

    Args:
        conditions: what is or was in force, on the day of reading.
        reports: claim id -> its report.
        country: ISO 3166 alpha-3: that of the condition's place, else the one that most of its documents are about.

    A stretch begins on the day that is told, else on that of the first report. It ends on the day on which it was lifted, where
    no day is told on that of the first report of it, or at its stated end. One whose end nobody tells lasts while it is
    confirmed as often as its type asks for (conditions.yaml, ``days``); after that it ends with the last day for which it was
    confirmed: it does not last for ever.
    """
    homes = homes_of(reports.values())
    found = []
    for one in conditions:
        told = [reports[claim] for claim in one.claim_ids if claim in reports]
        cut = next((cut for cut in _cuts() if cut.type == one.type and _has_words(cut, told)), None)
        held = one.state == "lifted" or (one.held_by and one.state in (*IN_FORCE, "breached"))
        if cut is None or not held or _home(one, told, homes) != country:
            continue
        since = one.since or min((report.published for report in told if report.published), default=None)
        if since is None:
            continue
        until = _end(one)
        if until is not None and last_day(until) < first_day(since):
            until = since
        whole = cut.whole and (one.place is None or one.place.precision in (None, "country"))
        found.append(Blind(country, cut.cause, since[:10], until, whole, REGISTER, one.claim_ids))
    return found


def _end(one: Condition) -> str | None:
    """Return the last day on which it is held to be in force; None while it lasts."""
    if one.state == "lifted":
        ends = [step for step in one.steps if step.state == "lifted" and not (step.partial or step.negated)]
        days = [day[:10] for step in ends if (day := step.day or step.published) and day[:10] >= (one.last_confirmed or "")]
        return min(days, default=one.last_confirmed)
    if one.freshness == "past" and one.until:
        return one.until[:10]
    return one.last_confirmed if one.freshness == "ageing" else None


def _home(one: Condition, told: Sequence[Report], homes: Mapping[str, str]) -> str | None:
    if one.place and one.place.country:
        return one.place.country
    found = [homes[report.claim.document_id] for report in told if report.claim.document_id in homes]
    return max(dict.fromkeys(found), key=found.count) if found else None


def _has_words(cut: Cut, told: Sequence[Report]) -> bool:
    if cut.words is None:
        return True
    lists: Mapping[str, Sequence[str]] = _table()["words"][cut.words]
    for report in told:
        known = lists.get(report.claim.language) or [word for words in lists.values() for word in words]
        text = report.claim.text.casefold()
        if any(str(word).casefold() in text for word in known):
            return True
    return False
