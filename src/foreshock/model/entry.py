"""What joining remembers between runs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

# A version of an entry: minus its arrival, and its id. Sorted, the latest come first, then by id.
Ref = tuple[int, str]


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

    @property
    def ref(self) -> Ref:
        """The version that this is."""
        return (-self.arrival, self.id)


@dataclass(frozen=True, slots=True)
class Ranked:
    """The entries that share the keys that were asked for best; ``cut`` is how many were found under them and are not here.

    ``full`` is how many keys have more entries than were read; those that were not read are in no count.
    """

    refs: tuple[Ref, ...] = ()
    cut: int = 0
    full: int = 0


def newest(lists: Iterable[Sequence[Ref]], *, each: int | None) -> tuple[list[Ref], bool]:
    """Return the latest version of each id under any of some keys, in order, as far as no later one can have been left out.

    Args:
        lists: what is under each key, the latest first.
        each: how many of each were read, None where all were.

    Returns:
        Also whether any key may have more than was read.
    """
    given = list(lists)
    ends = [refs[-1][0] for refs in given if each is not None and refs and len(refs) >= each]
    latest: dict[str, Ref] = {}
    for ref in sorted(set(chain.from_iterable(given))):
        latest.setdefault(ref[1], ref)
    return [ref for ref in latest.values() if not ends or ref[0] <= min(ends)], bool(ends)


def ranking(under: Mapping[str, Sequence[Ref]], *, narrow: bool) -> list[Ref]:
    """Return entries in the order of how they share keys: those that share most first, then the latest, by id.

    Args:
        under: key -> what is under it; of an id only its latest version found counts.
        narrow: a key counts the more the fewer it has (one over their number), so that "this town" outweighs "this country";
            else each counts one.
    """
    score: Mapping[Ref, float] = _narrow(under) if narrow else Counter(chain.from_iterable(under.values()))
    order = sorted(score)
    if len({one for _, one in order}) < len(order):
        order, _ = newest([order], each=None)
    return sorted(order, key=score.__getitem__, reverse=True)


def _narrow(under: Mapping[str, Sequence[Ref]]) -> dict[Ref, float]:
    found: defaultdict[Ref, float] = defaultdict(float)
    for key in sorted(under):
        share = 1 / max(1, len(under[key]))
        for ref in under[key]:
            found[ref] += share
    return {ref: round(score, 9) for ref, score in found.items()}
