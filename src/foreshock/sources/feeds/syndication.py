"""RSS, Atom and RDF, whole and broken: feedparser reads them, from bytes that we decoded, with nothing to expand or fetch."""

from __future__ import annotations

import io
import re
from html.entities import html5
from typing import Any
from urllib.parse import urljoin

from foreshock.errors import SourceError
from foreshock.sources.feeds.dated import iso_date
from foreshock.sources.feeds.entry import Decode, Entry, ParsedFeed, clean, plain_text, title_text, told_apart
from foreshock.sources.feeds.stub import is_stub

DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
ENCODING = re.compile(rb"^[\s\xef\xbb\xbf]{0,9}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([A-Za-z0-9_:.-]{2,40})")
ROOT_END = re.compile(r"</(?:\w{1,20}:)?(?:rss|feed|rdf)\s*>\s*(?:<!--[^<>]{0,2000}-->\s*)*$", re.IGNORECASE)
ALTERNATE = re.compile(r"<link\b[^>]{0,500}application/(?:rss\+xml|atom\+xml|feed\+json)[^>]{0,500}>", re.IGNORECASE)
HREF = re.compile(r"href\s?=\s?[\"']?([^\"'\s>]{1,500})", re.IGNORECASE)
BREAKS = re.compile(
    r"<!\[CDATA\[.*?\]\]>|&([A-Za-z][A-Za-z0-9]{1,30});|&(?!#\d{1,7};|#[xX][0-9A-Fa-f]{1,6};)|[\x01-\x08\x0b\x0c\x0e-\x1f]",
    re.DOTALL,
)
XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
# A feed of thousands of items has fewer tags than this; more is made to keep us busy.
MAX_TAGS = 200_000
MAX_ENTRIES = 2_000
# What the parser raises on markup made, or mangled, to break it.
PARSER_ERRORS = (ValueError, TypeError, LookupError, AttributeError, AssertionError, ArithmeticError, RecursionError)
WRONG = "open the address in a browser: is it a feed?"


def parse_xml(data: bytes, *, charset: str | None, base: str, decode: Decode) -> ParsedFeed:
    """Read a feed in XML.

    Args:
        data: the bytes, decompressed.
        charset: what the server declares; the declaration inside counts where it says nothing.
        base: the address it came from: what its links are relative to.
        decode: turns bytes into text.

    Raises:
        SourceError: it is no feed, declares entities, or is made to keep a reader busy.
    """
    inside = ENCODING.match(data[:500])
    text = clean(decode(data, charset or (inside[1].decode("ascii") if inside else None)))
    if text.count("<") > MAX_TAGS:
        raise SourceError(f"{base} has more than {MAX_TAGS:,} tags", remedy="it is no feed that could be read")
    if re.search(r"<!ENTITY", text, re.IGNORECASE):
        raise SourceError(
            f"{base} declares entities of its own, which are not expanded", remedy="ask its publisher for a plain feed"
        )
    import feedparser  # noqa: PLC0415  (heavy import)

    text, mended = _mended(text)
    body = DECLARATION.sub("", text, count=1).lstrip("\ufeff \r\n\t").encode("utf-8")
    try:
        found = feedparser.parse(
            io.BytesIO(body),  # never a string: one that looks like an address or a path would be opened
            response_headers={"content-type": "application/xml; charset=utf-8"},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except PARSER_ERRORS as error:
        raise SourceError(f"{base} cannot be read as a feed: {error}", remedy=WRONG) from error
    if not found.get("version") and not found.entries:
        raise SourceError(f"{base} is no feed", remedy=_feeds_of(text, base) or WRONG)
    notes = [f"{mended} signs that XML does not allow were mended"] if mended else []
    if found.bozo:
        notes.append(f"the feed is broken XML and was read all the same: {str(found.get('bozo_exception'))[:120]}")
    complete, raw = True, list(found.entries)
    if not ROOT_END.search(text[-4000:]):
        complete, raw = False, raw[:-1]
        notes.append("the feed ends early; its last item was left for the next poll")
    if len(raw) > MAX_ENTRIES:
        notes.append(f"of {len(raw):,} items the first {MAX_ENTRIES:,} were read")
    entries = [_entry(one, base) for one in raw[:MAX_ENTRIES]]
    return ParsedFeed(
        form=str(found.get("version") or "unknown"),
        title=title_text(str(found.feed.get("title") or "")) or "",
        language=str(found.feed.get("language") or "")[:20],
        entries=told_apart([one for one in entries if one.title or one.text or one.link]),
        complete=complete,
        notes=tuple(notes),
    )


def _mended(text: str) -> tuple[str, int]:
    """Return XML without the commonest breaks, and how many there were: bare ampersands, entities of HTML, control characters.

    A parser that mends them itself makes "AT&T;" of "AT&T". What stands in CDATA stays as it is.
    """
    mended = 0

    def mend(match: re.Match[str]) -> str:
        nonlocal mended
        sign, name = match[0], match[1]
        if sign.startswith("<") or name in XML_NAMES:
            return sign
        mended += 1
        if sign != "&":
            return "" if name is None else html5.get(f"{name};", sign).replace("&", "&amp;").replace("<", "&lt;")
        return "&amp;"

    return BREAKS.sub(mend, text), mended


def _feeds_of(text: str, base: str) -> str:
    """The feeds that a page names, as a remedy."""
    found = [HREF.search(tag) for tag in ALTERNATE.findall(text[:500_000])]
    named = list(dict.fromkeys(urljoin(base, one[1]) for one in found if one))
    return f"it is a page that names these feeds: {', '.join(named[:5])}" if named else ""


def _entry(raw: Any, base: str) -> Entry:
    guid = clean(str(raw.get("id") or "")).strip()
    link = _link(raw, guid, base)
    content, text = _words(raw)
    published, note = _date(raw)
    return Entry(
        guid=guid,
        link=link,
        title=title_text(str(raw.get("title") or "")),
        text=text,
        published=published,
        stub=is_stub(text, content=content, link=link),
        notes=(note,) if note else (),
    )


def _link(raw: Any, guid: str, base: str) -> str:
    """The address of an item's page. A guid that is none is called a link by the rules of RSS: it is not one."""
    link = clean(str(raw.get("link") or "")).strip()
    if not link or (link == guid and not re.match(r"https?://", link, re.IGNORECASE)):
        return ""
    try:
        whole = urljoin(base, link)
    except ValueError:
        return ""
    return whole if re.match(r"https?://", whole, re.IGNORECASE) else ""


def _words(raw: Any) -> tuple[bool, str]:
    """Whether an item has a content, and that, else its summary, as plain text: the longest of several."""
    parts = [part for part in raw.get("content") or () if isinstance(part.get("value"), str)]
    texts = [_plain(part["value"], str(part.get("type") or "text/html")) for part in parts]
    detail = raw.get("summary_detail") or {}
    summary = _plain(str(raw.get("summary") or ""), str(detail.get("type") or "text/html"))
    best = max(texts, key=len, default="")
    return (True, best) if best and len(best) >= len(summary) else (False, summary)


def _plain(value: str, media_type: str) -> str:
    text = clean(value)
    if media_type == "text/plain":
        return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()
    return plain_text(text)


def _date(raw: Any) -> tuple[str | None, str | None]:
    for name in ("published", "updated", "created"):
        value = str(raw.get(name) or "")
        if value.strip():
            found = iso_date(value)
            return found, None if found else f"{name} {value[:60]!r} could not be read as a date"
    return None, None
