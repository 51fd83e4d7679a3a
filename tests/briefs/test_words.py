"""One claim, one sentence: each standing in the reader's language, quoted where it is the reader's own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foreshock.briefs.locale import reader
from foreshock.briefs.words import sentence
from foreshock.model import Actor, Figure, Holder
from tests.briefs import fixtures as fx

EN, JA = reader("en"), reader("ja")
OFFICE = Actor("Harbour Office", "港湾局", None, "GOV")
GUARD = Actor("the guard", "警備隊")
EDITOR = Actor("ダナ・ルズ", "ダナ・ルズ編集長")
OUTLET_ONLY = fx.arrest.holders[:1]


@pytest.mark.parametrize(
    ("status", "text"),
    [
        ("asserted", "Harbour Office (in かわら通信) reported the arrest of ダナ・ルズ by the guard (Almaty; 7 January 2022)."),
        ("denied", "Harbour Office (in かわら通信) denied the arrest of ダナ・ルズ by the guard (Almaty; 7 January 2022)."),
        ("retracted", "Harbour Office (in かわら通信) took back the arrest of ダナ・ルズ by the guard (Almaty; 7 January 2022)."),
        ("alleged", "Harbour Office (in かわら通信) alleged the arrest of ダナ・ルズ by the guard (Almaty; 7 January 2022)."),
        (
            "unknown",
            "Not known, according to Harbour Office (in かわら通信): the arrest of ダナ・ルズ by the guard "
            "(Almaty; 7 January 2022).",
        ),
        (
            "rumoured",
            "Rumour, unconfirmed, told by Harbour Office (in かわら通信): the arrest of ダナ・ルズ by the guard "
            "(Almaty; 7 January 2022).",
        ),
        ("forecast", "Harbour Office (in かわら通信) forecast the arrest of ダナ・ルズ by the guard (Almaty; 7 January 2022)."),
        (
            "ordered",
            "Ordered by the guard, according to Harbour Office (in かわら通信): the arrest of ダナ・ルズ "
            "(Almaty; 7 January 2022).",
        ),
        (
            "threatened",
            "Harbour Office (in かわら通信) threatened the arrest of ダナ・ルズ by the guard (Almaty; 7 January 2022).",
        ),
        ("requested", "Harbour Office (in かわら通信) asked for the arrest of ダナ・ルズ by the guard (Almaty; 7 January 2022)."),
    ],
)
def test_a_standing_in_another_language_is_rendered_with_its_holder(status: str, text: str) -> None:
    holders = (*OUTLET_ONLY, Holder(OFFICE.name, "speaker", OFFICE.raw, status))  # type: ignore[arg-type]
    claim = replace(fx.arrest, status=status, holders=holders, actor=GUARD, recipient=EDITOR)
    assert sentence(EN, [claim]).text == text


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"status": "ordered", "actor": OFFICE}, "Ordered by Harbour Office, according to かわら通信: the arrest of ダナ・ルズ."),
        ({"status": "ordered", "actor": None}, "Ordered, as かわら通信 reported: the arrest of ダナ・ルズ."),
        (
            {"status": "threatened", "actor": OFFICE},
            "Threatened by Harbour Office, according to かわら通信: the arrest of ダナ・ルズ.",
        ),
        ({"negated": True}, "かわら通信 reported that this was not so: the arrest of ダナ・ルズ by National Security Committee."),
        ({"actor": None, "recipient": None}, "かわら通信 reported the arrest."),
        ({"mode": "night-raid", "actor": None}, "かわら通信 reported a coercive measure against ダナ・ルズ (night-raid)."),
        (
            {"phase": "foiled", "certainty": "possible", "actor": None},
            "かわら通信 reported the arrest of ダナ・ルズ (held to be possible; foiled).",
        ),
    ],
)
def test_an_outlet_gives_no_orders_and_makes_no_threats(changes: dict[str, object], text: str) -> None:
    claim = replace(fx.arrest, holders=OUTLET_ONLY, place=None, when=None, **changes)
    assert sentence(EN, [claim]).text == text


def test_the_readers_own_language_is_quoted_and_not_paraphrased() -> None:
    worded = sentence(EN, [fx.denial])
    assert worded.text == (
        "Ministry of Internal Affairs of Kazakhstan (in Steppe Wire) denied: “troops had fired on hospitals in Almaty” (Almaty)."
    )
    (cited,) = worded.cited
    assert worded.text[cited.start : cited.end] == fx.denial.text


def test_a_negative_in_quoted_words_is_not_negated_twice() -> None:
    assert "was not so" not in sentence(EN, [replace(fx.witnesses, negated=True)]).text


def test_what_coding_does_not_carry_is_given_as_holder_kind_topic_and_original() -> None:
    worded = sentence(EN, [fx.unlike])
    assert worded.text == (
        "In the judgement of かわら通信: comparison (unlike), on Ukraine; original: “この危機は2014年のウクライナとは異なります”."
    )
    assert worded.cited[0].language == "ja"


def test_a_lost_or_doubtful_number_is_never_a_number() -> None:
    text = sentence(JA, [fx.waves]).text
    assert "20" not in text
    assert "［数が疑わしい］" in text
    assert sentence(EN, [fx.strength]).text.count("[number lost]") == 2


@pytest.mark.parametrize("raw", ["20", "少なくとも20回"])
def test_a_phrase_that_names_somebody_does_not_bring_the_number_back(raw: str) -> None:
    figure = replace(fx.waves.figures[0], raw=raw)
    claim = replace(fx.waves, figures=(figure,), actor=Actor("20回の攻撃", "20回の攻撃"), recipient=Actor("2020年組", "2020年組"))
    text = sentence(EN, [claim]).text
    assert "violence by [number in doubt]回の攻撃 against 2020年組" in text


def test_carriers_of_one_statement_are_listed_once_each() -> None:
    copy = replace(fx.arrest, holders=(replace(fx.arrest.holders[0], name="Quiet Post"), fx.arrest.holders[1]))
    assert "Ministry of Foreign Affairs of Kazakhstan (in かわら通信; Quiet Post)" in sentence(EN, [fx.arrest, copy, copy]).text


@pytest.mark.parametrize(
    ("figure", "english", "japanese"),
    [
        ({"best": 26.0, "bound": "at_least"}, "at least 26 killed", "少なくとも26人が死亡"),
        ({"best": 20000.0, "of": "police"}, "20,000 police killed", "20,000人の警察官が死亡"),
        ({"best": None, "low": 150.0, "high": 200.0, "bound": "range"}, "150 to 200 killed", "150～200人が死亡"),
        ({"best": None, "low": None, "high": None, "bound": "dozens"}, "dozens killed", "数十人が死亡"),
        (
            {"best": None, "low": 24.0, "high": None, "bound": "dozens", "of": "police"},
            "dozens of police killed",
            "数十人の警察官が死亡",
        ),
        ({"best": None, "state": "lost"}, "[number lost] killed", "［数が欠落］人が死亡"),
        ({"best": None, "low": None, "high": None}, "[number not given] killed", "［数の記載なし］が死亡"),
        ({"what": "duration", "unit": "day", "best": 1.0}, "for 1 day", "期間1日間"),
        ({"what": "duration", "unit": "day", "best": None, "state": "lost"}, "for [number lost] days", "期間［数が欠落］日間"),
        ({"what": "other", "unit": "yurt", "best": 3.0}, "3 yurt", "3 yurt"),
    ],
)
def test_figures_in_words(figure: dict[str, object], english: str, japanese: str) -> None:
    from foreshock.briefs.numbers import counted

    base = Figure("killed", None, "person", 1.0, 1.0, 1.0, None, None, None, None, "read", (), "", 0, 0)
    given = replace(base, **figure)  # type: ignore[arg-type]
    assert counted(EN, given) == english
    assert counted(JA, given) == japanese
