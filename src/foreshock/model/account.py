"""Who may do what at the desk, what says who somebody is, and what somebody did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# Each may do what the one before it may: read; judge, ingest, change feeds and watches; keep accounts and read the audit log.
Role = Literal["reader", "analyst", "admin"]
# What a token may be used for, within the role of its account; "admin" is all of them.
Scope = Literal["read", "judge", "ingest", "admin"]


@dataclass(frozen=True, slots=True)
class Account:
    """A person or a program that may sign in.

    ``subject`` is the issuer and the subject of an OIDC provider, None where there is none; ``closed_at`` is None while open.
    """

    name: str
    role: Role
    opened_at: str
    closed_at: str | None = None
    subject: str | None = None
    has_password: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is signed in. ``id`` is a handle to name it by, not the secret; ``address`` and ``agent`` are as it came."""

    id: str
    account: str
    role: Role
    opened_at: str
    seen_at: str
    expires_at: str
    address: str
    agent: str


@dataclass(frozen=True, slots=True)
class Token:
    """A token of the API. ``id`` is a handle, not the secret; in force until it ends, is revoked, or its account is closed."""

    id: str
    account: str
    role: Role
    name: str
    scopes: tuple[Scope, ...]
    made_at: str
    expires_at: str | None = None
    used_at: str | None = None
    revoked_at: str | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the audit log: who did what to which subject, when, how signed in, and from which address.

    ``did`` is a short word, such as "login" or "account-role"; ``detail`` are pairs of a name and a value, never a secret.
    """

    no: int
    at: str
    who: str
    via: str
    did: str
    subject: str
    address: str
    detail: tuple[tuple[str, str], ...] = ()
