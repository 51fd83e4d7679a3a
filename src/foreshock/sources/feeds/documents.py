"""What waits in the queue -> Document: an entry as its feed gave it, its page in full, a message, a page that is watched."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from foreshock import dates
from foreshock.errors import ReadingError, SourceError
from foreshock.model import Custody, Document, Extract, FeedAnswer
from foreshock.sources.base import Fetched, Job
from foreshock.sources.feeds.entry import Entry
from foreshock.sources.feeds.stub import is_short
from foreshock.sources.http.address import canonical
from foreshock.sources.record import custody, document, under

STUB = "a summary as its feed gave it; the whole was not read"


def custody_of(answer: FeedAnswer) -> Custody:
    """Return the custody of an answer that was kept before."""
    return Custody(answer.sha256, answer.size, answer.fetched_at, answer.origin, answer.final_url, answer.headers)


def entry_document(
    entry: Entry, answer: FeedAnswer, job: Job, *, source: str, language: str = "", url: str = "", why: str = ""
) -> Document:
    """Return an entry as a document, in the words of its feed; its custody is that of the feed's bytes.

    Args:
        entry: the entry.
        answer: what the feed's bytes were.
        job: the moment.
        source: the outlet.
        language: what the feed declares.
        url: the address under which its document is kept already.
        why: why a summary could not be read in full; "" where that was not tried.

    Raises:
        SourceError: it gives no words at all.
    """
    # Of a short item the headline is half of what is said; above a whole article it stands as its title.
    headed = entry.title and not entry.text.startswith(entry.title) and (entry.stub or is_short(entry.text))
    text = "\n\n".join(one for one in (entry.title if headed else "", entry.text) if one)
    if not text.strip():
        raise SourceError(f"{entry.link or entry.place}: the feed gives no words of it{why and f', and {why}'}", remedy="open it")
    day, notes = _day(entry, job)
    if entry.stub:
        notes = (*notes, f"{STUB}{f': {why}' if why else ''}")
    found = Extract(
        text=text, media_type="application/feed", title=entry.title, published=day, language=_code(language), source=source
    )  # fmt: skip
    # Without a page of its own an item is one with what its feed calls it.
    name = f"{answer.origin}#{entry.place}"
    return document(found, custody_of(answer), name=name, url=url or entry.link or None, notes=notes)


def full_document(entry: Entry, page: Fetched, job: Job, *, source: str, url: str = "") -> Document:
    """Return an entry as its page has it, under the date of the feed where that gives one.

    Raises:
        SourceError: the page is the front page of the site, holds no text, or less than the feed gave.
    """
    if urlsplit(page.final_url).path in ("", "/") and urlsplit(entry.link).path not in ("", "/"):
        raise SourceError(f"{entry.link} leads to the front page of the site", remedy="the summary is kept")
    try:
        found = job.extract(page.data, media_type=page.media_type, charset=page.charset, name=page.final_url)
    except ReadingError as error:
        raise SourceError(under(entry.link, page.final_url, error.message), remedy=error.remedy) from error
    if len(found.text) < len(entry.text):
        raise SourceError(f"{entry.link} holds less than the feed gave of it", remedy="the summary is kept")
    day, notes = _day(entry, job)
    told = Extract(
        text=found.text, media_type=found.media_type, title=found.title or entry.title, published=day or found.published,
        language=found.language, source=source, licence=found.licence, translated=found.translated, notes=found.notes,
    )  # fmt: skip
    taken = custody(page.raw, job, entry.link, page=page)
    return document(told, taken, name=page.final_url, url=url or page.final_url, notes=(*page.notes, *notes))


def page_document(found: Extract, answer: FeedAnswer, *, source: str, url: str = "") -> Document:
    """Return a page that is watched as a document, with the outlet that a person named, else the one that it names itself."""
    told = Extract(
        text=found.text, media_type=found.media_type, title=found.title, published=found.published, language=found.language,
        source=source or found.source, licence=found.licence, translated=found.translated, notes=found.notes,
    )  # fmt: skip
    where = answer.final_url or answer.origin
    return document(told, custody_of(answer), name=where, url=url or where)


def mail_document(data: bytes, answer: FeedAnswer, key: str, job: Job) -> Document:
    """Return a message of a mailbox as a document; its name in the mailbox does not matter, its key does.

    Raises:
        SourceError: it holds no text.
    """
    try:
        found = job.extract(data, media_type="message/rfc822", charset=None, name=answer.origin)
    except ReadingError as error:
        raise SourceError(error.message, remedy=error.remedy) from error
    return document(found, custody_of(answer), name=key)


def link_of(entry: Entry) -> str:
    """Return the canonical address of an entry's page, "" where it has none."""
    return canonical(entry.link) or "" if entry.link else ""


def _day(entry: Entry, job: Job) -> tuple[str | None, tuple[str, ...]]:
    """The date of an entry; one that lies after tomorrow is a mistake, and no date is made of a mistake."""
    if entry.published and dates.first_day(entry.published) > (job.now + timedelta(days=1)).date():
        return None, (*entry.notes, f"published {entry.published} lies in the future: not used")
    return entry.published, entry.notes


def _code(tag: str) -> str | None:
    return tag.lower().replace("_", "-").split("-")[0][:3] or None
