"""The documents that are read, the last kept first, a page at a time: for a list that never loads a ledger."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from foreshock.dates import first_day, last_day, parse
from foreshock.errors import LedgerError
from foreshock.ledger.backend import connected
from foreshock.ledger.ledger import Ledger
from foreshock.ledger.query import Query, filtered, in_force, moment
from foreshock.ledger.search_documents import Found, search_documents
from foreshock.ledger.tables import table

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select

COUNTED = 1_000
# No index knows what is damaged, or of which outlet or language a document is: so many codings are looked at for a page.
LOOK_BACK = 20_000
# Where so many of the last codings fill a page, each is asked for its claims; else the claims are looked up first.
DENSE = 2_000
_OF_CLAIMS = ("kind", "mode", "status", "country", "countries", "damaged", "crisis", "since", "until", "holder", "place", "ids")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents are listed; None means any.

    Attributes:
        words: a search of titles and texts, see :mod:`foreshock.ledger.search_terms`.
        source, language: equal to these.
        since, until: ISO prefixes of the date of publication, both ends included; an undated one is in no window.
        claims: only documents with a claim of this query; its page and order do not count, its ``as_of`` does.
        as_of: ISO prefix: only what was known by its last moment counts.
    """

    words: str | None = None
    source: str | None = None
    language: str | None = None
    since: str | None = None
    until: str | None = None
    claims: Query = field(default_factory=Query)
    as_of: str | None = None

    @property
    def of_claims(self) -> bool:
        """Whether anything is asked of the claims."""
        return any(getattr(self.claims, name) is not None for name in _OF_CLAIMS)

    @property
    def indexed(self) -> bool:
        """Whether an index answers all of it."""
        return self.source is None and self.language is None and self.claims.damaged is None

    @property
    def countable(self) -> bool:
        """Whether they are counted as fast as a page of them is found."""
        return self.indexed and self.words is None and self.claims.crisis is None


@dataclass(frozen=True, slots=True)
class Listed:
    """A page: the codings by their arrivals, what a search found by document id, and where the next page begins.

    ``next`` is None at the end; it is handed back as ``after``. ``looked_back`` says that only a part of the ledger was looked
    through for this page, ``dense`` that few codings had to be looked at to fill it.
    """

    arrivals: tuple[int, ...]
    found: dict[str, Found]
    next: int | None
    looked_back: bool = False
    dense: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """One coding of a document, as far as a list of versions tells it."""

    arrival: int
    version: str
    published: str | None
    coder: str
    known_at: str


