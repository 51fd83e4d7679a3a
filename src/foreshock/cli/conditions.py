"""``foreshock conditions``: orders, curfews, blackouts, ceasefires ... and whether they still hold."""

from __future__ import annotations

import sys

import click

from foreshock.cli.rows import write_rows
from foreshock.cli.scope import Scope, scoped
from foreshock.model import Condition

COLUMNS = {
    "id": None, "type": 20, "place": 20, "declared by": 24, "party": 20, "since": None, "until": None, "state": None,
    "freshness": None, "last confirmed": None, "age": None, "held by": 40, "claims": None,
}  # fmt: skip


@click.command()
@click.option("--type", "type_", help="Only this type, such as curfew.")
@scoped
def command(
    *,
    scope: Scope,
    type_: str | None,
) -> None:
    """Print the register of conditions: who declared each, who holds it to be in force, when that was last said, its age in days.

    One past its stated end, or unconfirmed for long, is shown as past or ageing.
    """
    with scope.situation() as found:
        rows = [one for one in found.conditions if not type_ or one.type == type_]
        write_rows(rows, scope.form, sys.stdout, columns=COLUMNS, cells=_cells)


def _cells(one: Condition) -> list[str]:
    return [
        one.id[:8],
        one.type,
        one.place.name if one.place else "",
        one.declared_by.name if one.declared_by else "",
        one.party.name if one.party else "",
        one.since or "",
        one.until or "",
        one.state,
        one.freshness,
        one.last_confirmed or "",
        "" if one.age_days is None else str(one.age_days),
        "; ".join(one.held_by),
        " ".join(claim_id[:8] for claim_id in one.claim_ids),
    ]
