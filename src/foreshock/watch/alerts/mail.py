"""Mail: one message an alert, plain text with an HTML alternative, over TLS.

Headers are made by the standard library's message, which refuses a line end in a header; titles are put on one line before.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from foreshock.briefs.exports.alert_text import alert_html, alert_text
from foreshock.briefs.quotes import safe
from foreshock.errors import CatalogueError
from foreshock.model import Alert, Channel, Delivery
from foreshock.settings import Settings
from foreshock.watch.alerts.outcome import Sent
from foreshock.watch.alerts.secrets import SMTP as PASSWORD
from foreshock.watch.alerts.secrets import Secrets

TIMEOUT = 20.0  # seconds
PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
HERE = ("localhost", "127.0.0.1", "::1")
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*")
LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed in: ``scheme`` is smtp (STARTTLS), smtps (TLS) or smtp+plain (none, this machine only)."""

    scheme: str
    host: str
    port: int
    user: str | None
    sender: str


def server_of(settings: Settings) -> Server:
    """Return the mail server of the settings.

    Raises:
        CatalogueError: none is set, or what is set cannot be one; with a proxy, any that is not on this machine.
    """
    if not settings.smtp or not settings.smtp_from:
        raise CatalogueError("no mail server is set", remedy="set smtp and smtp_from")
    parts = urlsplit(settings.smtp)
    host = (parts.hostname or "").lower()
    if parts.scheme not in PORTS or not host or parts.path.strip("/"):
        raise CatalogueError("smtp is no mail server", remedy='set smtp = "smtp://user@host:587" or "smtps://user@host"')
    if parts.password is not None:
        raise CatalogueError("smtp has a password in it", remedy=f"take it out and set {PASSWORD} in the environment")
    if parts.scheme == "smtp+plain" and host not in HERE:
        raise CatalogueError(f"mail to {host} would go in clear", remedy="use smtp:// or smtps://")
    if settings.proxy and host not in HERE:
        raise CatalogueError("mail does not go through the proxy", remedy="hand it to a relay on this machine")
    try:
        port = parts.port or PORTS[parts.scheme]
    except ValueError as error:
        raise CatalogueError("smtp has no port that can be", remedy="give one from 1 to 65535") from error
    user = unquote(parts.username) if parts.username else None
    return Server(parts.scheme, host, port, user, checked(settings.smtp_from))


def checked(address: str) -> str:
    """Return a mail address.

    Raises:
        CatalogueError: it is none that can be written to: one plain address, in ASCII, without a name or a comment.
    """
    if not ADDRESS.fullmatch(address) or len(address) > 254:
        raise CatalogueError(f"{safe(address)[:80]!r} is no mail address", remedy="give one such as desk@example.org")
    return address


def message(alert: Alert, to: str, delivery: Delivery, *, sender: str, now: datetime) -> EmailMessage:
    """Return the mail of an alert.

    Raises:
        CatalogueError: an address is none.
    """
    made = EmailMessage(policy=SMTP)
    local, _, domain = checked(sender).partition("@")
    made["From"] = Address("Foreshock", local, domain)
    made["To"] = Address(addr_spec=checked(to))
    made["Subject"] = f"{safe(alert.watch)}: {safe(alert.title)}"[:LONGEST_SUBJECT]
    made["Date"] = format_datetime(now)
    made["Message-ID"] = f"<{delivery.id}@{domain}>"
    made["Auto-Submitted"] = "auto-generated"
    made["Foreshock-Alert"] = alert.id
    made.set_content(alert_text(alert))
    made.add_alternative(f"<!doctype html><html><body>{alert_html(alert)}</body></html>", subtype="html")
    return made


def send(
    alert: Alert,
    channel: Channel,
    delivery: Delivery,
    *,
    settings: Settings,
    secrets: Secrets,
    now: datetime,
    tls: ssl.SSLContext | None = None,
) -> Sent:
    """Mail an alert and return how it went; ``tls`` is another context for tests, the system's trust where not given."""
    try:
        server = server_of(settings)
        made = message(alert, channel.to, delivery, sender=server.sender, now=now)
        with _connected(server, tls or ssl.create_default_context()) as client:
            password = secrets.smtp_password()
            if server.user and password:
                client.login(server.user, password)
            client.send_message(made, from_addr=server.sender, to_addrs=[channel.to])
    except CatalogueError as error:
        return Sent(done=False, why=error.message)
    except smtplib.SMTPRecipientsRefused as error:
        codes = sorted({code for code, _ in error.recipients.values()})
        return Sent(done=False, why=f"the mail server refuses the address, {codes}", final=all(code >= 500 for code in codes))
    except smtplib.SMTPResponseException as error:
        return Sent(done=False, why=f"the mail server answers {error.smtp_code}")
    except ssl.SSLError:
        return Sent(done=False, why="the mail server's certificate or TLS does not hold")
    except (smtplib.SMTPException, OSError) as error:
        return Sent(done=False, why=f"the mail server does not answer or lacks what is asked: {type(error).__name__}")
    return Sent(done=True)


def _connected(server: Server, tls: ssl.SSLContext) -> smtplib.SMTP:
    if server.scheme == "smtps":
        return smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=tls)
    client = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
    if server.scheme == "smtp":
        try:
            client.starttls(context=tls)
        except BaseException:
            client.close()
            raise
    return client
