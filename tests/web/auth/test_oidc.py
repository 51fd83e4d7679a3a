"""Signing in at a provider: a real one, on loopback, that does right or wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import OctKey, RSAKey

from foreshock.errors import AccessError
from foreshock.settings import Settings
from foreshock.web.auth.oidc import free_name, make_provider, role_of
from tests.web.auth.conftest import SETUP, Team
from tests.web.auth.provider import CLIENT, SECRET, Provider, serving


@pytest.fixture(scope="module")
def served() -> Iterator[Provider]:
    with serving(Provider()) as made:
        yield made


@pytest.fixture
def provider(served: Provider) -> Iterator[Provider]:
    kept = dict(served.claims)
    yield served
    served.claims, served.change, served.told, served.signer, served.algorithm = kept, {}, {}, served.key, "RS256"


def made(served: Provider, make_team: Callable[..., Team]) -> Team:
    roles = ("crisis-desk=analyst", "chiefs=admin")
    return make_team(secret=SECRET, oidc_issuer=served.issuer, oidc_client=CLIENT, oidc_roles=roles)


@pytest.fixture
def fresh(served: Provider, make_team: Callable[..., Team]) -> Team:
    return made(served, make_team)


@pytest.fixture(scope="module")
def team(served: Provider, make_team: Callable[..., Team]) -> Team:
    return made(served, make_team)


def come_back(team: Team, provider: Provider, browser, *, to: str = "/probe", **changed: str):
    sent = browser.get("/login/oidc", params={"next": to})
    assert sent.status_code == 303
    answer = {**provider.authorize(sent.headers["location"]), **changed}
    return browser.get("/login/oidc/back", params={name: value for name, value in answer.items() if value})


def test_whoever_the_provider_knows_gets_the_role_of_the_claim(fresh: Team, provider: Provider) -> None:
    browser = fresh.browser()
    assert "/login/oidc" in browser.get("/login").text
    answer = come_back(fresh, provider, browser, to="/probe?x=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/probe?x=1")
    assert browser.get("/probe").text == "ольга-k analyst session 0 https"
    assert fresh.access.accounts.get("ольга-k").subject == f"{provider.issuer} 17"
    assert fresh.deeds() == [("login", "ольга-k", "ольга-k"), ("account-add", "", "ольга-k")]
    provider.claims["groups"] = ["chiefs", "crisis-desk"]
    provider.claims["preferred_username"] = "renamed"
    come_back(fresh, provider, browser)
    assert browser.get("/probe").text.startswith("ольга-k admin")
    provider.claims["groups"] = []
    refused = come_back(fresh, provider, fresh.browser())
    assert refused.status_code == 401
    assert "no role" in refused.text


def test_the_last_admin_is_made_less_where_the_provider_says_so(fresh: Team, provider: Provider) -> None:
    provider.claims["groups"] = ["chiefs"]
    come_back(fresh, provider, fresh.browser())
    fresh.access.accounts.close("mira", by=SETUP, now=fresh.clock.now())
    provider.claims["groups"] = ["crisis-desk"]
    browser = fresh.browser()
    come_back(fresh, provider, browser)
    assert browser.get("/probe").text.startswith("ольга-k analyst")


def test_a_name_at_the_provider_is_nobody_s_account_here(fresh: Team, provider: Provider) -> None:
    provider.claims["preferred_username"] = "mira"
    browser = fresh.browser()
    come_back(fresh, provider, browser)
    name, role, *_ = browser.get("/probe").text.split()
    assert name.startswith("mira-")
    assert role == "analyst"
    fresh.access.accounts.close(name, by=SETUP, now=fresh.clock.now())
    refused = come_back(fresh, provider, fresh.browser())
    assert refused.status_code == 401
    assert "was closed" in refused.text


def test_a_login_is_the_browser_s_that_began_it_and_once(fresh: Team, provider: Provider) -> None:
    browser, victim = fresh.browser(), fresh.browser()
    sent = browser.get("/login/oidc")
    answer = provider.authorize(sent.headers["location"])
    for stranger in (victim, fresh.browser()):
        assert stranger.get("/login/oidc/back", params=answer).status_code == 401
    assert browser.get("/login/oidc/back", params=answer).status_code == 401  # it was tried already
    assert browser.get("/probe").status_code == 303
    sent = browser.get("/login/oidc")
    fresh.clock.move(minutes=11)
    assert browser.get("/login/oidc/back", params=provider.authorize(sent.headers["location"])).status_code == 401
    assert fresh.deeds() == []


@pytest.mark.parametrize(
    "changed",
    [{"state": "other"}, {"state": ""}, {"code": "none"}, {"code": ""}, {"error": "access_denied"}, {"iss": "https://o.example"}],
)
def test_an_answer_that_cannot_be_signs_nobody_in(team: Team, provider: Provider, changed: dict[str, str]) -> None:
    browser = team.browser()
    assert come_back(team, provider, browser, **changed).status_code == 401
    assert browser.get("/probe").status_code == 303


@pytest.mark.parametrize(
    "change",
    [
        {"nonce": "other"}, {"nonce": None}, {"aud": "another client"}, {"aud": [CLIENT, "another"]}, {"azp": "another"},
        {"iss": "https://other.example"}, {"exp": 1}, {"exp": None}, {"iat": 4_000_000_000}, {"sub": None}, {"at_hash": "AAAA"},
    ],
)  # fmt: skip
def test_an_id_token_that_says_something_else_signs_nobody_in(team: Team, provider: Provider, change: dict[str, object]) -> None:
    provider.change = change
    browser = team.browser()
    answer = come_back(team, provider, browser)
    assert answer.status_code == 401
    assert "does not verify" in answer.text
    assert browser.get("/probe").status_code == 303


@pytest.mark.parametrize("how", ["another key", "no signature", "the secret", "the public key as a secret"])
def test_an_id_token_that_others_signed_signs_nobody_in(team: Team, provider: Provider, how: str) -> None:
    if how == "another key":
        provider.signer = RSAKey.generate_key(2048, {"kid": "one"})
    elif how == "no signature":
        provider.algorithm = "none"
    else:
        provider.algorithm = "HS256"
        secret = SECRET.encode().ljust(32, b".") if how == "the secret" else provider.key.as_pem(private=False)
        provider.signer = OctKey.import_key(secret) if how == "the secret" else OctKey.import_key(secret.replace(b"-----", b""))
    before = team.deeds()
    assert come_back(team, provider, team.browser()).status_code == 401
    assert team.deeds() == before


def test_a_provider_that_is_another_or_away_is_said_so(fresh: Team, provider: Provider) -> None:
    provider.told = {"issuer": "https://other.example"}
    answer = fresh.browser().get("/login/oidc")
    assert answer.status_code == 502
    assert "does not describe itself" in answer.text
    fresh.clock.move(hours=2)
    provider.told = {"token_endpoint": "http://192.0.2.1/token"}
    assert fresh.browser().get("/login/oidc").status_code == 502
    gone = make_provider(replace(fresh.access.settings, oidc_issuer="http://127.0.0.1:9/x"), SECRET)
    with pytest.raises(AccessError, match="cannot be asked"):
        gone.begin(back="https://desk.example/login/oidc/back", path="/", browser="b", now=0)


def test_the_address_to_come_back_to_is_the_desk_s(team: Team, provider: Provider) -> None:
    sent = team.browser().get("/login/oidc", params={"next": "//evil.example"})
    query = parse_qs(urlsplit(sent.headers["location"]).query)
    assert query["redirect_uri"] == ["https://desk.example/login/oidc/back"]
    assert SECRET not in sent.headers["location"]
    cookie = sent.headers["set-cookie"]
    assert {"HttpOnly", "Secure", "SameSite=Lax", "Max-Age=600"} <= set(cookie.split("; "))


def test_addresses_and_keys_are_asked_for_once(team: Team, provider: Provider) -> None:
    team.clock.move(hours=2)
    provider.asked.clear()
    for _ in range(3):
        come_back(team, provider, team.browser())
    assert provider.asked.count("/keys") == 1
    assert provider.asked.count("/.well-known/openid-configuration") == 1


@pytest.mark.parametrize(
    ("given", "match"),
    [
        ({"oidc_client": None}, "only one of"), ({"oidc_issuer": "http://id.example"}, "oidc_issuer is"),
        ({"oidc_issuer": "id.example"}, "oidc_issuer is"),
        ({"oidc_roles": ("staff",)}, "oidc_roles has 'staff'"), ({"oidc_roles": ("staff=chief",)}, "staff=chief"),
    ],
)  # fmt: skip
def test_settings_that_cannot_be_are_refused(tmp_path, given, match) -> None:
    right = Settings(ledger=tmp_path / "x", cache=tmp_path, oidc_issuer="https://id.example", oidc_client="foreshock")
    assert make_provider(right, None) is not None
    assert make_provider(replace(right, oidc_issuer=None, oidc_client=None), "x") is None
    with pytest.raises(AccessError, match=match):
        make_provider(replace(right, **given), None)


def test_a_claim_gives_the_highest_role() -> None:
    roles = {"desk": "analyst", "chiefs": "admin", "all": "reader"}
    assert role_of({"groups": ["all", "chiefs", "desk"]}, "groups", roles) == "admin"
    assert role_of({"groups": "desk"}, "groups", roles) == "analyst"
    assert role_of({"realm_access": {"roles": ["all"]}}, "realm_access.roles", roles) == "reader"
    assert role_of({"https://x.example/roles": ["all"]}, "https://x.example/roles", roles) == "reader"
    for claims in ({}, {"groups": None}, {"groups": [1, {"a": 1}]}, {"groups": {"desk": 1}}, {"realm": "x"}):
        assert role_of(claims, "groups", roles) is None
    assert role_of({}, "groups", {}) == "reader"


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("Anna Example", "anna-example"),
        ("a@b.example", "a@b.example"),
        ("<script>", "script"),
        ("", "person-"),
        ("...", "person-"),
    ],
)
def test_an_account_is_called_as_the_person_is(wanted: str, name: str) -> None:
    assert free_name(wanted, "s", lambda _: False).startswith(name)
    assert free_name("anna", "s", lambda _: True).startswith("anna-")
