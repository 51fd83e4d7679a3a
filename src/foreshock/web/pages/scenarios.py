"""The scenario board: how likely what is, why, what moved it, what could not be seen, and what came of crises like it."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from foreshock.web import weighing
from foreshock.web.locale import reader as reader_of
from foreshock.web.paths import paths
from foreshock.web.screen import looked_at, screen
from foreshock.web.weighing import Board

router = APIRouter()
HORIZON = 90


@router.get("/scenarios", response_class=HTMLResponse)
def scenarios(request: Request, horizon: int = HORIZON, of: str = "") -> HTMLResponse:
    """Show the board of the scope's country; ``of`` chooses among several."""
    desk, picture, language = looked_at(request)
    reader = reader_of(language)
    found = weighing.boards(desk, picture, reader)
    board = _chosen(found, of)
    if board is None:
        return screen(request, "scenarios/none.html.j2", picture)
    days = horizon if horizon in board.horizons else HORIZON
    hypotheses, lines = weighing.matrix(reader, board, days)
    speaks_for, against = weighing.moved(reader, board, days)
    return screen(
        request,
        "scenarios/board.html.j2",
        picture,
        board=board,
        every=found,
        horizon=days,
        speaks_for=speaks_for,
        against=against,
        idle=weighing.idle(reader, board, days),
        turning=weighing.turning(reader, board, days),
        first=weighing.first(reader, board, days),
        hypotheses=hypotheses,
        lines=lines,
        width=weighing.WIDTH,
        ticks=[(weighing.place_of(p), reader.percent(f"{p * 100:g} %")) for p in weighing.TICKS],
    )


@router.get("/scenarios/path", response_class=HTMLResponse)
def path(request: Request, horizon: int = HORIZON, of: str = "") -> HTMLResponse:
    """Show what was said of each scenario from day to day; as a page of its own without scripts."""
    desk, picture, language = looked_at(request)
    reader = reader_of(language)
    board = _chosen(weighing.boards(desk, picture, reader), of)
    if board is None:
        return screen(request, "scenarios/none.html.j2", picture)
    basis, found = paths(desk, picture, reader, board.country, horizon)
    template = "scenarios/path.html.j2" if "hx-request" in request.headers else "scenarios/path_page.html.j2"
    answer = screen(request, template, picture, board=board, horizon=horizon, basis=basis, paths=found)
    answer.headers["Vary"] = "HX-Request"
    return answer


def _chosen(found: tuple[Board, ...], country: str) -> Board | None:
    return next((one for one in found if one.country == country.upper()), found[0] if found else None)
