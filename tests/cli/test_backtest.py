"""``foreshock backtest`` from a shell: a folder of dated texts, its table, its lines, its chart, and what it refuses."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest

PAGES = [
    ("2022-01-04", "HARARE - Protesters marched through Harare on Tuesday and demanded that the president resign."),
    ("2022-01-05", "HARARE - Police killed three protesters in Harare on Wednesday, a hospital said."),
    ("2022-01-05", "HARARE - The internet was cut in the whole of Zimbabwe on Wednesday, the operators said."),
    ("2022-01-07", "HARARE - Soldiers were deployed in Harare on Friday."),
]


@pytest.fixture
def pages(folder):
    pytest.importorskip("spacy")
    lines = [json.dumps({"text": text, "published": day, "source": f"Post {n}", "id": n}) for n, (day, text) in enumerate(PAGES)]
    (folder / "in").mkdir()
    (folder / "in" / "wire.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / "in" / "undated.txt").write_text("Police arrested two editors in Harare.", encoding="utf-8")
    return folder


def test_it_prints_a_path_and_writes_numbers_and_a_chart(foreshock, pages):
    ran = foreshock("backtest", "in", "--country", "zwe", "--out", "path.jsonl", "--svg", "path.svg", "--horizon", 90)
    assert ran.code == 0, ran.err
    assert "1 documents have no date" in ran.err
    days = [line.split()[0] for line in ran.out.splitlines() if line[:2] == "20"]
    assert days == ["2022-01-04", "2022-01-05", "2022-01-07"]  # nothing came and nothing changed on the sixth
    assert "not seen: internet" in ran.out
    rows = [json.loads(line) for line in (pages / "path.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {row["day"] for row in rows} == {f"2022-01-0{n}" for n in (4, 5, 6, 7)}
    assert {row["country"] for row in rows} == {"ZWE"}
    tiers = {row["day"]: (row["tier_seen"], row["tier"]) for row in rows}
    assert tiers["2022-01-04"] == ("removal", "removal")
    assert tiers["2022-01-05"] == ("removal", "crisis")
    assert ET.fromstring((pages / "path.svg").read_text(encoding="utf-8")).tag.endswith("svg")

    lines = foreshock(
        "backtest", "in", "--country", "ZWE", "--scenario", "coup-attempt", "--format", "jsonl", "--to", "2022-01-05"
    )
    found = [json.loads(line) for line in lines.out.splitlines()]
    assert found == [row for row in rows if row["scenario"] == "coup-attempt" and row["day"] <= "2022-01-05"]


REFUSED = [
    (["--country", "ZWE", "--from", "2021-12-01"], "nothing was published by 2021-12-01: the first document is of 2022-01-04"),
    (["--country", "ZWE", "--from", "2022-01-06", "--to", "2022-01-05"], "2022-01-05 is before 2022-01-06"),
    (["--country", "ZWE", "--horizon", "31"], "no scenario looks 31 days ahead"),
    (["--country", "ZWE", "--scenario", "doom"], "there is no scenario 'doom'"),
    (["--country", "Zimbabwe"], "'ZIMBABWE' is no country"),
]


@pytest.mark.parametrize(("options", "message"), REFUSED, ids=str)
def test_what_cannot_be_replayed_is_refused_with_a_remedy(foreshock, pages, options, message):
    ran = foreshock("backtest", "in", *options)
    assert ran.code == 1
    assert message in ran.err
    assert "(" in ran.err


def test_without_a_dated_document_nothing_is_replayed(foreshock, pages):
    ran = foreshock("backtest", "in/undated.txt", "--country", "ZWE")
    assert (ran.code, "has a date of publication" in ran.err) == (1, True)
