"""``foreshock serve``: the desk in a browser."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import click

from foreshock.cli import logs
from foreshock.cli.options import ledger_option, workbench
from foreshock.cli.plain import tell
from foreshock.errors import ForeshockError
from foreshock.ledger import Ledger


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8642, show_default=True, help="The port to listen on.")
@click.option("--example", is_flag=True, help="Open the invented example, also where there is a ledger.")
@ledger_option
def command(*, host: str, port: int, example: bool, ledger: Path | str | None) -> None:
    """Open the desk in a browser: on the ledger, or on an invented example where there is none yet.

    It listens on this machine only, and needs no login there; on another address it needs accounts, or a provider. What other
    commands ingest meanwhile shows up without a reload.
    """
    from foreshock.web import Desk, make_app
    from foreshock.web import example as shown
    from foreshock.web.auth import make_access
    from foreshock.web.auth.access import SECRET
    from foreshock.web.security.hosts import is_loopback
    from foreshock.web.server import run

    bench = workbench()
    logs.start(bench.settings.log_format)
    address = ledger or bench.settings.ledger
    invented = example or (isinstance(address, Path) and ledger is None and not address.exists())
    if invented:
        address = shown.address(bench.settings.cache)
    with Ledger(address) as kept:
        desk = Desk(kept, bench, now=shown.now, example=True) if invented else Desk(kept, bench)
        access = make_access(kept, bench.settings, host=host, secret=os.environ.get(SECRET))
        app = make_app(desk, access)
        if not is_loopback(host) and not access.proxies:
            tell("passwords cross the network in the clear: put a proxy that speaks https before the desk, and set trusted_proxy")
        if invented:
            threading.Thread(target=_fill, args=(desk,), daemon=True, name="example").start()
        where = f"[{host}]" if ":" in host else host
        what = "the invented example" if invented else kept.shown
        click.echo(f"the desk is at http://{where}:{port}/ ({what}); Ctrl-C ends it")
        try:
            run(app, host=host, port=port)
        finally:
            desk.close()


def _fill(desk: object) -> None:
    from foreshock.web import Desk
    from foreshock.web import example as shown

    assert isinstance(desk, Desk)  # noqa: S101 - for the type only
    try:
        for _ in shown.fill(desk.ledger, desk.bench):
            pass
    except ForeshockError as error:
        tell(error)
