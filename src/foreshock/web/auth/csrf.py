"""Proof that a request was made by a page of ours: a token that only such a page can know, in a header or a hidden field.

With a login the token is made from the secret of the session, so that it ends with it. Without one it is made from a random
value in a cookie and a secret of this process: whoever can set a cookie in the browser cannot make the token.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from markupsafe import Markup
from starlette.requests import Request

KEY = "foreshock.csrf"
FIELD = "csrf_token"
HEADER = "x-csrf-token"
COOKIE = "foreshock-seed"
SEED = re.compile(r"[A-Za-z0-9_-]{20,64}")
# The hidden field stands first in a form, so that a large file after it need not be read here.
PART = re.compile(
    rb'\A--[^\r\n]{1,80}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n([0-9a-f]{64})\r\n', re.IGNORECASE
)


@dataclass
class Proof:
    """The token of a request. ``seed`` is what the cookie holds, None with a login; it is only sent where a page used it."""

    token: str
    seed: str | None = None
    fresh: bool = False
    used: bool = field(default=False)

    def fits(self, given: str) -> bool:
        """Whether a token is the one."""
        return hmac.compare_digest(self.token.encode(), given.encode("utf-8", "replace"))


def of_session(secret: str) -> Proof:
    """Return the token of a login."""
    return Proof(_made(secret.encode(), "session"))


def of_seed(key: bytes, cookie: str | None) -> Proof:
    """Return the token without a login: of the value in the cookie, or of a new one."""
    seed = cookie if cookie and SEED.fullmatch(cookie) else secrets.token_urlsafe(24)
    return Proof(_made(key, seed), seed, fresh=seed != cookie)


def csrf_token(request: Request) -> str:
    """Return the token that a page sends back: in the header ``X-CSRF-Token``, or in the field ``csrf_token`` of a form."""
    proof: Proof | None = request.scope.get(KEY)
    if proof is None:
        return ""
    proof.used = True
    return proof.token


def csrf_field(request: Request) -> Markup:
    """Return the hidden field of a form; put it first."""
    return hidden(csrf_token(request))


def hidden(token: str) -> Markup:
    """Return the hidden field that holds a token."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, token)


def field_of(kind: str, body: bytes) -> str:
    """Return the token in the body of a form, "" where there is none; of a form with files only the beginning is needed."""
    kind = kind.partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        found = PART.match(body)
        return found[1].decode("ascii") if found else ""
    if kind != "application/x-www-form-urlencoded":
        return ""
    try:
        return parse_qs(body.decode("ascii"), max_num_fields=2000).get(FIELD, [""])[0]
    except ValueError:
        return ""


def _made(key: bytes, text: str) -> str:
    return hmac.new(key, f"foreshock csrf {text}".encode(), hashlib.sha256).hexdigest()
