"""Delivery: a real receiver and a real mail server; signed, tried again, at least once, and nobody's secret told."""

from __future__ import annotations

import email
import email.policy
import re
import socket
import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from foreshock.errors import CatalogueError, SourceError
from foreshock.ledger import Ledger
from foreshock.ledger.outbox import LEASE, Outbox
from foreshock.model import AlertLine, Channel, Delivery
from foreshock.settings import Settings
from foreshock.sources.http.posting import HttpPoster
from foreshock.watch.alerts import mail
from foreshock.watch.alerts.deliver import PAUSES, TRIES, Sender, deliver
from foreshock.watch.alerts.secrets import Secrets, signature
from tests.ledger.records import DAY
from tests.watch.alerted import HOSTILE, SECRET, alert, keep, receiving

PAGE = (Path(__file__).parents[2] / "docs" / "alerts.md").read_text(encoding="utf-8")
ENVIRONMENT = {"FORESHOCK_SECRET_DESK": SECRET}
NOW = DAY + timedelta(hours=1)
MAIL = Channel("email", "desk@example.org")


def still() -> float:
    return 0.0


@pytest.fixture
def ledger(tmp_path):
    with Ledger(tmp_path / "l.sqlite") as opened:
        yield opened


def settings(tmp_path, **fields):
    return Settings(ledger=tmp_path / "l.sqlite", cache=tmp_path, **fields)


def documented():
    """Return the verification that the documents give."""
    block = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert block
    space: dict = {}
    exec(compile(block[1], "alerts.md", "exec"), space)
    return space["verified"]


def test_a_webhook_is_verified_as_documented(ledger, tmp_path):
    verified = documented()
    with receiving() as receiver:
        keep(ledger, alert(title=HOSTILE), channels=(Channel("webhook", receiver.url, "desk"),))
        send = Sender(settings(tmp_path, webhook_hosts=(receiver.host,)), ENVIRONMENT)
        assert deliver(ledger, send, now=NOW, clock=still).sent == 1
    ((path, headers, body),) = receiver.got
    key, at = headers["Idempotency-Key"], NOW.timestamp()
    assert path == "/in?key=hidden"
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    assert verified(headers, body, SECRET.encode(), set(), now=at)
    assert not verified(headers, body, SECRET.encode(), {key}, now=at)  # a replay
    assert not verified(headers, body, SECRET.encode(), set(), now=at + 301)  # too old
    assert not verified(headers, body + b" ", SECRET.encode(), set(), now=at)
    assert not verified(headers, body, b"another secret, as long", set(), now=at)
    moved = {**headers, "Foreshock-Signature": headers["Foreshock-Signature"].replace("t=", "t=1")}
    assert not verified(moved, body, SECRET.encode(), set(), now=at)
    (told,) = receiver.bodies()
    assert (told["event"], told["delivery"], told["threshold"]) == ("alert", key, "dispute")
    assert told["alert"]["lines"] == [
        {"text": "The ministry reported 3 killed.", "claim_ids": ["c1"], "estimate_ids": [], "document_ids": []}
    ]
    assert "unofficial" in told["notice"]
    assert Outbox(ledger).take(now=NOW + LEASE, limit=9) == []


def test_what_fails_is_tried_again_under_the_same_key(ledger, tmp_path):
    with receiving(500, 302, 200) as receiver:
        keep(ledger, alert(), channels=(Channel("webhook", receiver.url, "desk"),))
        send = Sender(settings(tmp_path, webhook_hosts=(receiver.host,)), ENVIRONMENT)
        assert deliver(ledger, send, now=NOW, clock=still).waiting == 1
        assert deliver(ledger, send, now=NOW, clock=still).waiting == 0  # not due yet
        (one,) = Outbox(ledger).deliveries()
        assert (one.state, one.tries, one.why, one.due) == ("waiting", 1, "status 500", "2022-01-08T10:01:00Z")
        later = NOW + timedelta(minutes=1)
        assert deliver(ledger, send, now=later, clock=still).waiting == 1
        assert Outbox(ledger).deliveries()[0].why == "status 302, a redirect, which is not followed"
        assert deliver(ledger, send, now=later + timedelta(minutes=5), clock=still).sent == 1
    assert [path for path, _, _ in receiver.got] == ["/in?key=hidden"] * 3
    assert len({headers["Idempotency-Key"] for _, headers, _ in receiver.got}) == 1
    assert len({headers["Foreshock-Signature"] for _, headers, _ in receiver.got}) == 3
    assert len({body for _, _, body in receiver.got}) == 1


