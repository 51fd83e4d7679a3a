"""Relevance by a table of sentences: what is no violence, what is figurative, and what is dated to its own past."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from foreshock.coding.relevance import VIOLENT, Relevance, Setting
from foreshock.coding.relevance_table import relevance_table
from foreshock.model import Sentence
from tests.desk import Desk

TABLE = yaml.safe_load((Path(__file__).parent / "relevance.yaml").read_text(encoding="utf-8"))
PARSED = ("en", "ja", "ru", "fr", "es")


def settings(texts: list[str], language: str, *, published: str | None = "2020-05-01") -> tuple[Setting, ...]:
    sentences, at = [], 0
    for number, text in enumerate(texts):
        sentences.append(Sentence("d", number, at, at + len(text), text, language))
        at += len(text) + 1
    return Relevance.build(language).of(sentences, published=published)


def times_of(case: dict[str, Any], words: str, **given: str | None) -> list[tuple[str | None, str | None]]:
    at = case["text"].index(words)
    past = settings([case["text"]], case["language"], **given)[0].past
    return [(when.start, when.end) for start, end, when in past if start <= at < end]


@pytest.mark.parametrize("case", TABLE["apart"], ids=lambda case: case["text"])
def test_register(case: dict[str, Any]) -> None:
    assert settings([case["text"]], case["language"])[0].apart == case["register"]


@pytest.mark.parametrize("case", TABLE["figures"], ids=lambda case: case["text"])
def test_figures(case: dict[str, Any]) -> None:
    found = settings([case["text"]], case["language"])[0].figures
    assert [case["text"][start:end] for start, end in found] == [case["figure"]]


@pytest.mark.parametrize("case", TABLE["past"], ids=lambda case: case["text"])
def test_past(case: dict[str, Any]) -> None:
    assert tuple(case["when"]) in times_of(case, case["words"])
    if "now" in case:
        assert times_of(case, case["now"]) == []


def test_without_a_date_of_publication_no_year_is_reckoned() -> None:
    case = {"language": "en", "text": "On the 30th anniversary of the raid, ministers met."}
    assert times_of(case, "raid", published=None) == [(None, None)]


def test_a_text_mostly_about_sport_lends_its_register() -> None:
    match = "The striker scored in the second half."
    lent, real = "They destroyed everything in their way.", "A bomb exploded later."
    names = [one.apart for one in settings([match, match, lent, real], "en")]
    assert names == ["sport", "sport", "sport", None]
    assert settings([lent], "en")[0].apart is None


def test_offsets_are_those_of_the_document() -> None:
    texts = ["It rained.", "A price war has begun."]
    start, end = settings(texts, "en")[1].figures[0]
    assert "\n".join(texts)[start:end] == "price war"


def test_a_language_without_a_table_sets_nothing_aside() -> None:
    assert settings(["ქართული"], "ka") == (Setting(),)


@pytest.mark.parametrize("language", PARSED)
def test_every_parsed_language_has_every_list(language: str) -> None:
    table = relevance_table(language)
    assert table is not None
    names = {scene.name for scene in table.scenes}
    assert names == {
        "sport", "fiction", "markets", "weather", "nature", "cooking", "drill", "hypothetical", "campaign",
    }  # fmt: skip
    lists = (table.real, table.figurative, table.natural, table.looking_back, table.ages)
    assert all(one.pattern != "(?!)" for one in lists)
    assert table.eras
    assert table.numbers


@pytest.mark.parametrize("case", TABLE["claims"], ids=lambda case: case["text"])
def test_claims(case: dict[str, Any], desk: Desk) -> None:
    coder, aside = desk.coder(case["language"]), []
    coder.aside = lambda _one, reason: aside.append(reason)
    try:
        _reading, claims = desk.fresh(case["text"], case["language"], published="2020-05-01")
    finally:
        coder.aside = None
    violent = [one for one in claims if one.kind in VIOLENT]
    assert [one.kind for one in violent] == case["kinds"]
    assert aside == case["aside"]
    assert [one.when and one.when.start for one in violent] == [None] * len(violent)
