"""Front matter: the block between two lines of three hyphens at the very top of a Markdown file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import yaml

from foreshock import dates
from foreshock.knowledge import load_yaml
from foreshock.reading.extract.tags import language_tag

KEYS = ("source", "title", "published", "language", "url", "licence")
OPEN = re.compile(r"---[ \t]*\r?\n")
CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
# A block of six short values fits many times over; what is longer is a text between two rules.
MAX_BLOCK = 8_192


@dataclass(frozen=True, slots=True)
class Matter:
    """The text below the block, the block's values by key, and what could not be used of it."""

    text: str
    values: Mapping[str, str]
    notes: tuple[str, ...] = ()


def split(text: str) -> Matter:
    """Part a text from its front matter.

    A text without a block, or with one that is no YAML mapping (a text between two rules), is returned whole. Keys:
    source, title, published (an ISO prefix), language, url, licence.
    """
    opened = OPEN.match(text)
    closed = CLOSE.search(text, opened.end(), opened.end() + MAX_BLOCK) if opened else None
    if opened is None or closed is None:
        return Matter(text, {})
    try:
        block = load_yaml(text[opened.end() : closed.start()])
    except (yaml.YAMLError, ValueError, RecursionError):
        return Matter(text, {}, ("the block between --- at the top is not YAML: it is kept as text",))
    if not isinstance(block, dict):
        return Matter(text, {})
    notes: list[str] = []
    values: dict[str, str] = {}
    for key, raw in block.items():
        value = _scalar(str(key), raw)
        if key not in KEYS or value is None:
            notes.append(f"front matter: {str(key)[:40]}: {str(raw)[:60] if _flat(raw) else type(raw).__name__} is not used")
        else:
            values[str(key)] = value
    return Matter(text[closed.end() :].removeprefix("\r\n").removeprefix("\n"), values, tuple(notes))


def _flat(raw: object) -> bool:
    return raw is None or isinstance(raw, (str, int, float, date))


def _scalar(key: str, raw: object) -> str | None:
    if isinstance(raw, date):
        raw = raw.isoformat()
    if isinstance(raw, bool) or not isinstance(raw, (str, int)) or not str(raw).strip():
        return None
    value = str(raw).strip()
    if key == "published":
        return dates.parse(value)
    return language_tag(value) if key == "language" else value
