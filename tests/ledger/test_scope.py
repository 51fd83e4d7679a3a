"""Which claims belong to a crisis, on both engines."""

from dataclasses import replace

import pytest

from foreshock.ledger import Ledger, Query
from foreshock.model import Crisis, When
from tests.ledger.records import CODER, DAY, claim, reading


@pytest.fixture
def ledger(address):
    with Ledger(address) as kept:
        told, other, undated = reading("told"), reading("other"), reading("undated", published=None)
        nowhere = replace(claim(told, 20), place=None)
        elsewhere = replace(claim(told, 40), place=replace(claim(told).place, country="PER"))
        kept.add(told, [claim(told), nowhere, elsewhere], coder=CODER, now=DAY)
        kept.add(other, [replace(claim(other), place=None), replace(claim(other, 20), when=None)], coder=CODER, now=DAY)
        late = When("2022-02-01", None, "day", "since February")
        kept.add(undated, [replace(claim(undated), when=None), replace(claim(undated, 20), when=late)], coder=CODER, now=DAY)
        yield kept


def starts(ledger, **crisis):
    return sorted((one.document_id, one.start) for one in ledger.claims(Query(crisis=Crisis("x", **crisis))))


def ids(*rows):
    return sorted((reading(name).document.id, start) for name, start in rows)


def test_a_claim_without_a_place_counts_with_its_document(ledger):
    everywhere = ids(("told", 0), ("told", 20), ("other", 0), ("other", 20), ("undated", 0), ("undated", 20))
    assert starts(ledger, countries=("KAZ",)) == everywhere
    assert starts(ledger, countries=("PER",)) == ids(("told", 20), ("told", 40))
    assert starts(ledger, countries=("CHL",)) == []


def test_a_claim_without_a_date_counts_by_that_of_its_document(ledger):
    assert starts(ledger, since="2022-01-07") == ids(("other", 20), ("undated", 20))
    assert starts(ledger, until="2022-01-06") == ids(("told", 0), ("told", 20), ("told", 40), ("other", 0))
    assert starts(ledger, since="2022-02") == ids(("undated", 20))


def test_one_of_its_words_is_enough(ledger):
    assert len(starts(ledger, words=("storm", "calm"))) == 7
    assert starts(ledger, words=("storm", 'sto"rm')) == []
