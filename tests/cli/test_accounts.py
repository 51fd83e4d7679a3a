"""accounts, tokens, audit: what a person does with them at a shell."""

from __future__ import annotations

import json

import pytest

PASSWORD = b"four plain words here\n"


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    """Hashes that take no time."""
    from argon2 import PasswordHasher

    from foreshock.ledger.passwords import Passwords

    made = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    monkeypatch.setattr("foreshock.cli.accounts.Passwords", lambda: made)


def test_an_account_is_opened_changed_and_closed(foreshock):
    ran = foreshock("accounts", "add", "Mira", "--role", "admin", "--stdin", stdin=PASSWORD)
    assert (ran.code, ran.out) == (0, "mira: opened as admin\n")
    assert foreshock("accounts", "add", "nightly", "--role", "analyst", "--no-password").code == 0
    assert foreshock("accounts", "role", "nightly", "--role", "reader").out == "nightly: now reader\n"
    assert foreshock("accounts", "password", "mira", "--stdin", stdin=b"four other words here\r\n").code == 0
    assert foreshock("accounts", "close", "nightly").out == "nightly: closed\n"
    listed = [json.loads(line) for line in foreshock("accounts", "list", "--format", "jsonl").out.splitlines()]
    assert [(one["name"], one["role"], one["has_password"], bool(one["closed_at"])) for one in listed] == [
        ("mira", "admin", True, False), ("nightly", "reader", False, True),
    ]  # fmt: skip
    foreshock("accounts", "add", "rita", "--role", "reader", "--no-password")
    refused = foreshock("accounts", "close", "mira")
    assert refused.code == 1
    assert "last admin" in refused.err
    log = [json.loads(line) for line in foreshock("audit", "--format", "jsonl").out.splitlines()]
    assert [(one["did"], one["subject"], one["via"]) for one in log] == [
        ("account-add", "rita", "cli"),
        ("account-close", "nightly", "cli"), ("account-password", "mira", "cli"), ("account-role", "nightly", "cli"),
        ("account-add", "nightly", "cli"), ("account-add", "mira", "cli"),
    ]  # fmt: skip
    assert len(foreshock("audit", "--did", "account-add", "--limit", 1, "--format", "jsonl").out.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "stdin", "code", "told"),
    [
        (["add"], b"", 2, "needs a NAME"),
        (["add", "mira"], b"", 2, "needs --role"),
        (["add", "mira", "--role", "reader"], b"", 2, "no terminal"),
        (["add", "mira", "--role", "reader", "--stdin"], b"short\n", 1, "too easy to guess"),
        (["add", "mira", "--role", "reader", "--stdin"], b"mira has four words\n", 1, "holds the name"),
        (["add", "mira", "--role", "reader", "--stdin"], b"", 1, "too easy to guess"),
        (["add", "a/b", "--role", "reader", "--no-password"], b"", 1, "no name of an account"),
        (["close", "mira"], b"", 1, "no open account"),
    ],
)
def test_what_cannot_be_is_refused(foreshock, arguments, stdin, code, told):
    ran = foreshock("accounts", *arguments, stdin=stdin)
    assert ran.code == code
    assert told in ran.err


def test_a_desk_that_others_can_reach_needs_accounts(foreshock):
    ran = foreshock("serve", "--host", "0.0.0.0", "--ledger", "empty.sqlite")
    assert (ran.code, ran.out) == (1, "")
    assert "0.0.0.0 can be reached by others" in ran.err
    assert "foreshock accounts add" in ran.err


def test_a_token_is_shown_once(foreshock):
    foreshock("accounts", "add", "mira", "--role", "admin", "--no-password")
    ran = foreshock("tokens", "add", "nightly export", "--account", "mira", "--scope", "read", "--scope", "ingest", "--days", 30)
    assert ran.code == 0
    secret = ran.out.strip()
    assert secret.startswith("fs_")
    assert secret not in ran.err
    (listed,) = (json.loads(line) for line in foreshock("tokens", "list", "--format", "jsonl").out.splitlines())
    assert (listed["name"], listed["scopes"], listed["revoked_at"]) == ("nightly export", ["read", "ingest"], None)
    assert secret not in str(listed)
    assert foreshock("tokens", "revoke", listed["id"]).out == f"revoked {listed['id']}\n"
    assert foreshock("tokens", "revoke", listed["id"]).code == 1
    assert foreshock("tokens", "add", "x", "--account", "nobody", "--scope", "read").code == 1
    assert foreshock("tokens", "add", "x", "--scope", "read").code == 2
    assert "revoked" in foreshock("tokens", "list", "--account", "mira", "--format", "csv").out


def test_what_is_judged_and_erased_is_in_the_log(foreshock):
    foreshock("judge", "override", "moth.example", "--by", "Anna Example", "--why", "known", "--reliability", "B")
    foreshock("redact", "--name", "Anna Example", "--by", "mira", "--why", "at risk", "--yes")
    log = [json.loads(line) for line in foreshock("audit", "--format", "jsonl").out.splitlines()]
    assert [(one["did"], one["subject"] == "a name") for one in log] == [("redact", True), ("judge", False)]
    assert "Anna" not in str(log)
    assert foreshock("verify").code == 0
