"""Which character encoding the bytes are in, and why we think so; nothing is replaced without saying so."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from foreshock.errors import ReadingError

BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Labels name the narrow standard, writers use the vendor's superset of it (WHATWG Encoding, section 4.2).
SUPERSETS = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "shift_jis": "cp932", "euc_kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs",
}  # fmt: skip
LATIN = {"cp1252", "iso8859-15", "cp1254"}
# In languages written with these code pages about one letter in seven is accented; a page of mostly accented letters is not one.
LATIN_ACCENTS = 0.3
# A page cut or pasted at a few bytes is still UTF-8: at most this share of its multi-byte characters may be broken.
BROKEN_SHARE = 0.01
LONGEST_LABEL = 60
REMEDY = "save the file as UTF-8, or give its character encoding"
HIGH = re.compile(rb"[\x80-\xff]")
C1 = re.compile("[\x80-\x9f]")
ESCAPED = re.compile("[\udc80-\udcff]")
BEYOND_ASCII = re.compile("[^\x00-\x7f]")
# The escapes that switch ISO-2022 to Japanese, Korean or Chinese: seven-bit bytes that would pass as ASCII.
STATEFUL = re.compile(rb"\x1b\$[@AB()]")
# Python counts these as text encodings; as a label of a page they are a mistake or an attack.
REFUSED = {"utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the Python name of its encoding, and what a reader should know of the choice."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def codec(label: str | None) -> str | None:
    """Return Python's name for an encoding label of the web, in its superset, or None for an unknown or non-text one."""
    try:
        found = codecs.lookup((label or "").strip().strip("\"'").replace("x-sjis", "shift_jis"))
        "".encode(found.name)
    except (LookupError, ValueError):
        return None
    return None if found.name.replace("-", "_") in REFUSED or found.name in REFUSED else SUPERSETS.get(found.name, found.name)


def _strict(data: bytes, encoding: str | None) -> str | None:
    if encoding is None:
        return None
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def decode(data: bytes, *, declared: str | None = None, where: str = "declared") -> Decoded:
    """Decode bytes: byte order mark, then strict UTF-8, then the declared encoding, then detection.

    UTF-8 goes before the declaration because bytes beyond ASCII that are valid UTF-8 are almost never anything else, while a
    single-byte encoding "decodes" everything. A declared encoding that the bytes contradict gives way to the detected one.

    Args:
        data: the bytes.
        declared: the label that an HTTP header, a meta element or a MIME part gives.
        where: who declared it, for the note.

    Raises:
        ReadingError: no encoding decodes the bytes.
    """
    declared = None if declared is None else _label(declared)
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _after_bom(data[len(bom) :], encoding)
    if wide := _wide(data):
        return wide
    name = codec(declared)
    text = _strict(data, "utf-8")
    if STATEFUL.search(data) and not HIGH.search(data):
        name = name if (name or "").startswith("iso2022") else None
    elif text is not None:
        return Decoded(text, "utf-8", _overruled(declared, name, where, data))
    if name is not None and (text := _strict(data, name)) is not None and not _implausible(text, name, data):
        return Decoded(text, name, (f"decoded as {name} ({where})",))
    return _detected(data, declared, where)


def _label(declared: str) -> str:
    """Return a label as a note may repeat it: whoever wrote the page chose its characters, and how many there are."""
    return "".join(one for one in declared if one.isprintable())[:LONGEST_LABEL]


def _after_bom(data: bytes, encoding: str) -> Decoded:
    text = _strict(data, encoding)
    if text is not None:
        return Decoded(text, encoding, (f"decoded as {encoding} (byte order mark, left out of the text)",))
    if encoding == "utf-8" and (broken := _broken_utf8(data)):
        return broken
    raise ReadingError(f"the file begins with a byte order mark of {encoding} but is not {encoding}", remedy=REMEDY)


def _overruled(declared: str | None, name: str | None, where: str, data: bytes) -> tuple[str, ...]:
    if not declared or name == "utf-8" or not HIGH.search(data):
        return ()
    return (f"decoded as utf-8: the bytes are valid UTF-8, though {declared} was {where}",)


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: every second byte of Latin, digits and spaces is NUL."""
    sample = data[:4096]
    if len(sample) < 4 or len(data) % 2 or b"\x00" not in sample:
        return None
    encoding = "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    high = Counter(sample[1::2] if encoding == "utf-16-le" else sample[::2])
    # One alphabet and its spaces take two values of the high byte; bytes of a program or a table take many.
    if high[0] < 0.05 * high.total() or sum(count for _, count in high.most_common(2)) < 0.9 * high.total():
        return None
    text = _strict(data, encoding)
    if text is None or re.search("[\x00-\x08]", text):
        return None
    return Decoded(text, encoding, (f"decoded as {encoding} (every second byte is NUL; no byte order mark)",))


def _implausible(text: str, name: str, data: bytes) -> bool:
    if C1.search(text):
        return True
    letters = sum(one.isalpha() for one in text)
    beyond = sum(one.isalpha() and one > "\x7f" for one in text)
    return name in LATIN and letters > 0 and beyond / letters > LATIN_ACCENTS and guess(data) not in LATIN


def guess(data: bytes) -> str | None:
    """Return the encoding that uchardet finds in bytes, as a Python name, or None where it finds none."""
    from resiliparse.parse.encoding import detect_encoding  # noqa: PLC0415  (heavy import)

    return codec(detect_encoding(data, html5_compatible=False))


def _detected(data: bytes, declared: str | None, where: str) -> Decoded:
    against = f"; {declared} was {where}, which the bytes contradict" if declared else ""
    if broken := _broken_utf8(data):
        return Decoded(
            broken.text, broken.encoding, (*broken.notes, *((against[2:],) if against and codec(declared) != "utf-8" else ()))
        )
    found = guess(data)
    text = _strict(data, found)
    if found is None or text is None:
        raise ReadingError(f"the character encoding could not be found (best guess: {found or 'none'}{against})", remedy=REMEDY)
    return Decoded(text, found, (f"decoded as {found} (detected from the bytes{against})",))


def _broken_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few broken bytes: they become U+FFFD in the text, and the note counts and places them."""
    escaped = data.decode("utf-8", errors="surrogateescape")
    broken = [match.start() for match in ESCAPED.finditer(escaped)]
    multibyte = len(BEYOND_ASCII.findall(escaped)) - len(broken)
    if not broken or multibyte < 3 or len(broken) > max(3, BROKEN_SHARE * multibyte):
        return None
    offsets = [str(len(escaped[:one].encode("utf-8", errors="surrogateescape"))) for one in broken[:5]]
    places = ", ".join(offsets) + (", ..." if len(broken) > 5 else "")
    note = f"decoded as utf-8; {len(broken)} broken byte(s), at byte {places}, stand as U+FFFD in the text"
    return Decoded(data.decode("utf-8", errors="replace"), "utf-8", (note,))
