"""Records -> rows, with the columns that filters need beside the record."""

from __future__ import annotations

import unicodedata
from typing import Any

from foreshock.dates import first_day, last_day, parse
from foreshock.model import Claim, Document, Reading, to_json


def document_row(reading: Reading, known_at: str) -> dict[str, Any]:
    """Return the row of a document version."""
    document = reading.document
    return {
        "id": document.id,
        "version": document.version,
        "known_at": known_at,
        "source": document.source,
        "language": document.language,
        "depth": reading.depth,
        "sha256": document.custody.sha256,
        "record": to_json(document),
    }


def coding_row(document: Document, coder: str, known_at: str) -> dict[str, Any]:
    """Return the row of a coding, without its place in the order; an unknown date is "", so that two of them are equal."""
    return {
        "document_id": document.id,
        "version": document.version,
        "coder": coder,
        "published": document.published or "",
        "published_by": document.published_by,
        "known_at": known_at,
    }


def claim_row(claim: Claim, coding: dict[str, Any]) -> dict[str, Any]:
    """Return the row of a claim under its coding."""
    return {
        "id": claim.id,
        "document_id": claim.document_id,
        "sequence": coding["sequence"],
        "known_at": coding["known_at"],
        "published": coding["published"],
        "happened": _day(claim.when.start if claim.when else None, last=False),
        "happened_to": _day(claim.when.end if claim.when else None, last=True),
        "start": claim.start,
        "kind": claim.kind,
        "status": claim.status,
        "language": claim.language,
        "country": claim.place.country if claim.place else None,
        "holders": "\n".join(folded(f"{one.name}\n{one.raw}") for one in claim.holders),
        "confidence": claim.confidence,
        "record": to_json(claim),
    }


def folded(text: str) -> str:
    """Return a name as it is searched for: without case and width, in every script (SQLite itself folds ASCII only)."""
    return unicodedata.normalize("NFKC", text).casefold()


def _day(prefix: str | None, *, last: bool) -> str | None:
    known = parse(prefix) if prefix else None
    if known is None:
        return None
    return (last_day(known) if last else first_day(known)).isoformat()
