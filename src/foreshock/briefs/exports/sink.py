"""What every format does: take rows as they come, write beside the place, and rename when all of it is there."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType, TracebackType
from typing import IO, Any, Protocol, Self

from foreshock.briefs.exports.notice import Notice
from foreshock.briefs.exports.rows import Row
from foreshock.errors import ExportError


class Sink(Protocol):
    """One format of an export. Documents come first, then what tells of claims, each claim with its figures, then sources."""

    def add(self, table: str, row: Row) -> None:
        """Take a row."""

    def finish(self, notice: Notice) -> None:
        """Write what is left, with the notice; nothing comes after it."""


class Parts:
    """The files of an export while they are written: each is NAME.part until all are complete, then they are renamed.

    On an error nothing of the export is left behind, and files of an earlier export stay as they were.
    """

    def __init__(self, folder: Path) -> None:
        """Make the folder.

        Raises:
            ExportError: the folder cannot be made.
        """
        self.folder = folder
        self._names: list[str] = []
        self._open: list[IO[Any]] = []
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ExportError(
                f"{folder} cannot be made: {error.strerror}", remedy="name a folder that you may write to"
            ) from error

    def path(self, name: str) -> Path:
        """Return where a file is written for now."""
        self._names.append(name)
        return self.folder / f"{name}.part"

    def text(self, name: str) -> IO[str]:
        """Return a new text file, UTF-8, with line ends as they are written."""
        opened = self.path(name).open("w", encoding="utf-8", newline="")
        self._open.append(opened)
        return opened

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for one in self._open:
            one.close()
        for name in self._names:
            part = self.folder / f"{name}.part"
            if kind is None:
                part.replace(self.folder / name)
            else:
                part.unlink(missing_ok=True)

    @property
    def written(self) -> list[Path]:
        """The files, in the order in which they were begun."""
        return [self.folder / name for name in self._names]


def library(name: str, format_: str) -> ModuleType:
    """Return a library that only this format needs.

    Raises:
        ExportError: it is not installed.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise ExportError(
            f"the format {format_!r} needs {name.partition('.')[0]}, which is not installed",
            remedy="pip install 'foreshock[export]'",
        ) from error


def quoted(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Return some values of a row, without those that are not known."""
    return {name: row[name] for name in names if row[name] not in (None, [], "")}
