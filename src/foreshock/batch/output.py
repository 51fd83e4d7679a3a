"""The folder that a backfill writes: where what stands, and how it comes to stand there whole or not at all.

``coded/KEY/`` holds documents.parquet, claims.parquet and manifest.json of one input file. It is written as
``.part/KEY.RANDOM/``, every file of it is synced to the disk, and then it is renamed: a reader sees all of it or nothing.
``failed/KEY.json`` tells of a file that could not be coded, ``.tries/KEY`` of the tasks that are at work on one,
``manifest.json`` of all files of the last run.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import socket
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

DOCUMENTS, CLAIMS, MANIFEST = "documents.parquet", "claims.parquet", "manifest.json"
FORMAT = 1
CHUNK = 1 << 20
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def key_of(path: Path, name: str) -> str:
    """Return the key of an input file: its name, so that a listing can be read, and a digest of where it lies."""
    readable = _UNSAFE.sub("-", name).strip("-.")[-80:]
    return f"{readable}-{hashlib.sha256(str(path).encode('utf-8', 'surrogateescape')).hexdigest()[:12]}"


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while part := stream.read(CHUNK):
            found.update(part)
    return found.hexdigest()


class Output:
    """The folder of a backfill, seen from the machine that starts it or from one that codes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.coded, self.failed = folder / "coded", folder / "failed"
        self._parts, self._tries = folder / ".part", folder / ".tries"

    def prepare(self) -> None:
        """Make the folders.

        Raises:
            OSError: they cannot be made.
        """
        for one in (self.coded, self.failed, self._parts, self._tries):
            one.mkdir(parents=True, exist_ok=True)

    def manifest(self, key: str) -> dict[str, Any] | None:
        """Return the manifest of a coded file; None where it is not coded, or by a version that wrote otherwise."""
        return _read(self.coded / key / MANIFEST)

    def failure(self, key: str) -> dict[str, Any] | None:
        """Return why a file could not be coded; None where that is not so."""
        return _read(self.failed / f"{key}.json")

    def manifests(self) -> Iterator[tuple[Path, dict[str, Any]]]:
        """Yield the folder and manifest of every coded file, in order of the names of the inputs."""
        found = [(one, _read(one / MANIFEST)) for one in self.coded.iterdir()] if self.coded.is_dir() else []
        whole = [(folder, told) for folder, told in found if told is not None]
        yield from sorted(whole, key=lambda pair: (pair[1]["input"]["name"], pair[1]["input"]["path"]))

    def begin(self, key: str) -> Path:
        """Return a new folder to write the parts of a file into; what a killed task left of it is removed."""
        for left in self._parts.glob(f"{key}.*"):
            shutil.rmtree(left, ignore_errors=True)
        made = self._parts / f"{key}.{uuid4().hex}"
        made.mkdir(parents=True)
        return made

    def commit(self, key: str, made: Path, manifest: Mapping[str, Any]) -> None:
        """Put a folder that holds the tables of a file in its place, with the manifest, in one step.

        Raises:
            OSError: the disk is full or cannot be written; what stood there before still does.
        """
        _write(made / MANIFEST, manifest)
        for one in made.iterdir():
            _sync(one)
        _sync(made)
        place = self.coded / key
        while True:
            # A folder takes the place of an empty one only, so an earlier coding goes first: killed in between, the file is not
            # coded, and is coded again.
            with suppress(FileNotFoundError):
                place.rename(self._parts / f"{key}.{uuid4().hex}.old")
            try:
                made.rename(place)
                break
            except OSError as error:
                if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                    raise
        _sync(self.coded)
        (self.failed / f"{key}.json").unlink(missing_ok=True)
        for old in self._parts.glob(f"{key}.*.old"):
            shutil.rmtree(old, ignore_errors=True)

    def amend(self, key: str, manifest: Mapping[str, Any]) -> None:
        """Write the manifest of a coded file anew."""
        replace(self.coded / key / MANIFEST, manifest)

    def fail(self, key: str, told: Mapping[str, Any]) -> None:
        """Keep why a file could not be coded."""
        replace(self.failed / f"{key}.json", told)

    def finish(self, told: Mapping[str, Any]) -> None:
        """Write the manifest of a run."""
        replace(self.folder / MANIFEST, told)

    def clean(self) -> None:
        """Remove what killed tasks left; only when no task is at work."""
        for one in (self._parts, self._tries):
            shutil.rmtree(one, ignore_errors=True)

    def trying(self, key: str) -> int:
        """Note that this process begins a file; return how many have, this one included, since one of them came to an end."""
        path = self._tries / key
        path.parent.mkdir(parents=True, exist_ok=True)
        # One short line, appended: two processes do not write over each other.
        with path.open("a", encoding="ascii") as stream:
            stream.write(f"{os.getpid()} {socket.gethostname()}\n")
        return len(self.tries(key))

    def tries(self, key: str) -> list[tuple[int, str]]:
        """Return the processes, and their hosts, that began a file and came to no end."""
        try:
            lines = (self._tries / key).read_text(encoding="ascii").splitlines()
        except FileNotFoundError:
            return []
        return [(int(pid), host) for pid, host in (line.split(" ", 1) for line in lines)]

    def tried(self, key: str) -> None:
        """Note that a task came to its end, whatever that was."""
        (self._tries / key).unlink(missing_ok=True)


def replace(path: Path, value: Mapping[str, Any]) -> None:
    """Write a JSON file beside its place, sync it and rename it.

    Raises:
        OSError: it cannot be written; the earlier one stands as it was.
    """
    part = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        _write(part, value)
        _sync(part)
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    _sync(path.parent)


def _write(path: Path, value: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", errors="surrogateescape")


def _read(path: Path) -> dict[str, Any] | None:
    try:
        told = json.loads(path.read_text(encoding="utf-8", errors="surrogateescape"))
    except (FileNotFoundError, NotADirectoryError, json.JSONDecodeError):
        return None
    return told if isinstance(told, dict) and told.get("format") == FORMAT else None


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
