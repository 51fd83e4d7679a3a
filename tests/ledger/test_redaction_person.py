"""A person asks to be forgotten: in every form, table and byte of the file; and the ledger still vouches for itself."""

from __future__ import annotations

import base64
import gc
import json
import re
import zlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from foreshock.ledger import Ledger, Query
from foreshock.ledger.audit import AuditLog, Doer
from foreshock.ledger.backend import backend, connected
from foreshock.ledger.feed_queue import Arrived, FeedQueue, answer_of
from foreshock.ledger.feeds import Feeds, PollEnd
from foreshock.ledger.forms import Forms
from foreshock.ledger.migrate import upgrade
from foreshock.ledger.redaction_feeds import names_in
from foreshock.ledger.watches import Watches
from foreshock.model import Actor, AlertLine, Entry, Feed, FeedItem, Holder, claim_id
from tests.ledger.records import CODER, DAY, claim, execute, judgement, reading
from tests.ledger.test_migrate import second
from tests.ledger.test_watches import WATCH, alert

KEY = b"sixteen or more bytes"
NAME = "Marta Iwanek"
ALIASES = ("マルタ・イワネク", "Bluebird")
# No stretch of these may be left in any byte: the name and its aliases in the letters and cases in which they were written.
LEFT = re.compile("iwan[e]?k|иван[е]?к|イワネク|マルタ|bluebird|%d0%98%d0%b2|marta|март[аеуы]", re.IGNORECASE)
TEXTS = {
    "en": "MARTA  IWANEK was held in Almaty. Police say that Iwanek resisted. Marta's sister saw it. Calm elsewhere.",
    "ru": "Марту Иванек задержали. С Иванек говорили, дело Марты Иванек ведут. Спокойно.",
    "ja": "マルタ・イワネクさんが拘束された。",
}
BYSTANDER = "Tomasz Lipa was held elsewhere."
LINK = "https://news.example/2022/marta-iwanek-held"


def told(of, start, end, **fields):
    one = of.document
    return replace(
        claim(of, start, **fields), end=end, text=one.text[start:end],
        id=claim_id(one.id, one.version, start, end, fields.get("kind", "HARM"), fields.get("coder", CODER)),
    )  # fmt: skip


def fill(ledger):
    """Put the name wherever a name can get; return the readings and their claims."""
    kept = {}
    for language, text in TEXTS.items():
        one = reading(language, text, language=language, title=f"{text[:14]}", url=f"https://x.example/{language}/Marta%20Iwanek")
        holders = (Holder("Marta Iwanek", "speaker", text[:14], "asserted"),)
        claims = [told(one, 0, 14, holders=holders, recipient=Actor("Marta Iwanek", text[:14])), told(one, 15, len(text))]
        ledger.add(one, claims, coder=CODER, now=DAY, contents=text.encode())
        kept[language] = (one, claims)
    other = reading("other", BYSTANDER)
    ledger.add(other, [told(other, 0, 31)], coder=CODER, now=DAY, contents=BYSTANDER.encode())
    kept["other"] = (other, [told(other, 0, 31)])
    claims = kept["en"][1]
    ledger.judge(judgement(subjects=(claims[0].id,), why="Iwanek's lawyer rang", by="Marta Nowak"))
    watches = Watches(ledger)
    watches.keep(WATCH, now=DAY)
    line = AlertLine("Iwanek was held.", (claims[0].id,))
    watches.commit(
        WATCH, watches.state("north"), marks={}, alerts=[alert(title="Where is Iwanek?", lines=(line,))], arrival=3, now=DAY
    )
    feeds = Feeds(ledger)
    feeds.add(Feed("f1", "feed", "https://felt.example/f", "Felt"), now=DAY)
    page = f"<a href='{LINK}'>Дело Марты Иванек</a>".encode("cp1251")
    items = [FeedItem("f1", "k", "d", LINK, link=LINK)]
    answer = answer_of(page, origin="https://felt.example/f", now=DAY, final_url="https://felt.example/marta-iwanek")
    feeds.settle("f1", PollEnd(DAY, arrived=[Arrived(items, answer, page)]), now=DAY)
    AuditLog(ledger).add(Doer("ana", "cli"), "search", "Marta Iwanek", DAY, {"words": "iwanek, marta"})
    with ledger.joining() as store:
        value = {"document_id": kept["en"][0].document.id, "names": ["iwanek"], "why": "both name Marta Iwanek"}
        store.put("episode", [Entry(claims[0].id, 1, "2022-01-08T09:00:00Z", value, ("n:iwanek", "en marta iwanek"))])
        store.count("terms", {"en iwanek": 1, "en held": 4})
    return kept


