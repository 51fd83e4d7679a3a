"""What can be searched: the words of claims with the names in them, the titles and texts of documents.

SQLite keeps them in two FTS5 tables without the text itself, PostgreSQL in two tables of tsvectors with a GIN index; the tokens
are ours (:mod:`foreshock.ledger.tokens`), so both find the same. ``rowid`` of ``claim_words`` is the number of the claim; that of
``document_words`` is made of the arrival of the coding that brought the version and the number of a part, since a tsvector knows
16,383 positions and 256 of one word: a longer document is indexed in parts that overlap, and what is searched for together must
stand in one of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from foreshock.ledger.tokens import line
from foreshock.model import Claim, Document, Place

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

WORDS = ("rowid", "words")
CLAIMS, DOCUMENTS = "claim_words", "document_words"
# Nobody can type it: no phrase goes from one field into the next.
SEPARATOR = "\ue000"
SEPARATED = f" {SEPARATOR} "
MOST_SAME = 255
MOST_POSITIONS = 12_000
OVERLAP = 32
PART_BITS = 12
SQLITE = (
    "CREATE VIRTUAL TABLE claim_words USING fts5(words, content='', tokenize='ascii')",
    "CREATE VIRTUAL TABLE document_words USING fts5(words, content='', tokenize='ascii')",
)
POSTGRESQL = (
    "CREATE TABLE claim_words (rowid integer PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE TABLE document_words (rowid bigint PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX claims_by_word ON claim_words USING gin (words)",
    "CREATE INDEX documents_by_word ON document_words USING gin (words)",
)


def make_search(connection: Connection) -> None:
    """Make the empty tables of the search."""
    for statement in POSTGRESQL if connection.dialect.name == "postgresql" else SQLITE:
        connection.exec_driver_sql(statement)


@cache
def words_table(name: str) -> Table:
    """Return ``claim_words`` or ``document_words``, whichever engine it is on."""
    from sqlalchemy import BigInteger, Column, MetaData, Table
    from sqlalchemy.dialects.postgresql import TSVECTOR

    return Table(name, MetaData(), Column("rowid", BigInteger, primary_key=True), Column("words", TSVECTOR))


def claim_words(claim: Claim, dialect: str) -> str:
    """Return what is kept of a claim under ``words``: of a monstrous one the first part."""
    names: dict[str, None] = {}
    for holder in claim.holders:
        names[holder.name] = names[holder.raw] = None
    for actor in (claim.actor, claim.recipient):
        if actor:
            names[actor.name] = names[actor.raw] = None
    if claim.place:
        names.update(dict.fromkeys(_places(claim.place)))
    return _kept(SEPARATED.join((line(claim.text), *map(_name_line, names))), dialect)[0]


def document_words(document: Document, arrival: int, dialect: str) -> list[tuple[int, str]]:
    """Return the rows of ``document_words``: the number of each part and what is kept of it.

    Args:
        document: the version.
        arrival: that of the coding which brought this version.
        dialect: the engine's.
    """
    text = line(document.text)
    made = _kept(f"{line(document.title)}{SEPARATED}{text}" if document.title else text, dialect)
    return [(arrival << PART_BITS | number, one) for number, one in enumerate(made[: 1 << PART_BITS])]


def vector(found: Sequence[str]) -> str:
    """Return the text of a tsvector with these tokens at their places; separators leave a gap.

    >>> vector(["curfew", "in", "curfew"])
    "'curfew':1,3 'in':2"
    """
    places: dict[str, list[str]] = {}
    for number, token in enumerate(found, 1):
        places.setdefault(token, []).append(str(number))
    places.pop(SEPARATOR, None)
    return " ".join([f"'{token}':{','.join(at)}" for token, at in places.items()])


def parts(found: list[str]) -> list[list[str]]:
    """Return tokens in parts that PostgreSQL can index whole; each begins with the last tokens of the one before."""
    if len(found) <= MOST_SAME or (len(found) <= MOST_POSITIONS and max(Counter(found).values()) <= MOST_SAME):
        return [found]
    made: list[list[str]] = []
    start, counts = 0, Counter[str]()
    for at, token in enumerate(found):
        if counts[token] == MOST_SAME or at - start == MOST_POSITIONS:
            made.append(found[start:at])
            start = at - OVERLAP
            counts = Counter(found[start:at])
        counts[token] += 1
    return [*made, found[start:]]


def forget_claims(connection: Connection, gone: Iterable[tuple[int, Claim]]) -> None:
    """Take claims, as they were indexed, out of the search.

    Args:
        connection: with the writers' lock.
        gone: the number of each and the claim before its words were erased.
    """
    dialect = connection.dialect.name
    _forget(connection, CLAIMS, [(no, claim_words(claim, dialect)) for no, claim in gone])


def forget_document(connection: Connection, document: Document, arrival: int) -> None:
    """Take a document version, as it was indexed, out of the search; ``arrival`` is that of its first coding."""
    _forget(connection, DOCUMENTS, document_words(document, arrival, connection.dialect.name))


def _forget(connection: Connection, name: str, rows: list[tuple[int, str]]) -> None:
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        gone = words_table(name)
        connection.execute(gone.delete().where(gone.c.rowid.in_([number for number, _ in rows])))
        return
    # An index without its text is told what to take out; merging it whole leaves nothing behind in its pages.
    delete = f"INSERT INTO {name}({name}, rowid, words) VALUES ('delete', ?, ?)"  # noqa: S608 -- one of two names
    connection.exec_driver_sql(delete, rows)
    connection.exec_driver_sql(f"INSERT INTO {name}({name}) VALUES ('optimize')")  # noqa: S608


def _places(place: Place) -> list[str]:
    ends = [end for end in (place.origin, place.destination) if end]
    return [place.name, place.raw, *(name for end in ends for name in _places(end))]


def _kept(said: str, dialect: str) -> list[str]:
    """Return a line of tokens as the engine keeps it, in parts where it must be."""
    if dialect == "postgresql":
        return [vector(one) for one in parts(said.split())]
    if said.count(" ") < MOST_SAME:
        return [said]
    made = parts(said.split())
    return [said] if len(made) == 1 else [" ".join(one) for one in made]


@lru_cache(maxsize=1 << 13)
def _name_line(name: str) -> str:
    return line(name)


def forget_documents(connection: Connection, gone: Iterable[tuple[Document, int]]) -> None:
    """Take document versions, each with the arrival of its first coding, out of the search."""
    dialect = connection.dialect.name
    _forget(connection, DOCUMENTS, [row for document, arrival in gone for row in document_words(document, arrival, dialect)])
