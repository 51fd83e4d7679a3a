"""``foreshock score``: what past estimates were worth."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from foreshock.cli.options import as_of_option, ledger_option, now_option, settings_here
from foreshock.cli.plain import tell
from foreshock.cli.rows import FORMATS, write_rows
from foreshock.ledger import Ledger

if TYPE_CHECKING:
    from foreshock.pipeline import Difference, Score

FEW = "too few"
COLUMNS = dict.fromkeys(
    (
        "scenario", "days", "scored", "countries", "came about", "expected", "unresolved", "pending", "late", "log score",
        "less the prior's", "less the base rate's", "Brier", "AUC",
    )
)  # fmt: skip


@click.command()
@click.option("--scenario", help="Only this one.")
@click.option("--horizon", type=click.IntRange(min=1), help="Only estimates for so many days.")
@click.option("--outcomes", type=click.Path(path_type=Path, dir_okay=False), help="CSV of outcomes beside those of the ledger.")
@click.option("--late", is_flag=True, help="Score estimates too that were kept more than a week after their day.")
@click.option("--svg", type=click.Path(path_type=Path, dir_okay=False), help="Write the reliability diagram here.")
@ledger_option
@as_of_option
@now_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How it is printed.")
def command(
    scenario: str | None,
    horizon: int | None,
    outcomes: Path | None,
    late: bool,
    svg: Path | None,
    ledger: Path | str | None,
    as_of: str | None,
    now: datetime,
    form: str,
) -> None:
    """Score every past estimate whose horizon has passed, against its prior and the base rate.

    Lower is better. A difference below 0 means that what was published beat the prior, or the base rate; it is told apart from
    luck where its interval, countries drawn anew, does not hold 0. What nobody recorded an outcome of is never scored.
    """
    from foreshock import pipeline

    settings = settings_here()
    known = pipeline.weighing_tables(settings).scenarios
    also = pipeline.read_outcomes(outcomes, scenarios=known, today=now.date()) if outcomes else []
    with Ledger(ledger or settings.ledger, create=False) as kept:
        card = pipeline.score(kept, now=now, as_of=as_of, scenario=scenario, horizon=horizon, also=also, late=late)
    write_rows(card.scores, form, sys.stdout, columns=COLUMNS, cells=_cells)
    if any(one.against_prior and one.against_prior.few for one in card.scores):
        tell(pipeline.TOO_FEW)
    if not card.scores:
        tell("no measured estimate is kept here; keep some with foreshock weigh --keep")
    elif not card.resolved:
        tell("none of them is resolved yet; say what came of them with foreshock outcomes")
    if svg:
        title = " ".join([scenario or "All scenarios", *([f"within {horizon} days"] if horizon else [])])
        svg.parent.mkdir(parents=True, exist_ok=True)
        svg.write_text(card.svg(title=title), encoding="utf-8")
        tell(f"wrote {svg}")


def _cells(one: Score) -> list[str]:
    counts = [one.n, one.countries, one.came, one.expected, one.unresolved, one.pending, one.late]
    return [
        one.scenario,
        str(one.horizon),
        *(f"{count}" if isinstance(count, int) else f"{count:.3g}" for count in counts),
        _number(one.log_score),
        _difference(one.against_prior),
        _difference(one.against_base),
        _number(one.brier),
        FEW if one.auc is None and one.n else _number(one.auc, places=3),
    ]


def _number(value: float | None, *, places: int = 4) -> str:
    return "" if value is None else f"{value:.{places}f}"


def _difference(one: Difference | None) -> str:
    if one is None:
        return ""
    if one.low is None or one.high is None:
        return FEW
    return f"{one.mean:+.4f} [{one.low:+.4f}, {one.high:+.4f}]"
