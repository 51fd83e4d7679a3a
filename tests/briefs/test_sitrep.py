"""Where claims go, what is contested, how conditions age, and what a brief says of its own reading."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from foreshock.briefs.before import Before
from foreshock.briefs.brief import Brief, Fact, Line, Section, lines_of
from foreshock.briefs.compile import compile_brief
from foreshock.briefs.sitrep import TITLES, compose
from foreshock.dates import last_day
from foreshock.errors import CatalogueError
from foreshock.model import Claim, Judgement, Reading
from tests.briefs import fixtures as fx


def brief(claims: tuple[Claim, ...] = fx.CLAIMS, readings: tuple[Reading, ...] = fx.READINGS, **changes: Any) -> Brief:
    given = {"now": fx.NOW, "as_of": "2022-01-10", "title": "Test", "language": "en", **changes}
    judgements = given.pop("judgements", ())
    found = fx.joined(claims, readings, today=last_day(given["as_of"]), judgements=judgements)
    return compile_brief(compose(readings, claims, **{**found, **given}), claims, readings, **fx.records(found))


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
        (fx.arrest, "reported"), (fx.strength, "reported"), (fx.curfew, "conditions"), (fx.column, "conditions"),
        (fx.blackout, "conditions"), (fx.toll, "confirmed"), (fx.doctors, "confirmed"),
        (fx.outlook, "assessments"), (fx.unlike, "assessments"),
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


@pytest.mark.parametrize("changes", [{"as_of": "2022-01-03"}, {"state": "lost", "best": None}])
def test_counts_of_other_days_and_lost_ones_are_no_dispute(changes: dict[str, Any]) -> None:
    exact = replace(fx.toll, figures=(replace(fx.toll.figures[0], **{"bound": None, **changes}),))
    assert claims_in(brief((exact, fx.doctors)), "contested") == set()


def test_positions_stand_under_one_question_each_with_its_origins() -> None:
    lines = [line for line in section(brief(), "contested").lines if isinstance(line, Line)]
    assert {line.group for line in lines} == {"Did it happen: gunfire (Almaty; 7 January 2022)?"}
    assert [(line.position, line.claim_ids) for line in lines] == [
        ("it is not so · 1 origin", (fx.denial.id,)),
        ("it is so · 1 origin", (fx.witnesses.id,)),
    ]


def test_a_denial_by_a_party_does_not_take_away_that_two_origins_confirm_it() -> None:
    other = fx.reading("Paper Boat", "en", "Soldiers fired on hospitals in Almaty on Friday, a surgeon said.")
    surgeon = fx.claim(other, fx.witnesses.text, "ASSAULT", "firearms", "asserted", fx.speaker("a surgeon"), place=fx.ALMATY,
                       when=fx.FRIDAY, actor=fx.witnesses.actor)  # fmt: skip
    made = brief((fx.denial, fx.witnesses, surgeon), (*fx.READINGS, other))
    lines = [line for line in section(made, "contested").lines if isinstance(line, Line)]
    assert {line.position for line in lines} == {
        "it is not so · 1 origin",
        "it is so · 2 origins · Confirmed by two origins of which one is no party to it",
    }


def test_rival_counts_are_told_as_figures() -> None:
    exact = replace(fx.toll, figures=(replace(fx.toll.figures[0], bound=None),))
    lines = [line for line in section(brief((exact, fx.doctors)), "contested").lines if isinstance(line, Line)]
    assert [line.figure.best for line in lines if line.figure] == [26, 164]
    assert {line.group for line in lines} == {"How many: Killed · protesters · Almaty · cumulative?"}
    assert [line.position for line in lines] == ["26 killed · 1 origin", "164 killed · 1 origin"]


def test_a_settled_dispute_stays_and_says_by_which_note() -> None:
    (dispute,) = fx.joined()["disputes"]
    note = "The ministry withdrew its denial on 9 January; confirmed by its spokesman."
    settled = Judgement("j1", "dispute", "settle", (dispute.id,), "ann", "2022-01-09T10:00:00Z", note)
    first, *lines = section(brief(judgements=(settled,)), "contested").lines
    assert isinstance(first, Fact)
    assert first.text == f"Settled by a person: {note}"
    assert set(first.document_ids) == {fx.steppe.document.id, fx.evening.document.id}
    assert {one for line in lines if isinstance(line, Line) for one in line.claim_ids} == {fx.denial.id, fx.witnesses.id}


def test_without_records_nothing_is_contested_in_force_or_confirmed_and_that_is_said() -> None:
    made = compose(fx.READINGS, fx.CLAIMS, now=fx.NOW, as_of=None, title="Test", language="en")
    for name in ("contested", "conditions", "confirmed", "origins"):
        assert section(made, name).lines == ()
        assert "Nothing was joined" in section(made, name).note
    assert claims_in(made, "denied") == {fx.denial.id}
    assert compile_brief(made, fx.CLAIMS, fx.READINGS) is made


def test_what_is_confirmed_says_why_and_by_how_many_origins() -> None:
    (line,) = section(brief(), "confirmed").lines
    assert isinstance(line, Line)
    assert line.group == "Confirmed by two origins of which one is no party to it"
    assert line.origins == 2
    assert set(line.claim_ids) == {fx.toll.id, fx.doctors.id}
    assert line.text.startswith("Deaths (Almaty; 7 January 2022): told by ")
    assert line.why is not None


@pytest.mark.parametrize("changes", [{"status": "alleged"}, {"status": "rumoured"}, {"negated": True}])
def test_one_origin_that_affirms_is_not_called_confirmed(changes: dict[str, Any]) -> None:
    made = brief((replace(fx.toll, **changes), fx.doctors))
    assert not any("onfirmed by" in (line.group or "") for _, line in lines_of(made))


def test_two_sources_that_say_the_same_are_one_line_with_its_origins() -> None:
    """One incident, one act, two holders of one side: told alike, and not confirmed, for both are of the party."""
    police = fx.reading("Paper Boat", "en", "Police in Almaty said that at least 26 rioters were killed in Almaty.")
    again = fx.claim(police, "at least 26 rioters were killed in Almaty", "HARM", "killed", "asserted",
                     fx.speaker("police of Kazakhstan", "Police in Almaty"), place=fx.ALMATY, when=fx.FRIDAY,
                     recipient=fx.toll.recipient,
                     figures=(replace(fx.toll.figures[0], start=45, end=56),))  # fmt: skip
    made = brief((fx.toll, again), (fx.steppe, police))
    (line,) = [line for part, line in lines_of(made) if part.id in ("reported", "confirmed")]
    assert set(line.claim_ids) == {fx.toll.id, again.id}
    assert line.origins == 2


@pytest.mark.parametrize(
    ("as_of", "published", "age", "words"),
    [
        ("2022-01-10", "2022-01-07", "recent", "last claimed 7 January 2022; in the words"),
        ("2022-01-12", "2022-01-07", "recent", "last claimed 7 January 2022; in the words"),
        ("2022-01-15", "2022-01-07", "ageing", "last claimed 7 January 2022, ageing; in the words"),
        ("2022-01-20", "2022-01-07", "past", "last claimed 7 January 2022, past its stated end; in the words"),
        ("2022-01-10", None, "unknown", "date of the claim not known, age not known; in the words"),
    ],
)
def test_conditions_age(as_of: str, published: str | None, age: str, words: str) -> None:
    read = replace(fx.steppe, document=replace(fx.steppe.document, published=published))
    (line,) = section(brief((fx.curfew,), (read,), as_of=as_of), "conditions").lines
    assert isinstance(line, Line)
    assert line.age == age
    assert words in line.text


def test_an_ended_condition_stays_and_says_that_it_is_over() -> None:
    (line,) = section(brief((replace(fx.blackout, phase="ended"),)), "conditions").lines
    assert isinstance(line, Line)
    assert line.age == "past"
    assert "lifted, according to かわら通信" in line.text


def test_a_condition_says_who_declared_it_until_when_and_who_tells_it() -> None:
    (line,) = section(brief((fx.curfew,)), "conditions").lines
    assert isinstance(line, Line)
    assert line.text == (
        "Curfew, declared by Aidar Senov (Almaty; from 7 January 2022; until 19 January 2022): in effect, according to "
        "Steppe Wire; last claimed 7 January 2022; in the words of Steppe Wire: “a curfew in Almaty until 19 January”."
    )


def test_a_rumoured_condition_is_told_as_a_rumour() -> None:
    (line,) = section(brief((fx.column,)), "conditions").lines
    assert "rumour, unconfirmed, according to Steppe Wire" in line.text


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


def test_a_copy_is_carried_and_counts_one_origin() -> None:
    copy = fx.reading("Copy Desk", "en", fx.STEPPE, published="2022-01-08")
    again = fx.claim(copy, fx.toll.text, "HARM", "killed", "asserted", fx.toll.holders[1], place=fx.ALMATY, when=fx.FRIDAY,
                     recipient=fx.toll.recipient, figures=fx.toll.figures)  # fmt: skip
    made = brief((fx.toll, again), (fx.steppe, copy))
    texts = [line.text for line in section(made, "origins").lines]
    assert texts[0] == "1 independent origin behind 2 documents with claims"
    assert any(text.startswith("Copy Desk ← Steppe Wire: copy; ") for text in texts)
    (line,) = [line for part, line in lines_of(made) if part.id == "reported"]
    assert line.origins == 1


def test_sources_carry_their_grade_and_how_thin_it_is() -> None:
    row = next(one for one in section(brief(), "sources").lines if isinstance(one, Fact) and "Steppe Wire" in one.text)
    assert dict(row.cells)["Grade"] == "F (too thin a record; 0 borne out, 0 refuted, 0 taken back)"


def test_sources_carry_custody_and_marks_of_machine_translation() -> None:
    row = next(one for one in section(brief(), "sources").lines if isinstance(one, Fact) and "かわら通信" in one.text)
    assert fx.kawara.document.custody.sha256[:12] in row.text
    assert "gtranslate" in row.text


def test_changes_are_told_only_against_an_earlier_brief() -> None:
    assert "No earlier brief is kept" in section(brief(), "changes").note
    same = Before("2022-01-08", documents={one.document.id: one.document.version for one in fx.READINGS}, **fx.then())
    assert "Nothing that this brief tells has changed" in section(brief(before=same), "changes").note


def test_gaps_tell_what_one_origin_or_one_outlet_alone_tells() -> None:
    told = {one.group: one for one in section(brief(), "gaps").lines if isinstance(one, Fact)}
    alone = [
        one for one in fx.joined()["incidents"] if len(one.origins) == 1 and one.kind in ("ASSAULT", "COERCE", "MOBILIZE", "HARM")
    ]
    assert told["Missing confirmations"].text.startswith(f"{len(alone)} incidents of violence")
    assert told["Areas"].text == "One outlet alone tells of Taraz"
    assert told["Areas"].document_ids == (fx.steppe.document.id,)


def test_the_order_of_claims_does_not_matter() -> None:
    assert brief() == brief(tuple(reversed(fx.CLAIMS)))


def test_an_empty_reading_makes_an_empty_brief() -> None:
    made = brief((), ())
    assert lines_of(made) == []
    assert section(made, "figures").note == "No key figure was coded."


def test_a_language_without_a_catalogue_is_refused() -> None:
    with pytest.raises(CatalogueError, match="no brief in 'xx'"):
        brief(language="xx")
