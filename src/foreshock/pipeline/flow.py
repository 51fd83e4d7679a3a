"""Gather, read, code, keep: one short function a step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from foreshock.coding.attributions.document import attributions_of
from foreshock.coding.persons import persons_of
from foreshock.coding.surface import surface_mentions
from foreshock.dates import last_day
from foreshock.errors import CatalogueError, CodingError, SourceError
from foreshock.ledger import Kept, Ledger
from foreshock.model import Attribution, Claim, Document, PrivatePerson, Reading
from foreshock.ontology.coverage import coverage, holes, languages_of
from foreshock.pipeline.workbench import Workbench
from foreshock.reading.extract import extract
from foreshock.reading.languages import codes, load
from foreshock.reading.read import read as read_document
from foreshock.settings import CODERS, Settings
from foreshock.sources import Fetcher, Limits
from foreshock.sources import gather as gather_documents
from foreshock.sources.archives.report import ArchiveReport
from foreshock.sources.http.fetcher import HttpFetcher
from foreshock.sources.record import address_id

MB = 1_000_000


def gather(
    address: str,
    *,
    settings: Settings,
    now: datetime,
    fetch: Fetcher | None = None,
    stdin: BinaryIO | None = None,
    vault: Callable[[str, bytes], None] | None = None,
    root: Path | None = None,
    counted: Callable[[ArchiveReport], None] | None = None,
) -> Iterator[Document | SourceError]:
    """Yield the documents of a file, folder, URL or standard input ("-"); a part that cannot be read is yielded as its error.

    ``vault`` is handed the bytes behind each document under their SHA-256. ``root`` is the folder that a file was found in: its
    documents are then those that the whole folder gives. ``counted`` is handed the counts of each archive.

    Raises:
        SourceError: nothing can be read from the address at all.
    """
    limits = Limits(max_text_bytes=int(settings.max_file_mb * MB), max_decoded_bytes=int(settings.max_page_mb * MB))
    yield from gather_documents(
        address,
        extract=extract,
        now=now,
        fetch=fetch or HttpFetcher(proxy=settings.proxy),
        limits=limits,
        stdin=stdin,
        vault=vault,
        root=root,
        counted=counted,
    )


def read(
    document: Document, bench: Workbench, *, now: datetime, published: str | None = None, language: str | None = None
) -> Reading:
    """Return a document's reading; places, dates and numbers of a surface reading are its mentions."""
    return with_mentions(read_document(document, now=now, published=published, language=language), bench)


def with_mentions(reading: Reading, bench: Workbench) -> Reading:
    """Return a reading with its places, dates and numbers where it is one of the surface; a parsed one as it is."""
    if reading.depth == "parsed":
        return reading
    mentions = surface_mentions(reading, load(reading.document.language), bench.gazetteer)
    return replace(reading, mentions=mentions)


def code(reading: Reading, bench: Workbench, *, coder: str = "auto") -> tuple[Claim, ...]:
    """Return a reading's claims; a language without a grammar or surface rules has none.

    Raises:
        CodingError: there is no such coder.
    """
    if coder not in CODERS:
        raise CodingError(f"there is no coder {coder!r}", remedy=f"choose one of {', '.join(CODERS)}")
    chosen = bench.coder_of(reading.document, coder)
    return chosen.code(reading) if chosen else ()


def attributions(reading: Reading, bench: Workbench) -> tuple[Attribution, ...]:
    """Return what a reading's text gives to whom, in order; a language that is read on the surface only has none."""
    return attributions_of(reading, load(reading.document.language), bench.catalogue) if reading.depth == "parsed" else ()


def persons(reading: Reading, claims: Sequence[Claim], bench: Workbench) -> tuple[PrivatePerson, ...]:
    """Return where a reading's text names private persons; right after :func:`code` nothing is parsed again."""
    language = bench.grammar(reading.document.language)
    return persons_of(reading, claims, language, catalogue=bench.catalogue, gazetteer=bench.gazetteer)


def published_by(readings: Sequence[Reading], as_of: str | None) -> list[Reading]:
    """Return the readings published by the last day of ``as_of``; what may be later is left out: undated, or
    dated only by a month or year that is not over by then."""
    if as_of is None:
        return list(readings)
    last = last_day(as_of)
    return [one for one in readings if one.document.published and last_day(one.document.published) <= last]


def ontology_coverage(bench: Workbench, *, languages: Sequence[str], modes: bool) -> tuple[list[dict[str, Any]], list[str]]:
    """Return how much the codebook has by kind and language, with ``modes`` by mode too, and what is missing, in words.

    Raises:
        CatalogueError: the codebook has no words in a language that is asked for.
    """
    known = languages_of(bench.codebook)
    for code in languages:
        if code not in known:
            raise CatalogueError(f"the codebook has no words in {code!r}", remedy=f"choose of {', '.join(known)}")
    cells = list(coverage(bench.codebook, languages=languages or known, modes=modes))
    return [{name: getattr(cell, name) for name in cell.__dataclass_fields__} for cell in cells], list(holes(cells))


def languages() -> dict[str, str]:
    """Return the languages that have a file of their own, with the depth to which each is read."""
    return {code: load(code).depth for code in codes()}


def identity(document: Document) -> str | None:
    """Return the id that a document should have by its address; None where it has none: a file's name is not kept."""
    return address_id(document.url) if document.url else None


def keep(
    document: Document,
    bench: Workbench,
    ledger: Ledger,
    *,
    now: datetime,
    published: str | None = None,
    coder: str = "auto",
    contents: bytes | None = None,
) -> Kept:
    """Read, code and keep one document in one transaction; a version that its coder has coded already is not coded again.

    ``contents`` are the bytes behind the document's custody; they are kept too.
    """
    reading = read_document(document, now=now, published=published)
    name = coder_name(reading, bench, coder=coder)
    if ledger.knows(reading.document, name):
        return Kept(0, 0)
    claims = code(reading, bench, coder=coder)
    return ledger.add(reading, claims, coder=name, now=now, contents=contents, persons=persons(reading, claims, bench))


def coder_name(reading: Reading, bench: Workbench, *, coder: str = "auto") -> str:
    """Return the name of the coder that a reading gets; "surface@1" where its language has neither grammar nor surface rules."""
    chosen = bench.coder_of(reading.document, coder)
    return chosen.name if chosen else "surface@1"
