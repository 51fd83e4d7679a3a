"""Mailboxes as they are watched: the messages of an mbox file or a Maildir folder, each as its bytes."""

from __future__ import annotations

import hashlib
import mailbox
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.parser import BytesHeaderParser
from pathlib import Path

from foreshock.errors import SourceError
from foreshock.model import record_id

HEADERS = 65_536  # bytes in which the headers of a message stand


@dataclass(frozen=True, slots=True)
class Mail:
    """One message: its key, what it calls itself, and its bytes.

    The key is made of Message-ID and body. Marks that mail programs set (read, answered) change neither; a message of another
    body under the same Message-ID is another message, so nobody can write over one by taking its name.
    """

    key: str
    name: str
    data: bytes


def stamp(path: Path) -> str:
    """Return what changes when a mailbox does: size and time of the file, or the names in a Maildir.

    Raises:
        SourceError: it cannot be looked at.
    """
    try:
        if path.is_dir():
            names = sorted(f"{folder}/{one.name}" for folder in ("cur", "new") for one in (path / folder).iterdir())
            return hashlib.sha256("\n".join(names).encode("utf-8", "surrogateescape")).hexdigest()
        found = path.stat()
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror or error}", remedy="check the mailbox") from error
    return f"{found.st_size}-{found.st_mtime_ns}"


def mails(path: Path, limit: int) -> Iterator[Mail | SourceError]:
    """Yield the messages of a mailbox, in its order; one that is over the limit of bytes is yielded as its problem.

    Raises:
        SourceError: it is no mailbox, or cannot be read.
    """
    try:
        # Opening it for reading would still want to create what is not there.
        box: mailbox.Mailbox[mailbox.Message] = (
            mailbox.Maildir(str(path), create=False) if path.is_dir() else mailbox.mbox(str(path), create=False)
        )
        try:
            yield from _mails(box, path, limit)
        finally:
            box.close()
    except (OSError, mailbox.Error) as error:
        raise SourceError(
            f"{path} cannot be read as a mailbox: {error}", remedy="name an mbox file or a Maildir folder"
        ) from error


def _mails(box: mailbox.Mailbox[mailbox.Message], path: Path, limit: int) -> Iterator[Mail | SourceError]:
    # The names of a Maildir begin with the moment of delivery; a folder lists them in any order.
    keys = sorted(box.iterkeys()) if path.is_dir() else list(box.iterkeys())
    if not keys and path.is_file() and path.stat().st_size:
        raise SourceError(f"{path} is no mbox: no line of it begins a message", remedy="name an mbox file or a Maildir folder")
    for key in keys:
        try:
            data = box.get_bytes(key)
        except (KeyError, OSError):
            continue  # a mail program moved it meanwhile: it is met again under its new name
        if len(data) > limit:
            yield SourceError(f"{path}: a message of {len(data):,} bytes; at most {limit:,} are read", remedy="save it as a file")
            continue
        name = _message_id(data)
        body = data.replace(b"\r\n", b"\n").partition(b"\n\n")[2]
        yield Mail(record_id("mail", name, hashlib.sha256(body).hexdigest()), name, data)


def _message_id(data: bytes) -> str:
    try:
        found = BytesHeaderParser().parsebytes(data[:HEADERS]).get("Message-ID")
    except (MessageError, ValueError, LookupError):
        return ""
    return " ".join(str(found or "").encode("utf-8", "replace").decode("utf-8").split())[:500]
