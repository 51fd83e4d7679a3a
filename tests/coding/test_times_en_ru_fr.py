"""Words of time in English, Russian and French: those known to say when, and those of what is still to come."""

from __future__ import annotations

import pytest

from foreshock.coding.times import TimeMention, find_times
from foreshock.reading import languages

DAY = "2034-03-15"  # a Wednesday


def read(code: str, text: str, *, pointed: bool = False, anchor: str | None = None) -> TimeMention:
    found = find_times(text, offset=0, table=languages.table(code), reference=DAY, anchor=anchor, pointed=pointed)
    assert found, text
    return found[0]


@pytest.mark.parametrize(
    ("code", "text", "start", "end"),
    [
        ("en", "0540", "2034-03-15T05:40", "2034-03-15T05:40"),
        ("en", "since 5", "2034-03-15T05:00", None),
        ("en", "around 11", "2034-03-15T11:00", "2034-03-15T11:00"),
        ("en", "at teatime", "2034-03-15", "2034-03-15"),
        ("en", "right now", "2034-03-15", "2034-03-15"),
        ("en", "overnight", "2034-03-14", "2034-03-15"),
        ("en", "until midnight", "2034-03-15T23:59", "2034-03-15T23:59"),
        ("en", "for nine days", "2034-03-06", "2034-03-15"),
        ("en", "for the third day", "2034-03-13", "2034-03-15"),
        ("en", "day 12", "2034-03-04", "2034-03-15"),
        ("en", "an hour ago", "2034-03-15", "2034-03-15"),
        ("ru", "к семи", "2034-03-15T07:00", "2034-03-15T07:00"),
        ("ru", "ночью", "2034-03-14", "2034-03-15"),
        ("ru", "с рассвета", "2034-03-15", None),
        ("ru", "третьи сутки", "2034-03-13", "2034-03-15"),
        ("ru", "пятый день", "2034-03-11", "2034-03-15"),
        ("ru", "за сутки", "2034-03-14", "2034-03-15"),
        ("ru", "за десять лет", "2024-03-15", "2034-03-15"),
        ("ru", "в пятидневный срок", "2034-03-15", "2034-03-20"),
        ("ru", "январском", "2034-01", "2034-01"),
        ("ru", "сейчас", "2034-03-15", "2034-03-15"),
        ("ru", "накануне", "2034-03-14", "2034-03-14"),
        ("fr", "depuis 7h", "2034-03-15T07:00", None),
        ("fr", "14 h 20", "2034-03-15T14:20", "2034-03-15T14:20"),
        ("fr", "depuis trente jours", "2034-02-13", "2034-03-15"),
        ("fr", "là maintenant", "2034-03-15", "2034-03-15"),
        ("fr", "dans la nuit", "2034-03-14", "2034-03-15"),
        ("fr", "sous huitaine", "2034-03-15", "2034-03-23"),
        ("fr", "pour le troisième jour consécutif", "2034-03-13", "2034-03-15"),
    ],
)
def test_words_known_to_say_when_have_a_day(code: str, text: str, start: str, end: str | None) -> None:
    when = read(code, text, pointed=True).when
    assert (when.start, when.end) == (start, end)


@pytest.mark.parametrize(
    ("code", "text"), [("en", "around 11"), ("en", "for nine days"), ("ru", "пятый день"), ("fr", "14 h 20")]
)
def test_in_running_text_an_hour_or_amount_has_no_day(code: str, text: str) -> None:
    found = find_times(text, offset=0, table=languages.table(code), reference=DAY)
    assert not any(one.when.start for one in found)


@pytest.mark.parametrize(
    ("code", "text"), [("en", "at noon"), ("en", "shortly before ten"), ("ru", "вечером"), ("ru", "вскоре"), ("fr", "peu après")]
)
def test_a_time_of_day_is_of_the_day_that_the_text_has_named(code: str, text: str) -> None:
    when = read(code, text, pointed=True, anchor="2034-03-13").when
    assert when.start is not None
    assert when.start.startswith("2034-03-13")


@pytest.mark.parametrize(
    ("code", "text", "past", "coming"),
    [
        ("en", "on Monday", "2034-03-13", "2034-03-20"),
        ("en", "from Monday", "2034-03-13", "2034-03-20"),
        ("en", "from October", "2033-10", "2034-10"),
        ("en", "over the weekend", "2034-03-11", "2034-03-18"),
        ("ru", "с понедельника", "2034-03-13", "2034-03-20"),
        ("ru", "придут осенью", "2033-09", "2034-09"),
        ("fr", "dès lundi", "2034-03-13", "2034-03-20"),
        ("fr", "au printemps", "2034-03", "2034-03"),
    ],
)
def test_what_is_to_come_is_the_next_of_its_name(code: str, text: str, past: str, coming: str) -> None:
    found = read(code, text)
    assert (found.when.start, found.to_come.start) == (past, coming)


@pytest.mark.parametrize(("code", "text"), [("en", "yesterday"), ("en", "5 January"), ("ru", "вчера"), ("fr", "hier")])
def test_a_day_that_is_certain_stays(code: str, text: str) -> None:
    found = read(code, text)
    assert found.ahead is None or text == "5 January"


@pytest.mark.parametrize(
    ("code", "text", "start", "end"),
    [
        ("en", "before dawn on Tuesday", "2034-03-14", "2034-03-14"),
        ("en", "after midnight on Tuesday", "2034-03-14T00:00", "2034-03-14T00:00"),
        ("en", "For the third day running", "2034-03-13", "2034-03-15"),
        ("en", "Samoa did so on Tuesday, the first state to do so", "2034-03-14", "2034-03-14"),
        ("en", "within a week", "2034-03-15", "2034-03-22"),
        ("en", "since the start of the month", "2034-03-01", None),
        ("ru", "третий день подряд", "2034-03-13", "2034-03-15"),
        ("ru", "с начала месяца", "2034-03-01", None),
        ("ru", "через полтора года", "2035-09", "2035-09"),
        ("fr", "mardi un accord", "2034-03-14", "2034-03-14"),
        ("fr", "a voté mardi une aide", "2034-03-14", "2034-03-14"),
        ("fr", "depuis le début du mois", "2034-03-01", None),
        ("fr", "à la fin de la semaine", "2034-03-13", "2034-03-19"),
    ],
)
def test_in_running_text(code: str, text: str, start: str, end: str | None) -> None:
    when = read(code, text).when
    assert (when.start, when.end) == (start, end)
