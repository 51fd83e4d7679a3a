"""The charts of the brief, live: the very specification that the brief is drawn from, or the same as a drawing."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foreshock.briefs import Brief
from foreshock.briefs.brief import Chart, ChartId
from foreshock.briefs.charts import Theme, charts_can_be_drawn, charts_of, svg_of
from foreshock.web.ask import Ask
from foreshock.web.data import answered
from foreshock.web.desk import desk_of
from foreshock.web.locale import language_of
from foreshock.web.telling import told_of

router = APIRouter()
# Of plots, in pixels; a browser stretches the nearest one, so that few are kept.
Width = Annotated[int, Query(ge=160, le=1120, multiple_of=160)]


@router.get("/data/charts/{name}.json", include_in_schema=False)
def specification(request: Request, name: ChartId, theme: Theme = "light", width: Width = 640) -> Response:
    """Return the Vega-Lite specification of a chart with its data, as the brief of the scope has it."""
    return answered(request, _made(request, name, theme, width)[0])


@router.get("/data/charts/{name}.svg", include_in_schema=False)
def drawing(request: Request, name: ChartId, theme: Theme = "light", width: Width = 640) -> Response:
    """Return a chart as a drawing, for browsers without scripts."""
    spec, chart = _made(request, name, theme, width)
    drawn = svg_of(msgspec.json.decode(spec), title=chart.title, text=chart.text, name=name)
    return answered(request, drawn.encode(), "image/svg+xml")


def _made(request: Request, name: ChartId, theme: Theme, width: int) -> tuple[bytes, Chart]:
    """Return the specification of a chart as JSON, and its table.

    Raises:
        HTTPException: 404 where the brief has no such chart or charts cannot be drawn here.
    """
    desk, ask = desk_of(request), Ask.of(request.query_params)
    picture, language = desk.pictures.of(ask), language_of(request, desk.bench.settings.language)
    brief = told_of(desk, picture, language).brief
    chart = next((one for one in brief.charts if one.id == name), None) if brief else None
    if brief is None or chart is None:
        raise HTTPException(404, f"the brief of this scope has no chart {name!r}")
    if not charts_can_be_drawn():
        raise HTTPException(404, "charts need altair and vl-convert: pip install 'foreshock[charts]'")
    # The brief is kept beside its specifications, so that no other one gets its identity.
    _, specs = picture.part(("charts", id(brief), theme, width), lambda: (brief, _specifications(brief, theme, width)))
    return specs[name], chart


def _specifications(brief: Brief, theme: Theme, width: int) -> dict[ChartId, bytes]:
    return {name: msgspec.json.encode(spec) for name, spec in charts_of(brief, theme=theme, width=width).items()}
