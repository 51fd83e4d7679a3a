"""Tallies: tables of reports and what they add up to, and what holds of any reports."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from foreshock.incidents.tallies import tallies_of
from foreshock.model import Tally
from tests.incidents.reports import report

CASES = yaml.safe_load(Path(__file__).with_name("tallies.yaml").read_text(encoding="utf-8"))


def told(rows: list[dict[str, Any]]) -> tuple[Tally, ...]:
    reports = [report(row, number) for number, row in enumerate(rows)]
    origins = {one.claim.id: row.get("origin") or row.get("by") or one.source for one, row in zip(reports, rows, strict=True)}
    return tallies_of(reports, origins)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_reports_give_their_tallies(case: dict[str, Any]) -> None:
    found = [[t.what, t.of, t.counting, t.scope, t.low, t.best, t.high, len(t.points)] for t in told(case["reports"])]
    assert found == case["tallies"]


def test_a_point_leads_to_its_sentence() -> None:
    (tally,) = told([{"by": "police", "figures": [{"n": 8, "raw": "eight", "start": 40, "end": 45}]}])
    (point,) = tally.points
    assert (point.holder, point.origin, point.raw, point.span, point.published) == (
        "police",
        "police",
        "eight",
        (40, 45),
        "2031-05-02",
    )
    assert point.claim_id == report({"by": "police", "figures": []}).claim.id


def test_a_document_that_speaks_for_itself_is_held_by_its_source() -> None:
    (tally,) = tallies_of([report({"source": "Tin Post", "figures": [{"n": 8}]})], {})
    assert (tally.points[0].holder, tally.points[0].origin) == ("Tin Post", "Tin Post")


numbers = st.lists(st.tuples(st.integers(0, 500), st.sampled_from("abcd"), st.integers(1, 28)), min_size=1, max_size=12)


@given(numbers)
def test_no_number_is_made_up(rows: list[tuple[int, str, int]]) -> None:
    (tally,) = told([{"origin": who, "published": f"2031-05-{day:02}", "figures": [{"n": n}]} for n, who, day in rows])
    said = {n for n, _, _ in rows}
    assert {tally.low, tally.high} <= said
    assert tally.best is None or tally.best in said
    assert len(tally.points) == len(rows)


@given(numbers)
def test_the_order_of_reports_does_not_matter(rows: list[tuple[int, str, int]]) -> None:
    made = [
        {"origin": who, "published": f"2031-05-{day:02}", "arrival": at, "figures": [{"n": n}]}
        for at, (n, who, day) in enumerate(rows)
    ]
    (one,), (other,) = told(made), told(made[::-1])
    assert (one.low, one.best, one.high) == (other.low, other.best, other.high)
