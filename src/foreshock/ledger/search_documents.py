"""A search of documents: of each the version that is read, with what of its text answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from foreshock.errors import LedgerError
from foreshock.ledger.query import in_force
from foreshock.ledger.rows import document_of
from foreshock.ledger.search import matches, newest, relevance
from foreshock.ledger.search_index import DOCUMENTS, PART_BITS, words_table
from foreshock.ledger.search_marks import marks, snippet
from foreshock.ledger.search_terms import Terms, terms
from foreshock.ledger.tables import table
from foreshock.model import Document, Span

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select

Order = Literal["newest", "relevance"]


@dataclass(frozen=True, slots=True)
class Found:
    """A document that a search found.

    ``marks`` are the spans of its text that answer, ``snippet`` the part of the text to show: half-open, in code points. There is
    no mark where only the title answers. ``place`` is handed back as ``after`` to get the next page.
    """

    document: Document
    marks: tuple[Span, ...]
    snippet: Span
    place: int


def search_documents(
    connection: Connection,
    words: str,
    *,
    language: str | None = None,
    source: str | None = None,
    as_of: str | None = None,
    order: Order = "newest",
    after: int | None = None,
    limit: int = 20,
) -> list[Found]:
    """Return documents whose title or text answers a search; only versions of latest codings as known at ``as_of`` count.

    Args:
        connection: to read with.
        words: the search, see :mod:`foreshock.ledger.search_terms`.
        language, source: equal to these.
        as_of: ISO prefix: only what was known by its last moment counts.
        order: "newest" by when the version was first kept, "relevance" by how well it answers, then likewise.
        after: the place of the last document of the page before; of the order "newest" only.
        limit: at most so many.

    Raises:
        LedgerError: the words are no search, the date is none, or a page of an order by relevance is asked for.
    """
    if order == "relevance" and after is not None:
        raise LedgerError("a search by relevance has one page only", remedy="raise the limit, or order by newest")
    asked = terms(words)
    wanted = _statement(asked, order, after, language=language, source=source, as_of=as_of)
    found = islice(_once(connection.execution_options(yield_per=limit).execute(wanted)), limit)
    return [_found(row, asked) for row in found]


def _statement(
    asked: Terms, order: Order, after: int | None, *, language: str | None, source: str | None, as_of: str | None
) -> Select[Any]:
    from sqlalchemy import literal_column, select

    words, documents, kept = words_table(DOCUMENTS), table("documents"), table("codings")
    first = kept.alias("first")
    same = (kept.c.document_id == first.c.document_id) & (kept.c.version == first.c.version)
    its = (documents.c.id == kept.c.document_id) & (documents.c.version == kept.c.version)
    wanted = (
        select(documents.c.record, kept.c.published, kept.c.published_by, words.c.rowid, kept.c.arrival)
        .select_from(words)
        .join(first, first.c.arrival == words.c.rowid.op(">>")(literal_column(str(PART_BITS))))
        .join(kept, same)
        .join(documents, its)
        .where(matches(DOCUMENTS, asked), in_force(kept.c.arrival, as_of))
    )
    if language is not None:
        wanted = wanted.where(documents.c.language == language)
    if source is not None:
        wanted = wanted.where(documents.c.source == source)
    if after is not None:
        wanted = wanted.where(words.c.rowid < after)
    if order == "relevance":
        wanted = wanted.where(newest(DOCUMENTS, asked)).order_by(relevance(DOCUMENTS, asked).desc())
    return wanted.order_by(words.c.rowid.desc())


def _once(rows: Any) -> Iterator[Any]:
    """Yield the first row of each version: a long one has several parts."""
    seen: set[int] = set()
    for row in rows:
        if row.arrival not in seen:
            seen.add(row.arrival)
            yield row


def _found(row: Any, asked: Terms) -> Found:
    document = replace(document_of(row.record), published=row.published or None, published_by=row.published_by)
    marked = marks(document.text, asked)
    return Found(document, marked, snippet(document.text, marked), row.rowid >> PART_BITS << PART_BITS)
