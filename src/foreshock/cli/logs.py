"""The log of what runs long, for people or as JSON lines; no message holds a query, a header or a body, which may be secret."""

from __future__ import annotations

import logging
import re
import sys
from datetime import UTC, datetime

import msgspec

from foreshock.settings import SECRET_QUERY, LogFormat

# Whatever message a library writes: passwords in addresses and tokens do not get into a log.
SECRETS = (
    (re.compile(r"(?<=://)([^/\s:@]*):[^/\s]*@"), r"\1:***@"),
    (SECRET_QUERY, r"\1\2=***"),
    (re.compile(r"\bfs_[A-Za-z0-9_-]{8,}"), "fs_***"),
    (re.compile(r"(?i)\b(bearer|basic) [A-Za-z0-9._~+/=-]{8,}"), r"\1 ***"),
)


def hushed(text: str) -> str:
    """Return a text without what looks like a secret."""
    for pattern, instead in SECRETS:
        text = pattern.sub(instead, text)
    return text


class JsonLines(logging.Formatter):
    """Formats a record as one line of JSON: ``at`` (UTC), ``level``, ``logger``, ``message``, and ``trace`` of an error."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": hushed(record.getMessage()),
        }
        if record.exc_info:
            told["trace"] = hushed(self.formatException(record.exc_info))
        return msgspec.json.encode(told).decode()


class Lines(logging.Formatter):
    """Formats a record for people, without secrets and with every control character visible."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the text."""
        first, *trace = hushed(super().format(record)).split("\n")
        return "\n".join(["".join(c if c.isprintable() else repr(c)[1:-1] for c in line) for line in (first, *trace)])


def start(form: LogFormat, *, level: int = logging.INFO) -> None:
    """Write the log of this process to standard error, in one form."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else Lines("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in ("httpx", "httpcore", "apscheduler"):  # their lines at INFO hold addresses
        logging.getLogger(name).setLevel(logging.WARNING)
