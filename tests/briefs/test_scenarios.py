"""What weighing says in a brief: every sentence stands on an estimate, in the word that its number has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foreshock.briefs import render
from foreshock.briefs.brief import Brief, Fact
from foreshock.briefs.compile import compile_brief
from foreshock.briefs.sitrep import compose
from foreshock.briefs.weighed import PastCrisis, Weighed
from foreshock.errors import BriefError
from foreshock.model import Estimate, Evidence, Prior, Provenance
from tests.briefs import fixtures as fx

FOUND = fx.joined()
RULE = "a likelihood that is not its number's"


def estimate(name: str, scenario: str, p: float | None, *evidence: Evidence) -> Estimate:
    before = Prior(0.02, 0.01, 0.03, 0.01, "", Provenance(("made up",), "", 1, 1, "", "")) if p is not None else None
    return Estimate(
        id=name, scenario=scenario, subject="KAZ", country="KAZ", as_of="2022-01-10", horizon=90, state="peace", tier="crisis",
        probability=p, low=p, high=p, prior=before, evidence_model=p, weight=None if p is None else 0.1, evidence=evidence,
        blind=(), arrival=1, method="test@1", unmeasured=None if p is not None else "no set of ours tells it",
    )  # fmt: skip


MOVES = Evidence("coup-attempt", "split", "seen", 0.4, 0.1, 0.7, "2 incidents of mutiny; ratio 1.5.", ("a",), (fx.arrest.id,))
IDLE = Evidence("coup-attempt", "arrests", "no-bridge", 0, 0, 0, "9 incidents of arrests; weighs nothing: no bridge.", ("b",))
WEIGHED = Weighed(
    country="KAZ",
    as_of="2022-01-10",
    estimates=(estimate("e1", "coup-attempt", 0.06, MOVES, IDLE), estimate("e2", "settlement", None)),
    shorts={"coup-attempt": "a coup attempt", "settlement": "a negotiated settlement"},
    words={"e1": "very unlikely"},
    percents={"e1": ("6.0 %", "3.0 %", "11 %", "5.4 %", "1.2 %")},
    reasons=("protests since 2022-01-02 (4)",),
    hidden=("From 2022-01-05 on nothing of KAZ could be seen: the internet was cut.",),
    changes=(("e1", "With no more arrests than usual, it would be 5.8 % rather than 6.0 %."),),
    precedents=(PastCrisis("Gdansk-like strikes", "1990-05", "protest, arrests", "no killings", "the government held"),),
)


def brief(weighed: Weighed | None = WEIGHED, language: str = "en") -> Brief:
    return compose(fx.READINGS, fx.CLAIMS, now=fx.NOW, as_of=None, title="Test", language=language, weighed=weighed, **FOUND)


def compiled(one: Brief, weighed: Weighed | None = WEIGHED) -> Brief:
    return compile_brief(one, fx.CLAIMS, fx.READINGS, weighed=weighed, **fx.records(FOUND))


def facts(one: Brief, section: str = "scenarios") -> list[Fact]:
    lines = next(part for part in one.sections if part.id == section).lines
    assert all(isinstance(line, Fact) for line in lines)
    return [line for line in lines if isinstance(line, Fact)]


def with_fact(one: Brief, old: Fact, new: Fact) -> Brief:
    return replace(
        one, sections=tuple(replace(part, lines=tuple(new if it is old else it for it in part.lines)) for part in one.sections)
    )


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_brief_with_estimates_compiles(language: str) -> None:
    one = compiled(brief(language=language))
    assert {group for group in (fact.group for fact in facts(one)) if group}
    assert all(fact.estimate_ids for fact in facts(one))


def test_a_number_stands_beside_its_word_history_and_base_rate() -> None:
    text = next(fact.text for fact in facts(brief()) if fact.estimate_ids == ("e1",) and fact.cells)
    assert text == (
        "a coup attempt within 90 days: 6.0 % [3.0 % – 11 %], very unlikely; history alone says 5.4 %, of all countries 1.2 %"
    )


def test_what_is_unmeasured_says_so_and_has_no_number() -> None:
    (one,) = [fact for fact in facts(brief()) if fact.estimate_ids == ("e2",)]
    assert "unmeasured" in one.text
    assert not any(char.isdigit() for char in one.text.replace("90 days", ""))


def test_what_weighs_nothing_is_told_apart_from_what_moved_it() -> None:
    groups = {fact.group: fact.text for fact in facts(brief())}
    assert "+0.40" in groups["What moved it"]
    assert "no bridge" in groups["Seen, and weighs nothing"]
    assert "the internet was cut" in groups["What could not be seen"]


def test_another_word_than_the_numbers_own_does_not_compile() -> None:
    one = brief()
    old = next(fact for fact in facts(one) if fact.estimate_ids == ("e1",) and fact.cells)
    new = replace(old, text=old.text.replace("very unlikely", "likely"))
    with pytest.raises(BriefError) as caught:
        compiled(with_fact(one, old, new))
    assert {rule for rule, _, _ in caught.value.failures} == {RULE}


def test_confidence_beside_a_likelihood_does_not_compile() -> None:
    one = brief()
    old = next(fact for fact in facts(one) if fact.estimate_ids == ("e1",) and fact.cells)
    with pytest.raises(BriefError, match="confidence"):
        compiled(with_fact(one, old, replace(old, text=f"{old.text}, with high confidence")))


def test_a_sentence_on_an_estimate_that_was_not_handed_in_does_not_compile() -> None:
    with pytest.raises(BriefError, match="unknown documents or estimates"):
        compiled(brief(), weighed=None)


def test_without_weighing_the_brief_says_so() -> None:
    one = compiled(brief(None), None)
    notes = {part.id: part.note for part in one.sections}
    assert notes["scenarios"].startswith("Nothing was weighed")
    assert notes["precedents"].startswith("No past crisis")


@pytest.mark.parametrize("form", ["terminal", "html", "markdown", "json"])
def test_every_rendering_tells_the_board_and_the_precedent(form: str) -> None:
    text = render(compiled(brief()), format=form, width=200, color=False)  # type: ignore[arg-type]
    assert "very unlikely" in text
    assert "Gdansk-like strikes" in text
