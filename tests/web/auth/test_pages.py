"""One's own account, and the screens of admins."""

from __future__ import annotations

import re

from tests.web.auth.conftest import PASSWORDS, SETUP, Team, sign_in

NEW = "quite another set of words"


def test_a_password_is_changed_with_the_old_one(fresh: Team) -> None:
    browser, other = fresh.signed_in("oleg"), fresh.signed_in("oleg")
    before = browser.cookies["__Host-foreshock-session"]

    def change(current: str, new: str = NEW, again: str = NEW) -> int:
        return browser.post("/account/password", data={"current": current, "new": new, "again": again}).status_code

    assert change("wrong words in here") == 400
    assert change(PASSWORDS["oleg"], again="something else now") == 400
    assert change(PASSWORDS["oleg"], "short", "short") == 400
    assert other.get("/probe").status_code == 200
    assert change(PASSWORDS["oleg"]) == 303
    assert browser.get("/probe").status_code == 200
    assert browser.cookies["__Host-foreshock-session"] != before
    assert other.get("/probe").status_code == 303
    assert sign_in(fresh.browser(), "oleg", PASSWORDS["oleg"]).status_code == 401
    assert sign_in(fresh.browser(), "oleg", NEW).status_code == 303


def test_sessions_are_listed_and_ended(fresh: Team) -> None:
    browser, other, third = (fresh.signed_in("oleg", headers={"User-Agent": f"<b>Browser {n}</b>"}) for n in range(3))
    stranger = fresh.signed_in("rita")
    page = browser.get("/account").text
    assert page.count("&lt;b&gt;Browser") == 3
    assert "<b>Browser" not in page
    handles = {name: re.search(rf"Browser {name}.*?name=\"session\" value=\"(\w+)\"", page, re.DOTALL)[1] for name in "12"}
    assert stranger.post("/account/sessions", data={"session": handles["1"]}).status_code == 303
    assert other.get("/probe").status_code == 200  # not by another one
    assert browser.post("/account/sessions", data={"session": handles["1"]}).status_code == 303
    assert other.get("/probe").status_code == 303
    assert browser.post("/account/sessions").status_code == 303
    assert (third.get("/probe").status_code, browser.get("/probe").status_code) == (303, 200)
    assert stranger.get("/probe").status_code == 200


def test_a_token_is_made_shown_once_and_revoked(fresh: Team) -> None:
    browser = fresh.signed_in("rita")
    page = browser.post("/account/tokens", data={"name": "<i>nightly</i>", "scopes": ["read"], "days": 30})
    secret = re.search(r'value="(fs_[\w-]+)"', page.text)[1]
    assert page.headers["cache-control"] == "private, no-store"
    program = fresh.browser()
    program.headers["Authorization"] = f"Bearer {secret}"
    assert program.get("/api/probe").text.startswith("rita reader token")
    listed = browser.get("/account").text
    assert secret not in listed
    assert "&lt;i&gt;nightly" in listed
    handle = re.search(r'name="token" value="(\w+)"', listed)[1]
    fresh.signed_in("oleg").post("/account/tokens/revoke", data={"token": handle})
    assert program.get("/api/probe").status_code == 200
    browser.post("/account/tokens/revoke", data={"token": handle})
    assert program.get("/api/probe").status_code == 401


def test_a_token_cannot_do_more_than_its_maker(fresh: Team) -> None:
    for name, scope in (("rita", "judge"), ("rita", "admin"), ("oleg", "admin"), ("mira", "everything")):
        answer = fresh.signed_in(name).post("/account/tokens", data={"name": "x", "scopes": ["read", scope], "days": 1})
        assert answer.status_code == 400
    assert fresh.access.tokens.all() == []


def test_an_admin_keeps_accounts(fresh: Team) -> None:
    mira, oleg = fresh.signed_in("mira"), fresh.signed_in("oleg")
    assert mira.post("/admin/accounts", data={"name": "Anna", "role": "reader", "password": NEW}).status_code == 303
    assert sign_in(fresh.browser(), "anna", NEW).status_code == 303
    assert mira.post("/admin/accounts", data={"name": "anna", "role": "reader", "password": NEW}).status_code == 400
    assert mira.post("/admin/accounts", data={"name": "b", "role": "chief", "password": NEW}).status_code == 422
    assert mira.post("/admin/accounts/role", data={"name": "anna", "role": "analyst"}).status_code == 303
    assert mira.post("/admin/accounts/password", data={"name": "anna", "password": "still other words to say"}).status_code == 303
    assert mira.post("/admin/accounts/role", data={"name": "mira", "role": "reader"}).status_code == 400
    assert mira.post("/admin/accounts/close", data={"name": "oleg"}).status_code == 303
    assert oleg.get("/probe").status_code == 303
    page = mira.get("/admin").text
    assert "anna" in page
    assert "closed" in page
    rita = fresh.signed_in("rita")
    for path in ("accounts", "accounts/role", "accounts/password", "accounts/close", "tokens/revoke"):
        answer = rita.post(f"/admin/{path}", data={"name": "rita", "role": "admin", "password": NEW, "token": "x"})
        assert answer.status_code == 403
    assert fresh.access.accounts.get("rita").role == "reader"


def test_an_admin_revokes_anybody_s_token(fresh: Team) -> None:
    program = fresh.program("oleg", "read")
    mira = fresh.signed_in("mira")
    handle = re.search(r'name="token" value="(\w+)"', mira.get("/admin").text)[1]
    assert mira.post("/admin/tokens/revoke", data={"token": handle}).status_code == 303
    assert program.get("/api/probe").status_code == 401
    assert 'name="token"' not in mira.get("/admin").text


def test_an_admin_reads_the_log_page_by_page(fresh: Team) -> None:
    for number in range(130):
        fresh.access.log.add(SETUP, "export", f"<x>{number}", fresh.clock.now())
    mira = fresh.signed_in("mira")
    page = mira.get("/admin/audit").text
    assert "&lt;x&gt;129" in page
    assert "<x>" not in page
    assert page.count("<tr>") == 101
    older = re.search(r'href="(/admin/audit\?[^"]*before=\d+)"', page)[1].replace("&amp;", "&")
    assert "&lt;x&gt;0<" in mira.get(older).text
    assert mira.get("/admin/audit?did=login").text.count("<tr>") == 2
    assert "Nothing." in mira.get("/admin/audit?who=nobody").text
    assert mira.get("/admin/audit?since=yesterday").status_code == 400
    assert mira.get("/admin/audit?before=0").status_code == 422


def test_who_is_alone_is_told_so_and_keeps_accounts_too(make_team) -> None:
    alone = make_team(login="auto", hosts=())
    browser = alone.browser("http://127.0.0.1:8642")
    page = browser.get("/account").text
    assert "needs no login" in page
    assert "foreshock accounts add" in page
    assert "needs no login" in browser.get("/admin").text
    from tests.web.auth.conftest import token_of

    token = token_of(page)
    assert (
        browser.post("/admin/accounts", data={"csrf_token": token, "name": "anna", "role": "reader", "password": NEW}).status_code
        == 303
    )
    assert alone.access.accounts.get("anna") is not None
