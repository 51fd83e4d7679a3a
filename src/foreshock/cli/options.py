"""Options that several commands share, and the moments and inputs that they stand for."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from foreshock.cli.progress import show_compiling
from foreshock.dates import parse
from foreshock.ledger.audit import Doer
from foreshock.settings import CODERS, Settings, ledger_address, read_settings

if TYPE_CHECKING:
    from foreshock import pipeline

ZONED = re.compile(r"T.*([+-]\d\d:?\d\d)$")
Function = TypeVar("Function", bound=Callable[..., Any])


class IsoDate(click.ParamType[str]):
    """An ISO date or prefix of one: 2022, 2022-01, 2022-01-08, 2022-01-08T12:00; with a zone it is turned into UTC."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the prefix, or fail with the value and a remedy."""
        known = parse(str(value))
        if known is not None and ZONED.search(str(value)):
            return datetime.fromisoformat(str(value)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M")
        if known is None:
            self.fail(f"{value!r} is no date; give an ISO date such as 2022-01-08 or 2022-01", param, ctx)
        return known


class LedgerAddress(click.ParamType[Path | str]):
    """The SQLite file of a ledger, or the ``postgresql://`` address of one."""

    name = "LEDGER"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | str:
        """Return a path, or the address of a server as given."""
        if isinstance(value, Path):
            return value
        address = ledger_address(str(value), Path())
        if isinstance(address, Path) and address.is_dir():
            self.fail(f"{address} is a folder; give the file of a ledger", param, ctx)
        return address


class Moment(click.ParamType[datetime]):
    """A moment in UTC: 2022-01-08 or 2022-01-08T12:00."""

    name = "TIME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Return an aware datetime, or fail with the value and a remedy."""
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no moment; give one such as 2022-01-08T12:00", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def published_option(function: Function) -> Function:
    """Add ``--published``."""
    return click.option(
        "--published", type=IsoDate(), help="Date of publication; wins over the text's own dateline and its metadata."
    )(function)


def now_option(function: Function) -> Function:
    """Add ``--now``."""
    return click.option(
        "--now",
        type=Moment(),
        default=lambda: datetime.now(UTC),
        show_default="this moment",
        help="The moment to take for now, in UTC.",
    )(function)


def ledger_option(function: Function) -> Function:
    """Add ``--ledger``."""
    return click.option(
        "--ledger",
        type=LedgerAddress(),
        help="SQLite file of the ledger, or a postgresql:// address.  [default: foreshock.sqlite]",
    )(function)


def as_of_option(function: Function) -> Function:
    """Add ``--as-of``."""
    return click.option("--as-of", type=IsoDate(), help="Only what was known by the end of this date.")(function)


def archive_option(function: Function) -> Function:
    """Add ``--published`` as a flag: by date of publication, not by when it was kept."""
    return click.option("--published", is_flag=True, help="What was published by --as-of, whenever it was kept: for archives.")(
        function
    )


def crisis_option(function: Function) -> Function:
    """Add ``--crisis``."""
    return click.option("--crisis", help="Only what belongs to the crisis of this name.")(function)


def coder_option(function: Function) -> Function:
    """Add ``--coder``."""
    return click.option(
        "--coder",
        type=click.Choice(CODERS),
        default="auto",
        show_default=True,
        help="Which coder; auto takes the best by measure.",
    )(function)


def this_user() -> Doer:
    """Return who runs a command, for the audit log."""
    import getpass

    try:
        return Doer(getpass.getuser(), "cli")
    except (KeyError, OSError):  # in a container its number may have no name
        return Doer("local", "cli")


def settings_here() -> Settings:
    """Return the settings of the current folder and environment."""
    return read_settings(Path.cwd(), os.environ)


def workbench() -> pipeline.Workbench:
    """Return a workbench that shows progress while the gazetteer is compiled for the first time."""
    from foreshock import pipeline

    return pipeline.Workbench(settings_here(), progress=show_compiling())
