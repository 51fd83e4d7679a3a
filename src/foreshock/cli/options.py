"""Options that several commands share, and the moments and inputs that they stand for."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from foreshock import pipeline
from foreshock.cli.progress import show_compiling
from foreshock.dates import parse
from foreshock.errors import SourceError
from foreshock.model import Document
from foreshock.settings import Settings, read_settings

Function = TypeVar("Function", bound=Callable[..., Any])


class IsoDate(click.ParamType):
    """An ISO date or prefix of one: 2022, 2022-01, 2022-01-08, 2022-01-08T12:00."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the prefix, or fail with the value and a remedy."""
        known = parse(str(value))
        if known is None:
            self.fail(f"{value!r} is no date; give an ISO date such as 2022-01-08 or 2022-01", param, ctx)
        return known


class Moment(click.ParamType):
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
        "--now", type=Moment(), default=lambda: datetime.now(UTC), show_default="this moment", help="The moment to take for now, in UTC."
    )(function)


def ledger_option(function: Function) -> Function:
    """Add ``--ledger``."""
    return click.option(
        "--ledger", type=click.Path(path_type=Path, dir_okay=False), help="SQLite file of the ledger.  [default: foreshock.sqlite]"
    )(function)


def coder_option(function: Function) -> Function:
    """Add ``--coder``."""
    return click.option(
        "--coder", type=click.Choice(pipeline.CODERS), default="auto", show_default=True, help="Which coder; auto takes the best by measure."
    )(function)


def settings_here() -> Settings:
    """Return the settings of the current folder and environment."""
    return read_settings(Path.cwd(), os.environ)


def workbench() -> pipeline.Workbench:
    """Return a workbench that shows progress while the gazetteer is compiled for the first time."""
    return pipeline.Workbench(settings_here(), progress=show_compiling())


def gather_all(addresses: Sequence[str], settings: Settings, now: datetime) -> tuple[list[Document], list[SourceError]]:
    """Return the documents of all inputs and what could not be read; each failure is told on standard error as it happens.

    Raises:
        SourceError: nothing at all could be read.
    """
    documents: list[Document] = []
    failed: list[SourceError] = []
    for address in addresses:
        try:
            for one in pipeline.gather(address, settings=settings, now=now, stdin=sys.stdin.buffer if address == "-" else None):
                if isinstance(one, SourceError):
                    failed.append(one)
                    click.echo(f"foreshock: {one}", err=True)
                else:
                    documents.append(one)
        except SourceError as error:
            failed.append(error)
            if len(addresses) > 1:
                click.echo(f"foreshock: {error}", err=True)
            elif not documents:
                raise
    if not documents:
        raise SourceError("nothing could be read", remedy="see the messages above")
    return documents, failed
