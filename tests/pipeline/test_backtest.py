"""A replay: each day from what was published by then, nothing read twice, and the paths as a table and a chart."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from foreshock.briefs.path_chart import Panel, Point, path_chart
from foreshock.errors import CatalogueError, SourceError
from foreshock.model import Blind, Coding
from foreshock.pipeline.backtest import Archive, CountryWeigher, Step, backtest, rows_of, span
from foreshock.pipeline.weighing import Stand
from tests.incidents.wire import told
from tests.pipeline.test_growing import PAGES, VILA, no_vectors, page

D = date.fromisoformat


def archived(pages: Sequence[Coding]) -> tuple[Archive, Any]:
    """Return an archive of codings that are made already, and a coder that hands them out and counts how often it is asked."""
    made = {one.document.id: one for one in pages}
    asked: list[str] = []

    def coder(reading: Any) -> Coding:
        asked.append(reading.document.id)
        return made[reading.document.id]

    readings = [SimpleNamespace(document=one.document) for one in pages]
    return Archive(readings), SimpleNamespace(code=coder, asked=asked)  # type: ignore[arg-type]


def replayed(pages: Sequence[Coding], since: str, until: str, registered: Sequence[Blind] = ()) -> list[Step]:
    archive, coder = archived(pages)
    weigher = CountryWeigher("VUT", Stand(registered=registered))
    return list(backtest(archive, coder.code, weigher, since=D(since), until=D(until), vectors=no_vectors))


def path(steps: Sequence[Step]) -> list[list[dict[str, Any]]]:
    return [list(rows_of(one)) for one in steps]


@pytest.fixture(scope="module")
def whole() -> list[Step]:
    return replayed(PAGES, "2031-03-02", "2031-03-09")


def test_every_day_has_its_numbers(whole):
    assert [one.day.isoformat() for one in whole] == [f"2031-03-0{n}" for n in range(2, 10)]
    assert [(one.documents, one.new) for one in whole] == [(1, 1), (3, 2), (4, 1), (5, 1), (6, 1), (7, 1), (7, 0), (7, 0)]
    for rows in path(whole):
        numbers = [one for one in rows if one["probability"] is not None]
        assert numbers
        assert all(0 <= one["low"] <= one["probability"] <= one["high"] <= 1 for one in numbers)
        assert all(one["unmeasured"] for one in rows if one["probability"] is None)


@pytest.mark.parametrize("days", [1, 3, 5])
def test_what_is_published_later_changes_no_earlier_day(whole, days):
    last = D("2031-03-02") + timedelta(days=days - 1)
    known = [one for one in PAGES if one.known_at[:10] <= last.isoformat()]
    assert path(replayed(known, "2031-03-02", last.isoformat())) == path(whole[:days])


def test_a_flood_of_later_pages_changes_no_earlier_day(whole):
    text = "Soldiers seized the palace of Port Vila number {} at night and the president fled to the north of the islands."
    later = [replace(page(20 + n, "2031-03-08", text.format(n)), claims=()) for n in range(5)]
    assert path(replayed([*PAGES, *later], "2031-03-02", "2031-03-07")) == path(whole[:6])


def test_where_a_replay_begins_changes_no_day(whole):
    assert path(replayed(PAGES, "2031-03-05", "2031-03-07")) == path(whole[3:6])


def test_each_document_is_coded_once_and_none_before_its_day():
    archive, coder = archived(PAGES)
    order = []
    for step in backtest(
        archive, coder.code, CountryWeigher("VUT", Stand()), since=D("2031-03-02"), until=D("2031-03-05"), vectors=no_vectors
    ):
        order.append((step.day.day, len(coder.asked)))
    assert order == [(2, 1), (3, 3), (4, 4), (5, 5)]
    assert len(set(coder.asked)) == len(coder.asked)


def test_the_cut_is_dark_until_it_is_lifted(whole):
    dark = [step.day.isoformat() for step, rows in zip(whole, path(whole), strict=True) if rows[0]["blind"]]
    assert dark == ["2031-03-03", "2031-03-04", "2031-03-05", "2031-03-06"]


def numbers(steps: Sequence[Step]) -> list[list[tuple[Any, ...]]]:
    told = ("scenario", "horizon", "probability", "low", "high", "tier", "tier_seen", "state", "evidence")
    return [[tuple(str(one[name]) for name in told) for one in rows] for rows in path(steps)]


@pytest.mark.parametrize("left_out", [{2}, {1, 2}, {1, 2, 3}, {3, 4}, {1, 2, 3, 4, 5}], ids=str)
def test_deleting_what_was_published_during_a_shutdown_moves_nothing(left_out):
    """The register tells of the shutdown; of the pages of those days any may be missing."""
    march = page(9, "2031-03-02", "Dock workers marched through Port Vila.", told("Dock workers marched", "PROTEST", place=VILA))
    pages = [march, *PAGES]
    cut = [Blind("VUT", "internet shut down", "2031-03-03", "2031-03-06", whole=True, source="register")]
    kept = [one for at, one in enumerate(pages, -1) if at not in left_out]
    assert all("2031-03-03" <= one.known_at[:10] <= "2031-03-06" for one in pages if one not in kept)
    everything = numbers(replayed(pages, "2031-03-02", "2031-03-09", cut))
    assert numbers(replayed(kept, "2031-03-02", "2031-03-09", cut)) == everything
    tiers = [rows[0][5:7] for rows in everything]
    assert tiers[:5] == [("protest", "protest"), *[("crisis", "protest")] * 4]


def test_where_the_end_of_a_cut_is_not_told_nothing_moves_towards_calm():
    """What tells of the net itself counts: without the word that it is back it is held to be down, while that was told lately."""
    march = page(9, "2031-03-02", "Dock workers marched through Port Vila.", told("Dock workers marched", "PROTEST", place=VILA))
    untold = path(replayed([march, *PAGES[:5], PAGES[6]], "2031-03-02", "2031-03-09"))
    for before, after in zip(path(replayed([march, *PAGES], "2031-03-02", "2031-03-09")), untold, strict=True):
        for one, other in zip(before, after, strict=True):
            if one["probability"] is not None and one["scenario"] != "leadership-holds":
                assert other["probability"] >= one["probability"]
    assert [rows[0]["tier"] for rows in untold][-3:] == ["crisis", "protest", "protest"]


def test_only_the_scenarios_that_are_asked_for(whole):
    assert {one["scenario"] for one in rows_of(whole[0], scenarios=["coup-attempt"])} == {"coup-attempt"}


SPANS = [
    (None, None, ("2031-03-02", "2031-03-07")),
    ("2031-03-04", None, ("2031-03-04", "2031-03-07")),
    ("2031-03", "2031-04", ("2031-03-31", "2031-04-30")),
    ("2031-03-09", None, ("2031-03-09", "2031-03-09")),
]


@pytest.mark.parametrize(("since", "until", "days"), SPANS, ids=str)
def test_the_span_is_that_of_the_documents_or_as_given(since, until, days):
    archive, _ = archived(PAGES)
    assert tuple(one.isoformat() for one in span(archive, since=since, until=until)) == days


@pytest.mark.parametrize(("since", "until"), [("2031-03-01", None), ("2030", "2031-03-03"), (None, "2031-03-01")], ids=str)
def test_a_day_before_the_first_document_is_refused_with_a_remedy(since, until):
    archive, _ = archived(PAGES)
    with pytest.raises(SourceError, match="2031-03-0") as told:
        span(archive, since=since, until=until)
    assert told.value.remedy


@pytest.mark.parametrize(("scenarios", "horizon"), [(("end-of-days",), 30), (("what-comes-first",), 30), ((), 31)], ids=str)
def test_a_scenario_or_horizon_that_is_not_there_is_refused(scenarios, horizon):
    with pytest.raises(CatalogueError):
        CountryWeigher("VUT", Stand()).check(scenarios, horizon)
    CountryWeigher("VUT", Stand()).check(("coup-attempt",), 90)


# The chart.

SVG = "{http://www.w3.org/2000/svg}"
DAYS = [D("2022-01-04") + timedelta(days=n) for n in range(3)]
POINTS = tuple(Point(day, 0.02 + at / 100, 0.01, 0.05, 0.02) for at, day in enumerate(DAYS))


def drawn(*panels: Panel, **more: Any) -> ET.Element:
    return ET.fromstring(path_chart(panels, **{"title": "VUT", "note": "made up", **more}))


def test_a_chart_has_a_line_and_a_band_a_panel():
    root = drawn(Panel("a coup", POINTS), Panel("a settlement", (), empty="unmeasured: no set tells"), dark=[(DAYS[1], DAYS[1])])
    assert len(root.findall(f".//{SVG}polygon")) == 1
    assert len(root.findall(f".//{SVG}polyline")) == 2  # the path and the prior beside it
    words = [one.text for one in root.iter(f"{SVG}text")]
    assert {"a coup", "unmeasured: no set tells", "2022-01-04", "2022-01-06", "5 %"} <= set(words)


def test_words_cannot_break_out_of_a_chart():
    nasty = "</text><script>alert('x')</script> & \"'"
    root = drawn(Panel(nasty, POINTS), Panel("b", (), empty=nasty), title=nasty, note=nasty, notice=nasty)
    assert [one.tag for one in root.iter() if "script" in one.tag] == []
    assert root.find(f"{SVG}title").text == nasty


def test_every_mark_lies_within_the_chart_also_at_the_ends_of_the_scale():
    ends = tuple(Point(day, p, 0.0, 1.0, p) for day, p in zip(DAYS, (0.0, 1.0, 0.5), strict=True))
    sure = tuple(Point(day, 0.9993, 0.9971, 1.0, 0.999) for day in DAYS)
    one_day = (Point(DAYS[0], 0.0, 0.0, 0.0, 0.0),)
    for points in (ends, sure, one_day):
        root = drawn(Panel("a", points), dark=[(D("2021-12-01"), D("2022-03-01"))])
        width, height = float(root.get("width")), float(root.get("height"))
        for mark in (*root.iter(f"{SVG}polyline"), *root.iter(f"{SVG}polygon")):
            for x, y in (map(float, pair.split(",")) for pair in mark.get("points").split()):
                assert 0 <= x <= width
                assert 0 <= y <= height


def test_a_chart_of_nothing_is_a_chart():
    assert drawn(Panel("a", ())).tag == f"{SVG}svg"
