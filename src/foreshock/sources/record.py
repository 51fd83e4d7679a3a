"""What was extracted, and its custody -> Document, with ids that do not depend on where a copy lies."""

from __future__ import annotations

import hashlib

from foreshock import dates
from foreshock.errors import ReadingError, SourceError
from foreshock.model import Custody, Document, Extract, record_id
from foreshock.sources.base import Fetched, Job
from foreshock.sources.http.address import canonical, host_of


def custody(data: bytes, job: Job, origin: str, *, page: Fetched | None = None) -> Custody:
    """Return the custody of bytes as they came; the job's vault gets them."""
    sha256 = hashlib.sha256(data).hexdigest()
    if job.vault is not None:
        job.vault(sha256, data)
    return Custody(
        sha256=sha256,
        size=len(data),
        fetched_at=dates.utc_stamp(job.now),
        origin=origin,
        final_url=page.final_url if page else None,
        headers=page.headers if page else (),
    )


def read_bytes(data: bytes, job: Job, *, name: str, origin: str, media_type: str | None = None) -> Document:
    """Return the document in the bytes of one file.

    Raises:
        SourceError: they hold no text; the extractor's message under the file's name.
    """
    try:
        found = job.extract(data, media_type=media_type, charset=None, name=name)
    except ReadingError as error:
        raise SourceError(under(origin, name, error.message), remedy=error.remedy) from error
    return document(found, custody(data, job, origin), name=name)


def under(origin: str, name: str, message: str) -> str:
    """Return an extractor's message, which begins with the name it was given, under what the user gave."""
    return f"{origin}{message.removeprefix(name)}" if message.startswith(name) else f"{origin}: {message}"


def document(
    found: Extract,
    taken: Custody,
    *,
    name: str,
    url: str | None = None,
    notes: tuple[str, ...] = (),
    translated: tuple[str, ...] = (),
) -> Document:
    """Return a document.

    Its id is the hash of host and canonical address where it has an address (the one it was fetched from, else the one it
    gives for itself), otherwise of its source and its name within what was given. Its version is the hash of title and text.

    Raises:
        SourceError: the text holds half characters (lone surrogates), which no file can hold.
    """
    address = canonical(url or found.url or "")
    source = found.source or (host_of(address) if address else name)
    try:
        version = record_id("version", found.title or "", found.text)
        "".join(one or "" for one in (found.licence, found.language, *notes, *found.notes)).encode()
        identity = address_id(address) if address else record_id("document", source, name)
    except UnicodeEncodeError as error:
        raise SourceError(
            f"{taken.origin}: holds half characters (lone surrogates)", remedy="write the text anew as UTF-8"
        ) from error
    return Document(
        id=identity,
        version=version,
        source=source,
        url=address,
        language=found.language or "",
        title=found.title,
        text=found.text,
        published=found.published,
        published_by="metadata" if found.published else None,
        fetched_at=taken.fetched_at,
        media_type=found.media_type,
        custody=taken,
        licence=found.licence,
        translated=(*found.translated, *(one for one in translated if one not in found.translated)),
        notes=(*notes, *found.notes),
    )


def address_id(address: str) -> str:
    """Return the id of the document at a canonical address."""
    return record_id("document", host_of(address), address)
