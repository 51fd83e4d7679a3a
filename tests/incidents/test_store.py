"""Both stores of what joining remembers obey one law."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from foreshock.errors import LedgerError
from foreshock.incidents.store import MemoryStore
from foreshock.ledger import Ledger
from foreshock.model import Entry
from tests.incidents.store_law import check, histories
from tests.ledger.conftest import address, engine, new_address, new_schema, server  # noqa: F401 -- fixtures of both engines

MANY = [Entry(f"e{n}", n, "2022-01-01T00:00:00Z", {"n": n}, (f"k{n % 3}",)) for n in range(1, 1301)]


@given(histories)
@settings(max_examples=200, deadline=None)
def test_in_memory(history):
    check(MemoryStore(), history)


class UndoError(Exception):
    """Raised so that a batch is not kept."""


def test_in_the_ledger(address):  # noqa: F811
    with Ledger(address) as ledger:

        @given(histories)
        @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
        def law(history):
            with pytest.raises(UndoError), ledger.joining() as store:  # noqa: PT012 -- each history begins with an empty store
                check(store, history)
                raise UndoError

        law()
        with ledger.joined() as store:
            assert list(store.entries("episode")) == []


def test_many_at_once_are_kept_and_read_back(address):  # noqa: F811
    with Ledger(address) as ledger:
        with ledger.joining() as store:
            store.put("x", MANY)
            store.put("x", MANY)
            store.count("x", {f"t{n}": n for n in range(1200)})
            store.count("x", {f"t{n}": 1 for n in range(1300)})
        with ledger.joined() as store:
            assert list(store.entries("x")) == MANY
            assert list(store.get("x", [one.id for one in MANY]).values()) == MANY
            assert len(store.under("x", ["k0", "k1"])) == 867
            assert store.counts("x", [f"t{n}" for n in range(1300)]) == {f"t{n}": n + 1 if n < 1200 else 1 for n in range(1300)}


def test_a_batch_that_fails_leaves_nothing_and_a_reader_cannot_write(address):  # noqa: F811
    with Ledger(address) as ledger:
        with pytest.raises(UndoError), ledger.joining() as store:  # noqa: PT012
            store.put("x", MANY[:3])
            store.count("x", {"t": 1})
            raise UndoError
        with ledger.joined() as store:
            assert (list(store.entries("x")), store.counts("x", ["t"])) == ([], {})
    with Ledger(address, create=False) as ledger, pytest.raises(LedgerError), ledger.joining() as store:
        store.put("x", MANY[:3])
