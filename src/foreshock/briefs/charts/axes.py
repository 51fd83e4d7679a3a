"""What charts share: an axis of days in the reader's language, which days are drawn, and how wide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from foreshock.briefs.brief import Chart, Column
from foreshock.briefs.charts.printing import Value
from foreshock.briefs.locale import reader as reader_of

if TYPE_CHECKING:
    import altair as alt

WIDTH = 640  # pixels, where none is asked for


def days(title: str, language: str, *, fields: bool = False) -> alt.X:
    """Return the encoding of the field ``day`` on a scale of days; days are read as UTC, so no viewer's clock moves them.

    With ``fields`` a day is a field as wide as itself, without it a point.
    """
    import altair as alt  # noqa: PLC0415 - heavy: only a chart needs it

    shown = "%-m月%-d日" if language == "ja" else "%-d %b"
    axis = alt.Axis(format=shown, labelOverlap=True, grid=True, tickCount={"interval": "day", "step": 1}, labelFlush=False)
    if fields:
        axis.labelAlign, axis.grid, axis.ticks = "left", False, False
    scale = alt.Scale(type="utc", padding=0 if fields else 14)
    return alt.X("utcyearmonthdate(day):T", title=title, axis=axis, scale=scale)


def tips(chart: Chart) -> list[alt.Tooltip]:
    """Return what a mark says when it is pointed at, in a chart with an axis of days: the field of days holds moments there."""
    import altair as alt  # noqa: PLC0415 - heavy: only a chart needs it

    def tip(one: Column) -> alt.Tooltip:
        if one.sort == "day":
            return alt.Tooltip(f"utcyearmonthdate({one.field}):T", title=one.label, format="%Y-%m-%d")
        return alt.Tooltip(f"{one.field}:N", title=one.label)

    return [tip(one) for one in chart.columns]


def window(rows: Sequence[dict[str, Value]], *, longest: int) -> list[dict[str, Value]]:
    """Return the rows that have a day within so many days before the last one."""
    dated = [str(row["day"]) for row in rows if row["day"]]
    if not dated:
        return []
    first = (date.fromisoformat(max(dated)) - timedelta(days=longest)).isoformat()
    return [row for row in rows if row["day"] and str(row["day"]) >= first]


def sized(chart: Any, width: float | str) -> Any:
    """Return a chart of a width in pixels, or of that of its "container"."""
    return chart.properties(width=width)


def locale_of(language: str) -> dict[str, Any]:
    """Return the names of months and days as Vega wants them, by CLDR."""
    known = reader_of(language).locale
    wide, short = known.months["format"]["wide"], known.months["format"]["abbreviated"]
    names, brief = known.days["format"]["wide"], known.days["format"]["abbreviated"]
    from_sunday = (6, 0, 1, 2, 3, 4, 5)
    halves = known.day_periods["format"]["wide"]
    return {
        "time": {
            "dateTime": "%x, %X", "date": "%Y-%m-%d", "time": "%H:%M:%S",
            "periods": [halves.get("am", "AM"), halves.get("pm", "PM")],
            "days": [names[one] for one in from_sunday], "shortDays": [brief[one] for one in from_sunday],
            "months": [wide[one] for one in range(1, 13)], "shortMonths": [short[one] for one in range(1, 13)],
        }
    }  # fmt: skip
