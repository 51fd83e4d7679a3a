"""A desk with accounts on an empty ledger, clocks that are set by hand, and hashes that take no time."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from foreshock import pipeline
from foreshock.ledger import Ledger
from foreshock.ledger.accounts import Accounts
from foreshock.ledger.audit import AuditLog, Doer
from foreshock.ledger.passwords import Passwords
from foreshock.settings import Settings
from foreshock.web import Desk, make_app, static
from foreshock.web.auth import Access, audit, make_access, viewer

HOST = "desk.example"
SETUP = Doer("setup", "cli")
PASSWORDS = {"mira": "four plain words here", "oleg": "other plain words now", "rita": "third of plain words"}
ROLES = {"mira": "admin", "oleg": "analyst", "rita": "reader"}
TOKEN = re.compile(r'<meta name="csrf-token" content="([0-9a-f]{64})">|name="csrf_token" value="([0-9a-f]{64})"')


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    at: datetime = field(default_factory=lambda: datetime(2026, 11, 29, 12, tzinfo=UTC))

    def now(self) -> datetime:
        return self.at

    def steady(self) -> float:
        return self.at.timestamp()

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class Team:
    """A desk, who may enter it, and browsers at it."""

    desk: Desk
    access: Access
    clock: Clock
    app: Any

    def browser(self, address: str = "https://desk.example", **options: Any) -> TestClient:
        made = TestClient(self.app, base_url=address, follow_redirects=False, raise_server_exceptions=False, **options)
        made.headers["Accept"] = "text/html"
        return made

    def signed_in(self, name: str, **options: Any) -> TestClient:
        made = self.browser(**options)
        assert sign_in(made, name, PASSWORDS[name]).status_code == 303
        made.headers["X-CSRF-Token"] = token_of(made.get("/account").text)
        return made

    def program(self, name: str, *scopes: str) -> TestClient:
        _, secret = self.access.tokens.add(name, "a program", scopes, by=SETUP, now=self.clock.now())
        made = self.browser()
        made.headers["Authorization"] = f"Bearer {secret}"
        return made

    def settle(self) -> None:
        """Wait until it is noted which sessions and tokens were seen."""
        self.app.middleware_stack._app._writing.submit(lambda: None).result(5)

    def deeds(self) -> list[tuple[str, str, str]]:
        return [(one.did, one.who, one.subject) for one in AuditLog(self.desk.ledger).deeds() if one.via != "cli"]


def token_of(page: str) -> str:
    found = TOKEN.search(page)
    assert found, page[:2000]
    return found[1] or found[2]


def sign_in(browser: TestClient, name: str, password: str, **fields: str) -> Any:
    token = token_of(browser.get("/login").text)
    return browser.post("/login", data={"csrf_token": token, "name": name, "password": password, **fields})


@pytest.fixture(scope="session")
def cheap() -> Passwords:
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, cheap: Passwords) -> Path:
    """A ledger with the accounts, to be copied."""
    path = tmp_path_factory.mktemp("accounts") / "template.sqlite"
    with Ledger(path) as ledger:
        for name, role in ROLES.items():
            hashed = cheap.make(PASSWORDS[name], name)
            Accounts(ledger).add(name, role, by=SETUP, now=Clock().now(), password=hashed)
        ledger.backup(path.with_suffix(".copy"))
    return path.with_suffix(".copy")


@pytest.fixture(scope="session")
def make_team(tmp_path_factory: pytest.TempPathFactory, template: Path, cheap: Passwords) -> Iterator[Callable[..., Team]]:
    """Return a maker of desks with accounts, each on a ledger of its own; what is given are settings."""
    if not (Path(static.__file__).parent / "static" / "manifest.json").is_file():
        pytest.skip("the desk's assets are not built: make assets")
    opened: list[Desk] = []

    def make(*, secret: str | None = None, **given: Any) -> Team:
        folder = tmp_path_factory.mktemp("team")
        path = Path(shutil.copy(template, folder / "ledger.sqlite"))
        wanted = {"hosts": (HOST,), "login": "always", "writes_per_minute": 6000, **given}
        ledger, clock, settings = Ledger(path), Clock(), Settings(ledger=path, cache=folder, **wanted)
        desk = Desk(ledger, pipeline.Workbench(settings), now=clock.now)
        opened.append(desk)
        access = make_access(ledger, settings, secret=secret, passwords=cheap, now=clock.now, steady=clock.steady)
        app = make_app(desk, access)
        app.add_route("/probe", probe, methods=["GET", "POST", "PUT"])
        app.add_route("/api/probe", probe, methods=["GET", "POST", "PUT"])
        app.add_route("/broken", broken)
        return Team(desk, access, clock, app)

    yield make
    for one in opened:
        one.close()


@pytest.fixture(scope="module")
def team(make_team: Callable[..., Team]) -> Team:
    """A desk where everybody needs a login; the tests of a file share it."""
    return make_team()


@pytest.fixture(scope="module")
def alone(make_team: Callable[..., Team]) -> Team:
    """A desk that only this machine reaches; the tests of a file share it."""
    return make_team(login="auto", hosts=())


@pytest.fixture
def fresh(make_team: Callable[..., Team]) -> Team:
    """A desk of one's own where everybody needs a login."""
    return make_team()


async def probe(request: Request) -> PlainTextResponse:
    body = await request.body()
    found = viewer(request)
    if request.method == "POST" and found.role != "nobody":
        audit(request, "probe", "it", bytes=len(body))
    return PlainTextResponse(f"{found.name} {found.role} {found.via} {len(body)} {request.url.scheme}")


async def broken(request: Request) -> PlainTextResponse:
    raise RuntimeError("on purpose")