def test_after_the_last_try_it_is_dead_and_can_be_revived(ledger, tmp_path):
    with receiving(503) as receiver:
        keep(ledger, alert(), channels=(Channel("webhook", receiver.url, "desk"),))
        send = Sender(settings(tmp_path, webhook_hosts=(receiver.host,)), ENVIRONMENT)
        now = NOW
        for pause in PAUSES:
            assert deliver(ledger, send, now=now, clock=still).waiting == 1
            now += timedelta(minutes=pause)
        assert deliver(ledger, send, now=now, clock=still).dead == 1
        assert len(receiver.got) == TRIES
        assert Outbox(ledger).take(now=now + timedelta(days=9), limit=9) == []
        receiver.answers[:] = [204]
        Outbox(ledger).revive(now=now)
        assert deliver(ledger, send, now=now, clock=still).sent == 1


def test_gone_is_the_end_at_once(ledger, tmp_path):
    with receiving(410) as receiver:
        keep(ledger, alert(), channels=(Channel("webhook", receiver.url, "desk"),))
        send = Sender(settings(tmp_path, webhook_hosts=(receiver.host,)), ENVIRONMENT)
        assert deliver(ledger, send, now=NOW, clock=still).dead == 1


class Killed(BaseException):
    """The process ends here."""


def test_a_kill_between_sending_and_saying_so_sends_twice_and_never_not_at_all(ledger, tmp_path, monkeypatch):
    with receiving() as receiver:
        keep(ledger, alert(), channels=(Channel("webhook", receiver.url, "desk"),))
        send = Sender(settings(tmp_path, webhook_hosts=(receiver.host,)), ENVIRONMENT)

        def killed(*_: object, **__: object) -> None:
            raise Killed

        with monkeypatch.context() as patch:
            patch.setattr(Outbox, "settle", killed)
            with pytest.raises(Killed):
                deliver(ledger, send, now=NOW, clock=still)
        with Ledger(tmp_path / "l.sqlite") as again:
            assert deliver(again, send, now=NOW, clock=still).sent == 0
            assert deliver(again, send, now=NOW + LEASE, clock=still).sent == 1
    assert len(receiver.got) == 2
    assert len({headers["Idempotency-Key"] for _, headers, _ in receiver.got}) == 1


@pytest.mark.parametrize(
    ("address", "hosts", "why"),
    [
        ("http://example.org/in", (), "not https"),
        ("https://example.org:8443/in", (), "port 8443"),
        ("https://127.0.0.1/in", (), "open internet"),
        ("https://[::1]/in", (), "open internet"),
        ("https://10.1.2.3/in", ("10.1.2.4",), "open internet"),
        ("https://0x7f000001/in", (), "open internet"),
        ("https://hooks.internal/in", (), "open internet"),
        ("https://hooks/in", ("other",), "open internet"),
        ("http://hooks.lan:8080/in", ("hooks.lan",), "not https"),
        ("https://user:pw@example.org/", (), "password"),
        ("ftp://example.org/", ("example.org",), "not fetched"),
    ],
)
def test_where_a_webhook_may_not_go(address, hosts, why):
    with pytest.raises(SourceError, match=why) as error:
        HttpPoster(hosts=hosts).check(address)
    assert "pw" not in str(error.value)


def test_a_name_that_leads_to_a_private_address_is_refused(ledger, tmp_path):
    with receiving() as receiver:
        post = HttpPoster(resolver=lambda *_: ["127.0.0.1"])
        with pytest.raises(SourceError):
            post("https://example.org/in", headers={}, body=b"{}")
        keep(ledger, alert(), channels=(Channel("webhook", "https://example.org/in?key=hidden", "desk"),))
        assert deliver(ledger, Sender(settings(tmp_path), ENVIRONMENT, post=post), now=NOW, clock=still).waiting == 1
        (one,) = Outbox(ledger).deliveries()
        assert one.why == "the address is refused, does not answer or is too slow"
    assert receiver.got == []
    HttpPoster(hosts=("hooks.lan:8080",)).check("http://hooks.lan:8080/in")


