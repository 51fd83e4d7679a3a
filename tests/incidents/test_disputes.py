"""Disputes: tables of reports and what is at odds between them, and what holds of any."""

import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from foreshock.incidents.disputes.register import disputes_of, walked_back_of
from foreshock.incidents.disputes.relation import relation
from foreshock.model import Dispute, Judgement, Report
from tests.incidents.reports import report

CASES = yaml.safe_load(Path(__file__).with_name("disputes.yaml").read_text(encoding="utf-8"))
RIVALS = [{"by": "police", "figures": [{"n": 14}]}, {"by": "organisers", "figures": [{"n": 31}]}]
DENIED = [
    {
        "by": "villagers",
        "text": "the army shelled the village of Sabil",
        "kind": "ASSAULT/heavy-weapons",
        "actor": "army / / MIL",
    },
    {"by": "army", "text": "it had shelled Sabil", "status": "denied", "kind": "ASSAULT/heavy-weapons", "actor": "army / / MIL"},
]


def reports(rows: list[dict[str, Any]]) -> list[Report]:
    return [report(row, number) for number, row in enumerate(rows)]


def told(rows: list[dict[str, Any]], *judgements: Judgement) -> list[Dispute]:
    return disputes_of([("incident", reports(rows))], {}, judgements)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_reports_give_their_disputes(case: dict[str, Any]) -> None:
    found = {one.matter: {position.label: list(position.holders) for position in one.positions} for one in told(case["reports"])}
    assert found == case["disputes"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_order_of_reports_does_not_matter(case: dict[str, Any]) -> None:
    made = reports(case["reports"])
    one, other = disputes_of([("i", made)], {}), disputes_of([("i", made[::-1])], {})
    assert {(d.id, frozenset(p.label for p in d.positions)) for d in one} == {
        (d.id, frozenset(p.label for p in d.positions)) for d in other
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_questions_are_sentences(case: dict[str, Any]) -> None:
    for one in told(case["reports"]):
        assert one.question[0].isupper()
        assert one.question.endswith("?")
        assert "None" not in one.question
        assert "  " not in one.question


def test_a_position_leads_to_its_sentences_and_origins() -> None:
    made = reports(RIVALS)
    (found,) = disputes_of([("incident", made)], {made[0].claim.id: "wire", made[1].claim.document_id: "own"})
    assert found.question == "How many people were killed?"
    assert [position.origins for position in found.positions] == [("wire",), ("own",)]
    quote = found.positions[0].quotes[0]
    assert (quote.claim_id, quote.text, quote.span) == (made[0].claim.id, "it happened", (0, 11))


def test_copies_join_their_position_and_do_not_make_another_dispute() -> None:
    copies = [{**RIVALS[0], "source": f"Copy {n}", "document": n} for n in range(4)]
    (found,) = told([*copies, RIVALS[1]])
    assert [len(position.quotes) for position in found.positions] == [4, 1]


def test_a_dispute_keeps_its_id_when_positions_are_added() -> None:
    (one,), (more,) = told(RIVALS), told([*RIVALS, {"by": "a priest", "figures": [{"n": 25}]}])
    assert one.id == more.id
    assert [position.label for position in more.positions] == ["14", "31", "25"]


def judgement(verdict: Any, subject: str, at: str, by: str = "analyst") -> Judgement:
    subject_kind: Any = "dispute"
    return Judgement(f"j-{at}", subject_kind, verdict, (subject,), by, at, "the register lists 31")


def test_a_person_settles_reopens_and_takes_back() -> None:
    (found,) = told(RIVALS)
    settle = judgement("settle", found.id, "2031-05-03T00:00:00Z")
    (settled,) = told(RIVALS, settle)
    assert (settled.state, settled.settled_by, settled.note) == ("settled", settle.id, "the register lists 31")
    (reopened,) = told(RIVALS, judgement("reopen", found.id, "2031-05-04T00:00:00Z"), settle)
    assert (reopened.state, reopened.settled_by) == ("open", None)
    (taken,) = told(RIVALS, settle, judgement("withdraw", settle.id, "2031-05-05T00:00:00Z"))
    assert taken.state == "open"
    (other,) = told(RIVALS, judgement("settle", "another dispute", "2031-05-03T00:00:00Z"))
    assert other.state == "open"


def test_a_denial_without_day_or_place_answers_an_act_of_another_incident() -> None:
    held, denial = reports(DENIED)
    (found,) = disputes_of([("shelling", [held]), ("denial", [denial])], {})
    assert (found.incident_id, found.matter) == ("shelling", "standing")


def test_a_denial_of_an_act_of_somebody_else_answers_nothing_elsewhere() -> None:
    held, denial = reports([DENIED[0], {**DENIED[1], "actor": "navy / / MIL"}])
    assert disputes_of([("shelling", [held]), ("denial", [denial])], {}) == []


def test_who_says_otherwise_later_walked_back() -> None:
    rows = [
        {"by": "police", "published": "2031-05-02", "figures": [{"n": 31}]},
        {"by": "police", "published": "2031-05-04", "figures": [{"n": 14}]},
    ]
    (found,) = walked_back_of(reports(rows))
    made = reports(rows)
    assert (found.holder, found.earlier, found.later, found.matter) == ("police", made[0].claim.id, made[1].claim.id, "figure")
    assert walked_back_of(reports(RIVALS)) == []


def test_relation_of_two_claims_has_a_reason() -> None:
    held, denial = reports(DENIED)
    found = relation(held, denial)
    assert (found.label, found.matter) == ("contradict", "standing")
    assert found.why == "army denies it, villagers holds it"
    elsewhere = report({"text": "the central bank raised its key rate", "kind": "STATE"}, 7)
    assert relation(held, elsewhere).label == "unrelated"
    again = report({"by": "a priest", "text": "the army shelled the village of Sabil", "kind": "ASSAULT/heavy-weapons"}, 8)
    assert relation(held, again).label == "compatible"


def test_two_thousand_reports_take_no_time() -> None:
    rows = [
        {
            "source": f"Paper {n % 300}",
            "by": f"holder {n % 40}",
            "text": f"the army shelled the village of Sabil {n}",
            "figures": [{"n": n % 9}],
        }
        for n in range(2000)
    ]
    made = reports(rows)
    began = time.perf_counter()
    assert len(disputes_of([("incident", made)], {})) == 1
    assert time.perf_counter() - began < 20
