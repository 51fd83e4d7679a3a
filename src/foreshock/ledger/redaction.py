"""Redaction: the one thing that takes words out of rows, for people at risk.

Blocks of the same length stand where the words were, so that all spans stay right. The row loses its salt and keeps its digest:
custody still verifies and the words cannot be tried. A tombstone keeps HMAC-SHA256 of what was erased under a key that is not in
the ledger: whoever has the key can prove what it was. The bytes of a document that is touched go whole. A version that was
redacted is known for good: reading the same input again, by any coder, adds nothing.
"""

from __future__ import annotations

import hmac
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import msgspec

from foreshock.errors import LedgerError
from foreshock.ledger.backend import Backend
from foreshock.ledger.erasing import FREE, WORDS, Erase, blocks, erased, eraser, loose_pattern, name_pattern
from foreshock.ledger.forgetting import Words, forget
from foreshock.ledger.redaction_alerts import forget_alerts, forget_marks
from foreshock.ledger.rows import CLAIM, claim_of, claim_values, document_of, plain
from foreshock.ledger.search_index import CLAIMS, DOCUMENTS, claim_words, document_words, forget_claims, forget_documents
from foreshock.ledger.search_index import WORDS as COLUMNS
from foreshock.ledger.tables import table
from foreshock.model import Alert, Claim, Crisis, Deed, Document, Estimate, Judgement, Outcome, Watch

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

