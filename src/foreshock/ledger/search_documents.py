"""A search of documents: of each the version that is read, with what of its text answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from foreshock.errors import LedgerError
from foreshock.ledger.query import in_force
from foreshock.ledger.rows import document_of
from foreshock.ledger.search import RANKED, newest, relevance, rowids
from foreshock.ledger.search_index import DOCUMENTS, PART_BITS, words_table
from foreshock.ledger.search_marks import marks, snippet
from foreshock.ledger.search_terms import Terms, terms
from foreshock.ledger.tables import table
from foreshock.model import Document, Span

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Select

Order = Literal["newest", "relevance"]
# Of a longer text only the beginning is looked through for marks, in characters: a page must not wait for ten megabytes.
LOOKED_THROUGH = 200_000


@dataclass(frozen=True, slots=True)
class Found:
    """A document that a search found.

    ``marks`` are the spans of its first 200,000 characters that answer, ``snippet`` the part of the text to show: half-open, in
    code points. There is no mark where only the title answers. ``place`` is handed back as ``after`` to get the next page.
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
    also: Sequence[ColumnElement[bool]] = (),
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
        also: further conditions on the table of codings.

    Raises:
        LedgerError: the words are no search, the date is none, or a page of an order by relevance is asked for.
    """
    if order == "relevance" and after is not None:
        raise LedgerError("a search by relevance has one page only", remedy="raise the limit, or order by newest")
    asked = terms(words)
    wanted = _versions(language=language, source=source, as_of=as_of).where(*also)
    rows = (row for some in _places(connection, asked, order, after, limit) for row in _read(connection, wanted, some))
    return [_found(row, place, asked) for row, place in islice(_once(rows), limit)]


def _places(connection: Connection, asked: Terms, order: Order, after: int | None, limit: int) -> Iterator[Sequence[int]]:
    """Yield the rows of ``document_words`` that answer, in order, some at a time: what is not shown is not read.

    Of the newest the next ones are asked for only when too few of those before could be shown, each time four times as many.
    """
    words, size = words_table(DOCUMENTS).c.rowid, max(2 * limit, 1)
    wanted = rowids(DOCUMENTS, asked)
    if order == "relevance":
        best = wanted.where(newest(DOCUMENTS, asked)).order_by(relevance(DOCUMENTS, asked).desc(), words.desc())
        found = connection.execute(best).scalars().all()
        yield from (found[at : at + size] for at in range(0, len(found), size))
        return
    wanted = wanted.order_by(words.desc())
    page = wanted if after is None else wanted.where(words < after)
    while some := connection.execute(page.limit(size)).scalars().all():
        yield some
        page, size = wanted.where(words < some[-1]), min(4 * size, RANKED)


def _versions(*, language: str | None, source: str | None, as_of: str | None) -> Select[Any]:
    """Return the statement for the versions that may be shown, with the arrival of the coding that brought each."""
    from sqlalchemy import select

    documents, kept = table("documents"), table("codings")
    first = kept.alias("first")
    same = (kept.c.document_id == first.c.document_id) & (kept.c.version == first.c.version)
    its = (documents.c.id == kept.c.document_id) & (documents.c.version == kept.c.version)
    wanted = (
        select(documents.c.record, kept.c.published, kept.c.published_by, kept.c.arrival, first.c.arrival.label("brought"))
        .select_from(first)
        .join(kept, same)
        .join(documents, its)
        .where(in_force(kept.c.arrival, as_of))
    )
    if language is not None:
        wanted = wanted.where(documents.c.language == language)
    if source is not None:
        wanted = wanted.where(documents.c.source == source)
    return wanted


def _read(connection: Connection, wanted: Select[Any], places: Sequence[int]) -> Iterator[tuple[Any, int]]:
    """Yield the versions at some places in their order, those that may be shown."""
    brought = wanted.selected_columns["brought"]
    those = wanted.where(brought.in_({place >> PART_BITS for place in places}))
    found: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(those):
        found[row.brought].append(row)
    yield from ((row, place) for place in places for row in found[place >> PART_BITS])


def _once(rows: Iterator[tuple[Any, int]]) -> Iterator[tuple[Any, int]]:
    """Yield the first row of each version: a long one has several parts."""
    seen: set[int] = set()
    for row, place in rows:
        if row.arrival not in seen:
            seen.add(row.arrival)
            yield row, place


def _found(row: Any, place: int, asked: Terms) -> Found:
    document = replace(document_of(row.record), published=row.published or None, published_by=row.published_by)
    marked = marks(document.text[:LOOKED_THROUGH], asked)
    return Found(document, marked, snippet(document.text, marked), place >> PART_BITS << PART_BITS)
