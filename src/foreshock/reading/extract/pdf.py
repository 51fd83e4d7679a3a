"""A PDF with a text layer: its lines joined to paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import quantiles
from typing import Any

from foreshock.errors import ReadingError
from foreshock.model import Extract

# PDFium marks a hyphen that it saw at the end of a line with one of these.
BROKEN_WORD = re.compile("[\x02\ufffe]\r?\n?")
ENDS_SENTENCE = re.compile(r"[.!?:。！？：…؟।][\"'”’»」』）)\]]{0,3}$")
WIDE = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
# NUL and half characters, which no text holds: a title or a date may be any bytes.
HALF = re.compile("[\x00\ud800-\udfff]")
# A line that stops well before the right edge ends its paragraph, or is a heading.
SHORT = 0.75
MAX_PAGES = 5_000
ENCRYPTED = ("password", "security")


def read_pdf(data: bytes, *, charset: str | None, name: str) -> Extract:
    """Read the text layer of a PDF. ``charset`` has no meaning here.

    Raises:
        ReadingError: the file is encrypted, is damaged, has too many pages, or no page has text (scanned).
    """
    del charset
    import pypdfium2  # noqa: PLC0415  (heavy import)

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _unreadable(name, str(error)) from error
    try:
        return _read(document, name)
    finally:
        document.close()


def _unreadable(name: str, why: str) -> ReadingError:
    if any(word in why.lower() for word in ENCRYPTED):
        return ReadingError(f"{name} is an encrypted PDF", remedy="save a copy without its password")
    return ReadingError(
        f"{name} is not a PDF that can be opened: {why}", remedy="open and save it anew, or save its text as .txt"
    )


def _read(document: Any, name: str) -> Extract:
    count = len(document)
    if count > MAX_PAGES:
        raise ReadingError(f"{name} has {count:,} pages; at most {MAX_PAGES:,} are read", remedy="split it")
    pages = [_page_text(document, index, name) for index in range(count)]
    empty = [number for number, text in enumerate(pages, 1) if not text.strip()]
    if len(empty) == count:
        raise ReadingError(
            f"{name} has no text on its {count} page(s): it is scanned or drawn", remedy="run text recognition (OCR) on it"
        )
    notes = ["lines of the PDF joined to paragraphs"]
    if empty:
        notes.append(f"no text on page(s) {_ranges(empty)} of {count}: scanned or drawn; text recognition (OCR) would read them")
    details = document.get_metadata_dict(skip_empty=True)
    if created := HALF.sub("", details.get("CreationDate") or "").strip():
        notes.append(f"the PDF was made {created[:40]}, which is not a date of publication")
    lines = [line for text in pages for line in text.split("\n")]
    return Extract(
        text=paragraphs(lines),
        media_type="application/pdf",
        title=HALF.sub("", details.get("Title") or "").strip() or None,
        notes=tuple(notes),
    )


def _page_text(document: Any, index: int, name: str) -> str:
    import pypdfium2  # noqa: PLC0415  (heavy import)

    try:
        page = document[index]
        text_page = page.get_textpage()
        text: str = text_page.get_text_bounded()
    except pypdfium2.PdfiumError as error:
        raise ReadingError(f"{name}: page {index + 1} cannot be read: {error}", remedy="open the PDF and save it anew") from error
    text_page.close()
    page.close()
    return BROKEN_WORD.sub("", text).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def paragraphs(lines: Sequence[str]) -> str:
    """Join lines that were wrapped at the right edge; a short line or an empty one ends a paragraph.

    >>> paragraphs(["The committee met on Friday and", "decided nothing.", "", "Then it left."])
    'The committee met on Friday and decided nothing.\\nThen it left.'
    """
    stripped = [line.strip() for line in lines]
    lengths = [len(line) for line in stripped if line]
    edge = quantiles(lengths, n=10)[8] if len(lengths) > 1 else 0
    out: list[str] = []
    joined = False
    for line in stripped:
        if not line:
            # A page may end inside a sentence: an empty line joins nothing only where the sentence is over.
            joined = joined and bool(out) and not ENDS_SENTENCE.search(out[-1])
            continue
        if joined and out:
            out[-1] += line if WIDE.match(out[-1][-1]) and WIDE.match(line[0]) else f" {line}"
        else:
            out.append(line)
        ended = ENDS_SENTENCE.search(line) is not None
        joined = len(line) >= SHORT * edge if not ended else len(line) >= 0.9 * edge
    return "\n".join(out)


def _ranges(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:20]))
    return shown + (", ..." if len(numbers) > 20 else "")
