"""Codings that name somebody, and pages that go on although a document was coded again; on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from foreshock.ledger import Ledger, Query
from foreshock.ledger.naming import naming
from foreshock.model import PrivatePerson
from tests.ledger.records import CODER, DAY, claim, reading


def test_only_codings_that_name_somebody_are_read(ledger: Ledger) -> None:
    person = PrivatePerson("victim", ((0, 4),))
    for name, persons in (("a", ()), ("b", (person,)), ("c", ()), ("d", (person,))):
        ledger.add(reading(name, f"Anna {name}."), [], coder=CODER, now=DAY, persons=persons)
    found = list(naming(ledger, [1, 2, 3, 4]))
    assert [(one.arrival, one.document.text, one.persons, one.claims) for one in found] == [
        (2, "Anna b.", (person,), ()), (4, "Anna d.", (person,), ()),
    ]  # fmt: skip
    assert [one.arrival for one in naming(ledger, [1, 4])] == [4]
    assert list(naming(ledger, [])) == []


def test_a_page_goes_on_where_the_last_claim_was_coded_again(ledger: Ledger) -> None:
    read = {name: reading(name) for name in "abc"}
    made = {name: claim(one) for name, one in read.items()}
    for name, one in read.items():
        ledger.add(one, [made[name]], coder=CODER, now=DAY)
    first = next(ledger.reports(Query(order="newest", limit=1)))
    assert first.claim == made["c"]
    again = replace(read["c"], document=replace(read["c"].document, published="2022-01-07"))
    ledger.add(reading("d"), [claim(reading("d"))], coder=CODER, now=DAY + timedelta(hours=1))
    ledger.add(again, [made["c"]], coder=CODER, now=DAY + timedelta(hours=2))
    after = (first.claim.document_id, first.claim.start, first.claim.id)
    rest = list(ledger.claims(Query(order="newest", after=after, after_arrival=first.arrival)))
    assert rest == [made["b"], made["a"]]
    assert [one.id for one in ledger.claims(Query(order="newest", limit=1))] == [made["c"].id]
