"""The charts of a brief, one a file: each makes its table of the brief's records, and a Vega-Lite specification of the table."""

from foreshock.briefs.charts.charts import chart_tables, charts_of
from foreshock.briefs.charts.drawn import UNDRAWN, Drawn, chart_style, drawn_charts
from foreshock.briefs.charts.palette import DARK, LIGHT, THEMES, Palette, Theme
from foreshock.briefs.charts.printing import per_cent, printed
from foreshock.briefs.charts.svg import charts_can_be_drawn, svg_of

__all__ = [
    "DARK",
    "LIGHT",
    "THEMES",
    "UNDRAWN",
    "Drawn",
    "Palette",
    "Theme",
    "chart_style",
    "chart_tables",
    "charts_can_be_drawn",
    "charts_of",
    "drawn_charts",
    "per_cent",
    "printed",
    "svg_of",
]
