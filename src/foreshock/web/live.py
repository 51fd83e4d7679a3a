"""What is new, pushed: one watcher of the ledger for all, one stream of server-sent events a browser."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import asdict

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import StreamingResponse

from foreshock.ledger.head import Head, head
from foreshock.web.desk import Desk

router = APIRouter()
PERIOD = 1.0  # seconds between looks at the ledger
QUIET = 20.0  # seconds after which a comment keeps the connection open
MOST = 200  # streams at once; the next one is told to come back


class Pulse:
    """Looks at the ledger once a second, however many listen, and wakes them when it has grown."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._changed = asyncio.Condition()
        self.head: Head | None = None
        self.listeners = 0

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            found = await asyncio.to_thread(head, self._desk.ledger)
            if found != self.head:
                async with self._changed:
                    self.head = found
                    self._changed.notify_all()
            await asyncio.sleep(PERIOD)

    async def after(self, seen: Head | None, *, patience: float) -> Head | None:
        """Return a head other than the one seen, or None when patience (in seconds) ends first."""
        async with self._changed:
            try:
                await asyncio.wait_for(self._changed.wait_for(lambda: self.head not in (None, seen)), patience)
            except TimeoutError:
                return None
            return self.head


@router.get("/live", include_in_schema=False)
async def live(request: Request) -> StreamingResponse:
    """Stream ``grown`` events, each with how far the ledger has come, as JSON."""
    pulse: Pulse = request.app.state.pulse
    if pulse.listeners >= MOST:
        return StreamingResponse(iter(()), status_code=503, headers={"Retry-After": "30"})
    return StreamingResponse(_events(request, pulse), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


async def _events(request: Request, pulse: Pulse) -> AsyncIterator[bytes]:
    seen = pulse.head
    pulse.listeners += 1
    try:
        yield b"retry: 3000\n\n"
        while not await request.is_disconnected():
            found = await pulse.after(seen, patience=QUIET)
            if found is None:
                yield b": still here\n\n"
                continue
            seen = found
            yield b"event: grown\ndata: " + msgspec.json.encode(asdict(found)) + b"\n\n"
    finally:
        pulse.listeners -= 1
