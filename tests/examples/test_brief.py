"""The brief of the example: what joining found in its dispatches, as a reader sees it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from foreshock import pipeline
from foreshock.briefs import Brief, Line, Section, render
from foreshock.model import Claim, Document, PrivatePerson, Reading
from foreshock.settings import read_settings

ROOT = Path(__file__).parents[2] / "examples" / "kazakhstan-2022"
NOW = datetime(2022, 1, 12, tzinfo=UTC)
Tell = Callable[[str], Brief]


@pytest.fixture(scope="module")
def tell() -> Tell:
    """Return the brief of the dispatches in a language; they are read and coded once."""
    bench = pipeline.Workbench(read_settings(ROOT, os.environ))
    readings: list[Reading] = []
    claims: list[Claim] = []
    named: dict[str, tuple[PrivatePerson, ...]] = {}
    for item in pipeline.gather(str(ROOT / "dispatches"), settings=bench.settings, now=NOW):
        assert isinstance(item, Document), item
        reading = pipeline.read(item, bench, now=NOW)
        coded = pipeline.code(reading, bench)
        named[item.id] = pipeline.persons(reading, coded, bench)
        readings.append(reading)
        claims += coded
    told = {
        language: pipeline.tell(readings, claims, bench, now=NOW, title="Test", language=language, named=named)
        for language in ("en", "ja")
    }
    return told.__getitem__


def part(brief: Brief, name: str) -> Section:
    return next(one for one in brief.sections if one.id == name)


def lines(brief: Brief, name: str) -> Iterator[Line]:
    yield from (line for line in part(brief, name).lines if isinstance(line, Line))


def test_a_syndicated_copy_is_carried_and_counts_one_origin(tell: Tell) -> None:
    brief = tell("en")
    assert any(fact.text.startswith("Steppe Ledger ← Tin Kettle Wire: copy; ") for fact in part(brief, "origins").lines)
    both = {"Steppe Ledger", "Tin Kettle Wire"}
    of_copy = [
        line
        for section in brief.sections
        for line in section.lines
        if isinstance(line, Line) and {quote.source for quote in line.quotes} == both and line.text.startswith("state television")
    ]
    assert of_copy
    assert {line.origins for line in of_copy} == {1}


def test_the_departure_of_nazarbayev_is_contested(tell: Tell) -> None:
    held = [line for line in lines(tell("en"), "contested") if "had left the country" in line.text]
    assert {line.status for line in held} == {"denied", "rumoured"}
    assert len({line.group for line in held}) == 1
    assert {line.position for line in held} == {"it is not so · 1 origin", "it is so · 1 origin"}


def test_the_emergency_is_one_condition_declared_by_tokayev_until_19_january(tell: Tell) -> None:
    (line,) = [one for one in lines(tell("en"), "conditions") if one.text.startswith("State of emergency")]
    assert line.text.startswith("State of emergency, declared by Kassym-Jomart Tokayev (")
    assert "until 19 January 2022" in line.text
    assert len({quote.source for quote in line.quotes}) > 3


def test_only_what_two_origins_bear_out_is_called_confirmed(tell: Tell) -> None:
    """The compiler refuses the word elsewhere; here each line gives the reason and stands on more than one origin."""
    found = list(lines(tell("en"), "confirmed"))
    assert found
    for line in found:
        assert (line.group or "").startswith("Confirmed by ")
        assert (line.why or "").startswith("confirmed by ")
        assert (line.origins or 0) > 1 or "admission" in (line.why or "")


def test_the_brief_in_japanese_tells_the_same(tell: Tell) -> None:
    english, japanese = tell("en"), tell("ja")
    for name in ("contested", "conditions"):
        told = [{claim for line in lines(brief, name) for claim in line.claim_ids} for brief in (english, japanese)]
        assert told[0] == told[1]
    (line,) = [one for one in lines(japanese, "conditions") if one.text.startswith("非常事態")]
    assert "2022年1月19日まで" in line.text
    assert "確認されたこと" in render(japanese, format="html")
