"""``foreshock judge``: what a person decides, kept with who, when and why."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import get_args

import click

from foreshock.cli.options import as_of_option, ledger_option, now_option, settings_here, this_user
from foreshock.cli.rows import FORMATS, write_rows
from foreshock.ledger import Ledger
from foreshock.ledger.audit import AuditLog
from foreshock.model import Judgement, Subject, Verdict

COLUMNS = {"id": None, "at": None, "by": 20, "verdict": None, "on": 44, "changes": 40, "why": 60}
# The subject that a verdict is on where only one is possible.
SUBJECTS: dict[str, Subject] = {
    "confirm": "claim", "reject": "claim", "amend": "claim", "settle": "dispute", "reopen": "dispute",
    "same": "claim", "different": "claim", "unsure": "claim", "withdraw": "claim",
}  # fmt: skip


@click.command()
@click.argument("verdict", type=click.Choice([*get_args(Verdict), "list"]))
@click.argument("subjects", nargs=-1)
@click.option("--by", help="Who decides.")
@click.option("--why", help="The reason, in a sentence.")
@click.option("--set", "changes", multiple=True, metavar="FIELD=VALUE", help="A field of the claim and its new value.")
@click.option("--position", help="The label of the position that a dispute is settled for.")
@click.option("--reliability", type=click.Choice(list("ABCDEF")), help="The grade that a source gets.")
@click.option("--credibility", type=click.IntRange(1, 6), help="The grade that an incident gets.")
@click.option("--of", "subject", type=click.Choice(get_args(Subject)), help="What SUBJECT is, where the verdict leaves a choice.")
@ledger_option
@as_of_option
@now_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How a list is printed.")
def command(
    verdict: Verdict,
    subjects: tuple[str, ...],
    by: str | None,
    why: str | None,
    changes: tuple[str, ...],
    position: str | None,
    reliability: str | None,
    credibility: int | None,
    subject: Subject | None,
    ledger: Path | str | None,
    as_of: str | None,
    now: datetime,
    form: str,
) -> None:
    """Keep a decision on SUBJECT: append-only, and part of every later reading.

    confirm, reject, amend ID of a claim; same, different, unsure ID ID of two claims; settle, reopen ID of a dispute; override
    NAME of a source or ID of an incident; release, withhold NAME of a person or site; withdraw ID of a judgement; list.
    """
    from foreshock import pipeline

    address = ledger or settings_here().ledger
    if str(verdict) == "list":
        with Ledger(address, create=False) as kept:
            write_rows(kept.judgements(as_of=as_of), form, sys.stdout, columns=COLUMNS, cells=_cells)
        return
    if not subjects or not by or not why:
        raise click.UsageError("give what it is about, --by and --why")
    told = subject or SUBJECTS.get(verdict) or ("incident" if credibility else "source" if reliability else None)
    if told is None:
        raise click.UsageError(f"{verdict} of what? give --of, one of {', '.join(get_args(Subject))}")
    values = [_change(one) for one in changes]
    given = {"position": position, "reliability": reliability, "credibility": credibility}
    values += [(name, str(value)) for name, value in given.items() if value is not None]
    with Ledger(address) as kept:
        made, _ = pipeline.decide(
            kept, by=by, subject=told, verdict=verdict, subjects=subjects, why=why, changes=tuple(values), now=now
        )
        AuditLog(kept).add(this_user(), "judge", made.id, now, {"verdict": verdict, "by": by})
    click.echo(f"kept judgement {made.id}")


def _change(text: str) -> tuple[str, str]:
    name, mark, value = text.partition("=")
    if not mark or not name:
        raise click.UsageError(f"--set {text!r} is no change; write FIELD=VALUE, such as status=denied")
    return name, value


def _cells(one: Judgement) -> list[str]:
    changes = " ".join(f"{name}={value}" for name, value in one.changes)
    return [one.id[:8], one.at, one.by, one.verdict, " ".join(one.subjects), changes, one.why]
