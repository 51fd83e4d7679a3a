"""Filters, order and pages of claims, reports and codings on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from foreshock.errors import LedgerError
from foreshock.ledger import Batch, Kept, Query
from foreshock.model import Damage, Place, PrivatePerson
from tests.ledger.records import CODER, DAY, claim, reading

HURT = (Damage("lost_number", 0, 1, "XNUMX", None, "a number is lost"),)
PLACES = {"Square of Peace": "площадь Мира", "Minsk": "Ｍinsk"}


@pytest.fixture
def varied(ledger):
    one, two = reading("a"), reading("b", language="ru")
    places = [Place(name, raw, "BLR", 53.9, 27.5, "site") for name, raw in PLACES.items()]
    ledger.add(
        one, [claim(one, 0), claim(one, 5, mode="injured", damage=HURT), claim(one, 9, place=places[0])], coder=CODER, now=DAY
    )
    ledger.add(two, [claim(two, 0, place=places[1]), claim(two, 7, place=None)], coder=CODER, now=DAY + timedelta(days=1))
    return ledger


@pytest.mark.parametrize(
    ("query", "count"),
    [
        (Query(mode="injured"), 1), (Query(damaged=True), 1), (Query(damaged=False), 4), (Query(place="peace"), 1),
        (Query(place="МИРА"), 1), (Query(place="minsk"), 1), (Query(place="%"), 0),
        (Query(countries=("BLR", "RUS")), 2), (Query(countries=()), 0),
        (Query(countries=("KAZ", "BLR"), damaged=False), 3), (Query(ids=()), 0), (Query(words="calm"), 5),
        (Query(words="calm -minsk", language="ru"), 1), (Query(kind="HARM", status="asserted", country="BLR"), 2),
    ],
)  # fmt: skip
def test_filters(varied, query, count):
    assert len(list(varied.claims(query))) == count
    assert [one.claim for one in varied.reports(query)] == list(varied.claims(query))


def test_claims_by_their_ids(varied):
    every = list(varied.claims())
    assert list(varied.claims(Query(ids=(every[3].id, every[0].id, "nobody")))) == [every[0], every[3]]
    with pytest.raises(LedgerError, match="too many"):
        list(varied.claims(Query(ids=("x",) * 20_001)))


def test_pages_are_the_whole_in_its_order(varied):
    every, paged, after = list(varied.claims()), [], None
    while page := list(varied.claims(Query(limit=2, after=after))):
        paged += page
        after = (page[-1].document_id, page[-1].start, page[-1].id)
    assert paged == every
    assert [one.id for one in varied.claims(Query(order="newest", limit=1))] == [claim(reading("b"), 7).id]


def test_a_report_has_what_joining_must_know(varied):
    reports = {one.claim.id: one for one in varied.reports()}
    found = reports[claim(reading("b"), 7).id]
    assert (found.source, found.published, found.known_at, found.arrival) == ("b.txt", "2022-01-08", "2022-01-09T09:00:00Z", 2)


def test_codings_arrive_in_order_with_all_that_was_read(ledger):
    persons = (PrivatePerson("victim", ((0, 4), (9, 13))),)
    first, edited = reading("a", published=None, published_by=None), reading("a", "Calm no more.")
    ledger.add(first, [claim(first, 9), claim(first)], coder=CODER, now=DAY, persons=persons)
    ledger.add(edited, [], coder=CODER, now=DAY - timedelta(days=9))
    one, two = ledger.codings()
    assert (one.document, one.claims, one.persons) == (first.document, (claim(first, 9), claim(first)), persons)
    assert (one.arrival, one.sequence, two.arrival, two.sequence) == (1, 1, 2, 2)
    # A clock that was set back is not followed.
    assert (one.known_at, two.known_at) == ("2022-01-08T09:00:00Z", "2022-01-08T09:00:00Z")
    assert list(ledger.codings(1)) == [two]
    assert list(ledger.codings(limit=1)) == [one]
    assert list(ledger.codings(2)) == []
    assert (ledger.last_arrival(), ledger.last_arrival("2022-01-08"), ledger.last_arrival("2022-01-07")) == (2, 2, 0)


def test_many_at_once_are_what_one_by_one_would_be(new_address):
    from foreshock.ledger import Ledger

    made = []
    for number in range(230):
        one = reading(f"d{number % 180}", f"Calm {number // 120}.")
        made.append(Batch(one, [claim(one), claim(one, 9)], CODER, DAY + timedelta(minutes=number)))
    with Ledger(new_address()) as one, Ledger(new_address()) as other:
        assert one.add_many(iter(made)) == Kept(230, 460)
        assert one.add_many(made) == Kept(0, 0)
        for batch in made:
            other.add(batch.reading, batch.claims, coder=batch.coder, now=batch.now)
        assert list(one.codings()) == list(other.codings())
        assert list(one.reports()) == list(other.reports())
        assert list(one.verify()) == []


def test_what_was_committed_stays_where_a_later_one_fails(ledger):
    good = [reading(f"d{number}") for number in range(250)]
    batches = [Batch(one, [claim(one)], CODER, DAY) for one in good]
    bad = replace(batches[-1], claims=[claim(good[-1]), claim(good[-1])])
    with pytest.raises(LedgerError, match="two claims of one id"):
        ledger.add_many([*batches[:-1], bad])
    assert ledger.last_arrival() == 200
    assert ledger.add_many(batches).documents == 50
