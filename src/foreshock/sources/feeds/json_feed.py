"""JSON Feed 1 and 1.1 (jsonfeed.org): an object with a version, a title and items."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urljoin

from foreshock.errors import SourceError
from foreshock.sources.feeds.dated import iso_date
from foreshock.sources.feeds.entry import Decode, Entry, ParsedFeed, clean, plain_text, title_text, told_apart
from foreshock.sources.feeds.stub import is_stub

VERSION = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/(1(?:\.1)?)$")
MAX_ENTRIES = 2_000
REMEDY = "open the address in a browser: is it a JSON Feed?"


def parse_json(data: bytes, *, base: str, decode: Decode) -> ParsedFeed:
    """Read a JSON Feed; an item that is no object is passed over.

    Raises:
        SourceError: it is no JSON, or no JSON Feed.
    """
    try:
        value = json.loads(decode(data, "utf-8").lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{base} is no JSON: {error}", remedy=REMEDY) from error
    version = VERSION.match(str(value.get("version", ""))) if isinstance(value, dict) else None
    if version is None or not isinstance(value.get("items"), list):
        raise SourceError(f"{base} is JSON, but no JSON Feed", remedy=REMEDY)
    items = [one for one in value["items"] if isinstance(one, dict)]
    notes = [f"{len(value['items']) - len(items)} of its items are no objects"] if len(items) < len(value["items"]) else []
    if len(items) > MAX_ENTRIES:
        notes.append(f"of {len(items):,} items the first {MAX_ENTRIES:,} were read")
    entries = [_entry(one, base) for one in items[:MAX_ENTRIES]]
    return ParsedFeed(
        form=f"json{version[1].replace('.', '')}",
        title=title_text(_text(value, "title")) or "",
        language=_text(value, "language")[:20],
        entries=told_apart([one for one in entries if one.title or one.text or one.link]),
        notes=tuple(notes),
    )


def _text(value: dict[str, Any], name: str) -> str:
    """A member as text; ids are numbers in some feeds, and nothing else than text and numbers counts."""
    found = value.get(name)
    return clean(str(found)).strip() if isinstance(found, str | int | float) and not isinstance(found, bool) else ""


def _entry(item: dict[str, Any], base: str) -> Entry:
    link = ""
    for name in ("url", "external_url"):
        try:
            whole = urljoin(base, _text(item, name)) if _text(item, name) else ""
        except ValueError:
            continue
        if re.match(r"https?://", whole, re.IGNORECASE):
            link = whole
            break
    html = plain_text(_text(item, "content_html"))
    content = html if len(html) >= len(_text(item, "content_text")) else _text(item, "content_text")
    text = content or _text(item, "summary")
    raw = _text(item, "date_published") or _text(item, "date_modified")
    published = iso_date(raw)
    return Entry(
        guid=_text(item, "id"),
        link=link,
        title=title_text(_text(item, "title")),
        text=text,
        published=published,
        stub=is_stub(text, content=bool(content), link=link),
        notes=(f"published {raw[:60]!r} could not be read as a date",) if raw and not published else (),
    )
