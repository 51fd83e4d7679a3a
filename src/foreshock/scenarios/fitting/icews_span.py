"""The span of an ICEWS extract, ready to be learned from: its grid, tiers, and what the histories say followed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from foreshock.errors import CatalogueError
from foreshock.ontology.actor_catalogue import load_catalogue
from foreshock.ontology.codebook import load_codebook
from foreshock.ontology.crosswalk_back import load_way_back
from foreshock.scenarios.fitting.country_years import STATES, TIERS, World, read_world
from foreshock.scenarios.fitting.windows import STEP, Grid, grid
from foreshock.scenarios.histories.icews import happenings, read_icews
from foreshock.scenarios.histories.states import iso3_of_gw
from foreshock.scenarios.indicators import Indicator, load_indicators

if TYPE_CHECKING:
    from foreshock.scenarios.fitting.within import Ints


@dataclass(frozen=True, slots=True)
class IcewsSpan:
    """What is learned from: ``grid`` over ``indicators``, ``world`` as the histories tell it, ``given`` (n,) numbers of tiers.

    ``sets`` are the files, ``first`` and ``last`` the days that the feed covers.
    """

    grid: Grid
    indicators: dict[str, Indicator]
    world: World
    given: Ints
    sets: tuple[str, ...]
    first: date
    last: date


def icews_files(data: Path) -> list[Path]:
    """Return the ICEWS extracts in a folder of data, in its ``forecast``, or the one file that is named.

    Raises:
        CatalogueError: there is none.
    """
    folders = [data] if data.is_file() else [data / "forecast", data]
    found = [path for one in folders for path in ([one] if one.is_file() else sorted(one.glob("icews_*.csv*")))]
    if not found:
        raise CatalogueError(f"there is no icews_*.csv.gz in {data / 'forecast'}", remedy="point --data at the sets")
    return list(dict.fromkeys(found))


def read_span(data: Path, *, weeks: int | None = None) -> IcewsSpan:
    """Return the span of the extracts in a folder of data, or its first ``weeks``.

    States that did not exist at its beginning, and those that the extracts never name, are left out.

    Raises:
        CatalogueError: a set is missing or not whole.
    """
    files = icews_files(data)
    rows = [row for path in files for row in read_icews(path)]
    first, last = (date.fromisoformat(end(row.date for row in rows)) for end in (min, max))
    last = last if weeks is None else min(last, first + timedelta(days=STEP * weeks - 1))
    rows = [row for row in rows if row.date <= last.isoformat()]
    told = list(happenings(rows, catalogue=load_catalogue(), way_back=load_way_back(load_codebook())))
    world, indicators = read_world(data.parent if data.is_file() else data), dict(load_indicators())
    named = {one.country for one in told}
    countries = sorted(country for country, year in world.members if year == first.year and country in named)
    where = grid(told, indicators, countries, first=first, last=last)
    return IcewsSpan(where, indicators, world, tiers(where, world), tuple(path.name for path in files), first, last)


def tiers(where: Grid, world: World) -> Ints:
    """Return (n,) the number of each country-week's start state and tier, as the year before left them.

    A country is in conflict, too, from the day on which an episode of this year had killed 25.
    """
    import numpy as np

    reached: dict[str, list[date]] = {}
    for one in world.years:
        country = iso3_of_gw(one.country)
        if one.sort == "intrastate" and one.reached is not None and country is not None:
            reached.setdefault(country, []).append(one.reached.last)
    found = []
    for country in where.countries:
        for end in where.ends:
            day = date.fromordinal(int(end))
            began = any(date(day.year - 1, 12, 31) < one <= day for one in reached.get(country, ()))
            state = "conflict" if began or (country, day.year - 1) in world.active else "peace"
            tier = world.tiers.get((country, day.year - 1))
            found.append(STATES.index(state) * (len(TIERS) + 1) + (len(TIERS) if tier is None else TIERS.index(tier)))
    return np.array(found, dtype=np.int64)
