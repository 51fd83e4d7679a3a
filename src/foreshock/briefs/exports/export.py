"""One pass over what is known: each record is made discreet, becomes a row, and goes to every format that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from foreshock.briefs.discretion import Discretion
from foreshock.briefs.exports.atom import Atom
from foreshock.briefs.exports.calendar import Calendar
from foreshock.briefs.exports.codebook import codebook as codebook_of
from foreshock.briefs.exports.geojson import Geojson
from foreshock.briefs.exports.lines import Lines
from foreshock.briefs.exports.notice import Notice
from foreshock.briefs.exports.parquet import Parquet
from foreshock.briefs.exports.rows import (
    Row,
    Tables,
    claim_row,
    condition_row,
    dispute_row,
    document_row,
    estimate_row,
    evidence_rows,
    figure_rows,
    grade_row,
    incident_row,
    position_rows,
)
from foreshock.briefs.exports.sheets import Sheets
from foreshock.briefs.exports.sink import Parts, Sink
from foreshock.briefs.exports.stix import Stix
from foreshock.errors import ExportError
from foreshock.ontology.codebook import Codebook, load_codebook
from foreshock.ontology.crosswalk import load_crosswalk
from foreshock.ontology.event_types import load_event_types

FORMATS: Mapping[str, Callable[[Parts], Sink]] = {
    "csv": Sheets,
    "parquet": Parquet,
    "jsonl": Lines,
    "geojson": Geojson,
    "stix": Stix,
    "ical": Calendar,
    "atom": Atom,
}


def export(
    tables: Tables,
    folder: Path,
    *,
    formats: Sequence[str],
    notice: Notice,
    discretion: Discretion,
    codebook: Codebook | None = None,
) -> list[Path]:
    """Write an export into a folder and return its files; CODEBOOK.md is always among them.

    Args:
        tables: what is exported; documents and claims may be iterators.
        folder: made where it is not there; files of the same names are replaced, all at once at the end.
        formats: of "csv", "parquet", "jsonl", "geojson", "stix", "ical", "atom"; "all" is every one.
        notice: what every file says of itself; how much was withheld is filled in.
        discretion: which names and sites are withheld; built from the same codings.
        codebook: the kinds for the crosswalk, with those of the user's folder; the shipped ones where it is not given.

    Raises:
        ExportError: a format is not known, a library for it is not installed, or the folder cannot be made.
    """
    names = list(FORMATS) if "all" in formats else list(dict.fromkeys(formats))
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        raise ExportError(f"there is no format {unknown[0] if unknown else ''!r}", remedy=f"choose of {', '.join(FORMATS)}, all")
    with Parts(folder) as parts:
        sinks = [FORMATS[name](parts) for name in names]
        late = 0
        for table, row in _rows(tables, discretion, codebook or load_codebook()):
            if table == "late":
                late += 1
                continue
            for sink in sinks:
                sink.add(table, row)
        told = replace(notice, late=late, names=len(discretion.named))
        for sink in sinks:
            sink.finish(told)
        parts.text("CODEBOOK.md").write(codebook_of(told))
    return parts.written


def _rows(tables: Tables, discretion: Discretion, codebook: Codebook) -> Iterator[tuple[str, Row]]:
    """Yield the rows of every table; ("late", {}) for each claim that is held back."""
    for document in tables.documents:
        yield "documents", document_row(discretion.document(document))
    incidents = [told for one in tables.incidents if (told := discretion.incident(one)) is not None]
    home = {claim_id: one.id for one in incidents for claim_id in one.claim_ids}
    for incident in incidents:
        yield "incidents", incident_row(incident)
    for condition in filter(None, map(discretion.condition, tables.conditions)):
        yield "conditions", condition_row(condition)
    for dispute in filter(None, map(discretion.dispute, tables.disputes)):
        yield "disputes", dispute_row(dispute)
        for row in position_rows(dispute):
            yield "positions", row
    crosswalk, types = load_crosswalk(codebook), load_event_types(codebook)
    for report in tables.claims:
        if report.claim.id in discretion.late:
            yield "late", {}
            continue
        held = discretion.report(report)
        yield "claims", claim_row(held, crosswalk, types, incident=home.get(held.claim.id))
        for row in figure_rows(held.claim):
            yield "figures", row
    for grade in tables.grades:
        yield "sources", grade_row(discretion.grade(grade))
    for known_at, estimate in tables.estimates:
        discreet = discretion.estimate(estimate)
        yield "estimates", estimate_row(known_at, discreet)
        for row in evidence_rows(discreet):
            yield "evidence", row
