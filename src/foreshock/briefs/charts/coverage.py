"""Coverage: how many documents were read of each day and language. A blank is no reading, never calm."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from foreshock.briefs.brief import Chart, ChartRow, Column
from foreshock.briefs.charts.axes import days, sized, tips, window
from foreshock.briefs.charts.palette import Palette
from foreshock.briefs.charts.printing import label, records
from foreshock.briefs.context import Context
from foreshock.briefs.notes import note

LONGEST = 45  # days that are drawn; the table has all
DAY = len("2022-01-07")


def coverage_by_day(context: Context) -> Chart | None:
    """Return how many documents there are by day of publication and language; None where none bears a day."""
    reader = context.reader
    found: dict[tuple[str | None, str], list[str]] = defaultdict(list)
    for reading in context.readings.values():
        published = reading.document.published or ""
        day = published[:DAY] if len(published) >= DAY else None
        found[day, reading.document.language].append(reading.document.id)
    if not any(day for day, _ in found):
        return None
    rows = tuple(
        ChartRow((day, reader.tongue(code), float(len(ids))), document_ids=tuple(ids))
        for (day, code), ids in sorted(found.items(), key=lambda row: (row[0][0] or "9999", row[0][1]))
    )
    totals = Counter[str]()
    for row in rows:
        totals[str(row.values[1])] += int(row.values[2] or 0)
    columns = (Column("day", reader.say("Day"), "day"), Column("language", reader.say("Language")),
               Column("documents", reader.say("Documents"), "number"))  # fmt: skip
    return Chart(
        "coverage", "gaps", reader.say("Documents by day and language"), note(reader, "coverage"), columns, rows,
        {"language": tuple(name for name, _ in totals.most_common())},
    )  # fmt: skip


def draw(chart: Chart, palette: Palette, language: str, width: float | str) -> Any:
    """Return the specification of a coverage chart: the number stands in each field, its shade only repeats it."""
    import altair as alt  # noqa: PLC0415 - heavy: only a chart needs it

    shown = window(records(chart), longest=LONGEST)
    tongues = [one for one in chart.order["language"] if any(row["language"] == one for row in shown)]
    base = alt.Chart(alt.InlineData(values=shown), height=max(26 * len(tongues), 40)).encode(
        x=days(label(chart, "day"), language, fields=True),
        y=alt.Y("language:N", sort=tongues, title=None, axis=alt.Axis(domain=False, ticks=False, labelColor=palette.ink)),
    )
    fields = base.mark_rect(cornerRadius=2, fill=palette.band, stroke=palette.accent, strokeWidth=1).encode(
        fillOpacity=alt.FillOpacity("documents:Q", scale=alt.Scale(domainMin=0, rangeMin=0.25, rangeMax=1), legend=None),
        tooltip=tips(chart),
    )
    numbers = base.mark_text(color=palette.ink, fontSize=11).encode(
        x=alt.X("utcyearmonthdate(day):T", bandPosition=0.5), text="documents:Q"
    )
    return sized(fields + numbers, width)
