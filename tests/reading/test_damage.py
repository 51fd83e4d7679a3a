"""Damage by kind: what is found, what is proposed, and what looks damaged and is not."""

from __future__ import annotations

import pytest

from foreshock.model import Damage, Sentence
from foreshock.ontology import outlets
from foreshock.reading.damage import detect
from foreshock.reading.segment import segment, split

FOUND = [
    # language, text, kind, raw, proposal
    ("ja", "港は最大 ? つの船を入れる。", "lost_number", "?", None),
    ("ko", "제 ? 사단이 이동했다.", "lost_number", "?", None),
    ("ja", "約人の兵士が橋を渡った。", "lost_number", "人", None),
    ("en", "At least people were hurt on the bridge.", "lost_number", "people", None),
    ("en", "The clinic said  people were treated.", "lost_number", "  ", None),
    ("en", "It fell from 0 0 / 0 0 in a week.", "lost_number", "0 0 / 0 0", None),
    ("zh", "大约□人留在港口。", "lost_number", "□", None),
    ("ja", "二つの理由のうち2023つ目は不明だが、これは2024つある。", "suspect_number", "2024", None),
    ("en", "After the elections of 3 there were 2019 people in the square.", "suspect_number", "3", "2019"),
    ("en", "The count rose to 2,200,12 overnight.", "suspect_number", "2,200,12", None),
    ("en", "A 240-year-old man was hurt.", "unit_mismatch", "240-year-old man", None),
    ("ja", "候補の得票率は164%だった。", "unit_mismatch", "得票率は164%", None),
    ("fr", "Elle a obtenu 164 % des voix.", "unit_mismatch", "164 % des voix", None),
    ("en", "They left.. .", "doubled_punctuation", ".. .", "."),
    ("ja", "道は閉じた。。", "doubled_punctuation", "。。", "。"),
    ("ar", "عاد الوزير،، ثم غادر.", "doubled_punctuation", "،،", "،"),
    ("ja", "(へ マリアベルナスコ)", "glued_name", "マリアベルナスコ", "マリア・ベルナスコ"),
    ("en", "President TolmaBerek left the hall.", "glued_name", "TolmaBerek", "Tolma Berek"),
    ("ru", "Об этом заявил НурланЕсенов.", "glued_name", "НурланЕсенов", "Нурлан Есенов"),
    ("en", "The port is closed, a clerk told the guardian.", "translated_name", "the guardian", "The Guardian"),
    ("ja", "保護者の特派員は港にいた。", "translated_name", "保護者", "The Guardian"),
    ("es", "El puerto está cerrado, dijo un portavoz al guardián.", "translated_name", "al guardián", "The Guardian"),
    ("ru", "Порт закрыт, рассказал чиновник. (Роза Келлер, хранитель)", "translated_name", "хранитель", "The Guardian"),
    ("ja", "の記者が述べたように、港は閉じている。", "fragment", "の", None),
    ("en", "The port (and the road is closed.", "fragment", "(", None),
    ("ja", "彼は港の重要さを指摘することに失敗しなかった。", "polarity_suspect", "ことに失敗しなかった", None),
    ("en", "The envoy did not fail to mention the port.", "polarity_suspect", "did not fail to", None),
    (
        "en",
        "His daughters were officially denied, his office said.",
        "polarity_suspect",
        "daughters were officially denied",
        None,
    ),
]
QUIET = [
    ("en", "In 2017 about 2000 people lived there; 1950 houses stood in 1999."),
    ("en", "He said... nothing… and left."),
    ("en", "YouTube, WhatsApp and McDonald are brands; MacArthur was a general, DeepMind a firm."),
    ("en", "The Guardian reported it, and Foreign Policy followed."),
    ("en", "His foreign policy was cautious, and the child told a guardian of hers."),
    ("en", "His daughters were denied entry to the hall."),
    ("en", "The road (and the bridge) is closed at 11 p.m. in Washington, D.C., the U.S. said."),
    ("ja", "外交政策は変わらないと大臣は述べた。保護者は学校に集まった。"),
    ("ja", "政府は2022年に3つの法律を定め、120人が参加した。"),
    ("ja", "「本当ですか?つまり終わりです」と彼は述べた。"),
    ("ja", "コミュニケーションセンターのスポークスマンは述べた。"),
    ("fr", "Qui vient ? Personne ne le sait, dit-elle en 2022."),
    ("ru", "В 2022 году 150 человек вернулись домой."),
    ("de", "Er sagte: „Wir gehen heim“ und ging."),
    ("en", "It’s “fine” – the ﬁle is at café Zoë."),
    ("es", "¿Quién llegó? Llegaron 2.500 personas."),
]


