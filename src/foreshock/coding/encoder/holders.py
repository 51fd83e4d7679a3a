"""The chain of holders of a claim, from the words that the networks point to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from foreshock.model import Actor, Document, Holder, Status
from foreshock.model.values import HolderRole, Span, SpeechForm
from foreshock.ontology import outlets

OPENING, CLOSING = '"“„«「『《', '"”“»」』》'
Resolve = Callable[[str], Actor]


def chain(
    document: Document,
    status: Status,
    spans: Sequence[tuple[str, Span]],
    cues: dict[str, tuple[Span, ...]],
    content: Span,
    resolve: Resolve,
) -> tuple[Holder, ...]:
    """Return the holders, outermost first; the innermost has the claim's standing.

    Args:
        document: the outermost holder.
        status: the claim's.
        spans: role ("o", "h", "hh") and words of each further holder, outermost first.
        cues: role -> the words that attribute to it.
        content: the words of the claim, which all of them hold.
        resolve: says who a phrase names.
    """
    held = [Holder(document.source, "document", document.source, "asserted" if spans else status)]
    for number, (role, span) in enumerate(spans):
        raw = document.text[slice(*span)]
        own = status if number == len(spans) - 1 else "asserted"
        name = named(raw, document, resolve)
        held.append(
            Holder(name, _role(role, raw), raw, own, *span, cues.get(role, ()), (content,), _form(document.text, content))
        )
    return tuple(held)


def named(raw: str, document: Document, resolve: Resolve) -> str:
    """Return the canonical name of a source: of an outlet, of one whose name was translated, of a known actor; else its words."""
    outlet = outlets.by_name(raw)
    if outlet is not None:
        return outlet.name
    for damage in document.damage:
        if damage.kind == "translated_name" and damage.proposal and damage.raw in raw:
            return damage.proposal
    return resolve(raw).name


def _role(role: str, raw: str) -> HolderRole:
    return "outlet" if role == "o" or outlets.by_name(raw) is not None else "speaker"


def _form(text: str, content: Span) -> SpeechForm:
    before, after = text[: content[0]].rstrip()[-1:], text[content[1] :].lstrip(" .,。、")[:1]
    inside = text[slice(*content)]
    if before and before in OPENING and after and after in CLOSING:
        return "direct"
    return "mixed" if any(mark in inside for mark in OPENING) else "indirect"
