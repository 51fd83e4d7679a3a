"""People at risk: what is redacted is nowhere, its place and its proof stay, and custody still verifies."""

from __future__ import annotations

import gc
import hmac
from dataclasses import replace

import pytest

from foreshock.errors import LedgerError
from foreshock.ledger import Ledger, Query
from foreshock.ledger.erasing import eraser, loose_pattern
from foreshock.model import Actor, Crisis, Entry, Holder, Outcome, Place, claim_id
from tests.ledger.records import CODER, DAY, claim, estimate, judgement, reading

KEY = b"sixteen or more bytes"
NAME = "Marta Iwanek"
TEXT = "MARTA  IWANEK was held. Marta Iwanek's sister saw it. Calm elsewhere."
PERSON = (Holder(NAME, "speaker", "Ms Marta Iwanek", "asserted"),)
FORMS = [NAME.encode(), NAME.upper().encode(), b"MARTA  IWANEK", NAME.casefold().encode(), b"iwanek", b"Iwanek"]


def told(one, start, end, **fields):
    document = one.document
    return replace(
        claim(one, start, **fields), end=end, text=document.text[start:end],
        id=claim_id(document.id, document.version, start, end, fields.get("kind", "HARM"), fields.get("coder", CODER)),
    )  # fmt: skip


@pytest.fixture
def filled(ledger):
    one = reading("a", TEXT, title=f"{NAME} held", notes=(f"by {NAME}",), url="https://example.org/Marta Iwanek")
    claims = [
        told(one, 0, 23, holders=PERSON, recipient=Actor(NAME, "Marta  Iwanek"),
             place=Place(f"house of {NAME}", "x", "KAZ", None, None, None)),
        told(one, 54, 69),
    ]  # fmt: skip
    ledger.add(one, claims, coder=CODER, now=DAY, contents=TEXT.encode())
    other = reading("b", "Nobody was held.")
    ledger.add(other, [told(other, 0, 16)], coder=CODER, now=DAY, contents=b"Nobody was held.")
    ledger.judge(judgement(why=f"{NAME} told us", subjects=(NAME,), subject="person", verdict="withhold"))
    ledger.judge(judgement(2))
    ledger.keep_crisis(Crisis("north", words=(NAME,)), DAY)
    ledger.keep_estimates([estimate(subject=f"case of {NAME}", notes=(f"asked by {NAME}",)), estimate(2)], known_at=DAY)
    ledger.keep_outcome(Outcome("coup-attempt", "KAZ", "2022-01", None, NAME, f"{NAME} says so"), known_at=DAY)
    with ledger.joining() as store:
        entry = Entry(
            "e1", 1, "2022-01-08T09:00:00Z", {"names": ["marta iwanek"], "n": 3}, ("marta iwanek", "marta iwanekova", "k")
        )
        store.put("episode", [entry])
        store.count("terms", {"marta iwanek": 2, "held": 3})
    return ledger, one, claims, other