def test_secrets_are_long_named_and_never_told(tmp_path):
    file = tmp_path / "secrets.toml"
    file.write_text(f'desk = "{SECRET}"\nshort = "x"\n')
    file.chmod(0o600)
    secrets = Secrets({}, file)
    assert secrets.get("desk") == SECRET.encode()
    assert SECRET not in repr(secrets)
    assert re.fullmatch("[0-9a-f]{8}", secrets.fingerprint("desk"))
    assert secrets.fingerprint("none") == "the secret 'none' is not set"
    assert Secrets({"FORESHOCK_SECRET_DESK": "another one, from outside"}, file).get("desk") == b"another one, from outside"
    for name, why in (("short", "tried out"), ("none", "not set"), ("../x", "no name")):
        with pytest.raises(CatalogueError, match=why) as error:
            secrets.get(name)
        assert error.value.remedy
    file.chmod(0o644)
    with pytest.raises(CatalogueError, match="read by others"):
        secrets.get("desk")
    file.write_text(f"desk = {SECRET}")
    file.chmod(0o600)
    with pytest.raises(CatalogueError, match="not TOML") as error:
        secrets.get("desk")
    assert SECRET not in str(error.value)
    assert signature(b"k" * 16, b"{}", moment=7).startswith("t=7,v1=")


def test_a_webhook_without_its_secret_waits(ledger, tmp_path):
    with receiving() as receiver:
        keep(ledger, alert(), channels=(Channel("webhook", receiver.url, "desk"),))
        send = Sender(settings(tmp_path, webhook_hosts=(receiver.host,)), {})
        assert deliver(ledger, send, now=NOW, clock=still).waiting == 1
        assert receiver.got == []
        assert Outbox(ledger).deliveries()[0].why == "the secret 'desk' is not set"


class Sink:
    """Keeps the mails that are handed in; refuses an address where it is told to."""

    def __init__(self, answer: str = "250 OK") -> None:
        self.answer = answer
        self.mails: list = []
        self.envelopes: list = []

    async def handle_RCPT(  # noqa: N802  (the library's name)
        self, _server, _session, envelope, address, _options
    ):
        if not self.answer.startswith("250"):
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, session, envelope):  # noqa: N802  (the library's name)
        self.envelopes.append((envelope.mail_from, envelope.rcpt_tos, session.ssl is not None))
        self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 kept"


def free_port() -> int:
    """Return a port that nobody listens on; the server's own start does not know how to be given one."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def sink():
    handler = Sink()
    handler.port = free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    yield handler
    controller.stop()


def plain_mail(tmp_path, port):
    return settings(tmp_path, smtp=f"smtp+plain://127.0.0.1:{port}", smtp_from="foreshock@example.org")


def test_mail_is_text_with_html_beside_it(ledger, tmp_path, sink):
    keep(ledger, alert(), alert(2), channels=(MAIL,))
    send = Sender(plain_mail(tmp_path, sink.port), {})
    assert deliver(ledger, send, now=NOW, clock=still).sent == 2
    first = sink.mails[0]
    assert (first["Subject"], first["To"], first["From"]) == (
        "north: Disputed: How many: Killed · Almaty?", "desk@example.org", "Foreshock <foreshock@example.org>",
    )  # fmt: skip
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["Message-ID"] != sink.mails[1]["Message-ID"]
    assert sink.envelopes[0][:2] == ("foreshock@example.org", ["desk@example.org"])
    text, html = (first.get_body((one,)).get_content() for one in ("plain", "html"))
    for part in (text, html):
        assert "The ministry reported 3 killed." in part
        assert "claim c1" in part
        assert "unofficial" in part
    assert not re.search(r"(src|href)=|<script|url\(", html)


def test_hostile_text_stays_text_in_a_mail(ledger, tmp_path, sink):
    keep(ledger, alert(title=HOSTILE, lines=(AlertLine(HOSTILE, ("c1",)),)), channels=(MAIL,), name="a\nBcc: x@example.org")
    assert deliver(ledger, Sender(plain_mail(tmp_path, sink.port), {}), now=NOW, clock=still).sent == 1
    (mail_,) = sink.mails
    assert mail_["Bcc"] is None
    assert sink.envelopes[0][1] == ["desk@example.org"]
    assert not {"Bcc", "Cc", "Reply-To"} & set(mail_.keys())
    assert "山田" in mail_["Subject"]
    html = mail_.get_body(("html",)).get_content()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "\u202e" not in html


@pytest.mark.parametrize(
    "address",
    [
        "a@b\nBcc: c@d",
        "A B <a@b.org>",
        "a@b, c@d",
        "a",
        "@b",
        "a@",
        "é@example.org",
        "a b@example.org",
        "a@b..org",
        f"{'x' * 65}@b.org",
    ],
)
def test_what_is_no_mail_address_is_refused(address):
    with pytest.raises(CatalogueError, match="no mail address"):
        mail.checked(address)


def test_an_address_that_is_refused_for_good_is_dead(ledger, tmp_path, sink):
    sink.answer = "550 nobody here"
    keep(ledger, alert(), channels=(MAIL,))
    assert deliver(ledger, Sender(plain_mail(tmp_path, sink.port), {}), now=NOW, clock=still).dead == 1
    sink.answer = "450 later"
    Outbox(ledger).revive(now=NOW)
    assert deliver(ledger, Sender(plain_mail(tmp_path, sink.port), {}), now=NOW, clock=still).waiting == 1
    assert "example" not in (Outbox(ledger).deliveries()[0].why or "")


@pytest.mark.parametrize(
    ("smtp", "more", "why"),
    [
        (None, {}, "no mail server"),
        ("smtp://mail.example.org", {"smtp_from": None}, "no mail server"),
        ("mail.example.org", {}, "no mail server"),
        ("smtp://u:pw@mail.example.org", {}, "password in it"),
        ("smtp+plain://mail.example.org", {}, "in clear"),
        ("smtps://mail.example.org", {"proxy": "socks5://127.0.0.1:9050"}, "proxy"),
        ("smtp://mail.example.org:99999", {}, "no port"),
        ("smtp://mail.example.org", {"smtp_from": "a\nb@example.org"}, "no mail address"),
    ],
)
def test_a_mail_server_that_cannot_be_is_refused(tmp_path, smtp, more, why):
    with pytest.raises(CatalogueError, match=why) as error:
        mail.server_of(settings(tmp_path, **{"smtp": smtp, "smtp_from": "f@example.org", **more}))
    assert "pw" not in str(error.value)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Return certificate and key of 127.0.0.1, signed by nobody."""
    import ipaddress

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(7).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    folder = tmp_path_factory.mktemp("tls")
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return folder / "cert.pem", folder / "key.pem"


