"""Secrets that webhooks are signed with: from the environment or a file, never from the ledger, never printed."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from foreshock.errors import CatalogueError
from foreshock.settings import Settings

PREFIX = "FORESHOCK_SECRET_"
SMTP = "FORESHOCK_SMTP_PASSWORD"
SHORTEST = 16  # bytes: fewer can be tried out
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,40}")


@dataclass(frozen=True)
class Secrets:
    """Secrets by name.

    Attributes:
        environment: ``FORESHOCK_SECRET_NAME`` is the secret NAME; it goes before the file.
        file: TOML, ``name = "secret"``, readable by its owner alone.
    """

    environment: Mapping[str, str] = field(repr=False)
    file: Path | None = None

    def get(self, name: str) -> bytes:
        """Return the secret of a name.

        Raises:
            CatalogueError: there is none, it is shorter than 16 bytes, or the file is open to others or no TOML.
        """
        if not NAME.fullmatch(name):
            raise CatalogueError(f"{name!r} is no name of a secret", remedy="use letters, digits, - and _")
        variable = PREFIX + name.upper().replace("-", "_")
        given = self.environment.get(variable) or self._filed().get(name)
        if not given:
            raise CatalogueError(f"the secret {name!r} is not set", remedy=f"set {variable}, or add it to the file of secrets")
        secret = given.encode("utf-8")
        if len(secret) < SHORTEST:
            raise CatalogueError(f"the secret {name!r} can be tried out", remedy=f"make it at least {SHORTEST} random bytes")
        return secret

    def fingerprint(self, name: str) -> str:
        """Return by which a secret can be told from another and not be guessed, or that it is not set."""
        try:
            return hmac.digest(self.get(name), b"foreshock fingerprint", "sha256").hex()[:8]
        except CatalogueError as error:
            return error.message

    def smtp_password(self) -> str | None:
        """Return the password of the mail server."""
        return self.environment.get(SMTP) or None

    def _filed(self) -> Mapping[str, str]:
        if self.file is None:
            return {}
        try:
            if os.name == "posix" and self.file.stat().st_mode & 0o077:
                raise CatalogueError(f"{self.file} can be read by others", remedy=f"chmod 600 {self.file}")
            found = tomllib.loads(self.file.read_text(encoding="utf-8"))
        except OSError as error:
            raise CatalogueError(f"cannot read {self.file}: {error.strerror}", remedy="name another file with secrets") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            # What TOML says of a bad line may quote it.
            raise CatalogueError(f"{self.file} is not TOML", remedy='write lines like desk = "..."') from error
        return {name: value for name, value in found.items() if isinstance(value, str)}


def secrets_of(settings: Settings, environment: Mapping[str, str]) -> Secrets:
    """Return the secrets of settings and an environment."""
    return Secrets(environment, settings.secrets)


def signature(secret: bytes, body: bytes, *, moment: int) -> str:
    """Return the header that signs a body: ``t=SECONDS,v1=HEX``, HMAC-SHA256 over the seconds, a dot and the body."""
    digest = hmac.new(secret, f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"
