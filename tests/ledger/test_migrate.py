"""A ledger of an earlier version comes up to this one whole, or stays as it was."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from foreshock.errors import LedgerError
from foreshock.ledger import Ledger, Query, deciding
from foreshock.ledger.backend import backend, connected
from foreshock.ledger.migrate import upgrade
from foreshock.ledger.migrations.versions import v0002_arrivals
from foreshock.ledger.tables import metadata
from foreshock.model import Crisis, When
from tests.ledger import schema_1
from tests.ledger.records import CODER, DAY, OUTCOME, claim, estimate, judgement, reading

FIRST, SECOND, OTHER = reading("a", "Calm."), reading("a", "Calm no more."), reading("b", published=None, published_by=None)
CLAIMS = [claim(FIRST), claim(FIRST, 9)]
RECODED = [claim(FIRST, 0, coder="rules@2", place=None, actor=None, when=When(None, "2022-01", "month", "by January"))]
EDITED = [claim(SECOND, 3)]
CODINGS = [
    (FIRST, CLAIMS, 1, CODER, "2022-01-08T09:00:00Z"),
    (FIRST, RECODED, 2, "rules@2", "2022-01-10T09:00:00Z"),
    (SECOND, EDITED, 3, "rules@2", "2022-01-09T09:00:00Z"),  # the clock had been set back
    (OTHER, [], 1, CODER, "2022-01-08T10:00:00Z"),
]


def old(address: Path | str) -> None:
    rows = [
        row
        for one, claims, sequence, coder, known_at in CODINGS
        for row in schema_1.rows(one.document, claims, sequence=sequence, coder=coder, known_at=known_at)
    ]
    if isinstance(address, Path):
        address.parent.mkdir(parents=True, exist_ok=True)
        schema_1.make(address, rows)
    else:
        schema_1.make_on_server(address, rows)


def test_all_that_the_first_version_kept_is_there(address):
    old(address)
    with pytest.raises(LedgerError, match="has schema 1, this version reads 5") as error:
        Ledger(address)
    assert error.value.remedy == "run foreshock migrate"
    assert Ledger.migrate(address) == (1, 5)
    assert Ledger.migrate(address) == (5, 5)
    with Ledger(address) as ledger:
        assert list(ledger.claims()) == EDITED
        assert list(ledger.claims(Query(as_of="2022-01-08"))) == CLAIMS
        assert list(ledger.claims(Query(as_of="2022-01-09"))) == CLAIMS
        assert list(ledger.claims(Query(words="calm", as_of="2022-01-08"))) == CLAIMS
        assert [(one.arrival, one.sequence, one.coder) for one in ledger.codings()] == [
            (1, 1, CODER), (2, 1, CODER), (3, 2, "rules@2"), (4, 3, "rules@2"),
        ]  # fmt: skip
        assert [list(one.claims) for one in ledger.codings()] == [CLAIMS, [], RECODED, EDITED]
        assert {one.id for one in ledger.latest_documents()} == {FIRST.document.id, OTHER.document.id}
        assert [one.text for one in ledger.documents()] == ["Calm.", "Calm.", "Calm no more."]
        assert list(ledger.verify()) == []
        assert ledger.add(FIRST, CLAIMS, coder=CODER, now=DAY).claims == 0
        third = reading("a", "Calm again.")
        ledger.add(third, [claim(third)], coder=CODER, now=DAY + timedelta(days=9))
        assert list(ledger.claims()) == [claim(third)]


def second(address: Path | str) -> None:
    """Make a ledger of the second version, by its own step, with a judgement and a crisis as that version kept them."""
    old(address)
    of = backend(address, writable=True)
    with connected(of, "migrate", writes=True) as connection:
        upgrade(connection, of, to="0002", known="0001")
        assert "estimates" not in of.tables(connection)
        deciding.judge(connection, judgement())
        deciding.keep_crisis(connection, "north", Crisis("north", ("KAZ",)), "2022-01-11T09:00:00Z")
    of.engine.dispose()


def test_all_that_the_second_version_kept_is_there(address):
    second(address)
    with pytest.raises(LedgerError, match="has schema 2, this version reads 5"):
        Ledger(address)
    assert Ledger.migrate(address) == (2, 5)
    assert Ledger.migrate(address) == (5, 5)
    with Ledger(address) as ledger:
        assert list(ledger.claims()) == EDITED
        assert ledger.judgements() == [judgement()]
        assert ledger.crises() == [Crisis("north", ("KAZ",))]
        assert ledger.estimates() == []
        assert ledger.keep_estimates([estimate()], known_at=DAY) == 1
        assert ledger.keep_outcome(OUTCOME, known_at=DAY)
        assert list(ledger.verify()) == []


def test_a_migration_from_the_second_version_that_is_cut_short_changes_nothing(address, monkeypatch):
    second(address)
    from alembic.operations import Operations

    def cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Operations, "create_index", cut)
        with pytest.raises(KeyboardInterrupt):
            Ledger.migrate(address)
    with pytest.raises(LedgerError, match="has schema 2"):
        Ledger(address)
    assert Ledger.migrate(address) == (2, 5)
    with Ledger(address) as ledger:
        assert list(ledger.claims()) == EDITED
        assert ledger.estimates() == []


def test_a_migration_that_is_cut_short_changes_nothing(address, monkeypatch):
    old(address)

    def cut() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(v0002_arrivals, "_store", cut)
    # Alembic reads the step from its file: cut the one that it calls.
    monkeypatch.setattr("foreshock.ledger.search_index.make_search", lambda _: cut())
    with pytest.raises(KeyboardInterrupt):
        Ledger.migrate(address)
    with pytest.raises(LedgerError, match="has schema 1"):
        Ledger(address)
    monkeypatch.undo()
    assert Ledger.migrate(address) == (1, 5)
    with Ledger(address) as ledger:
        assert list(ledger.claims()) == EDITED


def test_a_migrated_ledger_has_the_tables_of_a_new_one(new_address):
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    one, two, new = new_address(), new_address(), new_address()
    old(one)
    second(two)
    Ledger.migrate(one)
    Ledger.migrate(two)
    Ledger(new).close()
    for address in (one, two, new):
        of = backend(address, writable=False)
        with connected(of, "read") as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            said = [str(change) for change in compare_metadata(context, metadata())]
            # Tables of the search are made by each engine's own statements.
            assert [one for one in said if "_words" not in one] == []
        of.engine.dispose()


def test_a_ledger_of_a_later_version_is_refused(address):
    Ledger(address).close()
    of = backend(address, writable=True)
    with connected(of, "write", writes=True) as connection:
        connection.exec_driver_sql("INSERT INTO schema_version VALUES (99)")
    of.engine.dispose()
    for ask in (Ledger, Ledger.migrate):
        with pytest.raises(LedgerError, match="schema 99, this version reads 5") as error:
            ask(address)
        assert "later Foreshock" in error.value.remedy


def test_nothing_is_made_by_a_migration(tmp_path):
    with pytest.raises(LedgerError, match="there is no ledger"):
        Ledger.migrate(tmp_path / "none.sqlite")
    assert not (tmp_path / "none.sqlite").exists()


def test_a_file_of_the_first_version_is_not_touched_by_opening_it(tmp_path):
    path = tmp_path / "ledger.sqlite"
    old(path)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = shutil.copy(path, tmp_path / "copy")
    with pytest.raises(LedgerError):
        Ledger(path, create=False)
    assert path.read_bytes() == Path(kept).read_bytes()
