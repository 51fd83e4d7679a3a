"""Catalogues: every message has a translation, every translation keeps its names in braces; dates and numbers are local."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from gettext import NullTranslations
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from babel import Locale

from foreshock import settings
from foreshock.briefs import alike, conditions, contested, coverage, notes, numbers, origins, receipts, sitrep
from foreshock.briefs.charts import timeline
from foreshock.briefs.locale import LANGUAGES, PATTERNS, Reader, direction, reader
from foreshock.knowledge import load_yaml
from foreshock.model import Basis, ConditionState, DisputeMatter, HolderRole, Kind, LinkReason, Phase, Status
from tests.briefs import fixtures as fx

ROOM = Path(str(files("foreshock.briefs")))
OTHERS = [code for code in LANGUAGES if code != "en"]
SLOT = re.compile(r"\{\w+\}")


def _table(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOM / name).read_text("utf-8"))
    return loaded


def _from_code() -> Iterator[str]:
    for path in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in {"say", "count"}
                and node.args
            ):
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value
    for path in (ROOM / "templates").glob("*.j2"):
        yield from (found[1] for found in re.findall(r"say\(([\"'])(.*?)\1", path.read_text("utf-8")))


def _from_tables() -> Iterator[str]:
    for entry in _table("phrases.yaml").values():
        yield from (entry["label"], entry["phrase"], *entry.get("modes", {}).values(), *entry.get("labels", {}).values())
    for row in _table("standing.yaml").values():
        yield from row.values()
    yield from _table("topics.yaml")
    for sentences in notes.NOTES.values():
        yield from sentences
    for known in (numbers.BOUNDS, numbers.COUNTED, numbers.HEADINGS, coverage.DAMAGE_NAMES, coverage.DEPTHS, receipts.AGES,
                  conditions.AGES, alike.WHYS, contested.QUESTIONS, origins.REASONS, timeline.LABELS):  # fmt: skip
        yield from known.values()
    rules = _table("conditions.yaml")
    yield from (rules["by"], rules["others"], rules["denied"], *rules["states"].values())
    for rule in rules["types"].values():
        yield from (value for key, value in rule.items() if key != "content")
    for messages in _table("retelling.yaml").values():
        yield from messages
    yield from _sides()
    yield from sitrep.TITLES.values()
    yield from (one for one, _ in numbers.UNITS.values())
    yield from (
        alike.GRADED,
        contested.SAYING,
        notes.NOTICE,
        numbers.LOST,
        numbers.SUSPECT,
        "held to be probable",
        "held to be possible",
        "new",
        "cumulative",
        "more",
        "less",
    )
    yield from (*get_args(Phase), *get_args(HolderRole), *(f"basis: {one}" for one in get_args(Basis)))


def _sides() -> Iterator[str]:
    """The names of positions that are words and no names, as the room of incidents gives them."""
    yield from _incidents("disputes.yaml")["positions"].values()
    for opposites in _incidents("matters.yaml")["opposites"]:
        yield from opposites


def _incidents(name: str) -> dict[str, Any]:
    """Return a table of the room of incidents, wherever in it the table stands."""
    (path,) = Path(str(files("foreshock.incidents"))).rglob(name)
    return load_yaml(path.read_text("utf-8"))


MESSAGES = sorted({*_from_code(), *_from_tables()})
SAME = {"{n}", " ‹ ", "{n} {unit}"}


def _translation(language: str, message: str) -> str:
    found: dict[Any, str] = vars(reader(language).catalogue)["_catalog"]
    return found.get(message) or found.get((message, 0)) or ""


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_translated(language: str) -> None:
    assert [message for message in MESSAGES if not _translation(language, message)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_translations_keep_their_slots(language: str) -> None:
    for message in MESSAGES:
        lost = set(SLOT.findall(message)) ^ set(SLOT.findall(_translation(language, message)))
        assert lost <= {"{colon}"}, message


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_the_english(language: str) -> None:
    same = [message for message in MESSAGES if _translation(language, message) == message and message not in SAME]
    assert [message for message in same if " " in SLOT.sub("", message).strip(" :;,.()")] == []  # a single word may be both


def test_every_kind_and_status_has_its_words() -> None:
    assert set(_table("phrases.yaml")) == set(get_args(Kind))
    assert set(_table("standing.yaml")) == {*get_args(Status), "negated"}
    topics = [kind for kinds in _table("topics.yaml").values() for kind in kinds]
    assert len(topics) == len(set(topics))
    assert set(topics) == set(get_args(Kind)) - {"ASSESS", "LIKEN"}


def test_every_type_and_state_of_a_condition_and_every_reason_of_the_highest_grade_has_its_words() -> None:
    rules = _table("conditions.yaml")
    assert {rule["type"] for rule in _incidents("conditions.yaml")["types"]} == set(rules["types"])
    assert set(get_args(ConditionState)) <= set(rules["states"])
    assert {row["why"] for row in _incidents("credibility.yaml")["grades"] if row["grade"] == 1} == set(alike.WHYS)
    assert set(get_args(LinkReason)) == set(origins.REASONS)
    assert set(get_args(DisputeMatter)) == set(contested.QUESTIONS)


@pytest.mark.parametrize(
    ("prefix", "english", "japanese"),
    [
        ("2022", "2022", "2022年"),
        ("2022-01", "January 2022", "2022年1月"),
        ("2022-01-07", "7 January 2022", "2022年1月7日"),
        ("2022-01-07T21:30", "7 January 2022, 21:30", "2022年1月7日 21:30"),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(prefix: str, english: str, japanese: str) -> None:
    assert reader("en").date(prefix) == english
    assert reader("ja").date(prefix) == japanese


@pytest.mark.parametrize(
    ("language", "year", "month", "day", "first", "minute"),
    [
        ("ru", "2022 г.", "январь 2022 г.", "7 января 2022 г.", "1 января 2022 г.", "7 января 2022 г., 21:30"),
        ("fr", "2022", "janvier 2022", "7 janvier 2022", "1er janvier 2022", "7 janvier 2022 à 21:30"),
        ("es", "2022", "enero de 2022", "7 de enero de 2022", "1 de enero de 2022", "7 de enero de 2022, 21:30"),
    ],
)
def test_every_language_writes_dates_its_own_way(language: str, year: str, month: str, day: str, first: str, minute: str) -> None:
    told = Reader(language, Locale.parse(language), NullTranslations())
    dates = ["2022", "2022-01", "2022-01-07", "2022-01-01", "2022-01-07T21:30"]
    assert [told.date(one) for one in dates] == [year, month, day, first, minute]
    assert told.percent("6.4 %") == "6,4 %"


def test_every_language_of_briefs_has_patterns_words_and_a_setting() -> None:
    assert set(LANGUAGES) <= set(PATTERNS)
    assert set(LANGUAGES) == set(settings.LANGUAGES)
    rules = _table("discretion.yaml")
    for words in (_table("wording.yaml")[scale] for scale in ("confirmed", "likelihood", "confidence")):
        assert set(LANGUAGES) <= set(words)
    assert set(LANGUAGES) <= set(rules["roles"]) & set(rules["site"])


def test_names_of_languages_countries_and_directions() -> None:
    assert reader("ja").tongue("ru") == "ロシア語"
    assert reader("en").tongue("x-unknown") == "x-unknown"
    assert reader("ja").country("KAZ") == "カザフスタン"
    assert reader("en").country("XXX") is None
    assert [direction(code) for code in ("ar", "fa", "he", "ur", "ja", "und", "x?")] == ["rtl"] * 4 + ["ltr"] * 3


def test_values_are_never_read_as_templates() -> None:
    assert reader("en").say("from {date}", date="{holder.__class__}") == "from {holder.__class__}"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["1 day", "2 days", "5 days", "21 days", "1,000 days", "0.5 days"]),
        ("ru", ["1 день", "2 дня", "5 дней", "21 день", "1 000 дней", "0,5 дня"]),
        ("es", ["1 día", "2 días", "5 días", "21 días", "1.000 días", "0,5 días"]),
    ],
)
def test_a_unit_stands_in_the_plural_of_its_number(language: str, said: list[str]) -> None:
    lasted = fx.figure("5 days", "5", "duration", 5, unit="day")
    values = (1, 2, 5, 21, 1000, 0.5)
    told = [numbers.amount(reader(language), replace(lasted, low=one, best=one, high=one)) for one in values]
    assert [one.replace("\u00a0", " ") for one in told] == said
