"""What changed: against an earlier moment of the same scope, each change once, on claims, estimates or documents."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from foreshock.briefs.before import Before
from foreshock.briefs.brief import Brief, Fact, Line
from foreshock.briefs.changes import BANDS
from foreshock.briefs.compile import compile_brief
from foreshock.briefs.sitrep import compose
from foreshock.briefs.weighed import Weighed
from foreshock.errors import BriefError
from foreshock.incidents.tallies import tallies_of
from foreshock.model import Claim, Reading, Report, Tally
from tests.briefs import fixtures as fx

FOUND = fx.joined()
DOCUMENTS = {one.document.id: one.document.version for one in fx.READINGS}
OLD_TEXT = fx.EVENING.replace("164", "98") + " A bridge was blown up near Taraz."
old = fx.reading("Evening Ledger", "en", OLD_TEXT, title="Doctors count the dead")
before_doctors = fx.claim(
    old, "98 rioters were killed in the city by Friday", "HARM", "killed", "asserted", fx.speaker("doctors in Almaty"),
    place=fx.ALMATY, when=fx.FRIDAY,
    figures=(fx.figure(OLD_TEXT, "98", "killed", 98, of="protesters", counting="cumulative"),),
)  # fmt: skip
bridge = fx.claim(old, "A bridge was blown up near Taraz", "ASSAULT", "bombing", place=fx.city("Taraz"))


def tallies(*claims: Claim) -> tuple[Tally, ...]:
    reports = [Report(one, "s", "2022-01-07", "2022-01-08T08:00:00Z", n) for n, one in enumerate(claims, 1)]
    return tallies_of(reports, {one.id: one.document_id for one in claims})


def made(before: Before, language: str = "en", readings: tuple[Reading, ...] = fx.READINGS) -> Brief:
    brief = compose(readings, fx.CLAIMS, now=fx.NOW, as_of=None, title="T", language=language, before=before, **FOUND)
    return compile_brief(brief, fx.CLAIMS, readings, before=before, **fx.records(FOUND))


def told(brief: Brief, group: str) -> list[str]:
    return [one.text for one in brief.sections[0].lines if one.group == group]


def then(**changes: Any) -> Before:
    return replace(Before("2022-01-08T08:00:00Z", documents=DOCUMENTS, **fx.then()), **changes)


def test_what_did_not_change_is_not_told() -> None:
    brief = made(then(sources=frozenset(one.document.source for one in fx.READINGS)))
    assert [one.text for one in brief.sections[0].lines] == ["Compared with what was known on 8 January 2022, 08:00"]


@pytest.mark.parametrize(("language", "expected"), [
    ("en", "Almaty · cumulative: 164, according to doctors in Almaty (in Evening Ledger), who gave 98 before."),
    ("ja", "以前は98人としていた。"),
])  # fmt: skip
def test_a_figure_that_moved_stands_on_both_numbers(language: str, expected: str) -> None:
    before = then(
        tallies=tallies(before_doctors), now=tallies(fx.doctors), new=frozenset({fx.doctors.id}),
        told={before_doctors.id: before_doctors}, readings={(old.document.id, old.document.version): old},
        documents={**DOCUMENTS, old.document.id: old.document.version},
    )  # fmt: skip
    brief = made(before, language)
    (line,) = [one for one in brief.sections[0].lines if isinstance(one, Line) and before_doctors.id in one.claim_ids]
    assert line.claim_ids == (fx.doctors.id, before_doctors.id)
    assert line.text.endswith(expected)
    assert next(quote.text for quote in line.quotes if quote.claim_id == before_doctors.id) in OLD_TEXT


def test_another_holder_is_set_against_all_that_was_given_before() -> None:
    before = then(tallies=tallies(fx.toll), now=tallies(fx.toll, fx.doctors), new=frozenset({fx.doctors.id}))
    (text,) = told(made(before), "Figures that moved")
    assert "164, according to doctors in Almaty (in Evening Ledger); before at least 26 (" in text


def test_the_same_number_again_is_no_move() -> None:
    before = then(tallies=tallies(fx.doctors), now=tallies(fx.doctors), new=frozenset({fx.doctors.id}))
    assert told(made(before), "Figures that moved") == []


def test_what_an_edit_took_out_is_told_as_gone_and_only_here() -> None:
    before = then(
        told={bridge.id: bridge}, dropped=frozenset({bridge.id}), readings={(old.document.id, old.document.version): old},
        documents={**DOCUMENTS, old.document.id: old.document.version},
    )  # fmt: skip
    brief = made(before)
    (text,) = told(brief, "Told before, and not any more")
    assert text == "No longer in the text: Evening Ledger reported: “A bridge was blown up near Taraz” (Taraz)."
    assert "Evening Ledger, “Doctors count the dead”: edited since" in told(brief, "Documents")
    gone = next(one for one in brief.sections[0].lines if one.text == text)
    moved = replace(brief, sections=(*brief.sections[:3], replace(brief.sections[3], lines=(gone,)), *brief.sections[4:]))
    with pytest.raises(BriefError, match="not told any more"):
        compile_brief(moved, fx.CLAIMS, fx.READINGS, before=before, **fx.records(FOUND))
    with pytest.raises(BriefError, match="unknown claims"):
        compile_brief(brief, fx.CLAIMS, fx.READINGS, **fx.records(FOUND))


def test_a_claim_that_a_person_rejected_says_so() -> None:
    before = then(
        told={bridge.id: bridge}, rejected=frozenset({bridge.id}), readings={(old.document.id, old.document.version): old}
    )
    (text,) = told(made(before), "Told before, and not any more")
    assert text.startswith("Rejected by a person: ")


def test_disputes_opened_settled_and_wider() -> None:
    now = FOUND["disputes"]
    contested = {one.record: one.group for one in made(then()).sections[4].lines if isinstance(one, Line)}
    opened = set(told(made(then(disputes=())), "Disputes that changed"))
    assert opened == {f"New dispute: {one}" for one in contested.values()}
    narrow = [replace(one, positions=one.positions[:1]) for one in now]
    assert all(text.startswith("One more position: ") for text in told(made(then(disputes=narrow)), "Disputes that changed"))
    settled = [replace(one, state="settled") for one in now]
    assert all(text.startswith("Open again: ") for text in told(made(then(disputes=settled)), "Disputes that changed"))


def test_conditions_declared_and_past_their_end() -> None:
    assert len(told(made(then(conditions=())), "Conditions first told of since")) == len(FOUND["conditions"])
    fresh = [replace(one, freshness="recent") for one in FOUND["conditions"]]
    past = [one for one in FOUND["conditions"] if one.freshness == "past"]
    assert len(told(made(then(conditions=fresh)), "Conditions past their stated end since")) == len(past)
    lasting = [replace(one, state="lifted") for one in FOUND["conditions"]]
    assert told(made(then(conditions=lasting)), "Conditions lifted or lapsed since") == []


def test_new_reports_confirmations_denials_documents_and_outlets() -> None:
    before = then(incidents=(), documents={}, new=frozenset(one.id for one in fx.CLAIMS))
    brief = made(before)
    assert told(brief, "New reports")
    assert len(told(brief, "Newly confirmed")) == len(brief.sections[2].lines)
    documents = told(brief, "Documents")
    assert documents[0] == "5 documents are new"
    assert documents[1].startswith("5 outlets are new: ")
    assert told(made(then(recoded=frozenset({fx.steppe.document.id}))), "Documents")[-1].startswith("1 document was coded anew")


def test_a_probability_that_moved_says_both_words() -> None:
    """The rule on the word of a number holds for both numbers of a move."""
    brief = made(then())
    fact = Fact("a coup attempt within 90 days: likely (60 %), before unlikely (30 %)", (), BANDS, (), ("new", "old"))
    bare = replace(brief, sections=(replace(brief.sections[0], lines=(fact,)),), charts=())

    weighed = Weighed("KAZ", "2022-01-08", (), {}, {"new": "likely", "old": "very unlikely"}, {})
    with pytest.raises(BriefError, match="the word for its number is “very unlikely”"):
        compile_brief(bare, fx.CLAIMS, fx.READINGS, weighed=weighed, **fx.records(FOUND))
