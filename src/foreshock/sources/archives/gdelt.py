"""The lists of GDELT 2.0: events, mentions and the knowledge graph, as files without a header, their columns parted by tabs.

The columns are those of the GDELT Event Codebook V2.0 (61 of an event, 16 of a mention) and of the Global Knowledge Graph
Codebook V2.1 (27 of a page), https://www.gdeltproject.org/data.html. Countries of actors are CAMEO's, of places FIPS 10-4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, cast

from foreshock import dates
from foreshock.errors import SourceError
from foreshock.sources.archives.container import BROKEN, opened, refusal
from foreshock.sources.http.address import canonical

NAME = re.compile(r"\.(export|mentions|gkg)\.csv(\.zip)?$", re.IGNORECASE)
WIDTHS = {"export": 61, "mentions": 16, "gkg": 27}
WEB = "1"  # of the types of mentions and of the collections of the knowledge graph: an address on the web
LONGEST_ROW = 4_000_000
ROOT = re.compile(r"(0[1-9]|1[0-9]|20)$")
CODE = re.compile(r"[0-9]{2,4}$")
DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})$")

Kind = Literal["export", "mentions", "gkg"]


@dataclass(frozen=True, slots=True)
class GdeltEvent:
    """An event as GDELT coded it, in the few columns that are compared.

    Attributes:
        id: GlobalEventID.
        date: the day of the event, ISO; None where the row gives none that exists.
        root, code: CAMEO root of two digits, and the code of two to four.
        actor, recipient: CAMEO codes of the two actors, "" where there is none.
        actor_country, recipient_country: CAMEO country codes of these, mostly those of ISO 3166 alpha-3; "" where not known.
        place: name of the place of the action, "" where not known.
        fips: its country, FIPS 10-4.
        url: the canonical address of the page, "" where it is not on the web.
    """

    id: str
    date: str | None
    root: str
    code: str
    actor: str
    actor_country: str
    recipient: str
    recipient_country: str
    place: str
    fips: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list: its columns, None where it has another number of these than the codebook says."""

    number: int
    columns: tuple[str, ...] | None


def kind_of(address: str) -> Kind | None:
    """Return which list a file is by its name, None where it is none."""
    found = NAME.search(address)
    return cast(Kind, found[1].lower()) if found else None


def rows(path: Path, kind: Kind, *, limit: int) -> Iterator[Row | SourceError]:
    """Yield the rows of a list, plain or in a zip file; a break of the zip file is yielded as its problem.

    Args:
        path: the file.
        kind: which list it is.
        limit: bytes that it may unfold to.

    Raises:
        SourceError: it cannot be opened.
    """
    try:
        with path.open("rb") as stream:
            if path.suffix.lower() != ".zip":
                yield from _rows(stream, kind, limit, str(path))
                return
            with opened(stream, str(path)) as archive:
                for member in archive.infolist():
                    if why := refusal(member):
                        yield SourceError(f"{path}#{member.filename}: not read: {why}", remedy="unpack it yourself")
                        continue
                    try:
                        with archive.open(member) as inside:
                            yield from _rows(cast(BinaryIO, inside), kind, limit, str(path))
                    except BROKEN as error:
                        yield SourceError(f"{path}#{member.filename}: broken: {error}", remedy="fetch it again")
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror or error}", remedy="check the file's permissions") from error


def _rows(stream: BinaryIO, kind: Kind, limit: int, origin: str) -> Iterator[Row | SourceError]:
    number = taken = 0
    while line := stream.readline(LONGEST_ROW):
        number += 1
        taken += len(line)
        if taken > limit:
            yield SourceError(
                f"{origin}: more than {limit:,} bytes; the rest is not read", remedy="set max_file_mb in foreshock.toml"
            )
            return
        if line.strip():
            columns = tuple(line.decode("utf-8", "replace").rstrip("\r\n").split("\t"))
            yield Row(number, columns if len(columns) == WIDTHS[kind] else None)


def page_of_row(columns: tuple[str, ...], kind: Kind) -> str:
    """Return the canonical address of the page that a row is about, "" where it is not on the web."""
    if kind == "export":
        return canonical(columns[60]) or ""
    on_web = (columns[3] if kind == "mentions" else columns[2]) == WEB
    return (canonical(columns[5] if kind == "mentions" else columns[4]) or "") if on_web else ""


def event_of_row(columns: tuple[str, ...]) -> GdeltEvent | None:
    """Return the event of a row of the export, None where it has no number or no CAMEO code."""
    number, code, root = columns[0], columns[26], columns[28]
    if not number.isascii() or not number.isdecimal() or not CODE.match(code) or not ROOT.match(root):
        return None
    return GdeltEvent(
        id=number, date=_day(columns[1]), root=root, code=code, actor=columns[5], actor_country=columns[7], recipient=columns[15],
        recipient_country=columns[17], place=columns[52], fips=columns[53], url=page_of_row(columns, "export"),
    )  # fmt: skip


def _day(raw: str) -> str | None:
    found = DAY.match(raw)
    return dates.parse("-".join(found.groups())) if found else None
