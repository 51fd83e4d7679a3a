"""What joining remembers between runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One remembered thing: a signature of a document, an episode, the incident of a claim, a link between documents.

    Entries are only ever added: one with the same ``id`` and a later ``arrival`` supersedes. ``known_at`` is the moment from
    which it holds. ``keys`` are strings that it can be found under; ``value`` is JSON-ready.
    """

    id: str
    arrival: int
    known_at: str
    value: dict[str, Any] = field(default_factory=dict)
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """The entries that share the keys that were asked for best; ``cut`` is how many were found under them and are not here.

    ``full`` is how many keys have more entries than were read; those that were not read are in no count.
    """

    entries: tuple[Entry, ...] = ()
    cut: int = 0
    full: int = 0


def ranking(rows: Iterable[tuple[str, str, int]], *, narrow: bool) -> list[tuple[str, int]]:
    """Return ids with the arrival under which they were found: those that share most of the keys first, then the latest, by id.

    Args:
        rows: key, id and arrival; of an id only the rows of its latest arrival count.
        narrow: a key counts the more the fewer ids have it (one over their number), so that "this town" outweighs "this
            country"; else each counts one.
    """
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    sizes: dict[str, int] = defaultdict(int)
    for key, one, arrival in rows:
        found[one].append((key, arrival))
        sizes[key] += 1
    ranked = []
    for one, under in found.items():
        latest = max(arrival for _, arrival in under)
        keys = sorted(key for key, arrival in under if arrival == latest)
        score = round(sum(1 / sizes[key] for key in keys), 9) if narrow else float(len(keys))
        ranked.append((-score, -latest, one))
    return [(one, -latest) for _, latest, one in sorted(ranked)]
