"""The body of a request: bounded, and with a beginning that can be looked at before the desk reads it."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from starlette.types import Message, Receive


def told_length(headers: Mapping[str, str]) -> int | None:
    """Return the length that a request announces: 0 where it announces none, None where what it says is no length."""
    given = headers.get("content-length", "0")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else None


class Body:
    """Hands a body on, message by message; over the limit it ends as if the other side had gone.

    Args:
        receive: where the messages come from.
        limit: bytes at most.
    """

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive, self._limit = receive, limit
        self._seen: deque[Message] = deque()
        self._size = 0
        self.over = False

    async def begin(self, most: int) -> bytes:
        """Return the body as far as it goes, ``most`` bytes or a little more; it is handed on all the same."""
        parts = list[bytes]()
        while sum(map(len, parts)) < most:
            message = await self._next()
            self._seen.append(message)
            parts.append(message.get("body", b""))
            if message["type"] != "http.request" or not message.get("more_body", False):
                break
        return b"".join(parts)

    async def __call__(self) -> Message:
        """Return the next message."""
        return self._seen.popleft() if self._seen else await self._next()

    async def _next(self) -> Message:
        if self.over:
            return {"type": "http.disconnect"}
        message = await self._receive()
        self._size += len(message.get("body", b""))
        if self._size > self._limit:
            self.over = True
            return {"type": "http.disconnect"}
        return message
