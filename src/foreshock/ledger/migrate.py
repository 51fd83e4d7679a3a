"""Upgrade of a ledger that an earlier version made: one transaction, so that one that is cut short changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from foreshock.errors import LedgerError
from foreshock.ledger.backend import Backend, backend, connected
from foreshock.ledger.schema import REVISIONS, check, kept_schema, revision
from foreshock.ledger.tables import SCHEMA

if TYPE_CHECKING:
    from sqlalchemy import Connection

STEPS = Path(__file__).parent / "migrations"


def migrate(address: Path | str) -> tuple[int, int]:
    """Upgrade the ledger at an address to this version; return the schema that it had and the one that it has.

    Raises:
        LedgerError: there is none, it is of a later version, or the disk is full; it is left as it was.
    """
    of = backend(address, writable=False)  # makes no file
    try:
        with connected(of, "open") as connection:
            missing = not of.tables(connection)
    finally:
        of.engine.dispose()
    if missing:
        raise LedgerError(f"{of.shown} is empty", remedy="keep something first with foreshock ingest")
    of = backend(address, writable=True)
    try:
        with connected(of, "migrate", writes=True) as connection:
            before = kept_schema(connection, of) or 0
            if before < SCHEMA:
                upgrade(connection, of, to=revision(SCHEMA), known=revision(before) if before else None)
            check(connection, of)
        return before, SCHEMA
    finally:
        of.engine.dispose()


def upgrade(connection: Connection, of: Backend, *, to: str, known: str | None = None) -> None:
    """Run the steps up to a revision within the connection's transaction.

    Args:
        connection: in a transaction.
        of: its engine.
        to: the revision to reach.
        known: the revision that the tables have where Alembic has not noted one yet, as the first version did not.
    """
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    steps = ScriptDirectory(str(STEPS))

    def planned(current: Any, _: MigrationContext) -> Any:
        return steps._upgrade_revs(to, current)  # what alembic.command.upgrade hands to the context

    context = MigrationContext.configure(connection, opts={"fn": planned, "version_table": REVISIONS, "backend": of})
    if known is not None and context.get_current_revision() is None:
        context.stamp(steps, known)
    with Operations.context(context):
        context.run_migrations()
