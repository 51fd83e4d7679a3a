"""Pages from templates: every value is escaped and seen, an unknown name is an error, words are in the reader's language."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from foreshock.briefs.locale import LANGUAGES, direction
from foreshock.web import static
from foreshock.web.ask import Ask
from foreshock.web.auth import Viewer, csrf_field, csrf_token, viewer
from foreshock.web.auth.csrf import hidden
from foreshock.web.desk import Desk, desk_of
from foreshock.web.locale import language_of, reader
from foreshock.web.reading.letters import seen, shown
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
    return HTMLResponse(seen(_written(request, template, ask, viewer(request), None, values)), status_code=status)


def remembered(request: Request, template: str, of: Hashable, ask: Ask, values: Mapping[str, Any]) -> HTMLResponse:
    """Return a page as :func:`page`, written once as long as ``of`` stands; its values must depend on that and the address only.

    Args:
        request: what is answered.
        template: a name in ``templates/``.
        of: what the page was made of: a picture.
        ask: the scope of the page.
        values: what the template shows.
    """
    desk, who = desk_of(request), viewer(request)
    marks = desk.pages.marks
    # The minute is told in the footer, the names of crises in the menu.
    told = (f"{desk.now():%Y-%m-%dT%H:%M}", _crises(desk, who), static.stamp())
    able = (who.role, who.scopes, who.via)
    key = (template, str(request.url), language_of(request, desk.bench.settings.language), _theme(request), able, of, told)
    veiled = replace(who, name=marks.name)
    text = desk.pages.of(key, lambda: seen(_written(request, template, ask, veiled, marks.proof, values)))
    own = {marks.name: escape(who.name), marks.proof: escape(csrf_token(request))}
    for mark, value in own.items():
        text = text.replace(mark, str(value))
    return HTMLResponse(text)


def _written(request: Request, template: str, ask: Ask | None, who: Viewer, proof: str | None, values: Mapping[str, Any]) -> str:
    desk = desk_of(request)
    language = language_of(request, desk.bench.settings.language)
    told = reader(language)
    scope = Ask.of(request.query_params) if ask is None else ask
    return (
        environment()
        .get_template(template)
        .render(
            request=request,
            ask=scope,
            say=told.say,
            count=told.count,
            reader=told,
            language=language,
            theme=_theme(request),
            viewer=who,
            desk=desk,
            path=request.url.path,
            link=lambda path, **changes: path + scope.query(**changes),
            own_name=own_name,
            csrf_token=lambda: csrf_token(request) if proof is None else proof,
            csrf_field=lambda: csrf_field(request) if proof is None else hidden(proof),
            crises=_crises(desk, who),
            **values,
        )
    )


def _crises(desk: Desk, who: Viewer) -> tuple[str, ...]:
    # Who is not signed in is not told what is watched here.
    return () if who.role == "nobody" else tuple(one.name for one in desk.ledger.crises())


def _theme(request: Request) -> str:
    theme = request.cookies.get("foreshock-theme", "auto")
    return theme if theme in THEMES else "auto"


def own_name(code: str) -> str:
    """Return a language's name in itself: "日本語"."""
    return reader(code).tongue(code)
