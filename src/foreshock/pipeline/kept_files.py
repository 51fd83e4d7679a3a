"""Small files in the user's cache, found by a digest of what they were made of: the owner's alone, bounded, and never needed."""

from __future__ import annotations

import gzip
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from foreshock.errors import CatalogueError

FOLDER = "codings"
MOST_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class KeptFiles:
    """A folder of small files.

    Attributes:
        folder: made when something is kept for the first time, for the owner's eyes only.
        on: whether anything is found or kept.
        most: bytes that it has at most after :meth:`prune`.
    """

    folder: Path
    on: bool = True
    most: int = MOST_BYTES

    def get(self, name: str) -> bytes | None:
        """Return what was kept under a name; None where there is nothing, or it is not whole."""
        path = self.folder / name
        try:
            found = gzip.decompress(path.read_bytes()) if self.on else None
            if found is not None:
                os.utime(path)
        except (OSError, EOFError, ValueError):
            return None
        return found

    def put(self, name: str, content: bytes) -> None:
        """Keep a content; where the folder cannot be written to nothing is kept, and what asked for it makes it again."""
        if not self.on:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            part, raw = tempfile.mkstemp(dir=self.folder, suffix=".part")  # 0600 by itself
        except OSError:
            return
        try:
            with os.fdopen(part, "wb") as file:
                file.write(gzip.compress(content, 1, mtime=0))
            Path(raw).replace(self.folder / name)
        except OSError:
            Path(raw).unlink(missing_ok=True)

    def prune(self) -> None:
        """Forget what was not asked for the longest, where the folder has grown too large."""
        size = 0
        # Of a folder that cannot be read or written nothing was kept either, and there is nothing to be done about it here.
        with suppress(OSError):
            for path, _, length in sorted(self._files(), key=lambda one: one[1], reverse=True):
                size += length
                if size > self.most:
                    path.unlink(missing_ok=True)

    def clear(self) -> int:
        """Forget everything; return how many files there were.

        Raises:
            CatalogueError: the folder cannot be read, or a file not removed.
        """
        try:
            paths = [path for path, _, _ in self._files()]
            for path in paths:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise CatalogueError(f"{self.folder} cannot be emptied: {error}", remedy="remove that folder by hand") from error
        return len(paths)

    def _files(self) -> Iterator[tuple[Path, int, int]]:
        """Yield the files, when each was asked for last (ns), and its bytes."""
        if not self.folder.is_dir():
            return
        for entry in os.scandir(self.folder):
            with suppress(FileNotFoundError):  # another process has just forgotten it
                told = entry.stat(follow_symlinks=False)
                yield Path(entry.path), told.st_mtime_ns, told.st_size
