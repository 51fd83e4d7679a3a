"""What was said of each scenario from day to day: by the estimates that were kept, else weighed anew as of days of arrivals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date
from typing import Literal

from foreshock import pipeline
from foreshock.briefs.locale import Reader
from foreshock.dates import last_day
from foreshock.errors import LedgerError
from foreshock.model import Estimate
from foreshock.web.desk import Desk
from foreshock.web.picture import Picture
from foreshock.web.weighing import LOWEST, place_of, said_percent

MOST_DAYS = 8
MOST_CLAIMS = 4000  # weighing anew reads all claims once a day that is looked at
WIDE, HIGH, EDGE = 260.0, 96.0, 6.0  # of one path, in pixels
Basis = Literal["kept", "anew", "today"]


@dataclass(frozen=True, slots=True)
class Point:
    """One day of a path: as said, and in pixels from the top left."""

    day: str
    probability: str
    low: str
    high: str
    prior: str
    estimate_id: str
    x: float
    y: float
    y_low: float
    y_high: float
    y_prior: float


@dataclass(frozen=True, slots=True)
class Path:
    """A scenario over time at one horizon; the drawings are lists of coordinates of SVG."""

    scenario: str
    points: tuple[Point, ...]
    band: str
    line: str
    prior: str


def paths(desk: Desk, picture: Picture, reader: Reader, country: str, horizon: int) -> tuple[Basis, tuple[Path, ...]]:
    """Return the paths of a country's scenarios, and what they stand on.

    Args:
        desk: whose ledger may have estimates that were kept.
        picture: of the scope; of a large one nothing is weighed anew.
        reader: the reader's language.
        country: ISO 3166 alpha-3.
        horizon: in days.
    """
    basis, found = desk.behind.of(picture, ("path", country), lambda: _estimates(desk, picture, country))
    return basis, tuple(_drawn(reader, desk, [one for one in found if one.horizon == horizon]))


def _estimates(desk: Desk, picture: Picture, country: str) -> tuple[Basis, list[Estimate]]:
    as_of = picture.ask.as_of
    kept: dict[tuple[str, int, str], Estimate] = {}
    for _, one in desk.ledger.estimates_since(as_of):
        if one.country == country and one.probability is not None:
            kept[one.scenario, one.horizon, one.as_of[:10]] = one
    if len({day for _, _, day in kept}) > 1:
        return "kept", sorted(kept.values(), key=lambda one: one.as_of)
    whole = picture if as_of is None else desk.pictures.of(replace(picture.ask, as_of=None))
    anew = len(whole.shown.reports) <= MOST_CLAIMS
    found: list[Estimate] = []
    for day in _days(desk, picture) if anew else [as_of]:
        try:
            made = pipeline.weigh(desk.ledger, desk.bench, now=picture.made, country=country, as_of=day)
        except LedgerError:  # nothing was known by that day
            continue
        found += [one for reckoning in made for one in reckoning.estimates if one.probability is not None]
    return ("anew" if anew else "today"), found


def _days(desk: Desk, picture: Picture) -> list[str | None]:
    """Return days on which something arrived, spread evenly, and the day that is looked at (None for now)."""
    arrived = sorted({report.known_at[:10] for report in picture.shown.found.told})
    today = desk.now().astimezone(UTC).date()
    last = min(last_day(picture.ask.as_of), today) if picture.ask.as_of else today
    before = [day for day in arrived if date.fromisoformat(day) < last]
    step = max(1, -(-len(before) // (MOST_DAYS - 1)))
    return [*before[::-1][::step][::-1], picture.ask.as_of]


def _drawn(reader: Reader, desk: Desk, found: list[Estimate]) -> list[Path]:
    scenarios = pipeline.weighing_tables(desk.bench.settings).scenarios
    days = sorted({date.fromisoformat(one.as_of[:10]) for one in found})
    made = []
    for name in dict.fromkeys(one.scenario for one in found):
        mine = {one.as_of[:10]: one for one in found if one.scenario == name}
        points = tuple(_point(reader, one, days) for _, one in sorted(mine.items()))
        band = [*((it.x, it.y_high) for it in points), *((it.x, it.y_low) for it in reversed(points))]
        short = scenarios[name].short if name in scenarios else name
        made.append(
            Path(
                reader.say(short),
                points,
                band=_coordinates(band),
                line=_coordinates([(it.x, it.y) for it in points]),
                prior=_coordinates([(it.x, it.y_prior) for it in points]),
            )
        )
    return made


def _coordinates(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)


def _point(reader: Reader, one: Estimate, days: list[date]) -> Point:
    said = pipeline.said_of(one)
    assert said is not None and one.probability is not None  # noqa: S101, PT018 - unmeasured ones were left out
    span = max((days[-1] - days[0]).days, 1)
    share = (date.fromisoformat(one.as_of[:10]) - days[0]).days / span if len(days) > 1 else 0.5
    prior = one.prior.probability if one.prior else LOWEST
    return Point(
        day=reader.date(one.as_of[:10]),
        probability=said_percent(reader, said.probability),
        low=said_percent(reader, said.low),
        high=said_percent(reader, said.high),
        prior=said_percent(reader, said.prior),
        estimate_id=one.id,
        x=round(EDGE + (WIDE - 2 * EDGE) * share, 1),
        y=_height(one.probability),
        y_low=_height(one.low or LOWEST),
        y_high=_height(one.high or LOWEST),
        y_prior=_height(prior),
    )


def _height(p: float) -> float:
    """Return where a probability stands, from the top: the axis of the board, upright."""
    return round(HIGH - EDGE - (HIGH - 2 * EDGE) * place_of(p) / place_of(1.0), 1)
