"""Lists of subscriptions: read, written, and read again."""

from __future__ import annotations

from collections.abc import Iterator

from foreshock.errors import ReadingError, SourceError
from foreshock.model import Feed, record_id
from foreshock.reading.extract.charset import decode
from foreshock.sources.feeds.opml import SubscriptionList, read_opml, write_opml
from fuzz.laws import NOW, in_time, must, must_be_text, same

MODULES = ("foreshock.sources.feeds.opml", "foreshock.sources.http.address")
WORDS = (
    "<opml version=", "<body>", "<outline ", 'type="rss"', "xmlUrl=", "htmlUrl=", "text=", "title=", "category=", "/>",
    "</outline>", "http://", "https://", "include", "&amp;", "&#x", "file://", "@", "<head><title>", "encoding=",
)  # fmt: skip
LIST = """<?xml version="1.0" encoding="utf-8"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Asia"><outline text="Kazakhstan &amp; all"><outline type="rss" text="Felt" xmlUrl="https://felt.example/feed"/></outline>
<outline type="rss" text="Felt" xmlUrl="https://felt.example/feed"/></outline><outline type="link" text="Gazette" htmlUrl="http://g.example/"/>
<outline type="include" url="http://other.example/list.opml"/><outline type="rss" text="x" xmlUrl="file:///etc/passwd"/></body></opml>"""


def seeds() -> Iterator[bytes]:
    """Yield lists, nested, in other character sets, with what is refused."""
    yield LIST.encode()
    yield LIST.replace("utf-8", "utf-16").encode("utf-16")
    yield LIST.replace("utf-8", "windows-1251").replace("Asia", "Азия").encode("cp1251")
    yield b"<opml><body>" + b"<outline text=a>" * 60 + b"<outline type=rss xmlUrl='http://a.example/'/>"
    yield LIST.replace("https://felt.example/feed", "http://u:p@felt.example:99999/").encode()


def _read(data: bytes) -> SubscriptionList:
    return read_opml(data, decode=lambda some, declared: decode(some, declared=declared).text)


def check(data: bytes) -> None:
    """Read a list; written out and read again it has the same addresses, kinds, names and categories."""
    with in_time(data):
        try:
            found = _read(data)
        except (SourceError, ReadingError):
            return
    feeds = []
    for one in found.feeds:
        must_be_text(one.address)
        must(one.address.startswith(("http://", "https://")), "an address leads out of the web", one.address)
        kind = "page" if one.page else "feed"
        feeds.append(Feed(record_id("feed", kind, one.address), kind, one.address, one.name, one.categories, 900, True))
    again = _read(write_opml(feeds, title=found.title, now=NOW)) if feeds else found
    same(
        {(one.address, one.page) for one in again.feeds},
        {(one.address, one.page) for one in found.feeds},
        "subscriptions are lost",
    )
    must(not again.refused or again is found, "what was taken is refused the second time", again.refused)
