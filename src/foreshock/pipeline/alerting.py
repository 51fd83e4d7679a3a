"""Alerts: what a ledger holds now against what a watch last saw of it becomes sentences that are kept once.

An evaluation is deterministic: the same ledger, watch, state and moment give the same alerts. The first one raises nothing that
was there already. Alerts leave the desk, so they are discreet as an export is: private persons by role, exact sites of people at
risk at district level and 72 hours late.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from foreshock.briefs.alerts import Told, condition_told, dispute_told, incident_told, tally_told
from foreshock.briefs.quotes import safe
from foreshock.dates import utc_stamp
from foreshock.errors import ForeshockError
from foreshock.ledger import Ledger
from foreshock.ledger.watches import Watches
from foreshock.model import Alert, Condition, Dispute, Estimate, Figure, Incident, Place, Tally, Watch, WatchState, record_id
from foreshock.pipeline.alert_documents import again, document_news
from foreshock.pipeline.alert_estimates import estimate_news
from foreshock.pipeline.alert_scene import Item, Scene, Scenes
from foreshock.pipeline.noticing import Look, News, fitting, news
from foreshock.pipeline.workbench import Workbench

# Alerts of one watch in one evaluation; what is beyond waits for the next one.
MOST = 100
# Another evaluation of the same watch may come between reading its state and keeping the alerts.
TRIES = 3


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What an evaluation found: alerts, marks that are new or changed, estimates that alerts stand on, and how far it saw."""

    alerts: tuple[Alert, ...]
    marks: Mapping[tuple[str, str], Mapping[str, Any]]
    estimates: tuple[Estimate, ...]
    arrival: int


def evaluate(scenes: Scenes, watch: Watch, state: WatchState, *, backfill: bool = False) -> Evaluation:
    """Return what is news to a watch since its state; nothing is kept.

    Args:
        scenes: of this round.
        watch: its filter and thresholds.
        state: what it saw last; of another definition it counts for nothing.
        backfill: take all that is there for news where nothing was seen yet.

    Raises:
        LedgerError: its crisis is not there, or it asks for a probability and names no country.
    """
    fresh = state.definition != watch.definition
    silent = fresh and not backfill
    before = replace(state, marks={}, arrival=0) if fresh else state
    scene = scenes.of(watch)
    look = _look(scene, watch, before, silent=silent)
    alerts: list[Alert] = []
    marks: dict[tuple[str, str], Mapping[str, Any]] = {}
    kept: dict[str, Estimate] = {}
    cut = False
    for item, estimates in _items(scenes, scene, look, before):
        one = item.news
        tell = one.change is not None and not silent
        if tell and len(alerts) == MOST:
            cut = True
            continue
        if tell or silent:
            kept |= {it.id: it for it in estimates}
        alert = _alert(scenes, watch, state, look, item) if tell else None
        if alert is not None:
            alerts.append(alert)
        for subject, value in one.marks.items():
            told = alert.id if alert else (look.mark(one.trigger, subject) or {}).get("alert")
            plain = {key: it for key, it in value.items() if not (silent and key == "at")}
            marks[one.trigger.key, subject] = {**plain, "alert": told} if told else plain
    return Evaluation(tuple(alerts), marks, tuple(kept.values()), before.arrival if cut else scenes.joined)


def raise_alerts(
    ledger: Ledger,
    bench: Workbench,
    *,
    now: datetime,
    names: Iterable[str] = (),
    backfill: bool = False,
    failed: Callable[[str, ForeshockError], None] | None = None,
) -> list[Alert]:
    """Evaluate watches, all or those of some names, keep what is news and put it into the outbox; return the alerts.

    Args:
        ledger: open for writing; what is not joined yet is left for later.
        bench: codebook, actors and settings.
        now: the moment.
        names: of watches.
        backfill: what is there already is news to a watch that has seen nothing yet.
        failed: told the name of a watch that cannot be evaluated and why, which then stops no other; without it that is raised.

    Raises:
        LedgerError: there is no watch of such a name, or its crisis is not there; what was raised before it stays.
    """
    store = Watches(ledger)
    wanted = [store.get(name) for name in names] or store.every()
    if not wanted:
        return []
    scenes = Scenes(ledger, bench, now)
    alerts: list[Alert] = []
    for watch in wanted:
        try:
            alerts += _raised(scenes, store, watch, backfill=backfill)
        except ForeshockError as error:
            if failed is None:
                raise
            failed(watch.name, error)
    return alerts