def raw(address):
    """Return all bytes in which something of the ledger could be left."""
    if isinstance(address, str):
        import psycopg

        with psycopg.connect(address) as connection:
            names = [row[0] for row in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")]
            return b"".join(
                str(row).encode() for name in names for row in connection.execute(f"SELECT t::text FROM {name} AS t").fetchall()
            )
    return b"".join(path.read_bytes() for path in sorted(address.parent.glob(f"{address.name}*")))


def test_a_name_is_nowhere(filled, address):
    ledger, one, claims, other = filled
    assert any(form in raw(address) for form in FORMS)
    done = ledger.redact(name=NAME, by=f"{NAME}'s lawyer", why="at risk", now=DAY, key=KEY)
    assert (done.documents, done.claims, done.contents, done.others) == (1, 1, 1, 5)
    gc.collect()
    data = raw(address)
    assert [form for form in FORMS if form in data] == []
    (document,) = [one for one in ledger.documents() if "elsewhere" in one.text]
    assert len(document.text) == len(TEXT)
    assert document.text == "█████████████ was held. ████████████'s sister saw it. Calm elsewhere."
    assert document.title == "████████████ held"
    found, calm = ledger.claims(Query(document=one.document.id))
    assert (found.text, found.holders[0].raw, found.id) == ("█████████████ was held.", "Ms ████████████", claims[0].id)
    assert calm == claims[1]
    assert list(ledger.claims(Query(holder="iwanek"))) == list(ledger.claims(Query(words="iwanek"))) == []
    assert len(list(ledger.claims(Query(words="held")))) == 2
    assert [one.document.id for one in ledger.search("elsewhere")] == [one.document.id]
    assert ledger.search("iwanek") == []
    assert [one.why for one in ledger.judgements()] == ["████████████ told us", "two desks saw it"]
    assert ledger.crises()[0].words == ("████████████",)
    with ledger.joined() as store:
        assert store.get("episode", ["e1"])["e1"].value == {"names": ["████████████"], "n": 3}
        assert store.counts("terms", ["held", "████████████"]) == {"held": 3, "████████████": 2}
        assert [one.id for one in store.under("episode", ["k"])] == ["e1"]
    assert list(ledger.latest_documents(ids=[other.document.id])) == [other.document]


def test_custody_verifies_and_the_tombstone_proves(filled):
    ledger, *_ = filled
    ledger.redact(name=NAME, by="ana", why="at risk", now=DAY, key=KEY)
    faults = list(ledger.verify())
    assert {one.state for one in faults} == {"redacted"}
    assert sorted({one.table for one in faults}) == [
        "claims", "contents", "crises", "documents", "estimates", "judgements", "outcomes",
    ]  # fmt: skip
    (stone,) = ledger.tombstones()
    assert stone.hash == hmac.digest(KEY, NAME.encode(), "sha256").hex()
    assert (stone.what, stone.about, stone.by, stone.why, stone.known_at) == (
        "name",
        None,
        "ana",
        "at risk",
        "2022-01-08T09:00:00Z",
    )


def test_reading_the_same_input_again_brings_nothing_back(filled, address):
    ledger, one, claims, _ = filled
    ledger.redact(name=NAME, by="ana", why="at risk", now=DAY, key=KEY)
    again = [replace(one, coder="rules@2", id=f"again-{number}") for number, one in enumerate(claims)]
    assert ledger.knows(one.document, "rules@2")
    for coder, some in ((CODER, claims), ("rules@2", again)):
        kept = ledger.add(one, some, coder=coder, now=DAY, contents=TEXT.encode())
        assert (kept.documents, kept.claims) == (0, 0)
    data = raw(address)
    assert [form for form in FORMS if form in data] == []


def test_a_document_loses_its_words_and_keeps_its_place(filled):
    ledger, one, claims, other = filled
    ledger.redact(document_id=one.document.id, by="ana", why="a minor", now=DAY, key=KEY)
    (document,) = ledger.latest_documents(ids=[one.document.id])
    assert (document.text, document.title) == ("█" * len(TEXT), "█" * len(one.document.title))
    found = list(ledger.claims(Query(document=one.document.id)))
    assert [(one.id, one.kind, one.start, set(one.text)) for one in found] == [(c.id, c.kind, c.start, {"█"}) for c in claims]
    assert [one.document.id for one in ledger.search("held")] == [other.document.id]
    assert {one.state for one in ledger.verify()} == {"redacted"}
    assert ledger.tombstones()[0].about == one.document.id


def test_what_is_gone_is_not_erased_again(filled):
    ledger, one, claims, _ = filled
    ledger.redact(document_id=one.document.id, by="ana", why="a minor", now=DAY, key=KEY)
    for asked in ({"document_id": one.document.id}, {"claim_id": claims[0].id}, {"name": "Nobody Here"}):
        done = ledger.redact(**asked, by="ana", why="again", now=DAY, key=KEY)
        assert (done.documents, done.claims, done.contents, done.others) == (0, 0, 0, 0)
    assert len(ledger.tombstones()) == 1


def test_a_journal_that_is_still_read_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("foreshock.ledger.sqlite.BUSY_SECONDS", 0.2)
    with Ledger(tmp_path / "ledger.sqlite") as ledger, Ledger(tmp_path / "ledger.sqlite", create=False) as reader:
        for number in range(2):
            one = reading(f"d{number}", TEXT)
            ledger.add(one, [told(one, 0, 23)], coder=CODER, now=DAY)
        reading_on = reader.documents()
        next(reading_on)
        with pytest.raises(LedgerError, match="journal") as error:
            ledger.redact(name=NAME, by="ana", why="at risk", now=DAY, key=KEY)
        assert "same one again" in error.value.remedy
        reading_on.close()
        ledger.redact(name=NAME, by="ana", why="at risk", now=DAY, key=KEY)
        data = raw(tmp_path / "ledger.sqlite")
        assert [form for form in FORMS if form in data] == []
        assert len(ledger.tombstones()) == 1


def test_a_claim_loses_its_words_in_the_text_too(filled):
    ledger, one, claims, _ = filled
    ledger.redact(claim_id=claims[1].id, by="ana", why="wrong", now=DAY, key=KEY)
    (document,) = ledger.latest_documents(ids=[one.document.id])
    assert document.text == TEXT[:54] + "█" * 15
    assert [one.text for one in ledger.claims(Query(document=one.document.id))] == [claims[0].text, "█" * 15]
    assert {one.state for one in ledger.verify()} == {"redacted"}


@pytest.mark.parametrize(
    "asked",
    [{"name": "Li"}, {"name": "  "}, {"name": "█████"}, {"document_id": "nobody"}, {"claim_id": "nobody"}, {},
     {"name": NAME, "claim_id": "x"}, {"name": NAME, "key": b"short"}],
)  # fmt: skip
def test_what_cannot_be_redacted_is_refused_and_nothing_changes(filled, asked):
    ledger, one, *_ = filled
    with pytest.raises(LedgerError) as error:
        ledger.redact(**{"by": "ana", "why": "x", "now": DAY, "key": KEY, **asked})
    assert error.value.remedy
    assert [one.text for one in ledger.latest_documents(ids=[one.document.id])] == [TEXT]
    assert ledger.tombstones() == []


def test_what_joining_cut_off_is_found_too():
    erase = eraser(loose_pattern("Aleksandra Ponomarenko"))
    assert erase("aleksa ponoma") == "█████████████"
    assert erase("ponoma") == "ponoma"
    assert eraser(loose_pattern("Iwanekowska"))("iwanek iwan") == "██████ iwan"
