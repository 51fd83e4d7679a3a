"""How the values of a chart's table are printed, and the table as the records that a specification draws."""

from __future__ import annotations

from foreshock.briefs.brief import Chart, Column
from foreshock.briefs.locale import Reader

Value = str | float | None


def records(chart: Chart) -> list[dict[str, Value]]:
    """Return the rows of a chart as records: field -> value."""
    return [{one.field: value for one, value in zip(chart.columns, row.values, strict=True)} for row in chart.rows]


def label(chart: Chart, field: str) -> str:
    """Return the label of a column."""
    return next(one.label for one in chart.columns if one.field == field)


def printed(reader: Reader, column: Column, value: Value) -> str:
    """Return a value of a column as the reader reads it; nothing where there is none."""
    if value is None:
        return ""
    if isinstance(value, str):
        return reader.date(value) if column.sort == "day" else value
    return per_cent(value) if column.sort == "share" else reader.number(value)


def per_cent(share: float) -> str:
    """Return a share of 1 as per cent, without digits that say nothing.

    >>> [per_cent(one) for one in (0, 0.0025, 0.05123, 1.0)]
    ['0 %', '0.25 %', '5.1 %', '100 %']
    """
    return f"{share * 100:.2g} %" if share < 0.995 else f"{share * 100:.3g} %"
