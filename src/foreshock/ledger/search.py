"""Search as SQLAlchemy Core expressions that both engines take, to be combined with every other filter."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from foreshock.ledger.search_index import words_table
from foreshock.ledger.search_terms import Terms, fts5, tsquery

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select

# Relevance is told among the newest so many that match: to weigh every text that has a common word would take seconds.
RANKED = 5_000


def matches(name: str, asked: Terms) -> ColumnElement[bool]:
    """Return the condition that a row of ``claim_words`` or ``document_words`` answers a search."""
    found: ColumnElement[bool] = _constructs()[0](name, asked)
    return found


def relevance(name: str, asked: Terms) -> ColumnElement[float]:
    """Return how well a row answers, in a statement with :func:`matches`: BM25 on SQLite, ts_rank by length on PostgreSQL.

    Larger is better; the numbers of two engines, or of two searches, cannot be compared.
    """
    found: ColumnElement[float] = _constructs()[1](name, asked)
    return found


def rowids(name: str, asked: Terms) -> Select[Any]:
    """Return the statement for the rows that answer a search; those of ``claim_words`` are ``claims.no``."""
    from sqlalchemy import select

    return select(words_table(name).c.rowid).where(matches(name, asked))


def newest(name: str, asked: Terms) -> ColumnElement[bool]:
    """Return the condition that a row is not older than the newest 5,000 that answer a search."""
    from sqlalchemy import func

    words = words_table(name)
    oldest = rowids(name, asked).order_by(words.c.rowid.desc()).offset(RANKED).limit(1).scalar_subquery()
    return words.c.rowid > func.coalesce(oldest, 0)


@cache
def _constructs() -> tuple[Any, Any]:
    """Return the expressions "matches" and "relevance", which each engine writes in its own way; made when first needed."""
    from sqlalchemy import ColumnElement, Float, String, bindparam
    from sqlalchemy.ext.compiler import compiles
    from sqlalchemy.types import NullType

    class Matches(ColumnElement[Any]):
        inherit_cache = False
        type: Any = NullType()  # a Boolean would be compared with 1 where the engine has no such type

        def __init__(self, name: str, asked: Terms) -> None:
            self.name = name
            self.asked = asked

    class Relevance(Matches):
        inherit_cache = False
        type: Any = Float()

    def value(compiler: Any, words: str) -> str:
        return str(compiler.process(bindparam(None, words, String)))

    def tsquery_of(element: Matches, compiler: Any) -> str:
        return f"CAST({value(compiler, tsquery(element.asked))} AS tsquery)"

    compiles(Matches, "sqlite")(lambda one, compiler, **_: f"{one.name} MATCH {value(compiler, fts5(one.asked))}")
    compiles(Matches, "postgresql")(lambda one, compiler, **_: f"{one.name}.words @@ {tsquery_of(one, compiler)}")
    compiles(Relevance, "sqlite")(lambda one, _compiler, **_: f"-bm25({one.name})")
    compiles(Relevance, "postgresql")(lambda one, compiler, **_: f"ts_rank({one.name}.words, {tsquery_of(one, compiler)}, 1)")
    return Matches, Relevance
