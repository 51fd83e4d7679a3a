"""``foreshock tallies``: what is counted, by whom, over time; definitions and scopes stay apart."""

from __future__ import annotations

import sys

import click

from foreshock.cli.figures import span_text
from foreshock.cli.rows import write_rows
from foreshock.cli.scope import Scope, scoped
from foreshock.model import Tally, TallyPoint

COLUMNS = {
    "what": None, "of": 20, "scope": 24, "counting": None, "now": None, "as of": None, "holder": 36, "told": None, "state": None,
    "words": 24, "claim": None,
}  # fmt: skip


@click.command()
@click.option("--what", help="Only this count: killed, injured, detained, displaced, strength ...")
@scoped
def command(
    *,
    scope: Scope,
    what: str | None,
) -> None:
    """Print the tallies of a crisis, each number with its holder; nothing is summed, and a lost number stays lost."""
    with scope.situation() as found:
        tallies = [one for one in found.tallies if not what or one.what == what]
        if scope.form in ("json", "jsonl"):
            write_rows(tallies, scope.form, sys.stdout, columns=COLUMNS, cells=lambda _: ())
            return
        rows = [(tally, point) for tally in tallies for point in tally.points]
        write_rows(rows, scope.form, sys.stdout, columns=COLUMNS, cells=_cells)


def _cells(row: tuple[Tally, TallyPoint]) -> list[str]:
    tally, point = row
    bound = f"{point.bound} " if point.bound else ""
    known = [value for value in (point.low, point.best, point.high) if value is not None]
    told = bound + "-".join(f"{value:g}" for value in sorted(set(known))) if point.state == "read" and known else ""
    return [
        tally.what, tally.of or "", tally.scope or "", tally.counting or "", span_text(tally), point.as_of or "", point.holder,
        told, point.state, point.raw, point.claim_id[:8],
    ]  # fmt: skip
