"""Tallies in words."""

from __future__ import annotations

from foreshock.model import Tally


def tally_text(tally: Tally) -> str:
    """Return a tally as "12-15 killed of civilians, Almaty, cumulative"; one without a readable number says so."""
    number = span_text(tally)
    if not number:
        number = "no readable number of" if tally.points else ""
    if not number:
        return ""
    of = f" of {tally.of}" if tally.of else ""
    notes = [note for note in (tally.scope, tally.counting) if note]
    return f"{number} {tally.what}{of}" + (f" ({', '.join(notes)})" if notes else "")


def span_text(tally: Tally) -> str:
    """Return the span of a tally as "12", "12-15", "12 or more", "15 at most"; "" where no number can be read."""
    if tally.best is not None:
        return f"{tally.best:g}"
    if tally.low is not None and tally.high is not None:
        return f"{tally.low:g}" if tally.low == tally.high else f"{tally.low:g}-{tally.high:g}"
    if tally.low is not None:
        return f"{tally.low:g} or more"
    return f"{tally.high:g} at most" if tally.high is not None else ""
