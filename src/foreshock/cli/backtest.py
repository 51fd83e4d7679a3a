"""``foreshock backtest``: an archive replayed day by day, and the path of each probability."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foreshock.cli.inputs import Inputs
from foreshock.cli.options import IsoDate, coder_option, now_option, workbench
from foreshock.cli.plain import plain, tell
from foreshock.cli.progress import counted

if TYPE_CHECKING:
    from foreshock.pipeline.backtest import Step

NOTICE = "Made by machine, unofficial, not checked by a person. The numbers were fitted on history that holds these years too."


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="FOLDER...")
@click.option("--country", required=True, help="ISO 3166 alpha-3, such as KAZ.")
@click.option("--from", "since", type=IsoDate(), help="First day to weigh; that of the first document where not given.")
@click.option("--to", "until", type=IsoDate(), help="Last day to weigh; that of the last document where not given.")
@click.option("--scenario", "scenarios", multiple=True, help="Only this one; may be given more than once.")
@click.option("--horizon", type=int, default=30, show_default=True, help="Days ahead, in the table and the chart.")
@click.option(
    "--data", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Folder with a register of shutdowns."
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Also write every number into this file (JSON Lines)."
)
@click.option("--svg", type=click.Path(path_type=Path, dir_okay=False), help="Also draw the paths into this file.")
@coder_option
@now_option
@click.option(
    "--format", "form", type=click.Choice(("table", "jsonl")), default="table", show_default=True, help="How it is printed."
)
def command(
    inputs: tuple[str, ...],
    country: str,
    since: str | None,
    until: str | None,
    scenarios: tuple[str, ...],
    horizon: int,
    data: Path | None,
    out: Path | None,
    svg: Path | None,
    coder: str,
    now: datetime,
    form: str,
) -> None:
    """Replay FOLDER, or any dated documents, day by day, and print the path that each probability takes.

    On each day only what was published by its end is known. Documents without a date are left out and counted. In the table a day
    on which nothing came and nothing changed has no line.
    """
    from foreshock.pipeline import backtest

    bench = workbench()
    weigher = backtest.weigher_of(country.upper(), bench, data=data)
    weigher.check(scenarios, horizon)
    given = Inputs(inputs, bench.settings, now)
    archived = backtest.archive(counted(given, "reading"), bench, now=now)
    if archived.undated:
        tell(f"{archived.undated} documents have no date of publication and are left out")
    first, last = backtest.span(archived, since=since, until=until)
    coded = backtest.coder_of_day(bench, coder=coder)
    steps = backtest.backtest(archived, coded, weigher, since=first, until=last, actors=bench.catalogue)
    rows: list[dict[str, Any]] = []
    dark: list[date] = []
    before: list[str] = []
    for step in counted(steps, "day"):
        found = list(backtest.rows_of(step, scenarios=scenarios))
        rows += found
        dark += [step.day] if any(one["blind"] for one in found) else []
        before = _print(step, found, form, horizon, before)
    if out:
        _write(out, "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in rows))
    if svg:
        _write(svg, _chart(rows, weigher.titles, country.upper(), horizon, dark))
    given.finish()


def _print(step: Step, rows: Sequence[dict[str, Any]], form: str, horizon: int, before: Sequence[str]) -> list[str]:
    """Print a day, and before the first one the heading; return the cells that were last printed."""
    if form == "jsonl":
        for one in rows:
            click.echo(json.dumps(one, ensure_ascii=False))
        return []
    mine = [one for one in rows if one["horizon"] == horizon]
    width = max((len(part) for one in mine for part in one["scenario"].split("-")), default=0) + 2
    width = max(width, len("<0.01 %") + 2)
    if not before:
        click.echo("\n".join(_heading(mine, width)))
    cells = _cells(step, mine, width)
    if step.new or cells != before:
        click.echo(plain(f"{step.day.isoformat():<12}{f'{step.documents} (+{step.new})':<11}{''.join(cells)}".rstrip()))
        sys.stdout.flush()
    return cells


def _heading(rows: Sequence[dict[str, Any]], width: int) -> Iterator[str]:
    tall = max((one["scenario"].count("-") for one in rows), default=0) + 1
    for at in range(tall):
        parts = [[*[""] * tall, *one["scenario"].split("-")][at - tall] for one in rows]
        left = f"{'day':<12}{'documents':<11}{'tier':<10}" if at == tall - 1 else " " * 33
        yield f"{left}{''.join(f'{part:>{width}}' for part in parts)}".rstrip()


def _cells(step: Step, rows: Sequence[dict[str, Any]], width: int) -> list[str]:
    """Return the tier, the numbers, and why the country could not be seen, as they are printed."""
    from foreshock import pipeline

    said = ["–" if one["probability"] is None else pipeline.percent(one["probability"]) for one in rows]
    numbers = [one.replace("less than ", "<").replace("more than ", ">") for one in said]
    causes = sorted({cause for one in rows for cause in one["blind"]})
    mark = f"  not seen: {'; '.join(causes)}" if causes else ""
    return [f"{step.reckoning.weighing.start.tier:<10}", *(f"{number:>{width}}" for number in numbers), mark]


def _chart(rows: Sequence[dict[str, Any]], titles: dict[str, str], country: str, horizon: int, dark: Sequence[date]) -> str:
    from foreshock.briefs.path_chart import Panel, Point, path_chart

    chosen = [one for one in rows if one["horizon"] == horizon]
    panels = []
    for name in dict.fromkeys(one["scenario"] for one in chosen):
        mine = [one for one in chosen if one["scenario"] == name]
        points = [
            Point(date.fromisoformat(one["day"]), one["probability"], one["low"], one["high"], one["prior"])
            for one in mine
            if one["probability"] is not None
        ]
        panels.append(Panel(titles.get(name, name), tuple(points), empty=f"unmeasured: {mine[0]['unmeasured']}"))
    days = [one["day"] for one in rows]
    return path_chart(
        panels,
        title=f"{country}, {min(days)} to {max(days)}: within {horizon} days",
        note="What would have been said at the end of each day, from what was published by then. Each panel has its own scale.",
        dark=[(day, day) for day in dark],
        notice=NOTICE,
    )


def _write(path: Path, text: str) -> None:
    part = path.with_suffix(f"{path.suffix}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
    click.echo(f"wrote {path}", err=True)
