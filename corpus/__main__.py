"""``python -m corpus``: check, tables, convert and damage the corpus."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from corpus import TEXTS, read_all
from corpus.checks import check
from corpus.records import LANGUAGES
from corpus.spread import cells, countries


@click.group(help=__doc__)
def main() -> None:
    """Group the commands."""


@main.command("check")
@click.option("--language", "-l", multiple=True, type=click.Choice(LANGUAGES), help="Only these languages.")
@click.option("--missing", is_flag=True, help="Also print what the tables still lack.")
@click.option("--texts", type=click.Path(exists=True, file_okay=False, path_type=Path), default=TEXTS, help="Another folder of texts.")
def check_(language: tuple[str, ...], missing: bool, texts: Path) -> None:
    """Parse all texts and print every fault with its line; exit 1 if there is one."""
    documents, faults = read_all(texts, languages=language or LANGUAGES)
    faults += check(documents)
    for fault in faults:
        click.echo(str(fault))
    for code in language or LANGUAGES:
        mine = [document for document in documents if document.language == code]
        sentences = sum(len(document.sentences) for document in mine)
        bare = sum(len(document.bare()) for document in mine)
        claims = sum(len(document.claims) for document in mine)
        click.echo(f"{code}: {len(mine)} documents, {sentences} sentences ({bare} without a claim), {claims} claims")
        if missing:
            lacking = [cell for cell in cells(code, documents) if not cell.full]
            for table in dict.fromkeys(cell.table for cell in lacking):
                click.echo(f"  {table}: " + ", ".join(f"{cell.name} {cell.found}/{cell.least}" for cell in lacking if cell.table == table))
    if missing:
        told = countries(documents)
        click.echo(f"{len(told)} countries; most: " + ", ".join(f"{code} {number}" for code, number in told.most_common(6)))
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
