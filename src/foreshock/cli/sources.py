"""``foreshock sources``: how reliable each source has been, in this ledger."""

from __future__ import annotations

import sys

import click

from foreshock.cli.rows import write_rows
from foreshock.cli.scope import Scope, scoped
from foreshock.model import Grade

COLUMNS = {
    "source": 36, "grade": None, "claims": None, "confirmed": None, "denied": None, "walked back": None, "stands up": None,
    "why": 70,
}  # fmt: skip


@click.command()
@scoped
def command(
    *,
    scope: Scope,
) -> None:
    """Print the sources with their Admiralty grade A to F and the record that it comes from; a thin record is F.

    "Stands up" is the share of a source's own claims that stand up, with its 90 % interval.
    """
    with scope.situation() as found:
        write_rows(found.grades, scope.form, sys.stdout, columns=COLUMNS, cells=_cells)


def _cells(one: Grade) -> list[str]:
    share = f"{one.mean:.2f} [{one.low:.2f}, {one.high:.2f}]"
    counts = [str(one.claims), str(one.confirmed), str(one.denied), str(one.walked_back)]
    return [one.source, one.reliability + (" (set)" if one.overridden_by else ""), *counts, share, one.why]
