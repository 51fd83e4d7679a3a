"""The ledger: documents, codings and claims are added once, never changed, and read as they were known at any time."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from foreshock.dates import utc_stamp
from foreshock.errors import LedgerError
from foreshock.ledger import deciding, estimating
from foreshock.ledger import reading as reads
from foreshock.ledger.backend import backend, connected, guarded
from foreshock.ledger.compare import Change, compare
from foreshock.ledger.copying import copy
from foreshock.ledger.custody import Identify, verify
from foreshock.ledger.forms import Forms
from foreshock.ledger.migrate import migrate
from foreshock.ledger.query import Query
from foreshock.ledger.redaction import Redacted, Redactor, Tombstone, keyed, spelled, tombstones
from foreshock.ledger.scan import Fault
from foreshock.ledger.schema import ready
from foreshock.ledger.search_documents import Found, search_documents
from foreshock.ledger.search_documents import Order as SearchOrder
from foreshock.ledger.store import LedgerStore
from foreshock.ledger.writing import Batch, Kept, Known, Writer
from foreshock.model import Claim, Coding, Crisis, Document, Estimate, Judgement, Outcome, PrivatePerson, Reading, Report

MANY = 200  # documents that are added in one transaction


class Ledger:
    """An open ledger; use it as a context manager.

    Args:
        address: the SQLite file, or the ``postgresql://`` address of a server.
        create: make the ledger where it is missing and allow additions; without it the ledger is only read.

    Raises:
        LedgerError: it cannot be opened, is no ledger, or is of another version.
    """

    def __init__(self, address: Path | str, *, create: bool = True) -> None:
        self._backend = backend(address, writable=create)
        try:
            ready(self._backend, create=create)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Ledger({self._backend.shown!r})"

    @staticmethod
    def migrate(address: Path | str) -> tuple[int, int]:
        """Upgrade a ledger of an earlier version, wholly or not at all; see :func:`foreshock.ledger.migrate.migrate`."""
        return migrate(address)

    @property
    def shown(self) -> str:
        """The address as it may be printed: without a password."""
        return self._backend.shown

    def close(self) -> None:
        """Release the file or the server."""
        self._backend.engine.dispose()

    def knows(self, document: Document, coder: str) -> bool:
        """Whether this version, under this date of publication, was coded by this coder already."""
        with connected(self._backend, "read") as connection:
            return Known(connection, [document]).has(document, coder)

    def known(self, asked: Sequence[tuple[Document, str]]) -> list[bool]:
        """Return the same for many documents with their coders, by one look (at most 20,000)."""
        with connected(self._backend, "read") as connection:
            known = Known(connection, [document for document, _ in asked])
        return [known.has(document, coder) for document, coder in asked]

    def add(
        self,
        reading: Reading,
        claims: Sequence[Claim],
        *,
        coder: str,
        now: datetime,
        contents: bytes | None = None,
        persons: Sequence[PrivatePerson] = (),
    ) -> Kept:
        """Add a document version and its claims in one transaction; what is known already is left as it stands.

        The latest coding of a document is the one that is read from then on; the ones before it stay for ``as_of``. A version
        that comes back after another one (an edit taken back) is known and does not become the latest again.

        Args:
            reading: the document as read.
            claims: all claims that ``coder`` found in it, none where it found nothing.
            coder: the coder's name, kept also where there are no claims.
            now: the moment at which this became known; a clock that was set back is not followed, so that what is kept later is
                never known earlier.
            contents: the bytes that the document was read from, those of its custody.
            persons: where the text names private persons.

        Raises:
            LedgerError: the disk is full or the ledger cannot be written, or two claims have one id; nothing was added.
        """
        return self.add_many([Batch(reading, claims, coder, now, contents, persons)])

    def add_many(self, batches: Iterable[Batch]) -> Kept:
        """Add many codings, :data:`MANY` in a transaction: what was committed stays where a later one fails.

        Raises:
            LedgerError: as :meth:`add`; nothing of the transaction that failed was added.
        """
        documents = claims = 0
        given = iter(batches)
        while some := list(islice(given, MANY)):
            with connected(self._backend, "write", writes=True) as connection:
                writer = Writer(self._backend, connection)
                kept = writer.add(some)
            documents, claims = documents + kept.documents, claims + kept.claims
        return Kept(documents, claims)

    def claims(self, query: Query | None = None) -> Generator[Claim, None, None]:
        """Yield claims, in order of document and text: those of the latest coding of each document known at ``as_of``.

        Close the generator before the ledger where it is not read to its end.

        Raises:
            LedgerError: the ledger cannot be read, or the query asks for what cannot be.
        """
        with connected(self._backend, "read", **reads.STREAM) as connection:
            yield from reads.claims(connection, query or Query())

    def counts(self, query: Query | None = None) -> dict[tuple[str, str], int]:
        """Return how many claims of a query, whatever its page, have each kind and status: ``{("HARM", "asserted"): 3}``."""
        with connected(self._backend, "read") as connection:
            return reads.counts(connection, query or Query())

    def search(
        self,
        words: str,
        *,
        language: str | None = None,
        source: str | None = None,
        as_of: str | None = None,
        order: SearchOrder = "newest",
        after: int | None = None,
        limit: int = 20,
    ) -> list[Found]:
        """Return documents whose title or text answers a search, as :func:`foreshock.ledger.search_documents.search_documents`.

        Claims are searched with :attr:`Query.words`.
        """
        with connected(self._backend, "read") as connection:
            return search_documents(
                connection, words, language=language, source=source, as_of=as_of, order=order, after=after, limit=limit
            )

    def reports(self, query: Query | None = None) -> Generator[Report, None, None]:
        """Yield claims as :meth:`claims` does, each with what joining must know of its document."""
        with connected(self._backend, "read", **reads.STREAM) as connection:
            yield from reads.reports(connection, query or Query())

    def codings(self, after: int = 0, *, limit: int | None = None) -> Generator[Coding, None, None]:
        """Yield the codings that arrived after one, superseded ones too, in order of arrival, at most ``limit``."""
        while limit is None or limit > 0:
            with connected(self._backend, "read") as connection:
                found = reads.codings(connection, after, most=MANY if limit is None else min(limit, MANY))
            yield from found
            if not found:
                return
            after, limit = found[-1].arrival, None if limit is None else limit - len(found)

    def arrivals(self, ids: Collection[str], *, as_of: str | None = None, every: bool = False) -> list[int]:
        """Return the arrivals of the latest codings of documents (at most 20,000) known at ``as_of``, or of all, in order."""
        with connected(self._backend, "read") as connection:
            return reads.arrivals(connection, ids, as_of, every=every)

    def last_arrival(self, as_of: str | None = None) -> int:
        """Return the arrival of the last coding that was known at ``as_of``; 0 where none was."""
        with connected(self._backend, "read") as connection:
            return reads.last_arrival(connection, as_of)

    def judge(self, judgement: Judgement) -> bool:
        """Keep what a person decided, from its own time on; return False where it was known already."""
        with connected(self._backend, "write", writes=True) as connection:
            return deciding.judge(connection, judgement)

    def judgements(self, as_of: str | None = None) -> list[Judgement]:
        """Return the judgements known at ``as_of``, in the order in which they were kept."""
        with connected(self._backend, "read") as connection:
            return deciding.judgements(connection, as_of)

    def keep_crisis(self, crisis: Crisis, now: datetime) -> bool:
        """Name a crisis, or change the one of that name from now on; return False where it stands so already."""
        with connected(self._backend, "write", writes=True) as connection:
            return deciding.keep_crisis(connection, crisis.name, crisis, utc_stamp(now))

    def drop_crisis(self, name: str, now: datetime) -> bool:
        """Drop a crisis from now on; it stays for ``as_of``. Return False where there is none."""
        with connected(self._backend, "write", writes=True) as connection:
            return deciding.keep_crisis(connection, name, None, utc_stamp(now))

    def crises(self, as_of: str | None = None) -> list[Crisis]:
        """Return the crises that were named at ``as_of`` and not dropped, by name."""
        with connected(self._backend, "read") as connection:
            return deciding.crises(connection, as_of)

    def keep_estimates(self, estimates: Iterable[Estimate], *, known_at: datetime | str) -> int:
        """Keep estimates from a moment (or its stamp) on, all or none; return how many were new, by their ids."""
        with connected(self._backend, "write", writes=True) as connection:
            return estimating.keep_estimates(connection, estimates, known_at)

    def estimates(self, as_of: str | None = None, *, scenario: str | None = None, country: str | None = None) -> list[Estimate]:
        """Return the estimates known at ``as_of``, in the order in which they were kept."""
        return [one for _, one in self.estimates_since(as_of, scenario=scenario, country=country)]

    def estimates_since(
        self, as_of: str | None = None, *, scenario: str | None = None, country: str | None = None
    ) -> list[tuple[str, Estimate]]:
        """Return the same, each with the moment since when it is known."""
        with connected(self._backend, "read") as connection:
            return list(estimating.estimates(connection, as_of, scenario=scenario, country=country))

    def keep_outcome(self, outcome: Outcome, *, known_at: datetime | str) -> bool:
        """Keep what came of a scenario in a country; return False where it was known already; as :meth:`keep_outcomes`."""
        return self.keep_outcomes([outcome], known_at=known_at) == 1

    def keep_outcomes(self, outcomes: Iterable[Outcome], *, known_at: datetime | str) -> int:
        """Keep outcomes from a moment (or its stamp) on, all or none; return how many were new.

        Raises:
            LedgerError: one says neither when it occurred nor until when it did not, or both, or withdraws one that is not here.
        """
        with connected(self._backend, "write", writes=True) as connection:
            return estimating.keep_outcomes(connection, outcomes, known_at)

    def outcomes(self, as_of: str | None = None, *, scenario: str | None = None, country: str | None = None) -> list[Outcome]:
        """Return the outcomes known at ``as_of`` and not withdrawn by then, in the order in which they were kept."""
        return [one for _, one in self.outcomes_since(as_of, scenario=scenario, country=country)]

    def outcomes_since(
        self, as_of: str | None = None, *, scenario: str | None = None, country: str | None = None
    ) -> list[tuple[str, Outcome]]:
        """Return the same, each with the moment since when it is known."""
        with connected(self._backend, "read") as connection:
            return list(estimating.outcomes(connection, as_of, scenario=scenario, country=country))

    def verify(self, identify: Identify | None = None) -> Generator[Fault, None, None]:
        """Yield what does not match its hashes, and what was redacted; see :mod:`foreshock.ledger.custody`.

        Args:
            identify: returns the id that a document should have, None where that cannot be told from the document.
        """
        with connected(self._backend, "verify", undone=True, **self._backend.snapshot) as connection:
            yield from verify(connection, self._backend, identify)

    def backup(self, address: Path | str) -> None:
        """Copy the ledger as it stands now to a new file (or an empty server); readers and writers go on meanwhile.

        Raises:
            LedgerError: something is there already, or it cannot be written.
        """
        copy(self._backend, address)

    @staticmethod
    def restore(source: Path | str, address: Path | str) -> list[Fault]:
        """Copy a backup to an address where nothing is, on either engine, and verify the copy.

        Returns:
            What :meth:`verify` says of the copy: nothing hurt where the backup was whole.

        Raises:
            LedgerError: something is there already, the source is no ledger of this version, or the copy cannot be written.
        """
        with Ledger(source, create=False) as kept:
            kept.backup(address)
        with Ledger(address, create=False) as made:
            return list(made.verify())

    def diff(self, document_id: str, *, versions: tuple[str, str] | None = None, as_of: str | None = None) -> list[Change]:
        """Return which claims the last edit of a document added, changed or silently dropped.

        Args:
            document_id: the document.
            versions: two versions to compare, the earlier first; without it the last two known at ``as_of``.
            as_of: only what was known then counts.

        Raises:
            LedgerError: the document, or one of the versions, is not known, or it has no second version.
        """
        with connected(self._backend, "read", **self._backend.snapshot) as connection:
            return compare(*reads.two_versions(connection, document_id, versions, as_of))

    def redact(
        self,
        *,
        by: str,
        why: str,
        now: datetime,
        key: bytes,
        name: str | None = None,
        aliases: Sequence[str] = (),
        document_id: str | None = None,
        claim_id: str | None = None,
    ) -> Redacted:
        """Erase a name everywhere, the words of a document, or those of a claim; see :mod:`foreshock.ledger.redaction`.

        Where nothing is left to erase, no tombstone is set.

        Args:
            by, why: who erases it, and the reason; kept with the tombstone.
            now: the moment.
            key: at least 16 secret bytes, kept elsewhere: who has them can prove what was erased.
            name, document_id, claim_id: what to erase, one of them.
            aliases: further names of the same person; each gets a tombstone of its own.

        Raises:
            LedgerError: it is not there, too short a name, or the ledger cannot be written.
        """
        keyed(key, "")  # a bad key is refused before anything is erased
        given = [(what, one) for what, one in (("name", name), ("document", document_id), ("claim", claim_id)) if one is not None]
        if len(given) != 1 or (aliases and name is None):
            raise LedgerError(f"{len(given)} things to redact", remedy="give a name, a document or a claim")
        ((what, one),) = given
        forms = Forms([one, *aliases]) if what == "name" else None
        if forms is not None:
            by, why = (forms.erased(said, parts=True) for said in (by, why))
        with connected(self._backend, "redact", writes=True) as connection:
            redactor = Redactor(self._backend, connection)
            if forms is not None:
                redactor.name(forms)
                gone = list(forms.names)
            else:
                gone = [redactor.document(one) if what == "document" else redactor.claim(one)]
            if any(astuple(redactor.redacted)):
                about = None if what == "name" else one
                hashes = [keyed(key, said) for said in gone]
                redactor.bury(hashes, what=what, about=about, by=by, why=why, known_at=utc_stamp(now))
        with guarded(self._backend, "write anew"):
            self._backend.scrub()
        return redactor.redacted

    def spelled(self, name: str, aliases: Sequence[str] = ()) -> dict[str, int]:
        """Return what :meth:`redact` would erase of documents: each form that is written there, and in how many versions."""
        with connected(self._backend, "read") as connection:
            return spelled(connection, Forms([name, *aliases]))

    def tombstones(self) -> list[Tombstone]:
        """Return what is left of redactions, in their order."""
        with connected(self._backend, "read") as connection:
            return tombstones(connection)

    @contextmanager
    def joining(self) -> Iterator[LedgerStore]:
        """Give the store of what joining remembers, to be read and added to; kept at the end, or not at all.

        No other writer gets in meanwhile: join a batch of codings at a time.

        Raises:
            LedgerError: the ledger cannot be written; nothing was kept.
        """
        with connected(self._backend, "write", writes=True) as connection:
            yield LedgerStore(self._backend, connection)

    @contextmanager
    def joined(self) -> Iterator[LedgerStore]:
        """Give the store of what joining remembers, to be read only, as it stands at one moment."""
        with connected(self._backend, "read", **self._backend.snapshot) as connection:
            yield LedgerStore(self._backend, connection)

    def documents(self, *, as_of: str | None = None) -> Generator[Document, None, None]:
        """Yield every document version known at ``as_of``, in the order in which they became known."""
        with connected(self._backend, "read", **reads.STREAM) as connection:
            yield from reads.documents(connection, as_of)

    def latest_documents(self, *, as_of: str | None = None, ids: Collection[str] | None = None) -> list[Document]:
        """Return each document as its latest coding known at ``as_of`` read it: that version, that date; in order of ids.

        ``ids`` are those of the documents that are wanted, at most 20,000; without it all are.
        """
        with connected(self._backend, "read") as connection:
            return [
                replace(document, published=published or None, published_by=basis)
                for document, published, basis in reads.latest_documents(connection, as_of, ids)
            ]
