"""The parts of a receipt, the same for every sort of thing: what it says, the words it stands on, the method, its limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a receipt; it leads to another receipt (``kind`` and ``id``), to a page of the desk (``href``), or nowhere.

    ``language`` is that of source words, "" for our own.
    """

    text: str
    note: str = ""
    kind: str = ""
    id: str = ""
    href: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its lines and a sentence on what they are."""

    head: str
    items: Sequence[Item]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A claim in its sentence: the words around it, those claimed and what is damaged in them, and how it reads.

    ``carried`` says that this document only carries another's text; ``state`` what persons made of the claim.
    """

    claim_id: str
    document_id: str
    before: Markup
    words: Markup
    after: Markup
    language: str
    told: str
    icon: str
    key: str
    standing: str
    source: str
    published: str | None
    confidence: str
    carried: bool = False
    state: str = "machine"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A receipt.

    Attributes:
        kind: of what.
        id: its id.
        title: what it is.
        lead: what it says, in a sentence.
        facts: label and value.
        quotes: the words that it stands on, at most some; ``more`` claims are not quoted.
        parts: origin and method.
        limits: what it does not know, in sentences.
        page: where the desk shows it whole, "" where it has no page.
    """

    kind: str
    id: str
    title: str
    lead: str = ""
    facts: Sequence[tuple[str, Item]] = ()
    quotes: Sequence[Quote] = ()
    more: int = 0
    parts: Sequence[Part] = ()
    limits: Sequence[str] = ()
    page: str = ""
    language: str = ""
    grades: Sequence[str] = field(default=())
