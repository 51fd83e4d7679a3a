"""The tables of a coded file: documents and claims as Parquet, each row with the whole of its record.

Columns are for questions; ``record`` is what else the record holds, as JSON, so that record and text together are the document
or claim field for field, a claim as ``foreshock code`` prints it (docs/claims.md). Rows stand in the order of the input, and
``no`` is the place of a document in it, from 0.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from foreshock import pipeline
from foreshock.batch.libraries import library
from foreshock.batch.output import CLAIMS, DOCUMENTS
from foreshock.model import Claim, to_json

# Rows that are held in memory before they are written as one row group.
GROUPS = {DOCUMENTS: 1_000, CLAIMS: 10_000}
Row = dict[str, Any]

_FIGURE = ("what", "of", "unit", "low", "best", "high", "bound", "counting", "scope", "as_of", "state")
_TEXTS = {
    DOCUMENTS: (
        "id", "version", "source", "url", "language", "title", "text", "published", "published_by", "month", "fetched_at",
        "media_type", "licence", "sha256", "depth", "coder", "stage", "persons", "record",
    ),
    CLAIMS: (
        "id", "document_id", "version", "source", "published", "month", "language", "text", "kind", "mode", "status", "certainty",
        "phase", "basis", "holder", "holder_role", "actor", "actor_country", "actor_sector", "recipient", "recipient_country",
        "recipient_sector", "place", "place_country", "place_precision", "when_start", "when_end", "when_precision", "coder",
        "record",
    ),
}  # fmt: skip


def document_row(no: int, one: pipeline.Coded) -> Row:
    """Return the row of a document."""
    document = one.reading.document
    values = to_json(document)
    rest = {name: value for name, value in values.items() if name != "text"}
    return {
        **{name: values.get(name) for name in _TEXTS[DOCUMENTS]},
        "no": no,
        "month": month_of(document.published),
        "sha256": document.custody.sha256,
        "depth": one.reading.depth,
        "coder": one.coder,
        "stage": one.stage,
        "claims": len(one.claims),
        "persons": _json([to_json(person) for person in one.persons]),
        "record": _json(rest),
    }


def claim_row(no: int, one: pipeline.Coded, claim: Claim) -> Row:
    """Return the row of a claim of a document."""
    values = to_json(claim)
    rest = {name: value for name, value in values.items() if name != "text"}
    document, inner, place, when = one.reading.document, claim.holders[-1], claim.place, claim.when
    return {
        **{name: values.get(name) for name in _TEXTS[CLAIMS]},
        **{name: values[name] for name in ("start", "end", "negated", "confidence")},
        "no": no,
        "source": document.source,
        "published": document.published,
        "month": month_of(document.published),
        "holder": inner.name,
        "holder_role": inner.role,
        **_party("actor", claim.actor),
        **_party("recipient", claim.recipient),
        "place": place.name if place else None,
        "place_country": place.country if place else None,
        "place_precision": place.precision if place else None,
        "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
        "when_start": when.start if when else None,
        "when_end": when.end if when else None,
        "when_precision": when.precision if when else None,
        "figures": [{name: getattr(figure, name) for name in _FIGURE} for figure in claim.figures],
        "record": _json(rest),
    }


def month_of(published: str | None) -> str | None:
    """Return the month of a date, "2022-01"; None where that is not known."""
    return published[:7] if published and len(published) >= 7 else None


def _party(name: str, actor: Any) -> Row:
    return {
        name: actor.name if actor else None,
        f"{name}_country": actor.country if actor else None,
        f"{name}_sector": actor.sector if actor else None,
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class Tables:
    """Writes both tables of a file into a folder, a row group at a time; a context that closes them."""

    def __init__(self, folder: Path, about: Mapping[str, str]) -> None:
        """Begin both tables, so that one without rows has its schema; ``about`` becomes metadata of the files."""
        self._pa, self._pq = library("pyarrow"), library("pyarrow.parquet")
        self._rows: dict[str, list[Row]] = {name: [] for name in GROUPS}
        # Opened here and not by Arrow: what the disk refuses is then an OSError with its number.
        self._files = {name: (folder / name).open("wb") for name in GROUPS}
        schemas = {name: schema(name).with_metadata(dict(about)) for name in GROUPS}
        self._writers = {name: self._pq.ParquetWriter(self._files[name], schemas[name], compression="zstd") for name in GROUPS}
        self.counts = dict.fromkeys(GROUPS, 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if kind is None:
                for name, writer in self._writers.items():
                    self._flush(name)
                    writer.close()
                    self._files[name].close()
        finally:
            for writer, opened in zip(self._writers.values(), self._files.values(), strict=True):
                writer.is_open = False  # or it would try to write its end when it is collected
                # What went wrong is on its way already; that the buffer cannot be written either is no news.
                with suppress(OSError):
                    opened.close()

    def add(self, one: pipeline.Coded) -> None:
        """Take a document with its claims."""
        no = self.counts[DOCUMENTS]
        self._take(DOCUMENTS, document_row(no, one))
        for claim in one.claims:
            self._take(CLAIMS, claim_row(no, one, claim))

    def _take(self, name: str, row: Row) -> None:
        self.counts[name] += 1
        self._rows[name].append(row)
        if len(self._rows[name]) >= GROUPS[name]:
            self._flush(name)

    def _flush(self, name: str) -> None:
        rows, self._rows[name] = self._rows[name], []
        if rows:
            writer = self._writers[name]
            writer.write_table(self._pa.Table.from_pylist(rows, schema=writer.schema))


def schema(name: str) -> Any:
    """Return the Arrow schema of a table."""
    pa = library("pyarrow")
    texts = [pa.field(one, pa.string()) for one in _TEXTS[name]]
    whole, real = pa.int32(), pa.float64()
    if name == DOCUMENTS:
        return pa.schema([pa.field("no", whole), *texts, pa.field("claims", whole)])
    kinds = {"low": real, "best": real, "high": real}
    figure = pa.struct([pa.field(one, kinds.get(one, pa.string())) for one in _FIGURE])
    own = {
        "start": whole, "end": whole, "negated": pa.bool_(), "latitude": real, "longitude": real, "confidence": real,
        "figures": pa.list_(figure),
    }  # fmt: skip
    return pa.schema([pa.field("no", whole), *texts, *(pa.field(key, kind) for key, kind in own.items())])


def rows_of(path: Path, *, columns: list[str], size: int) -> Iterator[Row]:
    """Yield the rows of a table in their order, ``size`` of them in memory at once."""
    pq = library("pyarrow.parquet")
    with pq.ParquetFile(path) as opened:
        for batch in opened.iter_batches(batch_size=size, columns=columns):
            yield from batch.to_pylist()
