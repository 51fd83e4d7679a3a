"""Sources: how reliable each has been and by which record, and who carries whose reports."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from foreshock.model import Grade, Link
from foreshock.web.picture import Picture
from foreshock.web.screen import looked_at, settled

router = APIRouter()
ORDER = "ABCDEF"
ROW, GAP, WIDE = 30, 24, 720  # of the drawing, in its own units
SHOWN = 24  # outlets in the drawing; the table has all


@dataclass(frozen=True, slots=True)
class Outlet:
    """A source: its grade, how many documents it has in the scope, and how many of them only carry what others had first."""

    grade: Grade
    documents: int
    carried: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Carried:
    """Who carries whom: an outlet, the first-hand source, how often for which reason, and one link as its receipt."""

    carrier: str
    source: str
    reason: str
    times: int
    link: Link


@dataclass(frozen=True, slots=True)
class Graph:
    """The drawing: outlets that carry on the left, first-hand sources on the right, a line for each pair, all at their places."""

    height: int
    left: tuple[tuple[str, int], ...]
    right: tuple[tuple[str, int], ...]
    lines: tuple[tuple[int, int, float, Carried], ...]


@router.get("/sources", response_class=HTMLResponse)
def sources(request: Request) -> HTMLResponse:
    """Show the grades of the sources in a scope."""
    _, picture, _ = looked_at(request)
    return settled(request, "sources.html.j2", picture, outlets=picture.part("outlets", lambda: outlets(picture)))


@router.get("/sources/origins", response_class=HTMLResponse)
def origins(request: Request) -> HTMLResponse:
    """Show who carries whose reports."""
    _, picture, _ = looked_at(request)
    rows = picture.part("carried", lambda: carried(picture))
    return settled(request, "origins.html.j2", picture, rows=rows, graph=picture.part("origin graph", lambda: graph(rows)))


def outlets(picture: Picture) -> list[Outlet]:
    """Return the sources of a scope, the best grade first, then by how much they published."""
    documents: Counter[str] = Counter()
    days: dict[str, list[str]] = {}
    for source, published in picture.shown.document_names.values():
        documents[source] += 1
        if published:
            days.setdefault(source, []).append(published)
    names = picture.shown.document_names
    carriers = {link.carrier for link in picture.shown.links}
    carried_by = Counter(names[one][0] for one in carriers if one in names)
    found = [
        Outlet(
            one, documents[one.source], carried_by[one.source],
            min(days.get(one.source, [""])), max(days.get(one.source, [""])),
        )
        for one in picture.shown.grades
    ]  # fmt: skip
    return sorted(found, key=lambda one: (ORDER.index(one.grade.reliability), -one.documents, one.grade.source))


def carried(picture: Picture) -> list[Carried]:
    """Return which outlets carry whose reports, the most frequent first."""
    names = picture.shown.document_names
    times: Counter[tuple[str, str, str]] = Counter()
    best: dict[tuple[str, str, str], Link] = {}
    for link in picture.shown.links:
        if link.carrier not in names:
            continue
        source = names[link.source][0] if link.source in names else link.source
        key = (names[link.carrier][0], source, link.reason)
        times[key] += 1
        if key not in best or best[key].score < link.score:
            best[key] = link
    return [Carried(*key, many, best[key]) for key, many in sorted(times.items(), key=lambda one: (-one[1], one[0]))]


def graph(rows: list[Carried]) -> Graph:
    """Return a drawing of the most frequent pairs: two columns, so that a name is never crossed by a line."""
    pairs: Counter[tuple[str, str]] = Counter()
    of: dict[tuple[str, str], Carried] = {}
    for one in rows:
        if one.carrier != one.source:
            pairs[one.carrier, one.source] += one.times
            of.setdefault((one.carrier, one.source), one)
    most = pairs.most_common(SHOWN)
    left = list(dict.fromkeys(pair[0] for pair, _ in most))
    right = list(dict.fromkeys(pair[1] for pair, _ in most))
    places = [{name: GAP + at * ROW for at, name in enumerate(side)} for side in (left, right)]
    lines = tuple((places[0][a], places[1][b], min(1.0 + times, 8.0), of[a, b]) for (a, b), times in most)
    height = GAP + ROW * max(len(left), len(right), 1)
    return Graph(height, tuple(places[0].items()), tuple(places[1].items()), lines)
