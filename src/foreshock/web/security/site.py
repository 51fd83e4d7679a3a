"""Whether a page elsewhere asks: browsers say so in Sec-Fetch-Site and Origin, which no page can forge."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OURS = frozenset({"same-origin", "none"})
# What a form of any page may send anywhere without asking first; all else a browser asks for (CORS), and is not let.
SIMPLE = frozenset({"", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain"})


def is_foreign(method: str, headers: Mapping[str, str]) -> bool:
    """Whether a request was made by a page elsewhere and is no plain move to a page of ours.

    ``Origin: null`` says nothing: our own forms send it, too, since our pages send no referrer.
    """
    site = headers.get("sec-fetch-site")
    if site is not None and site not in OURS:
        moves = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest", "document") == "document"
        return method not in SAFE or not moves
    origin = headers.get("origin")
    if method in SAFE or origin in (None, "null"):
        return False
    return urlsplit(origin).netloc.lower() != headers.get("host", "").lower()


def is_program(method: str, headers: Mapping[str, str]) -> bool:
    """Whether a request that writes can only come from a program: a browser says where a page's request comes from."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    told = {"origin", "sec-fetch-site", "cookie"} & set(headers)
    return not told and (kind not in SIMPLE or method in ("PUT", "PATCH", "DELETE"))


def safe_path(given: str) -> str:
    """Return a path of this desk to go to, "/" where another is given: no other host, no line breaks, nothing in disguise."""
    plain = given.startswith("/") and given[1:2] not in ("/", "\\") and "\\" not in given
    return given if plain and given.isprintable() and len(given) <= 2000 else "/"
