"""The tables ``times_<code>.yaml`` hold the cases; a linguist can add a line there."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from foreshock.coding.calendar_feasts import feast_day
from foreshock.coding.easter import easter_of, orthodox_easter_of
from foreshock.coding.numbers import fold
from foreshock.coding.time_grammar import grammar_of
from foreshock.coding.time_starts import DEEP, beginnings, folded, folded_text
from foreshock.coding.time_words import said, said_year
from foreshock.coding.times import TimeMention, document_times, find_times, numeric_order, time_of_clause, und_table
from foreshock.errors import CodingError
from foreshock.model import Sentence, When
from foreshock.reading import languages
from foreshock.reading.languages.base import Clause, Parse, Token

HERE = Path(__file__).parent


def cases() -> list[Any]:
    rows = []
    for path in sorted(HERE.glob("times_*.yaml")):
        code = path.stem.removeprefix("times_")
        for row in yaml.safe_load(path.read_text(encoding="utf-8")):
            rows.append(pytest.param(code, row, id=f"{code}-{row['text']}"))
    return rows


def table_of(code: str) -> Mapping[str, Any]:
    return languages.table(code) if languages.load(code).depth == "parsed" else und_table(code)


@pytest.mark.parametrize(("code", "row"), cases())
def test_table(code: str, row: dict[str, Any]) -> None:
    reference = None if row["ref"] is None else str(row["ref"])
    found = find_times(row["text"], offset=100, table=table_of(code), reference=reference)
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


@pytest.mark.parametrize(
    ("year", "day"), [(2016, "2016-05-01"), (2019, "2019-04-28"), (2022, "2022-04-24"), (2025, "2025-04-20")]
)
def test_orthodox_easter(year: int, day: str) -> None:
    assert orthodox_easter_of(year).isoformat() == day


def test_feasts_by_rule_and_by_table() -> None:
    known = (
        feast_day("spring_festival", 2022),
        feast_day("advent", 2022),
        feast_day("spring_festival", 1900),
        feast_day("none", 2022),
    )
    assert [None if day is None else day.isoformat() for day in known] == ["2022-02-01", "2022-11-27", None, None]


@pytest.mark.parametrize("feast", ["spring_festival", "dragon_boat", "mid_autumn"])
def test_the_table_of_the_chinese_calendar_keeps_its_distances(feast: str) -> None:
    """From the spring festival to a feast are whole lunar months, one more in some years: the gap varies by 30 days at most."""
    gaps = []
    for year in range(2010, 2026):
        day, first = feast_day(feast, year), feast_day("spring_festival", year)
        assert day is not None
        assert first is not None
        gaps.append((day - first).days)
    assert max(gaps) - min(gaps) <= 31


def test_the_next_day_is_told_from_the_sentence_before() -> None:
    (found,) = find_times(
        "The next day they parted.", offset=0, table=languages.table("en"), reference="2022-01-20", anchor="2022-01-05"
    )
    assert found.when.start == "2022-01-06"


@pytest.mark.parametrize(
    ("text", "order"),
    [("13/01/22", "dmy"), ("01/13/22", "mdy"), ("08/01/22", None), ("13/01/22, 01/13/22", None), ("v1.13.22.4", None)],
)
def test_an_unambiguous_date_says_the_order(text: str, order: str | None) -> None:
    assert numeric_order(text) == order


def test_the_order_of_the_document_beats_that_of_the_language() -> None:
    found = [
        find_times("La orden del 05/06/2022 vale.", offset=0, table=table_of("es"), reference=None, order=order)[0].when.start
        for order in (None, "dmy", "mdy")
    ]
    assert found == ["2022-06-05", "2022-06-05", "2022-05-06"]


def test_number_words_are_put_together_in_both_orders() -> None:
    spanish = said({"ones": {"uno": 1}, "tens": {"treinta": 30}, "join": " y "})
    german = said({"ones": {"zwei": 2}, "tens": {"zwanzig": 20}, "join": "und", "flip": True}, {"tens": {"zwanzigsten": 20}})
    assert (spanish.value("treinta y uno"), spanish.value("uno y treinta")) == (31, None)
    assert (german.value("zweiundzwanzigsten"), german.value("zwanzigundzwei")) == (22, None)
    assert said_year({"words": {"mil novecientos": 1900}}, (spanish,)).value("mil novecientos treinta y uno") == 1931


@pytest.mark.parametrize(
    ("source", "want"),
    [
        ("a|bc", {"a", "bc"}),
        ("(?:a )?[xy]", {"a x", "a y", "x", "y"}),
        (r"\d+", {"0", "00", "000", "0000", "00000"}),
        (r"\d{4}-\d", {"0000-"}),
        (
            r"\d{1,3}(?:ab?){2}c?",
            {f"{'0' * n}{tail}"[:5] for n in (1, 2, 3) for tail in ("aa", "aac", "aba", "abac", "aab", "aabc", "abab")},
        ),
        ("monday|[2-7]th", {"monda", "0th"}),
        ("|".join(f"{chr(0x4E00 + n)}z{x}" for n in range(1_500) for x in "ab"), {f"{chr(0x4E00 + n)}z" for n in range(1_500)}),
        ("|".join(f"{chr(0x4E00 + n)}{x}" for n in range(1_500) for x in "ab"), {""}),
        (".a", {""}),
    ],
)
def test_what_a_pattern_can_begin_with(source: str, want: set[str]) -> None:
    assert beginnings(source) == want


def test_the_turkish_capital_is_folded_as_patterns_fold_it() -> None:
    assert (folded("İ"), folded("ı"), folded("Ж")) == ("i", "i", "ж")


@pytest.mark.parametrize("code", ["en", "ja", "fr", "es", "ru", "de", "tr", "zh"])
@pytest.mark.parametrize("unit", ["1", "5 ", "1/", "1.", "一", "the ", "в ", "de la ", "5/1/2022 "])
def test_the_time_it_takes_grows_with_the_text_and_no_faster(code: str, unit: str) -> None:
    def cost(size: int) -> float:
        start = time.process_time()
        find_times((unit * size)[:size], offset=0, table=table_of(code), reference="2022-01-08")
        return time.process_time() - start

    cost(100)
    assert min(cost(8_000) for _ in range(2)) < 12 * min(cost(2_000) for _ in range(3)) + 0.1  # four times the text


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


@pytest.mark.parametrize(
    ("sentences", "starts"),
    [
        (["Rebels took Bor on 3 January.", "The next day they left."], ["2022-01-03", "2022-01-04"]),
        (["Talks open on 20 January.", "The next day the envoys fly home."], ["2022-01-20", "2022-01-21"]),
        (
            ["On Tuesday the army said it would leave in two days.", "The same day the house met."],
            ["2022-01-11", "2022-01-13", None],
        ),
        (["The bridge fell on 13/01/22.", "It was closed on 08/01/22."], ["2022-01-13", "2022-01-08"]),
    ],
)
def test_a_time_is_told_from_the_days_that_the_text_before_named(sentences, starts):
    text = " ".join(sentences)
    spans = [Sentence("d", n, text.index(one), text.index(one) + len(one), one, "en") for n, one in enumerate(sentences)]
    found = document_times(spans, text=text, table=languages.table("en"), reference="2022-01-11")
    assert [one.when.start for told in found for one in told] == starts


@pytest.mark.parametrize("reference", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "On Friday, the day before, two weeks ago, in May, last month, next year, three days after 31 December 9999."),
        ("ja", "翌日、3日前、先週の金曜日、来月、5月、来年の春、来年、去年。"),
        ("ru", "вчера, завтра, 3 дня назад, в прошлую пятницу, в следующем месяце, весной."),
        ("fr", "hier, demain, vendredi dernier, le mois prochain, au printemps."),
    ],
)
def test_at_the_ends_of_the_calendar_words_are_kept_and_nothing_is_raised(code: str, text: str, reference: str) -> None:
    found = find_times(text, offset=0, table=table_of(code), reference=reference)
    assert len(found) >= 4
    assert all(text[one.start : one.end] == one.when.raw for one in found)
    assert all(one is None or len(one.split("-")[0]) == 4 for time in found for one in (time.when.start, time.when.end))


NUMBERED = (
    "113 million years ago; on the 1000th day, 12345 days ago (20220513, 2022-05-13 12:30); 100 дней назад, 1000 días, 500年前"
)


@pytest.mark.parametrize("code", ["en", "es", "ru", "ja", "ar"])
def test_no_shape_that_fits_is_hidden_by_its_beginnings(code: str) -> None:
    grammar = grammar_of(languages.load(code).table)
    rows = (Path(__file__).with_name(f"times_{code}.yaml")).read_text(encoding="utf-8")
    for text in map(fold, [NUMBERED, *rows.splitlines()[:60]]):
        low = folded_text(text)
        for place in grammar.wall.finditer(text):
            keys = (low[place.start() : place.start() + size] for size in range(DEEP, -1, -1))
            tried = next(grammar.starts[key] for key in keys if key in grammar.starts)
            fitting = [one for one in grammar.points if one.pattern.match(text, place.start())]
            assert all(one in tried for one in fitting), text[place.start() :]
