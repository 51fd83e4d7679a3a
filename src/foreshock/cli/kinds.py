"""``foreshock kinds``: the codebook on the screen."""

from __future__ import annotations

import json

import click

from foreshock.cli.options import workbench
from foreshock.errors import CatalogueError


@click.command()
@click.argument("kind", required=False)
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="How kinds are printed."
)
def command(kind: str | None, form: str) -> None:
    """Print the kinds of the codebook, or all of one KIND.

    Of one KIND: its modes, its neighbours with how to tell them apart, its crosswalk to other codebooks, and examples.
    """
    codebook = workbench().codebook
    if kind is None:
        names = {entry.kind: entry.gloss for entry in codebook}
        click.echo(
            json.dumps(names, ensure_ascii=False, indent=1)
            if form == "json"
            else "\n".join(f"{k:10} {v}" for k, v in names.items())
        )
        return
    if kind.upper() not in codebook.kinds:
        raise CatalogueError(f"there is no kind {kind!r}", remedy=f"kinds are {', '.join(codebook.kinds)}")
    entry = codebook[kind.upper()]
    examples = {language: [one.text for one in found] for language, found in entry.examples.items()}
    if form == "json":
        modes = {mode.name: mode.gloss for mode in entry.modes.values()}
        value = {
            "kind": entry.kind,
            "gloss": entry.gloss,
            "modes": modes,
            "crosswalk": dict(entry.crosswalk),
            "examples": examples,
        }
        click.echo(json.dumps(value, ensure_ascii=False, indent=1))
        return
    lines = [f"{entry.kind}: {entry.gloss}", "", *(f"  {mode.name:14} {mode.gloss}" for mode in entry.modes.values()), ""]
    lines += [f"  not {one.kind}: {one.tell}" for one in entry.neighbours]
    lines += ["", *(f"  {scheme:14} {value or '-'}" for scheme, value in entry.crosswalk.items()), ""]
    lines += [f"  {language}  {text}" for language, texts in examples.items() for text in texts]
    click.echo("\n".join(lines))
