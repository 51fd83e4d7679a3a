"""The filters of claims that ``claims`` and ``search`` share, as one query."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, get_args

import click

from foreshock.cli.options import IsoDate, as_of_option
from foreshock.ledger import Query
from foreshock.model import Kind, Status

NAMES = (
    "kind", "mode", "status", "holder", "place", "country", "language", "document", "damaged", "since", "until", "as_of", "limit",
)  # fmt: skip
UPPER, LOWER = ("country",), ("language",)


def filtered(function: Callable[..., None]) -> Callable[..., None]:
    """Add the filters of claims and hand them to the command as ``query``."""

    @wraps(function)
    def command(**options: Any) -> None:
        given = {name: options.pop(name) for name in NAMES}
        given |= {name: given[name].upper() for name in UPPER if given[name]}
        given |= {name: given[name].lower() for name in LOWER if given[name]}
        function(query=Query(**given), **options)

    for add in (
        click.option("--limit", type=click.IntRange(min=1), help="At most this many."),
        as_of_option,
        click.option(
            "--until", type=IsoDate(), help="Only what can have happened on or before this date; undated claims are left out."
        ),
        click.option(
            "--since", type=IsoDate(), help="Only what can have happened on or after this date; undated claims are left out."
        ),
        click.option("--damaged/--undamaged", default=None, help="Only claims that touch damaged words, or only others."),
        click.option("--document", help="Only the document with this id."),
        click.option("--language", help="Only documents in this language, ISO 639-1."),
        click.option("--country", help="Only places in this country, ISO 3166 alpha-3."),
        click.option("--place", help="Only claims with this in the name of their place, in any case."),
        click.option("--holder", help="Only claims with this in a holder's name, in any case."),
        click.option("--status", type=click.Choice(get_args(Status), case_sensitive=False), help="Only this standing."),
        click.option("--mode", help="Only this mode, such as arrest."),
        click.option("--kind", type=click.Choice(get_args(Kind), case_sensitive=False), help="Only this kind."),
    ):
        command = add(command)
    return command
