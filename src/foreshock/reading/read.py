"""A document read: its language, date, outlet, sentences and damage, each with the reason for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from foreshock import dates
from foreshock.errors import ReadingError
from foreshock.model import Damage, DateBasis, Document, Reading, Sentence
from foreshock.reading import dateline, identify, languages, masthead
from foreshock.reading.damage import detect
from foreshock.reading.segment import Span, segment


def read(document: Document, *, now: datetime, published: str | None = None, language: str | None = None) -> Reading:
    """Return the reading of a document, without mentions: those need what other rooms know.

    Args:
        document: as gathered; its ``language`` is what the container declared (``und`` where it declared none) and its
            ``published`` what metadata says.
        now: an aware moment; no dateline lies after the following day.
        published: the date that the user gives; it goes before the dateline, and the dateline before metadata.
        language: the language that the user gives; it goes before identification.

    Raises:
        ReadingError: the text is empty, or ``published`` is not a date.
    """
    if not document.text.strip():
        raise ReadingError(f"{document.url or document.source}: the text is empty", remedy="check the file, or give another")
    code, why = (language, f"given as {language}") if language else identify.identify(document.text, declared=_declared(document))
    reader = languages.load(code)
    spans = segment(document.text, split=reader.split)
    day, basis, note = _published(document, code, now=now, published=published)
    codes = identify.by_paragraph(document.text, [(span.start, span.end) for span in spans], code=code)
    bare = _sentences(document, spans, codes)
    damage = detect(document.text, language=code, sentences=bare)
    outlet = masthead.find(document.text, language=code) if _nameless(document) else None
    named = f"source {outlet}, from the dateline's own line; the file is {document.source}" if outlet else None
    marked = replace(
        document,
        source=outlet or document.source,
        language=code,
        published=day,
        published_by=basis,
        damage=damage,
        notes=(*document.notes, *(one for one in (note, named) if one)),
    )
    return Reading(marked, tuple(_marked(bare, damage)), reader.depth, why)


def reread(document: Document) -> Reading:
    """Return the reading of a document that was read before: cut into sentences again; all else stands as it was found then.

    Looking for damage costs most of a first reading; what it found is part of the document.

    Raises:
        ReadingError: the text is empty.
    """
    if not document.text.strip():
        raise ReadingError(f"{document.url or document.source}: the text is empty", remedy="check the file, or give another")
    reader = languages.load(document.language)
    spans = segment(document.text, split=reader.split)
    codes = identify.by_paragraph(document.text, [(span.start, span.end) for span in spans], code=document.language)
    sentences = tuple(_marked(_sentences(document, spans, codes), document.damage))
    return Reading(document, sentences, reader.depth, f"given as {document.language}")


def _nameless(document: Document) -> bool:
    """Return whether all that is known of a document's source is the name of its file."""
    origin = document.custody.origin.replace("\\", "/")
    return document.url is None and f"/{origin}".endswith(f"/{document.source.replace(chr(92), '/')}")


def _declared(document: Document) -> str | None:
    return document.language if document.language not in ("", "und") else None


def _published(
    document: Document, code: str, *, now: datetime, published: str | None
) -> tuple[str | None, DateBasis | None, str | None]:
    """Return the date of publication, where it was found, and a note that says why it is read so."""
    if published is not None:
        given = dates.parse(published)
        if given is None:
            raise ReadingError(f"{published!r} is not a date", remedy="write it as 2022-01-08, 2022-01 or 2022")
        return given, "given", None
    line = dateline.find(document.text, now=now, language=code, metadata=document.published, translated=bool(document.translated))
    if line:
        return line.date, "dateline", f"published {line.date}, from the dateline {line.raw!r}: {line.why}"
    if document.published:
        return document.published, "metadata", f"published {document.published}, from metadata"
    return None, None, "no date of publication was found; relative dates stay unresolved"


def _sentences(document: Document, spans: Sequence[Span], codes: Sequence[str]) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(document.id, index, span.start, span.end, document.text[span.start : span.end], code, span.paragraph)
        for index, (span, code) in enumerate(zip(spans, codes, strict=True))
    )


def _marked(sentences: Iterable[Sentence], damage: Sequence[Damage]) -> Iterable[Sentence]:
    """Yield the sentences with the damage that touches them; both come in order of the text."""
    first = 0
    for sentence in sentences:
        while first < len(damage) and damage[first].end <= sentence.start:
            first += 1
        touching = tuple(one for one in _until(damage, first, sentence.end) if one.end > sentence.start)
        yield replace(sentence, damage=touching) if touching else sentence


def _until(damage: Sequence[Damage], first: int, end: int) -> Iterable[Damage]:
    for index in range(first, len(damage)):
        if damage[index].start >= end:
            return
        yield damage[index]
