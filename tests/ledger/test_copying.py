"""Backup and restore: from either engine to either, also while others write; the copy is the ledger."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from foreshock.errors import LedgerError
from foreshock.ledger import Ledger, Query
from foreshock.model import Crisis, Entry
from tests.ledger.records import CODER, DAY, OUTCOME, claim, estimate, judgement, reading


def everything(ledger):
    with ledger.joined() as store:
        remembered = (list(store.entries("episode")), store.under("episode", ["k"]), store.counts("episode", ["t"]))
    return (
        list(ledger.codings()), list(ledger.documents()), list(ledger.reports()), list(ledger.claims(Query(as_of="2022-01-08"))),
        ledger.judgements(), ledger.crises(), ledger.estimates_since(), ledger.outcomes_since(), remembered,
        [one.id for one in ledger.claims(Query(words="calm almaty"))],
        [one.document.id for one in ledger.search("more")],
    )  # fmt: skip


@pytest.fixture
def filled(ledger):
    for number in range(3):
        for day, text in enumerate(("Calm.", "Calm no more.")):
            one = reading(f"d{number}", text)
            ledger.add(one, [claim(one)], coder=CODER, now=DAY + timedelta(days=day), contents=text.encode())
    ledger.judge(judgement())
    ledger.keep_crisis(Crisis("north", ("KAZ",)), DAY)
    ledger.keep_estimates([estimate(), estimate(2, probability=None)], known_at=DAY)
    ledger.keep_outcome(OUTCOME, known_at=DAY)
    with ledger.joining() as store:
        store.put("episode", [Entry("e1", 1, "2022-01-08T09:00:00Z", {"x": [1, 2.5, None]}, ("k",))])
        store.count("episode", {"t": 3})
    return ledger


@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
def test_what_is_restored_is_what_was_kept(filled, tmp_path, to, request):
    backup = tmp_path / "backup.sqlite"
    filled.backup(backup)
    address = request.getfixturevalue("new_schema")() if to == "postgresql" else tmp_path / "again.sqlite"
    assert Ledger.restore(backup, address) == []
    with Ledger(address) as again:
        assert everything(again) == everything(filled)
        one = reading("later", "Calm.")
        again.add(one, [claim(one)], coder=CODER, now=DAY + timedelta(days=9))
        assert [one.arrival for one in again.codings(6)] == [7]
        assert list(again.verify()) == []


def test_a_place_that_is_taken_is_refused_and_left_alone(filled, tmp_path, new_address):
    taken = tmp_path / "diary.txt"
    taken.write_text("Nothing happened.")
    with pytest.raises(LedgerError, match="is there already"):
        filled.backup(taken)
    assert taken.read_text() == "Nothing happened."
    other = new_address()
    Ledger(other).close()
    backup = tmp_path / "backup.sqlite"
    filled.backup(backup)
    with pytest.raises(LedgerError, match=r"there already|not empty"):
        Ledger.restore(backup, other)
    with Ledger(other) as ledger:
        assert list(ledger.codings()) == []


def test_a_backup_that_cannot_be_written_leaves_nothing(filled, tmp_path):
    folder = tmp_path / "folder"
    folder.write_text("a file")
    with pytest.raises(LedgerError):
        filled.backup(folder / "backup.sqlite")


def test_backups_while_two_writers_write(address, tmp_path):
    Ledger(address).close()
    stop, failed = threading.Event(), []

    def write(name: str) -> None:
        try:
            with Ledger(address) as ledger:
                number = 0
                while not stop.is_set():
                    number += 1
                    one = reading(f"{name}-{number}")
                    ledger.add(one, [claim(one), claim(one, 9)], coder=CODER, now=DAY)
        except Exception as error:
            failed.append(error)

    writers = [threading.Thread(target=write, args=(name,)) for name in ("one", "two")]
    for writer in writers:
        writer.start()
    try:
        sizes = []
        with Ledger(address, create=False) as ledger:
            for number in range(4):
                ledger.backup(tmp_path / f"{number}.sqlite")
                with Ledger(tmp_path / f"{number}.sqlite", create=False) as copy:
                    assert list(copy.verify()) == []
                    arrivals = [one.arrival for one in copy.codings()]
                    assert arrivals == list(range(1, len(arrivals) + 1))
                    assert len(list(copy.claims())) == 2 * len(arrivals)
                    sizes.append(len(arrivals))
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    assert failed == []
    assert sizes == sorted(sizes)
    assert sizes[-1] > sizes[0]
