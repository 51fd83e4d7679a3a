"""The colours of charts in light and dark, and the configuration that every specification shares.

The hues are those of Okabe and Ito (2008), darkened or lightened until each has a contrast of 3:1 or more against the paper
(WCAG 2.2, 1.4.11); in no chart is a colour the only carrier: shapes, dashes, positions and printed numbers say the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Theme = Literal["light", "dark"]
# Text stays text: whoever draws the chart takes the first of these that has the letters.
FONT = (
    "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', 'Hiragino Sans', 'Yu Gothic UI', 'Noto Sans CJK JP', "
    "'Noto Sans Arabic', 'Noto Sans Hebrew', sans-serif"
)


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by what they are for; a page may set its own in their place, one for one."""

    paper: str
    ink: str
    soft: str
    rule: str
    accent: str
    band: str
    good: str
    warn: str
    hurt: str
    plain: str

    @property
    def standings(self) -> tuple[str, ...]:
        """Colours of confirmed, told, contested, not done (ordered, planned, feared) and denied."""
        return self.good, self.accent, self.warn, self.plain, self.hurt


LIGHT = Palette(
    paper="#fbfaf7", ink="#1d2228", soft="#535c66", rule="#d9d6ce", accent="#1f5a7a", band="#b9d3e2",
    good="#00684b", warn="#8f5a00", hurt="#a3341c", plain="#6b5b8c",
)  # fmt: skip
DARK = Palette(
    paper="#14181c", ink="#e6e4df", soft="#a5adb5", rule="#343b42", accent="#8cc4e4", band="#2f5166",
    good="#5cc9a4", warn="#efbf7a", hurt="#ff9c86", plain="#bfaee0",
)  # fmt: skip
THEMES: dict[Theme, Palette] = {"light": LIGHT, "dark": DARK}


def configured(palette: Palette) -> dict[str, Any]:
    """Return the configuration that every chart is drawn with."""
    words = {"labelFont": FONT, "titleFont": FONT, "labelColor": palette.soft, "titleColor": palette.soft}
    return {
        "font": FONT,
        "background": None,
        "view": {"stroke": None},
        "axis": {
            **words, "gridColor": palette.rule, "gridOpacity": 0.6, "domainColor": palette.rule, "tickColor": palette.rule,
            "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "labelLimit": 220,
        },
        "legend": {
            **words, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "labelLimit": 260,
            "orient": "top", "direction": "horizontal", "symbolSize": 90,
        },
        "header": {**words, "labelFontSize": 12, "labelColor": palette.ink, "labelFontWeight": "bold", "labelLimit": 600},
        "text": {"font": FONT, "fontSize": 12, "fill": palette.ink},
    }  # fmt: skip
