"""The diagram shows what the bins hold, in words too, and runs nothing."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foreshock.scenarios.scoring.reliability import described, diagram, place
from foreshock.scenarios.scoring.scores import EDGES, Bin, reliability

SVG = "{http://www.w3.org/2000/svg}"
BINS = (Bin(0.0, 0.01, 900, 0.004, 0.006, 0.001, 0.009), Bin(0.05, 0.2, 40, 0.1, 0.25, 0.025, 0.175))
HOSTILE = "</title><script>alert(1)</script>&\"' \x00\x1b\ud800 ]]>"


def test_every_bin_has_its_dot_its_bar_its_count_and_its_words():
    tree = ET.fromstring(diagram(BINS, title="A coup attempt", note="940 forecasts"))
    assert len(tree.findall(f".//{SVG}circle")) == 2
    assert len(tree.findall(f".//{SVG}rect")) == 4
    shown = [one.text for one in tree.iter(f"{SVG}text")]
    assert {"900", "40", "A coup attempt", "940 forecasts"} <= set(shown)
    said = tree.findtext(f"{SVG}desc")
    assert "Held to be 5 % to 20 % likely, 10 % on average: 40 forecasts, of which 25 % came about" in said
    assert tree.get("role") == "img"
    assert tree.get("aria-labelledby") == "title description"


def test_a_dot_lies_on_the_diagonal_where_the_share_is_what_was_forecast():
    (dot,) = ET.fromstring(diagram((Bin(0.2, 0.45, 10, 0.3, 0.3, 0.1, 0.5),), title="t")).iter(f"{SVG}circle")
    (other,) = ET.fromstring(diagram((Bin(0.2, 0.45, 10, 0.3, 0.9, 0.1, 0.5),), title="t")).iter(f"{SVG}circle")
    line = next(ET.fromstring(diagram((), title="t")).iter(f"{SVG}line"))
    x1, y1, x2, y2 = (float(line.get(name)) for name in ("x1", "y1", "x2", "y2"))
    assert (float(dot.get("cx")) - x1) / (x2 - x1) == pytest.approx((float(dot.get("cy")) - y1) / (y2 - y1), abs=0.001)
    assert float(other.get("cy")) < float(dot.get("cy"))


def test_no_text_becomes_markup_and_nothing_runs():
    made = diagram(BINS, title=HOSTILE, note=HOSTILE)
    tree = ET.fromstring(made)
    assert {one.tag.removeprefix(SVG) for one in tree.iter()} == {"svg", "title", "desc", "text", "line", "rect", "circle", "g"}
    assert not [name for one in tree.iter() for name in one.attrib if name.startswith("on") or "href" in name or name == "style"]
    assert "<script" not in made
    assert "\x00" not in made
    made.encode("utf-8")


def test_without_a_forecast_it_says_so():
    assert "no forecast is resolved yet" in diagram((), title="t")
    assert described(()) == "No forecast is resolved yet."


@settings(deadline=None)
@given(st.floats(0, 1), st.floats(0, 1))
def test_an_axis_rises_and_gives_each_band_as_much_room(one, other):
    low, high = sorted((one, other))
    assert 0 <= place(low) <= place(high) <= 1
    assert {round(place(b) - place(a), 9) for a, b in pairwise(EDGES)} == {round(1 / 9, 9)}


def test_of_the_same_forecasts_the_same_file():
    rng = np.random.default_rng(1)
    p = rng.random(200)
    y = (rng.random(200) < p).astype(float)
    assert diagram(reliability(p, y), title="t") == diagram(reliability(p, y), title="t")
