"""What the guard lets in, and what not."""

from __future__ import annotations

import asyncio
import getpass
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from foreshock.errors import AccessError
from foreshock.ledger import Ledger
from foreshock.settings import Settings
from foreshock.web.auth import csrf, make_access
from foreshock.web.auth.guard import PUBLIC
from foreshock.web.security.headers import POLICY
from tests.web.auth.conftest import SETUP, Team, token_of

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def local(team: Team) -> TestClient:
    return team.browser("http://127.0.0.1:8642")


# --- a desk on this machine


def test_the_user_of_this_machine_needs_no_login(alone: Team) -> None:
    for address in ("http://127.0.0.1:8642", "http://localhost:8642", "http://[::1]:8642", "http://127.9.9.9"):
        answer = alone.browser(address).get("/probe")
        assert answer.text == f"{getpass.getuser()} admin loopback 0 http"
    assert local(alone).get("/login").headers["location"] == "/"


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "desk.example",
        "192.0.2.1",
        "",
        "a@127.0.0.1",
        "[::1",
        "::1",
    ],
)
def test_another_name_gets_nothing(alone: Team, host: str) -> None:
    answer = local(alone).get("/probe", headers={"Host": host})
    assert answer.status_code == 421
    assert getpass.getuser() not in answer.text


def test_two_hosts_get_nothing(alone: Team) -> None:
    answer = local(alone).get("/probe", headers=[("Host", "127.0.0.1"), ("Host", "evil.example")])
    assert answer.status_code == 421


@pytest.mark.parametrize(
    "sent",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:9999"},  # another program's page on this machine
        {"Origin": "http://127.0.0.1:8642.evil.example"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
    ],
)
def test_a_page_elsewhere_changes_nothing(alone: Team, sent: dict[str, str]) -> None:
    browser, before = local(alone), alone.deeds()
    token = token_of(browser.get("/account").text)
    for kind in ("application/x-www-form-urlencoded", "text/plain", "application/json"):
        answer = browser.post("/probe", content="a=b", headers={**sent, "X-CSRF-Token": token, "Content-Type": kind})
        assert answer.status_code == 403
    assert alone.deeds() == before


