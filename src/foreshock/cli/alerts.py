"""``foreshock alerts``: what watches raised, how it was delivered, and its exports."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from foreshock.cli.channels import shown_address
from foreshock.cli.options import as_of_option, ledger_option, now_option, settings_here, workbench
from foreshock.cli.plain import plain, tell
from foreshock.cli.rows import FORMATS, write_rows
from foreshock.errors import ExportError, LedgerError
from foreshock.ledger import Ledger
from foreshock.ledger.outbox import Outbox
from foreshock.ledger.watches import Watches
from foreshock.model import Alert, Delivery, to_json

COLUMNS = {"at": None, "watch": 24, "threshold": 32, "title": 60, "stands on": None, "id": None}
DELIVERIES = {"state": None, "tries": None, "due": None, "watch": 24, "channel": 40, "why": 50, "id": None}
EXPORTS = ("atom", "cap", "jsonl")
ACTIONS = ("list", "run", "export", "deliveries", "retry")


@click.command()
@click.argument("action", type=click.Choice(ACTIONS), default="list")
@click.argument("name", required=False)
@click.option("--limit", type=click.IntRange(min=1), help="At most this many, the latest first.")
@click.option("--out", type=click.Path(path_type=Path), help="File of an export; of cap, where each alert is a file, a folder.")
@click.option("--as", "export", type=click.Choice(EXPORTS), default="jsonl", show_default=True, help="Format of an export.")
@click.option("--sender", default="foreshock@localhost", show_default=True, help="Who is said to send a cap message.")
@ledger_option
@as_of_option
@now_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How a list is printed.")
def command(
    action: str,
    name: str | None,
    limit: int | None,
    out: Path | None,
    export: str,
    sender: str,
    ledger: Path | str | None,
    as_of: str | None,
    now: datetime,
    form: str,
) -> None:
    """Print, raise, deliver and export the alerts of watches.

    NAME is that of a watch; without it all count. list prints alerts; run evaluates watches, then delivers what is due; export
    writes alerts as an Atom feed, as CAP 1.2 drafts or as JSON lines; deliveries prints the outbox; retry gives dead deliveries
    another round of tries.
    """
    settings = settings_here()
    address = ledger or settings.ledger
    if action == "run":
        with Ledger(address) as kept:
            _run(kept, name, now=now, form=form)
        return
    if action == "retry":
        with Ledger(address) as kept:
            dead = [one.id for one in Outbox(kept).deliveries(watch=name, states=("dead",))] if name else []
            count = Outbox(kept).revive(dead, now=now) if dead or not name else 0
        click.echo(f"{count} deliveries are tried again by the next run")
        return
    with Ledger(address, create=False) as kept:
        if name:
            Watches(kept).get(name)
        if action == "list":
            write_alerts(Watches(kept).alerts(name, as_of=as_of, limit=limit), form)
        elif action == "deliveries":
            found = Outbox(kept).deliveries(watch=name, limit=limit)
            write_rows(found, form, sys.stdout, columns=DELIVERIES, cells=_delivery)
        else:
            _export(kept, name, export, out, sender=sender, as_of=as_of, limit=limit, now=now)


def write_alerts(alerts: Sequence[Alert], form: str) -> None:
    """Print alerts; the JSON forms hold the whole records."""
    write_rows(alerts, form, sys.stdout, columns=COLUMNS, cells=_cells)


def _run(kept: Ledger, name: str | None, *, now: datetime, form: str) -> None:
    from foreshock import pipeline
    from foreshock.watch.alerts.deliver import Sender
    from foreshock.watch.alerts.round import raise_and_deliver

    bench = workbench()
    if waiting := pipeline.not_joined(kept):
        tell(f"{waiting} documents are kept and not joined yet; they are looked at after foreshock join")
    send = Sender(bench.settings, os.environ)
    done = raise_and_deliver(kept, bench, send, now=now, names=[name] if name else ())
    write_alerts(done.alerts, form)
    went = done.delivered
    tell(f"{len(done.alerts)} alerts; deliveries: {went.sent} sent, {went.waiting} to be tried again, {went.dead} dead")
    for watch, error in done.failed:
        tell(f"the watch {watch!r} was not evaluated: {error}")
    if done.failed:
        raise LedgerError(f"{len(done.failed)} watches were not evaluated", remedy="see above; the others were")


def _export(
    kept: Ledger,
    name: str | None,
    form: str,
    out: Path | None,
    *,
    sender: str,
    as_of: str | None,
    limit: int | None,
    now: datetime,
) -> None:
    store = Watches(kept)
    alerts = store.alerts(name, as_of=as_of, limit=limit)
    if form == "cap":
        _export_cap(store, alerts, out, sender=sender)
        return
    if form == "atom":
        from foreshock.briefs.exports.alert_feed import alert_feed
        from foreshock.dates import utc_stamp

        key = store.state(name).watch_id if name else "all"
        data = alert_feed(name or "All watches", alerts, key=key, updated=utc_stamp(now))
    else:
        import json

        data = "".join(json.dumps(to_json(one), ensure_ascii=False) + "\n" for one in alerts).encode("utf-8", "replace")
    if out is None:
        click.echo(data, nl=False)
    else:
        _write(out, data)


def _export_cap(store: Watches, alerts: Sequence[Alert], out: Path | None, *, sender: str) -> None:
    from foreshock.briefs.exports.cap import cap_xml

    if out is None:
        raise click.UsageError("cap writes a file for each alert: give --out FOLDER")
    for one in alerts:
        follows = [store.alert(one.follows)] if one.follows else []
        _write(out / f"{one.id}.cap.xml", cap_xml(one, sender=sender, follows=follows))


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        raise ExportError(f"cannot write {path}: {error.strerror}", remedy="name another place with --out") from error
    click.echo(f"wrote {plain(str(path))}", err=True)


def _cells(alert: Alert) -> list[str]:
    from foreshock.pipeline.thresholds import trigger_text

    counts = [(len(alert.claim_ids), "claim"), (len(alert.estimate_ids), "estimate")]
    stands = ", ".join(f"{n} {word}{'s' if n > 1 else ''}" for n, word in counts if n)
    return [alert.at, alert.watch, trigger_text(alert.trigger), alert.title, stands, alert.id]


def _delivery(one: Delivery) -> list[str]:
    channel = f"{one.channel.kind} {shown_address(one.channel)}".strip() if one.channel else "gone"
    return [one.state, str(one.tries), one.due, one.watch, channel, one.why or "", one.id]
