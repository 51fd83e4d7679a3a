"""What our own coder's indicators are worth before an escalation of violence, as ``fitted/ratios_reading.yaml`` ships them.

The feed is Wikipedia's Portal:Current events, a few sentences a day on the whole world, coded and joined by this package
(``pipeline.corpus``); the outcome is an escalation in UCDP's georeferenced events: fewer than 25 deaths in the last three months,
25 or more in the next three. A window ends with a month. Windows are compared within one country and one state of violence: no
death in the last twelve months, fewer than 25, or more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foreshock.model import Happening
from foreshock.scenarios.baseline import FEWEST, MEMORY, TAIL
from foreshock.scenarios.fitting.provenance import provenance
from foreshock.scenarios.fitting.ratios import measure
from foreshock.scenarios.fitting.within import NO_ONSET, Panel
from foreshock.scenarios.histories.escalations import COUNTRIES, DEATHS, FIRST_YEAR, GED, MONTHS, Deaths, escalates, read_deaths
from foreshock.scenarios.indicators import Indicator, load_indicators, matches
from foreshock.scenarios.scenario import load_scenarios

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from foreshock.scenarios.fitting.within import Floats, Ints

WHAT = "What indicators on our own coder's reading of Wikipedia's current events were worth before an escalation of violence."
FITTED = "ratios_reading"
CORPUS = "wikipedia_current_events_to_2019.jsonl.gz"
FEED = "Wikipedia current events"
OUTCOME = "an escalation: fewer than 25 deaths in organised violence in three months, 25 or more in the next three (UCDP GED)"
SCENARIO, HORIZON = "armed-conflict", 90
APART = 92  # days of the longest three months
YEAR = 12
FEWEST_EPISODES = 5
SEED = 20191231


@dataclass(frozen=True, slots=True)
class Told:
    """What a feed told from ``first`` to ``last``: ``happenings``, an incident each, as ``coder`` understood them."""

    happenings: Sequence[Happening]
    first: date
    last: date
    coder: str


def fit(data: Path, *, fitted: str, command: str, told: Told) -> dict[str, Any]:
    """Return the plain values of the table.

    Raises:
        CatalogueError: a set is missing or not whole.
    """
    import numpy as np

    history = read_deaths(data)
    names = names_of(load_indicators())
    panel = panel_of(history, told, [load_indicators()[name] for name in names])
    ratios = measure(panel, names, scenario=SCENARIO, horizon=HORIZON, apart=APART, rng=np.random.default_rng(SEED))
    found = [one for one in ratios if one.effective_onsets >= FEWEST_EPISODES]
    return {
        "coder": told.coder,
        "feed": FEED,
        "outcome": OUTCOME,
        "provenance": provenance(
            sets=[CORPUS, GED, COUNTRIES],
            span=(told.first.year, told.last.year),
            n=len(panel.day),
            onsets=max((one.onsets for one in found), default=0),
            fitted=fitted,
            command=command,
        ),
        "ratios": [one.plain() for one in found],
    }


def names_of(indicators: Mapping[str, Indicator]) -> list[str]:
    """Return the indicators that the scenario looks for and that no tier is made of."""
    return [name for name in load_scenarios()[SCENARIO].indicators if not indicators[name].tier]


def panel_of(history: Deaths, told: Told, indicators: Sequence[Indicator]) -> Panel:
    """Return the windows that end with a month: of countries at risk, whose next three months are known."""
    import numpy as np

    months = [at for at in range(history.deaths.shape[1]) if told.first <= last_day(at) <= told.last]
    outcome = escalates(history.deaths)[:, months]
    country, at = np.nonzero(~np.isnan(outcome))
    daily = daily_counts(told, indicators, history.countries)
    ends = np.array([last_day(month).toordinal() - told.first.toordinal() for month in months])
    states = np.stack([fired_at(daily[k], ends, window=one.window) for k, one in enumerate(indicators)], axis=-1)
    return Panel(
        country=country,
        day=np.array([last_day(month).toordinal() for month in months])[at],
        given=violence(history.deaths)[:, months][country, at],
        seen=states[country, at],
        onset=onsets(history.deaths, months)[country, at],
    )


def last_day(month: int) -> date:
    """Return the last day of a month that is counted from January 1980 = 0."""
    year, of_year = divmod(month + 1, YEAR)
    return date(FIRST_YEAR + year, of_year + 1, 1) - timedelta(days=1)


def violence(deaths: NDArray[np.float64]) -> Ints:
    """Return (countries, months) 0 where nobody died in the twelve months to this one, 1 where fewer than 25, 2 where more."""
    import numpy as np

    before = np.pad(np.cumsum(np.nan_to_num(deaths), axis=1), ((0, 0), (1, 0)))
    months = np.arange(deaths.shape[1]) + 1
    died = before[:, months] - before[:, np.maximum(months - YEAR, 0)]
    return np.asarray((died > 0).astype(np.int64) + (died >= DEATHS))


def onsets(deaths: NDArray[np.float64], months: Sequence[int]) -> Ints:
    """Return (countries, months) the last day of the month with which the next three reach 25 deaths; ``NO_ONSET`` where none."""
    import numpy as np

    found = np.full((len(deaths), len(months)), NO_ONSET, dtype=np.int64)
    for column, month in enumerate(months):
        following = np.cumsum(deaths[:, month + 1 : month + 1 + MONTHS], axis=1)
        for ahead in reversed(range(following.shape[1])):
            found[following[:, ahead] >= DEATHS, column] = last_day(month + 1 + ahead).toordinal()
    return found


def daily_counts(told: Told, indicators: Sequence[Indicator], countries: Sequence[str]) -> NDArray[np.int64]:
    """Return (indicators, countries, days): incidents that were first told on each day from ``told.first`` on."""
    import numpy as np

    at = {country: number for number, country in enumerate(countries)}
    found = np.zeros((len(indicators), len(at), (told.last - told.first).days + 1), dtype=np.int64)
    for one in told.happenings:
        day = (date.fromisoformat(one.known_at[:10]) - told.first).days
        if one.country in at and 0 <= day < found.shape[-1]:
            for k, indicator in enumerate(indicators):
                found[k, at[one.country], day] += matches(indicator, one)
    return found


def fired_at(daily: NDArray[np.int64], ends: Ints, *, window: int) -> Floats:
    """Return (countries, ends) 1 where a window's count exceeds the country's own past, 0 where not, nan without a baseline.

    The rule of :mod:`foreshock.scenarios.baseline`, for windows that end on given days (0 = the first of ``daily``) and are
    compared with those that end a whole number of windows earlier and begin no earlier than the feed.
    """
    import numpy as np

    total = np.pad(np.cumsum(daily, axis=1), ((0, 0), (1, 0)))

    def counts(last: Ints) -> Ints:
        return np.asarray(total[:, np.maximum(last + 1, 0)] - total[:, np.maximum(last + 1 - window, 0)])

    now = counts(ends)
    as_many, n = np.zeros_like(now), np.zeros(len(ends), dtype=np.int64)
    for back in range(window, MEMORY // window * window + 1, window):
        whole = ends - back - window + 1 >= 0
        as_many += whole & (counts(ends - back) >= now)
        n += whole
    seen = (now >= 1) & (as_many + 1 <= TAIL * (n + 1))
    return np.where(n < FEWEST, np.nan, seen.astype(float))
