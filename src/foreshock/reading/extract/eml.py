"""An e-mail: its plain text, or else its HTML, with the headers as metadata."""

from __future__ import annotations

import email.policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime

from foreshock import dates
from foreshock.errors import ReadingError
from foreshock.model import Extract
from foreshock.reading.extract import html, plain
from foreshock.reading.extract.tags import language_tag

# What the standard library's header parser raises on headers made, or mangled, to break it.
HEADER_ERRORS = (MessageError, ValueError, TypeError, IndexError, AttributeError, LookupError, RecursionError)


def read_eml(data: bytes, *, charset: str | None, name: str) -> Extract:
    """Read a message: text/plain before text/html; attachments are named in the notes and not read.

    Date gives ``published`` in the sender's zone, Subject the title, From the source, Content-Language the language.

    Raises:
        ReadingError: the message cannot be parsed or has no text.
    """
    try:
        # The default class of this policy is EmailMessage.
        message = BytesParser(_class=EmailMessage, policy=email.policy.default).parsebytes(data)
        body = message.get_body(preferencelist=("plain", "html"))
        attached = [str(part.get_filename() or part.get_content_type()) for part in message.iter_attachments()]
    except HEADER_ERRORS as error:
        raise ReadingError(f"{name} cannot be parsed as an e-mail: {error}", remedy="save its text as .txt") from error
    if not isinstance(body, EmailMessage):
        raise ReadingError(f"{name} is an e-mail without text", remedy="save its attachment and give that")
    inner = _body(body, charset, name)
    sender = parseaddr(_header(message, "From") or "")
    notes = (*inner.notes, *((f"attachments not read: {', '.join(attached[:10])}",) if attached else ()))
    return Extract(
        text=inner.text,
        media_type="message/rfc822",
        title=_header(message, "Subject") or inner.title,
        published=_date(message),
        language=language_tag((_header(message, "Content-Language") or "").split(",")[0]) or inner.language,
        source=sender[0] or sender[1] or None,
        licence=inner.licence,
        translated=inner.translated,
        notes=notes,
    )


def _body(body: EmailMessage, charset: str | None, name: str) -> Extract:
    raw = body.get_payload(decode=True)
    data = raw if isinstance(raw, bytes) else b""
    declared = body.get_content_charset() or charset
    if not data.strip():
        raise ReadingError(f"{name} is an e-mail without text", remedy="save its attachment and give that")
    decoded = plain.text_of(data, name=name, declared=declared, where="declared in the message")
    if body.get_content_type() == "text/html":
        return html.page(decoded.text, name=name, notes=decoded.notes)
    # Lines of a message end in CRLF on the wire; that is the transport's, not the writer's.
    return Extract(text=decoded.text.replace("\r\n", "\n"), media_type="text/plain", notes=decoded.notes)


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message.get(name)
        return str(value).strip() or None if value is not None else None
    except HEADER_ERRORS:
        return None


def _date(message: EmailMessage) -> str | None:
    value = _header(message, "Date")
    try:
        return dates.parse(parsedate_to_datetime(value).isoformat()) if value else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
