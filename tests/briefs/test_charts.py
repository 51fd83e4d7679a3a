"""Charts: their rows stand on something, their specifications fit the schema, their drawings hold shapes and words only."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import Any
from xml.etree import ElementTree

import pytest

from foreshock.briefs.brief import Brief, Chart, ChartRow
from foreshock.briefs.charts import DARK, LIGHT, charts_of, drawn_charts, printed, svg_of
from foreshock.briefs.charts.axes import window
from foreshock.briefs.charts.svg import ATTRIBUTES, ELEMENTS, SVG
from foreshock.briefs.compile import RULES, compile_brief
from foreshock.briefs.locale import reader
from foreshock.briefs.sitrep import compose
from foreshock.briefs.weighed import PathPoint, Weighed
from foreshock.errors import BriefError
from tests.briefs import fixtures as fx

EVIL = "<script>go()</script> & 1"
FOUND = fx.joined()
POINTS = tuple(
    PathPoint("coup", day, f"e-{day}", 0.001, p, 0.02, 0.004) for day, p in (("2022-01-06", 0.004), ("2022-01-08", 0.01))
)


@cache
def brief(language: str = "en") -> Brief:
    weighed = Weighed("KAZ", "2022-01-08", (), {"coup": "a coup attempt"}, {}, {}, paths=POINTS)
    return compose(
        fx.READINGS, fx.CLAIMS, now=fx.NOW, as_of=None, title="T", language=language, weighed=weighed, **FOUND
    )  # fmt: skip


def chart(name: str, language: str = "en") -> Chart:
    return next(one for one in brief(language).charts if one.id == name)


@cache
def specs() -> dict[str, dict[str, Any]]:
    return {str(name): spec for name, spec in charts_of(brief(), validate=True).items()}


def test_each_chart_has_its_specification_which_fetches_nothing() -> None:
    assert set(specs()) == {"timeline", "tallies", "paths", "coverage"}
    for spec in specs().values():
        assert '"url"' not in json.dumps(spec)
        assert spec["config"]["locale"]["time"]["months"][0] == "January"
        assert spec["description"]


def test_dark_charts_have_dark_colours_and_japanese_ones_japanese_months() -> None:
    told = json.dumps(charts_of(brief("ja"), theme="dark"), ensure_ascii=False)
    assert DARK.accent in told
    assert LIGHT.accent not in told
    assert "%-m月%-d日" in told


def test_the_timeline_counts_incidents_by_day_topic_and_standing() -> None:
    rows = {row.values[:3]: row for row in chart("timeline").rows}
    killed = rows["2022-01-07", "Violence and harm", "contested"]
    assert {fx.toll.id, fx.doctors.id} <= set(killed.claim_ids)
    assert all(row.claim_ids for row in rows.values())
    assert {stands for _, _, stands in rows} <= set(chart("timeline").order["standing"])


def test_a_lost_number_has_no_place_on_a_scale_and_bounds_stay_open() -> None:
    rows = {row.claim_ids[0]: dict(zip((one.field for one in chart("tallies").columns), row.values, strict=True))
            for row in chart("tallies").rows}  # fmt: skip
    assert (rows[fx.toll.id]["low"], rows[fx.toll.id]["open"]) == (26, "more")
    assert rows[fx.doctors.id]["open"] is None
    assert fx.strength.id not in rows
    assert all(row["best"] is None for claim, row in rows.items() if claim == fx.waves.id)


def test_coverage_counts_documents_and_what_bears_no_day_is_in_the_table() -> None:
    rows = [row.values for row in chart("coverage").rows]
    assert ("2022-01-07", "English", 2.0) in rows
    assert (None, "English", 1.0) in rows
    assert "undated" not in json.dumps(specs()["coverage"])


def test_paths_need_two_days_and_one_day_is_drawn_as_intervals() -> None:
    assert "facet" in specs()["paths"]
    one = replace(chart("paths"), rows=chart("paths").rows[:1])
    assert "facet" not in charts_of(replace(brief(), charts=(one,)))["paths"]


def test_only_the_last_days_are_drawn() -> None:
    rows: list[dict[str, str | float | None]] = [{"day": day} for day in ("2014-03-01", "2022-01-05", "2022-01-07", None)]
    assert [row["day"] for row in window(rows, longest=45)] == ["2022-01-05", "2022-01-07"]


def test_values_are_printed_as_the_reader_reads_them() -> None:
    columns = {one.field: one for one in chart("paths", "ja").columns}
    assert printed(reader("ja"), columns["day"], "2022-01-07") == "2022年1月7日"
    assert printed(reader("ja"), columns["probability"], 0.0123) == "1.2 %"
    assert printed(reader("ja"), columns["low"], None) == ""


def test_a_drawing_keeps_words_as_words_and_nothing_that_acts() -> None:
    words = replace(chart("coverage"), rows=(ChartRow(("2022-01-07", EVIL, 1.0), document_ids=(fx.steppe.document.id,)),),
                    order={"language": (EVIL,)})  # fmt: skip
    text = svg_of(charts_of(replace(brief(), charts=(words,)))["coverage"], title=EVIL, text="アルマトイ", name="c")
    root = ElementTree.fromstring(text)
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert {one.tag for one in root.iter()} <= {f"{{{SVG}}}{name}" for name in ELEMENTS}
    inner = {name for one in root.iter() if one is not root for name in one.attrib}
    assert inner <= ATTRIBUTES
    assert root.attrib["aria-labelledby"] == "c-title c-desc"
    assert any("Noto Sans CJK" in one.attrib.get("font-family", "") for one in root.iter())


def test_without_the_libraries_there_are_tables_and_a_word_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foreshock.briefs.charts.drawn.charts_can_be_drawn", lambda: False)
    drawn = drawn_charts(brief())
    assert [one.svg for some in drawn.values() for one in some] == [None] * 4
    assert all(one.rows and one.columns for some in drawn.values() for one in some)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2.2."""

    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_marks_and_words_stand_out_from_the_paper(palette: Any) -> None:
    assert all(contrast(one, palette.paper) >= 3 for one in palette.standings)
    assert all(contrast(one, palette.paper) >= 4.5 for one in (palette.ink, palette.soft, palette.hurt))
    assert contrast(palette.ink, palette.band) >= 4.5


def lines(name: str, **changes: Any) -> Brief:
    one = chart(name)
    return replace(brief(), charts=(replace(one, rows=(replace(one.rows[0], **changes),)),))


@pytest.mark.parametrize(
    ("rule", "made"),
    [
        ("a sentence without a claim", lambda: lines("timeline", claim_ids=())),
        ("a sentence without a claim", lambda: lines("coverage", document_ids=("nobody",))),
        ("a sentence without a claim", lambda: replace(brief(), charts=(replace(chart("coverage"), text="All is calm."),))),
        ("confirmed without two origins", lambda: lines("timeline", values=("2022-01-07", "Forces", "confirmed", 1.0),
                                                        claim_ids=(fx.column.id,))),
        ("a lost figure stated as a number", lambda: lines("tallies", claim_ids=(fx.strength.id,))),
    ],
)  # fmt: skip
def test_a_chart_that_says_more_than_it_stands_on_does_not_compile(rule: str, made: Any) -> None:
    bare = replace(made(), sections=())
    with pytest.raises(BriefError) as caught:
        compile_brief(bare, fx.CLAIMS, fx.READINGS, **fx.records(FOUND))
    assert {name for name, _, _ in caught.value.failures} == {rule}
    assert rule in RULES
