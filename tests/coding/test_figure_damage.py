"""A figure that was damaged is not given as a number that was read, whatever the damage and the language."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import yaml
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from bench import injection
from bench.figures import figures_of
from foreshock.reading.damage import counts
from foreshock.reading.damage.page import Page
from foreshock.reading.read import read
from tests.desk import NOW, document

TABLE = Path(__file__).parents[1] / "gold" / "figures" / "injection.yaml"
BLOCKS = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
CODES = sorted(BLOCKS)
ROWS = 4
# language, text, whether a count in it stands against its neighbourhood
COUNTED = [
    ("en", "The flood drowned 34people in the valley.", True),
    ("en", "The 2-year-old drove 34km on 5G with 20kg of rice.", False),
    ("en", "At least34 people drowned.", True),
    ("en", "Flight MH370 and Covid19 patients met no 34 people.", False),
    ("en", "Gunmen wounded 46 degrees and fled.", True),
    ("en", "He was wounded 46 kilometres north of the town.", False),
    ("en", "Some 34 km of people waited.", True),
    ("en", "Some 34 km of pipes were laid.", False),
    ("en", "Some 20 miners are lost. Wives of the 260 miners wait.", True),
    ("en", "Some 25 miners are lost. Wives of the 260 miners wait.", False),
    ("en", "Over 2017 people fled, most since 34.", True),
    ("en", "Over 217 people fled, most since 2017.", False),
    ("en", "The mine hurt 34 guards. The 34 guards lived.", False),
    ("en", "The mine hurt 34 litres. The 34 guards lived.", True),
    ("ja", "デモ参加者2019人を拘束した。58年以来だ。", True),
    ("ja", "デモ参加者58人を拘束した。2019年以来だ。", False),
    ("ru", "В начале апреля29 человек погибли.", True),
    ("ru", "В начале апреля 29 человек погибли.", False),
    ("ru", "Погибли 34 литра людей.", True),
    ("ru", "Пролились 34 литра воды.", False),
    ("en", "The boats landed 20 tonnes of fish and police seized 75 litres of fuel.", False),
    ("en", "The frost killed 20 tonnes of salmon in the bay.", False),
    ("en", "Some 34 km were paved and 300 hectares were burned.", False),
    ("en", "Some 34 km were arrested near the mill.", True),
    ("en", "The flood of 412 left 2021 families in tents.", True),
    ("en", "The flood of 2021 left 412 families in tents.", False),
    ("es", "La caravana se detuvo a 35 kilómetros de la frontera.", False),
    ("es", "La policía detuvo a 35 grados en la frontera.", True),
    ("it", "Cento o 100mila persone in piazza.", False),
    ("zh", "至少34äºº死亡。", True),
    ("zh", "至少34人死亡。", False),
]


@pytest.fixture(scope="module")
def measured():
    # without the parsers, which only bound how far a number looks for what it counts
    return injection.measure(TABLE, lambda text, code: figures_of(text, code=code, parsed=False), limit=ROWS)


@pytest.mark.parametrize("code", CODES)
def test_damaged_figures_are_not_read(measured, code):
    assert measured["abstained_by_language"][code] >= 0.85


def test_of_all_damage_no_more_than_one_in_twenty_is_read_and_clean_figures_are(measured):
    assert measured["damage_abstained"] >= 0.95
    assert measured["clean_recall"] >= 0.95
    assert measured["injected"] >= 170
    assert set(measured["abstained_by_kind"]) == {
        "placeholder", "swapped_unit", "swapped_pair", "glued", "dropped_digit", "mojibake",
    }  # fmt: skip


@seed(20220108)
@settings(max_examples=80, deadline=None)
@given(
    code=st.sampled_from(CODES),
    row=st.integers(0, 5),
    draw=st.integers(0, 10_000),
    kind=st.sampled_from(["placeholder", "glued"]),
)
def test_a_lost_or_glued_number_is_never_read(code, row, draw, kind):
    block = BLOCKS[code]
    for one in injection.injected(block["rows"][row], block["wrong"], code, random.Random(draw)):
        if one.kind != kind:
            continue
        found = injection.over(figures_of(one.text, code=code, parsed=False), one.start, one.end)
        assert not [figure for figure in found if figure.state == "read" and figure.best is not None], one


@pytest.mark.parametrize(("language", "text", "against"), COUNTED)
def test_a_count_is_held_against_its_neighbourhood(language, text, against):
    reading = read(document(text), now=NOW, language=language)
    assert bool(list(counts.find(Page(text, language, reading.sentences, ())))) == against
