"""Lists of subscriptions: real ones in and out again, hostile ones refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from foreshock.errors import SourceError
from foreshock.ledger import Ledger
from foreshock.ledger.feeds import Feeds
from foreshock.model import Feed
from foreshock.pipeline import export_opml, feed_at, import_opml, subscribe
from foreshock.reading.extract.charset import decode
from foreshock.sources.feeds.opml import SubscriptionList, read_opml, write_opml
from tests.feeds import NOW

LISTS = Path(os.environ.get("FORESHOCK_DATA", Path(__file__).parents[4] / "shared" / "data")) / "feeds" / "opml_countries"


def read(data: bytes) -> SubscriptionList:
    return read_opml(data, decode=lambda one, declared: decode(one, declared=declared).text)


def outlines(inside: str) -> bytes:
    return f"<?xml version='1.0'?><opml version='2.0'><head><title>Mine</title></head><body>{inside}</body></opml>".encode()


def test_nested_categories_and_what_is_not_taken() -> None:
    found = read(
        outlines(
            "<outline text='Asia'><outline text='カザフ &amp; 隣国'>"
            "<outline text='Felt' type='rss' xmlUrl='https://felt.example/f'/></outline>"
            "<outline text='Felt again' xmlUrl='https://felt.example/f#x'/></outline><outline text='Bad' xmlUrl='file:///etc/passwd'/>"
            "<outline text='Site' type='link' htmlUrl='https://site.example/'/>"
            "<outline type='include' url='https://more.example/list.opml' text='L'/>"
            "<outline text='S' xmlUrl='javascript:alert(1)'/><outline text='P' xmlUrl='https://u:p@felt.example/'/>"
        )
    )
    assert [(one.address, one.name, one.page) for one in found.feeds] == [
        ("https://felt.example/f", "Felt", False),
        ("https://site.example/", "Site", True),
    ]
    assert found.feeds[0].categories == (("Asia", "カザフ & 隣国"),)
    assert len(found.refused) == 4
    assert "more.example" in found.refused[0]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no OPML"),
        (b"<html></html>", "no OPML"),
        (b"<opml>" + b" " * 5_000_001, "5,000,00"),
        (outlines("<outline text='x'>" * 5000), "more than 100 deep"),
    ],
)
def test_what_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read(data)


def test_entities_are_not_expanded() -> None:
    bomb = b"<!DOCTYPE opml [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'><!ENTITY c SYSTEM 'file:///etc/passwd'>]>"
    (one,) = read(bomb + outlines("<outline text='&b;&c;' xmlUrl='https://a.example/&b;'/>")).feeds
    assert "aaaa" not in one.name + one.address
    assert "root:" not in one.name


def test_what_is_written_is_read_again() -> None:
    feeds = [
        Feed("1", "feed", "https://a.example/?x=1&y=2", 'A "quoted" <name>', (("Asia", "Kazakhstan"), ("Press",))),
        Feed("2", "page", "https://b.example/decrees", "Gazette"),
        Feed("3", "folder", "/home/me/drop", "mine"),
        Feed("4", "feed", "https://c.example/f", "\x00\x1b\ud800"),
    ]
    written = write_opml(feeds, title="x & y", now=NOW)
    found = read(written)
    assert found.title == "x & y"
    assert b"/home/me" not in written
    assert {(one.address, one.name, one.categories) for one in found.feeds if not one.page} == {
        ("https://a.example/?x=1&y=2", 'A "quoted" <name>', (("Asia", "Kazakhstan"), ("Press",))),
        ("https://c.example/f", "", ()),
    }
    assert [one.address for one in found.feeds if one.page] == ["https://b.example/decrees"]


def test_into_the_ledger_and_out(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        subscribe(ledger, feed_at("https://felt.example/f", name="Named by me"), now=NOW)
        data = outlines(
            "<outline text='Felt' xmlUrl='https://felt.example/f'/><outline text='G' type='link' htmlUrl='https://g.example/'/>"
        )
        assert import_opml(ledger, data, now=NOW).added == 0
        found = import_opml(ledger, data, now=NOW, pages=True)
        assert (found.added, found.known, found.refused) == (1, 1, ())
        assert {(one.kind, one.name) for one in Feeds(ledger).all()} == {("feed", "Named by me"), ("page", "G")}
        assert b"Named by me" in export_opml(ledger, now=NOW)


@pytest.mark.skipif(not LISTS.is_dir(), reason=f"no lists of subscriptions at {LISTS} (FORESHOCK_DATA)")
def test_real_lists_come_through_whole(tmp_path: Path) -> None:
    with Ledger(tmp_path / "one.sqlite") as one, Ledger(tmp_path / "two.sqlite") as two:
        listed = 0
        for path in sorted(LISTS.glob("with_category/*.opml")):
            data = path.read_bytes()
            found = import_opml(one, data, now=NOW)
            assert found.refused == ()
            assert found.added + found.known == data.count(b"xmlUrl=")
            listed += found.added
        assert listed == len(Feeds(one).all()) > 200
        import_opml(two, export_opml(one, now=NOW), now=NOW)

        def told(ledger: Ledger) -> set[tuple[str, str, tuple[tuple[str, ...], ...]]]:
            return {(feed.address, feed.name, feed.categories) for feed in Feeds(ledger).all()}

        assert told(one) == told(two)
        assert all(categories for _, _, categories in told(one))
