"""Outlets by name: newspapers, agencies and broadcasters that crisis news cites, and what translation engines make of them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from foreshock.errors import CatalogueError
from foreshock.knowledge import load_table


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet.

    Attributes:
        name: its name in English or its own Latin spelling.
        country: ISO 3166 alpha-3 of its seat.
        kind: newspaper, agency, broadcaster, journal or site.
        aliases: its name in any script, as outlets write it.
        words: language code -> what its name becomes where it is translated as common words, lower case.
    """

    name: str
    country: str
    kind: str
    aliases: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@functools.cache
def load() -> tuple[Outlet, ...]:
    """Return the outlets of the table that ships with the package.

    Raises:
        CatalogueError: a row lacks its name, country or kind.
    """
    rows = load_table("foreshock.ontology", "actors", "outlets.yaml")
    return tuple(_outlet(row) for row in rows)


def _outlet(row: Mapping[str, object]) -> Outlet:
    missing = [key for key in ("name", "country", "kind") if not row.get(key)]
    if missing:
        raise CatalogueError(f"outlet {row!r} has no {', '.join(missing)}", remedy="mend ontology/actors/outlets.yaml")
    words = row.get("words") or {}
    aliases = row.get("aliases") or ()
    if not isinstance(words, dict) or not isinstance(aliases, (list, tuple)):
        raise CatalogueError(f"outlet {row['name']!r}: words must be a mapping and aliases a list", remedy="mend outlets.yaml")
    said = {str(code): tuple(str(word) for word in found) for code, found in words.items()}
    return Outlet(str(row["name"]), str(row["country"]), str(row["kind"]), tuple(str(one) for one in aliases), said)


def by_name(name: str, *, outlets: Iterable[Outlet] | None = None) -> Outlet | None:
    """Return the outlet that bears this name or alias, without regard to case, spaces or a leading article; else None."""
    index = _shipped() if outlets is None else _named(outlets)
    return index.get(_key(name))


def mentions(text: str, *, outlets: Iterable[Outlet] | None = None) -> Iterator[tuple[int, int, Outlet]]:
    """Yield half-open spans where an outlet stands under one of its names, in order, the longest name first.

    Names are matched as written: "the guardian" of a child is not The Guardian.
    """
    known = load() if outlets is None else tuple(outlets)
    index = {name: outlet for outlet in known for name in (outlet.name, *outlet.aliases)}
    for match in _pattern(tuple(sorted(index, key=lambda name: (-len(name), name)))).finditer(text):
        yield match.start(), match.end(), index[match[0]]


@functools.lru_cache(maxsize=4)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    # A Latin or Cyrillic name ends at a word's edge; kana and Han have none.
    edged = (rf"(?<!\w){re.escape(n)}(?!\w)" if ord(n[-1]) < 0x2E80 and n[-1].isalnum() else re.escape(n) for n in names)
    return re.compile("|".join(edged))


def _named(outlets: Iterable[Outlet]) -> dict[str, Outlet]:
    """Return outlets by the keys of their names; of two with one name the first."""
    found: dict[str, Outlet] = {}
    for outlet in outlets:
        for one in (outlet.name, *outlet.aliases):
            found.setdefault(_key(one), outlet)
    return found


@functools.cache
def _shipped() -> dict[str, Outlet]:
    return _named(load())


@functools.lru_cache(maxsize=4096)
def _key(name: str) -> str:
    folded = re.sub(r"[\s・·\-.'’]+", "", name).casefold()
    return folded.removeprefix("the")
