"""Files that were read and coded before: a brief of the same folder loads no parser for what has not changed.

Readings, codings and sentence vectors are kept in the user's cache under digests of all that they are made of: the text and what
is known of it, the coder that is asked for, the code and tables that read and code, the packages that are installed, the user's
own actors and kinds. Where any of these changes, the digest does. The files hold words of the texts, so they go when something is
redacted.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import foreshock
from foreshock.model import Claim, Document, PrivatePerson, Reading
from foreshock.model.record_json import claim_from_json, reading_from_json, to_json
from foreshock.pipeline.flow import code, persons, read
from foreshock.pipeline.joining import Vectors
from foreshock.pipeline.kept_files import FOLDER, KeptFiles
from foreshock.pipeline.workbench import Workbench
from foreshock.settings import Settings

# What of the package reading and coding are made of.
ROOMS = ("model", "reading", "ontology", "coding", "pipeline")
Coding = tuple[tuple[Claim, ...], tuple[PrivatePerson, ...]]
Made = TypeVar("Made")


class Reusing:
    """Reads and codes documents, or finds what came of them before.

    Args:
        bench: what coding needs; nothing of it is loaded for what is found.

    Attributes:
        kept: the files.
        made: how many codings were not found.
    """

    def __init__(self, bench: Workbench) -> None:
        self.kept = _kept(bench.settings)
        self.made = 0
        self._bench = bench

    def read(self, document: Document, *, now: datetime, published: str | None = None) -> Reading:
        """Return the reading of a document, as :func:`foreshock.pipeline.read` does.

        Raises:
            ReadingError: the text is empty, or ``published`` is not a date.
        """
        day = now.astimezone(UTC).date().isoformat()  # no dateline lies after the following one
        name = self._name("reading", [day, published, document.custody.origin, _lasting(document)])
        found = self._of(name, reading_from_json, lambda: read(document, self._bench, now=now, published=published))
        return replace(found, document=replace(found.document, fetched_at=document.fetched_at, custody=document.custody))

    def code(self, reading: Reading, *, coder: str = "auto") -> Coding:
        """Return the claims of a reading, and where it names private persons.

        Raises:
            CodingError: there is no such coder.
        """
        lasting = replace(reading, document=_lasting(reading.document))
        return self._of(self._name("coding", [coder, lasting]), _coding, lambda: self._code(reading, coder))

    def vectors(self, encode: Vectors) -> Vectors:
        """Return what finds the vectors of sentences, or has them made.

        Args:
            encode: sentences to unit vectors, one row each.
        """

        def found(sentences: Sequence[str]) -> Any:
            import numpy as np  # noqa: PLC0415  (heavy import)

            name = self._name("vectors", list(sentences))
            known = self.kept.get(name)
            if known and sentences and len(known) % (4 * len(sentences)) == 0:
                return np.frombuffer(known, dtype="<f4").reshape(len(sentences), -1)
            made = np.asarray(encode(sentences), dtype="<f4")
            self.kept.put(name, made.tobytes())
            return made

        return found

    def _code(self, reading: Reading, coder: str) -> Coding:
        self.made += 1
        claims = code(reading, self._bench, coder=coder)
        return claims, persons(reading, claims, self._bench)

    def _of(self, name: str, unpacked: Callable[[Any], Made], make: Callable[[], Made]) -> Made:
        known = self.kept.get(name)
        if known is not None:
            try:
                return unpacked(json.loads(known))
            except (ValueError, KeyError, TypeError):  # what another program wrote there is made anew
                pass
        made = make()
        self.kept.put(name, json.dumps(to_json(made)).encode())
        return made

    def _name(self, what: str, made_of: Any) -> str:
        settings = self._bench.settings
        own = [_stamp(path) for one in (settings.actors, settings.kinds) if one for path in _tree(one)]
        raw = json.dumps([what, code_stamp(), own, to_json(made_of)])
        return f"{hashlib.sha256(raw.encode()).hexdigest()}.gz"


def forget_codings(settings: Settings) -> int:
    """Remove all that the cache keeps of texts; return how many files there were."""
    return _kept(settings).clear()


def _kept(settings: Settings) -> KeptFiles:
    return KeptFiles(settings.cache / FOLDER, on=settings.reuse != "never")


def _coding(value: Any) -> Coding:
    claims, named = value
    spans = ((one["role"], tuple((start, end) for start, end in one["spans"])) for one in named)
    return tuple(claim_from_json(one) for one in claims), tuple(PrivatePerson(role, places) for role, places in spans)


def _lasting(document: Document) -> Document:
    """Return a document without when and how it came this time, which decide nothing but its outlet's name."""
    return replace(document, fetched_at="", custody=replace(document.custody, fetched_at="", origin="", headers=()))


@cache
def code_stamp() -> str:
    """Return a digest that changes with the code and tables that read and code, and with what is installed beside them."""
    home = Path(foreshock.__file__).parent
    files = [*home.glob("*.py"), *(path for room in ROOMS for path in _tree(home / room))]
    beside = sorted(
        entry.name
        for folder in sys.path
        if folder and Path(folder).is_dir()
        for entry in os.scandir(folder)
        if entry.name.endswith((".dist-info", ".egg-info"))
    )
    raw = json.dumps([sys.version, beside, [_stamp(path) for path in sorted(files)]])
    return hashlib.sha256(raw.encode()).hexdigest()


def _tree(top: Path) -> list[Path]:
    """Return a file, or those under a folder, without what Python compiled."""
    if not top.is_dir():
        return [top]
    return sorted(Path(folder, name) for folder, _, names in os.walk(top) if not folder.endswith("__pycache__") for name in names)


def _stamp(path: Path) -> tuple[str, int, int]:
    told = path.stat()
    return str(path), told.st_size, told.st_mtime_ns
