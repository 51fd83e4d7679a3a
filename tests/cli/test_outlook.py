"""``foreshock outlook`` as it is run from a shell."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

NOW = "2026-11-29"


def test_the_summary_is_told_with_its_age(foreshock: Callable) -> None:
    ran = foreshock("outlook", "AFG", "--now", NOW)
    assert ran.code == 0
    assert "Afghanistan (AFG)" in ran.out
    assert "to 2019-12" in ran.out
    assert "82 months" in ran.out
    assert "stale" in ran.out
    assert len([line for line in ran.out.splitlines() if line.strip()[:2] == "20"]) == 12


def test_json_holds_the_whole_record(foreshock: Callable, folder: Path) -> None:
    rows = "".join(f"2025-{month:02d},{10 * month}\n" for month in range(1, 13))
    (folder / "deaths.csv").write_text(f"month,deaths\n{rows}", encoding="utf-8")
    arguments = ("outlook", "Kazakhstan", "--deaths", folder / "deaths.csv", "--months", "3", "--format", "json")
    found = json.loads(foreshock(*arguments, "--as-of", "2026-01-31").out)
    assert [one["month"] for one in found["months"]] == ["2026-02", "2026-03", "2026-04"]
    assert found["source"] == "deaths.csv"
    assert found["known_until"] == "2025-12"
    assert all(one["low"] <= one["median"] <= one["high"] for one in found["months"])
    # Nothing of the months that are not over on the date.
    cut = json.loads(foreshock(*arguments[:4], "--format", "json", "--as-of", "2026-01-01").out)
    assert cut["known_until"] == "2025-12"


def test_a_country_that_was_never_counted_gets_a_sentence(foreshock: Callable) -> None:
    ran = foreshock("outlook", "PSE", "--now", NOW)
    assert ran.code == 0
    assert "No deaths a month are known of Palestine" in ran.out
    assert "%" not in ran.out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("month,deaths\n2025-01,-1\n", "-1.0 deaths in 2025-01"),
        ("month,deaths\n2025-01,1\n2025-04,1\n", "lacks 2 months, first 2025-02"),
        ("month,deaths\n2025-01,1\n", "1 months before"),
    ],
)
def test_a_bad_series_ends_with_its_reason(foreshock: Callable, folder: Path, text: str, said: str) -> None:
    (folder / "bad.csv").write_text(text, encoding="utf-8")
    ran = foreshock("outlook", "KAZ", "--deaths", folder / "bad.csv", "--now", NOW)
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err


def test_an_unknown_country_ends_with_a_remedy(foreshock: Callable) -> None:
    ran = foreshock("outlook", "XXQ", "--now", NOW)
    assert ran.code == 1
    assert "there is no country 'XXQ'" in ran.err
    assert "alpha-3" in ran.err


def test_a_folder_without_the_set_and_two_histories_are_refused(foreshock: Callable, folder: Path) -> None:
    assert "there is no" in foreshock("outlook", "KAZ", "--data", folder, "--now", NOW).err
    assert "both" in foreshock("outlook", "KAZ", "--data", folder, "--deaths", folder / "x.csv", "--now", NOW).err
    assert foreshock("outlook", "KAZ", "--months", "13").code == 2
