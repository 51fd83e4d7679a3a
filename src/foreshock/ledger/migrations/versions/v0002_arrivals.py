"""Arrivals, supersessions, custody by salted digests, judgements, crises, the memory of joining, and search; PostgreSQL too.

All rows of the first tables are added again as codings in their order, as if each had been kept anew at its own time. They are
made by the code of today: when a later schema changes what that code writes, keep a copy of today's beside this step.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

revision = "0002"
down_revision = "0001"
TABLES = ("documents", "codings", "claims")
MANY = 200


def upgrade() -> None:
    """Put the old rows aside, make the new tables, add the rows anew, drop the old ones."""
    from alembic import op

    from foreshock.ledger.search_index import make_search
    from foreshock.ledger.writing import Writer

    connection = op.get_bind()
    for name in TABLES:
        op.execute(f"CREATE TABLE old_{name} AS SELECT * FROM {name}")  # noqa: S608 -- names of our own tables
    for name in reversed(TABLES):
        op.drop_table(name)
    _custody()
    _claims()
    _people()
    _store()
    make_search(connection)
    batches = _batches(connection)
    while some := list(islice(batches, MANY)):
        Writer(op.get_context().opts["backend"], connection).add(some)
    for name in TABLES:
        op.drop_table(f"old_{name}")
    op.execute("INSERT INTO schema_version (version) VALUES (2)")


def _batches(connection: Any) -> Iterator[Any]:
    """Yield the old codings, those of one document in their order, otherwise by when they were known."""
    import sqlalchemy as sa

    from foreshock.ledger.writing import Batch
    from foreshock.model import Reading, claim_from_json, document_from_json

    one = sa.table("old_documents", *map(sa.column, ("id", "version", "depth")), sa.column("record", sa.JSON))
    claims = sa.table("old_claims", *map(sa.column, ("document_id", "sequence", "start", "id")), sa.column("record", sa.JSON))
    for coding in _in_order(connection):
        wanted = sa.select(one).where(one.c.id == coding.document_id, one.c.version == coding.version)
        row = connection.execute(wanted).one()
        found = sa.select(claims.c.record).where(claims.c.document_id == coding.document_id, claims.c.sequence == coding.sequence)
        document = document_from_json(row.record)
        dated = replace(document, published=coding.published or None, published_by=coding.published_by)
        yield Batch(
            reading=Reading(dated, (), row.depth, ""),
            claims=[
                claim_from_json(value) for value in connection.execute(found.order_by(claims.c.start, claims.c.id)).scalars()
            ],
            coder=coding.coder,
            now=datetime.fromisoformat(coding.known_at),
        )


def _in_order(connection: Any) -> list[Any]:
    import sqlalchemy as sa

    names = ("document_id", "sequence", "version", "coder", "published", "published_by", "known_at")
    codings = sa.table("old_codings", *map(sa.column, names))
    rows = connection.execute(sa.select(codings).order_by(codings.c.document_id, codings.c.sequence)).all()
    known: dict[str, str] = {}
    keyed = []
    for row in rows:
        known[row.document_id] = max(row.known_at, known.get(row.document_id, ""))
        keyed.append((known[row.document_id], row.document_id, row.sequence, row))
    return [row for *_, row in sorted(keyed, key=lambda one: one[:3])]


def _words() -> Any:
    import sqlalchemy as sa

    return sa.String().with_variant(sa.String(collation="C"), "postgresql")


def _custody() -> None:
    """Make the tables of what was fetched and read."""
    import sqlalchemy as sa
    from alembic import op

    words = _words()
    op.create_table(
        "contents",
        sa.Column("sha256", words, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.LargeBinary()),
        sa.Column("known_at", words, nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "documents",
        sa.Column("id", words, nullable=False),
        sa.Column("version", words, nullable=False),
        sa.Column("known_at", words, nullable=False),
        sa.Column("source", words, nullable=False),
        sa.Column("language", words, nullable=False),
        sa.Column("depth", words, nullable=False),
        sa.Column("sha256", words, nullable=False),
        sa.Column("record", words, nullable=False),
        sa.Column("salt", sa.LargeBinary(16)),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id", "version"),
    )
    op.create_index("ix_documents_sha256", "documents", ["sha256"])
    op.create_table(
        "codings",
        sa.Column("arrival", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document_id", words, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("version", words, nullable=False),
        sa.Column("coder", words, nullable=False),
        sa.Column("published", words, nullable=False),
        sa.Column("published_by", words),
        sa.Column("known_at", words, nullable=False),
        sa.Column("persons", words, nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("chain", sa.LargeBinary(32), nullable=False),
        sa.ForeignKeyConstraint(["document_id", "version"], ["documents.id", "documents.version"]),
        sa.PrimaryKeyConstraint("arrival"),
        sa.UniqueConstraint("document_id", "sequence"),
        sa.UniqueConstraint("document_id", "version", "coder", "published"),
    )
    op.create_index("ix_codings_known_at", "codings", ["known_at"])
    op.create_table(
        "superseded",
        sa.Column("arrival", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("known_at", words, nullable=False),
        sa.ForeignKeyConstraint(["arrival"], ["codings.arrival"]),
        sa.PrimaryKeyConstraint("arrival"),
    )


PLACE = ["country", "happened", "happened_to", "kind", "status", "document_id", "arrival"]


def _claims() -> None:
    """Make the table of claims with the columns that filters need."""
    import sqlalchemy as sa
    from alembic import op

    words = _words()
    op.create_table(
        "claims",
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", words, nullable=False),
        sa.Column("arrival", sa.Integer(), nullable=False),
        sa.Column("document_id", words, nullable=False),
        sa.Column("known_at", words, nullable=False),
        sa.Column("published", words, nullable=False),
        sa.Column("happened", words),
        sa.Column("happened_to", words),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("kind", words, nullable=False),
        sa.Column("mode", words),
        sa.Column("status", words, nullable=False),
        sa.Column("negated", sa.Boolean(), nullable=False),
        sa.Column("language", words, nullable=False),
        sa.Column("country", words),
        sa.Column("place", words),
        sa.Column("lat", sa.Double()),
        sa.Column("lon", sa.Double()),
        sa.Column("holders", words, nullable=False),
        sa.Column("actor", words),
        sa.Column("recipient", words),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("damaged", sa.Boolean(), nullable=False),
        sa.Column("coder", words, nullable=False),
        sa.Column("record", words, nullable=False),
        sa.Column("salt", sa.LargeBinary(16)),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.ForeignKeyConstraint(["arrival"], ["codings.arrival"]),
        sa.PrimaryKeyConstraint("no"),
    )
    op.create_index("claims_by_id", "claims", ["id"])
    op.create_index("claims_by_kind", "claims", ["kind", "status", "arrival"])
    op.create_index("claims_of_kind", "claims", ["kind", "no", "language", "status", "arrival"])
    op.create_index("claims_in_order", "claims", ["document_id", "start"])
    op.create_index("claims_of_coding", "claims", ["arrival", "id"], unique=True)
    for name, columns, where in (
        ("claims_by_day", ["happened", "happened_to", "country", "document_id"], "happened IS NOT NULL"),
        ("claims_by_place", PLACE, "country IS NOT NULL"),
        ("claims_undated", ["published", "country", "document_id", "happened"], "happened IS NULL"),
    ):
        op.create_index(name, "claims", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def _people() -> None:
    """Make the tables of what people decided."""
    import sqlalchemy as sa
    from alembic import op

    words = _words()
    op.create_table(
        "judgements",
        sa.Column("id", words, nullable=False),
        sa.Column("arrival", sa.Integer(), nullable=False),
        sa.Column("known_at", words, nullable=False),
        sa.Column("subject", words, nullable=False),
        sa.Column("verdict", words, nullable=False),
        sa.Column("by", words, nullable=False),
        sa.Column("why", words, nullable=False),
        sa.Column("record", words, nullable=False),
        sa.Column("salt", sa.LargeBinary(16)),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("arrival"),
    )
    op.create_table(
        "crises",
        sa.Column("name", words, nullable=False),
        sa.Column("arrival", sa.Integer(), nullable=False),
        sa.Column("known_at", words, nullable=False),
        sa.Column("record", words),
        sa.Column("salt", sa.LargeBinary(16)),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("name", "arrival"),
    )
    op.create_table(
        "tombstones",
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("known_at", words, nullable=False),
        sa.Column("what", words, nullable=False),
        sa.Column("about", words),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("by", words, nullable=False),
        sa.Column("why", words, nullable=False),
        sa.PrimaryKeyConstraint("no"),
    )


def _store() -> None:
    """Make the tables of what joining remembers."""
    import sqlalchemy as sa
    from alembic import op

    words = _words()
    op.create_table(
        "entries",
        sa.Column("space", words, nullable=False),
        sa.Column("id", words, nullable=False),
        sa.Column("arrival", sa.Integer(), nullable=False),
        sa.Column("known_at", words, nullable=False),
        sa.Column("value", words, nullable=False),
        sa.Column("keys", words, nullable=False),
        sa.PrimaryKeyConstraint("space", "id", "arrival"),
    )
    op.create_index("entries_by_arrival", "entries", ["space", "arrival", "id"])
    op.create_table(
        "entry_keys",
        sa.Column("space", words, nullable=False),
        sa.Column("key", words, nullable=False),
        sa.Column("id", words, nullable=False),
        sa.Column("arrival", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("space", "key", "id", "arrival"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "counters",
        sa.Column("space", words, nullable=False),
        sa.Column("key", words, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("space", "key"),
        sqlite_with_rowid=False,
    )
