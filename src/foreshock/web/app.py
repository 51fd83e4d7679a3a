"""The application: routers of pages and of the API, static files, errors and the pulse, put together in one place."""

from __future__ import annotations

import asyncio
import pkgutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope

from foreshock.web import api, live, pages, static
from foreshock.web.auth import Access, make_access
from foreshock.web.auth.guard import Guard
from foreshock.web.desk import Desk
from foreshock.web.faults import add_faults
from foreshock.web.live import Pulse
from foreshock.web.operating.metrics import Counting, Metrics
from foreshock.web.security.headers import Headers


class Assets(StaticFiles):
    """Static files whose names carry a hash: kept for a year."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file with how long it may be kept."""
        found = await super().get_response(path, scope)
        found.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return found


class Guarded(FastAPI):
    """An app that nothing reaches but through the guard, and whose every answer, that of an error too, has the headers."""

    def __init__(self, access: Access, **options: Any) -> None:
        super().__init__(**options)
        self._access = access

    def build_middleware_stack(self) -> ASGIApp:
        """Return the layers, the outermost first: headers, guard, those of the framework."""
        return Headers(Guard(super().build_middleware_stack(), self._access))


def make_app(desk: Desk, access: Access | None = None) -> FastAPI:
    """Return the desk as an ASGI application.

    Args:
        desk: what it stands on; closed by whoever opened it.
        access: who may enter; where not given, what a desk on a loopback address has.

    Raises:
        CatalogueError: the assets were not built.
        AccessError: a login is asked for and there are no accounts.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.pulse = Pulse(desk)
        looking = asyncio.create_task(app.state.pulse.run())
        yield
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking

    made = make_access(desk.ledger, desk.bench.settings) if access is None else access
    app = Guarded(made, title="Foreshock", openapi_url=None, docs_url=None, redoc_url=None, lifespan=lifespan)
    app.state.desk = desk
    app.state.metrics = Metrics(desk)
    app.add_middleware(Counting, metrics=app.state.metrics)
    app.mount("/static", Assets(directory=static.folder()), name="static")
    app.include_router(live.router)
    for router in [*_routers(pages.__name__, pages.__path__), *_routers(api.__name__, api.__path__)]:
        app.include_router(router)
    add_faults(app)
    return app


def _routers(package: str, path: object) -> Iterator[APIRouter]:
    """Yield the ``router`` of every file of a folder that has one: a page is added by adding its file."""
    for one in sorted(pkgutil.iter_modules(path), key=lambda found: found.name):  # type: ignore[arg-type]
        router = getattr(import_module(f"{package}.{one.name}"), "router", None)
        if isinstance(router, APIRouter):
            yield router
