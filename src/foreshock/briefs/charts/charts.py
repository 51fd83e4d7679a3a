"""All charts of a brief: which there are, and the Vega-Lite specification of each. The desk draws the same ones live."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from foreshock.briefs.brief import Brief, Chart, ChartId, Line
from foreshock.briefs.charts import coverage, paths, tallies, timeline
from foreshock.briefs.charts.axes import WIDTH, locale_of
from foreshock.briefs.charts.palette import THEMES, Palette, Theme, configured
from foreshock.briefs.context import Context

Spec = dict[str, Any]
DRAWN: dict[ChartId, Callable[[Chart, Palette, str, float | str], Any]] = {
    "timeline": timeline.draw,
    "tallies": tallies.draw,
    "paths": paths.draw,
    "coverage": coverage.draw,
}


def chart_tables(context: Context, figures: Sequence[Line]) -> tuple[Chart, ...]:
    """Return the charts that have something to show, as their tables.

    Args:
        context: of the brief.
        figures: the lines of its key figures.
    """
    made = (
        timeline.timeline(context),
        tallies.tallies(context, figures),
        paths.paths(context),
        coverage.coverage_by_day(context),
    )
    return tuple(one for one in made if one is not None)


def charts_of(brief: Brief, *, theme: Theme = "light", width: float | str = WIDTH, validate: bool = False) -> dict[ChartId, Spec]:
    """Return the Vega-Lite specifications of a brief's charts by their id: "timeline", "tallies", "paths", "coverage".

    The specifications hold their data and fetch nothing; names of months are in the reader's language.

    Args:
        brief: a compiled brief; ``brief.charts`` holds title, text and table of each.
        theme: "light" or "dark".
        width: of the plot in pixels, or "container".
        validate: check each against the schema of Vega-Lite (slow; tests do).

    Raises:
        ModuleNotFoundError: altair is not installed; :func:`foreshock.briefs.charts.charts_can_be_drawn` says so beforehand.
    """
    from altair.utils.schemapi import debug_mode  # noqa: PLC0415 - heavy: only a chart needs it

    palette = THEMES[theme]
    shared = {**configured(palette), "locale": locale_of(brief.language)}
    specs: dict[ChartId, Spec] = {}
    for chart in brief.charts:
        with debug_mode(validate):  # without it altair checks each part as it is made
            spec: Spec = DRAWN[chart.id](chart, palette, brief.language, width).to_dict(validate=validate)
        specs[chart.id] = {**spec, "title": None, "description": f"{chart.title}. {chart.text}", "config": shared}
    return specs
