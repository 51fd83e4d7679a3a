"""The charts of a brief ready to be put on a page: drawn, with the table behind each."""

from __future__ import annotations

from dataclasses import dataclass, fields

from foreshock.briefs.brief import Brief, Chart, ChartId, SectionId
from foreshock.briefs.charts.axes import WIDTH
from foreshock.briefs.charts.charts import charts_of
from foreshock.briefs.charts.palette import DARK, LIGHT
from foreshock.briefs.charts.printing import printed
from foreshock.briefs.charts.svg import charts_can_be_drawn, svg_of
from foreshock.briefs.locale import reader as reader_of

UNDRAWN = "Charts are not drawn: their libraries are not installed here (foreshock[charts]). Their tables hold the same."


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart as SVG, None where it cannot be drawn here, and its table in words: ``columns`` are labels, ``rows`` cells."""

    id: ChartId
    title: str
    text: str
    svg: str | None
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def drawn_charts(brief: Brief, *, width: float = WIDTH, decorative: bool = False) -> dict[SectionId, list[Drawn]]:
    """Return the charts of a brief by the section in which they stand.

    Args:
        brief: a compiled brief.
        width: of each plot in pixels.
        decorative: see :func:`foreshock.briefs.charts.svg.svg_of`.
    """
    specs = charts_of(brief, width=width) if brief.charts and charts_can_be_drawn() else {}
    found: dict[SectionId, list[Drawn]] = {}
    for chart in brief.charts:
        name, spec = f"chart-{chart.id}", specs.get(chart.id)
        svg = svg_of(spec, title=chart.title, text=chart.text, name=name, decorative=decorative) if spec else None
        found.setdefault(chart.section, []).append(_drawn(brief, chart, svg))
    return found


def _drawn(brief: Brief, chart: Chart, svg: str | None) -> Drawn:
    reader = reader_of(brief.language)
    columns = tuple(one.label for one in chart.columns)
    rows = tuple(tuple(printed(reader, *pair) for pair in zip(chart.columns, row.values, strict=True)) for row in chart.rows)
    return Drawn(chart.id, chart.title, chart.text, svg, columns, rows)


def chart_style() -> str:
    """Return the CSS by which a chart that was drawn in light colours follows a dark page."""
    pairs = [(getattr(LIGHT, one.name), getattr(DARK, one.name)) for one in fields(LIGHT)]
    rules = [f'.chart [{what}="{light}"] {{ {what}: {dark}; }}' for light, dark in pairs for what in ("fill", "stroke")]
    return "@media screen and (prefers-color-scheme: dark) {\n  " + "\n  ".join(rules) + "\n}"
