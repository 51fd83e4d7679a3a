"""Paths of probabilities: what was said of each scenario on each day, with its interval, and what history alone says."""

from __future__ import annotations

from typing import Any

from foreshock.briefs.brief import Chart, ChartRow, Column
from foreshock.briefs.charts.axes import days, tips
from foreshock.briefs.charts.palette import Palette
from foreshock.briefs.charts.printing import label, per_cent, records
from foreshock.briefs.context import Context
from foreshock.briefs.notes import note

COLUMNS = 2  # panels in a row


def paths(context: Context) -> Chart | None:
    """Return the paths of the scenarios that were weighed; of one day it is a chart of intervals. None without a number."""
    weighed = context.records.weighed
    if weighed is None or not weighed.paths:
        return None
    say = context.reader.say
    rows = tuple(
        ChartRow(
            (say(weighed.shorts[one.scenario]), one.day, one.low, one.probability, one.high, one.prior),
            estimate_ids=(one.estimate_id,),
        )
        for one in weighed.paths
    )
    columns = (
        Column("scenario", say("Scenario")), Column("day", say("Day"), "day"), Column("low", say("Low"), "share"),
        Column("probability", say("Probability"), "share"), Column("high", say("High"), "share"),
        Column("prior", say("History alone"), "share"),
    )  # fmt: skip
    named = tuple(dict.fromkeys(str(row.values[0]) for row in rows))
    return Chart(
        "paths", "scenarios", say("Probability of each scenario"), note(context.reader, "paths"), columns, rows,
        {"scenario": named},
    )  # fmt: skip


def draw(chart: Chart, palette: Palette, language: str, width: float | str) -> Any:
    """Return the specification of paths, or of intervals where there is one day only."""
    rows: list[dict[str, Any]] = [{**row, "said": per_cent(row["probability"] or 0.0)} for row in map(dict, records(chart))]  # type: ignore[arg-type]
    if len({row["day"] for row in rows}) == 1:
        return _intervals(chart, rows, palette, width)
    return _paths(chart, rows, palette, language, width)


def _intervals(chart: Chart, rows: list[dict[str, Any]], palette: Palette, width: float | str) -> Any:
    import altair as alt  # noqa: PLC0415 - heavy: only a chart needs it

    named = list(chart.order["scenario"])
    base = alt.Chart(alt.InlineData(values=rows), height=34 * len(named)).encode(
        y=alt.Y("scenario:N", sort=named, title=None, axis=alt.Axis(domain=False, ticks=False, labelColor=palette.ink)),
        tooltip=[alt.Tooltip(f"{one.field}:N", title=one.label) for one in chart.columns],
    )
    scale = alt.Scale(domain=[0, 1])
    axis = alt.Axis(format=".0%", tickCount=5)
    span = base.mark_rule(strokeWidth=7, color=palette.band).encode(
        x=alt.X("low:Q", title=None, scale=scale, axis=axis), x2="high:Q"
    )
    before = base.mark_tick(thickness=2, height=20, color=palette.soft).encode(x=alt.X("prior:Q", scale=scale))
    point = base.mark_point(filled=True, size=80, opacity=1, color=palette.accent).encode(x=alt.X("probability:Q", scale=scale))
    said = base.mark_text(align="left", dx=10, color=palette.ink).encode(x=alt.value("width"), text="said:N")
    return alt.layer(span, before, point, said).properties(width=width)


def _paths(chart: Chart, rows: list[dict[str, Any]], palette: Palette, language: str, width: float | str) -> Any:
    import altair as alt  # noqa: PLC0415 - heavy: only a chart needs it

    panel = width if isinstance(width, str) else round(width / COLUMNS) - 34
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=days(label(chart, "day"), language),
        tooltip=tips(chart),
    )
    axis = alt.Axis(format=".1~%", tickCount=3)
    band = base.mark_area(color=palette.band, opacity=0.8).encode(y=alt.Y("low:Q", title=None, axis=axis), y2="high:Q")
    before = base.mark_line(strokeDash=[4, 3], strokeWidth=1.5, color=palette.soft).encode(y="prior:Q")
    line = base.mark_line(strokeWidth=2.5, point={"filled": True, "size": 40}, color=palette.accent).encode(y="probability:Q")
    header = alt.Header(title=None, labelAnchor="start", labelOrient="top")
    return (
        alt.layer(band, before, line)
        .properties(width=panel, height=110)
        .facet(facet=alt.Facet("scenario:N", sort=list(chart.order["scenario"]), header=header), columns=COLUMNS)
        .resolve_scale(y="independent")
    )
