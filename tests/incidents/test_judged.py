"""What a person decided of a claim takes part in every later reading, and can be taken back."""

import pytest

from foreshock.errors import LedgerError
from foreshock.incidents.judgements.judged import apply, override_of, standing
from foreshock.incidents.judgements.judging import check
from foreshock.model import Judgement
from tests.incidents.records import Press

PRESS = Press()
ONE = PRESS.report("Soldiers shot two porters", "ASSAULT", "firearms")
OTHER = PRESS.report("The harbour was shut", "COERCE", "restrict")


def judge(number, verdict, *subjects, subject="claim", hour=8, changes=(), by="A. Analyst", why="the record says otherwise"):
    return Judgement(f"j{number}", subject, verdict, subjects, by, f"2022-03-02T{hour:02}:00:00Z", why, tuple(changes))


def test_a_rejected_claim_is_left_out_and_stays_listed():
    found = apply([ONE, OTHER], [judge(1, "reject", ONE.claim.id)])
    assert found.effective == [OTHER]
    assert found.rejected == [ONE]


def test_a_later_judgement_supersedes_an_earlier_one_whatever_their_order_in_hand():
    later, earlier = judge(2, "confirm", ONE.claim.id, hour=9), judge(1, "reject", ONE.claim.id, hour=8)
    found = apply([ONE], [later, earlier])
    assert found.effective == [ONE]
    assert found.confirmed == {ONE.claim.id: later}


def test_a_judgement_can_be_taken_back_and_the_taking_back_too():
    reject = judge(1, "reject", ONE.claim.id, hour=8)
    back = judge(2, "withdraw", "j1", hour=9)
    again = judge(3, "withdraw", "j2", hour=10)
    assert apply([ONE], [reject, back]).rejected == []
    assert apply([ONE], [reject, back, again]).rejected == [ONE]
    assert [one.id for one in standing([reject, back, again])] == ["j1"]


def test_an_amendment_replaces_fields_and_keeps_id_and_words():
    changes = [
        ("status", '"denied"'),
        ("recipient", '{"name": "porters", "raw": "two porters", "sector": "LAB"}'),
        ("when", "null"),
    ]
    (found,) = apply([ONE], [judge(1, "amend", ONE.claim.id, changes=changes)]).effective
    assert (found.claim.status, found.claim.recipient.sector, found.claim.when) == ("denied", "LAB", None)
    assert (found.claim.id, found.claim.text, found.claim.kind) == (ONE.claim.id, ONE.claim.text, "ASSAULT")
    assert found.arrival == ONE.arrival


def test_a_claim_that_was_amended_can_be_confirmed_and_one_rejected_can_be_mended():
    amend = judge(1, "amend", ONE.claim.id, hour=8, changes=[("mode", '"beat"')])
    confirmed = apply([ONE], [amend, judge(2, "confirm", ONE.claim.id, hour=9)])
    assert confirmed.effective[0].claim.mode == "beat"
    assert set(confirmed.confirmed) == set(confirmed.amended) == {ONE.claim.id}
    assert apply([ONE], [judge(0, "reject", ONE.claim.id, hour=7), amend]).rejected == []


def test_a_place_of_a_movement_is_amended_in_the_shape_that_claims_are_printed_in():
    town = '{"name": "Luganville", "raw": "Luganville", "country": "VUT", "lat": null, "lon": null, "precision": "city"}'
    place = town[:-1] + f', "from": {town}}}'
    (found,) = apply([OTHER], [judge(1, "amend", OTHER.claim.id, changes=[("place", place)])]).effective
    assert found.claim.place.origin.name == "Luganville"


def test_the_last_override_that_stands_is_read():
    first = judge(1, "override", "Lagoon Post", subject="source", hour=8, changes=[("reliability", '"B"')])
    second = judge(2, "override", "Lagoon Post", subject="source", hour=9, changes=[("reliability", "D")])
    assert override_of([first, second], "source", "Lagoon Post", "reliability") == ("D", second)
    back = judge(3, "withdraw", "j2", hour=10)
    assert override_of([first, second, back], "source", "Lagoon Post", "reliability") == ("B", first)
    assert override_of([first, second], "source", "Reef Herald", "reliability") is None


GOOD = [
    judge(1, "confirm", "c1"),
    judge(1, "amend", "c1", changes=[("kind", '"COERCE"'), ("mode", '"curfew"')]),
    judge(1, "same", "c1", "c2"),
    judge(1, "withdraw", "j0", subject="source"),
    judge(1, "settle", "x1", subject="dispute", changes=[("position", '"denied"')]),
    judge(1, "override", "Lagoon Post", subject="source", changes=[("reliability", '"B"')]),
    judge(1, "override", "i1", subject="incident", changes=[("credibility", "2")]),
    judge(1, "release", "Adele Reef", subject="person"),
]
BAD = [
    (judge(1, "confirm", "c1", by=" "), "without 'by'"),
    (judge(1, "confirm", "c1", why=""), "without 'why'"),
    (Judgement("j", "claim", "confirm", ("c1",), "A.", "yesterday", "so"), "no moment"),
    (judge(1, "settle", "c1"), "cannot be said of a claim"),
    (judge(1, "same", "c1"), "is of 2"),
    (judge(1, "same", "c1", "c1"), "is of 2"),
    (judge(1, "confirm"), "is of 1"),
    (judge(1, "amend", "c1"), "changes nothing"),
    (judge(1, "amend", "c1", changes=[("text", '"new words"')]), "cannot be amended"),
    (judge(1, "amend", "c1", changes=[("status", "denied")]), "not JSON"),
    (judge(1, "amend", "c1", changes=[("status", '"untrue"')]), "does not fit"),
    (judge(1, "amend", "c1", changes=[("actor", '{"name": "A", "raw": "A", "contry": "VUT"}')]), "none of it"),
    (judge(1, "amend", "c1", changes=[("actor", '{"raw": "A"}')]), "does not fit"),
    (judge(1, "amend", "c1", changes=[("holders", "[]")]), "to nobody"),
    (judge(1, "amend", "c1", changes=[("when", '{"start": "soon", "end": null, "precision": "day", "raw": ""}')]), "no date"),
    (judge(1, "amend", "c1", changes=[("mode", '"curfew"'), ("mode", '"arrest"')]), "twice"),
    (judge(1, "amend", "c1", changes=[("kind", '"ASSAULT"'), ("mode", '"curfew"')]), "no mode of ASSAULT"),
    (judge(1, "override", "x", subject="source", changes=[("reliability", '"G"')]), "no grade"),
    (judge(1, "override", "x", subject="source", changes=[("credibility", "1")]), "changes reliability"),
    (judge(1, "override", "x", subject="incident", changes=[("credibility", "7")]), "no grade"),
    (judge(1, "confirm", "c1", changes=[("status", '"denied"')]), "changes no field"),
]


@pytest.mark.parametrize("one", GOOD, ids=lambda one: f"{one.subject}-{one.verdict}")
def test_what_can_be_decided_is_kept(one):
    assert check(one) is None


@pytest.mark.parametrize(("one", "found"), BAD, ids=[found for _, found in BAD])
def test_what_cannot_be_is_refused_with_a_remedy(one, found):
    with pytest.raises(LedgerError, match=found) as error:
        check(one)
    assert error.value.remedy
