"""OPML: lists of subscriptions in and out, with the categories that feeds are filed in.

A list is read as markup and not as XML, so nothing that it declares is expanded or fetched; lists that it includes are named and
not followed. What comes in is checked as any address is: only http and https can be subscribed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import quoteattr

from foreshock.dates import utc_stamp
from foreshock.errors import SourceError
from foreshock.model import Feed
from foreshock.sources.feeds.entry import Decode
from foreshock.sources.http.address import parse_url

ENCODING = re.compile(rb"^[\s\xef\xbb\xbf]{0,9}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([A-Za-z0-9_:.-]{2,40})")
MAX_BYTES = 5_000_000
MAX_FEEDS = 20_000
MAX_DEPTH = 100  # of outlines in outlines; beyond it readers of markup lose count
LONGEST = 200  # characters of a title or a category
REMEDY = "export the list from your feed reader as OPML again"


@dataclass(frozen=True, slots=True)
class Listed:
    """One subscription of a list: its address, its name, the paths of categories it is filed in, and whether it is a page."""

    address: str
    name: str
    categories: tuple[tuple[str, ...], ...]
    page: bool = False


@dataclass(frozen=True, slots=True)
class SubscriptionList:
    """What a list holds: its subscriptions, each address once, and what of it was not taken, in words."""

    title: str
    feeds: tuple[Listed, ...]
    refused: tuple[str, ...] = ()


def read_opml(data: bytes, *, decode: Decode) -> SubscriptionList:
    """Read a list.

    Raises:
        SourceError: it is too large, too deep, or no OPML.
    """
    if len(data) > MAX_BYTES:
        raise SourceError(f"the list has {len(data):,} bytes; at most {MAX_BYTES:,} are read", remedy="split it")
    inside = ENCODING.match(data[:500])
    text = decode(data, inside[1].decode("ascii") if inside else None).replace("\0", "")
    if "<opml" not in text[:20_000].lower():
        raise SourceError("this is no OPML: it has no <opml> element", remedy=REMEDY)
    if _depth(text) > MAX_DEPTH:
        raise SourceError(f"the list has outlines more than {MAX_DEPTH} deep", remedy=REMEDY)
    import listparser  # noqa: PLC0415  (heavy import)
    from lxml.etree import LxmlError  # type: ignore[import-untyped]  # noqa: PLC0415  (heavy import)

    # Every character beyond ASCII becomes its number: the parser of markup guesses at encodings.
    try:
        found = listparser.parse(text.encode("ascii", "xmlcharrefreplace"))
    except (LxmlError, ValueError, IndexError, KeyError) as error:
        raise SourceError(f"the list cannot be read: {error}", remedy=REMEDY) from error
    refused = [f"the list {one.url[:LONGEST]!r} that it includes was not read" for one in found.lists]
    taken: dict[str, Listed] = {}
    for one, page in [*((feed, False) for feed in found.feeds), *((feed, True) for feed in found.opportunities)]:
        try:
            address = str(parse_url(one.url).copy_with(fragment=None))
        except SourceError as error:
            refused.append(error.message)
            continue
        if len(taken) >= MAX_FEEDS:
            refused.append(f"it has more than {MAX_FEEDS:,} feeds: the rest was not read")
            break
        paths = tuple(tuple(part[:LONGEST] for part in path) for path in one.categories if path)
        name = "" if one.title == one.url else one.title[:LONGEST]
        taken.setdefault(address, Listed(address, name, paths, page))
    return SubscriptionList(str(found.meta.get("title", ""))[:LONGEST], tuple(taken.values()), tuple(refused))


def _depth(text: str) -> int:
    """Return how deep outlines stand in outlines, as an upper bound: one that closes itself is not counted."""
    deepest = open_now = 0
    for piece in text.split("<")[1:]:
        lowered = piece[:9].lower()
        if lowered.startswith("/outline"):
            open_now = max(0, open_now - 1)
        elif lowered.startswith("outline") and not piece.partition(">")[0].rstrip().endswith("/"):
            open_now += 1
            deepest = max(deepest, open_now)
    return deepest


def write_opml(feeds: Iterable[Feed], *, title: str, now: datetime) -> bytes:
    """Return a list of feeds and pages as OPML 2.0, filed as they are; paths of this machine are left out.

    A feed that is filed in several places stands in each of them, as feed readers expect.
    """
    root: dict[str, object] = {}
    for feed in feeds:
        if feed.kind in ("feed", "page"):
            for path in feed.categories or ((),):
                place = root
                for part in path:
                    place = place.setdefault(f"category {part}", {})  # type: ignore[assignment]
                place[feed.id] = feed
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">', "  <head>", f"    <title>{_text(title)}</title>"]
    lines += [f"    <dateCreated>{utc_stamp(now)}</dateCreated>", "  </head>", "  <body>"]
    lines += _outlines(root, "    ")
    return "\n".join([*lines, "  </body>", "</opml>", ""]).encode("utf-8", "replace")


def _outlines(place: dict[str, object], indent: str) -> list[str]:
    lines = []
    for key, one in place.items():
        if isinstance(one, Feed):
            name = _attribute(one.name or one.address)
            address = (
                f'type="rss" xmlUrl={_attribute(one.address)}'
                if one.kind == "feed"
                else f'type="link" htmlUrl={_attribute(one.address)}'
            )
            lines.append(f"{indent}<outline text={name} title={name} {address}/>")
        elif isinstance(one, dict):
            lines += [f"{indent}<outline text={_attribute(key.removeprefix('category '))}>", *_outlines(one, indent + "  ")]
            lines.append(f"{indent}</outline>")
    return lines


def _attribute(text: str) -> str:
    return quoteattr(_printable(text))


def _text(text: str) -> str:
    return _printable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _printable(text: str) -> str:
    """Leave out what XML cannot hold."""
    return "".join(one for one in text if one >= " " and not "\ud800" <= one <= "\udfff" and one not in "\ufffe\uffff")
