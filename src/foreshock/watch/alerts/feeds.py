"""Atom feeds of watches as files in a folder, each written beside its place and renamed."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from pathlib import Path

from foreshock.briefs.exports.alert_feed import LONGEST, alert_feed
from foreshock.dates import utc_stamp
from foreshock.errors import ExportError
from foreshock.ledger import Ledger
from foreshock.ledger.watches import Watches


def feed_file(name: str, key: str) -> str:
    """Return the name of the file of a watch's feed: readable, and never the same for two."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return f"{re.sub('[^a-z0-9]+', '-', plain).strip('-')[:40] or 'watch'}-{key[:8]}.atom"


def feed_of(ledger: Ledger, name: str, *, now: datetime) -> tuple[bytes, str]:
    """Return the feed of a watch, and the name of its file.

    Raises:
        LedgerError: there is no such watch.
        ExportError: the library for Atom is not installed.
    """
    store = Watches(ledger)
    key = store.state(name).watch_id
    return alert_feed(name, store.alerts(name, limit=LONGEST), key=key, updated=utc_stamp(now)), feed_file(name, key)


def write_feed(ledger: Ledger, name: str, folder: Path, *, now: datetime) -> Path:
    """Write the feed of a watch into a folder and return its path.

    Raises:
        ExportError: it cannot be written, or the library for Atom is not installed.
    """
    data, file = feed_of(ledger, name, now=now)
    path = folder / file
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        raise ExportError(f"cannot write {path}: {error.strerror}", remedy="name another folder with alerts") from error
    return path