KEY = 16  # bytes that a key has at least
MANY = 500
DECISIONS: dict[str, tuple[type[Any], tuple[str, ...]]] = {
    "judgements": (Judgement, ("by", "why")),
    "crises": (Crisis, ("name",)),
    "estimates": (Estimate, ("subject",)),
    "outcomes": (Outcome, ("source",)),
    "audit": (Deed, ("who",)),
    "watches": (Watch, ("name",)),
    "alerts": (Alert, ()),
}
# Fields of these in which a name may stand, beside those of claims.
NAMED = FREE | {"name", "subject", "unmeasured", "cause", "who", "address", "detail", "watch", "sources", "crisis", "to", "place"}
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is left of a redaction: the keyed hash (hex) of what was erased, who did it, when and why.

    ``what`` is "document", "claim" or "name"; ``about`` the id of the document or claim, None for a name.
    """

    no: int
    known_at: str
    what: str
    about: str | None
    hash: str
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Redacted:
    """How many rows lost words: documents, claims, contents, and others (judgements, crises, estimates,
    outcomes, lines of the audit log, names of tokens, watches, alerts, what joining remembers)."""

    documents: int
    claims: int
    contents: int
    others: int


class Redactor:
    """Erases within one transaction, whose connection has the writers' lock."""

    def __init__(self, backend: Backend, connection: Connection) -> None:
        self._backend = backend
        self._connection = connection
        self._counts = dict.fromkeys(("documents", "claims", "contents", "others"), 0)

    def name(self, name: str) -> tuple[Redacted, str]:
        """Erase a name wherever it stands; return what was changed, and what was erased."""
        pattern = name_pattern(name)
        erase = eraser(pattern)
        before = self._documents(lambda one: erased(one, erase))
        self._claims(lambda one: erased(one, erase))
        self._decisions(erase)
        forget_marks(self._connection)
        self._tokens(erase)
        self._remembered(eraser(loose_pattern(name)))
        self._forget({one.id for one in before}, name)
        self._contents(pattern)
        return Redacted(**self._counts), name

    def document(self, document_id: str) -> tuple[Redacted, str]:
        """Erase title and text of all versions of a document, and the words of its claims."""
        before = self._documents(lambda one: erased(one, blocks, WORDS), only=document_id)
        if not before and not any(True for _ in self._rows("documents", "id", only=table("documents").c.id == document_id)):
            raise LedgerError(f"there is no document {document_id}", remedy="name one by its whole id")
        self._claims(lambda one: erased(one, blocks, WORDS), only=document_id)
        self._alerts(document_id, lambda _: True)
        gone = "\n".join(f"{one.title or ''}\n{one.text}" for one in before)
        self._forget({document_id}, gone)
        return Redacted(**self._counts), gone

    def claim(self, claim_id: str) -> tuple[Redacted, str]:
        """Erase the words of a claim, in the text of its document version too, and of all claims that share some of them."""
        from sqlalchemy import select

        claims = table("claims")
        row = self._connection.execute(select(*(claims.c[name] for name in CLAIM)).where(claims.c.id == claim_id)).first()
        if row is None:
            raise LedgerError(f"there is no claim {claim_id}", remedy="name one by its whole id")
        gone = claim_of(row)

        def without(text: str) -> str:
            return text[: gone.start] + blocks(text[gone.start : gone.end]) + text[gone.end :]

        def shares(one: Claim) -> bool:
            return one.version == gone.version and one.start < gone.end and gone.start < one.end

        self._documents(
            lambda one: replace(one, text=without(one.text)) if one.version == gone.version else one, only=gone.document_id
        )
        self._claims(lambda one: erased(one, blocks, WORDS) if shares(one) else one, only=gone.document_id)
        self._alerts(gone.document_id, shares)
        self._forget({gone.document_id}, gone.text)
        return Redacted(**self._counts), gone.text

    def _documents(self, change: Callable[[Document], Document], *, only: str | None = None) -> list[Document]:
        """Change the documents that have something to erase; return these as they were."""
        documents, before, after = table("documents"), list[Document](), list[Document]()
        for row in self._rows("documents", "id", only=None if only is None else documents.c.id == only):
            one = document_of(row.record)
            if (made := change(one)) != one:
                before.append(one)
                after.append(made)
        if not before:
            return []
        first = self._first_arrivals([one.id for one in before])
        forget_documents(self._connection, [(one, first[one.id, one.version]) for one in before])
        words = [row for one in after for row in document_words(one, first[one.id, one.version], self._backend.dialect)]
        self._backend.insert(self._connection, DOCUMENTS, COLUMNS, words)
        for one in after:
            record = _encode(one).decode()
            self._connection.execute(
                documents.update()
                .where(documents.c.id == one.id, documents.c.version == one.version)
                .values(record=record, source=plain(one.source), salt=None)
            )
            self._drop_contents(one.custody.sha256)
        self._counts["documents"] += len(after)
        return before

    def _claims(self, change: Callable[[Claim], Claim], *, only: str | None = None) -> None:
        claims = table("claims")
        before, after = list[tuple[int, Claim]](), list[dict[str, Any]]()
        words = list[tuple[int, str]]()
        for row in self._rows("claims", "no", only=None if only is None else claims.c.document_id == only):
            one = claim_of(row)
            if (made := change(one)) == one:
                continue
            before.append((row.no, one))
            coding = (row.arrival, one.document_id, None, one.version, one.coder, row.published, None, row.known_at, None)
            after.append({**dict(zip(CLAIM, claim_values(made, coding, row.no), strict=True)), "salt": None})
            words.append((row.no, claim_words(made, self._backend.dialect)))
        if not before:
            return
        forget_claims(self._connection, before)
        self._backend.insert(self._connection, CLAIMS, COLUMNS, words)
        for values in after:
            self._connection.execute(claims.update().where(claims.c.no == values["no"]).values(**values))
        self._counts["claims"] += len(after)

    def _decisions(self, erase: Erase) -> None:
        for name, (of, columns) in DECISIONS.items():
            kept = table(name)
            for row in self._rows(name, "arrival"):
                values = {column: erase(getattr(row, column)) for column in columns}
                if row.record is not None:
                    values["record"] = _encode(erased(msgspec.json.decode(row.record, type=of), erase, NAMED)).decode()
                if any(getattr(row, column) != value for column, value in values.items()):
                    same = kept.c.arrival == row.arrival
                    self._connection.execute(kept.update().where(same).values(**values, salt=None))
                    self._counts["others"] += 1

    def _tokens(self, erase: Erase) -> None:
        kept = table("tokens")
        for row in self._rows("tokens", "digest"):
            if (made := erase(row.name)) != row.name:
                self._connection.execute(kept.update().where(kept.c.digest == row.digest).values(name=made))
                self._counts["others"] += 1

    def _alerts(self, document_id: str, touched: Callable[[Claim], bool]) -> None:
        """Erase what alerts say in the words of claims of a document."""
        rows = self._rows("claims", "no", only=table("claims").c.document_id == document_id)
        claims = {one.id for row in rows if touched(one := claim_of(row))}
        self._counts["others"] += forget_alerts(self._connection, claims, {document_id})

    def _forget(self, documents: set[str], words: str) -> None:
        """Erase single words in what joining remembers of the documents that lost them."""
        from sqlalchemy import select

        claims = table("claims")
        ids = set(documents)
        for one in sorted(documents):
            ids.update(self._connection.execute(select(claims.c.id).where(claims.c.document_id == one)).scalars())
        self._counts["others"] += forget(self._connection, ids, Words([words]), documents=len(documents))

    def _remembered(self, erase: Erase) -> None:
        """Erase in the values, ids and keys of what joining remembers; keys that become one are added up or kept once."""
        entries = table("entries")
        for row in self._rows("entries", "arrival"):
            value = erase(row.value)
            keys, key = erase(row.keys), erase(row.id)
            if (value, keys, key) != (row.value, row.keys, row.id):
                same = (entries.c.space == row.space) & (entries.c.id == row.id) & (entries.c.arrival == row.arrival)
                self._connection.execute(entries.update().where(same).values(value=value, keys=keys, id=key))
                self._counts["others"] += 1
        for name, column in (("entry_keys", "key"), ("entry_keys", "id"), ("counters", "key")):
            self._keys(name, column, erase)

    def _keys(self, name: str, column: str, erase: Erase) -> None:
        from sqlalchemy import select

        kept = table(name)
        keys = self._connection.execute(select(kept.c[column]).distinct()).scalars().all()
        for key in [one for one in keys if erase(one) != one]:
            rows = self._connection.execute(select(kept).where(kept.c[column] == key)).all()
            self._connection.execute(kept.delete().where(kept.c[column] == key))
            for row in rows:
                self._merge(name, {**row._mapping, column: erase(key)})

    def _merge(self, name: str, values: dict[str, Any]) -> None:
        from sqlalchemy import select

        kept = table(name)
        same = [column == values[column.name] for column in kept.primary_key.columns]
        there = self._connection.execute(select(kept).where(*same)).first()
        if there is None:
            self._connection.execute(kept.insert().values(**values))
        elif name == "counters":
            self._connection.execute(kept.update().where(*same).values(n=there.n + values["n"]))

    def _contents(self, pattern: re.Pattern[str]) -> None:
        for row in self._rows("contents", "sha256", most=1):
            if row.bytes is not None and pattern.search(zlib.decompress(row.bytes).decode("utf-8", "ignore")):
                self._drop_contents(row.sha256)

    def _drop_contents(self, sha256: str) -> None:
        kept = table("contents")
        done = self._connection.execute(
            kept.update().where(kept.c.sha256 == sha256, kept.c.bytes.is_not(None)).values(bytes=None)
        )
        self._counts["contents"] += done.rowcount

    def _first_arrivals(self, ids: Sequence[str]) -> dict[tuple[str, str], int]:
        from sqlalchemy import func, select

        codings, found = table("codings"), dict[tuple[str, str], int]()
        wanted = select(codings.c.document_id, codings.c.version, func.min(codings.c.arrival).label("first"))
        for at in range(0, len(ids), MANY):
            some = wanted.where(codings.c.document_id.in_(ids[at : at + MANY])).group_by(codings.c.document_id, codings.c.version)
            found.update(((row.document_id, row.version), row.first) for row in self._connection.execute(some))
        return found

    def _rows(self, name: str, key: str, *, only: Any = None, most: int = MANY) -> Iterator[Row[Any]]:
        """Yield the rows of a table, read in parts by a key, so that they may be changed meanwhile."""
        from sqlalchemy import select

        kept = table(name)
        keys = select(kept.c[key]).distinct().order_by(kept.c[key])
        found = self._connection.execute(keys if only is None else keys.where(only)).scalars().all()
        for at in range(0, len(found), most):
            wanted = select(kept).where(kept.c[key].in_(found[at : at + most]))
            yield from self._connection.execute(wanted.order_by(kept.c[key])).all()


