"""``foreshock feeds``: what is watched, and how it is doing."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from foreshock.cli.app import FAILED, PARTLY
from foreshock.cli.options import ledger_option, now_option, settings_here
from foreshock.cli.plain import tell
from foreshock.cli.rows import FORMATS, write_rows
from foreshock.errors import ReadingError, SourceError
from foreshock.ledger import Ledger
from foreshock.ledger.feeds import Feeds
from foreshock.model import FeedHealth, FeedKind
from foreshock.settings import Settings

if TYPE_CHECKING:
    from foreshock import pipeline

COLUMNS = {
    "id": None, "name": 24, "kind": None, "address": 44, "state": None, "last good": None, "next": None, "failures": None,
    "items": None, "stubs": None, "waiting": None, "error": 40,
}  # fmt: skip
CHECKED = {"address": 60, "form": None, "name": 30, "items": None, "stubs": None, "latest": None, "moved to": 40, "notes": 60}


@click.command()
@click.argument("action", type=click.Choice(["list", "add", "drop", "import", "export", "check"]), default="list")
@click.argument("given", nargs=-1, metavar="[ADDRESS|FILE]...")
@click.option(
    "--kind",
    type=click.Choice(["feed", "page", "mailbox", "folder"]),
    help="add: what is at ADDRESS; without it, what it seems.",
)
@click.option("--name", default="", help="add: the outlet that its documents are from; without it, what it calls itself.")
@click.option(
    "--category", "categories", multiple=True, help="add: where it is filed, as Asia/Kazakhstan; may be given more than once."
)
@click.option(
    "--every",
    type=int,
    metavar="SECONDS",
    help="add: seconds between two polls; without it 900, and 60 for mailboxes and folders.",
)
@click.option("--stubs", is_flag=True, help="add: keep summaries as they are; do not fetch their pages.")
@click.option("--pages", is_flag=True, help="import: watch sites that are listed without a feed as pages.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="export: the file; standard output without it.")
@ledger_option
@now_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How the list is printed.")
def command(
    *, action: str, given: tuple[str, ...], kind: FeedKind | None, name: str, categories: tuple[str, ...], every: int | None,
    stubs: bool, pages: bool, out: Path | None, ledger: Path | str | None, now: datetime, form: str,
) -> None:  # fmt: skip
    """Keep what is watched: feeds, pages, mailboxes and folders; foreshock watch polls them.

    list prints them with their health. add watches an http(s) ADDRESS (a feed, or a page with --kind page), an mbox file, a
    Maildir or a folder. drop watches one no more, by id, address or name; its documents stay. import reads the subscriptions of
    OPML files (- for standard input), export writes them. check asks addresses, or all feeds that are watched, and prints what
    they give; it keeps nothing.
    """
    settings = settings_here()
    address = ledger or settings.ledger
    if action == "list":
        _list(address, form)
    elif action == "check":
        _check(given, address, settings, form)
    elif action == "export":
        _export(address, out, now)
    elif not given:
        raise click.UsageError(f"{action} needs {'a FILE' if action == 'import' else 'an ADDRESS'}")
    elif action == "add":
        _add(given, address, now, kind=kind, name=name, categories=_paths(categories), every=every, full=not stubs)
    elif action == "drop":
        _drop(given, address, now)
    else:
        _import(given, address, now, pages=pages, limit=int(settings.max_file_mb * 1_000_000))


def _paths(categories: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    paths = (tuple(part.strip() for part in one.split("/") if part.strip()) for one in categories)
    return tuple(path for path in paths if path)


def _list(address: Path | str, form: str) -> None:
    with Ledger(address, create=False) as kept:
        write_rows(Feeds(kept).health(), form, sys.stdout, columns=COLUMNS, cells=_cells)


def _cells(one: FeedHealth) -> list[str]:
    where = f"{one.feed.address} -> {one.moved_to}" if one.moved_to else one.feed.address
    counts = [str(number) for number in (one.failures, one.items, one.stubs, one.waiting)]
    return [one.feed.id, one.feed.name, one.feed.kind, where, one.state, one.last_good, one.next_due, *counts, one.error]


def _add(
    given: Sequence[str], ledger: Path | str, now: datetime, *, kind: FeedKind | None, name: str,
    categories: tuple[tuple[str, ...], ...], every: int | None, full: bool,
) -> None:  # fmt: skip
    from foreshock import pipeline

    made = [pipeline.feed_at(one, kind=kind, name=name, categories=categories, every=every, full=full) for one in given]
    with Ledger(ledger) as kept:
        for feed in made:
            new = pipeline.subscribe(kept, feed, now=now)
            click.echo(f"{'watching' if new else 'watched already:'} the {feed.kind} {feed.address} ({feed.id})")


def _drop(given: Sequence[str], ledger: Path | str, now: datetime) -> None:
    with Ledger(ledger) as kept:
        feeds = Feeds(kept)
        for feed in [feeds.find(one) for one in given]:
            feeds.drop(feed.id, now=now)
            click.echo(f"no longer watching {feed.address}; its documents stay")


def _import(given: Sequence[str], ledger: Path | str, now: datetime, *, pages: bool, limit: int) -> None:
    from foreshock import pipeline

    refused = 0
    with Ledger(ledger) as kept:
        for name in given:
            found = pipeline.import_opml(kept, _bytes(name, limit), now=now, pages=pages)
            for said in found.refused:
                tell(f"{name}: {said}")
            refused += len(found.refused)
            click.echo(f"{name}: {found.added} feeds added, {found.known} watched already, {len(found.refused)} not taken")
    if refused:
        raise click.exceptions.Exit(PARTLY)


def _bytes(name: str, limit: int) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(limit + 1)
    try:
        with Path(name).open("rb") as stream:
            return stream.read(limit + 1)
    except OSError as error:
        raise SourceError(
            f"{name} cannot be read: {error.strerror}", remedy="name an OPML file, or - for standard input"
        ) from error


def _export(ledger: Path | str, out: Path | None, now: datetime) -> None:
    from foreshock import pipeline

    with Ledger(ledger, create=False) as kept:
        data = pipeline.export_opml(kept, now=now)
    if out is None:
        click.echo(data.decode(), nl=False)
    else:
        out.write_bytes(data)
        click.echo(str(out))


def _check(given: Sequence[str], ledger: Path | str, settings: Settings, form: str) -> None:
    from foreshock import pipeline

    addresses = list(given)
    if not addresses:
        with Ledger(ledger, create=False) as kept:
            addresses = [one.address for one in Feeds(kept).all() if one.kind == "feed"]
    failed: list[str] = []

    def checked() -> Iterator[pipeline.Checked]:
        ask = pipeline.feed_fetcher(settings)
        for one in addresses:
            try:
                yield pipeline.check_feed(one, ask=ask, settings=settings)
            except (SourceError, ReadingError) as error:
                failed.append(one)
                tell(error)

    write_rows(checked(), form, sys.stdout, columns=CHECKED, cells=_checked_cells)
    if failed:
        raise click.exceptions.Exit(FAILED if len(failed) == len(addresses) else PARTLY)


def _checked_cells(one: pipeline.Checked) -> list[str]:
    return [one.address, one.form, one.name, str(one.items), str(one.stubs), one.latest, one.moved_to, "; ".join(one.notes)]
