"""Export: a situation with the discretion that people at risk need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

from foreshock.briefs.discretion import Discretion
from foreshock.briefs.exports import Notice, Tables
from foreshock.briefs.exports import export as write
from foreshock.dates import last_day, utc_stamp
from foreshock.ledger import Ledger
from foreshock.model import Coding, Estimate
from foreshock.ontology.codebook import Codebook
from foreshock.pipeline.situation import Situation


def codings_of(ledger: Ledger, arrivals: Iterable[int]) -> Iterator[Coding]:
    """Yield the codings of some arrivals, in order; neighbours are read together."""
    for _, run in groupby(enumerate(sorted(set(arrivals))), key=lambda pair: pair[1] - pair[0]):
        numbers = [arrival for _, arrival in run]
        yield from ledger.codings(numbers[0] - 1, limit=len(numbers))


def discretion_of(ledger: Ledger, found: Situation, *, now: datetime, language: str = "en", sites: bool = True) -> Discretion:
    """Return what is withheld of the documents of a situation; ``sites`` is False for a page that an analyst reads."""
    arrivals = {report.arrival for report in found.told}
    return Discretion.of(codings_of(ledger, arrivals), now=now, judgements=found.judgements, language=language, sites=sites)


def export(
    ledger: Ledger, found: Situation, folder: Path, *, formats: Sequence[str], now: datetime, codebook: Codebook | None = None
) -> list[Path]:
    """Write a situation into a folder and return its files.

    Args:
        ledger: that the situation was made of.
        found: what is exported.
        folder: made where it is not there; files of the same names are replaced, all at once at the end.
        formats: of "csv", "parquet", "jsonl", "geojson", "stix", "ical", "atom"; "all" is every one.
        now: the moment of making.
        codebook: the kinds for the crosswalk, with those of the user; those of the package where not given.

    Raises:
        ExportError: a library for a format is not installed, or the folder cannot be written.
    """
    documents = ledger.latest_documents(as_of=found.as_of, ids=list(found.document_names))
    tables = Tables(
        documents=documents,
        claims=found.reports.values(),
        incidents=found.incidents,
        conditions=found.conditions,
        disputes=found.disputes,
        grades=found.grades,
        estimates=_estimates(ledger, found),
    )
    published = sorted(one.published for one in documents if one.published)
    crisis = found.crisis
    notice = Notice(
        title=(crisis.name if crisis else "") or "All that the ledger holds",
        made_at=utc_stamp(now),
        as_of=found.as_of,
        since=(crisis.since if crisis else None) or (published[0] if published else None),
        until=(crisis.until if crisis else None) or (published[-1] if published else None),
    )
    held = discretion_of(ledger, found, now=now)
    return write(tables, folder, formats=formats, notice=notice, discretion=held, codebook=codebook)


def _estimates(ledger: Ledger, found: Situation) -> list[tuple[str, Estimate]]:
    """Return the estimates of the countries and days in scope, known by the moment of the situation."""
    kept, crisis = ledger.estimates_since(found.as_of), found.crisis
    if crisis is None:
        return kept
    since, until = crisis.since or "", last_day(crisis.until).isoformat() if crisis.until else "9999"
    return [
        (known_at, one)
        for known_at, one in kept
        if (not crisis.countries or one.country in crisis.countries) and since <= one.as_of[:10] <= until
    ]
