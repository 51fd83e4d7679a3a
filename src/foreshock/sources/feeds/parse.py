"""Bytes -> feed, whichever of the formats it is in."""

from __future__ import annotations

from foreshock.errors import SourceError
from foreshock.sources.base import Fetched
from foreshock.sources.feeds.entry import Decode, ParsedFeed
from foreshock.sources.feeds.json_feed import parse_json
from foreshock.sources.feeds.syndication import parse_xml

ACCEPT = (
    "application/atom+xml,application/rss+xml,application/rdf+xml,application/feed+json,application/xml;q=0.9,text/xml;q=0.9,"
    "application/json;q=0.8,*/*;q=0.5"
)
MAX_BYTES = 10_000_000


def parse_feed(page: Fetched, *, decode: Decode) -> ParsedFeed:
    """Read a feed as it came.

    Raises:
        SourceError: it is empty, too large, or no feed; where it is a page that names feeds, the remedy lists them.
    """
    if not page.data.strip():
        raise SourceError(f"{page.final_url} is empty", remedy="try again later")
    if len(page.data) > MAX_BYTES:
        raise SourceError(
            f"{page.final_url} has {len(page.data):,} bytes; of a feed {MAX_BYTES:,} are read", remedy="is it a feed?"
        )
    if page.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return parse_json(page.data, base=page.final_url, decode=decode)
    return parse_xml(page.data, charset=page.charset, base=page.final_url, decode=decode)
