"""A ledger vouches for what it holds: whatever is changed behind its back, verify names."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from foreshock.errors import LedgerError
from foreshock.ledger import Ledger, custody
from foreshock.model import Crisis, PrivatePerson, record_id
from tests.ledger.records import CODER, DAY, OUTCOME, claim, estimate, execute, judgement, reading

BYTES = b"Calm, as it came over the wire."


@pytest.fixture
def filled(address):
    with Ledger(address) as ledger:
        for number in range(3):
            for text in ("Calm.", "Calm no more."):
                one = reading(f"d{number}", text, title="Nothing new")
                persons = (PrivatePerson("witness", ((0, 4),)),)
                ledger.add(one, [claim(one), claim(one, 9)], coder=CODER, now=DAY, contents=text.encode(), persons=persons)
        ledger.judge(judgement())
        ledger.keep_crisis(Crisis("north", ("KAZ",), words=("curfew",)), DAY)
        ledger.keep_estimates([estimate(), estimate(2, probability=None)], known_at=DAY)
        ledger.keep_outcome(OUTCOME, known_at=DAY)
    return address


def faults(address):
    with Ledger(address, create=False) as ledger:
        return list(ledger.verify())


def said_of(address):
    """Return the faults, or the refusal to open what is hurt at its root."""
    try:
        return [one.what for one in faults(address)]
    except LedgerError as error:
        return [error.remedy]


def test_a_whole_ledger_has_no_fault(filled):
    assert faults(filled) == []


@pytest.mark.parametrize(
    ("statements", "named"),
    [
        (["UPDATE claims SET status = 'denied' WHERE no = 3"], {"claims"}),
        (["UPDATE claims SET country = NULL WHERE no = 3"], {"claims"}),
        (["UPDATE claims SET digest = salt || salt WHERE no = 3"], {"claims", "codings"}),
        (["UPDATE claims SET record = replace(record, '2022', '2021') WHERE no = 3"], {"claims"}),
        (["UPDATE claims SET record = '{' WHERE no = 3"], {"claims"}),
        (["DELETE FROM claims WHERE no = 3"], {"codings"}),
        (["UPDATE documents SET record = replace(record, 'Calm no', 'Much no') WHERE version = '{version}'"], {"documents"}),
        (["UPDATE documents SET source = 'elsewhere'"], {"documents"}),
        (["UPDATE codings SET known_at = '2021-01-01T00:00:00Z' WHERE arrival = 2"], {"codings", "superseded"}),
        (["UPDATE codings SET persons = '[]' WHERE arrival = 1"], {"codings"}),
        (["UPDATE codings SET chain = digest WHERE arrival = 4"], {"codings"}),
        (["DELETE FROM claims WHERE arrival = 6", "DELETE FROM superseded WHERE arrival = 5",
          "DELETE FROM codings WHERE arrival = 6", "UPDATE claims SET arrival = 6 WHERE arrival = 5",
          "UPDATE codings SET arrival = 6 WHERE arrival = 5"], {"codings"}),
        (["DELETE FROM superseded WHERE arrival = 1"], {"superseded"}),
        (["INSERT INTO superseded VALUES (6, '2022-01-01T00:00:00Z')"], {"superseded"}),
        (["UPDATE contents SET size = 1"], {"contents"}),
        (["UPDATE contents SET bytes = sha256_of"], {"contents"}),
        (["UPDATE judgements SET verdict = 'reject'"], {"judgements"}),
        (["UPDATE crises SET record = NULL"], {"crises"}),
        (["UPDATE estimates SET probability = 0.9 WHERE arrival = 1"], {"estimates"}),
        (["UPDATE estimates SET record = replace(record, '0.0123', '0.9')"], {"estimates"}),
        (["UPDATE estimates SET as_of = '2021-01-08' WHERE arrival = 2"], {"estimates"}),
        (["DELETE FROM estimates WHERE arrival = 1"], {"estimates"}),
        (["UPDATE estimates SET arrival = 7 WHERE arrival = 2"], {"estimates"}),
        (["UPDATE outcomes SET checked_until = NULL, occurred = '2022-01-20'"], {"outcomes"}),
        (["UPDATE outcomes SET known_at = '2022-01-01T00:00:00Z'"], {"outcomes"}),
    ],
)  # fmt: skip
def test_what_is_changed_is_named(filled, engine, statements, named):
    version = record_id("version", "Nothing new", "Calm no more.")
    other = "x'00ff'" if engine == "sqlite" else r"'\x00ff'::bytea"
    if engine == "postgresql" and "arrival = 6 WHERE" in statements[-1]:
        statements = ["ALTER TABLE claims DROP CONSTRAINT claims_arrival_fkey", *statements]
    execute(filled, *(one.replace("{version}", version).replace("sha256_of", other) for one in statements))
    found = faults(filled)
    assert {one.table for one in found} >= named
    assert all(one.state == "hurt" and one.remedy and one.what for one in found)


def test_a_document_under_another_id_is_named(filled):
    with Ledger(filled, create=False) as ledger:
        assert list(ledger.verify(lambda one: None)) == []
        assert list(ledger.verify(lambda one: one.id)) == []
        assert {one.table for one in ledger.verify(lambda one: record_id(one.source))} == {"documents"}


def test_bytes_that_are_not_those_of_the_custody(address):
    with Ledger(address) as ledger:
        one = reading()
        wrong = replace(one, document=replace(one.document, custody=replace(one.document.custody, sha256="0" * 64)))
        ledger.add(wrong, [], coder=CODER, now=DAY, contents=BYTES)
        (found,) = ledger.verify()
        assert (found.table, found.id) == ("contents", "0" * 64)


def test_a_number_that_became_words_is_named():
    # What a flipped byte of the file's own description can make of a key; no statement makes it.
    row = SimpleNamespace(arrival="2", document_id="d", version="v", digest=b"", chain=b"", known_at="")
    scan = SimpleNamespace(rows=lambda name, _: iter([row] if name == "codings" else []))
    found = list(custody._codings(scan, custody.Digests()))
    assert ("codings", "2", "coding 1 is missing before it") in [(one.table, one.id, one.what) for one in found]


def test_a_flipped_byte_anywhere_is_named_and_nothing_crashes(tmp_path):
    path = tmp_path / "ledger.sqlite"
    with Ledger(path) as ledger:
        for number in range(40):
            one = reading(f"d{number}", f"Calm in district {number}. " * 20)
            ledger.add(
                one,
                [claim(one), claim(one, 9)],
                coder=CODER,
                now=DAY + timedelta(hours=number),
                contents=one.document.text.encode(),
            )
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole, before = path.read_bytes(), all_of(path)
    dice, named = random.Random(7), 0
    places = [place for place in range(len(whole)) if whole[place]]  # free space is zeros
    for place in dice.sample(places, 80):
        hurt = tmp_path / "hurt.sqlite"
        hurt.write_bytes(whole[:place] + bytes([whole[place] ^ 0xA5]) + whole[place + 1 :])
        if said_of(hurt):
            named += 1
        else:
            assert all_of(hurt) == before
        for rest in tmp_path.glob("hurt.sqlite*"):
            rest.unlink()
    assert named > 60


def all_of(address):
    with Ledger(address, create=False) as ledger:
        return list(ledger.codings()), list(ledger.documents()), list(ledger.reports()), ledger.latest_documents()


def test_a_page_that_is_gone_hides_no_other_fault(tmp_path):
    path = tmp_path / "ledger.sqlite"
    with Ledger(path) as ledger:
        for number in range(200):
            one = reading(f"d{number}", f"Calm in district {number}. " * 30)
            ledger.add(one, [claim(one)], coder=CODER, now=DAY)
    execute(path, "UPDATE claims SET status = 'denied' WHERE no IN (1, 200)")
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = database.execute("PRAGMA page_size").fetchone()[0]
    data = bytearray(path.read_bytes())
    where = data.index(b"Calm in district 100.") // size * size
    data[where : where + size] = b"\xff" * size
    path.write_bytes(data)
    found = faults(path)
    assert {one.table for one in found} >= {"file", "claims"}
    assert sum(one.table == "claims" and one.what == "the row is not what was kept" for one in found) >= 2
    assert sum(one.table == "documents" for one in found) >= 1
