"""A saved filter with a name."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Crisis:
    """A saved filter with a name: what a brief is about. ``countries`` are ISO 3166 alpha-3; window ends are ISO prefixes."""

    name: str
    countries: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    words: tuple[str, ...] = field(default=())
