"""A person's name in what feeds left: their rows, what is said of their answers, and the bytes as they came.

Bytes may hold a name behind an encoding of characters, of mail or of pages; they are read in each that is likely. What cannot be
told from such bytes alone is told by the document that was read from them, whose bytes go with its words.
"""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from typing import TYPE_CHECKING, Any

import msgspec

from foreshock.ledger.erasing import FREE, erased
from foreshock.ledger.forms import Forms
from foreshock.ledger.rewriting import rows_of
from foreshock.ledger.tables import table
from foreshock.model import FeedAnswer

if TYPE_CHECKING:
    from sqlalchemy import Connection

# Of bytes that are no UTF-8: what pages and mails of these languages were written in before it.
ENCODINGS = ("cp1251", "koi8-r", "cp1252", "cp1250", "cp1254", "cp1253", "cp1256", "shift_jis", "euc_jp", "iso2022_jp", "gb18030",
             "big5", "euc_kr")  # fmt: skip
FEED = ("name", "categories", "error", "moved_to", "etag", "modified", "address")
ITEM = ("place", "link", "url", "error")


def forget_feeds(connection: Connection, forms: Forms) -> int:
    """Erase a name in what is kept of feeds and their items; return how many rows lost words.

    A feed whose own address holds it is watched no more: there is no address left to ask.
    """
    changed = 0
    for name, key, columns in (("feeds", "id", FEED), ("feed_items", "no", ITEM)):
        kept = table(name)
        for row in rows_of(connection, name, key):
            found = {column: forms.erased(getattr(row, column)) for column in columns}
            values = {column: value for column, value in found.items() if value != getattr(row, column)}
            if "address" in values and row.dropped_at is None:
                values["dropped_at"] = row.polled_at or row.added_at
            if values:
                connection.execute(kept.update().where(kept.c[key] == getattr(row, key)).values(**values))
                changed += 1
    answers = table("feed_answers")
    for row in rows_of(connection, "feed_answers", "no"):
        one = msgspec.json.decode(row.record, type=FeedAnswer)
        if (made := erased(one, forms.erased, FREE)) != one:
            record = msgspec.json.encode(made).decode()
            connection.execute(answers.update().where(answers.c.no == row.no).values(record=record))
            changed += 1
    return changed


def names_in(data: bytes, forms: Forms) -> bool:
    """Whether a name stands in bytes, in any encoding that is likely."""
    return any(forms.stand_in(text) for text in _texts(data))


def _texts(data: bytes) -> Iterator[str]:
    try:
        yield data.decode("utf-8")
    except UnicodeDecodeError:
        yield data.decode("utf-8", "ignore")
        for encoding in (*ENCODINGS, *(("utf-16-le", "utf-16-be") if b"\0" in data else ())):
            yield data.decode(encoding, "ignore")
    if b"\0" in data:
        yield data.decode("utf-16-le", "ignore")
        yield data.decode("utf-16-be", "ignore")
    if b"=?" in data or (b"ransfer-" in data and b"ncoding" in data):
        yield from _mail(data)


def _mail(data: bytes) -> Iterator[str]:
    # A mailbox holds many; each begins with a line of its own.
    for one in data.split(b"\nFrom "):
        message: Message[Any, Any] = message_from_bytes(one)
        yield "\n".join(str(value) for value in _headers(message))
        for part in message.walk():
            body = part.get_payload(decode=True)
            if isinstance(body, bytes):
                yield body.decode("utf-8", "ignore")
                yield body.decode(_charset(part), "ignore")


def _headers(message: Message[Any, Any]) -> Iterator[str]:
    from email.errors import HeaderParseError
    from email.header import decode_header, make_header

    for value in message.values():
        try:
            yield str(make_header(decode_header(str(value))))
        except (HeaderParseError, LookupError, ValueError):
            yield str(value)


def _charset(part: Message[Any, Any]) -> str:
    named = part.get_content_charset() or "latin-1"
    try:
        b"".decode(named)
    except LookupError:
        return "latin-1"
    return named
