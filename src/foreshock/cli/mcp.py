"""``foreshock mcp``: the ledger for language models, over standard streams."""

from __future__ import annotations

from pathlib import Path

import click

from foreshock.cli.options import crisis_option, ledger_option, workbench
from foreshock.cli.plain import tell
from foreshock.ledger import Ledger


@click.command()
@ledger_option
@crisis_option
def command(*, ledger: Path | str | None, crisis: str | None) -> None:
    """Answer a language model's questions about the ledger, by the Model Context Protocol over standard input and output.

    It only reads. Every answer names the claims that it stands on; words of documents are marked as what others wrote.
    """
    from foreshock.errors import AccessError, LedgerError

    try:
        from foreshock.web import Desk
        from foreshock.web.mcp.server import make_server
    except ImportError as error:
        raise AccessError(
            "the MCP server needs packages that are not installed", remedy="pip install 'foreshock[desk]'"
        ) from error

    bench = workbench()
    with Ledger(ledger or bench.settings.ledger, create=False) as kept:
        if crisis is not None and crisis not in (known := [one.name for one in kept.crises()]):
            raise LedgerError(f"there is no crisis {crisis!r}", remedy=f"those known: {', '.join(known) or 'none yet'}")
        desk = Desk(kept, bench)
        tell(f"answers questions about {kept.shown} on standard input; Ctrl-C ends it")
        try:
            make_server(desk, crisis=crisis).run("stdio")
        finally:
            desk.close()
