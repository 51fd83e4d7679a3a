"""What reading hands to coding: a document with its sentences, and what its surface shows."""

from __future__ import annotations

from dataclasses import dataclass

from foreshock.model.claim import Claim, Figure, Place, When
from foreshock.model.document import Document, Sentence
from foreshock.model.values import Depth, PersonRole, Span


@dataclass(frozen=True, slots=True)
class Mention:
    """What the surface reading is sure of in a sentence: a place, a date or a number, without saying what happened."""

    sentence: int
    content: Place | When | Figure


@dataclass(frozen=True, slots=True)
class Reading:
    """A document after reading: its language with the reason to trust it, sentences, damage, and how deep it was read.

    ``depth`` is ``parsed`` where a grammar stands behind the language and ``surface`` where it does not.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    depth: Depth
    language_why: str
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class PrivatePerson:
    """Where a text names a private person: the spans of the name, and the role by which the person is shown instead.

    Kept so that a name can be left out of what is shown and exported; nothing is gathered on anybody.
    """

    role: PersonRole
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Coding:
    """One version of a document, read under one date of publication by one coder, with all claims that it gave.

    ``sequence`` counts the codings of the document, ``arrival`` those of the whole ledger, from 1; the latest is the one read.
    """

    document: Document
    claims: tuple[Claim, ...]
    coder: str
    sequence: int
    arrival: int
    known_at: str
    persons: tuple[PrivatePerson, ...] = ()
