"""``foreshock incidents``: what happened, as all claims of it together tell."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import get_args

import click

from foreshock.cli.figures import tally_text
from foreshock.cli.plain import plain
from foreshock.cli.rows import write_rows
from foreshock.cli.scope import Scope, scoped
from foreshock.errors import LedgerError
from foreshock.model import Incident, Kind, Report

COLUMNS = {
    "id": None, "when": 21, "kind": 20, "place": 20, "grade": None, "origins": None, "claims": None, "by": 36, "figures": 40,
    "first words": 60,
}  # fmt: skip

# What is said of a crisis without anything happening.
BACKGROUND = {"STATE", "ASSESS", "LIKEN"}


@click.command()
@click.argument("incident", required=False, metavar="[ID]")
@click.option("--kind", help="Only this kind.")
@click.option("--all", "everything", is_flag=True, help="Background, judgements and comparisons too, which are no events.")
@click.option("--confirmed", is_flag=True, help="Only what two origins confirm, one of them no party, or an admission.")
@click.option("--limit", type=click.IntRange(min=1), help="At most this many, the latest first.")
@scoped
def command(
    *,
    scope: Scope,
    incident: str | None,
    kind: str | None,
    everything: bool,
    confirmed: bool,
    limit: int | None,
) -> None:
    """Print incidents, the latest first; with an ID, one of them with its claims, origins and the reasons that join them."""
    with scope.situation() as found:
        if incident:
            one = _named(found.incidents, incident)
            if scope.form == "table":
                _show(one, found.reports)
            else:
                write_rows([one], scope.form, sys.stdout, columns=COLUMNS, cells=lambda row: _cells(row, found.reports))
            return
        kinds = {kind.upper()} if kind else set(get_args(Kind)) - (set() if everything else BACKGROUND)
        rows = [one for one in found.incidents if one.kind in kinds and (not confirmed or one.credibility == 1)]
        write_rows(rows[:limit], scope.form, sys.stdout, columns=COLUMNS, cells=lambda row: _cells(row, found.reports))


def _named(incidents: Sequence[Incident], prefix: str) -> Incident:
    found = [one for one in incidents if one.id.startswith(prefix) or prefix in one.merged]
    if len(found) != 1:
        how = "no incident" if not found else f"{len(found)} incidents"
        raise LedgerError(f"{how} of id {prefix!r} here", remedy="list them with foreshock incidents, and give more of the id")
    return found[0]


def _cells(one: Incident, reports: Mapping[str, Report]) -> list[str]:
    first = reports[one.claim_ids[0]].claim
    return [
        one.id[:8],
        _when(one),
        f"{one.kind}/{one.mode}" if one.mode else one.kind,
        one.place.name if one.place else "",
        str(one.credibility),
        str(len(one.origins)),
        str(len(one.claim_ids)),
        "; ".join(f"{who.actor.name} ({', '.join(who.holders)})" for who in one.attributed_to),
        "; ".join(text for tally in one.tallies if (text := tally_text(tally))),
        " ".join(first.text.split()),
    ]


def _when(one: Incident) -> str:
    if one.when is None:
        return ""
    start, end = one.when.start or "?", one.when.end or "?"
    return start if start == end else f"{start}–{end}"


def _show(one: Incident, reports: Mapping[str, Report]) -> None:
    head = " · ".join(part for part in (_when(one), one.kind, one.mode or "", one.place.name if one.place else "") if part)
    lines = [f"{one.id}  {head}", f"grade {one.credibility}: {one.why}"]
    if one.merged:
        lines.append(f"holds what was {', '.join(one.merged)} before")
    if one.split_from:
        lines.append(f"parted from {one.split_from}")
    lines += [f"figures: {tally_text(tally)}" for tally in one.tallies if tally_text(tally)]
    lines += [f"attributed to {who.actor.name} by {', '.join(who.holders)}" for who in one.attributed_to]
    why = {row.claim_id: row for row in one.joined}
    for origin in one.origins:
        lines.append(f"\norigin {origin.name}" + "".join(f"\n  {link.reason}: {link.why}" for link in origin.links))
        for claim_id in origin.claim_ids:
            report = reports[claim_id]
            said = " > ".join(holder.name for holder in report.claim.holders)
            lines.append(f"  {claim_id[:8]} {report.source}, {report.published or 'undated'}: {said}")
            lines.append(
                f"    {report.claim.status}{', negated' if report.claim.negated else ''}: “{' '.join(report.claim.text.split())}”"
            )
            if claim_id in why:
                lines.append(f"    joined at {why[claim_id].score:.2f}: {'; '.join(why[claim_id].why)}")
    click.echo("\n".join(plain(line) for line in lines))
