"""Desk: how long do pages take while fifty people read and documents come in?

Source: the invented example, and short invented dispatches that are ingested meanwhile. PATH is a scratch folder, where ledgers
and a PostgreSQL server of our own are made and removed.

Metric: a real ``foreshock serve`` on loopback, fifty clients at once that each open a page, read it for one to five seconds and
open the next, going round all screens of the desk, receipts and the API; a real ``foreshock ingest`` of a hundred
dispatches beside it, again and again. ``p50_ms`` and ``p95_ms`` are over all answers until their last byte; ``pages`` has the p95
of each. ``errors`` counts answers other than 200, of which there may be none. ``stale_s`` is how long after the last document was
kept the pages showed all of it. Matching rule: none. ``limit`` is how many seconds the clients read, 20 where not given.

Best of others: none published; the bar is a p95 under 300 ms on two cores.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from contextlib import closing
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from foreshock import pipeline
from foreshock.ledger import Ledger
from foreshock.settings import read_settings
from foreshock.web import example

CLIENTS = 50
SECONDS = 20
THINKS = (1.0, 5.0)  # seconds that somebody looks at a page
DISPATCHES = 100
PLACES = ("Almaty", "Aktobe", "Shymkent", "Taraz", "Atyrau", "Pavlodar")
SCREENS = (
    "/", "/map", "/incidents", "/figures", "/conditions", "/disputes", "/scenarios", "/silence", "/documents", "/sources",
    "/sources/origins", "/watches", "/documents?q=Almaty", "/data/places.json", "/api/v1/claims?limit=50", "/?as_of=2022-01-08",
)  # fmt: skip
FREE = {"FORESHOCK_READS_PER_MINUTE": "1000000"}  # fifty people behind one address are not one flood


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:  # noqa: ARG001 -- one signature for all benches
    """Return the figures of both engines side by side."""
    seconds = limit or SECONDS
    with TemporaryDirectory(dir=data, prefix="desk-") as name:
        folder = Path(name)
        example = folder / "example.sqlite"
        _example(example)
        shutil.copy(example, folder / "desk.sqlite")
        told: dict[str, Any] = {"clients": CLIENTS, "seconds": seconds}
        told["sqlite"] = measure(str(folder / "desk.sqlite"), folder, seconds)
        with import_module("bench.ledger")._server(folder / "server") as address:
            place = address("desk")
            Ledger.restore(example, place)
            told["postgresql"] = measure(place, folder, seconds)
    return told


def measure(ledger: str, folder: Path, seconds: float) -> dict[str, Any]:
    """Return the figures of one ledger: a desk is served, read and fed for so many seconds."""
    port = _free_port()
    environment = {**os.environ, **FREE, "FORESHOCK_LEDGER": ledger}
    command = [sys.executable, "-m", "foreshock", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment, cwd=folder, stdout=subprocess.DEVNULL) as serving:
        try:
            return asyncio.run(_read(f"http://127.0.0.1:{port}", ledger, folder, environment, seconds))
        finally:
            serving.terminate()


async def _read(url: str, ledger: str, folder: Path, environment: dict[str, str], seconds: float) -> dict[str, Any]:
    limits = httpx.Limits(max_connections=CLIENTS + 1)
    async with httpx.AsyncClient(base_url=url, timeout=60, limits=limits) as client:
        await _up(client)
        pages = await _pages(client)
        for page in pages:
            (await client.get(page)).raise_for_status()  # once, as the first reader of the day does
        took: dict[str, list[float]] = defaultdict(list)
        wrong: list[str] = []
        until = time.monotonic() + seconds
        feeding = asyncio.create_task(_feed(folder, environment, until))
        await asyncio.gather(*(_client(client, pages, number, until, took, wrong) for number in range(CLIENTS)))
        kept = await feeding
        stale = await _shown(client, ledger)
    every = [one for some in took.values() for one in some]
    return {
        "p95_ms": _p95(every), "p50_ms": round(1000 * statistics.median(every), 1), "errors": len(wrong), "answers": len(every),
        "documents_kept": kept, "stale_s": stale, "wrong": sorted(set(wrong))[:5],
        "pages": {page: _p95(some) for page, some in sorted(took.items())},
    }  # fmt: skip


async def _client(
    client: httpx.AsyncClient, pages: list[str], number: int, until: float, took: dict[str, list[float]], wrong: list[str]
) -> None:
    dice = random.Random(number)
    await asyncio.sleep(dice.uniform(0, THINKS[1]))
    while time.monotonic() < until:
        page = dice.choice(pages)
        started = time.perf_counter()
        answer = await client.get(page)
        took[page.partition("?")[0] if "/receipts/" not in page else "/receipts"].append(time.perf_counter() - started)
        if answer.status_code != 200:
            wrong.append(f"{page}: {answer.status_code}")
        await asyncio.sleep(dice.uniform(*THINKS))


async def _feed(folder: Path, environment: dict[str, str], until: float) -> int:
    """Ingest dispatches, a command after the other, until the end; return how many were kept."""
    kept = 0
    for batch in range(1000):
        if time.monotonic() >= until:
            break
        sent = folder / f"dispatches-{time.monotonic_ns()}"
        sent.mkdir()
        for number in range(DISPATCHES):
            name = f"{batch}-{number}"
            place, day = PLACES[number % len(PLACES)], 1 + number % 9
            (sent / f"{name}.txt").write_text(
                f"{place.upper()}, {day} January 2022 (Paper Kite) - Police arrested {10 + number} people in {place} on "
                f"Wednesday, the mayor said. Column {sent.name} of dispatch {name} was counted.\n",
                encoding="utf-8",
            )
        command = [sys.executable, "-m", "foreshock", "ingest", str(sent)]
        feeding = await asyncio.create_subprocess_exec(*command, env=environment, cwd=folder, stdout=subprocess.DEVNULL)
        if await feeding.wait():
            raise RuntimeError(f"foreshock ingest failed with {feeding.returncode}")
        kept += DISPATCHES
    return kept


async def _shown(client: httpx.AsyncClient, ledger: str) -> float:
    """Return after how many seconds the desk shows all that is kept."""
    with Ledger(ledger if "://" in ledger else Path(ledger), create=False) as kept:
        wanted = sum(kept.counts().values())
    started = time.monotonic()
    while time.monotonic() - started < 60:
        if f"{wanted:,}" in (await client.get("/incidents")).text:
            return round(time.monotonic() - started, 1)
        await asyncio.sleep(0.2)
    raise RuntimeError(f"after a minute the desk does not show its {wanted} claims")


async def _up(client: httpx.AsyncClient) -> None:
    for _ in range(600):
        try:
            if (await client.get("/readyz")).status_code == 200:
                return
        except httpx.TransportError:
            pass
        await asyncio.sleep(0.1)
    raise RuntimeError("foreshock serve did not come up within a minute")


async def _pages(client: httpx.AsyncClient) -> list[str]:
    """Return the addresses that are read: every screen, some documents and receipts, and the API."""
    screens = list(SCREENS)
    documents = (await client.get("/api/v1/documents?limit=5")).json()
    claims = (await client.get("/api/v1/claims?limit=5")).json()
    screens += [f"/documents/{one['id']}" for one in _items(documents)]
    return screens + [f"/receipts/claim/{one['id']}" for one in _items(claims)]


def _items(answer: dict[str, Any]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = answer["items"]
    return items


def _p95(seconds: list[float]) -> float:
    return round(1000 * sorted(seconds)[int(0.95 * (len(seconds) - 1))], 1)


def _example(path: Path) -> None:
    bench = pipeline.Workbench(read_settings(path.parent, dict(os.environ)))
    with Ledger(path) as kept:
        for _ in example.fill(kept, bench):
            pass


def _free_port() -> int:
    with closing(socket.socket()) as asking:
        asking.bind(("127.0.0.1", 0))
        return int(asking.getsockname()[1])
