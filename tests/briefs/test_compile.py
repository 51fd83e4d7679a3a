"""Each rule of the compiler has a brief that breaks it, and only it; the untouched brief compiles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from foreshock.briefs.brief import Brief, Cited, Fact, Line
from foreshock.briefs.compile import REMEDIES, RULES, compile_brief
from foreshock.briefs.sitrep import compose
from foreshock.errors import BriefError, ForeshockError
from tests.briefs import fixtures as fx

FOUND = fx.joined()
RECORDS = fx.records(FOUND)


def composed(language: str = "en") -> Brief:
    return compose(fx.READINGS, fx.CLAIMS, now=fx.NOW, as_of=None, title="Test", language=language, **FOUND)


def changed(brief: Brief, section: str, claim: str, change: Callable[[Line], Line]) -> Brief:
    """The brief with the lines of one claim in one section changed."""
    sections = tuple(
        replace(
            part,
            lines=tuple(
                change(line) if part.id == section and isinstance(line, Line) and claim in line.claim_ids else line
                for line in part.lines
            ),
        )
        for part in brief.sections
    )
    assert sections != brief.sections
    return replace(brief, sections=sections)


def worded(text: str, **changes: Any) -> Callable[[Line], Line]:
    return lambda line: replace(line, text=text, cited=(), **changes)


def broken(brief: Brief) -> set[str]:
    with pytest.raises(BriefError) as caught:
        compile_brief(brief, fx.CLAIMS, fx.READINGS, **RECORDS)
    return {rule for rule, _, _ in caught.value.failures}


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_composed_brief_compiles_unchanged(language: str) -> None:
    brief = composed(language)
    assert compile_brief(brief, fx.CLAIMS, fx.READINGS, **RECORDS) is brief


CLAIMLESS, MISQUOTED, CONFIRMED, CULPRIT, STALE, LOST, MIXED, LIKELY = RULES  # LIKELY: tests/briefs/test_scenarios.py
NOBODY = Fact("Something was read", ())
CASES: list[tuple[str, str, str, str, Callable[[Line], Line]]] = [
    (CLAIMLESS, "en", "reported", fx.arrest.id, lambda line: replace(line, claim_ids=())),
    (CLAIMLESS, "en", "reported", fx.arrest.id, lambda line: replace(line, claim_ids=("nobody",))),
    (CLAIMLESS, "en", "reported", fx.arrest.id, lambda line: replace(line, quotes=())),
    (MISQUOTED, "en", "reported", fx.arrest.id, lambda line: replace(line, quotes=(replace(line.quotes[0], text="別の文"),))),
    (MISQUOTED, "en", "reported", fx.arrest.id, lambda line: replace(line, quotes=(replace(line.quotes[0], claimed=(0, 2)),))),
    (CONFIRMED, "en", "conditions", fx.column.id, worded("Confirmed by Steppe Wire: a column left Taraz.")),
    (CONFIRMED, "ja", "reported", fx.arrest.id, worded("外務省によると、逮捕が確認された。")),
    (CONFIRMED, "en", "reported", fx.arrest.id, lambda line: replace(line, group="Verified")),
    (CONFIRMED, "en", "contested", fx.denial.id, lambda line: replace(line, position="Confirmed")),
    (CONFIRMED, "en", "confirmed", fx.toll.id, lambda line: replace(line, record=None)),
    (CONFIRMED, "en", "confirmed", fx.toll.id, lambda line: replace(line, record=fx.joined()["incidents"][2].id)),
    (CONFIRMED, "en", "confirmed", fx.toll.id, lambda line: replace(line, origins=9)),
    (CULPRIT, "en", "reported", fx.arrest.id, worded("National Security Committee arrested ダナ・ルズ.")),
    (
        CULPRIT, "en", "reported", fx.arrest.id,
        worded("Ministry of Foreign Affairs of Kazakhstan spoke. National Security Committee arrested ダナ・ルズ."),
    ),
    (CULPRIT, "ja", "reported", fx.arrest.id, worded("国家安全委員会がダナ・ルズを逮捕した。外務省が述べた。")),
    (STALE, "en", "conditions", fx.curfew.id, lambda line: replace(line, age="recent")),
    (STALE, "en", "conditions", fx.curfew.id, lambda line: replace(line, age=None)),
    (STALE, "en", "conditions", fx.curfew.id, worded("Steppe Wire reported a curfew ordered by Aidar Senov in Almaty.")),
    (STALE, "en", "conditions", fx.curfew.id, worded("Steppe Wire reported a curfew ordered by Aidar Senov.", record=None)),
    (STALE, "en", "reported", fx.arrest.id, lambda line: replace(line, age="recent")),
    (LOST, "en", "figures", fx.waves.id, worded("かわら通信 reported 20 waves of attack.")),
    (LOST, "en", "reported", fx.waves.id, worded("かわら通信 reported violence, 20 waves of it.")),
    (LOST, "en", "figures", fx.strength.id, worded("かわら通信 reported a strength of 20,000 combatants.")),
    (LOST, "en", "figures", fx.strength.id, worded("かわら通信 reported a strength of combatants.")),
    (LOST, "en", "figures", fx.doctors.id, worded("Doctors in Almaty (in Evening Ledger) reported 165 killed.")),
    (
        LOST, "en", "reported", fx.waves.id,
        lambda line: replace(line, text="かわら通信: “少なくとも20回”.", cited=(Cited(8, 14, "ja"),)),
    ),
    (MIXED, "en", "assessments", fx.outlook.id, worded("Dana Ruz forecast with high confidence that worse is likely.")),
    (MIXED, "ja", "assessments", fx.outlook.id, worded("Dana Ruzの予測：悪化の可能性、信頼度は高い。")),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "language", "section", "claim", "change"), CASES)
def test_a_broken_rule_stops_the_brief(
    rule: str, language: str, section: str, claim: str, change: Callable[[Line], Line]
) -> None:
    assert broken(changed(composed(language), section, claim, change)) == {rule}


def test_every_rule_has_a_case() -> None:
    assert {case[0] for case in CASES} == set(RULES) - {LIKELY}


@pytest.mark.parametrize(
    "change",
    [
        lambda brief: replace(brief, header=replace(brief.header, notice="Official.")),
        lambda brief: replace(brief, header=replace(brief.header, coverage=(NOBODY,))),
        lambda brief: replace(brief, sections=(replace(brief.sections[0], lines=(NOBODY,)), *brief.sections[1:])),
        lambda brief: replace(brief, sections=(replace(brief.sections[0], note="All is calm."), *brief.sections[1:])),
    ],
)
def test_nothing_is_said_outside_lines_and_facts(change: Callable[[Brief], Brief]) -> None:
    assert broken(change(composed())) == {CLAIMLESS}


def test_cited_words_are_not_ours() -> None:
    text = "Dana Ruz said: “confirmed; I am confident that worse is likely”."
    start = text.index("confirmed")
    cited = (Cited(start, len(text) - 2, "en"),)
    brief = changed(composed(), "assessments", fx.outlook.id, lambda line: replace(line, text=text, cited=cited))
    assert compile_brief(brief, fx.CLAIMS, fx.READINGS, **RECORDS) is brief


def test_the_error_names_sentence_and_rule() -> None:
    brief = changed(composed(), "conditions", fx.column.id, worded("Confirmed by Steppe Wire."))
    with pytest.raises(ForeshockError, match=r"confirmed without two origins: “Confirmed by Steppe Wire\.”"):
        compile_brief(brief, fx.CLAIMS, fx.READINGS)


def test_every_failure_tells_what_mends_it() -> None:
    assert list(REMEDIES) == list(RULES)
    brief = changed(composed(), "conditions", fx.column.id, worded("Confirmed by Steppe Wire."))
    with pytest.raises(ForeshockError, match="say who told it instead, or let a second origin or a person confirm it"):
        compile_brief(brief, fx.CLAIMS, fx.READINGS)


def test_confirmed_needs_the_incident_of_the_highest_grade() -> None:
    brief = composed()
    (line,) = next(part for part in brief.sections if part.id == "confirmed").lines
    assert isinstance(line, Line)
    graded = [replace(one, credibility=2) if one.id == line.record else one for one in FOUND["incidents"]]
    with pytest.raises(BriefError, match="needs two independent origins that say so: its incident has credibility 2"):
        compile_brief(brief, fx.CLAIMS, fx.READINGS, **{**RECORDS, "incidents": graded})
    with pytest.raises(BriefError, match="no incident holds all its claims"):
        compile_brief(brief, fx.CLAIMS, fx.READINGS, disputes=FOUND["disputes"], conditions=FOUND["conditions"])
    assert compile_brief(brief, fx.CLAIMS, fx.READINGS, **RECORDS) is brief


def test_a_condition_that_was_lifted_says_so() -> None:
    brief = composed()
    lifted = [replace(one, state="lifted", freshness="past") for one in FOUND["conditions"]]
    with pytest.raises(BriefError) as caught:
        compile_brief(brief, fx.CLAIMS, fx.READINGS, **{**RECORDS, "conditions": lifted})
    assert {rule for rule, _, _ in caught.value.failures} == {STALE}
    again = compose(
        fx.READINGS, fx.CLAIMS, now=fx.NOW, as_of=None, title="T", language="en", **{**FOUND, "conditions": lifted}
    )  # fmt: skip
    assert all("lifted" in line.text for line in next(part for part in again.sections if part.id == "conditions").lines)
    assert compile_brief(again, fx.CLAIMS, fx.READINGS, **{**RECORDS, "conditions": lifted}) is again