def bury(connection: Connection, gone: bytes, *, what: str, about: str | None, by: str, why: str, known_at: str) -> None:
    """Add the tombstone of what was erased, with its keyed hash."""
    from sqlalchemy import func, select

    kept = table("tombstones")
    no = int(connection.execute(select(func.max(kept.c.no))).scalar() or 0) + 1
    values = {"no": no, "known_at": known_at, "what": what, "about": about, "hash": gone, "by": by, "why": why}
    connection.execute(kept.insert().values(**values))


def keyed(key: bytes, gone: str) -> bytes:
    """Return HMAC-SHA256 of what was erased: for a name the name, for a claim its text, for a document title and text.

    Raises:
        LedgerError: the key is shorter than 16 bytes.
    """
    if len(key) < KEY:
        raise LedgerError(f"a key of {len(key)} bytes can be tried out", remedy=f"give at least {KEY} random bytes")
    return hmac.digest(key, gone.encode("utf-8", "surrogatepass"), "sha256")


def tombstones(connection: Connection) -> list[Tombstone]:
    """Return the tombstones in the order in which they were set."""
    from sqlalchemy import select

    kept = table("tombstones")
    rows = connection.execute(select(kept).order_by(kept.c.no))
    return [Tombstone(row.no, row.known_at, row.what, row.about, row.hash.hex(), row.by, row.why) for row in rows]
