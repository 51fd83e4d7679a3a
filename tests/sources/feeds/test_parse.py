"""Feeds as they come: every format, odd encodings and dates, and what is broken or made to break readers."""

from __future__ import annotations

import json
import time

import pytest

from foreshock.errors import SourceError
from foreshock.reading.extract.charset import decode
from foreshock.sources.base import Fetched
from foreshock.sources.feeds.dated import iso_date
from foreshock.sources.feeds.entry import ParsedFeed
from foreshock.sources.feeds.parse import parse_feed
from foreshock.sources.feeds.stub import is_stub
from tests.feeds import item, rss

ENCODINGS = [("utf-8", "utf-8"), ("cp932", "Shift_JIS"), ("euc-jp", "EUC-JP"), ("utf-16", "utf-16")]
SCRIPTS = [
    ("В Алматы введён комендантский час.", "cp1251", "windows-1251"), ("السلطات تعلن حالة الطوارئ", "cp1256", "windows-1256"),
    ("当局宣布紧急状态，封锁道路。" * 3, "gb18030", "gb18030"),
]  # fmt: skip

BASE = "https://felt-herald.example/feed/"
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ru"><title>Войлочный вестник</title><entry><id>urn:x:1</id>
<title type="html">Власти &amp;amp; оппозиция</title>
<link rel="alternate" href="../a/1"/><updated>2033-05-04T10:00:00+06:00</updated>
<summary>Кратко.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Первый абзац.</p><p>Второй.</p></div></content>
</entry></feed>"""
RDF = """<?xml version="1.0" encoding="{}"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="x"><title>蛾と灯</title></channel>
<item rdf:about="https://felt-herald.example/2">
<title>非常事態を宣言</title><link>https://felt-herald.example/2</link>
<dc:date>2033-05-04T10:00:00+09:00</dc:date>
<description>大統領は四日、非常事態を宣言した。</description></item></rdf:RDF>"""


def parse(data: bytes, charset: str | None = None) -> ParsedFeed:
    page = Fetched(BASE, BASE, data, data, None, charset)
    return parse_feed(page, decode=lambda one, declared: decode(one, declared=declared).text)


def test_atom() -> None:
    found = parse(ATOM.encode())
    (one,) = found.entries
    assert (found.form, found.title, found.complete) == ("atom10", "Войлочный вестник", True)
    assert (one.guid, one.link, one.published) == ("urn:x:1", "https://felt-herald.example/a/1", "2033-05-04T10:00")
    assert (one.title, one.text, one.stub) == ("Власти & оппозиция", "Первый абзац.\n\nВторой.", True)


@pytest.mark.parametrize(
    ("encoding", "declared"), [("utf-8", "utf-8"), ("cp932", "Shift_JIS"), ("euc-jp", "EUC-JP"), ("utf-16", "utf-16")]
)
def test_rdf_in_any_encoding(encoding: str, declared: str) -> None:
    (one,) = parse(RDF.format(declared).encode(encoding)).entries
    assert (one.title, one.text) == ("非常事態を宣言", "大統領は四日、非常事態を宣言した。")
    assert one.published == "2033-05-04T10:00"


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", None])
def test_a_wrong_declaration_gives_way_to_the_bytes(charset: str | None) -> None:
    (one,) = parse(RDF.format("iso-8859-1").encode("utf-8"), charset).entries
    assert one.title == "非常事態を宣言"


@pytest.mark.parametrize(("text", "encoding", "label"), SCRIPTS)
def test_other_scripts(text: str, encoding: str, label: str) -> None:
    data = rss(item(1, text)).decode().replace('encoding="UTF-8"', f'encoding="{label}"').encode(encoding)
    assert parse(data).entries[0].text == text


def test_json_feed() -> None:
    items = [
        {
            "id": 7,
            "url": "/j/7",
            "title": "Seven",
            "content_html": "<p>Soldiers left.</p><p>Shops opened.</p>",
            "date_published": "2033-05-04T10:00:00-05:00",
        },
        {"id": "8", "external_url": "javascript:alert(1)", "content_text": "Plain < text", "date_published": "yesterday"},
        "no object",
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Reed", "language": "en", "items": items}
    found = parse(b"\xef\xbb\xbf" + json.dumps(feed).encode())
    first, second = found.entries
    assert (found.form, found.title, found.notes) == ("json11", "Reed", ("1 of its items are no objects",))
    assert (first.guid, first.link, first.published) == ("7", "https://felt-herald.example/j/7", "2033-05-04T10:00")
    assert first.text == "Soldiers left.\n\nShops opened."
    assert (second.link, second.text, second.published, second.stub) == ("", "Plain < text", None, False)
    assert second.notes == ("published 'yesterday' could not be read as a date",)


def test_markup_becomes_text_and_scripts_are_gone() -> None:
    html = "<p>One &amp; two</p><script>alert(1)</script><ul><li>three</li></ul><img src=x onerror=y>" + "\u202eevil\u200b"
    (one,) = parse(rss(item(1, "short", content=html, title="&lt;b&gt;Bold&lt;/b&gt; news"))).entries
    assert (one.title, one.text.split()) == ("Bold news", ["One", "&", "two", "three", "\u202eevil\u200b"])


def test_a_guid_that_is_no_address_makes_no_link() -> None:
    (one,) = parse(b"<rss version='2.0'><channel><item><guid>tag-17</guid><title>x</title></item></channel></rss>").entries
    assert (one.guid, one.link, one.stub) == ("tag-17", "", False)


def test_one_guid_for_several_pages_is_told_apart() -> None:
    same = [
        item(1, "a", link="https://a.example/1"),
        item(1, "b", link="https://a.example/2"),
        item(1, "b", link="https://a.example/2"),
    ]
    assert [one.place for one in parse(rss(*same)).entries] == ["https://a.example/1", "https://a.example/2"]


def test_what_xml_does_not_allow_is_mended_and_told() -> None:
    found = parse(
        rss(item(1, "Smith & Sons, R&D, &eacute;t&eacute; &nosuch; &lt;b&gt;x&lt;/b&gt; \x0b&amp;amp;", content="A&B &eacute;"))
    )
    assert found.entries[0].text == "Smith & Sons, R&D, été &nosuch; x &"
    assert found.notes == ("6 signs that XML does not allow were mended",)
    assert found.complete


def test_broken_markup_is_read_as_far_as_it_can_be() -> None:
    found = parse(rss(item(1, "one<b>two</i>"), item(2, "three")))
    assert [one.guid for one in found.entries] == ["g1", "g2"]
    assert "broken XML" in found.notes[0]


def test_a_feed_that_ends_early_loses_its_last_item_for_now() -> None:
    whole = rss(item(1, "first"), item(2, "the second is long"))
    for cut in (whole[: whole.index(b"is long")], whole[: -len(b"</channel></rss>")]):
        found = parse(cut)
        assert [one.guid for one in found.entries] == ["g1"]
        assert not found.complete
        assert "ends early" in found.notes[-1]


@pytest.mark.parametrize(
    ("data", "message", "remedy"),
    [
        (b"", "empty", "later"),
        (b"<html><link rel=alternate type='application/rss+xml' href='/rss'></html>", "no feed", "felt-herald.example/rss"),
        (b"<html><body>hello</body></html>", "no feed", "browser"),
        (b'{"a": 1}', "no JSON Feed", "browser"),
        (b"{" * 100_000, "no JSON", "browser"),
        (b"<!DOCTYPE x [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]>" + rss(item(1, "&b;")), "declares entities", "plain feed"),
        (b"<!DOCTYPE x [<!entity x SYSTEM 'file:///etc/passwd'>]>" + rss(item(1, "&x;")), "declares entities", "plain feed"),
        (b"<rss version='2.0'><channel>" + b"<a>" * 200_001, "more than 200,000 tags", "no feed"),
        (b" " * 10_000_001, "empty", "later"),
        (b"<rss>" + b" " * 10_000_001, "bytes; of a feed", "is it a feed"),
        (b"/etc/passwd", "no feed", "browser"),
    ],
)  # fmt: skip
def test_what_is_refused(data: bytes, message: str, remedy: str) -> None:
    with pytest.raises(SourceError, match=message) as error:
        parse(data)
    assert remedy in error.value.remedy


def test_a_feed_of_deep_markup_is_read_in_time() -> None:
    before = time.monotonic()
    parse(rss(item(1, "<b>" * 20_000)))
    assert time.monotonic() - before < 5


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Sat, 08 Jan 2022 10:00:00 +0900", "2022-01-08T10:00"),
        ("Sat, 8 Jan 22 10:00 GMT", "2022-01-08T10:00"),
        ("2022-01-08T10:00:00.123+06:00", "2022-01-08T10:00"),
        ("2022-01-08 10:00:00", "2022-01-08T10:00"),
        ("2022-01", "2022-01"),
        ("2022年1月8日 10時05分", "2022-01-08T10:05"),
        ("Сб, 08 янв 2022 10:00:00 +0600", "2022-01-08T10:00"),
        ("السبت، ٨ يناير ٢٠٢٢ ١٠:٠٥", "2022-01-08T10:05"),
        ("8 كانون الثاني 2022", "2022-01-08"),
        ("sam. 8 janvier 2022 à 10:05", "2022-01-08T10:05"),
        ("8 de enero de 2022", "2022-01-08"),
        ("08/01/2022", None),  # the eighth of January or the first of August
        ("Sat, 31 Feb 2022 10:00:00 GMT", None),
        ("1641636000", None),
        ("", None),
        ("9" * 5000, None),
    ],
)
def test_dates(raw: str, expected: str | None) -> None:
    assert iso_date(raw) == expected


@pytest.mark.parametrize(
    ("text", "content", "link", "expected"),
    [
        ("Two died.", False, "https://a.example/1", True),
        ("Two died.", False, "", False),
        ("x" * 1300, False, "https://a.example/1", False),
        ("x" * 500, True, "https://a.example/1", False),
        ("x" * 500 + " Read more »", True, "https://a.example/1", True),
        ("x" * 500 + " […]", True, "https://a.example/1", True),
        ("x" * 500 + "...", True, "https://a.example/1", True),
        ("字" * 420, False, "https://a.example/1", False),
        ("本文。" * 60 + "続きを読む", True, "https://a.example/1", True),
    ],
)
def test_stubs(text: str, content: bool, link: str, expected: bool) -> None:
    assert is_stub(text, content=content, link=link) is expected