def test_a_page_elsewhere_reads_nothing_but_may_link_here(alone: Team) -> None:
    browser, other = local(alone), {"Sec-Fetch-Site": "cross-site"}
    assert browser.get("/probe", headers={**other, "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}).status_code == 403
    assert browser.get("/probe", headers={**other, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}).status_code == 403
    assert browser.get("/probe", headers={**other, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}).status_code == 200


@pytest.mark.parametrize("sent", [{}, {"Origin": "null"}, {"Sec-Fetch-Site": "same-origin", "Origin": "null"}])
def test_a_form_without_its_token_changes_nothing(alone: Team, sent: dict[str, str]) -> None:
    browser, before = local(alone), alone.deeds()
    right = token_of(browser.get("/account").text)
    stranger = token_of(local(alone).get("/account").text)
    for token in ("", "x", "0" * 64, stranger, right[:-1], right + "0"):
        assert browser.post("/probe", data={"csrf_token": token}, headers=sent).status_code == 403
    assert browser.post("/probe", headers=sent).status_code == 403
    assert alone.deeds() == before
    for kind in ({"data": {"csrf_token": right, "x": "1"}}, {"headers": {"X-CSRF-Token": right}}):
        kind["headers"] = {**sent, **kind.get("headers", {})}
        assert browser.post("/probe", **kind).status_code == 200
    assert len(alone.deeds()) == len(before) + 2


def test_a_cookie_that_somebody_else_set_makes_no_token(alone: Team) -> None:
    browser, other = local(alone), csrf.of_seed(b"another secret", "s" * 32)
    browser.cookies.set(csrf.COOKIE, "s" * 32)
    assert browser.post("/probe", headers={"X-CSRF-Token": other.token, **FORM}).status_code == 403


def test_a_form_with_a_file_has_its_token_first(alone: Team) -> None:
    browser = local(alone)
    token, file = token_of(browser.get("/account").text), {"file": ("a.opml", b"x" * 500_000)}
    assert browser.post("/probe", data={"csrf_token": token}, files=file).status_code == 200
    assert browser.post("/probe", data={"csrf_token": "0" * 64}, files=file).status_code == 403
    assert browser.post("/probe", data={"a": "b", "csrf_token": token}, files=file).status_code == 403
    assert browser.post("/probe", files=file).status_code == 403


def test_a_program_needs_no_token_since_no_page_can_send_what_it_sends(alone: Team) -> None:
    program = local(alone)
    assert program.post("/probe", json={"a": 1}).status_code == 200
    assert program.put("/probe").status_code == 200
    assert program.post("/probe", data={"a": "b"}).status_code == 403
    assert program.post("/probe", json={"a": 1}, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 403
    assert program.post("/probe", json={"a": 1}, headers={"Cookie": "a=b"}).status_code == 403


@pytest.mark.parametrize("peer", ["192.0.2.9", "10.0.0.1", "fe80::1"])
def test_another_machine_gets_nothing_without_a_login_whoever_runs_the_app(alone: Team, peer: str) -> None:
    answer = alone.browser("http://127.0.0.1:8642", client=(peer, 1)).get("/probe", headers={"Host": "localhost"})
    assert answer.status_code == 403
    assert alone.browser("http://127.0.0.1:8642", client=("127.0.0.1", 1)).get("/probe").status_code == 200


@pytest.mark.parametrize("mark", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via", "X-Forwarded-Proto"])
def test_a_proxy_that_was_not_told_of_makes_nobody_admin(alone: Team, mark: str) -> None:
    answer = local(alone).get("/probe", headers={mark: "192.0.2.7"})
    assert answer.status_code == 403
    assert "trusted_proxy" in answer.text


# --- where a login is needed


def test_another_address_needs_somebody_who_can_sign_in(tmp_path, cheap) -> None:
    given_settings = Settings(ledger=tmp_path / "ledger.sqlite", cache=tmp_path, login="always")
    with Ledger(given_settings.ledger) as ledger:
        for asked, host in ((replace(given_settings, login="auto"), "192.0.2.1"), (given_settings, "127.0.0.1")):
            with pytest.raises(AccessError, match="no account with a password") as error:
                make_access(ledger, asked, host=host)
            assert "foreshock accounts add" in error.value.remedy
        made = make_access(ledger, replace(given_settings, login="auto"))
        made.accounts.add("mira", "admin", by=SETUP, now=made.now(), password=cheap.make("four plain words here", "mira"))
        assert make_access(ledger, given_settings, host="0.0.0.0").local is None
        assert make_access(ledger, replace(given_settings, login="auto")).local == getpass.getuser()
        assert make_access(ledger, replace(given_settings, login="auto", trusted_proxy=("127.0.0.1",))).local is None


def test_who_is_not_signed_in_is_led_to_the_login_and_told_nothing(team: Team) -> None:
    browser = team.browser()
    answer = browser.get("/probe?as_of=2026-01&x=%2F")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=%2Fprobe%3Fas_of%3D2026-01%26x%3D%252F")
    assert browser.get("/api/probe").status_code == 401
    assert browser.get("/api/probe").headers["content-type"] == "application/problem+json"
    assert browser.get("/live", headers={"Accept": "text/event-stream"}).status_code == 401
    assert browser.post("/probe", json={}).headers["location"] == "/login"
    moved = browser.get("/probe", headers={"HX-Request": "true", "HX-Current-URL": "https://desk.example/documents?q=x"})
    assert (moved.status_code, moved.headers["hx-redirect"]) == (401, "/login?next=%2Fdocuments%3Fq%3Dx")
    for path in ("/", "/account", "/admin", "/admin/audit", "/no-such-page", "/metrics", "//evil.example", "/login/x"):
        assert browser.get(path).status_code == 303, path
    assert browser.get("/static/none.js").status_code == 404
    assert browser.get("/static/icon.svg").status_code == 200


def test_no_crisis_is_named_to_a_stranger(team: Team) -> None:
    from foreshock.model import Crisis

    team.desk.ledger.keep_crisis(Crisis("a name to keep"), team.clock.now())
    for path in ("/login", "/static/none.js", "/login?next=/x"):
        assert "a name to keep" not in team.browser().get(path).text
    assert "a name to keep" in team.signed_in("rita").get("/account").text


@pytest.mark.parametrize(
    ("name", "path", "read", "write"),
    [
        ("rita", "/probe", 200, 403), ("oleg", "/probe", 200, 200), ("mira", "/probe", 200, 200), ("rita", "/admin", 403, 403),
        ("oleg", "/admin/audit", 403, 403), ("mira", "/admin", 200, 405), ("rita", "/account", 200, 405),
    ],
)  # fmt: skip
def test_a_role_bounds_what_one_may(team: Team, name: str, path: str, read: int, write: int) -> None:
    browser = team.signed_in(name)
    assert browser.get(path).status_code == read
    assert browser.post(path).status_code == write


@pytest.mark.parametrize(
    ("name", "scopes", "read", "write", "account", "admin"),
    [
        ("mira", ["read"], 200, 403, 403, 403), ("mira", ["judge"], 403, 200, 403, 403), ("mira", ["ingest"], 403, 200, 403, 403),
        ("mira", ["admin"], 200, 200, 200, 200), ("rita", ["read", "judge", "ingest", "admin"], 200, 403, 200, 403),
        ("oleg", ["read", "judge"], 200, 200, 403, 403),
    ],
)  # fmt: skip
def test_a_token_does_no_more_than_its_scopes_and_its_role(team: Team, name, scopes, read, write, account, admin) -> None:
    program = team.program(name, *scopes)
    assert program.get("/api/probe").status_code == read
    assert program.post("/api/probe", json={}).status_code == write
    assert program.get("/account").status_code == account
    assert program.get("/admin").status_code == admin


def test_a_token_that_is_none_is_refused_also_where_no_login_is_needed(team: Team, alone: Team) -> None:
    for header in ("Bearer fs_none", "Bearer", "Basic bWlyYTp4", "fs_none", "Bearer fs_" + "x" * 9999):
        for browser in (team.browser(), local(alone)):
            answer = browser.get("/api/probe", headers={"Authorization": header})
            assert answer.status_code == 401
            assert "Bearer" in answer.headers["www-authenticate"]
    assert team.browser().get("/login", headers={"Authorization": "Bearer fs_none"}).status_code == 401


def test_a_token_is_read_from_its_header_only(team: Team) -> None:
    _, secret = team.access.tokens.add("mira", "x", ["read"], by=SETUP, now=team.clock.now())
    browser = team.browser()
    assert browser.get(f"/api/probe?access_token={secret}&token={secret}").status_code == 401
    browser.cookies.set("__Host-foreshock-session", secret)
    assert browser.get("/api/probe").status_code == 401


def test_when_a_token_was_used_is_noted(team: Team) -> None:
    team.program("oleg", "read").get("/api/probe")
    team.settle()
    assert {one.used_at for one in team.access.tokens.all("oleg")} >= {"2026-11-29T12:00:00Z"}


def test_too_much_is_refused_while_it_comes(team: Team) -> None:
    def endless():
        for _ in range(40):
            yield b"x" * 100_000

    browser = team.signed_in("oleg")
    sent = {"X-CSRF-Token": browser.headers["X-CSRF-Token"], **FORM}
    assert browser.post("/probe", content=b"x" * 2_000_000, headers=sent).status_code == 413
    assert browser.post("/probe", content=endless(), headers=sent).status_code == 413
    assert browser.post("/probe", content=endless(), headers={"Content-Type": "application/json"}).text.startswith("oleg analyst")
    assert team.browser().post("/login", content=b"x" * 70_000, headers=FORM).status_code == 413
    assert team.browser().post("/login", content=endless(), headers=FORM).status_code == 413
    assert browser.post("/probe", headers={"Content-Length": "-1"}).status_code in (400, 413)


def test_so_many_requests_and_no_more(make_team) -> None:
    team = make_team(reads_per_minute=20)
    rita = team.signed_in("rita")
    told = [rita.get("/probe").status_code for _ in range(5)]
    assert told.index(429) == 4  # a burst of 5, of which the account page took one
    refused = rita.get("/probe")
    assert refused.headers["retry-after"] == "3"
    assert team.signed_in("oleg").get("/probe").status_code == 200
    assert rita.get("/static/icon.svg").status_code == 200
    team.clock.move(seconds=3)
    assert rita.get("/probe").status_code == 200
    crowd = team.browser()
    assert 429 in [crowd.get("/login").status_code for _ in range(45)]


# --- where a request comes from


def test_a_proxy_is_believed_where_it_is_trusted(make_team) -> None:
    team = make_team(trusted_proxy=("10.0.0.0/8",))
    sent = {"X-Forwarded-For": "203.0.113.66, 192.0.2.7, 10.0.0.9", "X-Forwarded-Proto": "https"}
    proxied = team.signed_in("oleg", address="https://desk.example", client=("10.0.0.5", 1))
    assert proxied.post("/probe", headers=sent).text.endswith("https")
    straight = team.browser("http://desk.example", client=("198.51.100.4", 1))
    assert "strict-transport-security" not in straight.get("/login", headers=sent).headers
    assert [one.address for one in team.access.log.deeds(did="probe")] == ["192.0.2.7"]


def test_a_list_that_cannot_be_is_not_believed(make_team) -> None:
    team = make_team(trusted_proxy=("10.0.0.5",))
    browser = team.signed_in("oleg", client=("10.0.0.5", 1))
    for listed in ("nonsense", "", "192.0.2.7, <script>", "1.2.3.4:99"):
        browser.post("/probe", headers={"X-Forwarded-For": listed})
    assert [one.address for one in team.access.log.deeds(did="probe")] == ["10.0.0.5"] * 4
    with pytest.raises(AccessError, match="trusted_proxy is 'a proxy'"):
        make_team(trusted_proxy=("a proxy",))


# --- every answer


@pytest.mark.parametrize(
    ("path", "status"),
    [("/probe", 200), ("/no-such-page", 404), ("/broken", 500), ("/static/icon.svg", 200), ("/static/none", 404), ("/admin", 403),
     ("/login", 303), ("/api/none", 404)],
)  # fmt: skip
def test_every_answer_has_the_headers(team: Team, path: str, status: int) -> None:
    answer = team.signed_in("rita").get(path)
    assert answer.status_code == status
    told = answer.headers
    assert told["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert (told["x-content-type-options"], told["referrer-policy"]) == ("nosniff", "no-referrer")
    assert (told["cross-origin-opener-policy"], told["cross-origin-resource-policy"]) == ("same-origin", "same-origin")
    assert told["strict-transport-security"] == "max-age=31536000"
    assert "camera=()" in told["permissions-policy"]
    assert told["cache-control"] == ("public, max-age=31536000, immutable" if path == "/static/icon.svg" else "private, no-store")


@pytest.mark.parametrize("sent", [{"Host": "evil.example"}, {"Origin": "https://evil.example"}, {"Authorization": "Bearer x"}])
def test_refusals_have_the_headers_too(team: Team, sent: dict[str, str]) -> None:
    answer = team.browser().post("/login", headers=sent)
    assert answer.status_code in (401, 403, 421)
    assert answer.headers["content-security-policy"] == POLICY


def test_a_fault_tells_no_trace(team: Team) -> None:
    answer = team.signed_in("rita").get("/broken")
    assert answer.status_code == 500
    assert "on purpose" not in answer.text
    assert "Traceback" not in answer.text


def test_without_https_no_browser_is_told_to_stay_with_it(alone: Team) -> None:
    assert "strict-transport-security" not in local(alone).get("/probe").headers


def test_a_socket_is_closed(team: Team) -> None:
    from starlette.websockets import WebSocketDisconnect

    with pytest.raises(WebSocketDisconnect), team.browser().websocket_connect("/probe"):
        pass


def test_a_ledger_that_cannot_be_read_lets_nobody_in(team: Team, monkeypatch) -> None:
    from foreshock.errors import LedgerError

    rita = team.signed_in("rita")

    def fail(*_: object) -> None:
        raise LedgerError("the disk is on fire")

    monkeypatch.setattr(team.access.sessions, "find", fail)
    answer = rita.get("/probe")
    assert answer.status_code == 503
    assert "fire" not in answer.text


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE", "OPTIONS", "BREW"]),
    path=st.text(max_size=12).map(lambda text: f"/{text}"),
    sent=st.lists(
        st.tuples(
            st.sampled_from(
                [
                    b"host",
                    b"origin",
                    b"authorization",
                    b"cookie",
                    b"x-forwarded-for",
                    b"content-length",
                    b"content-type",
                    b"x-csrf-token",
                ]
            ),
            st.binary(max_size=30),
        ),
        max_size=4,
    ),
    body=st.binary(max_size=60),
)
def test_whatever_comes_nobody_unknown_gets_in(
    team: Team, method: str, path: str, sent: list[tuple[bytes, bytes]], body: bytes
) -> None:
    told: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, object]) -> None:
        told.append(message)

    scope = {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": body,
        "headers": [(b"host", b"desk.example"), *sent],
        "scheme": "https", "client": ("192.0.2.1", 1), "server": ("desk.example", 443), "root_path": "", "http_version": "1.1",
    }  # fmt: skip
    team.clock.move(seconds=1)
    asyncio.run(team.app(scope, receive, send))
    assert told[0]["status"] in (303, 400, 401, 403, 413, 421) or path in PUBLIC
    names = {name for name, _ in told[0]["headers"]}
    assert {b"content-security-policy", b"x-content-type-options"} <= names
