"""The headers of every answer, errors and files too: only our own scripts run, nothing is told to others, nobody frames us."""

from __future__ import annotations

import logging

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("foreshock.web")
POLICY = "; ".join(
    [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:", "connect-src 'self'",
        "font-src 'self'", "manifest-src 'self'", "worker-src 'self' blob:", "form-action 'self'", "base-uri 'none'",
        "frame-ancestors 'none'", "object-src 'none'",
    ]
)  # fmt: skip
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), "
        "payment=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}
HSTS = "max-age=31536000"
KEPT = "private, no-store"


class Headers:
    """Adds the headers; an answer may set a content policy and how long it is kept by itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back with headers; what fails without an answer gets one."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def out(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                _dress(MutableHeaders(scope=message), scope)
            await send(message)

        try:
            await self._app(scope, receive, out)
        except Exception:
            if begun:
                raise
            log.exception("%s %r failed before the desk saw it", scope["method"], scope["path"])
            headers = [(b"content-type", b"text/plain; charset=utf-8")]
            await out({"type": "http.response.start", "status": 500, "headers": headers})
            await out({"type": "http.response.body", "body": b"Something went wrong here. The log of the server says what.\n"})


def _dress(headers: MutableHeaders, scope: Scope) -> None:
    for name, value in FIXED.items():
        headers[name] = value
    headers.setdefault("Content-Security-Policy", POLICY)
    headers.setdefault("Cache-Control", KEPT)
    if scope.get("scheme") == "https":
        headers["Strict-Transport-Security"] = HSTS
    del headers["Server"]
