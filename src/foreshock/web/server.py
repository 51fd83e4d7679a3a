"""The server: uvicorn in this process, told of what it may and may not do."""

from __future__ import annotations

from fastapi import FastAPI


def run(app: FastAPI, *, host: str, port: int) -> None:
    """Serve an application until it is interrupted.

    Args:
        app: the desk.
        host, port: where it listens.
    """
    import uvicorn

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
