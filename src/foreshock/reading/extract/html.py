"""A web page: its main text with paragraphs as lines, and what its metadata says."""

from __future__ import annotations

import re
from typing import Any

from foreshock.errors import ReadingError
from foreshock.model import Extract
from foreshock.reading.extract import fingerprints, plain
from foreshock.reading.extract.markup import Markup, read_markup
from foreshock.reading.extract.published import published

# A page's tree takes about ten times its bytes of memory; no article's page comes near this.
MAX_BYTES = 16_000_000
META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
XML_CHARSET = re.compile(rb"\s{0,9}<\?xml[^>]{0,100}?encoding\s{0,9}=\s{0,9}[\"']([A-Za-z0-9_:.-]{2,40})")
XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,300}>")
HOST = re.compile(r"https?://([^/:?#\s]+)", re.IGNORECASE)
REMEDY = "the page may need scripts or a login: save its text as .txt"


def read_html(data: bytes, *, charset: str | None, name: str) -> Extract:
    """Read a page: trafilatura favouring precision, then recall where precision finds nothing.

    Raises:
        ReadingError: the page is too large, or holds no text outside its menus and scripts.
    """
    if len(data) > MAX_BYTES:
        raise ReadingError(
            f"{name} is a page of {len(data):,} bytes; at most {MAX_BYTES:,} are read", remedy="save its text as .txt"
        )
    inside = _inside(data)
    decoded = plain.text_of(
        data, name=name, declared=charset or inside, where="declared by the server" if charset else "declared in the page"
    )
    html = XML_DECLARATION.sub("", decoded.text, count=1)
    return page(html, name=name, notes=decoded.notes)


def page(html: str, *, name: str, notes: tuple[str, ...] = ()) -> Extract:
    """Read a page that is decoded already.

    Raises:
        ReadingError: as for :func:`read_html`.
    """
    markup = read_markup(html)
    found, why = _main_text(html)
    if found is None:
        raise ReadingError(f"{name} has no text that could be read", remedy=REMEDY)
    address = _own_address(markup)
    host = HOST.match(name)
    marks = fingerprints.find(markup, host=(host[1] if host else "").lower())
    return Extract(
        text=found.text,
        media_type="text/html",
        title=found.title or None,
        published=published(markup),
        language=markup.language,
        source=found.sitename or None,
        licence=found.license or markup.links.get("license") or None,
        translated=marks.translated,
        notes=(*notes, *why, *marks.notes),
        url=address,
    )


def _inside(data: bytes) -> str | None:
    match = XML_CHARSET.match(data[:500]) or META_CHARSET.search(data[:4096])
    label = match[1].decode("ascii") if match else None
    # A page that could be searched for an ASCII "meta" is not UTF-16, whatever it says (HTML standard, 13.2.3.2).
    return "utf-8" if label and label.lower().startswith("utf-16") else label


def _own_address(markup: Markup) -> str | None:
    candidates = (markup.links.get("canonical", ""), *markup.metas.get("og:url", ()))
    return next((one.strip() for one in candidates if HOST.match(one.strip())), None)


def _main_text(html: str) -> tuple[Any, tuple[str, ...]]:
    import trafilatura  # noqa: PLC0415  (heavy import)

    for options, notes in (
        ({"favor_precision": True}, ()),
        ({"favor_recall": True}, ("text found by recall: menus may be among it",)),
    ):
        found = _extracted(trafilatura, html, options)
        if found is not None and (found.text or "").strip():
            return found, notes
    return None, ()


def _extracted(trafilatura: Any, html: str, options: dict[str, bool]) -> Any:
    try:
        return trafilatura.bare_extraction(html, with_metadata=True, include_comments=False, **options)
    except (RecursionError, ValueError, TypeError, AttributeError, KeyError, IndexError):
        # Markup made to break parsers does break this one in ways of its own; such a page has no text for us.
        return None
