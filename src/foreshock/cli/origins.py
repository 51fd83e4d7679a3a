"""``foreshock origins``: which documents only carry what another has first-hand, and why."""

from __future__ import annotations

import sys

import click

from foreshock.cli.rows import write_rows
from foreshock.cli.scope import Scope, scoped
from foreshock.model import Link

COLUMNS = {"carrier": 40, "published": None, "carries": 40, "reason": None, "score": None, "why": 80}


@click.command()
@scoped
def command(
    *,
    scope: Scope,
) -> None:
    """Print the graph of origins, one link a row: a copy, a rewrite of an agency's report, a translation, a citation ..."""
    with scope.situation() as found:
        names = found.document_names

        def cells(link: Link) -> list[str]:
            carrier, published = names.get(link.carrier, (link.carrier, None))
            source, _ = names.get(link.source, (link.source, None))
            return [carrier, published or "", source, link.reason, f"{link.score:.2f}", link.why]

        write_rows(found.links, scope.form, sys.stdout, columns=COLUMNS, cells=cells)
