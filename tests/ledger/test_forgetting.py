"""What joining remembers of words that were redacted goes with them, on both engines."""

import pytest

from foreshock.ledger.forgetting import Words
from foreshock.model import Entry
from tests.ledger.records import CODER, DAY, claim, reading

KEY = b"sixteen bytes of secret"
VALUE = {
    "family": "COERCE",
    "names": {"tamm": "Tamm", "almaty": "Almaty"},
    "weights": {"kindergar": 2.0},
    "marks": ["r:ilse tamm"],
}


@pytest.fixture
def told(ledger):
    read = reading(text="Ilse Tamm ran a kindergarten.")
    ledger.add(read, [claim(read)], coder=CODER, now=DAY)
    with ledger.joining() as store:
        value = {**VALUE, "document_id": read.document.id}
        store.put("episode", [Entry("0" * 20, 1, "2022-01-08T09:00:00Z", value, ("t:tamm", "t:kindergar", "d:COERCE"))])
        store.put(
            "assignment", [Entry(claim(read).id, 1, "2022-01-08T09:00:00Z", {"incident": "1" * 20, "why": ["both name Tamm"]})]
        )
        store.put("episode", [Entry("2" * 20, 1, "2022-01-08T09:00:00Z", {**VALUE, "document_id": "other"}, ("t:tamm",))])
        store.count("terms", {"en tamm": 1, "en almaty": 1, "en kindergar": 9})
    return ledger, read.document.id, claim(read).id


def remembered(ledger, claim_id):
    with ledger.joined() as store:
        entries = store.get("episode", ["0" * 20, "2" * 20])
        keys = {key: [one.id[0] for one in store.under("episode", [key])] for key in ("t:tamm", "t:kindergar", "d:COERCE")}
        why = store.get("assignment", [claim_id])[claim_id].value["why"]
        return entries, keys, why, store.counts("terms", ["en tamm", "en almaty", "en kindergar"])


def test_a_name_is_forgotten_word_by_word_where_it_stood(told):
    ledger, _, claim_id = told
    ledger.redact(name="Ilse Tamm", by="ana", why="asked", now=DAY, key=KEY)
    entries, keys, why, counts = remembered(ledger, claim_id)
    assert entries["0" * 20].value["names"] == {"████": "████", "almaty": "Almaty"}
    assert entries["0" * 20].value["family"] == "COERCE"
    assert keys == {"t:tamm": ["2"], "t:kindergar": ["0"], "d:COERCE": ["0"]}
    assert why == ["both name ████"]
    assert counts == {"en almaty": 1, "en kindergar": 9}


def test_of_a_document_every_word_is_forgotten_and_common_ones_stay_counted(told):
    ledger, document_id, claim_id = told
    ledger.redact(document_id=document_id, by="ana", why="asked", now=DAY, key=KEY)
    entries, keys, _, counts = remembered(ledger, claim_id)
    assert entries["0" * 20].value["weights"] == {"█████████": 2.0}
    assert keys == {"t:tamm": ["2"], "t:kindergar": [], "d:COERCE": ["0"]}
    assert counts == {"en almaty": 1, "en kindergar": 9}
    assert [one.state for one in ledger.verify()] == ["redacted"] * 2


def test_words_are_known_by_their_beginnings_and_numbers_stay():
    words = Words(["Ilse Nazarova, 22"])
    assert "nazarov" in words
    assert "NAZA" in words
    assert "naz" not in words
    assert words.erased("22 Ilse") == "22 ████"
    assert words.erased("0123456789abcdef0123") == "0123456789abcdef0123"
