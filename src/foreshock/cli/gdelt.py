"""``foreshock gdelt``: the events that GDELT coded, and our claims of the same pages beside them."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from foreshock.cli.options import ledger_option, now_option, workbench
from foreshock.cli.plain import tell
from foreshock.cli.rows import FORMATS, write_rows
from foreshock.ledger import Ledger

if TYPE_CHECKING:
    from foreshock.pipeline import Compared, GdeltEvent, Listed

EVENTS = {"date": None, "code": None, "actor": None, "recipient": None, "place": 40, "url": 80}
COMPARED = {"url": 60, "root": None, "verdict": None, "theirs": 50, "ours": 40, "agrees": None, "differs": None, "text": 60}


@click.command()
@click.argument("action", type=click.Choice(["list", "compare"]))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@ledger_option
@now_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How it is printed.")
def command(action: str, files: tuple[Path, ...], ledger: Path | str | None, now: datetime, form: str) -> None:
    """Print the events of GDELT's lists FILE, or compare them with the claims of the same pages.

    FILE is .export.CSV or .mentions.CSV of GDELT 2.0, plain or .zip, or what list prints as jsonl. foreshock ingest fetches the
    pages that they name.
    """
    from foreshock import pipeline

    found = pipeline.gdelt_events(files)
    _tell(found)
    if action == "list":
        write_rows(
            (event for events in found.events.values() for event in events), form, sys.stdout, columns=EVENTS, cells=_event
        )
        return
    bench = workbench()
    verdicts: Counter[str] = Counter()
    pages: set[str] = set()
    with Ledger(ledger or bench.settings.ledger, create=False) as kept:
        compared = _counted(pipeline.compare_gdelt(kept, found.events, bench.codebook, now=now), verdicts, pages)
        write_rows(compared, form, sys.stdout, columns=COMPARED, cells=_cells)
    tell(
        f"{len(pages)} of {len(found.events)} pages are in the ledger: {verdicts['both']} acts in both, "
        f"{verdicts['theirs']} in theirs only, {verdicts['ours']} in ours only"
    )


def _tell(found: Listed) -> None:
    skipped = ", ".join(f"{reason} {number:,}" for reason, number in found.skipped.items())
    events = len({event.id for events in found.events.values() for event in events})
    tell(f"{found.rows:,} rows, {events:,} events on {len(found.events):,} pages{f'; skipped: {skipped}' if skipped else ''}")


def _counted(compared: Iterable[Compared], verdicts: Counter[str], pages: set[str]) -> Iterator[Compared]:
    for one in compared:
        verdicts[one.verdict] += 1
        pages.add(one.url)
        yield one


def _event(one: GdeltEvent) -> list[str]:
    return [one.date or "", one.code, one.actor, one.recipient, one.place, one.url]


def _cells(one: Compared) -> list[str]:
    event = one.event
    theirs = f"{event.code} {event.actor} > {event.recipient} {event.place} {event.date or ''}" if event else ""
    ours = f"{one.ours[0]} > {one.ours[1]} {one.ours[2]} {one.ours[3]}" if one.ours else ""
    told = [theirs, ours, " ".join(one.agrees), " ".join(one.differs), " ".join((one.text or "").split())]
    return [one.url, one.root, one.verdict, *(" ".join(text.split()) for text in told)]
