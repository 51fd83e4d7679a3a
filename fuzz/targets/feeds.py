"""Feeds: RSS, Atom, RDF and JSON, and each of their items as a document."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from foreshock.errors import ReadingError, SourceError
from foreshock.model import FeedAnswer
from foreshock.reading.extract import extract
from foreshock.reading.extract.charset import decode
from foreshock.sources.base import Fetched, Job, Limits
from foreshock.sources.feeds.documents import entry_document, link_of
from foreshock.sources.feeds.parse import parse_feed
from fuzz.laws import NOW, in_time, must, must_be_dates, must_be_kept, must_be_text, same

MODULES = ("foreshock.sources.feeds", "foreshock.reading.extract.charset", "foreshock.sources.record")
WORDS = (
    "<rss version=", "<channel>", "<item>", "</item>", "<guid>", "<link>", "<title>", "<description>", "<pubDate>",
    "<![CDATA[", "]]>", "<feed xmlns=", "<entry>", "<id>", "<updated>", "<content type=", "<rdf:RDF", "<content:encoded>",
    "</rss>", "</feed>", '{"version":"https://jsonfeed.org/version/1.1"', '"items":[', '"content_html":', '"date_published":',
    '"id":', "&nbsp;", "&#0;", "encoding=", "windows-1251", "<!ENTITY", "isPermaLink=", "xml:base=", "javascript:", "http://",
    "Tue, 03 May 2033 10:00 +0900",
)  # fmt: skip
BASE = "https://felt.example/feed"
RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"
xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Felt &amp; Herald</title><language>en-GB</language>
<item><guid isPermaLink="false">g1</guid><title>Bridge &lt;b&gt;closed</title>
<link>/a/1</link><pubDate>Tue, 03 May 2033 10:00:00 +0900</pubDate>
<description>Soldiers closed the bridge &nbsp; on Monday…</description>
<content:encoded><![CDATA[<p>Soldiers closed the bridge.</p><p>AT&T; said so.</p>]]></content:encoded></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ja"><title>X</title>
<entry><id>tag:a,2033:1</id><title type="html">橋</title>
<link rel="alternate" href="http://felt.example/1"/><updated>2033-05-03T10:00:00Z</updated>
<content type="html">&lt;p&gt;橋を閉鎖。</content></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<item rdf:about="http://felt.example/2">
<title>Road</title><link>http://felt.example/2</link><description>Closed.</description></item></rdf:RDF>"""
JSON = """{"version":"https://jsonfeed.org/version/1.1","title":"X","items":[{"id":1,"url":"/3","title":"Road","content_html":"<p>Closed",
"date_published":"2033-05-03T10:00:00+09:00"},{"id":"\\ud800","summary":"Open.","external_url":"http://[x"}]}"""


def seeds() -> Iterator[bytes]:
    """Yield a feed of each form, and what is wrong with feeds."""
    yield from (one.encode() for one in (RSS, ATOM, RDF, JSON))
    yield RSS.replace("utf-8", "windows-1251").replace("Soldiers", "Солдаты").encode("cp1251")
    yield RSS.encode()[:400]
    yield RSS.replace("</guid>", "</guid><enclosure url='x'/>").replace("10:00:00", "2033年5月3日").encode()
    yield b'<!DOCTYPE r [<!ENTITY a "ha">]><rss><channel><item><title>&a;</title></item></channel></rss>'
    yield b"<html><head><link rel=alternate type=application/rss+xml href=/feed></head><body>A page</body></html>"
    yield RSS.replace("<guid", "<link>javascript:x</link><guid").replace("g1", "\x0c&#0;&#xD800;").encode()


def check(data: bytes) -> None:
    """Read a feed and every item of it, twice with the same outcome; places tell items apart, links lead into the web."""
    page = Fetched(BASE, BASE, data, data, "application/xml", None)
    with in_time(data):
        try:
            found = parse_feed(page, decode=_decode)
        except (SourceError, ReadingError):
            return
    same(parse_feed(page, decode=_decode), found, "a feed is read differently the second time")
    must(len({one.place for one in found.entries}) == len(found.entries), "two items have one place", found.entries)
    must_be_text(found.title, found.language, *found.notes)
    answer = FeedAnswer(sha256(data).hexdigest(), len(data), BASE, "2033-05-04T12:00:00Z")
    job = Job(extract=extract, now=NOW, limits=Limits())
    for one in found.entries:
        must_be_text(one.guid, one.link, one.title, one.text, *one.notes)
        must_be_dates(one.published)
        must(not one.link or one.link.lower().startswith(("http://", "https://")), "a link leads out of the web", one.link)
        must_be_text(link_of(one), one.digest, one.place)
        try:
            kept = entry_document(one, answer, job, source=found.title or BASE, language=found.language)
        except SourceError:
            continue
        must_be_kept(kept)
        must(one.text in kept.text, "words of an item are lost", one.text, kept.text)


def _decode(data: bytes, declared: str | None) -> str:
    return decode(data, declared=declared).text
