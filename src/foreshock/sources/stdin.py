"""Standard input: one text, page or PDF, or JSON Lines."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

from foreshock.errors import SourceError
from foreshock.sources.base import Item, Job
from foreshock.sources.files import too_large
from foreshock.sources.jsonl import read_lines
from foreshock.sources.record import read_bytes

NAME = "stdin"


def accepts(address: str) -> bool:
    """Return whether the address is the sign for standard input."""
    return address == "-"


def read(address: str, job: Job) -> Iterator[Item]:
    """Yield what comes in; its type is read from its bytes.

    Raises:
        SourceError: nothing comes in, or more than the limit.
    """
    if job.stdin is None:
        raise SourceError(f"{address}: there is no standard input here", remedy="give a file, a folder or an address")
    limit = job.limits.max_text_bytes
    data = job.stdin.read(limit + 1)
    if len(data) > limit:
        raise too_large("standard input", len(data), limit)
    if _is_jsonl(data):
        yield from read_lines(io.BytesIO(data), job, name=NAME, origin=NAME)
    else:
        yield read_bytes(data, job, name=NAME, origin=NAME)


def _is_jsonl(data: bytes) -> bool:
    first = data.lstrip().split(b"\n", 1)[0]
    if not first.startswith(b"{"):
        return False
    try:
        value = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and "text" in value
