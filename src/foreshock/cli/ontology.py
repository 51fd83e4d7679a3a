"""``foreshock ontology``: what the codebook covers, by kind and language."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import click

from foreshock.cli.options import workbench


@click.command()
@click.argument("what", type=click.Choice(("coverage",)))
@click.option("--modes", is_flag=True, help="Also a line for every mode of a kind.")
@click.option("--language", "languages", multiple=True, help="Only this language; may be given more than once.")
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="How the table is printed."
)
def command(*, what: str, modes: bool, languages: tuple[str, ...], form: str) -> None:  # noqa: ARG001  coverage is all there is yet
    """Print how many cues, examples and near misses each kind has in each language, and what is missing.

    A cell of the text is cues/examples/near misses; a language that only has cues shows just their number.
    """
    from foreshock import pipeline

    rows, missing = pipeline.ontology_coverage(workbench(), languages=languages, modes=modes)
    if form == "json":
        click.echo(json.dumps({"cells": rows, "holes": missing}, ensure_ascii=False))
        return
    click.echo("\n".join(_table(rows)))
    click.echo(f"\nholes: {len(missing)}")
    for hole in missing:
        click.echo(f"  {hole}")


def _table(cells: Sequence[Mapping[str, Any]]) -> list[str]:
    codes = list(dict.fromkeys(cell["language"] for cell in cells))
    rows: dict[tuple[str, str | None], dict[str, str]] = {}
    for cell in cells:
        told = cell["examples"] or cell["near"]
        counts = f"{cell['cues']}/{cell['examples']}/{cell['near']}" if told else str(cell["cues"])
        rows.setdefault((cell["kind"], cell["mode"]), {})[cell["language"]] = counts
    lines = [" " * 18 + "".join(f"{code:>10}" for code in codes)]
    for (kind, mode), row in rows.items():
        name = f"  {mode}" if mode else kind
        lines.append(f"{name:18}" + "".join(f"{row[code]:>10}" for code in codes))
    return lines
