"""Both stores of what joining remembers obey one law."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from foreshock.errors import LedgerError
from foreshock.incidents.store import MemoryStore
from foreshock.ledger import Ledger
from foreshock.ledger.store import LedgerStore, Window
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


@pytest.mark.parametrize("most", [None, 1, 100])
def test_in_the_ledger(address, most):  # noqa: F811
    with Ledger(address) as ledger:

        @given(histories)
        @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
        def law(history):
            with pytest.raises(UndoError), ledger.joining() as store:  # noqa: PT012 -- each history begins with an empty store
                if most:
                    store.look_through(Window(most))
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


def asked(store):
    """Return what is asked of the entries e and their keys."""
    ranked = store.ranked("x", ["k", "l"], each=3, limit=9, narrow=True)
    return store.found("x", ["k"], limit=2), store.under("x", ["k", "l"]), ranked, store.get("x", ["e1", "e2", "e3"])


def test_what_is_at_hand_is_what_the_ledger_holds_whoever_wrote_it(address):  # noqa: F811
    window, now = Window(), "2022-01-01T00:00:00Z"
    with Ledger(address) as ledger, Ledger(address) as other:
        for round_ in range(1, 5):
            with ledger.joining() as store:
                store.look_through(window)
                asked(store)
                store.put(
                    "x", [Entry(f"e{round_}", 3 * round_, now, {}, ("k", "l")), Entry("e1", 3 * round_ + 1, now, {}, ("l",))]
                )
                assert asked(store) == asked(plain(store))
            if round_ != 2:  # this time nobody else writes
                with other.joining() as store:
                    store.put(
                        "x", [Entry("e2", 3 * round_ + 2, now, {"n": round_}, ("k",)), Entry(f"f{round_}", 3 * round_ + 2, now)]
                    )
            with pytest.raises(UndoError), ledger.joining() as store:  # noqa: PT012
                store.look_through(window)
                store.put("x", [Entry("e3", 99, now, {"n": "never kept"}, ("k",))])
                asked(store)
                raise UndoError
            with ledger.joining() as store:
                store.look_through(window)
                assert asked(store) == asked(plain(store))


def plain(store):
    """Return a store of the same transaction with nothing at hand."""
    return LedgerStore(store._backend, store._connection)


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
