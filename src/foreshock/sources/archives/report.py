"""What an archive held: how many records, how many became documents, and why the others did not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

# What is damage, and what is only no page: the first is named, the second counted.
DAMAGE = frozenset(
    {
        "broken compression",
        "broken header",
        "wrong length",
        "cut off",
        "no record",
        "bad digest",
        "bad date",
        "broken http",
        "broken encoding",
        "too large",
        "bomb",
    }
)
MOST_NAMED = 100


@dataclass(frozen=True, slots=True)
class Broken:
    """One place in an archive that could not be read.

    Attributes:
        where: "offset 1234": byte of the file at which the record, or the compressed member that holds it, begins;
            "offset 1234+56" where the record begins 56 unfolded bytes into that member.
        reason: one of ``DAMAGE``.
        why: what was found, in words.
        url: the address of the page, "" where it is not known.
    """

    where: str
    reason: str
    why: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class ArchiveReport:
    """The counts of one archive.

    Attributes:
        name: the archive, as the user gave it.
        records: records met, whole or broken.
        documents: records that became documents.
        skipped: reason and number of those that did not, the most frequent first; with ``documents`` they add up to ``records``.
        broken: the first hundred of the damaged ones, each with its place.
    """

    name: str
    records: int
    documents: int
    skipped: tuple[tuple[str, int], ...]
    broken: tuple[Broken, ...] = ()

    @property
    def damaged(self) -> int:
        """How many records were damaged, the unnamed included."""
        return sum(number for reason, number in self.skipped if reason in DAMAGE)

    def told(self) -> str:
        """Return the counts in a line: "x.warc.gz: 6 records, 1 documents; skipped: request 2, warcinfo 2, revisit 1"."""
        skipped = ", ".join(f"{reason} {number:,}" for reason, number in self.skipped)
        return f"{self.name}: {self.records:,} records, {self.documents:,} documents{f'; skipped: {skipped}' if skipped else ''}"

    def as_data(self) -> dict[str, object]:
        """Return the counts as JSON has them: ``{"records": n, "documents": n, "skipped": {"reason": n}, "broken": [...]}``."""
        named = [{"where": one.where, "reason": one.reason, "why": one.why, "url": one.url} for one in self.broken]
        return {"records": self.records, "documents": self.documents, "skipped": dict(self.skipped), "broken": named}


@dataclass(slots=True)
class Counting:
    """The counts while an archive is read."""

    name: str
    records: int = 0
    documents: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    broken: list[Broken] = field(default_factory=list)

    def skip(self, reason: str) -> None:
        """Count a record that is whole and no page."""
        self.records += 1
        self.skipped[reason] += 1

    def damage(self, one: Broken) -> bool:
        """Count a damaged place; return whether it is among the first, which are named."""
        self.skip(one.reason)
        if len(self.broken) >= MOST_NAMED:
            return False
        self.broken.append(one)
        return True

    def keep(self) -> None:
        """Count a record that became a document."""
        self.records += 1
        self.documents += 1

    def report(self) -> ArchiveReport:
        """Return the counts as they stand."""
        ordered = tuple(sorted(self.skipped.items(), key=lambda item: (-item[1], item[0])))
        return ArchiveReport(self.name, self.records, self.documents, ordered, tuple(self.broken))
