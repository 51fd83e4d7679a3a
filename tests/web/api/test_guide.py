"""The examples of docs/api.md, run as they stand against a server on a port of its own."""

from __future__ import annotations

import io
import json
import re
import shlex
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

import httpx
import pytest

from foreshock.ledger import Query
from foreshock.web import Desk, make_app

GUIDE = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
SHOWN = "http://127.0.0.1:8642"


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)


@contextmanager
def served(desk: Desk) -> Iterator[str]:
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(make_app(desk), host="127.0.0.1", port=0, log_level="warning"))
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    while not server.started:
        assert running.is_alive()
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    running.join(10)


@pytest.fixture(scope="module")
def address(desk: Desk) -> Iterator[str]:
    with served(desk) as found:
        yield found


@pytest.mark.parametrize("line", [line for block in blocks("bash") for line in block.splitlines()])
def test_what_curl_asks_is_answered(address: str, line: str) -> None:
    words = shlex.split(line.replace(SHOWN, address))
    assert words.pop(0) == "curl"
    headers, parameters, target = {}, [], ""
    while words:
        one = words.pop(0)
        if one == "-H":
            name, _, value = words.pop(0).partition(": ")
            headers[name] = value
        elif one == "--data-urlencode":
            name, _, value = words.pop(0).partition("=")
            parameters.append((name, value))
        elif one not in ("-s", "--get", "--compressed"):
            target = one
    answer = httpx.get(target, headers=headers, params=parameters or None, timeout=60)
    if "staus" in line:
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["parameter"] == "staus"
        return
    assert answer.status_code == 200, answer.text
    assert answer.headers["foreshock-notice"] == "machine-coded, unofficial"
    if answer.headers["content-type"] == "application/json":
        assert answer.json()["items"]
        assert answer.json()["claim_ids"]
    elif "ndjson" in answer.headers["content-type"]:
        assert all(json.loads(row)["id"] for row in answer.text.splitlines())
    else:
        assert answer.text.startswith("# ")


def ids_told_by(code: str, address: str) -> list[str]:
    out = io.StringIO()
    with redirect_stdout(out):
        exec(compile(code.replace(SHOWN, address), "docs/api.md", "exec"), {"__name__": "example"})
    return re.findall(r"\b[0-9a-f]{20}\b", out.getvalue())


def test_ten_lines_tell_every_denial(address: str, desk: Desk) -> None:
    told = ids_told_by(blocks("python")[0], address)
    assert sorted(told) == sorted(one.id for one in desk.ledger.claims(Query(status="denied")))
    assert len(told) > 4  # more than a page
    assert len([line for line in blocks("python")[0].splitlines() if line.strip()]) <= 10


def test_a_decision_is_handed_in(own_desk: Desk) -> None:
    with served(own_desk) as found:
        told = ids_told_by(blocks("python")[1], found)
    assert told == [one.id for one in own_desk.ledger.judgements()]


def test_a_model_asks_the_desk(address: str) -> None:
    assert len(ids_told_by(blocks("python")[2], address)) == 2
