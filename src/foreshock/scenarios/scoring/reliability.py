"""The reliability diagram as SVG: how often things came about against how likely they were held to be, with counts.

The axes are the bands of the words of likelihood, each as wide as the others: most forecasts of rare events lie below 5 %, where
an even axis shows nothing. Right forecasts lie on the diagonal but for luck; the bar of a bin is where they lie nine times in ten
(Broecker and Smith 2007). No script, no style sheet, no colour that needs a light or a dark page; the same numbers stand as text
in the description.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from xml.etree import ElementTree as ET

from foreshock.scenarios.scoring.scores import EDGES, Bin
from foreshock.scenarios.words import percent

WIDTH, HEIGHT = 580, 704
LEFT, TOP, SIDE = 84, 74, 460  # of the square
FOOT = TOP + SIDE
FLOOR, BARS = FOOT + 106, 56  # of the counts, and how high they rise
# Both stand out on white (4.5 and 4.4 to 1) and on black (4.6 and 4.8 to 1).
INK, DOT = "#767676", "#2f7fbf"
# What XML cannot hold, escaped or not.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def diagram(bins: Sequence[Bin], *, title: str, note: str = "") -> str:
    """Return the diagram as an SVG document.

    Args:
        bins: of :func:`foreshock.scenarios.scoring.scores.reliability`, with its own edges; none gives a diagram that says so.
        title, note: what is scored, and of when; any text.
    """
    svg = ET.Element(
        "svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {WIDTH} {HEIGHT}", "role": "img",
                "aria-labelledby": "title description", "font-family": "sans-serif", "font-size": "12", "fill": INK},
    )  # fmt: skip
    ET.SubElement(svg, "title", {"id": "title"}).text = _clean(title)
    ET.SubElement(svg, "desc", {"id": "description"}).text = _clean(described(bins, note))
    _text(svg, LEFT, 26, title, size=16, weight="bold")
    _text(svg, LEFT, 46, note)
    _axes(svg)
    most = max((one.n for one in bins), default=1)
    for one in bins:
        _bin(svg, one, most)
    if not bins:
        _text(svg, LEFT + SIDE / 2, TOP + SIDE / 2, "nothing to show: no forecast is resolved yet", anchor="middle")
    ET.indent(svg)
    return ET.tostring(svg, encoding="unicode") + "\n"


def described(bins: Sequence[Bin], note: str = "") -> str:
    """Return what the diagram shows in words, a sentence a bin."""
    told = [
        f"Held to be {percent(one.low)} to {percent(one.high)} likely, {percent(one.mean)} on average: {one.n} forecasts, "
        f"of which {percent(one.share)} came about; right forecasts would lie between {percent(one.bar_low)} and "
        f"{percent(one.bar_high)}."
        for one in bins
    ]
    return " ".join([*([note] if note else []), *(told or ["No forecast is resolved yet."])])


def place(p: float) -> float:
    """Return where a probability stands on an axis, 0 to 1: every band of :data:`EDGES` is as wide as the others.

    >>> place(0.0), round(place(0.05), 4), place(1.0)
    (0.0, 0.2222, 1.0)
    """
    steps = len(EDGES) - 1
    for number, (low, high) in enumerate(pairwise(EDGES)):
        if p <= high:
            return (number + (p - low) / (high - low)) / steps
    return 1.0


def _axes(svg: ET.Element) -> None:
    _line(svg, 0, 0, 1, 1, dash="5 4")
    for edge in EDGES:
        at = place(edge)
        _line(svg, at, 0, at, 1, opacity="0.25")
        _line(svg, 0, at, 1, at, opacity="0.25")
        label = f"{edge:.0%}".removesuffix("%")
        _text(svg, _x(at), FOOT + 16, label, anchor="middle")
        _text(svg, LEFT - 8, _y(at) + 4, label, anchor="end")
    for ends in ((0, 0, 1, 0), (0, 0, 0, 1)):
        _line(svg, *ends)
    _text(svg, LEFT + SIDE / 2, FOOT + 36, "held to be likely, per cent", anchor="middle")
    side = _text(svg, 0, 0, "came about, per cent", anchor="middle")
    side.set("transform", f"translate({LEFT - 48} {TOP + SIDE / 2}) rotate(-90)")
    _text(svg, LEFT - 8, FLOOR + 14, "forecasts", anchor="end")
    _text(svg, LEFT, HEIGHT - 18, "dot: what came about; bar: where right forecasts would lie nine times in ten")


def _bin(svg: ET.Element, one: Bin, most: int) -> None:
    group = ET.SubElement(svg, "g")
    ET.SubElement(group, "title").text = _clean(described([one]))
    x = _x(place(one.mean))
    low, high = _y(place(one.bar_low)), _y(place(one.bar_high))
    bar = {"x": _n(x - 5), "y": _n(high), "width": "10", "height": _n(max(low - high, 1.5)), "opacity": "0.45", "rx": "2"}
    ET.SubElement(group, "rect", bar)
    dot = {"cx": _n(x), "cy": _n(_y(place(one.share))), "r": "5", "fill": DOT, "stroke": INK, "stroke-width": "1"}
    ET.SubElement(group, "circle", dot)
    left, right = _x(place(one.low)), _x(place(one.high))
    tall = max(BARS * one.n / most, 1)
    count = {"x": _n(left + 3), "y": _n(FLOOR - tall), "width": _n(right - left - 6), "height": _n(tall), "opacity": "0.45"}
    ET.SubElement(group, "rect", count)
    _text(group, (left + right) / 2, FLOOR + 14, f"{one.n}", anchor="middle")


def _line(svg: ET.Element, *ends: float, dash: str = "", opacity: str = "1") -> None:
    x1, y1, x2, y2 = ends
    at = {"x1": _n(_x(x1)), "y1": _n(_y(y1)), "x2": _n(_x(x2)), "y2": _n(_y(y2)), "stroke": INK, "opacity": opacity}
    ET.SubElement(svg, "line", at | ({"stroke-dasharray": dash} if dash else {}))


def _text(
    svg: ET.Element, x: float, y: float, text: str, *, anchor: str = "start", size: int = 12, weight: str = ""
) -> ET.Element:
    at = {"x": _n(x), "y": _n(y), "text-anchor": anchor} | ({"font-size": str(size)} if size != 12 else {})
    made = ET.SubElement(svg, "text", at | ({"font-weight": weight} if weight else {}))
    made.text = _clean(text)
    return made


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _x(at: float) -> float:
    return LEFT + SIDE * at


def _y(at: float) -> float:
    return FOOT - SIDE * at


def _n(value: float) -> str:
    return f"{value:.1f}"
