"""Signing in and out: what is set, what is said, what is counted, what ends."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from foreshock.errors import AccessError
from foreshock.ledger.passwords import Passwords
from foreshock.web.auth.throttle import Throttle
from foreshock.web.security.site import safe_path
from tests.web.auth.conftest import PASSWORDS, SETUP, Team, sign_in, token_of

COOKIE = "__Host-foreshock-session"


def cookies(answer) -> dict[str, str]:
    return {one.partition("=")[0]: one for one in answer.headers.get_list("set-cookie")}


def test_the_cookies_are_for_this_desk_only(fresh: Team) -> None:
    browser = fresh.browser()
    seed = cookies(browser.get("/login"))["foreshock-seed"]
    assert {"HttpOnly", "Secure", "SameSite=Lax", "Path=/"} <= set(seed.split("; "))
    answer = sign_in(browser, "mira", PASSWORDS["mira"])
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    session = cookies(answer)[COOKIE]
    assert {"HttpOnly", "Secure", "SameSite=Lax", "Path=/"} <= set(session.split("; "))
    assert "Domain" not in session
    assert browser.get("/probe").text == "mira admin session 0 https"
    plain = fresh.browser("http://desk.example")
    assert sign_in(plain, "mira", PASSWORDS["mira"]).headers["set-cookie"].startswith("foreshock-session=")
    assert "Secure" not in str(cookies(sign_in(fresh.browser("http://desk.example"), "mira", PASSWORDS["mira"])))
    assert [one[:2] for one in fresh.deeds()] == [("login", "mira")] * 3


def test_a_session_that_was_there_before_is_not_the_one_after(fresh: Team) -> None:
    browser = fresh.browser()
    browser.cookies.set(COOKIE, "planted-by-somebody", domain="desk.example")
    sign_in(browser, "oleg", PASSWORDS["oleg"])
    first = browser.cookies[COOKIE]
    assert first != "planted-by-somebody"
    again = fresh.browser()
    again.cookies.set(COOKIE, first, domain="desk.example")
    again.headers["X-CSRF-Token"] = token_of(again.get("/account").text)
    assert again.post("/login", data={"name": "rita", "password": PASSWORDS["rita"]}).status_code == 303
    assert again.get("/probe").text.startswith("rita reader")
    assert browser.get("/probe").status_code == 303  # the one before has ended


def test_a_wrong_password_and_a_wrong_name_are_answered_alike(fresh: Team) -> None:
    fresh.access.accounts.add("closed", "reader", by=SETUP, now=fresh.clock.now(), password="x")
    fresh.access.accounts.close("closed", by=SETUP, now=fresh.clock.now())
    fresh.access.accounts.add("bare", "reader", by=SETUP, now=fresh.clock.now())
    told = []
    for name in ("mira", "nobody", "closed", "bare", "a/b", "", "mira' OR 1=1 --"):
        answer = sign_in(fresh.browser(), name, "wrong words in here")
        told.append((answer.status_code, token_of(answer.text) and answer.text.replace(token_of(answer.text), "")))
    assert len(set(told)) == 1
    assert told[0][0] == 401
    assert "No account has this name and this password." in told[0][1]
    assert {one[2] for one in fresh.deeds()} == {"mira", "closed", "bare", "an unknown name"}


def test_an_unknown_name_costs_a_hash_too(fresh: Team, monkeypatch) -> None:
    verified: list[str] = []
    hasher = fresh.access.passwords._hasher
    monkeypatch.setattr(type(hasher), "verify", lambda _, kept, given: verified.append(kept) or False)
    for name in ("mira", "nobody"):
        sign_in(fresh.browser(), name, "wrong words in here")
    assert len(verified) == 2
    assert (
        verified[0].rpartition("$")[0].rpartition("$")[0] == verified[1].rpartition("$")[0].rpartition("$")[0]
    )  # same parameters


def test_who_tries_too_often_waits(fresh: Team) -> None:
    for _ in range(6):
        assert sign_in(fresh.browser(), "oleg", "wrong words in here").status_code == 401
    for spelled in ("OLEG ", "ｏｌｅｇ", "ⓞⓛⓔⓖ"):  # the right password does not help, nor another spelling
        refused = sign_in(fresh.browser(), spelled, PASSWORDS["oleg"])
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "2")
    assert sign_in(fresh.browser(), "mira", PASSWORDS["mira"]).status_code == 303
    fresh.clock.move(seconds=1)
    assert sign_in(fresh.browser(), "oleg", PASSWORDS["oleg"]).status_code == 303
    assert sign_in(fresh.browser(), "oleg", "wrong words in here").status_code == 401
    for number in range(25):
        answer = sign_in(fresh.browser(), f"guess{number}", "wrong words in here")
    assert answer.status_code == 429
    assert sign_in(fresh.browser(client=("198.51.100.9", 5)), "mira", PASSWORDS["mira"]).status_code == 303
    assert sum(one[0] == "login-failed" for one in fresh.deeds()) < 30  # what must wait does not fill the log


def test_a_throttle_doubles_forgets_and_is_bounded() -> None:
    throttle = Throttle(free=2, base=1, longest=5, forget=100, most=3)
    assert [throttle.take("a", 0) for _ in range(3)] == [0, 0, 0]
    assert throttle.take("a", 0.25) == 0.75
    assert [throttle.take("a", at) for at in (1, 2.5, 3)] == [0, 0.5, 0]
    assert throttle.take("a", 6) == 1
    assert throttle.take("a", 7) == 0
    assert throttle.take("a", 8) == 4  # not 8: five at most
    assert throttle.take("a", 108) == 0
    throttle.passed("a", clear=True)
    assert [throttle.take("a", 109) for _ in range(3)] == [0, 0, 0]
    throttle.passed("a", clear=False)
    assert throttle.take("a", 109) == 0
    for key in "bcd":
        throttle.take(key, 109)
    assert throttle.take("a", 109) == 0  # forgotten for the newer ones


@pytest.mark.parametrize(
    "to", ["//evil.example", "https://evil.example", "/\\evil.example", "\\/evil.example", "/\t/evil.example",
           "javascript:alert(1)", "/x\r\nSet-Cookie: a=b", "", "x", "/" + "a" * 3000],
)  # fmt: skip
def test_a_login_leads_to_this_desk_only(team: Team, to: str) -> None:
    assert safe_path(to) == "/"
    answer = sign_in(team.browser(), "rita", PASSWORDS["rita"], next=to)
    assert answer.headers.get("location", "/") == "/"
    page = team.browser().get("/login", params={"next": to}).text
    assert 'name="next" value="/"' in page
    assert team.signed_in("rita").get("/login", params={"next": to}).headers["location"] == "/"


@pytest.mark.parametrize("to", ["/documents?q=войска&as_of=2022-01", "/brief#x", "/a b"])
def test_a_login_leads_where_one_was_going(team: Team, to: str) -> None:
    assert safe_path(to) == to
    answer = sign_in(team.browser(), "rita", PASSWORDS["rita"], next=to)
    assert answer.headers["location"].startswith(to[:2])


def test_a_login_form_of_another_page_signs_nobody_in(team: Team) -> None:
    browser = team.browser()
    browser.get("/login")
    answer = browser.post("/login", data={"name": "mira", "password": PASSWORDS["mira"], "csrf_token": "0" * 64})
    assert answer.status_code == 403
    assert COOKIE not in browser.cookies


def test_signing_out_ends_the_session_at_the_desk(fresh: Team) -> None:
    browser = fresh.signed_in("oleg")
    stolen = browser.cookies[COOKIE]
    answer = browser.post("/logout")
    assert answer.headers["location"] == "/login"
    assert "Max-Age=0" in cookies(answer)[COOKIE]
    thief = fresh.browser()
    thief.cookies.set(COOKIE, stolen, domain="desk.example")
    assert thief.get("/probe").status_code == 303
    assert fresh.browser().post("/logout").status_code == 303


def test_a_session_ends_by_itself(fresh: Team) -> None:
    browser = fresh.signed_in("oleg")
    fresh.clock.move(hours=11)
    assert browser.get("/probe").status_code == 200
    fresh.settle()
    fresh.clock.move(hours=11)
    assert browser.get("/probe").status_code == 200  # it was seen meanwhile
    fresh.clock.move(hours=13)
    assert browser.get("/probe").status_code == 303


def test_a_change_of_role_counts_at_once(fresh: Team) -> None:
    browser = fresh.signed_in("oleg")
    assert browser.post("/probe").status_code == 200
    fresh.access.accounts.set_role("oleg", "reader", by=SETUP, now=fresh.clock.now())
    assert browser.post("/probe").status_code == 403
    fresh.access.accounts.close("oleg", by=SETUP, now=fresh.clock.now())
    assert browser.get("/probe").status_code == 303


def test_a_hash_of_older_parameters_is_made_anew(fresh: Team) -> None:
    older = Passwords(PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))
    fresh.access.accounts.set_password("rita", older.make(PASSWORDS["rita"], "rita"), by=SETUP, now=fresh.clock.now())
    assert sign_in(fresh.browser(), "rita", PASSWORDS["rita"]).status_code == 303
    kept = fresh.access.accounts.password("rita")
    assert "t=1" in kept
    assert sign_in(fresh.browser(), "rita", PASSWORDS["rita"]).status_code == 303
    assert fresh.access.accounts.password("rita") == kept


@pytest.mark.parametrize(
    ("password", "match"),
    [
        ("short", "easy"),
        ("aaaaaaaaaaaaaaaa", "easy"),
        ("", "easy"),
        ("x" * 3 + "yzabcdé" * 200, "too long"),
        ("Mira and four words", "name"),
    ],
)
def test_a_password_that_is_none_is_refused(cheap: Passwords, password: str, match: str) -> None:
    with pytest.raises(AccessError, match=match):
        cheap.make(password, "mira")


def test_a_password_is_the_same_on_every_keyboard(cheap: Passwords) -> None:
    kept = cheap.make("caf\u00e9 и четыре слова", "mira")
    assert cheap.fits(kept, "cafe\u0301 и четыре слова")
    assert not cheap.fits(kept, "cafe и четыре слова")
    assert not cheap.fits("no hash", "cafe и четыре слова")
    assert not cheap.fits(None, "")


def test_the_library_s_own_parameters_are_used_where_none_are_given() -> None:
    from argon2 import extract_parameters

    found = extract_parameters(Passwords().make("four plain words here", "mira"))
    assert (found.type.name, found.memory_cost >= 19_456, found.time_cost >= 2) == ("ID", True, True)
