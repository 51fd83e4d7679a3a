"""Answers to charges: what a party says of itself right after somebody else has accused.

The contract keeps a holder's own negative statement apart from a denial, which rejects what others put forward. Which it is is
told by the discourse: "Critics accuse the bank of fraud. 'We have hidden nothing,' its director said." denies.
"""

from __future__ import annotations

from collections.abc import Sequence

from foreshock.model import Claim

NEAR = 3


def is_charged(before: Sequence[Claim], text: str, at: int, holder: str | None) -> bool:
    """Whether a charge by somebody else stands just before an offset, in its paragraph, and is not denied already.

    Args:
        before: the claims so far, in order of the text.
        text: the document's; ``at``: where the clause begins.
        holder: who holds the clause.
    """
    if holder is None:
        return False
    near = [one for one in before if one.end <= at][-NEAR:]
    near = [one for one in near if "\n" not in text[one.end : at]]
    if any(one.status == "denied" for one in near):
        return False
    return any(one.status == "alleged" and one.holders[-1].name != holder for one in near)
