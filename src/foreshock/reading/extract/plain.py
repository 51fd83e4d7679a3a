"""Plain text and Markdown: the decoded text, unchanged; bytes that are no text are refused."""

from __future__ import annotations

import re

from foreshock.errors import ReadingError
from foreshock.model import Extract
from foreshock.reading.extract import front
from foreshock.reading.extract.charset import Decoded, decode

# Control characters that texts do not hold; tab, line feed, vertical tab, form feed, return and escape do occur.
CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
CONTROL_SHARE = 0.01
MAGIC = (
    (b"PK\x03\x04", "a ZIP archive or an Office document"), (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"), (b"\x1f\x8b", "a gzip archive"), (b"\x7fELF", "a program"), (b"MZ", "a Windows program"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"), (b"SQLite format 3", "an SQLite database"), (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"), (b"7z\xbc\xaf", "a 7z archive"), (b"Rar!", "a RAR archive"), (b"%PDF-", "a PDF"),
    (b"RIFF", "a media file"), (b"OggS", "a media file"), (b"ID3", "a media file"), (b"\x28\xb5\x2f\xfd", "a zstd archive"),
)  # fmt: skip


def text_of(data: bytes, *, name: str, declared: str | None = None, where: str = "declared") -> Decoded:
    """Decode bytes that should be text.

    Raises:
        ReadingError: the bytes are empty, are a binary file, or no encoding decodes them.
    """
    refuse_empty(data, name)
    looks = next((what for magic, what in MAGIC if data.startswith(magic) and _binary_start(data)), None)
    remedy = "give it its true extension, or turn it into text first"
    if looks:
        raise ReadingError(f"{name} is not text: it looks like {looks}", remedy=remedy)
    decoded = decode(data, declared=declared, where=where)
    if not decoded.text.strip():  # escapes that switch between alphabets, and nothing written in any
        raise ReadingError(f"{name} is empty ({len(data)} bytes)", remedy="give a file with text in it")
    controls = len(CONTROLS.findall(decoded.text))
    if "\x00" in decoded.text or controls > CONTROL_SHARE * len(decoded.text):
        raise ReadingError(
            f"{name} is not text: {controls} of its {len(decoded.text)} characters are control characters", remedy=remedy
        )
    return decoded


def _binary_start(data: bytes) -> bool:
    """A text may begin with "MZ" or "ID3" as well; what makes a signature is the bytes around it."""
    return data.startswith(b"%PDF-") or not data[:8].isascii() or b"\x00" in data[:1000]


def refuse_empty(data: bytes, name: str) -> None:
    """Raise a ReadingError for bytes that hold nothing but white space and byte order marks."""
    if not data.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n\x0b\x0c"):
        raise ReadingError(f"{name} is empty ({len(data)} bytes)", remedy="give a file with text in it")


def read_text(data: bytes, *, charset: str | None, name: str) -> Extract:
    """Return a plain text: nothing added, nothing taken away but a byte order mark."""
    decoded = text_of(data, name=name, declared=charset)
    return Extract(text=decoded.text, media_type="text/plain", notes=decoded.notes)


def read_markdown(data: bytes, *, charset: str | None, name: str) -> Extract:
    """Return a Markdown text: what stands after the front matter, unchanged, with the front matter as its metadata."""
    decoded = text_of(data, name=name, declared=charset)
    matter = front.split(decoded.text)
    if not matter.text.strip():
        raise ReadingError(f"{name} has front matter and no text", remedy="write the text below the second ---")
    known = matter.values
    return Extract(
        text=matter.text,
        media_type="text/markdown",
        title=known.get("title"),
        published=known.get("published"),
        language=known.get("language"),
        source=known.get("source"),
        licence=known.get("licence"),
        url=known.get("url"),
        notes=(*decoded.notes, *matter.notes),
    )
