"""Copies word for word, whole or cut, and rewrites that kept some of the words of the report that they credit."""

from __future__ import annotations

from dataclasses import dataclass

from foreshock.incidents.origins.marks import Credit
from foreshock.incidents.origins.names import outlet_key, same_outlet
from foreshock.incidents.origins.policy import policy
from foreshock.incidents.origins.shingles import Shared, shared
from foreshock.incidents.origins.signature import Signature
from foreshock.incidents.origins.topics import days_around


@dataclass(frozen=True, slots=True)
class Credited:
    """What credits say of two documents.

    ``carrier`` is the one whose credit names the other's outlet. ``both`` is the agency that both credit. ``by`` is the mark.
    """

    carrier: str | None
    both: bool
    by: Credit | None

    @property
    def known(self) -> bool:
        """Whether a credit ties the two."""
        return self.by is not None


def credited(one: Signature, other: Signature) -> Credited:
    """Return what the credits of two documents say of each other; a name in another script counts where it sounds alike."""
    for carrier, source in ((one, other), (other, one)):
        for credit in carrier.credits:
            if same_outlet(credit.raw, source.source) or same_outlet(credit.name, source.source):
                return Credited(carrier.document_id, False, credit)
    for credit in one.credits:
        theirs = [further.name for further in other.credits if further.how != "lead"]
        if credit.how != "lead" and any(same_outlet(credit.name, name) for name in theirs):
            return Credited(None, True, credit)
    return Credited(None, False, None)


@dataclass(frozen=True, slots=True)
class Copy:
    """Shared words of two documents, with the evidence in words; ``words`` is what they share."""

    words: Shared
    why: str


def copied(one: Signature, other: Signature, credit: Credited) -> Copy | None:
    """Return what makes two documents one report by their words, or None.

    The share is that of the shorter text: a copy cut to a third shares all that it has. A text that has the same form but other
    numbers (a daily notice) is none, however much it shares.
    """
    rules = policy().copy
    words = shared(one.shingles(), other.shingles())
    least = rules.credited_share if credit.known else rules.least_share
    if one_outlet(one, other):
        if other.day not in days_around(one.day):
            return None
        least = rules.same_outlet_share
    if words.shared < rules.least_shared or words.share < least:
        return None
    lost = lost_numbers(one, other)
    if lost is not None and lost > rules.numbers_lost:
        return None
    count = f"{words.shared} of {words.of}" + ("" if words.exact else " sampled")
    return Copy(words, f"{count} shingles of the shorter text shared")


def one_outlet(one: Signature, other: Signature) -> bool:
    """Tell whether two documents are of one outlet, which is one source already."""
    return outlet_key(one.source) == outlet_key(other.source)


def lost_numbers(one: Signature, other: Signature) -> float | None:
    """Return the share of the shorter text's numbers that the other lacks, 0 to 1; None where it has too few to tell."""
    short, long = (one, other) if one.letters <= other.letters else (other, one)
    values = set(short.numbers)
    if len(values) < policy().copy.numbers_from:
        return None
    return len(values - set(long.numbers)) / len(values)
