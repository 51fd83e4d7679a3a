"""What is at hand of what joining remembers while joining goes on: bounded, and never other than what the ledger holds.

Three things are asked for again and again, and each is asked of the ledger once: which entries are under a key, which version of
an entry is its latest, and what it says. All that a transaction puts goes in here too; that nobody else put anything
meanwhile is told by the last arrival of each space, since what joins goes on from the last arrival. If it is another one, or if
something was redacted, all is forgotten.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from foreshock.model import Entry
from foreshock.model.entry import Ref
from foreshock.model.recent import Recent

ENTRIES = 4_000  # of some 5 KB each as they are read
# For each of these entries: latest versions, of some 200 bytes; what is under keys, in units of some 100; letters of values.
HEADS, KEYS, LETTERS = 16, 150, 16_000
KEY = 4  # units of a key, beside one for each entry under it
VALUE = 400  # letters that a value counts for beside its own
NONE = -1  # the arrival of what the ledger does not hold


class Under:
    """The versions under a key, the latest first: all, or the latest ``each`` and those that arrived with the last of them."""

    __slots__ = ("each", "refs")

    def __init__(self, each: int, refs: list[Ref]) -> None:
        self.each = each
        self.refs = refs

    def latest(self, each: int) -> list[Ref]:
        """Return the latest ``each`` (at most as many as were read) and those that arrived with the last of them."""
        refs = self.refs
        if len(refs) <= each:
            return refs
        last, end = refs[max(each, 1) - 1][0], max(each, 1)
        while end < len(refs) and refs[end][0] == last:
            end += 1
        return refs[:end]

    def add(self, ref: Ref) -> None:
        """Add a version that was put."""
        insort(self.refs, ref)
        if len(self.refs) > 2 * self.each:
            self.refs = list(self.latest(self.each))


def _units(under: Under) -> int:
    return KEY + len(under.refs)


def _letters(value: tuple[str, str]) -> int:
    return VALUE + len(value[1])


@dataclass
class Window:
    """What was read last: at most ``most`` entries and in proportion what leads to them, whatever the ledger holds.

    A version of an entry never changes but by a redaction, after which all are forgotten.
    """

    most: int = ENTRIES
    erased: int = -1
    entries: Recent[tuple[str, Ref], Entry] = field(init=False)
    heads: Recent[tuple[str, str], int] = field(init=False)
    under: Recent[tuple[str, str], Under] = field(init=False)
    values: Recent[tuple[str, Ref], tuple[str, str]] = field(init=False)  # known_at, and the value as it is kept
    ends: dict[str, int] = field(default_factory=dict)  # the last arrival of each space that something is kept of

    def __post_init__(self) -> None:
        self.entries = Recent(self.most)
        self.heads = Recent(HEADS * self.most)
        self.under = Recent(KEYS * self.most, weigh=_units)
        self.values = Recent(LETTERS * self.most, weigh=_letters)

    def still(self, erased: int, ends: Mapping[str, int]) -> bool:
        """Return whether nothing was erased since; forget what is no longer so.

        Args:
            erased: the number of the last redaction.
            ends: the last arrival of each space of ``self.ends``, as the ledger has it now.
        """
        same = erased == self.erased
        if not same or ends != self.ends:
            for one in (self.entries, self.heads, self.under, self.values, self.ends):
                one.clear()
        self.erased = erased
        return same

    def put(self, space: str, entries: Iterable[Entry], versions: Mapping[str, int]) -> None:
        """Take note of entries that were put; ``versions`` are the latest arrivals that their ids had before."""
        if space not in self.ends:
            return
        for entry in entries:
            self.ends[space] = max(self.ends[space], entry.arrival)
            head = self.heads.peek((space, entry.id))
            before = versions.get(entry.id, NONE) if head is None else head
            self.heads.put((space, entry.id), max(before, entry.arrival))
            for key in dict.fromkeys(entry.keys):
                if (under := self.under.peek((space, key))) is not None:
                    under.add(entry.ref)

    def __len__(self) -> int:
        return len(self.entries)
