"""Signing in at an OpenID Connect provider: code flow with PKCE, state and nonce; its keys and addresses are looked up there."""

from __future__ import annotations

import hashlib
import secrets
import ssl
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast
from urllib.parse import urlsplit

from foreshock.errors import AccessError
from foreshock.ledger.accounts import NAME, ROLES
from foreshock.model import Role
from foreshock.settings import Settings
from foreshock.web.auth.viewer import RANKS
from foreshock.web.security.hosts import is_loopback

SECONDS = 10.0  # how long the provider may take for one answer
PATIENCE = 600.0  # seconds that somebody may take to sign in there
FRESH = 3600.0  # seconds that its addresses and keys are remembered
MOST = 1000  # logins under way at once
# Signatures by a key that only the provider has; "none" and shared secrets are no proof.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")


@dataclass(frozen=True, slots=True)
class Person:
    """Who signed in: the issuer and subject, a name to call the account by, and the role that the claims give."""

    subject: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Begun:
    """A login under way, bound to one browser by the value of a cookie."""

    browser: str
    nonce: str
    verifier: str
    back: str
    path: str
    at: float


class Provider:
    """A provider, and the logins under way there.

    Args:
        issuer: its address, as it calls itself.
        client: the client id.
        secret: of the client, None where it is a public one.
        claim: the claim of the ID token that roles are read from; dots lead into it.
        roles: value of the claim -> role; without any, whoever signs in is a reader.
    """

    def __init__(self, issuer: str, client: str, secret: str | None, claim: str, roles: Mapping[str, Role]) -> None:
        self._issuer, self._client, self._secret = issuer, client, secret
        self._claim, self._roles = claim, dict(roles)
        self._begun: OrderedDict[str, Begun] = OrderedDict()
        self._told: dict[str, tuple[float, dict[str, Any]]] = {}
        self._lock = threading.Lock()

    @cached_property
    def _trusted(self) -> ssl.SSLContext:
        """The certificates of authorities, read once."""
        import httpx

        return httpx.create_ssl_context()

    def begin(self, *, back: str, path: str, browser: str, now: float) -> str:
        """Return the address at the provider to send a browser to.

        Args:
            back: the address here that it comes back to.
            path: where it goes from there.
            browser: the value of its cookie.
            now: a steady clock in seconds.

        Raises:
            AccessError: the provider cannot be asked.
        """
        addresses = self._addresses(now)
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        with self._session(addresses, back) as session:
            url, _ = session.create_authorization_url(
                addresses["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
            )
        with self._lock:
            self._begun[state] = Begun(browser, nonce, verifier, back, path, now)
            while len(self._begun) > MOST:
                self._begun.popitem(last=False)
        return str(url)

    def finish(self, answer: Mapping[str, str], *, browser: str | None, now: float) -> tuple[Person, str]:
        """Return who signed in, and where the browser goes.

        Args:
            answer: the query with which it came back.
            browser: the value of its cookie.
            now: a steady clock in seconds.

        Raises:
            AccessError: the login was not begun by this browser or took too long, the provider refused it or cannot be asked,
                what it says does not verify, or the person has no role here.
        """
        with self._lock:
            begun = self._begun.pop(answer.get("state", ""), None)
        if begun is None or now - begun.at > PATIENCE or not browser or not secrets.compare_digest(begun.browser, browser):
            raise AccessError("this login was not begun here, or took too long", remedy="begin again")
        if answer.get("iss", self._issuer) != self._issuer or "error" in answer or not answer.get("code"):
            raise AccessError("the provider did not let you in", remedy="begin again, or ask its admin")
        addresses = self._addresses(now)
        claims = self._claims(addresses, answer["code"], begun, now)
        return self._person(claims), begun.path

    def _claims(self, addresses: Mapping[str, Any], code: str, begun: Begun, now: float) -> Mapping[str, Any]:
        from authlib.oidc.core import CodeIDToken
        from joserfc import jwt
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet
        from joserfc.jws import JWSRegistry

        with self._session(addresses, begun.back) as session:
            told = self._asked(lambda: session.fetch_token(addresses["token_endpoint"], code=code, code_verifier=begun.verifier))
        named = addresses.get("id_token_signing_alg_values_supported") or ["RS256"]
        registry = JWSRegistry(algorithms=[one for one in named if one in ALGORITHMS], strict_check_header=False)
        params = {"nonce": begun.nonce, "client_id": self._client, "access_token": told.get("access_token")}
        wanted = {"iss": {"essential": True, "value": self._issuer}, "aud": {"essential": True, "value": self._client}}
        try:
            for fresh in (False, True):  # keys are changed now and then: look for an unknown one once more
                keys = KeySet.import_key_set(cast("Any", self._get(addresses["jwks_uri"], now, fresh=fresh)))
                try:
                    token = jwt.decode(str(told.get("id_token")), keys, registry=registry)
                    break
                except (JoseError, ValueError):
                    if fresh:
                        raise
            claims = CodeIDToken(token.claims, token.header, wanted, params)
            claims.validate(leeway=60)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise AccessError(f"what the provider says does not verify: {type(error).__name__}", remedy="begin again") from error
        return cast("Mapping[str, Any]", claims)

    def _person(self, claims: Mapping[str, Any]) -> Person:
        subject = str(claims["sub"])
        role = role_of(claims, self._claim, self._roles)
        if role is None:
            raise AccessError("you have no role at this desk", remedy=f"ask for one in the claim {self._claim}")
        named = (str(claims[key]) for key in ("preferred_username", "email", "name", "sub") if claims.get(key))
        name = next(iter(named))
        return Person(f"{self._issuer} {subject}", name, role)

    def _addresses(self, now: float) -> dict[str, Any]:
        told = self._get(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration", now)
        names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if told.get("issuer") != self._issuer or not all(_may_be_asked(str(told.get(name))) for name in names):
            raise AccessError(f"{self._issuer} does not describe itself as that issuer", remedy="correct oidc_issuer")
        return told

    def _session(self, addresses: Mapping[str, Any], back: str) -> Any:
        from authlib.integrations.httpx_client import OAuth2Client

        methods = addresses.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        method = "client_secret_basic" if "client_secret_basic" in methods else "client_secret_post"
        return OAuth2Client(
            self._client, self._secret, token_endpoint_auth_method=method if self._secret else "none",
            scope="openid profile email", redirect_uri=back, code_challenge_method="S256", timeout=SECONDS,
            verify=self._trusted,
            follow_redirects=False,
        )  # fmt: skip

    def _get(self, address: str, now: float, *, fresh: bool = False) -> dict[str, Any]:
        import httpx

        kept = self._told.get(address)
        if kept is not None and now - kept[0] < (60 if fresh else FRESH):
            return kept[1]
        answer = self._asked(lambda: httpx.get(address, timeout=SECONDS, verify=self._trusted))
        if answer.status_code != 200 or not isinstance(found := answer.json(), dict):
            raise AccessError(f"the provider answered {answer.status_code}", remedy="try again, or correct oidc_issuer")
        self._told[address] = now, found
        return found

    def _asked(self, ask: Any) -> Any:
        import httpx
        from authlib.common.errors import AuthlibBaseError
        from authlib.integrations.httpx_client.oauth2_client import httpx2

        try:
            return ask()
        except (AuthlibBaseError, httpx.HTTPError, httpx2.HTTPError, ValueError) as error:
            raise AccessError(f"the provider cannot be asked: {type(error).__name__}", remedy="try again later") from error


def make_provider(settings: Settings, secret: str | None) -> Provider | None:
    """Return the provider of the settings, None where there is none.

    Raises:
        AccessError: a part of it is missing or cannot be, or its library is not installed.
    """
    if settings.oidc_issuer is None and settings.oidc_client is None:
        return None
    if not settings.oidc_issuer or not settings.oidc_client:
        raise AccessError("only one of oidc_issuer and oidc_client is set", remedy="set both, or neither")
    if not _may_be_asked(settings.oidc_issuer):
        raise AccessError(f"oidc_issuer is {settings.oidc_issuer!r}", remedy="give an address that begins with https://")
    try:
        import authlib  # noqa: F401
    except ImportError as error:
        raise AccessError("oidc_issuer needs authlib, which is not installed", remedy="pip install 'foreshock[desk]'") from error
    roles = dict(_mapped(one) for one in settings.oidc_roles)
    return Provider(settings.oidc_issuer, settings.oidc_client, secret or None, settings.oidc_claim, roles)


def role_of(claims: Mapping[str, Any], claim: str, roles: Mapping[str, Role]) -> Role | None:
    """Return the highest role that a claim gives, None where it gives none; without roles everybody is a reader."""
    if not roles:
        return "reader"
    value: Any = claims.get(claim)
    if value is None:
        value = claims
        for part in claim.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
    values = value if isinstance(value, list) else [value]
    found = [roles[one] for one in values if isinstance(one, str) and one in roles]
    return max(found, key=RANKS.__getitem__, default=None)


def free_name(wanted: str, subject: str, taken: Any) -> str:
    """Return a name for a new account: as the provider calls the person, with a mark where another account has that name."""
    kept = "".join(sign if sign.isalnum() or sign in ".@+-_" else "-" for sign in wanted.casefold()).strip("-.@+")[:50]
    mark = hashlib.sha256(subject.encode("utf-8")).hexdigest()[:8]
    name = kept if NAME.fullmatch(kept) else f"person-{mark}"
    return f"{name}-{mark}" if taken(name) else name


def _mapped(text: str) -> tuple[str, Role]:
    value, mark, role = text.rpartition("=")
    if not mark or not value or role not in ROLES:
        raise AccessError(f"oidc_roles has {text!r}", remedy=f"give value=role, the role one of {', '.join(ROLES)}")
    return value, role


def _may_be_asked(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(str(parts.hostname))))
