"""What a backfill needs of the flow: the files below an address, one file coded, and which coders stand behind it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from foreshock.errors import ForeshockError, SourceError
from foreshock.model import Document
from foreshock.pipeline.flow import gather, languages
from foreshock.pipeline.funnel import Coded, Funnel
from foreshock.pipeline.workbench import Workbench
from foreshock.sources.archives.report import ArchiveReport
from foreshock.sources.folder import walk
from foreshock.sources.registry import source_for


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to be coded, and the folder that its name is relative to, if it was found in one."""

    path: Path
    root: Path | None

    @property
    def name(self) -> str:
        """Its name within what was given: never where it lies."""
        return self.path.relative_to(self.root).as_posix() if self.root else self.path.name


def input_files(address: str) -> Iterator[InputFile | SourceError]:
    """Yield a file, or those below a folder in order of their names; what is not read is yielded as its error.

    Raises:
        SourceError: it is not there, or is no file and no folder.
    """
    path = Path(address)
    if path.is_file():
        yield InputFile(path.resolve(), None)
        return
    if not path.is_dir():
        raise SourceError(f"{address}: no such file or folder", remedy="name files and folders; save web pages first")
    problems: list[SourceError] = []
    root = path.resolve()
    for one in walk(root, problems):
        if source_for(str(one)) is None:
            yield SourceError(f"{one}: files of this type ({one.suffix or 'no extension'}) are not read", remedy="move it out")
        elif one.is_file():
            yield InputFile(one, root)
    yield from problems


def code_file(
    file: InputFile,
    bench: Workbench,
    *,
    coder: str,
    now: datetime,
    skip: Callable[[str], None],
    counted: Callable[[ArchiveReport], None] | None = None,
) -> Iterator[Coded]:
    """Yield the documents of a file as they come out of the funnel.

    ``skip`` is told each part that could not be read or coded, ``counted`` handed the counts of an archive.

    Raises:
        SourceError: the file cannot be read, or not to its end; what was read before was yielded.
        CodingError: there is no such coder.
    """
    ends: list[Exception] = []

    def documents() -> Iterator[Document]:
        # An error that went through the funnel would take the batch with it that is being gathered.
        try:
            for one in gather(str(file.path), settings=bench.settings, now=now, root=file.root, counted=counted):
                if isinstance(one, SourceError):
                    skip(str(one))
                else:
                    yield one
        except (SourceError, OSError) as error:
            ends.append(error)

    # All claims, as coding each document alone gives them: the ledger holds what a coder of this name says for the whole.
    for coded in Funnel(bench, coder=coder, now=now, keep="all", persons=True).code(documents()):
        if isinstance(coded, ForeshockError):
            skip(str(coded))
        else:
            yield coded
    if ends:
        raise ends[0]


def coders_stamp(bench: Workbench, *, coder: str) -> str:
    """Return a digest of all that decides which claims a text gets: the version of the package, the coder of every language,
    and the user's own actors and kinds; where two are equal, the same text has the same claims.
    """
    names = {
        language: [getattr(bench.coder(language, coder, damaged=damaged), "name", None) for damaged in (False, True)]
        for language in sorted(languages())
    }
    own = [_contents(path) for path in (bench.settings.actors, bench.settings.kinds)]
    told = json.dumps([version("foreshock"), coder, names, own], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _contents(path: Path | None) -> list[str]:
    if path is None:
        return []
    files = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
    return [hashlib.sha256(one.read_bytes()).hexdigest() for one in files]
