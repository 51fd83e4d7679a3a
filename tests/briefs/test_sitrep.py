"""Where claims go, what is contested, how conditions age, and what a brief says of its own reading."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from foreshock.briefs.brief import Brief, Fact, Line, Section, lines_of
from foreshock.briefs.compile import compile_brief
from foreshock.briefs.sitrep import TITLES, compose
from foreshock.errors import CatalogueError
from foreshock.model import Claim, Reading
from tests.briefs import fixtures as fx


def brief(claims: tuple[Claim, ...] = fx.CLAIMS, readings: tuple[Reading, ...] = fx.READINGS, **changes: Any) -> Brief:
    given = {"now": fx.NOW, "as_of": "2022-01-10", "title": "Test", "language": "en", **changes}
    return compile_brief(compose(readings, claims, **given), claims, readings)


def section(of: Brief, name: str) -> Section:
    return next(one for one in of.sections if one.id == name)


def claims_in(of: Brief, name: str) -> set[str]:
    return {one for line in section(of, name).lines if isinstance(line, Line) for one in line.claim_ids}


def test_sections_stand_in_the_order_of_a_situation_report() -> None:
    assert [one.id for one in brief().sections] == list(TITLES)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_claim_is_told_once_beside_the_figures(language: str) -> None:
    told = Counter(
        one
        for part, line in lines_of(brief(language=language))
        if part.id not in {"figures", "changes"}
        for one in line.claim_ids
    )
    assert told == Counter(claim.id for claim in fx.CLAIMS)


@pytest.mark.parametrize(
    ("claim", "home"),
    [
        (fx.arrest, "reported"), (fx.column, "reported"), (fx.strength, "reported"), (fx.curfew, "conditions"),
        (fx.blackout, "conditions"), (fx.outlook, "assessments"), (fx.unlike, "assessments"),
        (fx.denial, "contested"), (fx.witnesses, "contested"),
    ],
)  # fmt: skip
def test_claims_go_home(claim: Claim, home: str) -> None:
    assert claim.id in claims_in(brief(), home)


def test_a_denial_without_its_counterpart_is_a_denial() -> None:
    assert claims_in(brief((fx.denial,)), "denied") == {fx.denial.id}


def test_rival_counts_of_one_matter_are_contested_and_open_bounds_are_not() -> None:
    exact = replace(fx.toll, figures=(replace(fx.toll.figures[0], bound=None),))
    assert claims_in(brief((exact, fx.doctors)), "contested") == {exact.id, fx.doctors.id}
    assert claims_in(brief((fx.toll, fx.doctors)), "contested") == set()


@pytest.mark.parametrize(
    "changes",
    [{"of": "police"}, {"scope": "Taraz"}, {"counting": "new"}, {"as_of": "2022-01-03"}, {"state": "lost", "best": None}],
)
def test_counts_of_different_matters_are_no_dispute(changes: dict[str, Any]) -> None:
    exact = replace(fx.toll, figures=(replace(fx.toll.figures[0], **{"bound": None, **changes}),))
    assert claims_in(brief((exact, fx.doctors)), "contested") == set()


def test_one_holder_does_not_dispute_itself() -> None:
    exact = replace(fx.toll, holders=fx.doctors.holders, figures=(replace(fx.toll.figures[0], bound=None),))
    assert claims_in(brief((exact, fx.doctors)), "contested") == set()


@pytest.mark.parametrize(
    ("as_of", "published", "age", "words"),
    [
        ("2022-01-10", "2022-01-07", "recent", "last claimed 7 January 2022."),
        ("2022-01-14", "2022-01-07", "recent", "last claimed 7 January 2022."),
        ("2022-01-15", "2022-01-07", "ageing", "last claimed 7 January 2022, ageing."),
        ("2022-01-20", "2022-01-07", "past", "last claimed 7 January 2022, past its stated end."),
        ("2022-01-10", None, "unknown", "date of the claim not known, age not known."),
    ],
)
def test_conditions_age(as_of: str, published: str | None, age: str, words: str) -> None:
    read = replace(fx.steppe, document=replace(fx.steppe.document, published=published))
    (line,) = section(brief((fx.curfew,), (read,), as_of=as_of), "conditions").lines
    assert isinstance(line, Line)
    assert line.age == age
    assert line.text.endswith(words)


def test_an_ended_condition_is_a_report() -> None:
    assert claims_in(brief((replace(fx.blackout, phase="ended"),)), "conditions") == set()


def test_figures_stand_by_holder_and_matter_and_are_never_summed() -> None:
    lines = [line for line in section(brief(), "figures").lines if isinstance(line, Line)]
    assert [line.group for line in lines][:2] == ["Killed · protesters · Almaty · cumulative"] * 2
    assert "190" not in "".join(line.text for line in lines)
    assert [line.figure.state for line in lines if line.figure] == ["read", "read", "lost", "suspect"]


def test_the_same_words_of_the_same_holder_share_a_line_with_both_receipts() -> None:
    copy = fx.reading("Copy Desk", "en", fx.STEPPE)
    again = fx.claim(copy, fx.toll.text, "HARM", "killed", "asserted", fx.toll.holders[1], place=fx.ALMATY, when=fx.FRIDAY,
                     recipient=fx.toll.recipient, figures=fx.toll.figures)  # fmt: skip
    made = brief((fx.toll, again), (fx.steppe, copy))
    (line,) = section(made, "reported").lines
    assert isinstance(line, Line)
    assert {quote.source for quote in line.quotes} == {"Steppe Wire", "Copy Desk"}


def test_what_is_missing_is_said() -> None:
    texts = " ".join(line.text for line in section(brief(), "gaps").lines)
    for words in (
        "Arabic: read on the surface only",
        "Quiet Post, “Weather”: no claim",
        "number lost, “XNUMX”",
        "claims bear no date",
    ):
        assert words in texts


@pytest.mark.parametrize("name", ["scenarios", "precedents", "origins"])
def test_what_this_build_lacks_is_said_and_not_pretended(name: str) -> None:
    part = section(brief(), name)
    assert part.lines == ()
    assert part.note.startswith("This build does not")


def test_sources_carry_custody_and_marks_of_machine_translation() -> None:
    row = next(one for one in section(brief(), "sources").lines if isinstance(one, Fact) and "かわら通信" in one.text)
    assert fx.kawara.document.custody.sha256[:12] in row.text
    assert "gtranslate" in row.text


def test_changes_are_told_only_against_an_earlier_brief() -> None:
    assert "No earlier brief is kept" in section(brief(), "changes").note
    earlier = brief((fx.toll, fx.column))
    later = brief((fx.toll, fx.doctors), previous=earlier)
    assert claims_in(later, "changes") == {fx.doctors.id}
    assert any("1 claim of the earlier brief" in line.text for line in section(later, "changes").lines)
    assert "Nothing changed" in section(brief((fx.toll,), previous=brief((fx.toll,))), "changes").note


def test_the_order_of_claims_does_not_matter() -> None:
    assert brief() == brief(tuple(reversed(fx.CLAIMS)))


def test_an_empty_reading_makes_an_empty_brief() -> None:
    made = brief((), ())
    assert lines_of(made) == []
    assert section(made, "figures").note == "No key figure was coded."


def test_a_language_without_a_catalogue_is_refused() -> None:
    with pytest.raises(CatalogueError, match="no brief in 'xx'"):
        brief(language="xx")
