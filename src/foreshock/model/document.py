"""What was published: documents, their custody, sentences and damage."""

from __future__ import annotations

from dataclasses import dataclass

from foreshock.model.values import DamageKind, DateBasis


@dataclass(frozen=True, slots=True)
class Damage:
    """A place where the text is not what its author wrote, with a repair where one can be argued.

    ``proposal`` is beside the text and never applied to it; ``why`` is the argument, in one English sentence.
    """

    kind: DamageKind
    start: int
    end: int
    raw: str
    proposal: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Custody:
    """Where the bytes of a document came from: what an archive would sign.

    ``sha256`` is over the bytes as fetched, before decompression of containers and before decoding.
    """

    sha256: str
    size: int
    fetched_at: str
    origin: str
    final_url: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Extract:
    """What reading found in the bytes of one page or file: text and what its container says of it.

    ``text`` of a plain-text file is the decoded text, unchanged. ``published`` is an ISO prefix from metadata. ``translated``
    names fingerprints of machine translation ("gtranslate", "transposh", ...). ``notes`` are things the reader should know
    ("decoded as windows-1251 (detected)"). ``url`` is the address that the page or file gives for itself.
    """

    text: str
    media_type: str
    title: str | None = None
    published: str | None = None
    language: str | None = None
    source: str | None = None
    licence: str | None = None
    translated: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One text as published. ``text`` is the decoded text, unchanged: every offset of the system counts its code points.

    ``id`` is the hash of the canonical source and address, ``version`` that of the content, so an edited article is a new
    version of the same document. ``published`` is an ISO prefix and ``published_by`` says where it was found.
    ``translated`` names the fingerprints of machine translation that were read in the page, if any.
    """

    id: str
    version: str
    source: str
    url: str | None
    language: str
    title: str | None
    text: str
    published: str | None
    published_by: DateBasis | None
    fetched_at: str
    media_type: str
    custody: Custody
    licence: str | None = None
    translated: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    damage: tuple[Damage, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document with exact offsets: ``document.text[start:end] == text``.

    ``paragraph`` is the index of its paragraph; headings and bylines are sentences of their own.
    """

    document_id: str
    index: int
    start: int
    end: int
    text: str
    language: str
    paragraph: int = 0
    damage: tuple[Damage, ...] = ()
