"""WACZ: a zip file of WARC archives with a list of the pages that somebody meant to keep (specs.webrecorder.net/wacz/1.1.1)."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from foreshock.errors import SourceError
from foreshock.model import Document
from foreshock.sources.archives.container import BROKEN, member_stream, opened, refusal
from foreshock.sources.archives.pages import need_fastwarc, read_archive
from foreshock.sources.base import Item, Job
from foreshock.sources.http.address import canonical

PAGES = ("pages/pages.jsonl", "pages/extraPages.jsonl")
LONGEST_LIST = 50_000_000
REMEDY = "fetch the archive again, or make it anew"


def accepts(address: str) -> bool:
    """Return whether the address is a regular file of this type."""
    return address != "-" and address.lower().endswith(".wacz") and Path(address).is_file()


def read(address: str, job: Job) -> Iterator[Item]:
    """Yield the pages of the archives in the file, and a SourceError for each part that cannot be read.

    Where the file lists pages, those that are not in the list (frames, what scripts fetched) say so in a note.

    Raises:
        SourceError: it cannot be opened, is no zip file, has no archive, or fastwarc is not installed.
    """
    need_fastwarc(address)
    try:
        with Path(address).open("rb") as stream, opened(stream, address) as archive:
            yield from _read(archive, job, address)
    except OSError as error:
        raise SourceError(
            f"{address} cannot be read: {error.strerror or error}", remedy="check the file's permissions"
        ) from error


def _read(archive: zipfile.ZipFile, job: Job, address: str) -> Iterator[Item]:
    # Members that lie over each other, or claim to be large, could make one small file have no end.
    left = job.limits.max_ratio * max(1_000_000, Path(address).stat().st_size)
    listed, problems = _listed(archive)
    yield from (SourceError(f"{address}#{one}", remedy=REMEDY) for one in problems)
    archives = [one for one in archive.infolist() if _is_archive(one)]
    if not archives:
        raise SourceError(f"{address}: no archive/*.warc.gz in it", remedy="is it a WACZ file?")
    for member in archives:
        origin = f"{address}#{member.filename}"
        why = refusal(member) or ("the files in it are too large together: a bomb" if member.file_size > left else "")
        if why:
            yield SourceError(f"{origin}: not read: {why}", remedy=REMEDY)
            continue
        left -= member.file_size
        try:
            with member_stream(archive, member, limit=member.file_size) as stream:
                yield from _pages(stream, job, origin, listed)
        except SourceError as error:
            yield error if error.message.startswith(address) else SourceError(f"{address}#{error.message}", remedy=error.remedy)


def _is_archive(member: zipfile.ZipInfo) -> bool:
    return "archive/" in member.filename and member.filename.lower().endswith((".warc", ".warc.gz", ".warc.zst"))


def _pages(stream: BinaryIO, job: Job, origin: str, listed: frozenset[str]) -> Iterator[Item]:
    for one in read_archive(stream, job, origin=origin):
        if isinstance(one, Document) and listed and (one.url or "") not in listed:
            yield replace(one, notes=(*one.notes, "not in the archive's list of pages"))
        else:
            yield one


def _listed(archive: zipfile.ZipFile) -> tuple[frozenset[str], list[str]]:
    """Return the addresses of the lists of pages, and what is wrong with a list; a broken line of one is passed over."""
    found: set[str] = set()
    problems: list[str] = []
    for member in archive.infolist():
        if member.filename not in PAGES:
            continue
        why = refusal(member)
        try:
            with archive.open(member) as stream:
                lines = b"" if why else stream.read(LONGEST_LIST)
        except BROKEN as error:
            lines, why = b"", str(error)
        problems += [f"{member.filename}: not read: {why}"] if why else []
        found.update(address for line in lines.splitlines() if (address := _address(line)))
    return frozenset(found), problems


def _address(line: bytes) -> str:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return ""
    url = value.get("url") if isinstance(value, dict) else None
    return (canonical(url) or "") if isinstance(url, str) else ""
