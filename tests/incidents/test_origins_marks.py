"""Credit lines, names, numbers and holders: tables."""

from __future__ import annotations

from typing import Any

import pytest

from foreshock.briefs.locale import reader
from foreshock.briefs.notes import NOTICE
from foreshock.incidents.origins.alignment import align, covered
from foreshock.incidents.origins.holders import held_by
from foreshock.incidents.origins.marks import credits, own_mark
from foreshock.incidents.origins.names import same_outlet, same_person
from foreshock.incidents.origins.numbers import numbers
from foreshock.incidents.origins.passages import sentences
from foreshock.incidents.origins.quotes import quotes
from foreshock.incidents.origins.shingles import shared, sketch_of, tokens
from foreshock.incidents.origins.topics import countries
from tests.incidents.origins_gold import rows

BODY = "A second lamp was lit after it.\n\nThe third one stayed dark."


@pytest.mark.parametrize("row", rows("marks"), ids=lambda row: str(row["line"])[:40])
def test_a_line_credits_whom_it_says(row: dict[str, Any]) -> None:
    text = f"Lamps\n\n{BODY}\n\n{row['line']}" if row["at"] == "tail" else f"Lamps\n\n{row['line']}\n\n{BODY}"
    found = [(credit.name, credit.how) for credit in credits(text, source="The Lamplighter")]
    assert found == ([] if row["name"] is None else [(row["name"], row["how"])])


def test_an_outlets_own_name_is_no_credit() -> None:
    assert credits(f"Lamps\n\nNOWHERE, Jan 6 (Reuters) - {BODY}", source="Reuters") == ()


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_notice_of_our_own_briefs_is_known(language: str) -> None:
    notice = reader(language).say(NOTICE)
    assert own_mark(f"# Brief\n\n*{notice}*\n\nA lamp was lit.") == notice
    assert own_mark(f'{{"notice": "{notice}"}}') is None, "a text about the notice is none of ours"
    assert own_mark(f"  {notice}\nmore") == notice


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The Paper Compass", "ペーパー・コンパス", True),
        ("Lodestar Press", "لودستار برس", True),
        ("Reuters", "ロイター通信", True),
        ("«Медный чайник»", "Медный Чайник", True),
        ("The Guardian", "Guardian", True),
        ("纸灯笼新闻", "紙灯籠新聞", True),
        ("Paper Compass", "Paper Lantern", False),
        ("Steppe Ledger", "ステップ・ランタン", False),
        ("TASS", "Interfax", False),
    ],
)
def test_names_of_one_outlet(one: str, other: str, same: bool) -> None:
    assert same_outlet(one, other) is same


@pytest.mark.parametrize(
    ("one", "other", "same"), [("ウキバイ", "Aidos Ukibay", True), ("Кречетов", "Pavel Krechetov", True), ("Zas", "Zass", False)]
)
def test_names_of_one_person(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("4,404 held", [4404]),
        ("1万1500人", [11500]),
        ("1.15万人", [11500]),
        ("3億5千万円", [350_000_000]),
        ("48 тысяч", [48_000]),
        ("2,5 millones", [2_500_000]),
        ("5 million tenge, 20 000 souls", [5_000_000, 20_000]),
        ("٤٤٠٤ قتيل", [4404]),
        ("12.400 hectáreas", [12_400]),
        ("XNUMX人", []),
        ("in 2022 317 people", [2022, 317]),
    ],
)
def test_numbers_are_one_value_in_every_language(text: str, values: list[float]) -> None:
    assert numbers(text) == values


def test_headlines_and_credit_brackets_are_no_sentences() -> None:
    text = "A headline\n\nThe mayor left. He said nothing.\n\n市長は去った。何も言わなかった。（木太鼓新聞）"
    assert sentences(text) == ["The mayor left.", "He said nothing.", "市長は去った。", "何も言わなかった。"]


def test_only_long_quotations_count() -> None:
    said = "The road will stay closed until every bridge has been checked."
    assert list(quotes(f"“{said}” he said, and “good night”.").values()) == [said]
    assert quotes(f"“{said}”").keys() == quotes(f"«{said.upper()}»").keys()


