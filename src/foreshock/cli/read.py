"""``foreshock read``: what a document is before it is coded: its language, date, sentences and damage."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import click

from foreshock.cli.inputs import Inputs
from foreshock.cli.options import now_option, published_option, workbench
from foreshock.cli.plain import plain
from foreshock.model import Reading, to_json


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "--format", "form", type=click.Choice(("text", "jsonl")), default="text", show_default=True, help="How readings are printed."
)
@published_option
@now_option
def command(inputs: tuple[str, ...], form: str, published: str | None, now: datetime) -> None:
    """Print how INPUT was read.

    INPUT is files, folders, URLs, or - for standard input. Shown are its language and why, its date and where that was found, how
    deep it was read, and its damage with proposals.
    """
    from foreshock import pipeline

    bench = workbench()
    given = Inputs(inputs, bench.settings, now)
    for document in given:
        with given.reporting():
            reading = pipeline.read(document, bench, now=now, published=published)
            click.echo(json.dumps(to_json(reading), ensure_ascii=False) if form == "jsonl" else plain(_text(reading)))
    given.finish()


def _text(reading: Reading) -> str:
    document = reading.document
    dated = f"{document.published} (by {document.published_by})" if document.published else "not known"
    lines = [
        f"{document.source}: {document.title or document.url or document.custody.origin}",
        f"  language   {document.language}, read {reading.depth}: {reading.language_why}",
        f"  published  {dated}",
        f"  custody    sha256 {document.custody.sha256}, {document.custody.size} bytes, fetched {document.fetched_at}",
        f"  sentences  {len(reading.sentences)}",
        *(f"  note       {note}" for note in document.notes),
        *(f"  translated {mark}" for mark in document.translated),
    ]
    for damage in document.damage:
        proposal = f" -> {damage.proposal}" if damage.proposal else ""
        lines.append(f"  damage     {damage.start}-{damage.end} {damage.kind} {damage.raw!r}{proposal}: {damage.why}")
    lines.extend(f"  mention    sentence {one.sentence}: {_mention(to_json(one.content))}" for one in reading.mentions)
    return "\n".join(lines)


def _mention(content: dict[str, Any]) -> str:
    if "precision" in content and "lat" in content:
        return f"place {content['name']} ({content['country']}, {content['precision']}) from {content['raw']!r}"
    if "precision" in content:
        return f"date {content['start']} to {content['end']} from {content['raw']!r}"
    known = [f"{content[key]:g}" for key in ("low", "best", "high") if content[key] is not None]
    said = "-".join(dict.fromkeys(known)) if content["state"] == "read" and known else content["state"]
    return f"number {said}{' ' + content['unit'] if content['unit'] else ''} from {content['raw']!r}"
