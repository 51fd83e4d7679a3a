"""What a brief tells of likelihoods: the reckoning of the country that it is about, and the past crises nearest to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from foreshock.briefs.weighed import PastCrisis, PathPoint, Weighed
from foreshock.incidents.conditions.told import homes_of
from foreshock.model import Estimate
from foreshock.pipeline.asked import fresh_day
from foreshock.pipeline.precedents import gloss
from foreshock.pipeline.reckoning import nearest_to, said_of, weighing_tables
from foreshock.pipeline.showing import Shown
from foreshock.pipeline.situation import Situation
from foreshock.pipeline.weighing import Reckoning, Stand, weigh_situation
from foreshock.pipeline.workbench import Workbench
from foreshock.scenarios.precedents.record import Precedent, Reason

HORIZON = 90  # days: a brief has one, `foreshock weigh` all
NEAREST = 4
CHANGES = 4
REASONS = 6  # of what is alike, and of what differs, in a row


def weighed_in(
    shown: Shown, bench: Workbench, *, today: date, nearest: int = NEAREST, kept: Sequence[Estimate] = ()
) -> Weighed | None:
    """Return what is weighed for a brief; None where what was read is not about one country, or has no dated report of it.

    Args:
        shown: the joined picture with private persons by role.
        bench: settings with the user's own scenarios, and the catalogues by which comparisons are looked up.
        today: the moment of the brief; a country whose last report is long past is weighed as of that report.
        nearest: how many past crises are looked for.
        kept: estimates of earlier days; those of the country are its paths up to today.
    """
    found = shown.found
    country = country_of(found)
    if country is None:
        return None
    as_of = fresh_day(found, country, today)
    made = weigh_situation(found, country=country, as_of=as_of, stand=Stand(weighing_tables(bench.settings)))
    found_now = weighed(made, nearest_to(made, shown, bench, limit=nearest) if nearest else ())
    return replace(found_now, paths=paths_of(found_now, kept))


def paths_of(now: Weighed, kept: Sequence[Estimate]) -> tuple[PathPoint, ...]:
    """Return the paths of a country's scenarios: the last estimate that was kept for each earlier day, then today's."""
    latest = {
        (one.scenario, one.as_of[:10]): one
        for one in kept
        if one.country == now.country and one.horizon == HORIZON and one.as_of[:10] < now.as_of and one.scenario in now.shorts
    }
    past = [point for one in latest.values() if (point := _point(one))]
    return tuple(sorted((*past, *now.paths), key=lambda one: one.day))


def country_of(found: Situation) -> str | None:
    """Return the country that more than half of the documents are about, that of the crisis where it names just one."""
    if found.crisis and len(found.crisis.countries) == 1:
        return found.crisis.countries[0]
    homes = Counter(homes_of(found.reports.values()).values())
    if not homes:
        return None
    country, most = homes.most_common(1)[0]
    return country if most * 2 > homes.total() else None


def weighed(made: Reckoning, past: tuple[Precedent, ...], *, horizon: int = HORIZON) -> Weighed:
    """Return a reckoning and its precedents as a brief tells them: one horizon, and what moves or would move it."""
    estimates = tuple(one for one in made.estimates if one.horizon == horizon)
    said = {one.id: told for one in estimates if (told := said_of(one))}
    ids: dict[tuple[str, int], Estimate] = {(one.scenario, one.horizon): one for one in estimates}
    turning = [one for one in made.changes if one.horizon == horizon and one.other_band][:CHANGES]
    subject, start = made.weighing.subject, made.weighing.start
    return Weighed(
        country=subject.country,
        as_of=subject.as_of.isoformat(),
        estimates=estimates,
        shorts={one.scenario: made.tables.scenarios[one.scenario].short for one in estimates},
        words={name: one.word for name, one in said.items()},
        percents={name: (one.probability, one.low, one.high, one.prior, one.base_rate) for name, one in said.items()},
        state=start.state,
        tier=start.tier,
        reasons=start.reasons,
        hidden=tuple(made.hidden),
        changes=tuple((ids[one.scenario, one.horizon].id, one.why) for one in turning),
        precedents=tuple(_past(one, made) for one in past),
        paths=tuple(filter(None, map(_point, estimates))),
    )


def _point(one: Estimate) -> PathPoint | None:
    if one.probability is None or one.low is None or one.high is None or one.prior is None:
        return None
    return PathPoint(one.scenario, one.as_of[:10], one.id, one.low, one.probability, one.high, one.prior.probability)


def _past(one: Precedent, made: Reckoning) -> PastCrisis:
    shorts = {name: scenario.short for name, scenario in made.tables.scenarios.items()}
    came = ", ".join(f"{shorts.get(ending.scenario, ending.scenario)} ({ending.day})" for ending in one.endings)
    ended = "; ".join(part for part in (came, one.crisis.after) if part)
    return PastCrisis(one.crisis.name, one.crisis.start, _reasons(one.alike), _reasons(one.differ), ended)


def _reasons(reasons: tuple[Reason, ...]) -> str:
    told = [gloss(one.what) if not one.text else one.text for one in reasons[:REASONS]]
    more = len(reasons) - len(told)
    return ", ".join(told) + (f" and {more} more" if more > 0 else "") if told else "nothing"
