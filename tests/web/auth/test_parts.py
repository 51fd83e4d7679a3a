"""The parts of the guard by themselves: names, addresses, buckets, bodies, fields of forms."""

from __future__ import annotations

import asyncio

import pytest

from foreshock.errors import AccessError
from foreshock.web.auth.csrf import field_of, of_seed, of_session
from foreshock.web.auth.viewer import NOBODY, Viewer
from foreshock.web.security.body import Body, told_length
from foreshock.web.security.hosts import Hosts, is_loopback
from foreshock.web.security.proxy import Proxies, address_key
from foreshock.web.security.rate import Buckets


@pytest.mark.parametrize(
    ("given", "alone", "team"),
    [
        ("desk.example", True, True), ("DESK.example.:8642", True, True), ("localhost:1", True, True), ("127.8.8.8", True, True),
        ("[::1]:80", True, True), ("192.0.2.1:80", False, True), ("[2001:db8::1]", False, True), ("0.0.0.0", False, False),
        ("desk.example.evil", False, False), ("evil", False, False), ("", False, False), ("::1", False, False),
        ("desk.example:80:80", False, False), ("desk.example@evil", False, False), ("127.0.0.1.evil", False, False),
        ("0x7f.1", False, False), ("2130706433", False, False), ("desk.example/x", False, False),
    ],
)  # fmt: skip
def test_a_host_is_one_of_the_desk_s_names(given: str, alone: bool, team: bool) -> None:
    assert Hosts(["Desk.example"], addresses=False).has([given]) is alone
    assert Hosts(["Desk.example"], addresses=True).has([given]) is team
    assert not Hosts([""], addresses=False).has([""])


@pytest.mark.parametrize(
    ("host", "loops"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("10.0.0.1", False),
        ("127.1", False),
    ],
)
def test_only_this_machine_is_loopback(host: str, loops: bool) -> None:
    assert is_loopback(host) is loops


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8::1", "2001:db8::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
        ("a pipe", "a pipe"),
    ],
)
def test_addresses_of_one_customer_count_as_one(address: str, key: str) -> None:
    assert address_key(address) == key


@pytest.mark.parametrize(
    ("peer", "headers", "address", "scheme", "forwarded"),
    [
        ("10.0.0.5", [("x-forwarded-for", "192.0.2.7")], "192.0.2.7", "http", False),
        ("10.0.0.5", [("x-forwarded-for", "6.6.6.6"), ("x-forwarded-for", "192.0.2.7")], "192.0.2.7", "http", False),
        ("10.0.0.5", [("x-forwarded-for", "192.0.2.7, 10.1.1.1"), ("x-forwarded-proto", "HTTPS")], "192.0.2.7", "https", False),
        ("10.0.0.5", [("x-forwarded-for", "10.1.1.1")], "10.0.0.5", "http", False),
        ("10.0.0.5", [("x-forwarded-proto", "javascript")], "10.0.0.5", "http", False),
        ("192.0.2.9", [("x-forwarded-for", "10.0.0.5"), ("x-forwarded-proto", "https")], "192.0.2.9", "http", True),
        ("192.0.2.9", [("accept", "x")], "192.0.2.9", "http", False),
        ("", [], "", "http", False),
    ],
)
def test_only_trusted_proxies_say_where_a_request_is_from(peer, headers, address, scheme, forwarded) -> None:
    found = Proxies(["10.0.0.0/8"]).origin(peer, "http", headers)
    assert (found.address, found.scheme, found.forwarded) == (address, scheme, forwarded)
    with pytest.raises(AccessError, match="trusted_proxy is 'everybody'"):
        Proxies(["everybody"])


def test_a_bucket_fills_again_and_few_are_remembered() -> None:
    buckets = Buckets(rate=2, burst=3, most=2)
    assert [buckets.take("a", 0) for _ in range(4)] == [0, 0, 0, 0.5]
    assert buckets.take("a", 0.5) == 0
    assert buckets.take("a", 0.4) > 0  # a clock that goes back gives nothing
    assert [buckets.take("b", 9), buckets.take("c", 9)] == [0, 0]
    assert [buckets.take("a", 9) for _ in range(4)] == [0, 0, 0, 0.5]
    assert len(buckets._levels) == 2


def test_a_body_is_looked_at_and_handed_on_whole() -> None:
    sent = [
        {"type": "http.request", "body": b"abc", "more_body": True},
        {"type": "http.request", "body": b"def", "more_body": False},
    ]

    async def look(limit: int, most: int) -> tuple[bytes, bytes, bool]:
        waiting = iter(sent)

        async def receive() -> dict[str, object]:
            return next(waiting)

        body, parts = Body(receive, limit), list[bytes]()
        begun = await body.begin(most)
        while (message := await body())["type"] == "http.request":
            parts.append(message["body"])
            if not message["more_body"]:
                break
        return begun, b"".join(parts), body.over

    assert asyncio.run(look(6, 2)) == (b"abc", b"abcdef", False)
    assert asyncio.run(look(6, 99)) == (b"abcdef", b"abcdef", False)
    assert asyncio.run(look(5, 99)) == (b"abc", b"abc", True)


@pytest.mark.parametrize(
    ("given", "length"),
    [
        ({}, 0),
        ({"content-length": "12"}, 12),
        ({"content-length": "-1"}, None),
        ({"content-length": "١"}, None),
        ({"content-length": "9" * 99}, None),
    ],
)
def test_a_length_is_a_number(given, length) -> None:
    assert told_length(given) == length


def test_a_token_is_found_in_forms_of_both_kinds() -> None:
    token, start = "a1" * 32, b'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n'
    assert field_of("application/x-www-form-urlencoded; charset=utf-8", f"a=b&csrf_token={token}".encode()) == token
    assert field_of("multipart/form-data; boundary=x", start + token.encode() + b"\r\n--x\r\nmore \xff") == token
    for kind, body in (
        ("multipart/form-data", b"--x\r\n\r\n" + start + token.encode()), ("text/plain", f"csrf_token={token}".encode()),
        ("", b""),
        ("application/x-www-form-urlencoded", b"\xff=1"), ("application/x-www-form-urlencoded", b"&".join([b"a=b"] * 3000)),
    ):  # fmt: skip
        assert field_of(kind, body) == ""


def test_proofs_differ_by_session_seed_and_process() -> None:
    made = [of_session("a"), of_session("b"), of_seed(b"k", "s" * 24), of_seed(b"k", "t" * 24), of_seed(b"l", "s" * 24)]
    assert len({one.token for one in made}) == 5
    assert of_seed(b"k", "s" * 24).token == made[2].token
    assert of_seed(b"k", "<bad>").fresh
    assert not of_seed(b"k", "s" * 24).fresh
    assert made[0].fits(made[0].token)
    assert not made[0].fits("é")


def test_a_viewer_may_what_role_and_scopes_both_let() -> None:
    assert Viewer("a", "analyst").may("reader")
    assert not Viewer("a", "analyst").may("admin")
    assert not NOBODY.may("reader")
    token = Viewer("a", "analyst", ("ingest",), "token")
    assert token.may("analyst", "ingest")
    assert not token.may("analyst")
    assert not token.may("reader")
    assert Viewer("a", "reader", ("admin",), "token").may("reader")
    assert not Viewer("a", "reader", ("admin",), "token").may("analyst")
