"""The links of a document, each with its evidence in words."""

from __future__ import annotations

from collections import Counter

from foreshock.incidents.origins.copies import Credited, copied, one_outlet
from foreshock.incidents.origins.direction import carrier_and_source
from foreshock.incidents.origins.marks import is_name, is_ourselves
from foreshock.incidents.origins.names import outlet_key, outlet_name
from foreshock.incidents.origins.policy import policy
from foreshock.incidents.origins.signature import Signature
from foreshock.incidents.origins.translations import Told, rendered
from foreshock.model import Coding, Link, LinkReason

# What a link of a document that we wrote leads to.
OURS = "Foreshock"
LONGEST = 80


def named_links(signature: Signature, coding: Coding) -> list[Link]:
    """Return the links of a document to names: whom it credits, whom its claims cite, and ours where it is our own output."""
    if signature.own:
        why = f"it bears the mark of our own output, ‘{signature.own}’, so it is no source of anything"
        return [Link(signature.document_id, OURS, "citation", 1.0, why)]
    named = policy().named
    found = {}
    for credit in signature.credits:
        reason: LinkReason = "citation" if credit.how == "reprint" else "translation" if credit.how == "translation" else "agency"
        line = credit.line if len(credit.line) <= LONGEST else f"{credit.line[:LONGEST]}…"
        why = f"credit line: ‘{credit.raw}’ in ‘{line}’"
        found[outlet_key(credit.name)] = Link(signature.document_id, credit.name, reason, named[credit.how], why)
    for key, (name, count) in _cited(signature, coding).items():
        if key not in found:
            why = f"{count} claim{'' if count == 1 else 's'} given to ‘{name}’"
            found[key] = Link(signature.document_id, name, "citation", named["cited"], why)
    return list(found.values())


def _cited(signature: Signature, coding: Coding) -> dict[str, tuple[str, int]]:
    """Return key -> (name, claims) of the outlets that a document's claims are given to."""
    names = [
        outlet_name(holder.name)
        for claim in coding.claims
        for holder in claim.holders[1:]
        if holder.role == "outlet" and is_name(holder.name) and not is_ourselves(holder.name)
    ]
    own = outlet_key(signature.source)
    return {key: (name, count) for name, count in Counter(names).items() if (key := outlet_key(name)) and key != own}


def word_link(one: Signature, other: Signature, credit: Credited) -> Link | None:
    """Return the link of two documents by shared words: a copy, a rewrite of what is credited, or only shared quotations."""
    copy = copied(one, other, credit)
    if copy is not None:
        carrier, source, order = carrier_and_source(one, other, credit)
        reason: LinkReason = "copy"
        if copy.words.share < policy().copy.least_share:
            reason = "agency" if credit.by is not None and credit.by.how == "agency" else "citation"
        return Link(carrier.document_id, source.document_id, reason, round(copy.words.share, 2), f"{copy.why}; {order}")
    common = set(one.quotes) & set(other.quotes)
    if not common or one_outlet(one, other):
        return None
    carrier, source, order = carrier_and_source(one, other, credit)
    fewer = min(len(one.quotes), len(other.quotes))
    why = f"{len(common)} of {fewer} long quotations shared; {order}"
    return Link(carrier.document_id, source.document_id, "quote", round(len(common) / fewer, 2), why)


def rendered_link(one: Told, other: Told, credit: Credited) -> Link | None:
    """Return the link of two documents by aligned sentences: a translation, or a rewrite in the same language."""
    rendering = rendered(one, other, credit)
    if rendering is None:
        return None
    carrier, source, order = carrier_and_source(one.signature, other.signature, credit, shorter=rendering.shorter)
    reason: LinkReason = "translation"
    if one.signature.language == other.signature.language:
        reason = "agency" if credit.by is not None and credit.by.how == "agency" else "copy"
    return Link(carrier.document_id, source.document_id, reason, round(rendering.score, 2), f"{rendering.why}; {order}")
