"""The tables times_en.yaml and times_ja.yaml hold the cases; a linguist can add a line there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from foreshock.coding.easter import easter_of
from foreshock.coding.times import TimeMention, find_times, time_of_clause, und_table
from foreshock.errors import CodingError
from foreshock.model import Sentence, When
from foreshock.reading import languages
from foreshock.reading.languages.base import Clause, Parse, Token

HERE = Path(__file__).parent


def cases() -> list[Any]:
    rows = []
    for code in ("en", "ja"):
        for row in yaml.safe_load((HERE / f"times_{code}.yaml").read_text(encoding="utf-8")):
            rows.append(pytest.param(code, row, id=f"{code}-{row['text']}"))
    return rows


@pytest.mark.parametrize(("code", "row"), cases())
def test_table(code: str, row: dict[str, Any]) -> None:
    reference = None if row["ref"] is None else str(row["ref"])
    found = find_times(row["text"], offset=100, table=languages.table(code), reference=reference)
    assert [[one.when.raw, one.when.start, one.when.end, one.when.precision] for one in found] == row["want"]
    assert all(row["text"][one.start - 100 : one.end - 100] == one.when.raw for one in found)


@pytest.mark.parametrize(
    ("code", "text", "start"),
    [
        ("ru", "5 января 2022 г. начались протесты", "2022-01-05"),
        ("fr", "le 5 janvier 2022, la place était vide", "2022-01-05"),
        ("es", "el 5 de enero de 2022 cerraron la frontera", "2022-01-05"),
        ("zh", "2022年1月5日，边境关闭", "2022-01-05"),
        ("ar", "في ٥ يناير ٢٠٢٢", "2022-01-05"),
        ("de", "Am 5. Januar 2022 begann es", "2022-01-05"),
        ("xx", "2022-01-05", "2022-01-05"),
    ],
)
def test_every_language_reads_a_full_date(code: str, text: str, start: str) -> None:
    found = find_times(text, offset=0, table=und_table(code), reference=None)
    assert [one.when.start for one in found] == [start]


@pytest.mark.parametrize(
    ("code", "text", "want"),
    [
        ("ru", "В среду утром у моста было тихо.", [("2022-01-05", "2022-01-05")]),
        ("ru", "Вчера и три дня назад шёл снег.", [("2022-01-07", "2022-01-07"), ("2022-01-05", "2022-01-05")]),
        ("ru", "До 19 января школы закрыты.", [(None, "2022-01-19")]),
        ("fr", "Hier la place était vide.", [("2022-01-07", "2022-01-07")]),
        ("fr", "Depuis lundi dernier, rien.", [("2021-12-27", None)]),
        ("es", "El pasado lunes llovió.", [("2021-12-27", "2021-12-27")]),
        ("es", "Sigue en vigor hasta el 19 de enero.", [(None, "2022-01-19")]),
        ("es", "La orden del 05/01/2022 vale.", [("2022-01-05", "2022-01-05")]),
        ("de", "Am Mittwochabend und gestern brannte es.", [("2022-01-05", "2022-01-05"), ("2022-01-07", "2022-01-07")]),
        ("zh", "总统7日说，昨天很安静。", [("2022-01-07", "2022-01-07"), ("2022-01-07", "2022-01-07")]),
        ("zh", "去年11月下了雪。", [("2021-11", "2021-11")]),
    ],
)
def test_some_languages_know_yesterday_and_their_weekdays(
    code: str, text: str, want: list[tuple[str | None, str | None]]
) -> None:
    found = find_times(text, offset=0, table=und_table(code), reference="2022-01-08")
    assert [(one.when.start, one.when.end) for one in found] == want


@pytest.mark.parametrize(
    ("year", "day"), [(1961, "1961-04-02"), (2000, "2000-04-23"), (2011, "2011-04-24"), (2024, "2024-03-31")]
)
def test_easter(year: int, day: str) -> None:
    assert easter_of(year).isoformat() == day


@pytest.mark.parametrize("text", ["the last 99999999999 days", "9999999 weeks and 88888888 days ago", "in 777777777 decades"])
def test_far_more_time_than_the_calendar_has_is_not_known(text: str) -> None:
    found = find_times(text, offset=0, table=languages.table("en"), reference="2022-01-08")
    assert all(one.when.start is None and one.when.end is None for one in found)


def test_a_day_that_does_not_exist_is_not_moved_to_one_that_does() -> None:
    (found,) = find_times("on 30 February 2022", offset=0, table=languages.table("en"), reference="2022-03-01")
    assert (found.when.start, found.when.end) == (None, None)


def test_day_and_month_in_digits_alone_are_ambiguous() -> None:
    table = languages.table("en")
    assert find_times("05/06/2022", offset=0, table=table, reference=None)[0].when.start is None
    assert find_times("25/06/2022", offset=0, table=table, reference=None)[0].when.start == "2022-06-25"


def test_a_wrong_table_names_its_pattern() -> None:
    with pytest.raises(CodingError, match="nowhere"):
        find_times("x", offset=0, table={"dates": {"points": [{"like": "{nowhere}"}]}}, reference=None)


def test_a_language_without_dates_finds_none() -> None:
    assert find_times("5 January 2022", offset=0, table={}, reference=None) == ()


def _parse(text: str, *clauses: Clause) -> Parse:
    words = text.split(" ")
    starts = [sum(len(word) + 1 for word in words[:index]) for index in range(len(words))]
    tokens = tuple(
        Token(i, s, s + len(w), w, w.lower(), "X", "dep", 0) for i, (w, s) in enumerate(zip(words, starts, strict=True))
    )
    return Parse(Sentence("d", 0, 0, len(text), text, "en"), tokens, clauses)


def _clause(index: int, span: tuple[int, int], predicate: int, tokens: tuple[int, ...], relation: Any = "root") -> Clause:
    parent = None if relation == "root" else index - 1
    return Clause(index, *span, "x", (predicate,), tokens, (), False, False, frozenset(), relation, parent)


def _when(day: str, raw: str) -> When:
    return When(day, day, "day", raw)


def test_a_time_belongs_to_the_clause_that_says_it() -> None:
    text = "Monday troops left and police who came Friday stayed"
    main = _clause(0, (7, 18), 2, (0, 1, 2))
    joined = _clause(1, (23, 52), 8, (3, 4, 8), "coordinate")
    relative = _clause(2, (30, 45), 6, (5, 6, 7), "relative")
    parse = _parse(text, main, joined, relative)
    mentions = [TimeMention(0, 6, _when("2022-01-03", "Monday")), TimeMention(39, 45, _when("2022-01-07", "Friday"))]
    assert time_of_clause(mentions, main, parse) == mentions[0].when
    assert time_of_clause(mentions, joined, parse) == mentions[0].when
    assert time_of_clause(mentions, relative, parse) == mentions[1].when


def test_no_time_is_none() -> None:
    clause = _clause(0, (0, 11), 1, (0, 1))
    assert time_of_clause([], clause, _parse("troops left", clause)) is None
