"""Links as documents arrive: one by one, late, edited, read again, as of a moment; output of our own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from foreshock.briefs.notes import NOTICE
from foreshock.incidents.origins import all_links, document_groups, link_documents, links_of
from foreshock.incidents.origins.shingles import tokens
from foreshock.incidents.store import MemoryStore
from foreshock.model import Coding, Link
from tests.incidents.origins_gold import coding, codings, document, rows

REPORT = """The lighthouse at Grey Point went dark on Sunday night for the first time in 112 years, its keeper said.

A storm had torn down the mast that carries the cable from the village, and the spare engine did not start. Two trawlers
turned back to the harbour with 19 men aboard and waited there until morning.

The keeper, who is 71, lit 40 oil lamps by hand and kept them burning until a crew from the county came at 6.30 with a new
engine."""
EDITED = "Nothing happened at the lighthouse at Grey Point, the county said; a notice that said so had been put up by mistake."


def ids(**names: str) -> dict[str, str]:
    return {key: document("", name=name).id for key, name in names.items()}


def test_a_copy_is_linked_when_it_arrives_and_says_what_it_rests_on() -> None:
    store = MemoryStore()
    assert link_documents([coding(REPORT, 1, name="first", source="Pelican Courier")], store) == []
    (link,) = link_documents([coding(f"Dark night\n\n{REPORT}", 2, name="second", source="Thistle Mail")], store)
    assert (link.carrier, link.source, link.reason, link.score) == (*ids(c="second", s="first").values(), "copy", 1.0)
    words = len(tokens(REPORT)) - 2
    assert link.why == f"{words} of {words} shingles of the shorter text shared; published together; it came later"


def test_one_by_one_gives_the_links_that_all_at_once_gives() -> None:
    one, all_at_once = MemoryStore(), MemoryStore()
    for each in codings("open"):
        link_documents([each], one)
    link_documents(codings("open"), all_at_once)
    assert all_links(one) == all_links(all_at_once) != []


def test_reading_the_same_again_adds_nothing() -> None:
    store = MemoryStore()
    link_documents(codings("open"), store)
    before = all_links(store), list(store.entries("signature"))
    again = [Coding(one.document, (), "none", 1, one.arrival + 100, "2034-01-01T00:00:00Z") for one in codings("open")]
    assert link_documents(again, store) == []
    assert (all_links(store), list(store.entries("signature"))) == before


def test_an_original_that_arrives_late_becomes_the_source() -> None:
    store = MemoryStore()
    link_documents(
        [
            coding(REPORT, 1, name="copy", source="Thistle Mail", published="2031-02-12"),
            coding(REPORT, 2, name="other", source="Marble Arcade", published="2031-02-13"),
            coding(REPORT, 3, name="original", source="Pelican Courier", published="2031-02-10"),
        ],
        store,
    )
    groups = document_groups(all_links(store))
    assert set(groups.values()) == {document("", name="original").id}
    assert len(groups) == 3


def test_a_credit_that_is_added_later_turns_the_link() -> None:
    store = MemoryStore()
    link_documents(
        [coding(REPORT, 1, name="a", source="Pelican Courier"), coding(REPORT, 2, name="b", source="Thistle Mail")], store
    )
    (link,) = all_links(store)
    assert link.carrier == document("", name="b").id
    link_documents(
        [coding(f"{REPORT}\n\nThis story first appeared in Thistle Mail.", 3, name="a", source="Pelican Courier")], store
    )
    (turned,) = [one for one in all_links(store) if one.source != "Thistle Mail"]
    assert (turned.carrier, turned.source) == (link.source, link.carrier)
    assert turned.why.endswith("credit: ‘Thistle Mail’")


def test_an_edit_that_is_no_copy_any_more_withdraws_the_link_and_the_past_keeps_it() -> None:
    store = MemoryStore()
    link_documents([coding(REPORT, 1, name="a", source="Pelican Courier", known_at="2033-01-01T00:00:00Z")], store)
    link_documents([coding(REPORT, 2, name="b", source="Thistle Mail", known_at="2033-01-02T00:00:00Z")], store)
    link_documents([coding(EDITED, 3, name="b", source="Thistle Mail", known_at="2033-01-03T00:00:00Z")], store)
    one = document("", name="a").id
    assert all_links(store) == []
    assert links_of(store, [one]) == []
    assert len(all_links(store, as_of="2033-01-02T12:00:00Z")) == 1
    assert len(links_of(store, [one], as_of="2033-01-02T12:00:00Z")) == 1
    assert all_links(store, as_of="2033-01-01T12:00:00Z") == []


def test_a_form_with_other_numbers_is_no_copy() -> None:
    store = MemoryStore()
    form = (
        "On {} in the hills {} fires burned over {} hectares and {} people left their homes, the forest service of Altos said in "
        "its notice of the day."
    )
    link_documents(
        [
            coding(form.format("Monday", 7, 12_400, 1830), 1, name="a", source="Pelican Courier"),
            coding(form.format("Monday", 5, 13_900, 2115), 2, name="b", source="Thistle Mail"),
            coding(form.format("Monday", 7, 12_400, 1830), 3, name="c", source="Marble Arcade"),
        ],
        store,
    )
    groups = document_groups(all_links(store))
    assert set(groups) == set(ids(a="a", c="c").values())


def test_shared_quotations_alone_are_no_report() -> None:
    store = MemoryStore()
    found = [one for one, row in zip(codings("open"), rows("open"), strict=True) if row["id"].startswith("statement")]
    (link,) = link_documents(found, store)
    assert (link.reason, link.why.partition(";")[0]) == ("quote", "1 of 1 long quotations shared")
    assert document_groups([link]) == {}


def test_output_of_our_own_is_no_source_and_says_so() -> None:
    store = MemoryStore()
    brief = f"# Grey Point\n\n*{NOTICE}*\n\n{REPORT}"
    found = link_documents(
        [coding(brief, 1, name="brief", source="Desk"), coding(REPORT, 2, name="report", source="Pelican Courier")], store
    )
    assert [(link.carrier, link.source, link.reason) for link in found] == [
        (document("", name="brief").id, "Foreshock", "citation")
    ]
    assert NOTICE in found[0].why


def test_texts_of_earlier_calls_are_asked_for_and_not_kept() -> None:
    pair = [one for one, row in zip(codings("open"), rows("open"), strict=True) if row["id"] in ("mine-en", "mine-ru")]
    asked: list[list[str]] = []

    def texts(wanted: Sequence[str]) -> dict[str, str]:
        asked.append(list(wanted))
        return {one.document.id: one.document.text for one in pair if one.document.id in wanted}

    def vectors(sentences: Sequence[str]) -> list[list[float]]:
        # A sentence of one text is alike to that of the same place in the other only.
        half = len(sentences) // 2
        return [[1.0 if at % half == place else 0.0 for place in range(half)] for at in range(len(sentences))]

    store = MemoryStore()
    link_documents(pair[:1], store, vectors=vectors, texts=texts)
    found = link_documents(pair[1:], store, vectors=vectors, texts=texts)
    assert asked == [[pair[0].document.id]]
    assert [link.reason for link in found] == ["translation"]
    kept = str([entry.value for entry in store.entries("signature")])
    assert "coal" not in kept
    assert "угольной" not in kept


def test_a_text_that_nobody_gives_is_not_compared_by_vectors() -> None:
    pair = [one for one, row in zip(codings("open"), rows("open"), strict=True) if row["id"] in ("mine-en", "mine-ru")]
    store = MemoryStore()
    given: list[int] = []

    def vectors(sentences: Sequence[str]) -> Any:
        given.append(len(sentences))
        return [[1.0] for _ in sentences]

    for one in pair:
        assert link_documents([one], store, vectors=vectors) == []
    assert given == [9], "its own sentences only"


def test_a_footer_under_many_documents_makes_no_copies() -> None:
    store = MemoryStore()
    footer = (
        "Readers who saw something are asked to write to the desk by letter or to ring the bell at the yellow door in the old "
        "market hall."
    )
    found: list[Link] = []
    for at in range(1, 90):
        text = " ".join(f"word{at}x{place}" for place in range(40))
        found += link_documents([coding(f"{text}.\n\n{footer}", at, name=f"d{at}", source=f"Outlet {at}x")], store)
    assert found == []
