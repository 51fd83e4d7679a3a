"""Accounts, sessions, tokens and the audit log: on both engines, with a clock that is handed in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from foreshock.errors import LedgerError
from foreshock.ledger import Ledger
from foreshock.ledger.access_tokens import AccessTokens
from foreshock.ledger.accounts import Accounts, account_name
from foreshock.ledger.audit import AuditLog, Doer, pages
from foreshock.ledger.backend import connected
from foreshock.ledger.sessions import Sessions
from foreshock.ledger.tables import table
from foreshock.model import Account, Deed
from tests.ledger.records import DAY

HOUR = timedelta(hours=1)
BY = Doer("mira", "cli", "")
STAMP = "2022-01-08T12:00:00Z"


@pytest.fixture
def accounts(ledger: Ledger) -> Accounts:
    return Accounts(ledger)


def sessions_of(ledger: Ledger) -> Sessions:
    return Sessions(ledger, idle=HOUR, longest=5 * HOUR)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("Mira", "mira"), (" ｍira ", "mira"), ("Ольга.К", "ольга.к"), ("a@b.example", "a@b.example"), ("沙月", "沙月")],
)
def test_a_name_is_one_however_it_is_typed(typed, name):
    assert account_name(typed) == name


@pytest.mark.parametrize("typed", ["", " ", "a b", "-x", "a/b", "a\nb", "<b>", "x" * 65, "a\0"])
def test_what_is_no_name_is_refused(typed):
    with pytest.raises(LedgerError, match="is no name of an account"):
        account_name(typed)


def test_an_account_is_opened_changed_and_closed(ledger, accounts):
    made = accounts.add("Mira", "admin", by=BY, now=DAY, password="hash")
    assert made == accounts.get("MIRA") == Account("mira", "admin", made.opened_at, None, None, True)
    accounts.add("oleg", "reader", by=BY, now=DAY, subject="https://id.example|1")
    assert [one.name for one in accounts.all()] == ["mira", "oleg"]
    assert accounts.of_subject("https://id.example|1").name == "oleg"
    assert accounts.of_subject("https://id.example|2") is None
    assert (accounts.password("mira"), accounts.password("oleg"), accounts.password("none"), accounts.password("a b")) == (
        "hash", None, None, None,
    )  # fmt: skip
    accounts.set_role("oleg", "analyst", by=BY, now=DAY)
    accounts.set_password("oleg", "other", by=BY, now=DAY)
    accounts.rehash("oleg", "not this", "lost")
    assert accounts.password("oleg") == "other"
    accounts.rehash("oleg", "other", "stronger")
    assert accounts.password("oleg") == "stronger"
    accounts.close("oleg", by=BY, now=DAY)
    closed = accounts.get("oleg")
    assert (closed.role, closed.closed_at, closed.has_password) == ("analyst", made.opened_at, False)
    with pytest.raises(LedgerError, match="there is an account oleg already"):
        accounts.add("oleg", "reader", by=BY, now=DAY)
    for change in (accounts.set_role, accounts.set_password):
        with pytest.raises(LedgerError, match="there is no open account oleg"):
            change("oleg", "reader", by=BY, now=DAY)
    told = [(one.did, one.subject) for one in AuditLog(ledger).deeds()]
    assert told == [
        ("account-close", "oleg"), ("account-password", "oleg"), ("account-role", "oleg"), ("account-add", "oleg"),
        ("account-add", "mira"),
    ]  # fmt: skip
    assert not any("hash" in str(one) or "stronger" in str(one) for one in AuditLog(ledger).deeds())


def test_somebody_is_left_who_may_keep_accounts(ledger, accounts):
    accounts.add("mira", "admin", by=BY, now=DAY, password="hash")
    accounts.add("oleg", "analyst", by=BY, now=DAY)
    for change in (
        lambda: accounts.set_role("mira", "reader", by=BY, now=DAY),
        lambda: accounts.close("mira", by=BY, now=DAY),
    ):
        with pytest.raises(LedgerError, match="mira is the last admin"):
            change()
    assert accounts.get("mira") == Account("mira", "admin", accounts.get("mira").opened_at, None, None, True)
    assert len(AuditLog(ledger).deeds()) == 2  # what was refused is not told as done
    with pytest.raises(LedgerError, match="'chief' is no role"):
        accounts.set_role("oleg", "chief", by=BY, now=DAY)


def test_accounts_can_sign_in_where_one_has_a_password(accounts):
    assert not accounts.can_sign_in()
    accounts.add("oleg", "admin", by=BY, now=DAY)
    assert not accounts.can_sign_in()
    accounts.set_password("oleg", "hash", by=BY, now=DAY)
    assert accounts.can_sign_in()


def test_a_session_ends_when_idle_and_at_its_end(ledger, accounts):
    accounts.add("mira", "admin", by=BY, now=DAY, password="hash")
    kept = sessions_of(ledger)
    secret = kept.open("mira", now=DAY, address="192.0.2.7", agent="Browser\0 of length " + "x" * 900)
    found = kept.find(secret, DAY)
    assert (found.account, found.role, found.address, len(found.agent)) == ("mira", "admin", "192.0.2.7", 199)
    assert kept.find(secret + "x", DAY) is None
    assert kept.find("", DAY) is None
    assert kept.find(secret, DAY + HOUR) is None
    for hours in range(1, 5):
        kept.touch(found, DAY + hours * HOUR - timedelta(minutes=1))
        assert kept.find(secret, DAY + hours * HOUR) is not None
    kept.touch(found, DAY + 5 * HOUR - timedelta(minutes=1))
    assert kept.find(secret, DAY + 5 * HOUR) is None


def test_the_secret_of_a_session_is_kept_nowhere(ledger, accounts):
    accounts.add("mira", "admin", by=BY, now=DAY, password="hash")
    secret = sessions_of(ledger).open("mira", now=DAY, address="", agent="")
    _, token = AccessTokens(ledger).add("mira", "nightly", ["read"], by=BY, now=DAY)
    with connected(ledger._backend, "read") as connection:
        rows = [str(row) for name in ("sessions", "tokens", "audit") for row in connection.execute(table(name).select())]
    assert len(rows) == 4
    assert not any(secret in row or token in row for row in rows)


def test_sessions_end_one_all_but_one_and_all(ledger, accounts):
    accounts.add("mira", "admin", by=BY, now=DAY, password="hash")
    accounts.add("oleg", "reader", by=BY, now=DAY, password="hash")
    kept = sessions_of(ledger)
    one, two, three = (kept.open("mira", now=DAY, address=str(n), agent="") for n in range(3))
    other = kept.open("oleg", now=DAY, address="", agent="")
    handle = kept.find(one, DAY).id
    assert kept.end("oleg", only=handle) == 0  # not by another one
    assert kept.end("mira", only=handle) == 1
    assert kept.find(one, DAY) is None
    assert {item.address for item in kept.of("mira", DAY)} == {"1", "2"}
    assert kept.end("mira", but=kept.find(two, DAY).id) == 1
    assert kept.find(three, DAY) is None
    assert kept.find(two, DAY) is not None
    accounts.set_password("mira", "new", by=BY, now=DAY)
    assert kept.find(two, DAY) is None
    accounts.close("oleg", by=BY, now=DAY)
    assert kept.find(other, DAY) is None
    with pytest.raises(LedgerError, match="there is no open account oleg"):
        kept.open("oleg", now=DAY, address="", agent="")


def test_sessions_that_are_over_go(ledger, accounts):
    accounts.add("mira", "admin", by=BY, now=DAY, password="hash")
    kept = sessions_of(ledger)
    for hours in range(4):
        kept.open("mira", now=DAY + hours * 2 * HOUR, address="", agent="")
    with connected(ledger._backend, "read") as connection:
        assert len(connection.execute(table("sessions").select()).all()) == 1


def test_a_token_is_in_force_until_it_ends_or_is_revoked(ledger, accounts):
    accounts.add("mira", "analyst", by=BY, now=DAY)
    tokens = AccessTokens(ledger)
    made, secret = tokens.add("mira", " nightly\n export ", ["judge", "read"], by=BY, now=DAY, days=2)
    assert secret.startswith("fs_")
    assert (made.name, made.scopes, made.role) == ("nightly export", ("read", "judge"), "analyst")
    assert tokens.find(secret, DAY) == made
    assert tokens.find("fs_", DAY) is None
    assert tokens.find(secret, DAY + 48 * HOUR) is None
    tokens.touch(made, DAY + HOUR)
    assert tokens.all("mira")[0].used_at is not None
    assert not tokens.revoke(made.id, by=BY, now=DAY, account="oleg")
    assert tokens.revoke(made.id, by=BY, now=DAY)
    assert not tokens.revoke(made.id, by=BY, now=DAY)
    assert tokens.find(secret, DAY) is None
    _, lasting = tokens.add("mira", "feed", ["ingest"], by=BY, now=DAY)
    assert tokens.find(lasting, DAY + timedelta(days=9999)) is not None
    accounts.add("anna", "admin", by=BY, now=DAY)
    accounts.close("mira", by=BY, now=DAY)
    assert tokens.find(lasting, DAY) is None
    assert all(one.revoked_at for one in tokens.all())
    assert [one.did for one in AuditLog(ledger).deeds(limit=4)] == ["account-close", "account-add", "token-add", "token-revoke"]


@pytest.mark.parametrize(
    ("given", "match"),
    [
        ({"scopes": ["read", "all"]}, "a token for all"), ({"scopes": []}, "a token for nothing"), ({"days": 0}, "for 0 days"),
        ({"days": 10**9}, "for 1000000000 days"), ({"name": " \0"}, "without a name"), ({"account": "nobody"}, "no open account"),
    ],
)  # fmt: skip
def test_a_token_that_cannot_be_is_refused(ledger, accounts, given, match):
    accounts.add("mira", "analyst", by=BY, now=DAY)
    asked = {"account": "mira", "name": "x", "scopes": ["read"], "days": 1, **given}
    with pytest.raises(LedgerError, match=match):
        AccessTokens(ledger).add(**asked, by=BY, now=DAY)
    assert AccessTokens(ledger).all() == []


def test_the_log_is_read_by_who_what_and_page(ledger):
    log = AuditLog(ledger)
    for number in range(7):
        doer = Doer("mira" if number % 2 else "oleg", "session", "192.0.2.1")
        log.add(doer, "export" if number < 3 else "judge", f"s{number}", DAY + number * HOUR, {"rows": number, "none": None})
    assert [one.no for one in log.deeds(limit=3)] == [7, 6, 5]
    assert [one.subject for one in log.deeds(who="mira", did="judge")] == ["s5", "s3"]
    assert [one.no for one in log.deeds(before=3)] == [2, 1]
    assert log.deeds(limit=1)[0].detail == (("rows", "6"),)
    assert [one.no for one in pages(log, most=2)] == [7, 6, 5, 4, 3, 2, 1]
    assert list(ledger.verify()) == []


def test_a_clock_that_was_set_back_is_not_followed(ledger):
    log = AuditLog(ledger)
    first = log.add(BY, "login", "mira", DAY)
    assert log.add(BY, "logout", "mira", DAY - 9 * HOUR).at == first.at


def test_what_a_stranger_types_is_cut(ledger):
    deed = AuditLog(ledger).add(Doer("x" * 10_000 + "\0", "none"), "login-failed", "é\0" * 9_999, DAY, {"why": "y" * 9_999})
    assert max(len(one) for one in (deed.who, deed.subject, deed.detail[0][1])) == 500
    assert AuditLog(ledger).deeds() == [deed]


def test_a_line_that_is_changed_or_taken_out_is_found(ledger):
    log = AuditLog(ledger)
    for number in range(3):
        log.add(BY, "judge", f"s{number}", DAY)
    kept = table("audit")
    with connected(ledger._backend, "write", writes=True) as connection:
        connection.execute(kept.update().where(kept.c.arrival == 1).values(who="nobody"))
        connection.execute(kept.delete().where(kept.c.arrival == 2))
    assert [(one.table, one.id, one.what) for one in ledger.verify()] == [
        ("audit", "1", "the row is not what was kept"), ("audit", "3", "number 2 is missing before it"),
    ]  # fmt: skip


def test_a_redaction_reaches_the_log_and_the_names_of_tokens(ledger, accounts):
    accounts.add("mira", "admin", by=BY, now=DAY)
    AccessTokens(ledger).add("mira", "for Ruslan Example", ["read"], by=BY, now=DAY)
    log = AuditLog(ledger)
    log.add(Doer("ruslan example", "session"), "judge", "Ruslan Example", DAY, {"why": "asked by Ruslan Example"})
    log.add(BY, "judge", "somebody else", DAY)
    gone = ledger.redact(name="Ruslan Example", by="mira", why="at risk", now=DAY, key=b"k" * 16)
    assert gone.others == 2
    blocked = "█" * 14
    assert log.deeds(limit=2)[1] == Deed(
        3, log.deeds()[1].at, blocked, "session", "judge", blocked, "", (("why", f"asked by {blocked}"),)
    )
    assert AccessTokens(ledger).all()[0].name == f"for {blocked}"
    assert log.deeds(who="ruslan example") == []
    assert [(one.table, one.id, one.state) for one in ledger.verify()] == [("audit", "3", "redacted")]


def test_a_copy_has_the_accounts_and_the_log(ledger, accounts, new_address):
    accounts.add("mira", "admin", by=BY, now=DAY, password="hash")
    secret = sessions_of(ledger).open("mira", now=DAY, address="", agent="")
    address = new_address()
    ledger.backup(address)
    with Ledger(address) as copy:
        assert Accounts(copy).all() == accounts.all()
        assert AuditLog(copy).deeds() == AuditLog(ledger).deeds()
        assert sessions_of(copy).find(secret, DAY) is not None
        assert list(copy.verify()) == []
