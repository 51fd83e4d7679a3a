"""The tables figures_<code>.yaml hold the cases; a linguist can add a line there."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from foreshock.coding.figures import find_figures
from foreshock.coding.numbers import fold, numbers_of, value_of
from foreshock.coding.times import und_table
from foreshock.model import Damage, Figure, Sentence
from foreshock.reading import languages
from foreshock.reading.languages.base import Parse

HERE = Path(__file__).parent
TABLES = ("en", "es", "fr", "ja", "ru")
FRAMES = {
    "en": [
        "At least {} people were killed.",
        "Police held {} protesters.",
        "The outage lasted nearly {} days.",
        "Its {} employees are safe.",
    ],
    "ja": [
        "少なくとも{}人が死亡した。",
        "約{}人の兵士が配備された。",
        "ほぼ{}日間遮断された。",
        "総勢力は{}人だった。",
        "{}つの要因がある。",
    ],
}
ANY_FRAME = st.sampled_from([(code, frame) for code, frames in FRAMES.items() for frame in frames])


def figures(code: str, text: str, *damage: Damage, at: int = 7) -> tuple[Figure, ...]:
    table = languages.table(code) if code in TABLES else und_table(code)
    parse = Parse(Sentence("d", 0, at, at + len(text), text, code), (), ())
    return find_figures(parse, table=table, damage=damage)


def cases() -> list[Any]:
    rows = []
    for code in TABLES:
        for row in yaml.safe_load((HERE / f"figures_{code}.yaml").read_text(encoding="utf-8")):
            rows.append(pytest.param(code, row, id=f"{code}-{row['text']}"))
    return rows


@pytest.mark.parametrize(("code", "row"), cases())
def test_table(code: str, row: dict[str, Any]) -> None:
    text = row["text"]
    found = figures(code, text)
    assert [[text[f.start - 7 : f.end - 7], f.what, f.of, f.unit, f.low, f.best, f.high, f.bound] for f in found] == row["want"]
    assert {f.state for f in found} <= {"read"}


@seed(20220108)
@settings(max_examples=120, deadline=None)
@given(case=ANY_FRAME, at=st.integers(0, 10_000), named=st.booleans())
def test_a_placeholder_is_a_lost_number_and_never_a_value(case: tuple[str, str], at: int, named: bool) -> None:
    code, frame = case
    text, start = frame.format("XNUMX"), at + frame.index("{")
    damage = [Damage("lost_number", start, start + 5, "XNUMX", None, "a placeholder")] if named else []
    (found,) = figures(code, text, *damage, at=at)
    assert (found.state, found.low, found.best, found.high) == ("lost", None, None, None)
    assert text[found.start - at : found.end - at] == "XNUMX"
    assert "XNUMX" in found.raw
    assert found.raw in text


@seed(20220108)
@settings(max_examples=200, deadline=None)
@given(case=ANY_FRAME, number=st.integers(2, 9_999_999), grouped=st.booleans(), at=st.integers(0, 10_000))
def test_digits_are_read_whole_and_stand_inside_raw(case: tuple[str, str], number: int, grouped: bool, at: int) -> None:
    code, frame = case
    written = f"{number:,}" if grouped else str(number)
    text = frame.format(written)
    if 1500 <= number < 2200 and not grouped:
        return  # may be a year; the tables hold those cases
    (found,) = figures(code, text, at=at)
    assert found.best == number
    assert text[found.start - at : found.end - at] == written
    assert written in found.raw


@pytest.mark.parametrize(
    ("code", "text", "raw", "kind", "proposal", "candidates"),
    [
        ("en", "It was restored after 2023 days.", "2023", "unit_mismatch", None, (2023.0,)),
        ("ja", "これら2020つの要因がある。", "2020", "suspect_number", None, (2020.0,)),
        ("ja", "少なくとも20回の攻撃の波があった。", "20回", "suspect_number", "12", (20.0, 12.0)),
    ],
)
def test_a_suspect_number_has_candidates_and_no_best(
    code: str, text: str, raw: str, kind: Any, proposal: str | None, candidates: tuple[float, ...]
) -> None:
    start = 7 + text.index(raw)
    (found,) = figures(code, text, Damage(kind, start, start + len(raw), raw, proposal, "its neighbour contradicts it"))
    assert (found.state, found.best, found.candidates) == ("suspect", None, candidates)
    assert text[found.start - 7 : found.end - 7].isdigit()


def test_a_lost_year_is_marked_too() -> None:
    assert [one.state for one in figures("ja", "XNUMX年からXNUMX年の状況だ。")] == ["lost", "lost"]


def test_counting() -> None:
    first, second = figures("en", "On Friday 12 people died, bringing the total to 40.")
    assert (first.what, second.what, second.counting) == ("killed", "killed", "cumulative")
    assert figures("en", "Another 12 people died.")[0].counting == "new"
    assert figures("ja", "新たに12人が死亡した。")[0].counting == "new"
    assert figures("ja", "累計40人が死亡した。")[0].counting == "cumulative"


@pytest.mark.parametrize(
    ("code", "text", "values", "whats"),
    [
        ("es", "Hubo 1.200 detenidos y 1,2 millones de euros.", [1200, 1_200_000], ["detained", "money"]),
        ("ru", "Погибли 164 человека, 1 200 ранены.", [164, 1200], ["killed", "injured"]),
        ("fr", "Il y a 26 % de moins.", [26], ["other"]),
        ("de", "Es starben 1.200 Menschen.", [1200], ["other"]),
        ("zh", "164人死亡，增长35%", [164, 35], ["other", "other"]),
        ("ar", "قتل ١٦٤ شخصا", [164], ["other"]),
    ],
)
def test_every_language_reads_digits_in_its_own_separators(code: str, text: str, values: list[float], whats: list[str]) -> None:
    found = figures(code, text)
    assert [one.best for one in found] == values
    assert [one.what for one in found] == whats  # what is counted is told where the language has a table of figures


@pytest.mark.parametrize(
    ("code", "text", "value"),
    [
        ("en", "three hundred and five", 305), ("en", "two million", 2e6), ("en", "12 thousand", 12e3), ("en", "3bn", 3e9),
        ("ja", "二十一", 21),
        ("ja", "千三百", 1300), ("ja", "1万2000", 12000), ("ja", "二〇二二", 2022), ("ja", "3億5千万", 3.5e8),
    ],
)  # fmt: skip
def test_values(code: str, text: str, value: float) -> None:
    assert value_of(text, numbers_of(languages.table(code))) == value


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_chinese_multipliers_are_part_of_the_number() -> None:
    found = figures("zh", "有2万名示威者，3000多人被拘留，1.5亿人观看。")
    assert [(one.best, one.unit) for one in found] == [(20000, "person"), (3000, "person"), (150_000_000, "person")]


@pytest.mark.parametrize(
    ("code", "run"), [("fr", "mille deux cents "), ("fr", "Six Cent "), ("es", "mil dos millones "), ("en", "one hundred ")]
)
def test_a_run_of_number_words_is_no_number_and_takes_no_time(code: str, run: str) -> None:
    text = run * (12_000 // len(run))
    begun = time.thread_time()
    assert figures(code, text) == ()
    # Read from every word to the end of the run it took 9 to 20 s.
    assert time.thread_time() - begun < 4


def test_a_sentence_of_many_figures_takes_no_time() -> None:
    text = "quatre-vingt-dix-sept mille deux cents morts, 1 200 blessés, " * 250
    begun = time.thread_time()
    assert len(figures("fr", text)) == 500
    assert time.thread_time() - begun < 2


@pytest.mark.parametrize(
    ("code", "text", "value"),
    [
        ("fr", "neuf cent quatre-vingt-dix-neuf millions neuf cent quatre-vingt-dix-neuf mille", 999_999_000.0),
        ("es", "novecientos noventa y nueve mil millones novecientos noventa y nueve mil", 999_000_999_000.0),
    ],
)
def test_the_longest_numbers_are_read_whole(code: str, text: str, value: float) -> None:
    (one,) = figures(code, f"{text} personas." if code == "es" else f"{text} personnes.")
    assert (one.best, one.end - one.start) == (value, len(text))
