"""The columns under which claims are printed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from foreshock.cli.rows import FORMATS, write_rows
from foreshock.model import Claim, Figure

__all__ = ["FORMATS", "figure_text", "row", "write_claims"]

COLUMNS = ("where", "kind", "status", "holder", "actor", "recipient", "place", "when", "figures", "text")
WIDTHS = {"text": 60, "holder": 24, "actor": 20, "recipient": 20}


def write_claims(claims: Iterable[Claim], form: str, out: TextIO) -> None:
    """Write claims in one of ``FORMATS``."""
    write_rows(claims, form, out, columns={name: WIDTHS.get(name) for name in COLUMNS}, cells=row)


def row(claim: Claim) -> list[str]:
    """Return a claim as the cells of ``COLUMNS``."""
    kind = f"{claim.kind}/{claim.mode}" if claim.mode else claim.kind
    status = ("not " if claim.negated else "") + claim.status
    return [
        f"{claim.document_id[:6]}:{claim.start}-{claim.end}",
        kind,
        status,
        " > ".join(holder.name for holder in claim.holders if holder.role != "document"),
        claim.actor.name if claim.actor else "",
        claim.recipient.name if claim.recipient else "",
        claim.place.name if claim.place else "",
        (claim.when.start or claim.when.raw) if claim.when else "",
        "; ".join(figure_text(figure) for figure in claim.figures),
        " ".join(claim.text.split()),
    ]


def figure_text(figure: Figure) -> str:
    """Return a figure in words: "at_least 56 killed", "lost killed (XNUMX)"; a damaged one never as a number."""
    if figure.state != "read":
        return f"{figure.what} {figure.state} ({figure.raw})"
    known = [value for value in (figure.low, figure.best, figure.high) if value is not None]
    spread = (
        f"{known[0]:g}"
        if len(set(known)) == 1
        else f"{figure.low:g}-{figure.high:g}"
        if figure.low and figure.high
        else figure.raw
    )
    return " ".join(part for part in (figure.bound, spread if known else figure.raw, figure.what) if part)
