"""The application: routers of pages and of the API, static files, errors and the pulse, put together in one place."""

from __future__ import annotations

import asyncio
import pkgutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module

from fastapi import APIRouter, FastAPI
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from foreshock.web import api, live, pages, static
from foreshock.web.desk import Desk
from foreshock.web.faults import add_faults
from foreshock.web.live import Pulse


class Assets(StaticFiles):
    """Static files whose names carry a hash: kept for a year."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file with how long it may be kept."""
        found = await super().get_response(path, scope)
        found.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return found


def make_app(desk: Desk) -> FastAPI:
    """Return the desk as an ASGI application.

    Args:
        desk: what it stands on; closed by whoever opened it.

    Raises:
        CatalogueError: the assets were not built.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.pulse = Pulse(desk)
        looking = asyncio.create_task(app.state.pulse.run())
        yield
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking

    app = FastAPI(title="Foreshock", openapi_url=None, docs_url=None, redoc_url=None, lifespan=lifespan)
    app.state.desk = desk
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
