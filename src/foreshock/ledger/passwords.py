"""Passwords: argon2id with the library's parameters of RFC 9106, checked in constant time also where there is no account."""

from __future__ import annotations

import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING

from foreshock.errors import AccessError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST = 12  # characters
LONGEST = 1024  # bytes
DISTINCT = 5  # characters of it that differ


class Passwords:
    """Makes and checks hashes.

    Args:
        hasher: that of argon2; the library's own parameters where not given (64 MiB, three passes, four lanes).
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._given = hasher

    @cached_property
    def _hasher(self) -> PasswordHasher:
        if self._given is not None:
            return self._given
        try:
            from argon2 import PasswordHasher
        except ImportError as error:
            raise AccessError("passwords need argon2, which is not installed", remedy="pip install 'foreshock[desk]'") from error
        return PasswordHasher()

    @cached_property
    def _nobody(self) -> str:
        """A hash of the same parameters that no password answers to."""
        import secrets

        return self._hasher.hash(secrets.token_bytes(32))

    def make(self, password: str, name: str) -> str:
        """Return the hash of a new password.

        Raises:
            AccessError: it is too short, too long, too even, or holds the name of the account.
        """
        text = _normal(password)
        if len(text) < SHORTEST or len(set(text)) < DISTINCT:
            raise AccessError(
                "the password is too easy to guess",
                remedy=f"give {SHORTEST} characters or more, such as four words, at least {DISTINCT} of them different",
            )
        if len(text.encode("utf-8", "surrogatepass")) > LONGEST:
            raise AccessError("the password is too long", remedy=f"give {LONGEST} bytes at most")
        if name.casefold() in text.casefold() and len(name) > 2:
            raise AccessError("the password holds the name of the account", remedy="choose one that does not")
        return self._hasher.hash(text.encode("utf-8", "surrogatepass"))

    def fits(self, kept: str | None, password: str) -> bool:
        """Whether a password is that of a hash; with None it takes as long and is False."""
        from argon2.exceptions import InvalidHashError, VerificationError

        given = _normal(password).encode("utf-8", "surrogatepass")[: LONGEST + 1]
        try:
            right = self._hasher.verify(kept or self._nobody, given)
        except (VerificationError, InvalidHashError):
            return False
        return right and kept is not None

    def renewed(self, kept: str, password: str) -> str | None:
        """Return a hash of the same password with today's parameters where the kept one has others."""
        if not self._hasher.check_needs_rehash(kept):
            return None
        return self._hasher.hash(_normal(password).encode("utf-8", "surrogatepass"))


def _normal(password: str) -> str:
    # The same letters typed on another keyboard may come in other code points.
    return unicodedata.normalize("NFC", password)
