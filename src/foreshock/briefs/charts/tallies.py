"""Figures with their bounds, one row a holder: what was said as lowest, best and highest, and which way it is open."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from foreshock.briefs.brief import Chart, ChartRow, Column, Line
from foreshock.briefs.charts.palette import Palette
from foreshock.briefs.charts.printing import records
from foreshock.briefs.context import Context
from foreshock.briefs.names import holder_name
from foreshock.briefs.notes import note
from foreshock.briefs.numbers import amount
from foreshock.briefs.sorting import about
from foreshock.model import Figure

MATTERS, ROWS = 6, 8  # that are drawn; the table of key figures has all
UP, DOWN = {"at_least", "over", "dozens", "hundreds", "thousands"}, {"at_most", "nearly"}


def tallies(context: Context, lines: Sequence[Line]) -> Chart | None:
    """Return the figures of the matters on which most numbers were given; None where none was read.

    Args:
        context: of the brief.
        lines: its key figures, grouped by matter.
    """
    of_matter: dict[str, list[tuple[Line, Figure]]] = defaultdict(list)
    for line in lines:
        if line.figure and line.group:
            of_matter[line.group].append((line, line.figure))
    read = {one: sum(_value(figure) is not None for _, figure in some) for one, some in of_matter.items()}
    chosen = sorted((one for one in of_matter if read[one]), key=lambda one: -min(read[one], 2))[:MATTERS]
    rows: list[ChartRow] = []
    for matter in chosen:
        called = Counter[str]()
        for line, figure in of_matter[matter][:ROWS]:
            who, day = _who(context, line, figure)
            called[who] += 1
            values = (matter, who if called[who] == 1 else f"{who} · {called[who]}", day, *_bounds(figure))
            rows.append(ChartRow((*values, _opens(figure), amount(context.reader, figure)), claim_ids=line.claim_ids))
    if not rows:
        return None
    say = context.reader.say
    columns = (
        Column("matter", say("Figure")), Column("holder", say("Told by")), Column("day", say("Day"), "day"),
        Column("low", say("Low"), "number"), Column("best", say("Best"), "number"), Column("high", say("High"), "number"),
        Column("open", say("Open to")), Column("said", say("As it was said")),
    )  # fmt: skip
    opens = tuple(say(one) for one in ("more", "less"))
    told = tuple(ChartRow((*one.values[:6], opens[one.values[6] == "less"] if one.values[6] else None, one.values[7]),
                          one.claim_ids) for one in rows)  # fmt: skip
    return Chart(
        "tallies", "figures", say("Figures by who gave them"), note(context.reader, "tallies"), columns, told,
        {"matter": tuple(chosen), "open": opens},
    )  # fmt: skip


def draw(chart: Chart, palette: Palette, _language: str, width: float | str) -> Any:
    """Return the specification of figures with their bounds: one small chart a matter, each with a scale of its own from 0."""
    import altair as alt  # noqa: PLC0415 - heavy: only a chart needs it

    more, less = chart.order["open"]
    rows: list[dict[str, Any]] = [{**row, "end": _end(row), "at": n} for n, row in enumerate(records(chart))]
    panels = []
    for matter in chart.order["matter"]:
        mine = [row for row in rows if row["matter"] == matter]
        who = [row["holder"] for row in mine]
        top = max((row["end"] for row in mine if row["end"]), default=1)
        scale = alt.Scale(domainMin=0, domainMax=top * 1.35, nice=False)
        base = alt.Chart(
            alt.InlineData(values=mine),
            title=alt.Title(matter, anchor="start", frame="group", fontSize=13, color=palette.ink, offset=6),
        )
        base = base.encode(
            y=alt.Y("holder:N", sort=who, title=None, axis=alt.Axis(domain=False, ticks=False, labelColor=palette.ink)),
            tooltip=[alt.Tooltip(f"{one.field}:N", title=one.label) for one in chart.columns],
        )
        low = alt.X("low:Q", title=None, scale=scale, axis=alt.Axis(tickCount=4, tickMinStep=1, format=",~f"))
        span = base.mark_rule(strokeWidth=4, color=palette.accent).encode(x=low, x2="high:Q")
        ends = base.transform_fold(["low", "high"], as_=["which", "edge"]).transform_filter("datum.edge !== null")
        ticks = ends.mark_tick(thickness=2, height=14, color=palette.accent).encode(x=alt.X("edge:Q", scale=scale))
        best = base.transform_filter("datum.best !== null").mark_point(filled=True, size=90, opacity=1, color=palette.accent)
        shape = alt.Shape("open:N", legend=None, scale=alt.Scale(domain=[more, less], range=["triangle-right", "triangle-left"]))
        arrow = base.transform_filter("datum.open !== null").mark_point(filled=True, size=70, opacity=1, color=palette.accent)
        said = base.transform_calculate(place="datum.end === null ? 0 : datum.end").mark_text(align="left", dx=22)
        colour = alt.condition("datum.end === null", alt.value(palette.hurt), alt.value(palette.ink))
        panels.append(
            alt.layer(
                span,
                ticks,
                best.encode(x=alt.X("best:Q", scale=scale)),
                arrow.encode(x=alt.X("end:Q", scale=scale), shape=shape, xOffset=alt.value(12)),
                said.encode(x=alt.X("place:Q", scale=scale), text="said:N", color=colour),
            ).properties(width=width, height=max(26 * len(mine), 40))
        )
    return alt.vconcat(*panels, spacing=22).resolve_scale(x="independent", y="independent", shape="shared")


def _who(context: Context, line: Line, figure: Figure) -> tuple[str, str | None]:
    """Return who gave a figure, and the day for which."""
    claim = next(one for one in context.claims if one.id == line.claim_ids[0])
    day = about(claim, context.readings, figure)
    return holder_name(context.reader, claim.holders[-1], claim), day.isoformat() if day else None


def _bounds(figure: Figure) -> tuple[float | None, float | None, float | None]:
    """Return low, best and high as they were said; none of a number that was lost or is in doubt."""
    return (figure.low, figure.best, figure.high) if figure.state == "read" else (None, None, None)


def _value(figure: Figure) -> float | None:
    return next((one for one in _bounds(figure) if one is not None), None)


def _opens(figure: Figure) -> str | None:
    if figure.state != "read":
        return None
    return "more" if figure.bound in UP else "less" if figure.bound in DOWN else None


def _end(row: dict[str, Any]) -> float | None:
    known = [row[one] for one in ("low", "best", "high") if row[one] is not None]
    return max(known) if known else None
