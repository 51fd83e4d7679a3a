"""Paths of probabilities over days as an SVG of small panels: no library, no script, every word escaped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import floor, log10
from textwrap import wrap
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 300, 190  # of a panel, in pixels
LEFT, RIGHT, TOP, BOTTOM = 54, 12, 34, 30  # between a panel's edge and its plot
COLUMNS, HEAD, FOOT = 3, 76, 34
INK, SOFT, LINE, BAND, DARK = "#1d2a30", "#5c6a70", "#0b6e78", "#bfdfe2", "#e4e0d8"
FONT = "font-family='system-ui, sans-serif'"


@dataclass(frozen=True, slots=True)
class Point:
    """One day of a path: the probability with its interval, and the prior beside it; all 0 to 1."""

    day: date
    probability: float
    low: float
    high: float
    prior: float


@dataclass(frozen=True, slots=True)
class Panel:
    """One scenario's path; one without points says ``empty`` instead."""

    title: str
    points: tuple[Point, ...]
    empty: str = "unmeasured"


def path_chart(
    panels: Sequence[Panel], *, title: str, note: str, dark: Sequence[tuple[date, date]] = (), notice: str = ""
) -> str:
    """Return an SVG of one panel a scenario, each with a scale of its own.

    Args:
        panels: in the order in which they stand, three in a row.
        title, note: above all of them.
        dark: spans of days in which the country could not be seen, shaded; both ends included.
        notice: below all of them.
    """
    days = [point.day for panel in panels for point in panel.points]
    span = (min(days), max(days)) if days else (date.min, date.min)
    rows = -(-len(panels) // COLUMNS)
    width, height = COLUMNS * WIDTH, HEAD + rows * HEIGHT + FOOT
    parts = [
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' width='{width}' height='{height}' role='img'>",
        f"<title>{escape(title)}</title>",
        f"<desc>{escape(note)}</desc>",
        f"<rect width='{width}' height='{height}' fill='#ffffff'/>",
        _text(16, 28, title, size=17, weight=600),
        _text(16, 47, note, size=12, fill=SOFT),
        _legend(16, 64, bool(dark)),
    ]
    for at, panel in enumerate(panels):
        x, y = (at % COLUMNS) * WIDTH, HEAD + (at // COLUMNS) * HEIGHT
        parts.append(f"<g transform='translate({x} {y})'>{_panel(panel, span, dark)}</g>")
    parts.append(_text(16, height - 12, notice, size=11, fill=SOFT))
    return "\n".join([*parts, "</svg>\n"])


def _panel(panel: Panel, span: tuple[date, date], dark: Sequence[tuple[date, date]]) -> str:
    parts = [_text(LEFT, 20, panel.title, size=13, weight=600)]
    if not panel.points:
        lines = wrap(panel.empty, 38)[:7]
        return "".join([*parts, *(_text(LEFT, 46 + 17 * at, line, size=12, fill=SOFT) for at, line in enumerate(lines))])
    base, top = scale(panel.points)
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    first, days = span[0], max((span[1] - span[0]).days, 1)

    def x(day: date) -> float:
        return LEFT + (right - LEFT) * (day - first).days / days

    def y(p: float) -> float:
        return bottom - (bottom - TOP) * (p - base) / (top - base)

    half = (right - LEFT) / days / 2
    for start, end in runs(dark):
        if start <= span[1] and end >= first:
            a, b = max(x(start) - half, LEFT), min(x(end) + half, right)
            parts.append(f"<rect x='{a:.1f}' y='{TOP}' width='{b - a:.1f}' height='{bottom - TOP}' fill='{DARK}'/>")
    for share in (0, 0.5, 1):
        level = base + share * (top - base)
        parts.append(_rule(LEFT, y(level), right))
        parts.append(_text(LEFT - 6, y(level) + 4, per_cent(level), size=10, fill=SOFT, anchor="end"))
    band = [f"{x(one.day):.1f},{y(one.high):.1f}" for one in panel.points]
    band += [f"{x(one.day):.1f},{y(one.low):.1f}" for one in reversed(panel.points)]
    parts.append(f"<polygon points='{' '.join(band)}' fill='{BAND}' fill-opacity='.55'/>")
    parts.append(_path([(x(one.day), y(one.prior)) for one in panel.points], SOFT, 1.2, dash="4 3"))
    parts.append(_path([(x(one.day), y(one.probability)) for one in panel.points], LINE, 2))
    last = panel.points[-1]
    parts.append(f"<circle cx='{x(last.day):.1f}' cy='{y(last.probability):.1f}' r='3' fill='{LINE}'/>")
    parts.append(_text(LEFT, bottom + 17, span[0].isoformat(), size=10, fill=SOFT))
    if span[1] > span[0]:
        parts.append(_text(right, bottom + 17, span[1].isoformat(), size=10, fill=SOFT, anchor="end"))
    return "".join(parts)


def scale(points: Sequence[Point]) -> tuple[float, float]:
    """Return the lowest and the highest value of a panel's axis: from 0 up, or, where all is likely, from 1 down.

    >>> day = date(2022, 1, 4)
    >>> scale([Point(day, 0.01, 0.0, 0.03, 0.01)]), scale([Point(day, 0.99, 0.97, 1.0, 0.99)])
    ((0.0, 0.05), (0.95, 1.0))
    """
    values = [value for one in points for value in (one.low, one.high, one.prior, one.probability)]
    if min(values) > 0.5:
        return round(1 - ceiling(1 - min(values)), 12), 1.0
    return 0.0, ceiling(max(values))


def runs(spans: Sequence[tuple[date, date]]) -> list[tuple[date, date]]:
    """Return spans of days with those that touch made one, in order.

    >>> [(start.day, end.day) for start, end in runs([(date(2022, 1, d), date(2022, 1, d)) for d in (6, 4, 5, 9)])]
    [(4, 6), (9, 9)]
    """
    found: list[tuple[date, date]] = []
    for start, end in sorted(spans):
        if found and (start - found[-1][1]).days <= 1:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def ceiling(value: float) -> float:
    """Return the next number of 1, 2, 5 times a power of ten, at most 1.

    >>> [ceiling(one) for one in (0.0031, 0.12, 0.7)]
    [0.005, 0.2, 1.0]
    """
    if value <= 0:
        return 0.01
    power = 10.0 ** floor(log10(value))
    return min(next(round(step * power, 12) for step in (1, 2, 5, 10) if step * power >= value * (1 - 1e-9)), 1.0)


def per_cent(p: float) -> str:
    """Return a probability as per cent, without digits that say nothing.

    >>> [per_cent(one) for one in (0, 0.0025, 0.05, 1.0)]
    ['0 %', '0.25 %', '5 %', '100 %']
    """
    return f"{p * 100:.4g} %"


def _legend(x: float, y: float, dark: bool) -> str:
    marks = [
        f"<line x1='{x}' x2='{x + 20}' y1='{y - 4}' y2='{y - 4}' stroke='{LINE}' stroke-width='2'/>",
        _text(x + 26, y, "probability", size=11),
        f"<rect x='{x + 100}' y='{y - 9}' width='20' height='10' fill='{BAND}' fill-opacity='.55'/>",
        _text(x + 126, y, "90 % interval", size=11),
        f"<line x1='{x + 214}' x2='{x + 234}' y1='{y - 4}' y2='{y - 4}' stroke='{SOFT}' stroke-dasharray='4 3'/>",
        _text(x + 240, y, "history alone", size=11),
    ]
    if dark:
        marks.append(f"<rect x='{x + 328}' y='{y - 9}' width='20' height='10' fill='{DARK}'/>")
        marks.append(_text(x + 354, y, "could not be seen", size=11))
    return "".join(marks)


def _text(x: float, y: float, words: str, *, size: int, weight: int = 400, fill: str = INK, anchor: str = "start") -> str:
    place = f"x='{x:.1f}' y='{y:.1f}' text-anchor='{anchor}'"
    return f"<text {place} {FONT} font-size='{size}' font-weight='{weight}' fill='{fill}'>{escape(words)}</text>"


def _rule(left: float, y: float, right: float) -> str:
    return f"<line x1='{left}' x2='{right}' y1='{y:.1f}' y2='{y:.1f}' stroke='#d9dee0'/>"


def _path(points: Sequence[tuple[float, float]], stroke: str, width: float, *, dash: str = "") -> str:
    marks = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dashes = f" stroke-dasharray='{dash}'" if dash else ""
    return f"<polyline points='{marks}' fill='none' stroke='{stroke}' stroke-width='{width}'{dashes}/>"
