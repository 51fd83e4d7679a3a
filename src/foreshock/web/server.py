"""The server: uvicorn in this process, told of what it may and may not do."""

from __future__ import annotations

from fastapi import FastAPI


def run(app: FastAPI, *, host: str, port: int, trusted_proxy: str | None = None) -> None:
    """Serve an application until it is interrupted.

    Args:
        app: the desk.
        host, port: where it listens.
        trusted_proxy: the address of a proxy whose X-Forwarded headers are believed; no other's are.
    """
    import uvicorn

    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=trusted_proxy is not None,
        forwarded_allow_ips=trusted_proxy or "",
        timeout_graceful_shutdown=3,
        h11_max_incomplete_event_size=32_768,
    )
