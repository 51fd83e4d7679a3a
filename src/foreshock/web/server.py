"""The server: uvicorn in this process, told of what it may and may not do."""

from __future__ import annotations

import sys

from fastapi import FastAPI

SWITCH = 0.0005  # seconds; Python's own is ten times that


def run(app: FastAPI, *, host: str, port: int) -> None:
    """Serve an application until it is interrupted.

    Args:
        app: the desk.
        host, port: where it listens.
    """
    import uvicorn

    # A page asks the ledger dozens of times, and each time would wait for the thread that makes a picture beside it.
    sys.setswitchinterval(SWITCH)
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_config=None,  # the log is the command's own
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # the guard reads them
        timeout_graceful_shutdown=3,
        h11_max_incomplete_event_size=32_768,
    )