def test_mail_goes_over_tls_with_a_checked_certificate_and_a_password_from_outside(ledger, tmp_path, certificate):
    given: list = []

    def login(_server, _session, _envelope, _mechanism, data):
        given.append((data.login, data.password))
        return AuthResult(success=True)

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*map(str, certificate))
    handler = Sink()
    port = free_port()
    controller = Controller(
        handler, hostname="127.0.0.1", port=port, tls_context=context, require_starttls=True, authenticator=login,
        auth_require_tls=True,
    )  # fmt: skip
    controller.start()
    try:
        keep(ledger, alert(), channels=(MAIL,))
        asked = settings(tmp_path, smtp=f"smtp://desk@127.0.0.1:{port}", smtp_from="f@example.org")
        environment = {"FORESHOCK_SMTP_PASSWORD": "from outside"}
        assert deliver(ledger, Sender(asked, environment), now=NOW, clock=still).waiting == 1
        assert Outbox(ledger).deliveries()[0].why == "the mail server's certificate or TLS does not hold"
        trusting = ssl.create_default_context(cafile=str(certificate[0]))
        assert deliver(ledger, Sender(asked, environment, tls=trusting), now=NOW + LEASE, clock=still).sent == 1
    finally:
        controller.stop()
    assert given == [(b"desk", b"from outside")]
    assert handler.envelopes[0][2]


def test_a_server_that_has_no_tls_gets_nothing(ledger, tmp_path, sink):
    keep(ledger, alert(), channels=(MAIL,))
    asked = settings(tmp_path, smtp=f"smtp://127.0.0.1:{sink.port}", smtp_from="f@example.org")
    assert deliver(ledger, Sender(asked, {}), now=NOW, clock=still).waiting == 1
    assert sink.mails == []


def test_the_feed_of_a_watch_is_a_file(ledger, tmp_path):
    keep(ledger, alert(), channels=(Channel("atom"),))
    assert deliver(ledger, Sender(settings(tmp_path, alerts=tmp_path / "feeds"), {}), now=NOW, clock=still).sent == 1
    (file,) = (tmp_path / "feeds").iterdir()
    assert re.fullmatch(r"north-[0-9a-f]{8}\.atom", file.name)
    assert b"urn:foreshock:alert:" in file.read_bytes()
    (tmp_path / "file").write_text("")
    Outbox(ledger).deliveries()
    keep_again = replace(alert(3))
    keep(ledger, keep_again, channels=(Channel("atom"),), name="south")
    assert deliver(ledger, Sender(settings(tmp_path, alerts=tmp_path / "file"), {}), now=NOW, clock=still).waiting == 1
    delivery = Delivery("x", "x", "north", None, "sending", 1, "", "")
    assert Sender(settings(tmp_path), {})(ledger, alert(), delivery, now=NOW).final