def everything(address) -> str:
    """Return all that is left: bytes of the file and what is packed in them; rows of a server as text."""
    of = backend(address, writable=False)
    said = []
    with connected(of, "read") as connection:
        for name in sorted(of.tables(connection)):
            try:
                rows = connection.exec_driver_sql(f'SELECT * FROM "{name}"').all()
            except Exception as error:  # the shadow tables of an index without its text
                said.append(str(error))
                continue
            for value in (value for row in rows for value in row):
                data = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode("utf-8", "replace")
                said += [data.decode(one, "ignore") for one in ("utf-8", "cp1251")]
                try:
                    said += [zlib.decompress(data).decode(one, "ignore") for one in ("utf-8", "cp1251")]
                except zlib.error:
                    continue
        if of.dialect == "sqlite":
            said += _terms(connection)
    of.engine.dispose()
    if not isinstance(address, str):
        raw = b"".join(path.read_bytes() for path in sorted(address.parent.glob(f"{address.name}*")))
        said += [raw.decode(one, "ignore") for one in ("utf-8", "cp1251", "utf-16-le")]
    return "\n".join(said)


def _terms(connection) -> list[str]:
    """Return the dictionary of the search's index: what its pages hold in pieces is told whole."""
    found = []
    for name in ("claim_words", "document_words"):
        connection.exec_driver_sql("PRAGMA query_only=OFF")
        connection.exec_driver_sql(f"CREATE VIRTUAL TABLE temp.v_{name} USING fts5vocab(main, {name}, 'row')")
        found += [str(row[0]) for row in connection.exec_driver_sql(f"SELECT term FROM temp.v_{name}")]
    assert found
    return found


def forget(ledger, **fields):
    return ledger.redact(
        name=NAME,
        aliases=ALIASES,
        by="Marta Iwanek's lawyer",
        why="Iwanek is at risk",
        now=DAY + timedelta(days=1),
        key=KEY,
        **fields,
    )


def test_the_name_is_nowhere_in_no_form(ledger, address):
    kept = fill(ledger)
    assert LEFT.search(everything(address))
    done = forget(ledger)
    assert (done.documents, done.claims, done.contents) == (3, 5, 4)
    gc.collect()
    left = everything(address)
    assert [left[max(0, found.start() - 30) : found.end() + 30] for found in LEFT.finditer(left) if "Marta Nowak" not in
            left[max(0, found.start() - 30) : found.end() + 30]] == []  # fmt: skip
    (english,) = ledger.latest_documents(ids=[kept["en"][0].document.id])
    assert english.text == re.sub("MARTA  IWANEK|Iwanek|Marta", lambda one: "█" * len(one[0]), TEXTS["en"])
    (other,) = ledger.latest_documents(ids=[kept["other"][0].document.id])
    assert other == kept["other"][0].document
    assert ledger.judgements()[0].by == "Marta Nowak"  # who signs with one word of the name is another person


