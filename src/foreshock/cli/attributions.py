"""``foreshock attributions``: who is given which words in files, one attribution a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TextIO

import click

from foreshock.cli.inputs import Inputs
from foreshock.cli.options import now_option, published_option, workbench
from foreshock.cli.plain import plain, tell
from foreshock.cli.progress import counted
from foreshock.model import Attribution, Reading, Span

if TYPE_CHECKING:
    from foreshock import pipeline

FORMATS = ("jsonl", "table")
WIDTH = 60


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="jsonl", show_default=True, help="How attributions are printed."
)
@click.option("--language", help="The language of INPUT, ISO 639-1; otherwise it is identified.")
@published_option
@now_option
def command(inputs: tuple[str, ...], form: str, language: str | None, published: str | None, now: datetime) -> None:
    """Print who is given which words in INPUT.

    INPUT is files, folders, URLs, or - for standard input. An attribution has a source, the words that attribute (cue) and
    the words attributed (content), each with offsets in the text; its holder is the source's fullest name in the text;
    "within" is the position of the attribution that it lies in, counted from 0 in its document.
    """
    bench = workbench()
    given = Inputs(inputs, bench.settings, now)
    for document in counted(given, "reading"):
        with given.reporting():
            _print(document, bench, form, now=now, published=published, language=language)
    given.finish()


def _print(
    document: Any, bench: pipeline.Workbench, form: str, *, now: datetime, published: str | None, language: str | None
) -> None:
    from foreshock import pipeline

    reading = pipeline.read(document, bench, now=now, published=published, language=language)
    if reading.depth == "surface":
        tell(
            f"{reading.document.source}: language {reading.document.language} is read on the surface only; nothing is attributed"
        )
    found = pipeline.attributions(reading, bench)
    if form == "jsonl":
        write_lines(reading, found, sys.stdout)
    else:
        write_table(reading, found, sys.stdout)


def write_lines(reading: Reading, found: Iterable[Attribution], out: TextIO) -> None:
    """Write attributions as JSON objects, one a line."""
    text = reading.document.text
    for number, one in enumerate(found):
        record = {
            "document_id": reading.document.id,
            "language": reading.document.language,
            "index": number,
            "source": _words(text, (one.source,))[0] if one.source else None,
            "cue": _words(text, one.cue),
            "content": _words(text, one.content),
            "form": one.form,
            "holder": one.holder,
            "within": one.within,
        }
        out.write(json.dumps(record, ensure_ascii=False) + "\n")


def write_table(reading: Reading, found: Sequence[Attribution], out: TextIO) -> None:
    """Write attributions for people: holder, cue and content, nested ones indented."""
    text = reading.document.text
    depths: list[int] = []
    for one in found:
        depths.append(depths[one.within] + 1 if one.within is not None else 0)
        cue = " … ".join(text[start:end] for start, end in one.cue)
        content = " … ".join(text[start:end] for start, end in one.content)
        content = content if len(content) <= WIDTH else content[: WIDTH - 1] + "…"
        out.write(f"{'  ' * depths[-1]}{plain(one.holder or '?')}  [{plain(cue)}]  {plain(content)}  ({one.form})\n")


def _words(text: str, spans: Iterable[Span]) -> list[dict[str, Any]]:
    return [{"start": start, "end": end, "text": text[start:end]} for start, end in spans]
