"""``foreshock fit``: what it writes it names, a missing set is named, nothing is written then."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

DATA = Path(os.environ.get("FORESHOCK_DATA", Path(__file__).parents[3] / "shared" / "data"))


def test_a_folder_without_the_sets_is_refused_and_nothing_is_written(foreshock, folder):
    ran = foreshock("fit", "--data", str(folder), "--only", "hazards", "--out", "fitted")
    assert ran.code == 1
    assert "coups_country_years_to_2019.csv" in ran.err
    assert "--data" in ran.err
    assert not list((folder / "fitted").glob("*.yaml"))


def test_data_must_be_given(foreshock):
    assert foreshock("fit").code == 2


@pytest.mark.skipif(not (DATA / "forecast").is_dir(), reason=f"no forecast sets at {DATA} (FORESHOCK_DATA)")
def test_the_table_has_the_date_that_is_given_and_no_row_of_a_set(foreshock, folder):
    ran = foreshock("fit", "--data", str(DATA), "--only", "hazards", "--out", "fitted", "--date", "2001-02-03")
    assert ran.code == 0
    assert ran.out.strip() == str(Path("fitted") / "hazards.yaml")
    text = (folder / "fitted" / "hazards.yaml").read_text(encoding="utf-8")
    assert text.startswith("# How often each scenario came about")
    assert text.count("fitted: '2001-02-03'") == 8
    # Leaders have names, conflicts have numbers: none of either is there.
    assert "conflict_id" not in text
    assert str(DATA) not in text
