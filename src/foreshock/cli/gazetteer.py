"""``foreshock gazetteer``: compile the gazetteer ahead of its first use."""

from __future__ import annotations

import click

from foreshock.cli.options import workbench


@click.command()
def command() -> None:
    """Compile the gazetteer ahead of its first use.

    It is compiled into the cache once, in about half a minute; one that is current is left as it stands.
    """
    bench = workbench()
    with bench.gazetteer:
        click.echo(f"{bench.settings.cache / 'gazetteer.sqlite'}: ready")
