"""``foreshock search``: claims or documents by their words."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from foreshock.cli.filters import filtered
from foreshock.cli.options import ledger_option, now_option, settings_here
from foreshock.cli.rows import FORMATS, write_rows
from foreshock.cli.tables import write_claims
from foreshock.ledger import Ledger, Query
from foreshock.ledger.search_documents import Found

COLUMNS = {"document": None, "published": None, "source": 30, "language": None, "title": 40, "words": 80}
NEWEST = 20


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--documents", is_flag=True, help="Find documents by title and text instead of claims.")
@ledger_option
@now_option
@filtered
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How it is printed.")
def command(
    *, query: Query, words: tuple[str, ...], documents: bool, ledger: Path | str | None, form: str, now: datetime
) -> None:
    """Find claims by their words and the names of their holders, actors and places, the latest first.

    All WORDS must be there: "a phrase", begin*, -without, this OR that. Case, width, accents and marks do not matter. At most 20
    are printed unless --limit says otherwise.
    """
    from foreshock import pipeline

    asked = " ".join(words)
    limit = query.limit or NEWEST
    with Ledger(ledger or settings_here().ledger, create=False) as kept:
        if documents:
            answers = kept.search(asked, language=query.language, as_of=query.as_of, limit=limit)
            shown = pipeline.shown_documents(kept, answers, now=now, as_of=query.as_of)
            write_rows([_record(one) for one in shown], form, sys.stdout, columns=COLUMNS, cells=_cells)
            return
        wanted = replace(query, words=asked, order="newest", limit=limit)
        with closing(pipeline.shown_claims(kept, wanted, now=now)) as found:
            write_claims(found, form, sys.stdout)


def _record(one: Found) -> dict[str, object]:
    document = one.document
    start, end = one.snippet
    return {
        "document_id": document.id, "version": document.version, "source": document.source, "url": document.url,
        "language": document.language, "title": document.title, "published": document.published,
        "start": start, "end": end, "text": document.text[start:end], "marks": [list(mark) for mark in one.marks],
    }  # fmt: skip


def _cells(one: dict[str, object]) -> list[str]:
    told = [str(one[name] or "") for name in ("published", "source", "language", "title")]
    return [str(one["document_id"])[:8], *told, " ".join(str(one["text"]).split())]
