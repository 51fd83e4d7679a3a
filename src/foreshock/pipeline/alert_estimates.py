"""What is news of likelihoods: a scenario that passed a level, or moved from one word to another and stayed there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from foreshock.briefs.alerts import Told, estimate_told
from foreshock.briefs.weighed import Weighed
from foreshock.errors import LedgerError
from foreshock.model import Estimate, Trigger, record_id
from foreshock.pipeline.alert_scene import Item, Scene, Scenes
from foreshock.pipeline.asked import fresh_day
from foreshock.pipeline.briefing import weighed as as_told
from foreshock.pipeline.noticing import Look, News
from foreshock.pipeline.reckoning import earned, said_of, weighing_tables
from foreshock.pipeline.weighing import Reckoning, Stand, weigh_situation
from foreshock.scenarios.words import band, bands, percent

# How far beyond an edge a probability must be to have passed it, as a share of what is left on the nearer side, and at most.
MARGIN, MOST_MARGIN = 0.1, 0.02


def estimate_news(scenes: Scenes, scene: Scene, look: Look) -> Iterator[tuple[Item, tuple[Estimate, ...]]]:
    """Yield what is news of likelihoods to a watch, each with the estimates of that reckoning, which are to be kept with it.

    Raises:
        LedgerError: the watch asks for a probability and names no country.
        CatalogueError: it asks for a scenario that is not there.
    """
    triggers = [one for one in look.watch.triggers if one.what == "probability"]
    if not triggers:
        return
    countries = scene.found.crisis.countries if scene.found.crisis else ()
    if not countries:
        raise LedgerError(
            f"the watch {look.watch.name!r} asks for a probability and names no country",
            remedy="give --country, or a crisis that has countries",
        )
    for country in countries:
        made = _reckoning(scenes, country)
        for trigger in triggers:
            estimate = next(
                (one for one in made.estimates if (one.scenario, one.horizon) == (trigger.scenario, trigger.horizon)), None
            )
            if estimate is not None and estimate.probability is not None:
                item = _news(scene, look, trigger, made, estimate, estimate.probability)
                if item is not None:
                    yield item, made.estimates


def _reckoning(scenes: Scenes, country: str) -> Reckoning:
    if country not in scenes.reckoned:
        ledger, found = scenes.ledger, scenes.whole
        day = fresh_day(found, country, scenes.today)
        stand = Stand(weighing_tables(scenes.bench.settings), (), earned(ledger, made=day.isoformat()))
        scenes.reckoned[country] = weigh_situation(
            found, country=country, as_of=day, arrival=scenes.joined, name=country, stand=stand
        )
    return scenes.reckoned[country]


def _news(scene: Scene, look: Look, trigger: Trigger, made: Reckoning, estimate: Estimate, p: float) -> Item | None:
    subject = record_id("estimate", estimate.country, estimate.scenario, estimate.horizon)
    mark = look.mark(trigger, subject)
    state, change = passed(p, mark, over=trigger.over) if trigger.over is not None else moved(p, mark, by=int(trigger.by or 1))
    if mark is not None and mark.get("told") == state:
        return None
    if change is not None and look.quiet(mark):
        return None
    told_at = look.now.isoformat() if change else (mark or {}).get("at")
    value = {"told": state, "estimate": estimate.id if change or mark is None else mark.get("estimate")}
    value |= {"at": told_at} if told_at else {}

    def told() -> Told:
        kept = scene.ledger.estimates(scenario=estimate.scenario, country=estimate.country)
        before = next((one for one in kept if mark and one.id == mark.get("estimate") and one.id != estimate.id), None)
        weighed = _weighed(made, estimate, before)
        over = percent(trigger.over) if trigger.over is not None else None
        return estimate_told(scene.context((), weighed=weighed), estimate, before, over=over)

    return Item(News(trigger, subject, change, {subject: value}), told, estimate.country, probability=p)


def moved(p: float, mark: Mapping[str, Any] | None, *, by: int) -> tuple[Any, str | None]:
    """Return the band of a probability and whether it moved by so many from the one that was told; an edge is a margin wide.

    >>> moved(0.051, {"told": 1}, by=1), moved(0.06, {"told": 1}, by=1)
    ((1, None), (2, 'moved'))
    """
    if mark is None or mark.get("told") is None:
        return bands().index(band(p)), None
    before, now = int(mark["told"]), bands().index(band(p))
    while now > before and p < bands()[now].low + margin(bands()[now].low):
        now -= 1
    while now < before and p > bands()[now].high - margin(bands()[now].high):
        now += 1
    return (now, "moved") if abs(now - before) >= by else (before, None)


def passed(p: float, mark: Mapping[str, Any] | None, *, over: float) -> tuple[Any, str | None]:
    """Return whether a probability is over a level, and the change; it is under again only beyond the margin."""
    before = mark.get("told") if mark else "under"
    if p >= over:
        return "over", "over" if before == "under" else None
    return ("under" if p < over - margin(over) else before), None


def margin(edge: float) -> float:
    """Return how far beyond an edge a probability must be: a tenth of what is left on the nearer side, .02 at most."""
    return min(MOST_MARGIN, MARGIN * min(edge, 1 - edge))


def _weighed(made: Reckoning, estimate: Estimate, before: Estimate | None) -> Weighed:
    now = as_told(made, (), horizon=estimate.horizon)
    said = said_of(before) if before is not None else None
    if before is None or said is None:
        return now
    return replace(
        now,
        estimates=(*now.estimates, before),
        words={**now.words, before.id: said.word},
        percents={**now.percents, before.id: (said.probability, said.low, said.high, said.prior, said.base_rate)},
    )
