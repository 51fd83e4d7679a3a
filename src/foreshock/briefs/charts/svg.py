"""A specification as SVG, drawn offline, with nothing in it but shapes and words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any
from xml.etree import ElementTree

SVG = "http://www.w3.org/2000/svg"
# What a drawing needs. Anything else (script, style, link, image, foreignObject, a handler) is left out.
ELEMENTS = frozenset({"svg", "g", "path", "line", "rect", "circle", "text", "tspan", "title", "desc", "defs", "clipPath"})
ATTRIBUTES = frozenset({
    "width", "height", "viewBox", "transform", "d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "dx", "dy",
    "fill", "stroke", "opacity", "fill-opacity", "stroke-opacity", "stroke-width", "stroke-dasharray", "stroke-linecap",
    "stroke-linejoin", "stroke-miterlimit", "text-anchor", "font-family", "font-size", "font-weight", "font-style", "display",
    "clip-path", "id",
})  # fmt: skip
INSIDE = re.compile(r"url\(#[\w-]+\)")
NEEDED = ("altair", "vl_convert")


def charts_can_be_drawn() -> bool:
    """Say whether the libraries that draw charts are installed (``pip install 'foreshock[charts]'``)."""
    return all(find_spec(one) is not None for one in NEEDED)


def svg_of(spec: Mapping[str, Any], *, title: str, text: str, name: str, decorative: bool = False) -> str:
    """Return a specification as one SVG element; words stay words, with the fonts of the palette.

    Args:
        spec: of :func:`foreshock.briefs.charts.charts_of`; data of an address is never fetched.
        title, text: what it is called and what it shows, for those who do not see it.
        name: unique within the page; ids begin with it.
        decorative: say nothing to a screen reader, where a table beside it says all.
    """
    import vl_convert  # noqa: PLC0415 - heavy: only a chart needs it

    drawn = ElementTree.fromstring(vl_convert.vegalite_to_svg(dict(spec), allowed_base_urls=[]))  # noqa: S314 - our own
    clean = _clean(drawn, name)
    hidden = {"aria-hidden": "true", "focusable": "false"}
    heard = {"role": "img", "aria-labelledby": f"{name}-title {name}-desc"}
    clean.attrib.update(hidden if decorative else heard)
    clean.set("class", "chart")
    for at, (tag, words) in enumerate((("title", title), ("desc", text))):
        element = ElementTree.Element(f"{{{SVG}}}{tag}", {} if decorative else {"id": f"{name}-{tag}"})
        element.text = words
        clean.insert(at, element)
    ElementTree.register_namespace("", SVG)
    return ElementTree.tostring(clean, encoding="unicode")


def _clean(element: ElementTree.Element, name: str) -> ElementTree.Element:
    """Return a copy of an element with known elements and attributes only; ids are made unique to the chart."""
    kept = {key: _own(key, value, name) for key, value in element.attrib.items() if key in ATTRIBUTES and _harmless(value)}
    copy = ElementTree.Element(element.tag, kept)
    copy.text, copy.tail = element.text, element.tail
    for child in element:
        if child.tag.removeprefix(f"{{{SVG}}}") in ELEMENTS:
            copy.append(_clean(child, name))
    return copy


def _harmless(value: str) -> bool:
    """Say whether a value leads nowhere but into the drawing itself."""
    return "url(" not in value or INSIDE.fullmatch(value) is not None


def _own(key: str, value: str, name: str) -> str:
    if key == "id":
        return f"{name}-{value}"
    return value.replace("url(#", f"url(#{name}-") if key == "clip-path" else value
