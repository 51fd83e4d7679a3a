"""The reader's language at the desk: the messages of briefs, and those of the desk's own pages."""

from __future__ import annotations

import gettext
import io
from dataclasses import replace
from functools import cache
from importlib.resources import files

from starlette.requests import Request

from foreshock.briefs.locale import LANGUAGES, Reader
from foreshock.briefs.locale import reader as brief_reader

COOKIE = "foreshock-language"


@cache
def reader(language: str) -> Reader:
    """Return the reader of a language: a message is looked for among those of the desk, then among those of briefs.

    Raises:
        CatalogueError: there is no catalogue for the language.
    """
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    told = brief_reader(language)
    source = files("foreshock.web").joinpath(f"locales/{language}/LC_MESSAGES/desk.po")
    if not source.is_file():
        return told
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(source.read_bytes()), locale=language, abort_invalid=True))
    compiled.seek(0)
    own = gettext.GNUTranslations(compiled)
    own.add_fallback(told.catalogue)
    return replace(told, catalogue=own)


def language_of(request: Request, default: str) -> str:
    """Return the language to answer in: that of the address, of the cookie, of the browser, or the desk's own."""
    for given in (request.query_params.get("language"), request.cookies.get(COOKIE)):
        if given in LANGUAGES:
            return given
    for part in request.headers.get("accept-language", "").split(","):
        code = part.partition(";")[0].strip().partition("-")[0].lower()
        if code in LANGUAGES:
            return code
    return default
