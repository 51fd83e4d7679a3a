"""The tables of the ledger, one definition for both engines. Rows are only ever added; only a redaction takes words out of one.

The rows of feeds, of what waits to be delivered and of accounts are no knowledge but the state of a machine: they change.

Three times stand apart: when it happened (``happened`` to ``happened_to``), when it was published (``published``), when we knew
it (``known_at``). A coding is one version of a document read under one date of publication by one coder; ``arrival`` counts
codings in the order in which they were committed, and ``known_at`` never falls as it grows. ``superseded`` says from when a
coding is no longer the one that is read. ``record`` holds, as JSON text, what the columns beside it do not.

Every row that says something has a ``salt`` of its own and the ``digest`` of salt and content (:mod:`foreshock.ledger.digests`):
a redacted row loses its salt and keeps its digest, so that custody still verifies and nobody can guess what stood there.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Column, MetaData, Table
    from sqlalchemy.types import TypeEngine

SCHEMA = 5
# What every schema has had: by these a database is known to be a ledger.
MARKS = frozenset({"schema_version", "documents", "codings", "claims"})


@cache
def metadata() -> MetaData:
    """Return the tables; built once, since SQLAlchemy is imported only by those who keep a ledger."""
    from sqlalchemy import Column, Integer, MetaData, Table

    from foreshock.ledger.tables_accounts import account_tables
    from foreshock.ledger.tables_feeds import feed_tables
    from foreshock.ledger.tables_joined import joined_tables
    from foreshock.ledger.tables_watches import watch_tables

    tables = MetaData()
    Table("schema_version", tables, Column("version", Integer, primary_key=True, autoincrement=False))
    _contents(tables)
    _documents(tables)
    _codings(tables)
    _claims(tables)
    joined_tables(tables)
    feed_tables(tables)
    watch_tables(tables)
    account_tables(tables)
    return tables


def table(name: str) -> Table:
    """Return one of the tables."""
    return metadata().tables[name]


def words() -> TypeEngine[str]:
    """Return the type of a text column that both engines sort alike: by code points, whatever the server's language."""
    from sqlalchemy import String

    return String().with_variant(String(collation="C"), "postgresql")


def sealed() -> tuple[Column[Any], Column[Any]]:
    """Return the columns that vouch for a row: 16 random bytes, none once it is redacted, and the SHA-256 of them and the row."""
    from sqlalchemy import Column, LargeBinary

    return Column("salt", LargeBinary(16)), Column("digest", LargeBinary(32), nullable=False)


def _contents(tables: MetaData) -> None:
    """The bytes as they were fetched, packed with zlib, each once; ``bytes`` is null once they are redacted."""
    from sqlalchemy import Column, Integer, LargeBinary, Table

    Table(
        "contents",
        tables,
        Column("sha256", words(), primary_key=True),
        Column("size", Integer, nullable=False),
        Column("bytes", LargeBinary),
        Column("known_at", words(), nullable=False),
    )


def _documents(tables: MetaData) -> None:
    from sqlalchemy import Column, PrimaryKeyConstraint, Table

    Table(
        "documents",
        tables,
        Column("id", words(), nullable=False),
        Column("version", words(), nullable=False),
        Column("known_at", words(), nullable=False),
        Column("source", words(), nullable=False),
        Column("language", words(), nullable=False),
        Column("depth", words(), nullable=False),
        Column("sha256", words(), nullable=False, index=True),
        Column("record", words(), nullable=False),
        *sealed(),
        PrimaryKeyConstraint("id", "version"),
    )


def _codings(tables: MetaData) -> None:
    """One row for each version, date of publication and coder; ``chain`` is the hash of the one before and this row's digest."""
    from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Integer, LargeBinary, Table, UniqueConstraint

    Table(
        "codings",
        tables,
        Column("arrival", Integer, primary_key=True, autoincrement=False),
        Column("document_id", words(), nullable=False),
        Column("sequence", Integer, nullable=False),
        Column("version", words(), nullable=False),
        Column("coder", words(), nullable=False),
        Column("published", words(), nullable=False),
        Column("published_by", words()),
        Column("known_at", words(), nullable=False, index=True),
        Column("persons", words(), nullable=False),
        Column("digest", LargeBinary(32), nullable=False),
        Column("chain", LargeBinary(32), nullable=False),
        UniqueConstraint("document_id", "sequence"),
        UniqueConstraint("document_id", "version", "coder", "published"),
        ForeignKeyConstraint(["document_id", "version"], ["documents.id", "documents.version"]),
    )
    Table(
        "superseded",
        tables,
        Column("arrival", Integer, ForeignKey("codings.arrival"), primary_key=True, autoincrement=False),
        Column("known_at", words(), nullable=False),
    )


def _claims(tables: MetaData) -> None:
    from sqlalchemy import Boolean, Column, Double, ForeignKey, Index, Integer, Table, text

    claims = Table(
        "claims",
        tables,
        Column("no", Integer, primary_key=True, autoincrement=False),
        Column("id", words(), nullable=False),
        Column("arrival", Integer, ForeignKey("codings.arrival"), nullable=False),
        Column("document_id", words(), nullable=False),
        Column("known_at", words(), nullable=False),
        Column("published", words(), nullable=False),
        Column("happened", words()),
        Column("happened_to", words()),
        Column("start", Integer, nullable=False),
        Column("end", Integer, nullable=False),
        Column("kind", words(), nullable=False),
        Column("mode", words()),
        Column("status", words(), nullable=False),
        Column("negated", Boolean, nullable=False),
        Column("language", words(), nullable=False),
        Column("country", words()),
        Column("place", words()),
        Column("lat", Double),
        Column("lon", Double),
        Column("holders", words(), nullable=False),
        Column("actor", words()),
        Column("recipient", words()),
        Column("confidence", Double, nullable=False),
        Column("damaged", Boolean, nullable=False),
        Column("coder", words(), nullable=False),
        Column("record", words(), nullable=False),
        *sealed(),
    )
    Index("claims_of_coding", claims.c.arrival, claims.c.id, unique=True)
    Index("claims_by_id", claims.c.id)
    Index("claims_in_order", claims.c.document_id, claims.c.start)
    Index("claims_by_kind", claims.c.kind, claims.c.status, claims.c.arrival)
    # A search for words among those of a kind goes through this one, from the newest on, and reads what it shows only.
    Index("claims_of_kind", *(claims.c[one] for one in ("kind", "no", "language", "status", "arrival")))
    # Most claims tell neither place nor day: what those that do are found by is kept of them only.
    place = ("country", "happened", "happened_to", "kind", "status", "document_id", "arrival")
    told = {
        "claims_by_place": (place, "country IS NOT NULL"),
        "claims_by_day": (("happened", "happened_to", "country", "document_id"), "happened IS NOT NULL"),
        "claims_undated": (("published", "country", "document_id", "happened"), "happened IS NULL"),
    }
    for name, (columns, where) in told.items():
        Index(name, *(claims.c[one] for one in columns), sqlite_where=text(where), postgresql_where=text(where))
