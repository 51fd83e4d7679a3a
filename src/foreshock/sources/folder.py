"""A folder with everything below it, in order of names.

Skipped are hidden files and folders (.name), and what describes a folder and reports nothing: files named README, LICENSE or
NOTICE, with any extension, and sub-folders named ``expected`` (what a test expects beside its input). Such a file given by its
own name is read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from foreshock.errors import SourceError
from foreshock.model import Document
from foreshock.sources.base import Item, Job
from foreshock.sources.registry import source_for

ABOUT = frozenset({"readme", "license", "licence", "notice"})
EXPECTED = "expected"


def accepts(address: str) -> bool:
    """Return whether the address is a folder."""
    return address != "-" and Path(address).is_dir()


def read(address: str, job: Job) -> Iterator[Item]:
    """Yield the documents of every file, and a SourceError for each file that cannot be read.

    Raises:
        SourceError: no file in the folder gave a document.
    """
    root = Path(address)
    inside = replace(job, root=root)
    problems: list[SourceError] = []
    read_any = False
    for path in walk(root, problems):
        for item in _one(path, inside):
            read_any = read_any or isinstance(item, Document)
            problems.extend([item] if isinstance(item, SourceError) else [])
            yield item
    if not read_any:
        why = f"{len(problems)} problem(s), the first: {problems[0].message}" if problems else "it has no files"
        raise SourceError(
            f"{address}: no readable files in this folder; {why}", remedy="put .txt .md .html .pdf .eml or .jsonl files there"
        )


def walk(root: Path, problems: list[SourceError]) -> Iterator[Path]:
    """Yield the files below a folder that report something, in order of names; what cannot be looked into joins the problems."""

    def unreadable(error: OSError) -> None:
        problems.append(SourceError(f"{error.filename} cannot be read: {error.strerror}", remedy="check its permissions"))

    found: list[Path] = []
    for folder, folders, names in os.walk(root, onerror=unreadable):
        folders[:] = [name for name in folders if not name.startswith(".") and name != EXPECTED]
        found.extend(Path(folder, name) for name in names if not name.startswith(".") and name.split(".")[0].lower() not in ABOUT)
    yield from sorted(found, key=lambda path: path.relative_to(root).as_posix())


def _one(path: Path, job: Job) -> Iterator[Item]:
    source = source_for(str(path))
    if source is None:
        kind = path.suffix or "no extension"
        yield SourceError(f"{path}: files of this type ({kind}) are not read", remedy="move it out, or turn it into .txt")
        return
    try:
        yield from source.read(str(path), job)
    except SourceError as error:
        yield error
