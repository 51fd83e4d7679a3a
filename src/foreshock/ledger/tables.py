"""The tables of the ledger. Rows are only ever added: an edit is a new version, a recoding a new coding.

Three times stand apart: when it happened (``happened``), when it was published (``published``), when we knew it (``known_at``).
The whole record is kept as JSON in ``record``; the columns beside it are what filters need.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import MetaData

SCHEMA = 1


@cache
def metadata() -> MetaData:
    """Return the tables; built once, since SQLAlchemy is imported only by those who keep a ledger."""
    from sqlalchemy import (
        JSON,
        Column,
        Float,
        ForeignKeyConstraint,
        Index,
        Integer,
        MetaData,
        PrimaryKeyConstraint,
        String,
        Table,
    )

    tables = MetaData()
    Table("schema_version", tables, Column("version", Integer, primary_key=True))
    Table(
        "documents",
        tables,
        Column("id", String(20), nullable=False),
        Column("version", String(20), nullable=False),
        Column("known_at", String(20), nullable=False),
        Column("published", String(20)),
        Column("source", String, nullable=False),
        Column("language", String(8), nullable=False),
        Column("sha256", String(64), nullable=False),
        Column("depth", String(8), nullable=False),
        Column("record", JSON, nullable=False),
        PrimaryKeyConstraint("id", "version"),
    )
    Table(
        "codings",
        tables,
        Column("document_id", String(20), nullable=False),
        Column("version", String(20), nullable=False),
        Column("coder", String(40), nullable=False),
        Column("known_at", String(20), nullable=False),
        Column("sequence", Integer, nullable=False),
        PrimaryKeyConstraint("document_id", "version", "coder"),
        ForeignKeyConstraint(["document_id", "version"], ["documents.id", "documents.version"]),
    )
    claims = Table(
        "claims",
        tables,
        Column("id", String(20), primary_key=True),
        Column("document_id", String(20), nullable=False),
        Column("version", String(20), nullable=False),
        Column("coder", String(40), nullable=False),
        Column("known_at", String(20), nullable=False),
        Column("published", String(20)),
        Column("happened", String(20)),
        Column("start", Integer, nullable=False),
        Column("kind", String(10), nullable=False),
        Column("status", String(12), nullable=False),
        Column("language", String(8), nullable=False),
        Column("country", String(3)),
        Column("holders", String, nullable=False),
        Column("confidence", Float, nullable=False),
        Column("record", JSON, nullable=False),
        ForeignKeyConstraint(["document_id", "version", "coder"], ["codings.document_id", "codings.version", "codings.coder"]),
    )
    Index("claims_by_document", claims.c.document_id, claims.c.version, claims.c.coder, claims.c.start)
    Index("claims_by_kind", claims.c.kind, claims.c.status, claims.c.happened)
    Index("claims_by_place", claims.c.country, claims.c.happened)
    return tables
