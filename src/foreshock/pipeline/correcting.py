"""Correct: a claim as it would read with fields amended, and where a claim stands that is known by its id only."""

from __future__ import annotations

from collections.abc import Sequence

from foreshock.incidents.judgements.amending import amended_claim
from foreshock.incidents.judgements.judging import check
from foreshock.ledger import Ledger, Query
from foreshock.model import Claim, Judgement


def amended(claim: Claim, changes: Sequence[tuple[str, str]]) -> Claim:
    """Return a claim with fields amended, as a judgement would leave it; nothing is kept.

    Args:
        claim: as it was coded.
        changes: pairs of a field and its value as JSON text.

    Raises:
        LedgerError: nothing is changed, a field is unknown, or a value is none that it can have.
    """
    check(Judgement("-", "claim", "amend", (claim.id,), "-", "2000-01-01T00:00:00Z", "-", tuple(changes)))
    return amended_claim(claim, changes)


def place_of_claim(ledger: Ledger, claim_id: str, *, as_of: str | None = None) -> tuple[str, str] | None:
    """Return the document of a claim and its version, None where no such claim is read."""
    found = list(ledger.claims(Query(ids=(claim_id,), as_of=as_of)))
    return (found[0].document_id, found[0].version) if found else None
