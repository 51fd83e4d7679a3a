"""The committed parsers are what was trained: the SHA-256 of each of their files stands in ``weights.yaml``, checked at load.

A file more, a file less or another byte is refused before anything is read from the folder: a parser that was changed codes
other claims, and nobody would see it in a brief. ``python -m training.digests`` writes the table after a training.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from foreshock.errors import ReadingError
from foreshock.knowledge import load_table

CARD = "MODEL_CARD.md"  # says what was trained and is read by people only
REMEDY = "install the package anew; after a training of your own, write the digests with python -m training.digests"


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256, in hex, of every file under a folder but its card, by its path from there."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != CARD)
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def checked(folder: Path, expected: Mapping[str, str] | None = None) -> Path:
    """Return a folder of weights whose files are those that were committed.

    Args:
        folder: that of a pipeline; its name says which.
        expected: the digests of its files by path; those of ``weights.yaml`` where it is None.

    Raises:
        ReadingError: a file is missing, is one too many, or has another SHA-256 than expected.
    """
    known = load_table("foreshock.reading", "weights.yaml")
    if expected is None and folder.name not in known:
        raise ReadingError(f"{folder} is no parser of this package ({', '.join(known)})", remedy=REMEDY)
    wanted = dict(known[folder.name] if expected is None else expected)
    found = digests(folder)
    for name in sorted(wanted.keys() | found.keys()):
        if name not in found:
            raise ReadingError(f"the parser's file {folder / name} is not there", remedy=REMEDY)
        if name not in wanted:
            raise ReadingError(f"the parser's folder holds {folder / name}, which is no part of it", remedy=REMEDY)
        if found[name] != wanted[name]:
            raise ReadingError(
                f"the parser's file {folder / name} has the SHA-256 {found[name][:16]}…, not {wanted[name][:16]}…: "
                "it was changed or is cut off",
                remedy=REMEDY,
            )
    return folder
