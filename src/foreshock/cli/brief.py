"""``foreshock brief``: the situation brief of files, a folder, a URL, or of the ledger."""

from __future__ import annotations

import shutil
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from foreshock.cli.inputs import Inputs
from foreshock.cli.options import IsoDate, coder_option, crisis_option, ledger_option, now_option, published_option, workbench
from foreshock.cli.plain import tell
from foreshock.cli.progress import counted
from foreshock.errors import LedgerError
from foreshock.ledger import Ledger
from foreshock.model import Claim, PrivatePerson, Reading
from foreshock.settings import LANGUAGES

if TYPE_CHECKING:
    from foreshock import pipeline
    from foreshock.briefs import Brief

FORMATS = ("terminal", "html", "markdown", "json", "pdf")
FILES = {"html": "brief.html", "markdown": "brief.md"}


@click.command()
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@click.option("--format", "form", type=click.Choice(FORMATS), default="terminal", show_default=True, help="What is printed.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Also write brief.html, .md and .pdf into this folder.",
)
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default=None,
    help="Language of the brief.  [default: that of the settings, en]",
)
@click.option("--title", help="Title of the brief.")
@click.option(
    "--as-of", type=IsoDate(), help="Only what was published (of files) or known (of the ledger) by the end of this date."
)
@crisis_option
@ledger_option
@coder_option
@click.option(
    "--changes-since",
    type=IsoDate(),
    help="Say what changed since the end of this date; without it, since the last brief of this ledger or crisis.",
)
@click.option("--no-keep", is_flag=True, help="Do not remember in the ledger that this brief was made.")
@published_option
@now_option
def command(
    inputs: tuple[str, ...],
    form: str,
    out: Path | None,
    language: str | None,
    title: str | None,
    as_of: str | None,
    crisis: str | None,
    ledger: Path | str | None,
    coder: str,
    changes_since: str | None,
    no_keep: bool,
    published: str | None,
    now: datetime,
) -> None:
    """Print the situation brief of INPUT or of the ledger.

    INPUT is files, folders, URLs, or - for standard input; without it, the brief is that of the ledger. Every sentence of a brief
    stands on claims and leads to the words that they stand on; a brief that breaks a rule does not compile. Private persons are
    told by their role.
    """
    from foreshock import pipeline

    bench = workbench()
    given = Inputs(inputs, bench.settings, now)
    if form == "pdf" and sys.stdout.isatty():
        raise click.UsageError("a PDF is no text for a terminal: send it to a file (> brief.pdf), or give --out FOLDER")
    if inputs and crisis:
        raise click.UsageError("--crisis is a filter of the ledger; give it without INPUT, or keep the files first (ingest)")
    if inputs and changes_since:
        raise click.UsageError("--changes-since compares what the ledger knew; keep the files first (ingest), and give no INPUT")
    chosen = language or bench.settings.language
    if inputs:
        reusing = pipeline.Reusing(bench)
        readings, claims, named = _from_inputs(given, reusing, published=published, coder=coder, as_of=as_of)
        brief = pipeline.tell(
            readings,
            claims,
            bench,
            now=now,
            title=title or _title(inputs),
            language=chosen,
            as_of=as_of,
            named=named,
            vectors=reusing.vectors(pipeline.sentence_vectors()),
        )
        reusing.kept.prune()
    else:
        address = ledger or bench.settings.ledger
        of = {"crisis": crisis, "as_of": as_of, "changes_since": changes_since}
        brief = _of_ledger(address, bench, now=now, title=title or crisis, language=chosen, **of)
    if out:
        _write(brief, out)
    _show(brief, form)
    if not inputs and not no_keep and as_of is None:
        _remember(address, now=now, crisis=crisis)
    if inputs:
        given.finish()


def _from_inputs(
    given: Inputs, reusing: pipeline.Reusing, *, published: str | None, coder: str, as_of: str | None
) -> tuple[list[Reading], list[Claim], dict[str, tuple[PrivatePerson, ...]]]:
    """Return readings, claims and private persons of all inputs; a document that comes twice is told once."""
    from foreshock import pipeline

    found: dict[tuple[str, str], tuple[Reading, tuple[Claim, ...]]] = {}
    named: dict[str, tuple[PrivatePerson, ...]] = {}
    for document in counted(given, "reading and coding"):
        with given.reporting():
            reading = reusing.read(document, now=given.now, published=published)
            if (document.id, document.version) not in found and pipeline.published_by([reading], as_of):
                claims, named[document.id] = reusing.code(reading, coder=coder)
                found[document.id, document.version] = reading, claims
    if not given.documents:
        given.finish()
    return [reading for reading, _ in found.values()], [claim for _, claims in found.values() for claim in claims], named


def _of_ledger(
    address: Path | str,
    bench: pipeline.Workbench,
    *,
    now: datetime,
    title: str | None,
    language: str,
    as_of: str | None,
    crisis: str | None,
    changes_since: str | None,
) -> Brief:
    """Return the brief of what a ledger holds, of a crisis where one is named; say what is not joined yet."""
    from foreshock import pipeline

    with Ledger(address, create=False) as kept:
        if waiting := pipeline.not_joined(kept, as_of=as_of):
            tell(f"{waiting} documents are kept and not joined yet; join them with foreshock join")
        return pipeline.brief_of_ledger(
            kept,
            bench,
            now=now,
            title=title or _title(()),
            language=language,
            crisis=crisis,
            as_of=as_of,
            changes_since=changes_since,
            counted=lambda documents: counted(documents, "reading"),
        )


def _remember(address: Path | str, *, now: datetime, crisis: str | None) -> None:
    """Remember that the brief was made; a ledger that may only be read is left as it is, and that is said."""
    from foreshock import pipeline

    try:
        with Ledger(address) as kept:
            pipeline.remember_brief(kept, now=now, crisis=crisis)
    except LedgerError as error:
        tell(f"that this brief was made is not remembered: {error}")


def _title(inputs: tuple[str, ...]) -> str:
    return " + ".join(Path(one).name or one for one in inputs[:3]) if inputs else "Situation brief"


def _show(brief: Brief, form: str) -> None:
    from foreshock.briefs import render
    from foreshock.briefs.pdf import render_pdf

    if form == "pdf":
        click.echo(render_pdf(brief), nl=False)
        return
    width = shutil.get_terminal_size((100, 40)).columns if sys.stdout.isatty() else 100
    click.echo(render(brief, format=form, width=width, color=sys.stdout.isatty()))  # type: ignore[arg-type]


def _write(brief: Brief, folder: Path) -> None:
    from foreshock.briefs import render
    from foreshock.briefs.pdf import pdf_can_be_made, render_pdf

    folder.mkdir(parents=True, exist_ok=True)
    made = {name: render(brief, format=form).encode("utf-8") for form, name in FILES.items()}  # type: ignore[arg-type]
    if pdf_can_be_made():
        made["brief.pdf"] = render_pdf(brief)
    else:
        tell("brief.pdf is not written, it needs typst: pip install 'foreshock[pdf]'")
    for name, content in made.items():
        path = folder / name
        part = path.with_suffix(path.suffix + ".part")
        part.write_bytes(content)
        part.replace(path)
        click.echo(f"wrote {path}", err=True)
