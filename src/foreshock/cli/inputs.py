"""The inputs of a command, read one by one: each part that cannot be read is told as it is met, and the rest is read."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import click

from foreshock.cli.app import FAILED, PARTLY
from foreshock.cli.plain import tell
from foreshock.errors import CodingError, ForeshockError, ReadingError, SourceError
from foreshock.model import Document
from foreshock.settings import Settings


@dataclass
class Inputs:
    """What the user named, as documents; iterate it once, then call :meth:`finish`.

    Attributes:
        addresses: files, folders, URLs, "-".
        documents: how many documents were yielded, less those that could then not be read or coded.
        failed: how many files, lines or pages could not be read.
        contents: SHA-256 -> bytes, of the document that was yielded last.
    """

    addresses: Sequence[str]
    settings: Settings
    now: datetime
    documents: int = 0
    failed: int = field(default=0, init=False)
    contents: dict[str, bytes] = field(default_factory=dict, init=False)

    def __iter__(self) -> Iterator[Document]:
        for address in self.addresses:
            try:
                yield from self._of(address)
            except SourceError as error:
                self._fail(error)

    @contextmanager
    def reporting(self) -> Iterator[None]:
        """Tell of a document that cannot be read or coded, and go on; a ledger or a table that is wrong is raised."""
        try:
            yield
        except (ReadingError, CodingError) as error:
            self.documents -= 1
            self._fail(error)

    def finish(self) -> None:
        """Leave with the exit code of failure where nothing could be read, and with that of a part where a part failed."""
        if self.failed:
            if not self.documents and self.failed > 1:
                tell("nothing could be read")
            raise click.exceptions.Exit(PARTLY if self.documents else FAILED)

    def _of(self, address: str) -> Iterator[Document]:
        from foreshock import pipeline

        stdin = sys.stdin.buffer if address == "-" else None
        vault = self.contents.__setitem__
        found = pipeline.gather(
            address, settings=self.settings, now=self.now, stdin=stdin, vault=vault, counted=lambda one: tell(one.told())
        )
        for one in found:
            if isinstance(one, SourceError):
                self._fail(one)
            else:
                self.documents += 1
                yield one
            self.contents.clear()

    def _fail(self, error: ForeshockError) -> None:
        self.failed += 1
        tell(error)