class Listing:
    """Lists of the documents of an open ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def page(self, wanted: Wanted, *, after: int | None = None, limit: int = 30) -> Listed:
        """Return a page of the documents that are wanted.

        Raises:
            LedgerError: a date is none, or the words are no search.
        """
        return self._searched(wanted, after, limit) if wanted.words else self._latest(wanted, after, limit)

    def count(self, wanted: Wanted, *, dense: bool = False) -> int:
        """Return how many documents are wanted whatever the words; 1,001 where there are more than a thousand.

        ``dense`` is that of a page of them: it makes no difference but to how fast they are counted.
        """
        from sqlalchemy import func, select

        some = self._statement(wanted, None, each=dense).order_by(table("codings").c.arrival.desc()).limit(COUNTED + 1).subquery()
        with connected(self._ledger._backend, "read") as connection:
            return int(connection.execute(select(func.count()).select_from(some)).scalar() or 0)

    def lately(self, *, most: int = 1_000) -> tuple[dict[str, int], dict[str, int]]:
        """Return how many of the last so many codings are of each outlet and of each language: what a filter offers."""
        from sqlalchemy import select

        documents, kept = table("documents"), table("codings")
        same = (documents.c.id == kept.c.document_id) & (documents.c.version == kept.c.version)
        latest = select(documents.c.source, documents.c.language).select_from(kept).join(documents, same)
        with connected(self._ledger._backend, "read") as connection:
            rows = connection.execute(latest.order_by(kept.c.arrival.desc()).limit(most)).all()
        return Counter(row.source for row in rows), Counter(row.language for row in rows)

    def versions(self, document_id: str, *, as_of: str | None = None) -> list[Version]:
        """Return the codings of a document known at ``as_of``, the earliest first."""
        from sqlalchemy import select

        kept = table("codings")
        names = ("arrival", "version", "published", "coder", "known_at")
        wanted = select(*(kept.c[name] for name in names)).where(kept.c.document_id == document_id).order_by(kept.c.sequence)
        if as_of is not None:
            wanted = wanted.where(kept.c.known_at <= moment(as_of))
        with connected(self._ledger._backend, "read") as connection:
            return [Version(a, version, day or None, coder, at) for a, version, day, coder, at in connection.execute(wanted)]

    def _searched(self, wanted: Wanted, after: int | None, limit: int) -> Listed:
        with connected(self._ledger._backend, "read") as connection:
            found = search_documents(
                connection,
                wanted.words or "",
                language=wanted.language,
                source=wanted.source,
                as_of=wanted.as_of,
                after=after,
                limit=limit + 1,
                also=self._also(wanted, each=wanted.claims.damaged is not None),
            )
        shown = found[:limit]
        arrivals = self._ledger.arrivals([one.document.id for one in shown], as_of=wanted.as_of)
        more = shown[-1].place if len(found) > limit else None
        return Listed(tuple(arrivals), {one.document.id: one for one in shown}, more)

    def _latest(self, wanted: Wanted, after: int | None, limit: int) -> Listed:
        top = self._ledger.last_arrival() + 1 if after is None else after
        first = 0 if wanted.indexed else max(0, top - LOOK_BACK)
        claims = wanted.claims
        if wanted.of_claims and claims.crisis is None and claims.country is None and claims.countries is None:
            rows = self._rows(self._statement(wanted, after, each=True), max(first, top - DENSE), limit)
            if len(rows) > limit:
                return Listed(tuple(rows[:limit]), {}, rows[limit - 1], dense=True)
        # What is damaged no index knows: each document is asked for itself.
        rows = self._rows(self._statement(wanted, after, each=claims.damaged is not None), first, limit)
        if len(rows) > limit:
            return Listed(tuple(rows[:limit]), {}, rows[limit - 1])
        return Listed(tuple(rows), {}, first or None, looked_back=bool(first))

    def _rows(self, statement: Select[Any], first: int, limit: int) -> list[int]:
        kept = table("codings")
        if first > 0:
            statement = statement.where(kept.c.arrival >= first)
        with connected(self._ledger._backend, "read") as connection:
            return list(connection.execute(statement.order_by(kept.c.arrival.desc()).limit(limit + 1)).scalars())

    def _statement(self, wanted: Wanted, after: int | None, *, each: bool) -> Select[Any]:
        from sqlalchemy import select

        documents, kept = table("documents"), table("codings")
        statement = select(kept.c.arrival).where(in_force(kept.c.arrival, wanted.as_of))
        if wanted.language is not None or wanted.source is not None:
            same = (documents.c.id == kept.c.document_id) & (documents.c.version == kept.c.version)
            statement = statement.join(documents, same)
            for name in ("language", "source"):
                if (value := getattr(wanted, name)) is not None:
                    statement = statement.where(documents.c[name] == value)
        if after is not None:
            statement = statement.where(kept.c.arrival < after)
        return statement.where(*self._also(wanted, each=each))

    def _also(self, wanted: Wanted, *, each: bool) -> list[ColumnElement[bool]]:
        """Return the conditions on codings that are about their date and their claims.

        ``each`` asks each document for its claims, which is soon done for few; else the claims are looked up once.
        """
        from sqlalchemy import select

        kept, claims = table("codings"), table("claims")
        made = []
        if wanted.since is not None:
            made.append(kept.c.published >= first_day(_date(wanted.since)).isoformat())
        if wanted.until is not None:
            made += [kept.c.published != "", kept.c.published <= f"{last_day(_date(wanted.until)).isoformat()}~"]
        if wanted.of_claims:
            # With a limit the claims of one coding are gone through; without one they are looked up by kind.
            query = replace(wanted.claims, as_of=wanted.as_of, order="text", after=None, limit=1 if each else None)
            telling = filtered(select(claims.c.arrival), query).order_by(None)
            if each:
                made.append(telling.where(claims.c.arrival == kept.c.arrival).exists())
            else:
                made.append(kept.c.arrival.in_(telling))
        return made


def _date(prefix: str) -> str:
    known = parse(prefix)
    if known is None:
        raise LedgerError(f"{prefix!r} is no date", remedy="give an ISO date such as 2022-01-08 or 2022-01")
    return known
