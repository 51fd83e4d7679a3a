"""The scope that the joined commands share, and the situation in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foreshock.cli.options import IsoDate, as_of_option, crisis_option, ledger_option, now_option, workbench
from foreshock.cli.plain import tell
from foreshock.cli.rows import FORMATS
from foreshock.ledger import Ledger

if TYPE_CHECKING:
    from foreshock.pipeline import Shown


@dataclass(frozen=True, slots=True)
class Scope:
    """What a joined command looks at, and how it prints."""

    ledger: Path | str | None
    crisis: str | None
    country: str | None
    since: str | None
    until: str | None
    as_of: str | None
    now: datetime
    form: str

    @contextmanager
    def situation(self) -> Iterator[Shown]:
        """Open the ledger and hand out what joining makes of it, persons by role; tell of what is kept and not joined yet."""
        from foreshock import pipeline

        bench = workbench()
        with Ledger(self.ledger or bench.settings.ledger, create=False) as kept:
            waiting = pipeline.not_joined(kept, as_of=self.as_of)
            if waiting:
                tell(f"{waiting} documents are kept and not joined yet; join them with foreshock join")
            country = self.country.upper() if self.country else None
            found = pipeline.situation(
                kept,
                crisis=self.crisis,
                country=country,
                since=self.since,
                until=self.until,
                as_of=self.as_of,
                now=self.now,
                catalogue=bench.catalogue,
            )
            yield pipeline.show(kept, found, now=self.now)


def scoped(function: Callable[..., None]) -> Callable[..., None]:
    """Add the options of a scope and hand them to the command as ``scope``."""

    @wraps(function)
    def command(**options: Any) -> None:
        scope = Scope(**{field.name: options.pop(field.name) for field in fields(Scope)})
        function(scope=scope, **options)

    for add in (
        click.option(
            "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How it is printed."
        ),
        now_option,
        as_of_option,
    ):
        command = add(command)
    return narrowed(command)


def narrowed(function: Callable[..., None]) -> Callable[..., None]:
    """Add ``--ledger``, ``--crisis``, ``--country``, ``--since`` and ``--until``."""
    for add in (
        click.option("--until", type=IsoDate(), help="Only what can have happened on or before this date."),
        click.option("--since", type=IsoDate(), help="Only what can have happened on or after this date."),
        click.option("--country", help="Only what was in this country, ISO 3166 alpha-3."),
        crisis_option,
        ledger_option,
    ):
        function = add(function)
    return function
