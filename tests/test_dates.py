"""Dates say how much of them is known."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from foreshock import dates


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("2022", "2022"), ("2022-01", "2022-01"), ("2024-02-29", "2024-02-29"), (" 2022-01-08 ", "2022-01-08"),
        ("2022-01-08T12:30", "2022-01-08T12:30"), ("2022-01-08T12:30:59.5Z", "2022-01-08T12:30"),
        ("2022-01-08T23:59+09:00", "2022-01-08T23:59"),
        ("2022-02-29", None), ("2022-13", None), ("2022-00-01", None), ("2022-01-00", None),
        ("0000", None), ("2022-1-8", None), ("22-01-08", None),
        ("2022-01-08T24:00", None), ("2022-01-08T12", None), ("8 January", None), ("", None), ("２０２２", None),
    ],
)  # fmt: skip
def test_parse(text, known):
    assert dates.parse(text) == known


@pytest.mark.parametrize(
    ("prefix", "first", "last", "day"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31), None),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), None),
        ("2022-01-08", date(2022, 1, 8), date(2022, 1, 8), date(2022, 1, 8)),
        ("2022-01-08T12:30", date(2022, 1, 8), date(2022, 1, 8), date(2022, 1, 8)),
    ],
)
def test_a_prefix_is_a_span_of_days(prefix, first, last, day):
    assert (dates.first_day(prefix), dates.last_day(prefix), dates.day_of(prefix)) == (first, last, day)
    assert dates.day_of(None) is None


@pytest.mark.parametrize(
    ("day", "by", "moved"),
    [
        (date(2022, 1, 31), {"months": 1}, date(2022, 2, 28)), (date(2024, 2, 29), {"years": 1}, date(2025, 2, 28)),
        (date(2022, 1, 1), {"days": -1}, date(2021, 12, 31)), (date(2022, 1, 15), {"months": -1}, date(2021, 12, 15)),
        (date(2022, 1, 31), {"months": 1, "days": 1}, date(2022, 3, 1)), (date(2022, 12, 5), {"months": 13}, date(2024, 1, 5)),
    ],
)  # fmt: skip
def test_shift(day, by, moved):
    assert dates.shift(day, **by) == moved


def test_a_stamp_is_utc_and_needs_a_zone():
    assert dates.utc_stamp(datetime(2022, 1, 8, 2, tzinfo=timezone(timedelta(hours=9)))) == "2022-01-07T17:00:00Z"
    assert dates.utc_stamp(datetime(2022, 1, 8, 2, 3, 4, 999, tzinfo=UTC)) == "2022-01-08T02:03:04Z"
    with pytest.raises(ValueError, match="no time zone"):
        dates.utc_stamp(datetime(2022, 1, 8))
