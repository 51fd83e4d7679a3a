"""The day that a page looks at: what was known by its end; the days on which something arrived, and how to move."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING

from foreshock.dates import last_day
from foreshock.web.desk import desk_of
from foreshock.web.picture import Picture

if TYPE_CHECKING:
    from starlette.requests import Request

    from foreshock.web.ask import Ask

MOST_TICKS = 240
HEIGHT = 20.0


@dataclass(frozen=True, slots=True)
class Tick:
    """Documents that arrived on a day, or on some days together, as a bar of the strip above the slider."""

    x: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class AsOf:
    """Where a page stands in time.

    Attributes:
        first, last: the days that the slider goes over, ISO; the last is today.
        day: the day that is looked at, ISO.
        position, most: of the slider, in days from the first.
        past: whether an earlier day than today is looked at.
        ticks: arrivals, on a strip as long as ``most`` + 1 and :data:`HEIGHT` high.
        days: how many days had arrivals.
        back: whole days between the day and today.
        earlier, later, now: addresses; None where there is nothing on that side.
        fields: what the form keeps of the address: names and values but the day.
        path: of the page.
        claims, documents: how much was known then.
        all_claims: how much is known today.
    """

    first: str
    last: str
    day: str
    position: int
    most: int
    past: bool
    ticks: tuple[Tick, ...]
    days: int
    back: int
    earlier: str | None
    later: str | None
    now: str
    fields: tuple[tuple[str, str], ...]
    path: str
    claims: int
    documents: int
    all_claims: int


def asof_of(request: Request, picture: Picture, path: str | None = None) -> AsOf:
    """Return where a page stands in time.

    Args:
        request: whose address is kept but for the day.
        picture: what is shown.
        path: of the page that the slider moves; that of the request where not given.
    """
    desk, ask = desk_of(request), picture.ask
    whole = picture if ask.as_of is None else desk.pictures.of(replace(ask, as_of=None))
    arrivals = whole.part("arrivals", lambda: _arrivals(whole))
    today = desk.now().astimezone(UTC).date()
    first = min(arrivals, default=today)
    day = min(last_day(ask.as_of), today) if ask.as_of else today
    most = max((today - first).days, 0)
    position = min(max((day - first).days, 0), most)
    past = day < today
    kept = tuple((name, value) for name, value in request.query_params.multi_items() if name != "as_of" and value)
    to = _Moves(ask, path or request.url.path, kept, today)
    return AsOf(
        first=first.isoformat(),
        last=today.isoformat(),
        day=day.isoformat(),
        position=position,
        most=most,
        past=past,
        ticks=_ticks(arrivals, first, most),
        days=len(arrivals),
        back=(today - day).days,
        earlier=to.day(day - timedelta(days=1)) if day > first else None,
        later=to.day(day + timedelta(days=1)) if past else None,
        now=to.day(today),
        fields=kept,
        path=to.path,
        claims=len(picture.shown.reports),
        documents=len(picture.shown.document_names),
        all_claims=len(whole.shown.reports),
    )


@dataclass(frozen=True, slots=True)
class _Moves:
    ask: Ask
    path: str
    kept: tuple[tuple[str, str], ...]
    today: date

    def day(self, day: date) -> str:
        """Return the address of the page on a day; today's has none in it, so that it follows what arrives."""
        others: dict[str, list[str]] = defaultdict(list)
        for name, value in self.kept:
            others[name].append(value)
        scope = self.ask.query(as_of=day.isoformat() if day < self.today else None, **{
            name: values if len(values) > 1 else values[0] for name, values in others.items()
        })  # fmt: skip
        return self.path + scope


def _arrivals(picture: Picture) -> dict[date, int]:
    """Return how many documents of a picture arrived on which day."""
    arrived = {report.claim.document_id: report.known_at for report in picture.shown.found.told}
    return dict(Counter(date.fromisoformat(stamp[:10]) for stamp in arrived.values()))


def _ticks(arrivals: dict[date, int], first: date, most: int) -> tuple[Tick, ...]:
    step = max(1, -(-(most + 1) // MOST_TICKS))
    counts: Counter[int] = Counter()
    for day, count in arrivals.items():
        counts[(day - first).days // step] += count
    highest = max(counts.values(), default=1)
    return tuple(
        Tick(n * step + step * 0.1, step * 0.8, max(2.0, HEIGHT * (count / highest) ** 0.5))
        for n, count in sorted(counts.items())
    )
