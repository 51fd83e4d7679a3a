"""The brief of a ledger, of a crisis where one is named, as of any day; the command line and the desk call the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping, Sequence
from dataclasses import replace
from datetime import datetime

from foreshock.briefs import Brief
from foreshock.ledger import Ledger
from foreshock.model import Document, Reading
from foreshock.pipeline.brief_memory import last_brief
from foreshock.pipeline.comparing import before_of
from foreshock.pipeline.exporting import discretion_of
from foreshock.pipeline.flow import with_mentions
from foreshock.pipeline.showing import Shown
from foreshock.pipeline.situation import Situation, situation
from foreshock.pipeline.telling import tell_situation
from foreshock.pipeline.workbench import Workbench
from foreshock.reading.read import reread

# (document id, version) -> its reading; hand the same one in again, and a text is read for its sentences only once.
Readings = MutableMapping[tuple[str, str], Reading]
Counted = Callable[[Iterable[Document]], Iterable[Document]]


def brief_of_ledger(
    ledger: Ledger,
    bench: Workbench,
    *,
    now: datetime,
    title: str,
    language: str,
    crisis: str | None = None,
    as_of: str | None = None,
    changes_since: str | None = None,
    readings: Readings | None = None,
    counted: Counted = iter,
) -> Brief:
    """Return the compiled brief of what a ledger holds.

    Args:
        ledger: open for reading at least; what is not joined yet counts each claim as an incident of its own.
        bench: codebook, actors and settings.
        now: an aware moment; ages count to it, or to the end of ``as_of`` where that is earlier.
        title, language: of the brief.
        crisis: a saved filter; without it the brief is of all that the ledger holds.
        as_of: ISO prefix; only what was known by its last moment counts.
        changes_since: ISO prefix or stamp of an earlier moment; the brief says what changed since. Where it is not given, that of
            the last brief of the same scope that was remembered (:func:`remember_brief`).
        readings: what was read before, added to; see :data:`Readings`.
        counted: handed the documents that are read, to show how far it is.

    Raises:
        LedgerError: there is no such crisis, or the ledger cannot be read.
        BriefError: a sentence of the brief breaks a rule; nothing is told.
    """
    found = situation(ledger, now=now, crisis=crisis, as_of=as_of, catalogue=bench.catalogue)
    since = changes_since or last_brief(ledger, crisis=crisis, as_of=as_of)
    return brief_of_situation(
        ledger, found, bench, now=now, title=title, language=language, since=since, readings=readings, counted=counted
    )


def brief_of_situation(
    ledger: Ledger,
    found: Situation,
    bench: Workbench,
    *,
    now: datetime,
    title: str,
    language: str,
    since: str | None = None,
    readings: Readings | None = None,
    counted: Counted = iter,
) -> Brief:
    """Return the compiled brief of a situation that was made already.

    Args:
        ledger: that it was made of.
        found: as of its own moment.
        bench, now, title, language, readings, counted: as in :func:`brief_of_ledger`.
        since: ISO prefix or stamp of an earlier moment; without it the brief does not say what changed.

    Raises:
        LedgerError: the ledger cannot be read.
        BriefError: a sentence of the brief breaks a rule; nothing is told.
    """
    known = {} if readings is None else readings
    held = discretion_of(ledger, found, now=now, language=language, sites=False)
    told = readings_of(ledger, found, bench, known=known, counted=counted)
    before = None
    if since is not None:
        shown = Shown(found, held)
        before = before_of(
            ledger, shown, bench, since=since, now=now, language=language, read=lambda one: reading_of(one, bench, known)
        )
    return tell_situation(
        found,
        told,
        bench,
        discretion=held,
        now=now,
        title=title,
        language=language,
        as_of=found.as_of,
        before=before,
        kept=ledger.estimates(found.as_of),
    )


def readings_of(
    ledger: Ledger, found: Situation, bench: Workbench, *, known: Readings, counted: Counted = iter
) -> Sequence[Reading]:
    """Return the readings that a brief of a situation is told from.

    Of a crisis they are of what tells of it; of the whole ledger also of what tells nothing, so that silence is seen.
    """
    documents = ledger.latest_documents(as_of=found.as_of, ids=list(found.document_names) if found.crisis else None)
    return [reading_of(one, bench, known) for one in counted(documents)]


def reading_of(document: Document, bench: Workbench, known: Readings) -> Reading:
    """Return a document's reading: the text is read again for its sentences; date and language stay as they were when coded."""
    key = document.id, document.version
    if key not in known or known[key].document.language != document.language:
        known[key] = with_mentions(reread(document), bench)
    return replace(known[key], document=document)
