"""Which of two documents carries the other: by credit, then by time of publication, then by what was cut, then by arrival."""

from __future__ import annotations

from foreshock.incidents.origins.copies import Credited
from foreshock.incidents.origins.names import agencies
from foreshock.incidents.origins.signature import Signature

# A text of fewer letters than this share of the other's was cut.
CUT = 0.9


def carrier_and_source(
    one: Signature, other: Signature, credit: Credited, *, shorter: str | None = None
) -> tuple[Signature, Signature, str]:
    """Return carrier, source, and why, in words; ``shorter`` is the document that has nothing of its own, where that is known."""
    both = {one.document_id: (one, other), other.document_id: (other, one)}
    if credit.carrier and credit.by:
        return (*both[credit.carrier], f"credit: ‘{credit.by.raw}’")
    # An agency's report in two outlets is neither's; another outlet's name says that this one is the copy.
    marked = [(signature, name) for signature in (one, other) if (name := _credited_outlet(signature))]
    if len(marked) == 1:
        ((carrier, name),) = marked
        return (*both[carrier.document_id], f"it credits ‘{name}’, the other nobody")
    if one.published and other.published:
        size = min(len(one.published), len(other.published))
        if one.published[:size] != other.published[:size]:
            late, early = sorted((one, other), key=lambda signature: str(signature.published), reverse=True)
            return late, early, f"published {late.published}, the other {early.published}"
    if shorter is None and one.language == other.language and one.letters != other.letters:
        few, many = sorted((one, other), key=lambda signature: signature.letters)
        shorter = few.document_id if few.letters < CUT * many.letters else None
    if shorter:
        return (*both[shorter], "published together; it is the shorter one")
    late, early = sorted((one, other), key=lambda signature: signature.arrival, reverse=True)
    return late, early, "published together; it came later"


def _credited_outlet(signature: Signature) -> str | None:
    """Return the first outlet that a document credits for all of it and that is no agency."""
    return next(
        (mark.raw for mark in signature.credits if mark.how != "lead" and mark.name not in set(agencies().values())), None
    )
