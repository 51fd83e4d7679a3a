"""Coded files into a ledger, at the rate at which it takes whole batches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from foreshock.batch.output import CLAIMS, DOCUMENTS, Output
from foreshock.batch.tables import Row, rows_of
from foreshock.errors import BackfillError
from foreshock.ledger import Batch, Ledger
from foreshock.ledger.ledger import MANY
from foreshock.model import Claim, Document, PrivatePerson, Reading

_DOCUMENT = ["no", "text", "depth", "coder", "claims", "persons", "record"]
_CLAIM = ["no", "text", "record"]
_CLAIMS_AT_ONCE = 2_000
# How a claim is printed (docs/claims.md), and how msgspec reads the record behind it.
_PRINTED = {
    '"actor":{}': '"actor":null',
    '"recipient":{}': '"recipient":null',
    '"place":{}': '"place":null',
    '"from":': '"origin":',
    '"to":': '"destination":',
}
_text = msgspec.json.Encoder()
_documents = msgspec.json.Decoder(Document)
_claims = msgspec.json.Decoder(Claim)
_persons = msgspec.json.Decoder(tuple[PrivatePerson, ...])


@dataclass(frozen=True, slots=True)
class Loaded:
    """How far a load is: files and rows gone through, and what of them was new to the ledger."""

    files: int
    of: int
    documents: int
    claims: int
    new_documents: int
    new_claims: int


def load(output: Output, ledger: Ledger, *, now: datetime) -> Iterator[Loaded]:
    """Add coded files to a ledger, in order of their names; yield how far it is after each transaction.

    What the ledger knows is passed over by its id, version and coder, so the same document of two files is added once, and a
    load that was interrupted goes on where it was.

    Raises:
        BackfillError: nothing is coded in the folder, or a file of it is not what its manifest says.
        LedgerError: the ledger cannot be written.
    """
    found = list(output.manifests())
    if not found:
        raise BackfillError(f"{output.folder} holds no coded files", remedy="name the folder given to foreshock backfill --out")
    documents = claims = new_documents = new_claims = 0
    for number, (folder, manifest) in enumerate(found, start=1):
        _check(folder, manifest)
        for rows in _groups(folder):
            batches = _new(rows, ledger, now)
            kept = ledger.add_many(batches)
            documents, claims = documents + len(rows), claims + sum(len(some) for _, some in rows)
            new_documents, new_claims = new_documents + kept.documents, new_claims + kept.claims
            yield Loaded(number, len(found), documents, claims, new_documents, new_claims)


def _check(folder: Path, manifest: dict[str, Any]) -> None:
    for name in (DOCUMENTS, CLAIMS):
        size = (folder / name).stat().st_size if (folder / name).is_file() else None
        if size != manifest["output"][name]["bytes"]:
            raise BackfillError(
                f"{folder / name} has {size} bytes, its manifest says {manifest['output'][name]['bytes']}",
                remedy=f"remove {folder} and run foreshock backfill again",
            )


def _groups(folder: Path) -> Iterator[list[tuple[Row, list[Row]]]]:
    """Yield rows of documents with those of their claims, as many as the ledger adds in one transaction."""
    claims = groupby(rows_of(folder / CLAIMS, columns=_CLAIM, size=_CLAIMS_AT_ONCE), key=lambda row: row["no"])
    some: list[tuple[Row, list[Row]]] = []
    for document in rows_of(folder / DOCUMENTS, columns=_DOCUMENT, size=MANY):
        own = list(next(claims)[1]) if document["claims"] else []
        if len(own) != document["claims"] or any(row["no"] != document["no"] for row in own):
            raise BackfillError(
                f"{folder}: the claims of document {document['no']} are not those of {CLAIMS}",
                remedy=f"remove {folder} and run foreshock backfill again",
            )
        some.append((document, own))
        if len(some) == MANY:
            yield some
            some = []
    if some:
        yield some


def _new(rows: list[tuple[Row, list[Row]]], ledger: Ledger, now: datetime) -> list[Batch]:
    readings = [_reading(row) for row, _ in rows]
    known = ledger.known([(reading.document, row["coder"]) for reading, (row, _) in zip(readings, rows, strict=True)])
    return [
        Batch(reading, [claim_of(one) for one in claims], row["coder"], now, persons=_persons.decode(row["persons"]))
        for reading, (row, claims), old in zip(readings, rows, known, strict=True)
        if not old
    ]


def _reading(row: Row) -> Reading:
    # What a reading holds beside is not kept: sentences and mentions are found anew where they are shown.
    return Reading(_documents.decode(_whole(row)), (), row["depth"], "")


def claim_of(row: Row) -> Claim:
    """Return the claim of a row; what :func:`foreshock.model.claim_from_json` returns, five times faster."""
    whole = _whole(row)
    for printed, held in _PRINTED.items():
        # No text within can hold these: a quotation mark in a text has a backslash before it.
        whole = whole.replace(printed, held)
    return _claims.decode(whole)


def _whole(row: Row) -> str:
    return f'{row["record"][:-1]},"text":{_text.encode(row["text"]).decode()}}}'
