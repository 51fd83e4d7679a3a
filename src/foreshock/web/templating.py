"""Pages from templates: every value is escaped, an unknown name is an error, and words go through the reader's language."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from foreshock.briefs.locale import LANGUAGES, direction
from foreshock.web import static
from foreshock.web.ask import Ask
from foreshock.web.auth import csrf_field, csrf_token, viewer
from foreshock.web.desk import desk_of
from foreshock.web.locale import language_of, reader
from foreshock.web.reading.letters import shown
from foreshock.web.receipts.ids import tally_id

THEMES = ("auto", "light", "dark")


@cache
def environment() -> Environment:
    """Return the engine; templates of the desk first, then those of briefs."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader("foreshock.web"), PackageLoader("foreshock.briefs")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"script": static.script, "styles": static.styles, "direction": direction, "languages": LANGUAGES}
    made.globals["tally_id"] = tally_id
    made.filters["shown"] = shown
    return made


def page(request: Request, template: str, ask: Ask | None = None, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page.

    Args:
        request: what is answered.
        template: a name in ``templates/``.
        ask: the scope of the page; that of the address where not given.
        status: of HTTP.
        values: what the template shows.

    Templates also get ``request``, ``ask``, ``say``, ``count``, ``reader``, ``language``, ``theme``, ``viewer``, ``desk``,
    ``path`` and ``crises``, ``link(path, **changes)``, an address that keeps the scope, and ``csrf_field()``, which stands first
    in every form that posts.
    """
    desk = desk_of(request)
    language = language_of(request, desk.bench.settings.language)
    told = reader(language)
    scope = Ask.of(request.query_params) if ask is None else ask
    who = viewer(request)
    theme = request.cookies.get("foreshock-theme", "auto")
    written = (
        environment()
        .get_template(template)
        .render(
            request=request,
            ask=scope,
            say=told.say,
            count=told.count,
            reader=told,
            language=language,
            theme=theme if theme in THEMES else "auto",
            viewer=who,
            desk=desk,
            path=request.url.path,
            link=lambda path, **changes: path + scope.query(**changes),
            own_name=own_name,
            csrf_token=lambda: csrf_token(request),
            csrf_field=lambda: csrf_field(request),
            # Who is not signed in is not told what is watched here.
            crises=[] if who.role == "nobody" else [one.name for one in desk.ledger.crises()],
            **values,
        )
    )
    return HTMLResponse(written, status_code=status)


def own_name(code: str) -> str:
    """Return a language's name in itself: "日本語"."""
    return reader(code).tongue(code)
