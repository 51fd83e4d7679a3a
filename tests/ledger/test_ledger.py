"""The ledger on both engines: what is kept, once, and what is read back as of when."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from foreshock.errors import LedgerError
from foreshock.ledger import Kept, Ledger, Query
from foreshock.model import Holder, Place, When
from tests.ledger.records import CODER, DAY, claim, reading


def keep(ledger, one, claims, *, now: datetime = DAY, coder: str = CODER) -> Kept:
    return ledger.add(one, claims, coder=coder, now=now)


def test_what_is_kept_is_read_back_field_for_field(ledger):
    one = reading()
    assert keep(ledger, one, [claim(one, 9), claim(one, 0)]) == Kept(1, 2)
    assert list(ledger.claims()) == [claim(one, 0), claim(one, 9)]
    assert list(ledger.documents()) == [one.document]
    assert ledger.latest_documents() == [one.document]


def test_the_same_input_twice_adds_nothing(ledger):
    one = reading()
    keep(ledger, one, [claim(one)])
    assert not ledger.knows(one.document, "rules@2")
    assert ledger.knows(one.document, CODER)
    assert keep(ledger, one, [claim(one)], now=DAY + timedelta(days=3)) == Kept(0, 0)
    assert len(list(ledger.claims())) == 1
    assert len(list(ledger.claims(Query(as_of="2022-01-08")))) == 1


def test_a_document_without_claims_is_known_too(ledger):
    one = reading()
    assert keep(ledger, one, []) == Kept(1, 0)
    assert ledger.knows(one.document, CODER)
    assert ledger.latest_documents() == [one.document]


def test_an_edit_is_a_new_version_and_the_old_one_stays(ledger):
    first, second = reading(text="Calm."), reading(text="Calm no more.")
    keep(ledger, first, [claim(first), claim(first, 9)])
    keep(ledger, second, [claim(second)], now=DAY + timedelta(days=1))
    assert list(ledger.claims()) == [claim(second)]
    assert ledger.latest_documents() == [second.document]
    assert [one.text for one in ledger.documents()] == ["Calm.", "Calm no more."]
    assert list(ledger.claims(Query(as_of="2022-01-08"))) == [claim(first), claim(first, 9)]
    assert ledger.latest_documents(as_of="2022-01-08") == [first.document]


def test_an_edit_kept_in_the_same_second_is_still_the_later_one(ledger):
    versions = [reading(text=f"Edit {number}.") for number in range(6)]
    for one in versions:
        keep(ledger, one, [])
    assert ledger.latest_documents() == [versions[-1].document]


def test_a_recoding_supersedes(ledger):
    one = reading()
    keep(ledger, one, [claim(one), claim(one, 9)])
    again = claim(one, 0, coder="rules@2", kind="ASSAULT")
    assert keep(ledger, one, [again], coder="rules@2", now=DAY + timedelta(hours=2)) == Kept(0, 1)
    assert list(ledger.claims()) == [again]
    assert len(list(ledger.claims(Query(as_of="2022-01-08T10:00")))) == 2
    assert len(list(ledger.documents())) == 1


def test_another_date_of_publication_is_another_coding(ledger):
    one = reading()
    dated = reading(published="2022-01-07", published_by="dateline")
    moved = claim(dated, when=When("2022-01-04", "2022-01-04", "day", "on Wednesday"))
    keep(ledger, one, [claim(one)])
    assert not ledger.knows(dated.document, CODER)
    assert keep(ledger, dated, [moved]) == Kept(0, 1)
    assert list(ledger.claims()) == [moved]
    assert ledger.latest_documents() == [dated.document]


def test_an_undated_document_is_known_as_undated(ledger):
    one = reading(published=None, published_by=None)
    keep(ledger, one, [])
    assert ledger.knows(one.document, CODER)
    assert ledger.latest_documents() == [one.document]


@pytest.mark.parametrize(
    ("as_of", "found"),
    [
        ("2021", 0), ("2022", 2), ("2022-01", 2), ("2022-01-07", 0), ("2022-01-08", 1), ("2022-01-08T08:59", 0),
        ("2022-01-08T09:00", 1), ("2022-01-09", 2), (None, 2),
    ],
)  # fmt: skip
def test_as_of_gives_what_was_known_then(ledger, as_of, found):
    for name, day in (("a", DAY), ("b", DAY + timedelta(days=1))):
        one = reading(name)
        keep(ledger, one, [claim(one)], now=day)
    assert len(list(ledger.claims(Query(as_of=as_of)))) == found
    assert len(list(ledger.documents(as_of=as_of))) == found
    assert len(ledger.latest_documents(as_of=as_of)) == found


WHENS = {
    "day": When("2022-01-05", "2022-01-05", "day", "x"),
    "month": When("2022-01", "2022-01", "month", "x"),
    "since": When("2022-01-06", None, "range", "x"),
    "by": When(None, "2022-01-04", "range", "x"),
    "hour": When("2022-01-07T18:00", "2022-01-07T18:00", "part_of_day", "x"),
    "undated": None,
}


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        (None, None, "day month since by hour undated"),
        ("2022-01-05", "2022-01-05", "day month"),
        ("2022-01-06", None, "month since hour"),
        (None, "2022-01-04", "month by"),
        ("2022-01-31", "2022-02", "month since"),
        ("2022-02", None, "since"),
        (None, "2021", "by"),
        ("2022-01-07T12:00", "2022-01-07", "month since hour"),
    ],
)
def test_a_window_keeps_what_can_have_happened_in_it(ledger, since, until, found):
    for name, when in WHENS.items():
        one = reading(name)
        keep(ledger, one, [claim(one, when=when, text=name)])
    assert {one.text for one in ledger.claims(Query(since=since, until=until))} == set(found.split())


@pytest.fixture
def varied(ledger):
    one, two = reading("a"), reading("b", language="ru")
    holders = (
        Holder("Токаев", "speaker", "президент Токаев", "asserted"),
        Holder("ＫＮＢ 100%", "outlet", "the committee", "asserted"),
    )
    keep(ledger, one, [claim(one, 0), claim(one, 5, status="denied"), claim(one, 9, kind="COERCE")])
    keep(
        ledger,
        two,
        [claim(two, holders=holders, place=Place("Minsk", "Минск", "BLR", None, None, "city")), claim(two, 7, place=None)],
    )
    return ledger


@pytest.mark.parametrize(
    ("query", "count"),
    [
        (Query(), 5), (Query(kind="COERCE"), 1), (Query(kind="HARM", status="denied"), 1), (Query(language="ru"), 2),
        (Query(country="BLR"), 1), (Query(holder="gazette"), 4), (Query(holder="токаев"), 1), (Query(holder="ТОКАЕВ"), 1),
        (Query(holder="knb"), 1), (Query(holder="100%"), 1), (Query(holder="%"), 1), (Query(holder="_"), 0),
        (Query(holder="committee"), 1), (Query(limit=3), 3), (Query(document=reading("b").document.id), 2),
        (Query(document="nobody"), 0), (Query(kind="HARM", country="KAZ", holder="boot", limit=1), 1),
    ],
)  # fmt: skip
def test_filters(varied, query, count):
    assert len(list(varied.claims(query))) == count


def test_two_claims_of_one_id_are_refused_and_nothing_is_kept(ledger):
    one = reading()
    twice = [claim(one), replace(claim(one), status="denied")]
    with pytest.raises(LedgerError, match=r"two claims of one id in a\.txt"):
        keep(ledger, one, twice)
    assert list(ledger.documents()) == []


@pytest.mark.parametrize("query", [Query(as_of="soon"), Query(since="2022-13"), Query(until="yesterday")])
def test_a_date_that_is_none_is_refused(ledger, query):
    with pytest.raises(LedgerError, match="is no date"):
        list(ledger.claims(query))


def test_a_ledger_is_read_while_it_is_read(ledger):
    one = reading()
    keep(ledger, one, [claim(one), claim(one, 9)])
    found = ledger.claims()
    assert next(found) == claim(one)
    two = reading("b")
    keep(ledger, two, [claim(two)])
    assert [next(found)] == [claim(one, 9)]
    found.close()
    assert len(list(ledger.claims())) == 3


def test_times_without_a_zone_are_refused(ledger):
    with pytest.raises(ValueError, match="no time zone"):
        keep(ledger, reading(), [], now=DAY.replace(tzinfo=None))


def test_a_path_with_signs_of_an_address_is_a_path(tmp_path: Path):
    path = tmp_path / "a?mode=ro#x%20 é.sqlite"
    with Ledger(path) as ledger:
        keep(ledger, reading(), [])
    assert path.is_file()
