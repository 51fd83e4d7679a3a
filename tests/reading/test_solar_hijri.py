"""The Solar Hijri calendar: days of New Year and of history as almanacs have them, and every day once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from foreshock.reading.solar_hijri import FIRST, LAST, MONTHS, dates, gregorian

# Nowruz, and days that both calendars are known by: 22 Bahman 1357, the revolution in Iran; 7 Saur 1357, that in Afghanistan.
KNOWN = {
    (1357, 1, 1): "1978-03-21", (1375, 1, 1): "1996-03-20", (1376, 1, 1): "1997-03-21", (1391, 1, 1): "2012-03-20",
    (1395, 1, 1): "2016-03-20", (1396, 1, 1): "2017-03-21", (1403, 1, 1): "2024-03-20", (1404, 1, 1): "2025-03-21",
    (1408, 1, 1): "2029-03-20", (1399, 12, 30): "2021-03-20", (1357, 11, 22): "1979-02-11", (1357, 2, 7): "1978-04-27",
}  # fmt: skip


@pytest.mark.parametrize(("day", "found"), KNOWN.items())
def test_days_that_are_known(day, found):
    assert gregorian(*day) == date.fromisoformat(found)


def test_every_day_of_three_centuries_comes_once_and_in_order():
    found = [gregorian(y, m, d) for y in range(FIRST, LAST + 1) for m in range(1, 13) for d in range(1, 32)]
    days = [one for one in found if one is not None]
    assert days == [days[0] + timedelta(days=number) for number in range(len(days))]


@pytest.mark.parametrize(
    "day", [(1400, 12, 30), (1400, 7, 31), (1400, 13, 1), (1400, 0, 1), (1400, 1, 0), (1100, 1, 1), (1600, 1, 1)]
)
def test_a_day_that_there_is_not(day):
    assert gregorian(*day) is None


def test_months_of_both_countries():
    assert (MONTHS["فروردین"], MONTHS["حمل"], MONTHS["اسفند"], MONTHS["حوت"], MONTHS["امرداد"]) == (1, 1, 12, 12, 5)
    assert [day for _, _, day in dates("15 دی ماه 1400 و 1400/10/16 و 7 ثور 1357")] == [
        date(2022, 1, 5), date(1978, 4, 27), date(2022, 1, 6),
    ]  # fmt: skip
