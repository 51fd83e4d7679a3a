"""foreshock.toml and the environment, read once into one frozen Settings.

The environment wins over the file: ``FORESHOCK_LEDGER`` over ``ledger = "..."``. Unknown keys are errors, not silence.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

from foreshock.errors import CatalogueError

FILE = "foreshock.toml"
PREFIX = "FORESHOCK_"
LANGUAGES = ("en", "ja", "ru", "es", "fr")
CODERS = ("auto", "rules", "encoder")
SIZES = ("max_file_mb", "max_page_mb")
PATHS = ("cache", "actors", "kinds", "key", "scenarios", "secrets", "alerts")
LISTS = ("hosts", "trusted_proxy", "oidc_roles", "webhook_hosts")
NUMBERS = ("session_idle_hours", "session_hours", "reads_per_minute", "writes_per_minute")
LOGINS = ("auto", "always")
REUSE = ("auto", "never")
LOG_FORMATS = ("text", "json")
LogFormat = Literal["text", "json"]
SERVER = "postgresql://"
# Parameters of an address that hold a secret.
SECRET_QUERY = re.compile(r"([?&])([A-Za-z_]*(?:password|secret|token|api_?key|passphrase))=[^&\s#]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set.

    Attributes:
        ledger: SQLite file of the ledger, or the ``postgresql://`` address of one.
        cache: folder for what is compiled once (the gazetteer) and for codings of files (``reuse``).
        reuse: ``auto``, so that a brief of files takes the codings of unchanged ones from the cache, or ``never``: none are kept.
        language: language of briefs, ``en`` or ``ja``.
        proxy: ``socks5://host:port`` for every fetch; names are then resolved by the proxy.
        actors: a YAML file of the user's own actors, or a folder of them, or None.
        kinds: a folder of YAML files with words for kinds of the codebook, or kinds, of the user's own, or None.
        scenarios: a YAML file of the user's own scenarios, or a folder of them, or None.
        key: file of the secret that tombstones of redacted text are keyed with; made on first use.
        log_format: how the desk and the watcher write their log, ``text`` or ``json``, one object a line.
        max_file_mb: largest file that is read, in MB.
        max_page_mb: largest page that is fetched, in MB after decompression.
        hosts: further names under which the desk is reached; a request under another name is refused.
        trusted_proxy: addresses or networks of proxies whose X-Forwarded headers are believed.
        login: ``auto``, so that a desk that only this machine reaches needs none, or ``always``.
        oidc_issuer, oidc_client: of an OpenID Connect provider; its secret is read from the environment only.
        oidc_claim: the claim that roles are read from.
        oidc_roles: ``value=role`` each; without any, whoever the provider knows is a reader.
        session_idle_hours, session_hours: after how long without a request, and after how long anyhow, a login ends.
        reads_per_minute, writes_per_minute: how many requests an account or token may make.
        alerts: folder in which the Atom feeds of watches are written, or None.
        webhook_hosts: hosts, ``host`` or ``host:port``, to which alerts may go although they are private, not https or of another
            port.
        secrets: a TOML file of names and the secrets that webhooks are signed with, or None; the environment has them too.
        smtp: ``smtp://user@host:587`` (STARTTLS), ``smtps://user@host`` (TLS) or, on this machine, ``smtp+plain://localhost``;
            the password is read from the environment only.
        smtp_from: address that alerts are mailed from.
    """

    ledger: Path | str
    cache: Path
    reuse: str = "auto"
    language: str = "en"
    proxy: str | None = None
    actors: Path | None = None
    kinds: Path | None = None
    key: Path | None = None
    scenarios: Path | None = None
    max_file_mb: float = 50.0
    max_page_mb: float = 50.0
    log_format: LogFormat = "text"
    hosts: tuple[str, ...] = ()
    trusted_proxy: tuple[str, ...] = ()
    login: str = "auto"
    oidc_issuer: str | None = None
    oidc_client: str | None = None
    oidc_claim: str = "groups"
    oidc_roles: tuple[str, ...] = ()
    session_idle_hours: float = 12.0
    session_hours: float = 168.0
    reads_per_minute: float = 1200.0
    writes_per_minute: float = 120.0
    alerts: Path | None = None
    webhook_hosts: tuple[str, ...] = ()
    secrets: Path | None = None
    smtp: str | None = None
    smtp_from: str | None = None

    def __repr__(self) -> str:
        """Return the settings without passwords: a trace may quote them."""
        told = ((one.name, getattr(self, one.name)) for one in fields(self))
        return f"Settings({', '.join(f'{name}={shown_address(v) if isinstance(v, str) else v!r}' for name, v in told)})"


