"""Records -> rows and back, with the columns that filters need beside the record."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import msgspec

from foreshock.dates import first_day, last_day, parse
from foreshock.ledger.record import claim_record, rest_of
from foreshock.model import Claim, Document, PrivatePerson, Reading, When

# The columns of ``documents``, ``codings`` and ``claims`` in the order of their values here, as in the tables; what vouches for a
# row (salt, digest, chain) is added by the writer.
DOCUMENT = ("id", "version", "known_at", "source", "language", "depth", "sha256", "record")
CODING = ("arrival", "document_id", "sequence", "version", "coder", "published", "published_by", "known_at", "persons")
CLAIM = (
    "no", "id", "arrival", "document_id", "known_at", "published", "happened", "happened_to", "start", "end", "kind", "mode",
    "status", "negated", "language", "country", "place", "lat", "lon", "holders", "actor", "recipient", "confidence", "damaged",
    "coder", "record",
)  # fmt: skip

# Where a time is open: before and after all dates.
EARLIEST, LATEST = "0000-01-01", "9999-12-31"

_encoder = msgspec.json.Encoder()
_documents = msgspec.json.Decoder(Document)
_persons = msgspec.json.Decoder(tuple[PrivatePerson, ...])


def document_values(reading: Reading, known_at: str) -> tuple[Any, ...]:
    """Return the values of a document version's row."""
    one = reading.document
    record = _encoder.encode(one).decode()
    return (one.id, one.version, known_at, plain(one.source), one.language, reading.depth, one.custody.sha256, record)


def document_of(record: str) -> Document:
    """Return the document of a row's record."""
    return _documents.decode(record)


def coding_values(
    document: Document, coder: str, *, arrival: int, sequence: int, known_at: str, persons: Sequence[PrivatePerson]
) -> tuple[Any, ...]:
    """Return the values of a coding's row; an unknown date is "", so that two of them are equal."""
    published = document.published or ""
    held = _encoder.encode(persons).decode()
    return (
        arrival, document.id, sequence, document.version, coder, published, document.published_by, known_at, held,
    )  # fmt: skip


def persons_of(persons: str) -> tuple[PrivatePerson, ...]:
    """Return the private persons of a coding's row."""
    return _persons.decode(persons)


def claim_values(claim: Claim, coding: tuple[Any, ...], no: int) -> tuple[Any, ...]:
    """Return the values of a claim's row under its coding (the values of that one's row), numbered ``no``."""
    arrival, _, _, _, _, published, _, known_at, _ = coding
    place, actor, recipient = claim.place, claim.actor, claim.recipient
    first, last = days_of(claim.when)
    return (
        no, claim.id, arrival, claim.document_id, known_at, published,
        first, last, claim.start, claim.end, claim.kind, claim.mode, claim.status, claim.negated, claim.language,
        place.country if place else None, folded(f"{place.name}\n{place.raw}") if place else None,
        _real(place.lat) if place else None, _real(place.lon) if place else None,
        "\n".join([folded(f"{one.name}\n{one.raw}") for one in claim.holders]),
        folded(actor.name) if actor else None, folded(recipient.name) if recipient else None,
        float(claim.confidence), bool(claim.damage), claim.coder, claim_record(claim),
    )  # fmt: skip


def claim_of(row: Any) -> Claim:
    """Return the claim of a row that has all columns of :data:`CLAIM` as attributes."""
    rest = rest_of(row.record)
    return Claim(
        row.id, row.document_id, rest.version, row.language, row.start, row.end, rest.text, row.kind, row.mode, row.status,
        row.negated, rest.certainty, rest.phase, rest.basis, rest.holders, rest.actor, rest.recipient, rest.place, rest.when,
        rest.figures, rest.damage, row.confidence, row.coder,
    )  # fmt: skip


def days_of(when: When | None) -> tuple[str | None, str | None]:
    """Return the first and the last day that a time can mean: an open end is as far as dates go, none is known of no date."""
    if when is None:
        return None, None
    first, last = _day(when.start, last=False), _day(when.end, last=True)
    return (first or EARLIEST, last or LATEST) if first or last else (None, None)


@lru_cache(maxsize=1 << 13)
def folded(text: str) -> str:
    """Return a name as it is searched for: without case and width, in every script (SQLite itself folds ASCII only)."""
    return plain(unicodedata.normalize("NFKC", text).casefold())


def plain(text: str) -> str:
    """Return a text without the NUL that PostgreSQL cannot hold in a column; records hold it escaped."""
    return text.replace("\0", "")


def _real(value: float | None) -> float | None:
    return None if value is None else float(value)


@lru_cache(maxsize=1 << 14)
def _day(prefix: str | None, *, last: bool) -> str | None:
    known = parse(prefix) if prefix else None
    if known is None:
        return None
    return (last_day(known) if last else first_day(known)).isoformat()