def test_the_files_of_a_server_hold_it_no_more(new_schema, server):
    """Read are the files of the tables themselves; the log of changes keeps it until it is recycled, as docs/ledger.md says."""
    import psycopg

    folder = re.search(r"host=([^&]+)", server)
    tables = sorted(Path(folder[1], "base").rglob("*")) if folder else []
    if not tables:
        pytest.skip("the files of the server are not here")

    def held() -> list[str]:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute("CHECKPOINT")
        files = [path for path in sorted(Path(folder[1], "base").rglob("*")) if path.is_file()]
        return [path.name for path in files if b"bluebird-9f3" in path.read_bytes().lower()]

    with Ledger(new_schema()) as ledger:
        one = reading("b", "Bluebird-9f3 was held. Calm.", title="Bluebird-9f3 held")
        ledger.add(one, [told(one, 0, 22)], coder=CODER, now=DAY)
        assert held()
        ledger.redact(name="Bluebird-9f3", by="ana", why="asked", now=DAY, key=KEY)
    assert held() == []


def test_ids_still_lead_to_what_they_named(ledger):
    kept = fill(ledger)
    forget(ledger)
    for one, claims in kept.values():
        (document,) = ledger.latest_documents(ids=[one.document.id])
        assert (document.version, len(document.text)) == (one.document.version, len(one.document.text))
        found = list(ledger.claims(Query(document=one.document.id)))
        assert [(it.id, it.start, it.end, it.kind) for it in found] == [(it.id, it.start, it.end, it.kind) for it in claims]
        assert all(it.text == document.text[it.start : it.end] for it in found)
    with ledger.joined() as store:
        assert set(store.get("episode", [kept["en"][1][0].id])) == {kept["en"][1][0].id}
    (item,) = FeedQueue(ledger).items("f1")
    assert item.place == "https://news.example/2022/████████████-held"
    for words in ("iwanek", "иванек", "marta", "bluebird"):
        assert ledger.search(words) == []
        assert list(ledger.claims(Query(words=words))) == []
    assert len(ledger.search("held")) == 2


def test_who_asked_when_and_why_is_kept_without_the_name(ledger):
    fill(ledger)
    forget(ledger)
    stones = ledger.tombstones()
    assert [(one.no, one.what, one.about, one.by, one.known_at) for one in stones] == [
        (no, "name", None, "████████████'s lawyer", "2022-01-09T09:00:00Z") for no in (1, 2, 3)
    ]
    assert {one.why for one in stones} == {"██████ is at risk"}
    assert len({one.hash for one in stones}) == 3
    assert {one.state for one in ledger.verify()} == {"redacted"}
    assert all("tombstone 1" in one.remedy for one in ledger.verify())


def test_what_an_earlier_redaction_says_of_a_person_goes_as_well(ledger, address):
    kept = fill(ledger)
    ledger.redact(document_id=kept["other"][0].document.id, by="Marta Iwanek", why="asked by Bluebird", now=DAY, key=KEY)
    forget(ledger)
    assert next((one.by, one.why) for one in ledger.tombstones()) == ("████████████", "asked by ████████")
    forget(ledger)  # nothing is left to erase
    assert len(ledger.tombstones()) == 4
    ledger.redact(document_id=kept["en"][0].document.id, by="ana", why="wholly", now=DAY, key=KEY)
    assert {one.state for one in ledger.verify()} == {"redacted"}
    gc.collect()
    assert "Bluebird" not in everything(address)


