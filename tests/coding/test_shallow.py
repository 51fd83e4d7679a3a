"""The rules of languages without a grammar: the gold holds, claims say their depth, and what is no crisis tells nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.surface import measure
from foreshock.coding.shallow.coder import ShallowCoder
from foreshock.coding.shallow.confidence import CAP
from foreshock.coding.shallow.table import has_shallow_rules
from foreshock.model import Claim
from foreshock.pipeline import Workbench
from foreshock.reading.languages import load
from foreshock.settings import read_settings

GOLD = sorted((Path(__file__).parents[1] / "gold" / "surface").glob("*.yaml"))
CODES = [path.stem for path in GOLD]


@pytest.fixture(scope="module")
def coders(desk) -> dict[str, ShallowCoder]:
    return {
        code: ShallowCoder(code, load(code), load(code).table, desk.codebook, desk.catalogue, desk.gazetteer) for code in CODES
    }


def coded(desk, coders, code: str, text: str) -> tuple[Claim, ...]:
    return coders[code].code(desk.reading(text, code, published="2024-03-12"))


def test_the_gold_is_of_eleven_languages() -> None:
    assert CODES == ["ar", "de", "fa", "it", "kk", "ko", "pl", "pt", "tr", "uk", "zh"]


@pytest.mark.parametrize("path", GOLD, ids=CODES)
def test_the_gold_holds(path, tmp_path, codebook, catalogue, gazetteer) -> None:
    bench = Workbench(read_settings(tmp_path, {"HOME": str(tmp_path)}))
    bench.codebook, bench.catalogue, bench.gazetteer = codebook, catalogue, gazetteer
    misses: list[str] = []
    found = measure(path, bench, coder="rules", misses=misses)
    assert found["whole"] >= 0.9, misses
    assert found["precision"] >= 0.9, misses
    assert found["false_violence"] == 0, misses


# What is not about a crisis, though it has its words.
SILENT = [
    ("de", "Bayern griff an und schoss zwei Tore in der zweiten Halbzeit."),
    ("de", "Wurden gestern drei Menschen in Goma verhaftet?"),
    ("it", "Il regista racconta nel film come il bandito uccide due carabinieri a Palermo."),
    ("pt", "Morreu aos 84 anos de idade o pintor, em Lisboa."),
    ("pl", "W wieku 81 lat zmarł profesor z Krakowa."),
    ("uk", "Футболіст атакував ворота, і матч завершився внічию."),
    ("tr", "Takım maçın son dakikasında saldırdı ve golü attı."),
    ("zh", "球队在比赛中猛烈进攻。"),
    ("ko", "선수들은 경기에서 상대를 공격했다."),
    ("ar", "سجل اللاعب هدفين في المباراة بعد هجوم سريع."),
    ("fa", "بازیکن در مسابقه حمله کرد و گل زد."),
    ("kk", "Ойыншы матчта шабуыл жасады."),
]


@pytest.mark.parametrize(("code", "text"), SILENT)
def test_no_crisis_no_claim(desk, coders, code, text) -> None:
    assert coded(desk, coders, code, text) == ()


def test_a_claim_says_its_depth_and_is_of_low_confidence(desk, coders) -> None:
    (claim,) = coded(desk, coders, "de", "Die Polizei hat in Goma zwölf Demonstranten festgenommen.")
    assert claim.coder == "rules-de-surface@1"
    assert 0.3 < claim.confidence <= CAP
    assert claim.actor is not None
    assert (claim.actor.name, claim.actor.sector, claim.actor.raw) == ("police", "COP", "Polizei")
    assert claim.recipient is not None
    assert claim.recipient.sector == "OPP"
    assert [(one.what, one.best) for one in claim.figures] == [("detained", 12.0)]


def test_a_passive_turns_actor_and_recipient_round(desk, coders) -> None:
    (claim,) = coded(desk, coders, "it", "I manifestanti sono stati arrestati dalla polizia a Tunisi.")
    assert claim.actor is not None
    assert claim.recipient is not None
    assert (claim.actor.sector, claim.recipient.sector) == ("COP", "OPP")


def test_the_verb_stands_last_and_the_recipient_behind_the_actor(desk, coders) -> None:
    (claim,) = coded(desk, coders, "tr", "Polis Bamako'da göstericileri gözaltına aldı.")
    assert claim.actor is not None
    assert claim.recipient is not None
    assert (claim.actor.sector, claim.recipient.sector) == ("COP", "OPP")


def test_a_noun_beside_a_circumstance_is_no_event(desk, coders) -> None:
    assert coded(desk, coders, "pl", "Po inwazji na Ukrainę ceny gazu wzrosły.") == ()
    assert [one.kind for one in coded(desk, coders, "pl", "Atak rakietowy na Charków.")] == ["ASSAULT"]


def test_what_is_old_is_dated_to_its_year(desk, coders) -> None:
    (claim,) = coded(desk, coders, "kk", "1986 жылы Алматыда полиция шерушілерді тұтқындады.")
    assert claim.when is not None
    assert claim.when.start == "1986"


def test_a_weekday_of_a_plan_is_still_to_come(desk, coders) -> None:
    (claim,) = coded(desk, coders, "pl", "Ministrowie planują spotkać się w poniedziałek w Warszawie.")
    assert claim.when is not None
    assert (claim.status, claim.when.start) == ("planned", "2024-03-18")


def test_damage_caps_the_confidence(desk, coders) -> None:
    (claim,) = coded(desk, coders, "it", "La polizia ha arrestato XNUMX manifestanti a Tunisi.")
    assert [one.kind for one in claim.damage] == ["lost_number"]
    assert [one.best for one in claim.figures if one.state == "lost"] == [None]
    assert claim.confidence <= 0.6


def test_the_spans_are_the_words_of_the_text(desk, coders) -> None:
    text = "据内政部称，警方在内罗毕逮捕了25名示威者。"
    (claim,) = coded(desk, coders, "zh", text)
    assert text[claim.start : claim.end] == claim.text == "警方在内罗毕逮捕了25名示威者"
    holder = claim.holders[-1]
    assert text[holder.start : holder.end] == holder.raw == "内政部"


def test_traditional_characters_are_read_as_simplified(desk, coders) -> None:
    assert [one.mode for one in coded(desk, coders, "zh", "警方在內羅畢鎮壓示威者。")] == coded_modes(desk, coders)


def coded_modes(desk, coders) -> list[str | None]:
    return [one.mode for one in coded(desk, coders, "zh", "警方在内罗毕镇压示威者。")]


def test_only_tables_with_actors_and_topics_have_rules() -> None:
    assert all(has_shallow_rules(load(code).table) for code in CODES)
    assert not has_shallow_rules(load("nl").table)


def test_coding_twice_is_the_same(desk, coders) -> None:
    text = "Повстанці погрожують обстріляти порт. Поліція затримала 3 людей у Тбілісі."
    assert coded(desk, coders, "uk", text) == coded(desk, coders, "uk", text)