def damage(text: str, language: str) -> tuple[Damage, ...]:
    spans = segment(text, split=lambda part: split(part, language=language))
    sentences = [Sentence("d", i, s.start, s.end, text[s.start : s.end], language, s.paragraph) for i, s in enumerate(spans)]
    return detect(text, language=language, sentences=sentences)


@pytest.mark.parametrize(("language", "text", "kind", "raw", "proposal"), FOUND)
def test_is_found(language: str, text: str, kind: str, raw: str, proposal: str | None) -> None:
    assert (kind, raw, proposal) in [(one.kind, one.raw, one.proposal) for one in damage(text, language)], damage(text, language)


@pytest.mark.parametrize(("language", "text"), QUIET)
def test_is_quiet(language: str, text: str) -> None:
    assert damage(text, language) == ()


def test_two_years_go_to_two_places_in_order() -> None:
    text = "これら2018つの理由と、もう2019つの特徴がある。状況はXNUMX年からXNUMX年の隣国とは異なる。"
    lost = [one.proposal for one in damage(text, "ja") if one.kind == "lost_number"]
    assert lost == ["2018", "2019"]


def test_a_year_that_could_go_to_two_places_is_not_proposed() -> None:
    found = damage("At least 2019 people died, more than in XNUMX or in XNUMX.", "en")
    assert [one.proposal for one in found if one.kind == "lost_number"] == [None, None]
    assert [one.raw for one in found if one.kind == "suspect_number"] == ["2019"]


def test_a_number_in_a_range_with_the_lost_one_is_not_suspect() -> None:
    assert [one.kind for one in damage("The curfew runs from 18 to XNUMX hours.", "en")] == ["lost_number"]


@pytest.mark.parametrize(
    "text", ["XNUMX " * 20_000, ".. " * 30_000, "(" * 50_000, "2022人" * 20_000 + "XNUMX年", "Ã©" * 20_000, "20回XNUMX人" * 8_000]
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    assert damage(text, "ja")


def test_outlets_are_found_by_alias_and_mention() -> None:
    assert outlets.by_name("ガーディアン") == outlets.by_name("guardian")
    assert outlets.by_name("the harbour gazette") is None
    assert [(start, one.name) for start, _, one in outlets.mentions("as Kyiv Post and the guardian said")] == [(3, "Kyiv Post")]
    assert len(outlets.load()) >= 60


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "停電はほぼ回復した。"),
        ("ja", "少なくとも人命は守られた。"),
        ("ja", "合計人口は増えた。"),
        ("ja", "およそ時間の問題だ。"),
        ("ja", "ほぼ人質の全員が帰った。"),
        ("ja", "約件数は不明だ。"),
        ("ja", "最大回線が切れた。"),
        ("zh", "至少人类需要水。"),
        ("zh", "至少名义上独立。"),
        ("zh", "大约周三抵达。"),
        ("zh", "至少天气好转。"),
    ],
)
def test_a_counter_within_a_longer_word_counts_nothing(language: str, text: str) -> None:
    assert damage(text, language) == ()


@pytest.mark.parametrize(
    ("language", "text", "counter"),
    [
        ("ja", "少なくとも人が死亡した。", "人"),
        ("ja", "通信は約日間遮断されている。", "日間"),
        ("ja", "回線はほぼ週間つながらない。", "週間"),
        ("ja", "少なくとも回の攻撃があった。", "回"),
        ("zh", "至少人被捕。", "人"),
        ("zh", "大约个月后。", "个月"),
    ],
)
def test_a_counter_without_its_number_is_found(language: str, text: str, counter: str) -> None:
    assert [(one.kind, one.raw) for one in damage(text, language)] == [("lost_number", counter)]


@pytest.mark.parametrize("text", ["Dijo que sÃ³lo hoy, maÃ±ana no.", "Hubo mÃ¡s,dijo. AsÃ­: seguirÃ¡."])
def test_mojibake_leaves_the_marks_around_it(text: str) -> None:
    found = damage(text, "es")
    assert found
    assert all(one.raw[-1].isalpha() or one.raw[-1] in "\xad¡" for one in found)
