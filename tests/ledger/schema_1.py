"""A ledger as Foreshock 0.1 made it: its very statements, and rows as it wrote them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from foreshock.model import Claim, Document, to_json

DDL = """
CREATE TABLE schema_version (version INTEGER NOT NULL, PRIMARY KEY (version));
CREATE TABLE documents (
    id VARCHAR(20) NOT NULL, version VARCHAR(20) NOT NULL, known_at VARCHAR(20) NOT NULL, source VARCHAR NOT NULL,
    language VARCHAR(8) NOT NULL, depth VARCHAR(8) NOT NULL, sha256 VARCHAR(64) NOT NULL, record JSON NOT NULL,
    PRIMARY KEY (id, version));
CREATE TABLE codings (
    document_id VARCHAR(20) NOT NULL, sequence INTEGER NOT NULL, version VARCHAR(20) NOT NULL, coder VARCHAR(40) NOT NULL,
    published VARCHAR(20) NOT NULL, published_by VARCHAR(10), known_at VARCHAR(20) NOT NULL,
    PRIMARY KEY (document_id, sequence), UNIQUE (document_id, version, coder, published),
    FOREIGN KEY(document_id, version) REFERENCES documents (id, version));
CREATE TABLE claims (
    id VARCHAR(20) NOT NULL, document_id VARCHAR(20) NOT NULL, sequence INTEGER NOT NULL, known_at VARCHAR(20) NOT NULL,
    published VARCHAR(20) NOT NULL, happened VARCHAR(10), happened_to VARCHAR(10), start INTEGER NOT NULL,
    kind VARCHAR(10) NOT NULL, status VARCHAR(12) NOT NULL, language VARCHAR(8) NOT NULL, country VARCHAR(3),
    holders VARCHAR NOT NULL, confidence FLOAT NOT NULL, record JSON NOT NULL,
    PRIMARY KEY (document_id, sequence, id),
    FOREIGN KEY(document_id, sequence) REFERENCES codings (document_id, sequence));
CREATE INDEX claims_in_order ON claims (document_id, sequence, start);
CREATE INDEX claims_by_kind ON claims (kind, status, happened);
CREATE INDEX claims_by_place ON claims (country, happened);
"""

Row = tuple[str, tuple[Any, ...]]


def rows(document: Document, claims: Sequence[Claim], *, sequence: int, coder: str, known_at: str) -> list[Row]:
    """Return the rows of one coding, each with its table."""
    published = document.published or ""
    found: list[Row] = [
        ("documents", (document.id, document.version, known_at, document.source, document.language, "parsed",
                       document.custody.sha256, json.dumps(to_json(document)))),
        ("codings", (document.id, sequence, document.version, coder, published, document.published_by, known_at)),
    ]  # fmt: skip
    for claim in claims:
        when = claim.when
        found.append(("claims", (
            claim.id, claim.document_id, sequence, known_at, published, when.start if when else None, when.end if when else None,
            claim.start, claim.kind, claim.status, claim.language, claim.place.country if claim.place else None,
            "\n".join(f"{one.name}\n{one.raw}".casefold() for one in claim.holders), claim.confidence, json.dumps(to_json(claim)),
        )))  # fmt: skip
    return found


def make(path: Path, given: Sequence[Row]) -> None:
    """Make the file."""
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("PRAGMA journal_mode=WAL")
        database.executescript(DDL)
        database.execute("INSERT INTO schema_version VALUES (1)")
        for name, values in given:
            database.execute(f"INSERT OR IGNORE INTO {name} VALUES ({', '.join('?' * len(values))})", values)


def make_on_server(address: str, given: Sequence[Row]) -> None:
    """Make the same tables by the first step of the migrations, and fill them."""
    from foreshock.ledger.backend import backend, connected
    from foreshock.ledger.migrate import upgrade

    of = backend(address, writable=True)
    with connected(of, "make", writes=True) as connection:
        upgrade(connection, of, to="0001")
        for name, values in given:
            marks = ", ".join(["%s"] * len(values))
            connection.exec_driver_sql(f"INSERT INTO {name} VALUES ({marks}) ON CONFLICT DO NOTHING", values)
    of.engine.dispose()