def _raised(scenes: Scenes, store: Watches, watch: Watch, *, backfill: bool) -> tuple[Alert, ...]:
    for _ in range(TRIES):
        state = store.state(watch.name)
        found = evaluate(scenes, watch, state, backfill=backfill)
        if found.estimates:
            scenes.ledger.keep_estimates(found.estimates, known_at=utc_stamp(scenes.now))
        if store.commit(watch, state, marks=found.marks, alerts=found.alerts, arrival=found.arrival, now=scenes.now):
            return found.alerts
    return ()  # others evaluate it without pause: what is news they raise


def _look(scene: Scene, watch: Watch, before: WatchState, *, silent: bool) -> Look:
    # What waits because it is too young to be told is no news later where it was there at the first look.
    found = scene.found
    reports = found.reports if silent else scene.reports
    return Look(
        watch, scene.now, before.marks, reports,
        incidents=found.incidents if silent else scene.incidents,
        disputes=found.disputes if silent else scene.disputes,
        conditions=found.conditions if silent else scene.conditions,
        tallies=found.tallies if silent else scene.tallies,
        again=again(scene, arrival=before.arrival),
        fitting=fitting(watch, reports),
    )  # fmt: skip


def _items(scenes: Scenes, scene: Scene, look: Look, before: WatchState) -> Iterator[tuple[Item, tuple[Estimate, ...]]]:
    for one in news(look):
        place = _place(scene, one)
        told = partial(_told, scene, one)
        yield Item(one, told, place.country if place else None, place.name if place else None), ()
    # An edit that was there at the first look is no news.
    edits = before.arrival if before.definition == look.watch.definition else scenes.joined
    for item in document_news(scene, look, arrival=edits, joined=scenes.joined):
        yield item, ()
    yield from estimate_news(scenes, scene, look)


def _told(scene: Scene, one: News) -> Told:
    record, watch_of = one.record, one.trigger
    if isinstance(record, Dispute):
        return dispute_told(scene.context(one.claim_ids, disputes=[record]), record)
    if isinstance(record, Condition):
        return condition_told(scene.context(one.claim_ids, conditions=[record]), record, str(one.change))
    if isinstance(record, Tally):
        figures = _figures(scene, one)
        context = scene.context(figures)
        return tally_told(context, record, figures, over=watch_of.over, by=watch_of.by, first=one.change == "first")
    return incident_told(scene.context(one.claim_ids), new=watch_of.what == "incident")


def _figures(scene: Scene, one: News) -> dict[str, Figure]:
    """Return claim id -> the figure that it gives for a tally."""
    found: dict[str, Figure] = {}
    for point in one.points:
        claim = scene.reports[point.claim_id].claim
        figure = next((it for it in claim.figures if (it.start, it.end) == point.span and it.state == "read"), None)
        if figure is not None:
            found[claim.id] = figure
    return found


def _place(scene: Scene, one: News) -> Place | None:
    record = one.record
    if isinstance(record, (Incident, Condition)):
        return record.place
    places = (scene.reports[key].claim.place for key in one.claim_ids if key in scene.reports)
    return next((place for place in places if place is not None), None)


def _alert(scenes: Scenes, watch: Watch, state: WatchState, look: Look, item: Item) -> Alert:
    one, change = item.news, str(item.news.change)
    told = item.told()
    before = look.mark(one.trigger, one.subject) or {}
    return Alert(
        id=record_id("alert", state.watch_id, state.version, one.trigger.key, one.subject, change),
        watch=watch.name,
        at=utc_stamp(scenes.now),
        trigger=one.trigger,
        subject=one.subject,
        change=change,
        title=told.title,
        lines=told.lines,
        as_of=scenes.today.isoformat(),
        country=item.country,
        place=safe(item.place) if item.place else None,
        probability=item.probability,
        follows=before.get("alert"),
        language=watch.language,
    )
