"""A reckoning as text for a terminal: numbers first, then why, then what could not be seen and what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from foreshock.model import Estimate, Evidence

if TYPE_CHECKING:
    from foreshock.pipeline import Precedent, Reckoning

WIDTH = 110
BACKGROUND = "background"  # what no indicator looks for
WEIGHS = ("seen", "unseen")


def told(one: Reckoning, *, horizon: int, with_board: bool) -> str:
    """Return the whole text of one country."""
    parts = [
        _head(one),
        _numbers(one, horizon),
        _first(one, horizon),
        *_evidence(one, horizon),
        _listed("What could not be seen", one.hidden),
        _listed("Nearest precedents (context, no number stands on them)", [_past(one, it) for it in one.nearest]),
        _listed(
            "What would change it", [f"{_short(one, it.scenario)}: {it.why}" for it in one.changes if it.horizon == horizon][:8]
        ),
        _listed(
            "Held back",
            [f"{_short(one, it.scenario)}: {note}" for it in one.estimates for note in it.notes if it.horizon == horizon],
        ),
        _board(one, horizon) if with_board else "",
        _foot(one),
    ]
    return "\n\n".join(part for part in parts if part)


def _short(one: Reckoning, scenario: str) -> str:
    return one.tables.scenarios[scenario].short


def _head(one: Reckoning) -> str:
    subject, start = one.weighing.subject, one.weighing.start
    name = f"{subject.name} ({subject.country})" if subject.name not in ("", subject.country) else subject.country
    why = [line for reason in start.reasons for line in wrap(reason, WIDTH, initial_indent="  ", subsequent_indent="    ")]
    return "\n".join([f"{name} as of {subject.as_of.isoformat()}: {start.state}, tier {start.tier}", *why])


def _numbers(one: Reckoning, horizon: int) -> str:
    """Return a row a scenario: its probability at every horizon, and at the one that is spelt out all that goes with it."""
    from foreshock import pipeline

    days = sorted({it.horizon for it in one.estimates})
    rows = [["scenario", *(f"{day} days" for day in days), f"interval ({horizon} days)", "in words", "history", "all countries"]]
    for name in dict.fromkeys(it.scenario for it in one.estimates):
        mine = {it.horizon: it for it in one.estimates if it.scenario == name}
        said = {day: pipeline.said_of(it) for day, it in mine.items()}
        if not any(said.values()):
            rows.append([_short(one, name), f"unmeasured: {next(iter(mine.values())).unmeasured}"])
            continue
        points = [it.probability if (it := said.get(day)) else "" for day in days]
        full = said.get(horizon)
        rest = [f"{full.low} - {full.high}", full.word, full.prior, full.base_rate] if full else ["", "", "", ""]
        rows.append([_short(one, name), *points, *rest])
    return _table(rows)


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows under one another; a short row (a scenario without a number) does not widen the columns."""
    whole = len(rows[0])
    cells = [[cell.replace("less than ", "<").replace("more than ", ">") for cell in row] for row in rows]
    widths = [max(len(row[n]) for row in cells if len(row) == whole or n == 0) for n in range(whole)]
    return "\n".join("  ".join(cell.ljust(widths[n]) for n, cell in enumerate(row)).rstrip() for row in cells)


def _first(one: Reckoning, horizon: int) -> str:
    from foreshock import pipeline

    shares = one.weighing.first.get(horizon, {})
    names = one.tables.scenarios
    ordered = sorted(shares.items(), key=lambda row: -row[1])
    told = [f"{names[name].short if name in names else name.replace('-', ' ')} {pipeline.percent(p)}" for name, p in ordered]
    return _listed(f"What comes first within {horizon} days", [", ".join(told)]) if told else ""


def _evidence(one: Reckoning, horizon: int) -> Iterator[str]:
    chosen = [it for it in one.estimates if it.horizon == horizon]
    weighed = [(it, piece) for it in chosen for piece in it.evidence if piece.state in WEIGHS and piece.nats]
    for name, sign in (("For", 1), ("Against", -1)):
        yield _listed(
            f"{name} (nats, within {horizon} days)", [_piece(one, it, piece) for it, piece in weighed if piece.nats * sign > 0]
        )
    idle: dict[str, Evidence] = {}
    for it in chosen:
        for piece in it.evidence:
            if piece.happenings and not (piece.state in WEIGHS and piece.nats):
                idle.setdefault(piece.indicator, piece)
    weighing = {piece.indicator for _, piece in weighed}
    yield _listed("Seen, and weighs nothing", [piece.why for name, piece in idle.items() if name not in weighing])
    ignored: dict[str, int] = {}
    for told_of in one.happenings:
        if told_of.ignored and told_of.ignored != BACKGROUND:
            ignored[told_of.ignored] = ignored.get(told_of.ignored, 0) + 1
    ordered = sorted(ignored.items(), key=lambda row: -row[1])
    yield _listed("Told, and no event (incidents)", [", ".join(f"{why} ({count})" for why, count in ordered)] if ordered else [])


def _piece(one: Reckoning, estimate: Estimate, piece: Evidence) -> str:
    return f"{piece.nats:+.2f} [{piece.low:+.2f}, {piece.high:+.2f}]  {_short(one, estimate.scenario)}: {piece.why}"


def _past(one: Reckoning, it: Precedent) -> str:
    shorts = {name: scenario.short for name, scenario in one.tables.scenarios.items()}
    came = [f"{shorts.get(ending.scenario, ending.scenario)} ({ending.day})" for ending in it.endings]
    ended = "; ".join([*came, it.crisis.after])
    return f"{it.crisis.name} ({it.crisis.start}), {it.summary}. How it ended: {ended}"


def _listed(head: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    body = ["\n".join(wrap(line, WIDTH, initial_indent="  ", subsequent_indent="    ")) for line in lines]
    return "\n".join([head, *body])


def _board(one: Reckoning, horizon: int) -> str:
    found = one.board(horizon)
    if not found.indicators:
        return f"Board within {horizon} days: nothing weighs, so no evidence tells one scenario from another."
    head = "scenario".ljust(26) + "".join(name[:14].rjust(16) for name in found.indicators)
    rows = [
        _short(one, name)[:26].ljust(26) + "".join(("" if cell is None else f"{cell:+.2f}").rjust(16) for cell in row)
        for name, row in zip(found.scenarios, found.nats, strict=True)
    ]
    spread = "diagnosticity".ljust(26) + "".join(f"{cell:.2f}".rjust(16) for cell in found.diagnosticity)
    return "\n".join([f"Board within {horizon} days (nats)", head, *rows, spread])


def _foot(one: Reckoning) -> str:
    subject = one.weighing.subject
    used = [it.weight for it in one.estimates if it.weight is not None]
    share = f"{min(used):.0%}" if used and min(used) == max(used) else f"{min(used):.0%} to {max(used):.0%}" if used else "none"
    lines = [
        f"Evidence has earned {share} of the say; the rest is history's. Incidents are those of {subject.coder}.",
        f"Incidents of the ledger that name no country and count for none: {one.unplaced}." if one.unplaced else "",
        "Coded and weighed by machine, unofficial. What is not seen here is not calm. How it is done: docs/weighing.md",
    ]
    return "\n".join(line for line in lines if line)
