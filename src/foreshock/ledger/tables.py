"""The tables of the ledger. Rows are only ever added: an edit is a new version, another reading of a version a new coding.

Three times stand apart: when it happened (``happened`` to ``happened_to``), when it was published (``published``), when we knew
it (``known_at``). The whole record is kept as JSON in ``record``; the columns beside it are what filters need.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import MetaData, Table

SCHEMA = 1


@cache
def metadata() -> MetaData:
    """Return the tables; built once, since SQLAlchemy is imported only by those who keep a ledger."""
    from sqlalchemy import Column, Integer, MetaData, Table

    tables = MetaData()
    Table("schema_version", tables, Column("version", Integer, primary_key=True))
    _documents(tables)
    _codings(tables)
    _claims(tables)
    return tables


def table(name: str) -> Table:
    """Return one of the tables."""
    return metadata().tables[name]


def _documents(tables: MetaData) -> None:
    from sqlalchemy import JSON, Column, PrimaryKeyConstraint, String, Table

    Table(
        "documents",
        tables,
        Column("id", String(20), nullable=False),
        Column("version", String(20), nullable=False),
        Column("known_at", String(20), nullable=False),
        Column("source", String, nullable=False),
        Column("language", String(8), nullable=False),
        Column("depth", String(8), nullable=False),
        Column("sha256", String(64), nullable=False),
        Column("record", JSON, nullable=False),
        PrimaryKeyConstraint("id", "version"),
    )


def _codings(tables: MetaData) -> None:
    """One row for each version, date of publication and coder: what claims were read from, and in which order."""
    from sqlalchemy import Column, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, String, Table, UniqueConstraint

    Table(
        "codings",
        tables,
        Column("document_id", String(20), nullable=False),
        Column("sequence", Integer, nullable=False),
        Column("version", String(20), nullable=False),
        Column("coder", String(40), nullable=False),
        Column("published", String(20), nullable=False),
        Column("published_by", String(10)),
        Column("known_at", String(20), nullable=False),
        PrimaryKeyConstraint("document_id", "sequence"),
        UniqueConstraint("document_id", "version", "coder", "published"),
        ForeignKeyConstraint(["document_id", "version"], ["documents.id", "documents.version"]),
    )


def _claims(tables: MetaData) -> None:
    from sqlalchemy import JSON, Column, Float, ForeignKeyConstraint, Index, Integer, PrimaryKeyConstraint, String, Table

    claims = Table(
        "claims",
        tables,
        Column("id", String(20), nullable=False),
        Column("document_id", String(20), nullable=False),
        Column("sequence", Integer, nullable=False),
        Column("known_at", String(20), nullable=False),
        Column("published", String(20), nullable=False),
        Column("happened", String(10)),
        Column("happened_to", String(10)),
        Column("start", Integer, nullable=False),
        Column("kind", String(10), nullable=False),
        Column("status", String(12), nullable=False),
        Column("language", String(8), nullable=False),
        Column("country", String(3)),
        Column("holders", String, nullable=False),
        Column("confidence", Float, nullable=False),
        Column("record", JSON, nullable=False),
        PrimaryKeyConstraint("document_id", "sequence", "id"),
        ForeignKeyConstraint(["document_id", "sequence"], ["codings.document_id", "codings.sequence"]),
    )
    Index("claims_in_order", claims.c.document_id, claims.c.sequence, claims.c.start)
    Index("claims_by_kind", claims.c.kind, claims.c.status, claims.c.happened)
    Index("claims_by_place", claims.c.country, claims.c.happened)