def test_a_cut_text_shares_all_that_it_has() -> None:
    words = [f"word{at}" for at in range(300)]
    whole, _ = sketch_of(tokens(" ".join(words)))
    part, keys = sketch_of(tokens(" ".join(words[100:180])))
    found = shared(whole, part)
    assert (found.shared, found.of, found.exact) == (78, 78, True)
    assert len([key for key in keys if key.startswith("b")]) == 16


def test_of_a_long_text_a_sample_tells_the_share() -> None:
    words = [f"word{at}" for at in range(8000)]
    whole, _ = sketch_of(tokens(" ".join(words)))
    half, _ = sketch_of(tokens(" ".join([*words[:4000], *(f"other{at}" for at in range(3900))])))
    found = shared(whole, half)
    assert not found.exact
    assert found.share == pytest.approx(0.5, abs=0.08)


@pytest.mark.parametrize(
    "text", ["в Казахстане", "Kasachstans Präsident", "カザフスタンの首都", "哈萨克斯坦总统", "كازاخستان", "Kazakh officials"]
)
def test_a_country_is_known_in_every_language(text: str) -> None:
    assert countries(text) == {"KAZ"}


def test_a_word_within_another_is_no_country() -> None:
    assert countries("A woman from the roman market") == set()


def test_sentences_are_aligned_in_order_and_two_against_one() -> None:
    a, b, c, d = ([1.0 if at == place else 0.0 for at in range(4)] for place in range(4))
    both = [0.7071, 0.7071, 0.0, 0.0]
    beads = align([a, b, c, d], [both, c, d], least=0.1, merge=0.0, part=0.2)
    assert [(bead.left, bead.right) for bead in beads] == [((0, 2), (0, 1)), ((2, 3), (1, 2)), ((3, 4), (2, 3))]
    assert covered(beads, ["one", "two", "three", "four"], 0) == 1.0
    crossed = align([a, b], [b, a], least=0.1, merge=0.0, part=0.2)
    assert len(crossed) == 1, "no bead crosses another"


@pytest.mark.parametrize(
    ("name", "raw", "language", "sort", "key", "country"),
    [
        ("interior ministry", "the interior ministry", "en", "body", "interior ministry", None),
        ("МВД", "МВД", "ru", "body", "interior ministry", None),
        ("内务部", "内务部", "zh", "body", "interior ministry", None),
        ("ministère de l'Intérieur", "le ministère de l'Intérieur", "fr", "body", "interior ministry", None),
        ("وزارة الداخلية", "وزارة الداخلية", "ar", "body", "interior ministry", None),
        ("Innenministerium", "das Innenministerium", "de", "body", "interior ministry", None),
        ("defence ministry of Russia", "российского Минобороны", "ru", "body", "defence ministry", "RUS"),
        ("ロシア国防省", "ロシア国防省", "ja", "body", "defence ministry", "RUS"),
        ("Police in Almaty", "Police in Almaty", "en", "body", "police", None),
        ("governor of Altos", "The governor of Altos", "en", "body", "governor of altos", None),
        ("residents", "two residents", "en", "unnamed", "", None),
        ("住民の一人", "住民の一人", "ja", "unnamed", "", None),
        ("officials", "officials", "en", "unnamed", "", None),
        ("relatives of police officers", "Relatives of police officers", "en", "unnamed", "", None),
        ("Human rights groups", "Human rights groups", "en", "unnamed", "", None),
        ("our reporter, Tamsin Feltham", "our reporter, Tamsin Feltham", "en", "unnamed", "", None),
        ("The ministry", "The ministry", "en", "pointing", "ministry", None),
        ("同委員会", "同委員会", "ja", "pointing", "同委员会", None),
        ("Marat Dosov", "A union official, Marat Dosov", "en", "person", "marat dosov", None),
        ("гульжан абилова", "представительница Гульжан Абилова", "ru", "person", "гульжан абилова", None),
    ],
)
def test_a_holder_is_one_in_every_language(name: str, raw: str, language: str, sort: str, key: str, country: str | None) -> None:
    held = held_by(name, raw, "speaker", language)
    assert (held.sort, held.key, held.country) == (sort, key, country)
