"""Who a phrase names: canonical name, country and sector; and nothing that is not known."""

from __future__ import annotations

import pytest

from foreshock.coding.actors import NAME_LIMIT, resolve_actor
from foreshock.errors import CatalogueError
from foreshock.ontology.actor_catalogue import load_catalogue

CASES = [
    ("en", "the army", "army", None, "MIL"),
    ("en", "Egypt", "Egypt", "EGY", "GOV"),
    ("en", "Egypt and South Sudan", "Egypt and South Sudan", None, "GOV"),
    ("en", "the army of Egypt", "army of Egypt", "EGY", "MIL"),
    ("en", "Asmara", "government of Eritrea", "ERI", "GOV"),
    ("en", "the Kremlin", "government of Russia", "RUS", "GOV"),
    ("en", "at least 20 Russian soldiers", "Russian soldiers", "RUS", "MIL"),
    ("en", "President Kassym-Jomart Tokayev, who spoke on Friday", "Kassym-Jomart Tokayev", "KAZ", "GOV"),
    ("en", "U.S. Secretary of State Antony Blinken", "Antony Blinken", "USA", "GOV"),
    ("en", "Tokayev supporters", "Tokayev supporters", None, "CVL"),
    ("en", "Tokayev's press service", "Tokayev's press service", "KAZ", "GOV"),
    ("en", "Collective Security Treaty Organization (CSTO)", "Collective Security Treaty Organization", None, "IGO"),
    ("en", "Boris Petrov", "Boris Petrov", None, None),
    ("en", "the defence minister of Chad", "defence minister of Chad", "TCD", "GOV"),
    ("en", "a team of armed police", "team of armed police", None, "COP"),
    ("en", "the speaker of the Sejm", "speaker of the Sejm", "POL", "LEG"),
    ("en", "Hezbollah fighters", "Hezbollah fighters", "LBN", "REB"),
    ("en", "a Mali-based militia", "Mali-based militia", "MLI", "PRM"),
    ("en", "Norway's ambassador to the United Nations", "Norway's ambassador to the United Nations", "NOR", "GOV"),
    ("en", "the chairman of the bank's board", "chairman of the bank's board", None, "BUS"),
    ("en", "Northern Fleet sailors", "Northern Fleet sailors", "RUS", "MIL"),
    ("fr", "des casques bleus", "peacekeepers", None, "MIL"),
    ("fr", "l'armée malienne", "army of Mali", "MLI", "MIL"),
    ("ru", "глава минобороны Армении", "defence ministry of Armenia", "ARM", "GOV"),
    ("en", "Russians", "Russians", "RUS", None),
    ("en", "several hundred people", "people", None, "CVL"),
    ("en", "thousands of striking workers", "striking workers", None, "LAB"),
    ("en", "the former speaker of parliament", "former speaker of parliament", None, "ELI"),
    ("en", "Karim Massimov, the former head of the committee", "Karim Massimov", "KAZ", "ELI"),
    ("ja", "ブリンケン米国務長官", "Antony Blinken", "USA", "GOV"),
    ("ja", "クレムリンのペスコフ報道官", "Dmitry Peskov", "RUS", "GOV"),
    ("ja", "カザフスタン政府", "government of Kazakhstan", "KAZ", "GOV"),
    ("ja", "ロシア軍", "army of Russia", "RUS", "MIL"),
    ("ja", "米国", "United States", "USA", "GOV"),
    ("ja", "ウクライナ人", "ウクライナ人", "UKR", "CVL"),
    ("ja", "デモ隊", "protesters", None, "CVL"),
    ("ja", "目撃者", "witnesses", None, "CVL"),
    ("ja", "人権団体", "rights groups", None, "NGO"),
    ("ja", "カリム・マシモフ前委員長", "Karim Massimov", "KAZ", "ELI"),
    ("ja", "前検事総長", "前検事総長", None, "ELI"),
    ("ja", "専門家の森田一郎氏", "専門家の森田一郎氏", None, None),
    ("ru", "российские военные", "army of Russia", "RUS", "MIL"),
    ("ru", "Токаева", "Kassym-Jomart Tokayev", "KAZ", "GOV"),
    ("fr", "le gouvernement du Gabon", "government of Gabon", "GAB", "GOV"),
    ("es", "la policía", "police", None, "COP"),
    ("zh", "托卡耶夫", "Kassym-Jomart Tokayev", "KAZ", "GOV"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_phrase_is_resolved(catalogue, case):
    language, raw, name, country, sector = case
    actor = resolve_actor(raw, catalogue=catalogue, gazetteer=None, language=language, when="2022-01-08")
    assert (actor.name, actor.raw, actor.country, actor.sector) == (name, raw, country, sector)


@pytest.mark.parametrize(("when", "sector"), [("2018-05", "GOV"), ("2022-01-08", "ELI"), (None, "GOV")])
def test_an_office_is_held_for_a_time(catalogue, when, sector):
    assert resolve_actor("Nazarbayev", catalogue=catalogue, language="en", when=when).sector == sector


@pytest.mark.parametrize("raw", ["", "   ", "「」", "x" * 5000, "の" * 400, "of of of of", "，。"])
def test_strange_phrases_do_no_harm(catalogue, raw):
    for language in ("en", "ja", "und"):
        actor = resolve_actor(raw, catalogue=catalogue, language=language)
        assert actor.raw == raw
        assert len(actor.name) <= NAME_LIMIT


def test_a_user_adds_actors(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text(
        '- {name: Harbour Watch, country: KAZ, sector: NGO, aliases: [HW Caspian, "Портовый дозор"]}\n', encoding="utf-8"
    )
    mine = load_catalogue(file)
    actor = resolve_actor("the HW Caspian", catalogue=mine, language="en")
    assert (actor.name, actor.country, actor.sector) == ("Harbour Watch", "KAZ", "NGO")
    assert load_catalogue(tmp_path).known.keys() == mine.known.keys()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name: x", "not a list"),
        ("- {sector: GOV}", "no name"),
        ("- {name: x, sector: BOSS}", "'BOSS'"),
        ("- [", "cannot be read"),
    ],
)
def test_a_wrong_file_is_told(tmp_path, text, words):
    file = tmp_path / "wrong.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match=words):
        load_catalogue(file)


def test_the_catalogue_is_wide(catalogue):
    assert len({actor.name for actors in catalogue.known.values() for actor in actors if actor.person}) > 150
    for language in ("en", "ja", "ru", "fr", "es", "zh"):
        assert len(catalogue.words[language]) > 20
