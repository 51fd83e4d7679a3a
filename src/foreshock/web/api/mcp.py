"""/mcp: the MCP server over streamable HTTP, behind the same guard as the pages; started by the first who asks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from foreshock.web.api.problems import problem
from foreshock.web.auth import viewer

PATH = "/mcp"
LARGEST = 1_000_000  # bytes of a question


class Running:
    """The server of one app: made and entered by a task of its own, since whoever enters it must leave it."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self._task: asyncio.Task[None] | None = None
        self._ready: asyncio.Future[ASGIApp] | None = None
        self._over = asyncio.Event()

    async def answers(self) -> ASGIApp:
        """Return what answers; the first call starts it."""
        if self._ready is None:
            self._ready = asyncio.get_running_loop().create_future()
            self._task = asyncio.create_task(self._run(self._ready))
        return await asyncio.shield(self._ready)

    async def close(self) -> None:
        """Stop it, if it was started."""
        self._over.set()
        if self._task is not None:
            await self._task

    async def _run(self, ready: asyncio.Future[ASGIApp]) -> None:
        from mcp.server.transport_security import TransportSecuritySettings

        from foreshock.web.mcp.server import make_server

        made = make_server(self._app.state.desk)
        # Hosts, origins and who may ask are the guard's; a question is answered at once, and no session is kept.
        made.streamable_http_app(
            stateless_http=True,
            json_response=True,
            max_request_body_size=LARGEST,
            transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
        )
        async with made.session_manager.run():
            ready.set_result(made.session_manager.handle_request)
            await self._over.wait()


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Keep a place for the server as long as the app runs."""
    app.state.mcp = Running(app)
    yield
    await app.state.mcp.close()


class Door:
    """Answers questions of the protocol, of whoever may read; an object, since a route would hand a function a request."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a question on to the server."""
        request = Request(scope, receive)
        if not viewer(request).may("reader"):
            await problem(request, 403, "this needs the role reader, and a token for read")(scope, receive, send)
            return
        handle = await scope["app"].state.mcp.answers()
        await handle(scope, receive, send)


router = APIRouter(lifespan=lifespan)
router.routes.append(Route(PATH, Door()))
