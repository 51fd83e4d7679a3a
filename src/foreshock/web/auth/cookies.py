"""The cookies of accounts: never read by scripts, never sent by a form elsewhere, over https never sent without it."""

from __future__ import annotations

from http.cookies import Morsel, SimpleCookie

SESSION = "foreshock-session"


def session_cookie(scheme: str) -> str:
    """Return the name of the session's cookie; over https with the prefix by which browsers let no other host set it."""
    return f"__Host-{SESSION}" if scheme == "https" else SESSION


def cookie(name: str, value: str, scheme: str, *, seconds: int | None = None) -> str:
    """Return the value of a Set-Cookie header; 0 seconds delete the cookie, None keeps it until the browser is closed."""
    made: Morsel[str] = SimpleCookie({name: value})[name]
    made["path"], made["httponly"], made["samesite"] = "/", True, "Lax"
    if scheme == "https":
        made["secure"] = True
    if seconds is not None:
        made["max-age"] = seconds
    return made.OutputString()
