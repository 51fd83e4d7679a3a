"""Which reader takes the bytes: by signature, then media type, then extension, then a look at the first characters."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Protocol

from foreshock.errors import ReadingError
from foreshock.model import Extract
from foreshock.reading.extract import plain
from foreshock.reading.extract.eml import read_eml
from foreshock.reading.extract.html import read_html
from foreshock.reading.extract.pdf import read_pdf


class Reader(Protocol):
    """Reads one type. Raises ReadingError where the bytes hold no text of it."""

    def __call__(self, data: bytes, *, charset: str | None, name: str) -> Extract:
        """Return what the bytes hold."""


READERS: dict[str, Reader] = {
    "text/plain": plain.read_text,
    "text/markdown": plain.read_markdown,
    "text/html": read_html,
    "application/xhtml+xml": read_html,
    "application/pdf": read_pdf,
    "message/rfc822": read_eml,
}
EXTENSIONS = {
    ".txt": "text/plain", ".text": "text/plain", ".md": "text/markdown", ".markdown": "text/markdown",
    ".html": "text/html", ".htm": "text/html", ".xhtml": "application/xhtml+xml",
    ".pdf": "application/pdf", ".eml": "message/rfc822",
}  # fmt: skip
# What servers and shells send when they do not know.
UNKNOWN = {"application/octet-stream", "binary/octet-stream", "application/unknown", "unknown/unknown", ""}
HTML_START = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*)?(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
PDF_SIGNATURE = b"%PDF-"


def extract(data: bytes, *, media_type: str | None, charset: str | None, name: str) -> Extract:
    """Read the bytes of one page or file.

    Args:
        data: the bytes, decompressed.
        media_type: what the server or the caller says they are ("text/html"), without parameters; None where nobody says.
        charset: the encoding that the server or the caller declares; a declaration that the bytes contradict gives way.
        name: a file name or address, for its extension and for messages.

    Raises:
        ReadingError: nothing can be read: empty, binary, encrypted, scanned, without text, or of a type that is not read.
    """
    plain.refuse_empty(data, name)
    chosen = _type_of(data, (media_type or "").split(";")[0].strip().lower(), name)
    reader = READERS.get(chosen)
    if reader is None:
        raise ReadingError(f"{name} is of type {chosen}, which is not read", remedy=f"give one of {', '.join(READERS)}")
    return reader(data, charset=charset, name=name)


def _type_of(data: bytes, media_type: str, name: str) -> str:
    suffix = EXTENSIONS.get(PurePosixPath(name.split("?", maxsplit=1)[0]).suffix.lower())
    if data[:1024].lstrip().startswith(PDF_SIGNATURE) and media_type in UNKNOWN | {"application/pdf"}:
        return "application/pdf"
    if media_type not in UNKNOWN:
        return media_type
    return suffix or ("text/html" if HTML_START.match(data[:4096]) else "text/plain")
