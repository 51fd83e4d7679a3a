"""``foreshock brief``: the situation brief of files, a folder, a URL, or of the ledger."""

from __future__ import annotations

import shutil
import sys
from datetime import datetime
from pathlib import Path

import click

from foreshock import pipeline
from foreshock.briefs import Brief, render
from foreshock.cli.app import PARTLY
from foreshock.cli.options import IsoDate, coder_option, gather_all, ledger_option, now_option, published_option, workbench
from foreshock.cli.progress import counted
from foreshock.errors import LedgerError
from foreshock.ledger import Ledger, Query
from foreshock.model import Claim, Reading

FORMATS = ("terminal", "html", "markdown", "json")
FILES = {"html": "brief.html", "markdown": "brief.md"}


@click.command()
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@click.option("--format", "form", type=click.Choice(FORMATS), default="terminal", show_default=True, help="What is printed.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Also write brief.html and brief.md into this folder.")
@click.option("--language", type=click.Choice(("en", "ja")), default=None, help="Language of the brief.  [default: that of the settings, en]")
@click.option("--title", help="Title of the brief.")
@click.option("--as-of", type=IsoDate(), help="Only what was published (of files) or known (of the ledger) by the end of this date.")
@ledger_option
@coder_option
@published_option
@now_option
def command(
    inputs: tuple[str, ...],
    form: str,
    out: Path | None,
    language: str | None,
    title: str | None,
    as_of: str | None,
    ledger: Path | None,
    coder: str,
    published: str | None,
    now: datetime,
) -> None:
    """Print the situation brief of INPUT (files, folders, one URL, - for standard input), or without INPUT that of the ledger.

    Every sentence of a brief stands on claims and leads to the words that they stand on; a brief that breaks a rule does not compile.
    """
    bench = workbench()
    failed: list[object] = []
    if inputs:
        documents, errors = gather_all(inputs, bench.settings, now)
        failed.extend(errors)
        readings = [pipeline.read(one, bench, now=now, published=published) for one in counted(documents, "reading")]
        readings = pipeline.published_by(readings, as_of)
        claims = [claim for reading in counted(readings, "coding") for claim in pipeline.code(reading, bench, coder=coder)]
    else:
        readings, claims = _from_ledger(ledger or bench.settings.ledger, bench, now, as_of)
    named = title or _title(inputs)
    chosen = language or bench.settings.language
    brief = pipeline.tell(readings, claims, bench, now=now, title=named, language=chosen, as_of=as_of)
    if out:
        _write(brief, out)
    _show(brief, form)
    if failed:
        raise click.exceptions.Exit(PARTLY)


def _from_ledger(path: Path, bench: pipeline.Workbench, now: datetime, as_of: str | None) -> tuple[list[Reading], list[Claim]]:
    if not path.is_file():
        raise LedgerError(f"there is no ledger at {path}", remedy="name an INPUT, or keep something first with foreshock ingest")
    with Ledger(path) as kept:
        claims = list(kept.claims(Query(as_of=as_of)))
        readings = [pipeline.read(one, bench, now=now, published=one.published) for one in kept.latest_documents(as_of=as_of)]
    return readings, claims


def _title(inputs: tuple[str, ...]) -> str:
    return " + ".join(Path(one).name or one for one in inputs[:3]) if inputs else "Situation brief"


def _show(brief: Brief, form: str) -> None:
    width = shutil.get_terminal_size((100, 40)).columns if sys.stdout.isatty() else 100
    click.echo(render(brief, format=form, width=width, color=sys.stdout.isatty()))  # type: ignore[arg-type]


def _write(brief: Brief, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for form, name in FILES.items():
        path = folder / name
        part = path.with_suffix(path.suffix + ".part")
        part.write_text(render(brief, format=form), encoding="utf-8")  # type: ignore[arg-type]
        part.replace(path)
        click.echo(f"wrote {path}", err=True)