@pytest.mark.parametrize(
    ("statements", "named"),
    [
        (["UPDATE documents SET record = replace(record, ' was held', ' was free') WHERE salt IS NULL"], "documents"),
        (["UPDATE documents SET salt = NULL, record = replace(record, 'Tomasz', 'Thomas') WHERE salt IS NOT NULL"], "documents"),
        (["UPDATE claims SET status = 'denied' WHERE no = 1"], "claims"),
        (["UPDATE claims SET salt = NULL WHERE salt IS NOT NULL"], "claims"),
        (["UPDATE alerts SET record = replace(record, 'north', 'south')"], "alerts"),
        (["UPDATE contents SET bytes = NULL"], "contents"),
        (["UPDATE tombstones SET \"by\" = 'somebody else' WHERE no = 1"], "tombstones"),
        (["UPDATE tombstones SET known_at = '2020-01-01T00:00:00Z' WHERE no = 2"], "tombstones"),
        (["UPDATE tombstones SET hash = digest_of WHERE no = 1"], "tombstones"),
        (["DELETE FROM tombstones WHERE no = 1"], "tombstones"),
        (["DELETE FROM erasures WHERE no = 2"], "erasures"),
        (["DELETE FROM erasures"], "documents"),
        (["UPDATE erasures SET tombstone = 2 WHERE no = 1"], "erasures"),
        (["UPDATE erasures SET after = before WHERE no = 1"], "erasures"),
    ],
)  # fmt: skip
def test_what_is_changed_behind_a_redaction_is_named(ledger, address, engine, statements, named):
    fill(ledger)
    forget(ledger)
    assert [one for one in ledger.verify() if one.state == "hurt"] == []
    ledger.close()
    digest = "x'00ff'" if engine == "sqlite" else r"'\x00ff'::bytea"
    execute(address, *(one.replace("digest_of", digest) for one in statements))
    with Ledger(address, create=False) as again:
        hurt = [one for one in again.verify() if one.state == "hurt"]
    assert named in {one.table for one in hurt}
    assert all(one.what and one.remedy for one in hurt)


def test_a_feed_whose_address_is_the_name_is_watched_no_more(ledger):
    feeds = Feeds(ledger)
    feeds.add(Feed("f2", "feed", "https://x.example/author/marta-iwanek/feed", "Felt"), now=DAY)
    forget(ledger)
    assert feeds.all() == []
    assert feeds.get("f2").address == "https://x.example/author/████████████/feed"


ESCAPED = json.dumps({"by": "Марта Иванек"}).encode()
MAIL = (
    b"From: =?utf-8?b?" + base64.b64encode("Марта Иванек".encode()) + b"?= <m@x.example>\nSubject: calm\n\ncalm\n",
    b"Subject: calm\nContent-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: base64\n\n"
    + base64.encodebytes("Марту Иванек задержали".encode("koi8-r")),
    b"Subject: a\nContent-Transfer-Encoding: quoted-printable\n\nMarta=20Iwanek\n",
)


@pytest.mark.parametrize(
    "data",
    ["Марта Иванек".encode("cp1251"), "Марту Иванек".encode("koi8-r"), "Marta Iwanek".encode("utf-16"),
     "山田太郎".encode("euc_jp"),
     "山田太郎".encode("shift_jis"), b"Marta &#73;wanek", ESCAPED, *MAIL],
)  # fmt: skip
def test_bytes_that_hold_the_name_in_another_encoding_are_told(data):
    assert names_in(data, Forms([NAME, "山田 太郎"]))
    assert not names_in(data, Forms(["Tomasz Lipa"]))


def test_what_was_redacted_before_the_chain_was_kept_is_vouched_for_from_the_migration_on(address):
    second(address)
    of = backend(address, writable=True)
    with connected(of, "migrate", writes=True) as connection:
        upgrade(connection, of, to="0004")
    of.engine.dispose()
    stone = "x'00ff'" if of.dialect == "sqlite" else r"'\x00ff'::bytea"
    first = "UPDATE documents SET salt = NULL WHERE id IN (SELECT min(id) FROM documents)"
    execute(address, "UPDATE judgements SET salt = NULL", first,
            f"INSERT INTO tombstones VALUES (1, '2022-01-08T09:00:00Z', 'name', NULL, {stone}, 'ana', 'she asked')")  # fmt: skip
    assert Ledger.migrate(address) == (4, 5)
    with Ledger(address) as ledger:
        assert {(one.table, one.state) for one in ledger.verify()} == {("judgements", "redacted"), ("documents", "redacted")}
        forget(ledger)
    execute(address, "UPDATE judgements SET why = 'another'")
    with Ledger(address) as ledger:
        assert ("judgements", "hurt") in {(one.table, one.state) for one in ledger.verify()}
