"""Any bytes: their type, their character set, plain text, Markdown with front matter."""

from __future__ import annotations

from collections.abc import Iterator

from foreshock.errors import ReadingError
from foreshock.reading.extract import extract
from foreshock.reading.extract.charset import decode
from fuzz.drawn import split
from fuzz.laws import in_time, must_be_read, same

MODULES = ("foreshock.reading.extract", "foreshock.knowledge")
WORDS = (
    "---\n", "title: ", "published: ", "language: ", "source: ", "utf-16", "\x1b$B", "euc-jp", "koi8-r", "ï»¿", "...",
)  # fmt: skip
NAMES = ("a", "a.txt", "a.md", "https://felt.example/a.html?x")


def seeds() -> Iterator[bytes]:
    """Yield texts in many character sets, each with a declaration, and with and without front matter."""
    text = "Солдаты закрыли мост через реку в понедельник, сообщило министерство."
    for encoding in ("utf-8", "utf-16", "utf-16-le", "utf-32", "cp1251", "koi8-r", "utf-8-sig"):
        yield b"windows-1251\xff\x00" + text.encode(encoding)
    for encoding in ("cp932", "euc-jp", "iso2022_jp", "gb18030"):
        yield encoding.encode() + b"\xff\x01" + "兵士は月曜日に川の橋を閉鎖した。".encode(encoding)
    matter = (
        "---\ntitle: Bridge closed\npublished: 2033-05-04\nlanguage: en\nodd: [1, {a: b}]\n---\n\nSoldiers closed the bridge.\n"
    )
    yield b"\xff\x02" + matter.encode()
    yield b"\xff\x02" + matter.replace("2033-05-04", "!!python/object:os.system x").encode()
    yield b"\xff\x00PK\x03\x04" + bytes(range(64))


def check(data: bytes) -> None:
    """Read bytes under a declaration and a name. UTF-8 that nothing was noted of comes back byte for byte."""
    label, body = split(data, 2)
    declared = label.decode("ascii", "ignore") or None
    name = NAMES[body[0] % len(NAMES)] if body else "a"
    with in_time(data):
        try:
            found = extract(body[1:], media_type=None, charset=declared, name=name)
            decoded = decode(body[1:], declared=declared)
        except ReadingError:
            return
    must_be_read(found)
    if decoded.encoding == "utf-8" and not decoded.notes:
        same(decoded.text.encode(), body[1:], "bytes were lost")
