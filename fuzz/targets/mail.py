"""E-mails, and mailboxes of them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from foreshock.errors import ReadingError, SourceError
from foreshock.reading.extract.eml import read_eml
from foreshock.sources.feeds import mailbox
from fuzz.laws import in_time, must_be_read, must_be_text

MODULES = ("foreshock.reading.extract.eml", "foreshock.sources.feeds.mailbox", "foreshock.reading.extract.plain")
WORDS = (
    "From: ", "Subject: ", "Date: ", "Message-ID: ", "Content-Type: ", "text/plain", "text/html",
    "multipart/alternative; boundary=", "charset=", "Content-Transfer-Encoding: ", "base64", "quoted-printable", "=?utf-8?B?",
    "=?koi8-r?Q?", "?=", "--x\n", "\r\n\r\n", "Content-Disposition: attachment; filename=", "filename*=utf-8''",
    "message/rfc822", "From - Mon", "Content-Language: ",
)  # fmt: skip
PLAIN = """From: "Press office" <press@felt.example>\r\nSubject: =?utf-8?B?0JzQvtGB0YI=?=\r
Date: Tue, 03 May 2033 10:00:00 +0600\r
Message-ID: <1@felt.example>\r
Content-Type: text/plain; charset=utf-8\r\nContent-Language: en\r\n\r\nThe bridge is closed.\r\n"""
PARTS = """From: a@b.example\nSubject: x\nMIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/html;
 charset=koi8-r\nContent-Transfer-Encoding: quoted-printable\n\n<p>The road =E1=E2 is closed to all traffic.</p>\n--x
Content-Type: application/pdf\nContent-Disposition: attachment; filename*=utf-8''%D0%BC.pdf\n\nJVBERi0=\n--x--\n"""


def seeds() -> Iterator[bytes]:
    """Yield messages of one and of several parts, headers that break, and a mailbox."""
    yield b"m" + PLAIN.encode()
    yield b"m" + PARTS.encode()
    yield b"m" + PARTS.replace("text/html", "text/plain").replace("koi8-r", "utf-16").encode()
    yield b"m" + PLAIN.replace("Tue, 03 May 2033 10:00:00 +0600", "Mon, 99 Foo 20333 99:99 +99999").encode()
    yield b"b" + f"From - Mon May  2 2033\n{PLAIN}\nFrom - Mon May  2 2033\n{PARTS}\n".encode()
    yield b"m" + b"Subject: =?x?y?z?=\nFrom: ,;:<@>\nContent-Type: ;;charset*0*=x''%\n\nThe bridge is closed."


def check(data: bytes) -> None:
    """Read a message, or a mailbox and every message of it."""
    with in_time(data):
        messages = [data[1:]] if data[:1] != b"b" else _mailbox(data[1:])
        for one in messages:
            try:
                found = read_eml(one, charset=None, name="a.eml")
            except ReadingError:
                continue
            must_be_read(found)


def _mailbox(data: bytes) -> list[bytes]:
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        path = Path(folder) / "box"
        path.write_bytes(data)
        found = []
        try:
            for one in mailbox.mails(path, 50_000):
                if not isinstance(one, SourceError):
                    must_be_text(one.key, one.name.replace("\0", ""))  # a ledger leaves NUL out
                    found.append(one.data)
        except SourceError:
            return []
        return found