def read_settings(folder: Path, environment: Mapping[str, str]) -> Settings:
    """Return the settings of a working folder and an environment.

    Args:
        folder: where ``foreshock.toml`` is looked for; relative paths in it are taken from there.
        environment: ``os.environ`` or a stand-in.

    Raises:
        CatalogueError: the file is no TOML, has a key that is not a setting, or a value that cannot be one.
    """
    home = Path(environment.get("XDG_CACHE_HOME") or Path(environment.get("HOME", "~")).expanduser() / ".cache")
    settings = Settings(ledger=folder / "foreshock.sqlite", cache=home / "foreshock")
    given: dict[str, object] = {}
    path = folder / FILE
    if path.is_file():
        try:
            given = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise CatalogueError(f"{path} is not TOML: {error}", remedy="mend that line or move the file away") from error
    names = [field.name for field in fields(Settings)]
    unknown = sorted(set(given) - set(names))
    if unknown:
        raise CatalogueError(f"{path} sets {unknown}, which are no settings", remedy=f"settings are {', '.join(names)}")
    given |= {name: environment[PREFIX + name.upper()] for name in names if environment.get(PREFIX + name.upper())}
    return replace(settings, **{name: _value(name, value, folder) for name, value in given.items()})  # type: ignore[arg-type]


def _value(name: str, value: object, folder: Path) -> object:
    if name in SIZES + NUMBERS:
        try:
            number = float(str(value))
        except ValueError:
            number = 0.0
        if not 0 < number < float("inf"):
            raise CatalogueError(f"{name} is {value!r}", remedy=f"give a number{' of MB' if name in SIZES else ''} above 0")
        return number
    if name in LISTS:
        return _listed(name, value)
    if name == "log_format" and value not in LOG_FORMATS:
        raise CatalogueError(f"log_format is {value!r}", remedy=f"give {' or '.join(LOG_FORMATS)}")
    if name == "reuse" and value not in REUSE:
        raise CatalogueError(f"reuse is {value!r}", remedy=f"give {' or '.join(REUSE)}")
    if name == "login" and value not in LOGINS:
        raise CatalogueError(f"login is {value!r}", remedy=f"give {' or '.join(LOGINS)}")
    if name == "language" and value not in LANGUAGES:
        raise CatalogueError(f"language is {value!r}", remedy=f"briefs are written in one of {', '.join(LANGUAGES)}")
    if not isinstance(value, str):
        raise CatalogueError(f"{name} is {value!r}", remedy="give it as text in quotation marks")
    if name == "ledger":
        return ledger_address(value, folder)
    return folder / Path(value).expanduser() if name in PATHS else value


def _listed(name: str, value: object) -> tuple[str, ...]:
    given = value.replace(",", " ").split() if isinstance(value, str) else value
    if not isinstance(given, list) or not all(isinstance(one, str) and one.strip() for one in given):
        raise CatalogueError(f"{name} is {value!r}", remedy="give a list of texts, or one text with commas between them")
    return tuple(one.strip() for one in given)


def ledger_address(value: str, folder: Path) -> Path | str:
    """Return the address of a ledger as given: that of a server as it is, a path taken from the folder."""
    return value if value.startswith(SERVER) else folder / Path(value).expanduser()


def shown_address(address: Path | str) -> str:
    """Return the address of a ledger, a proxy or a mail server as it may be printed: without passwords, also in its query."""
    if isinstance(address, Path):
        return str(address)
    parts = urlsplit(address)
    query = SECRET_QUERY.sub(r"\1\2=***", f"?{parts.query}")[1:]
    user, _, host = parts.netloc.rpartition("@")
    netloc = f"{user.partition(':')[0]}:***@{host}" if ":" in user else parts.netloc
    return urlunsplit(parts._replace(netloc=netloc, query=query)) if (netloc, query) != (parts.netloc, parts.query) else address
