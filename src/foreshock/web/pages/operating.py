"""For operators: whether the desk lives (``/healthz``), is ready (``/readyz``), and its numbers (``/metrics``)."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from foreshock.errors import LedgerError
from foreshock.ledger.head import head
from foreshock.web.desk import desk_of
from foreshock.web.operating.metrics import Metrics

router = APIRouter(include_in_schema=False)
TEXT = "text/plain; version=0.0.4; charset=utf-8"


@router.get("/healthz")
async def alive() -> JSONResponse:
    """Say that the process answers; nothing else is asked."""
    return JSONResponse({"status": "alive"})


@router.get("/readyz")
def ready(request: Request) -> JSONResponse:
    """Say whether the ledger can be read; 503 where it cannot. What is wrong is in the log, not here."""
    try:
        head(desk_of(request).ledger)
    except LedgerError:
        return JSONResponse({"status": "the ledger cannot be read"}, 503, headers={"Retry-After": "10"})
    return JSONResponse({"status": "ready"})


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """Tell the numbers of this desk in Prometheus' text format."""
    numbers: Metrics = request.app.state.metrics
    return Response(numbers.text(), media_type=TEXT)
