"""How far a backfill is: what is shown while it runs, and what is said at its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ENDS = ("coded", "unchanged", "poisoned", "unreadable", "failed")


@dataclass(slots=True)
class Progress:
    """Counts of a run; ``live`` holds the documents and claims so far of the files that are at work.

    Attributes:
        files: how many there are, those that were coded before included.
        size: bytes of the files that this run has to code.
        ended: what came of each file, by key: a state, with its manifest or failure.
    """

    files: int
    size: int
    ended: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    live: dict[str, tuple[int, int]] = field(default_factory=dict)
    workers: int = 0
    size_done: int = 0
    documents_done: int = 0
    claims_done: int = 0

    def end(self, key: str, told: Mapping[str, Any]) -> None:
        """Take what came of a file in this run."""
        self.ended[key] = brief(told)
        self.live.pop(key, None)
        manifest = told.get("manifest")
        if told["state"] == "coded" and manifest:
            self.documents_done += manifest["counts"]["documents"]
            self.claims_done += manifest["counts"]["claims"]
        self.size_done += (manifest or told)["input"]["size"] or 0

    @property
    def documents(self) -> int:
        """Documents that this run has coded so far."""
        return self.documents_done + sum(documents for documents, _ in list(self.live.values()))

    @property
    def claims(self) -> int:
        """Claims that this run has coded so far."""
        return self.claims_done + sum(claims for _, claims in list(self.live.values()))

    def seconds_left(self, elapsed: float) -> float | None:
        """Return how long the rest takes at the rate so far, seconds; None before a file has ended.

        The documents of the rest are taken to be as many a byte as those of the files that have ended.
        """
        if not (self.size_done and self.documents_done and elapsed):
            return None
        expected = self.documents_done * self.size / self.size_done
        return max(0.0, expected - self.documents) * elapsed / max(self.documents, 1)

    def count(self, state: str) -> int:
        """Return how many files came to an end of that name."""
        return sum(1 for told in self.ended.values() if told["state"] == state)


def brief(told: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what came of a file with that of its manifest only which is told at the end: there may be many thousands."""
    if "manifest" not in told:
        return told
    return {**told, "manifest": {name: told["manifest"][name] for name in ("key", "input", "counts", "cut")}}


def line(progress: Progress, elapsed: float) -> str:
    """Return the line that is shown: files done, documents, claims, documents a second, and how long the rest takes."""
    rate = progress.documents / elapsed if elapsed else 0.0
    left = progress.seconds_left(elapsed)
    return (
        f"{len(progress.ended)} of {progress.files} files, {progress.documents:,} documents, {progress.claims:,} claims, "
        f"{rate:,.1f} documents/s, {progress.workers} workers, {'? left' if left is None else f'{clock(left)} left'}"
    )


def clock(seconds: float) -> str:
    """Return a time as hours, minutes and seconds: 1:02:03."""
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
