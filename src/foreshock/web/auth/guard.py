"""The door: each request passes here before the desk sees it. What is not let in by a line of this file is not let in."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from math import ceil
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from foreshock.errors import ForeshockError
from foreshock.web.auth import access as known
from foreshock.web.auth import csrf
from foreshock.web.auth.access import MB, Access
from foreshock.web.auth.cookies import cookie, session_cookie
from foreshock.web.auth.csrf import Proof
from foreshock.web.auth.identify import Identity, identify, note
from foreshock.web.auth.refusing import Refusal, answer, is_api
from foreshock.web.auth.viewer import KEY as VIEWER
from foreshock.web.auth.viewer import RANKS, Viewer
from foreshock.web.security.body import Body, told_length
from foreshock.web.security.hosts import is_loopback
from foreshock.web.security.proxy import address_key, is_address
from foreshock.web.security.site import SAFE, is_foreign, is_program, safe_path

log = logging.getLogger("foreshock.web")
STATIC = "/static/"
# What nobody needs a login for.
PUBLIC = frozenset({"/login", "/login/oidc", "/login/oidc/back", "/healthz", "/readyz", "/robots.txt", "/favicon.ico"})
# What a reader may send; all else that writes needs an analyst, also where a route forgot to say so.
READERS = ("/preferences", "/account", "/logout", "/login", "/mcp")
ADMINS = ("/admin",)
READING = ("/mcp",)  # asks by POST, and changes nothing
FORM = 1 * MB  # largest form without a file
STRANGERS = 64_000  # bytes that somebody without a login may send
LOOK = 1_000  # bytes in which the token of a form with files stands
FORWARDED = (
    "A proxy stands before this desk, and it was not told so: whoever reaches the proxy would be its admin. "
    "Set trusted_proxy in foreshock.toml, and make accounts."
)
REACHED = (
    "This desk needs no login, so it answers this machine only. Let foreshock serve listen on the address, and make accounts."
)


class Guard:
    """Lets requests in.

    Args:
        app: the desk.
        access: who may enter it.
    """

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access
        # Their own threads: pages that are slow, or a writer that is waited for, do not keep others from being known.
        self._looking = ThreadPoolExecutor(8, "looking")
        self._writing = ThreadPoolExecutor(1, "noting")
        self._noting: set[str] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer why not."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope = dict(scope)
        scope[known.KEY] = self._access
        headers = Headers(scope=scope)
        try:
            self._outside(scope, headers)
            if scope["path"].startswith(STATIC) and scope["method"] in SAFE:
                await self._app(scope, receive, send)
                return
            found = await self._known(scope, headers)
            self._note(found)
            scope[VIEWER], scope[csrf.KEY] = found.viewer, found.proof
            self._inside(scope, headers, found)
            body = Body(receive, self._limit(scope, headers, found.viewer))
            await self._prove(scope, headers, found, body)
        except Refusal as refusal:
            await answer(refusal, scope, receive, send)
            return
        except ForeshockError as error:
            log.error("%s %r: %s", scope["method"], scope["path"], error)
            await answer(Refusal(503, "The ledger cannot be read now. The log of the server says why."), scope, receive, send)
            return
        await self._pass(scope, body, send, found.proof)

    def _outside(self, scope: Scope, headers: Headers) -> None:
        """Check what does not depend on who asks: the address, the name of the desk, the page that asks, how often.

        Raises:
            Refusal: with what is wrong.
        """
        access, peer = self._access, scope["client"][0] if scope.get("client") else ""
        told = access.proxies.origin(peer, scope["scheme"], headers.items())
        scope["scheme"], scope[known.ADDRESS] = told.scheme, told.address
        if scope.get("client"):
            scope["client"] = (told.address, scope["client"][1])
        if access.local is not None and told.forwarded:
            raise Refusal(403, FORWARDED)
        if access.local is not None and is_address(peer) and not is_loopback(peer):
            raise Refusal(403, REACHED)  # whatever server runs the app, on whatever address
        if not access.hosts.has(headers.getlist("host")):
            raise Refusal(421, "The desk has another name. If this is one of its names, add it to hosts in foreshock.toml.")
        if is_foreign(scope["method"], headers):
            raise Refusal(403, "A page elsewhere asked for this, and the desk does nothing for those.")
        if access.local is None:
            _wait(access.addresses.take(address_key(told.address), access.steady()))

    def _inside(self, scope: Scope, headers: Headers, found: Identity) -> None:
        """Check what depends on who asks.

        Raises:
            Refusal: with what is wrong.
        """
        who, method, path = found.viewer, scope["method"], scope["path"]
        if found.wrong:
            raise Refusal(401, "The token is none that is in force.", {"WWW-Authenticate": 'Bearer error="invalid_token"'})
        if who.role == "nobody":
            if path not in PUBLIC:
                raise _login(scope, headers)
            return
        writes = method not in SAFE and not _under(path, READING)
        if who.via != "loopback":
            buckets = self._access.writes if writes else self._access.reads
            _wait(buckets.take(f"{who.via} {who.name}", self._access.steady()))
        if path not in PUBLIC and not _may(who, path, writes=writes):
            raise Refusal(403, "Your role, or the token, does not let you do this.")

    def _limit(self, scope: Scope, headers: Headers, who: Viewer) -> int:
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if who.role == "nobody" or scope["path"] in PUBLIC:
            limit = STRANGERS
        elif kind == "application/x-www-form-urlencoded":
            limit = FORM
        else:
            limit = int(self._access.settings.max_file_mb * MB) + FORM
        length = told_length(headers)
        if length is None:
            raise Refusal(400, "The length of the request is no number.")
        if length > limit:
            raise Refusal(413, f"The request has {length} bytes; {limit} are the most here.")
        return limit

    async def _prove(self, scope: Scope, headers: Headers, found: Identity, body: Body) -> None:
        """Check that a request that writes was made by a page of ours, or by a program.

        Raises:
            Refusal: it was not, or it is too large.
        """
        if scope["method"] in SAFE or found.viewer.via == "token":
            return
        if found.viewer.via == "loopback" and is_program(scope["method"], headers):
            return
        given, kind = headers.get(csrf.HEADER, ""), headers.get("content-type", "")
        if not given:
            form = kind.partition(";")[0].strip().lower() == "application/x-www-form-urlencoded"
            given = csrf.field_of(kind, await body.begin(FORM + 1 if form else LOOK))
        if body.over:
            raise Refusal(413, "The request is too large.")
        if not found.proof.fits(given):
            raise Refusal(403, "This page is older than the login or the desk. Go back, reload it, and do it again.")

    async def _pass(self, scope: Scope, body: Body, send: Send, proof: Proof) -> None:
        begun = False

        async def out(message: Message) -> None:
            nonlocal begun
            if body.over and not begun:
                return  # what the desk says of half a body is not the answer
            if message["type"] == "http.response.start":
                begun = True
                if proof.used and proof.fresh and proof.seed is not None:
                    made = cookie(csrf.COOKIE, proof.seed, scope["scheme"])
                    MutableHeaders(scope=message).append("Set-Cookie", made)
            await send(message)

        try:
            await self._app(scope, body, out)
        except Exception:
            if begun or not body.over:
                raise
        if body.over and not begun:
            await answer(Refusal(413, "The request is too large."), scope, body, send)

    async def _known(self, scope: Scope, headers: Headers) -> Identity:
        """Return who makes a request; the ledger is asked in a thread, and only where there is something to look up."""
        sent, cookies, scheme = _single(headers), Request(scope).cookies, scope["scheme"]
        if "authorization" not in headers and (self._access.local is not None or session_cookie(scheme) not in cookies):
            return identify(self._access, scheme, sent, cookies)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._looking, identify, self._access, scheme, sent, cookies)

    def _note(self, found: Identity) -> None:
        """Note in the background that a session or token was seen: a page does not wait for a writer, and one waits at a time."""
        seen = found.seen
        if seen is None or seen.id in self._noting:
            return
        self._noting.add(seen.id)
        now = self._access.now()

        def noting() -> None:
            try:
                note(self._access, seen, now)
            except ForeshockError as error:
                log.warning("when a login was last seen could not be noted: %s", error)
            finally:
                self._noting.discard(seen.id)

        self._writing.submit(noting)


def _single(headers: Headers) -> Mapping[str, str]:
    # Two headers that say who somebody is say nothing.
    if len(headers.getlist("authorization")) > 1:
        raise Refusal(400, "The request says twice who makes it.")
    return headers


def _wait(seconds: float) -> None:
    if seconds > 0:
        raise Refusal(429, "Too many requests. Wait, then go on.", {"Retry-After": str(max(1, ceil(seconds)))})


def _may(who: Viewer, path: str, *, writes: bool) -> bool:
    if _under(path, ADMINS):
        return who.may("admin")
    if who.via == "token" and _under(path, ("/account",)):
        return who.may("reader", "admin")  # a token makes no other token
    if not writes:
        return who.may("reader")
    if _under(path, READERS):
        return who.may("reader")
    return RANKS[who.role] >= RANKS["analyst"] and (who.via != "token" or who.may("analyst") or who.may("analyst", "ingest"))


def _under(path: str, roots: tuple[str, ...]) -> bool:
    return any(path == root or path.startswith(f"{root}/") for root in roots)


def _login(scope: Scope, headers: Headers) -> Refusal:
    """Return the refusal that leads a person to the login, and tells a program to send a token."""
    if headers.get("hx-request") == "true":
        parts = urlsplit(headers.get("hx-current-url", "/"))
        return Refusal(401, "Sign in first.", {"HX-Redirect": _to_login(parts.path, parts.query)})
    if is_api(scope) or "text/html" not in headers.get("accept", "text/html"):
        return Refusal(401, "Sign in, or send a token.", {"WWW-Authenticate": "Bearer"})
    if scope["method"] not in SAFE:
        return Refusal(303, "Sign in first.", {"Location": "/login"})
    return Refusal(303, "Sign in first.", {"Location": _to_login(scope["path"], scope["query_string"].decode("latin-1"))})


def _to_login(path: str, query: str) -> str:
    target = safe_path(f"{path}?{query}" if query else path)
    return "/login" if target == "/" else f"/login?next={quote(target, safe='')}"
