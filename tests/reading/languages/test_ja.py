"""The Japanese reader against a table of sentences that a linguist can edit."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from foreshock.errors import ReadingError
from foreshock.model import Sentence
from foreshock.reading.languages import ja, table
from foreshock.reading.languages.base import Clause, Parse

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("test_ja_cases.yaml").read_text(encoding="utf-8"))
OFFSET = 1000


def sentence(text: str) -> Sentence:
    return Sentence("d", 0, OFFSET, OFFSET + len(text), text, "ja")


@pytest.fixture(scope="module")
def language() -> ja.Japanese:
    pytest.importorskip("sudachipy")
    return ja.build(table("ja"))


@pytest.fixture(scope="module")
def parses(language: ja.Japanese) -> dict[str, Parse]:
    texts = [case["sentence"] for case in CASES]
    return dict(zip(texts, language.parse([sentence(text) for text in texts]), strict=True))


def told(text: str, clause: Clause) -> dict[str, Any]:
    flags = ["negated"] * clause.negated + ["passive"] * clause.passive + sorted(clause.moods)
    parent = "-" if clause.parent is None else str(clause.parent)
    return {
        "text": text[clause.start - OFFSET : clause.end - OFFSET],
        "is": " ".join([clause.lemma, clause.relation, parent, *flags]),
        "arguments": [f"{one.role} {one.marker or '-'} {one.text}" for one in clause.arguments],
    }


@pytest.mark.parametrize("case", CASES, ids=[case["sentence"][:24] for case in CASES])
def test_clauses(case: dict[str, Any], parses: dict[str, Parse]) -> None:
    text = case["sentence"]
    assert [told(text, clause) for clause in parses[text].clauses] == case["clauses"]


def test_offsets_count_from_the_document(parses: dict[str, Parse]) -> None:
    for text, parse in parses.items():
        for token in parse.tokens:
            assert text[token.start - OFFSET : token.end - OFFSET] == token.text
        for clause in parse.clauses:
            for argument in clause.arguments:
                assert text[argument.start - OFFSET : argument.end - OFFSET] == argument.text
                assert argument.start < parse.tokens[argument.head].end <= argument.end


def test_the_contract_holds_of_every_clause(parses: dict[str, Parse]) -> None:
    for parse in parses.values():
        assert [clause.index for clause in parse.clauses] == list(range(len(parse.clauses)))
        assert [clause.start for clause in parse.clauses] == sorted(clause.start for clause in parse.clauses)
        seen: set[int] = set()
        for clause in parse.clauses:
            assert (clause.parent is None) == (clause.relation == "root")
            assert clause.parent != clause.index
            assert set(clause.predicate) <= set(clause.tokens)
            assert not seen & set(clause.tokens)
            seen |= set(clause.tokens)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "。",
        "」と",
        "-",
        "XNUMX",
        "() ()",
        "「「「",
        "と述べた",
        "、、、と",
        "ていた。",
        "...。。",
        "は は は",
        "A:B:C",
        "-は- -が-",
        "た" * 300,
    ],
)
def test_damage_never_breaks_the_parser(text: str, language: ja.Japanese) -> None:
    (parse,) = language.parse([sentence(text)])
    assert all(OFFSET <= clause.start <= clause.end <= OFFSET + len(text) for clause in parse.clauses)


def _seconds(language: ja.Japanese, text: str) -> float:
    best = 60.0
    for _ in range(3):
        began = time.process_time()
        language.parse([sentence(text)])
        best = min(best, time.process_time() - began)
    return best


@pytest.mark.parametrize(
    "unit",
    [
        "部隊は町に入って橋を守る兵士が逃げた家を焼いて",
        "兵士が逃げた町を守る部隊が見た橋の",
        "町の",
        "「町を守ると言った」と",
        "市長が言った:",
    ],
)
def test_the_cost_of_a_sentence_without_a_stop_grows_with_its_length(unit: str, language: ja.Japanese) -> None:
    short, long = ((unit * 4000)[:length] for length in (1000, 4000))
    assert _seconds(language, long) <= 8 * _seconds(language, short)


def test_a_missing_parser_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(ja, "MODEL", tmp_path / "ja")
    with pytest.raises(ReadingError, match=r"is not there .*install the package anew"):
        ja.build(table("ja")).parse([sentence("部隊が撤退した。")])


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("部隊が撤退した。橋は無事だ。", ["部隊が撤退した。", "橋は無事だ。"]),
        ("市長は「水がない。助けてくれ」と訴えた。夜が来た。", ["市長は「水がない。助けてくれ」と訴えた。", "夜が来た。"]),
        ("「水がない。薬もない」", ["「水がない。", "薬もない」"]),
        ("橋は無事です.. 夜が来た。。 朝だ", ["橋は無事です..", "夜が来た。。", "朝だ"]),
        ("震度は4.5だった。", ["震度は4.5だった。"]),
        ("「逃げろ」と叫んだ!誰も動かない?", ["「逃げろ」と叫んだ!", "誰も動かない?"]),
        ("「水がない。薬もない", ["「水がない。", "薬もない"]),
        ("死者は少なくとも ? 人だった。夜が来た。", ["死者は少なくとも ? 人だった。", "夜が来た。"]),
        ("港に非常事態宣言　抗議の列続く", ["港に非常事態宣言", "抗議の列続く"]),
        ("「港　閉鎖の日」", ["「港　閉鎖の日」"]),
        ("港新報　2022年1月6日", ["港新報　2022年1月6日"]),
        ("  \n ", []),
    ],
)
def test_split(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in ja.build(table("ja")).split(text)] == sentences
