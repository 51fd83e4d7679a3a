"""Lists of documents: pages, filters, counts and versions, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from foreshock.ledger import Ledger, Query
from foreshock.ledger import listing as module
from foreshock.ledger.listing import Listing, Wanted
from tests.ledger.records import CODER, DAY, claim, reading


@pytest.fixture
def five(ledger: Ledger) -> Ledger:
    """A ledger of five documents, of which the third was edited after the last."""
    for n in range(5):
        one = reading(
            f"d{n}",
            f"Calm number {n}.",
            language="ja" if n == 1 else "en",
            source=f"outlet {n % 2}",
            published=f"2022-01-0{n + 1}",
        )
        told = claim(one, status="denied" if n == 3 else "asserted", kind="PROTEST" if n == 4 else "HARM")
        hurt = replace(told, damage=(module_damage(),)) if n == 2 else told
        ledger.add(one, [hurt], coder=CODER, now=DAY + timedelta(hours=n))
    edited = reading("d2", "Calm number 2, edited.", source="outlet 0", published="2022-01-03")
    ledger.add(edited, [replace(claim(edited), damage=(module_damage(),))], coder=CODER, now=DAY + timedelta(days=1))
    return ledger


def module_damage() -> object:
    from foreshock.model import Damage

    return Damage("lost_number", 0, 4, "Calm", None, "why")


def arrivals(kept: Ledger, wanted: Wanted, *, limit: int = 30) -> list[int]:
    found, after = list[int](), None
    while True:
        page = Listing(kept).page(wanted, after=after, limit=limit)
        found += sorted(page.arrivals, reverse=True)
        if page.next is None:
            return found
        after = page.next


@pytest.mark.parametrize("limit", [1, 2, 30])
@pytest.mark.parametrize("words", [None, "calm"])
def test_each_document_is_on_one_page_by_its_latest_coding(five: Ledger, limit: int, words: str | None) -> None:
    found = arrivals(five, Wanted(words=words), limit=limit)
    assert sorted(found) == [1, 2, 4, 5, 6]
    assert words or found == [6, 5, 4, 2, 1]
    assert Listing(five).count(Wanted()) == 5


@pytest.mark.parametrize("words", [None, "calm"])
@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(language="ja"), {2}),
        (Wanted(source="outlet 1"), {2, 4}),
        (Wanted(since="2022-01-04"), {4, 5}),
        (Wanted(until="2022-01-02"), {1, 2}),
        (Wanted(since="2022-01-02", until="2022-01-03"), {2, 6}),
        (Wanted(claims=Query(kind="PROTEST")), {5}),
        (Wanted(claims=Query(status="denied")), {4}),
        (Wanted(claims=Query(kind="PROTEST", status="denied")), set()),
        (Wanted(claims=Query(damaged=True)), {6}),
        (Wanted(claims=Query(country="KAZ")), {1, 2, 4, 5, 6}),
        (Wanted(as_of="2022-01-08"), {1, 2, 3, 4, 5}),
        (Wanted(as_of="2022-01-08T10:30"), {1, 2}),
    ],
)
def test_filters(five: Ledger, wanted: Wanted, found: set[int], words: str | None) -> None:
    assert set(arrivals(five, replace(wanted, words=words))) == found
    assert Listing(five).count(wanted) == len(found)


def test_what_no_index_knows_is_looked_for_a_part_at_a_time(five: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_BACK", 2)
    first = Listing(five).page(Wanted(language="ja"))
    assert first.arrivals == ()
    assert first.looked_back
    assert first.next is not None
    assert arrivals(five, Wanted(language="ja")) == [2]


def test_what_filters_offer(five: Ledger) -> None:
    outlets, languages = Listing(five).lately()
    assert outlets == {"outlet 0": 4, "outlet 1": 2}
    assert languages == {"en": 5, "ja": 1}


def test_versions_are_the_codings_of_a_document(five: Ledger) -> None:
    name = reading("d2").document.id
    found = Listing(five).versions(name)
    assert [one.arrival for one in found] == [3, 6]
    assert found[0].version != found[1].version
    assert [one.arrival for one in Listing(five).versions(name, as_of="2022-01-08")] == [3]
    assert Listing(five).versions("none") == []
