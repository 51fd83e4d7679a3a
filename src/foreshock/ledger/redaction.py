"""Redaction: the one thing that takes words out of rows, for people at risk.

Blocks of the same length stand where the words were, so that all spans stay right. The row loses its salt and keeps its digest,
and a row of ``erasures`` vouches for what stands there now: custody still verifies and the words cannot be tried. A tombstone
keeps HMAC-SHA256 of what was erased under a key that is not in the ledger: whoever has the key can prove what it was. The bytes
of a document that is touched go whole. A version that was redacted is known for good: reading the same input again, by any
coder, adds nothing.

A name goes in all its forms (:mod:`foreshock.ledger.forms`) wherever it stands whole, and word by word in the documents in which
it does, in their claims, in the alerts and decisions about these, and in what joining remembers of them.
"""

from __future__ import annotations

import hmac
import re
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from foreshock.errors import LedgerError
from foreshock.ledger.backend import Backend
from foreshock.ledger.custody import SEALED
from foreshock.ledger.erasing import FREE, WORDS, erased
from foreshock.ledger.erasures import CONTENTS, NOTHING, STONES, Erasures, key_of, tombstone_values
from foreshock.ledger.forgetting import Words, forget, forget_named
from foreshock.ledger.forms import Forms, blocks
from foreshock.ledger.redaction_alerts import forget_marks, forgotten_alerts
from foreshock.ledger.redaction_feeds import forget_feeds, names_in
from foreshock.ledger.rewriting import MANY, rows_of
from foreshock.ledger.rows import CLAIM, DOCUMENT, claim_of, claim_values, document_of, plain
from foreshock.ledger.search_index import CLAIMS, DOCUMENTS, claim_words, document_words, forget_claims, forget_documents
from foreshock.ledger.search_index import WORDS as COLUMNS
from foreshock.ledger.tables import table
from foreshock.model import Alert, Claim, Crisis, Deed, Document, Estimate, Judgement, Outcome, Watch

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

KEY = 16  # bytes that a key has at least
QUOTED = re.compile(r'"([^"\\]+)"')
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
# Who signed: a colleague may have one word of the name too.
SIGNED = frozenset({"by", "who"})
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
        self.stone = next_tombstone(connection)
        self._proof = Erasures(connection, self.stone)

    @property
    def redacted(self) -> Redacted:
        """How many rows lost words so far."""
        return Redacted(**self._counts)

    def name(self, forms: Forms) -> None:
        """Erase a person's name wherever it stands."""
        touched, claims = self._naming(forms)
        own = partial(forms.erased, parts=True)
        gone = set(forms.names)
        for one in self._documents(lambda one: erased(one, own), ids=touched):
            gone |= forms.found(f"{one.title or ''}\n{one.text}")
        self._claims(lambda one: erased(one, own), ids=touched)
        self._decisions(forms, touched | claims)
        forget_marks(self._connection)
        self._counts["others"] += forget_named(self._connection, forms)
        self._forget(touched, gone)
        self._counts["others"] += forget_feeds(self._connection, forms)
        for row in rows_of(self._connection, "contents", "sha256", most=1):
            if row.bytes is not None and names_in(zlib.decompress(row.bytes), forms):
                self._drop_contents(row.sha256)

    def document(self, document_id: str) -> str:
        """Erase title and text of all versions of a document, and the words of its claims; return what was erased."""
        before = self._documents(lambda one: erased(one, blocks, WORDS), ids={document_id})
        if not before and not self._rows("documents", "id", {document_id}):
            raise LedgerError(f"there is no document {document_id}", remedy="name one by its whole id")
        self._claims(lambda one: erased(one, blocks, WORDS), ids={document_id})
        self._alerts(document_id, lambda _: True)
        gone = "\n".join(f"{one.title or ''}\n{one.text}" for one in before)
        self._forget({document_id}, [gone])
        return gone

    def claim(self, claim_id: str) -> str:
        """Erase the words of a claim, in the text of its document version too, and of all claims that share some; return them."""
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
            lambda one: replace(one, text=without(one.text)) if one.version == gone.version else one, ids={gone.document_id}
        )
        self._claims(lambda one: erased(one, blocks, WORDS) if shares(one) else one, ids={gone.document_id})
        self._alerts(gone.document_id, shares)
        self._forget({gone.document_id}, [gone.text])
        return gone.text

    def bury(self, hashes: Sequence[bytes], *, what: str, about: str | None, by: str, why: str, known_at: str) -> None:
        """Set a tombstone for each keyed hash of what was erased."""
        kept = table("tombstones")
        for no, gone in enumerate(hashes, self.stone):
            values = {"no": no, "known_at": known_at, "what": what, "about": about, "hash": gone, "by": by, "why": why}
            self._connection.execute(kept.insert().values(**values))
            row = self._connection.execute(kept.select().where(kept.c.no == no)).one()
            self._proof.add(STONES, str(no), NOTHING, tombstone_values(row))

    def _naming(self, forms: Forms) -> tuple[set[str], set[str]]:
        """Return the ids of the documents that a name stands in, themselves or in their claims, and of all claims of these."""
        touched = {
            row.id
            for row in rows_of(self._connection, "documents", "id")
            if erased(one := document_of(row.record), forms.erased) != one
        }
        for row in rows_of(self._connection, "claims", "no"):
            if row.document_id not in touched and erased(claim := claim_of(row), forms.erased) != claim:
                touched.add(row.document_id)
        return touched, {row.id for row in self._rows("claims", "document_id", touched)}

    def _rows(self, name: str, column: str, ids: Collection[str]) -> list[Row[Any]]:
        """Return the rows of documents, in the order of the table's key."""
        kept, found, wanted = table(name), list[Any](), sorted(ids)
        for at in range(0, len(wanted), MANY):
            some = kept.select().where(kept.c[column].in_(wanted[at : at + MANY])).order_by(*kept.primary_key.columns)
            found += self._connection.execute(some).all()
        return found

    def _documents(self, change: Callable[[Document], Document], *, ids: Collection[str]) -> list[Document]:
        """Change the versions of documents that have something to erase; return these as they were."""
        documents, before, after = table("documents"), list[Document](), list[Document]()
        for row in self._rows("documents", "id", ids):
            one = document_of(row.record)
            if (made := change(one)) != one:
                before.append(one)
                after.append(made)
        if not before:
            return []
        first = self._first_arrivals({one.id for one in before})
        forget_documents(self._connection, [(one, first[one.id, one.version]) for one in before])
        words = [row for one in after for row in document_words(one, first[one.id, one.version], self._backend.dialect)]
        self._backend.insert(self._connection, DOCUMENTS, COLUMNS, words)
        for one in after:
            values = {"record": _encode(one).decode(), "source": plain(one.source)}
            self._seal("documents", (documents.c.id == one.id) & (documents.c.version == one.version), values, DOCUMENT)
            self._drop_contents(one.custody.sha256)
        self._counts["documents"] += len(after)
        return before

    def _claims(self, change: Callable[[Claim], Claim], *, ids: Collection[str]) -> None:
        claims = table("claims")
        before, after = list[tuple[int, Claim]](), list[dict[str, Any]]()
        words = list[tuple[int, str]]()
        for row in self._rows("claims", "document_id", ids):
            one = claim_of(row)
            if (made := change(one)) == one:
                continue
            before.append((row.no, one))
            coding = (row.arrival, one.document_id, None, one.version, one.coder, row.published, None, row.known_at, None)
            after.append(dict(zip(CLAIM, claim_values(made, coding, row.no), strict=True)))
            words.append((row.no, claim_words(made, self._backend.dialect)))
        if not before:
            return
        forget_claims(self._connection, before)
        self._backend.insert(self._connection, CLAIMS, COLUMNS, words)
        for values in after:
            self._seal("claims", claims.c.no == values["no"], values, CLAIM)
        self._counts["claims"] += len(after)

    def _decisions(self, forms: Forms, ids: set[str]) -> None:
        """Erase the whole name in what people decided and watches raised, and its words where that names one of some ids."""
        for name, (of, columns) in DECISIONS.items():
            kept = table(name)
            for row in rows_of(self._connection, name, "arrival"):
                record = None if row.record is None else msgspec.json.decode(row.record, type=of)
                said = "\n".join([*(getattr(row, column) for column in columns), row.record or ""])
                named = forms.stand_in(said) or not ids.isdisjoint(QUOTED.findall(row.record or ""))
                own = partial(forms.erased, parts=named)
                values = {one: (forms.erased if one in SIGNED else own)(getattr(row, one)) for one in columns}
                if record is not None and (made := erased(erased(record, forms.erased, NAMED), own, NAMED - SIGNED)) != record:
                    values["record"] = _encode(made).decode()
                if any(getattr(row, column) != value for column, value in values.items()):
                    self._seal(name, kept.c.arrival == row.arrival, values, SEALED[name])
                    self._counts["others"] += 1
        self._names("tokens", "digest", ("name",), forms)
        for row in self._names(STONES, "no", ("by", "why"), forms):
            self._proof.add(STONES, str(row.no), NOTHING, tombstone_values(row))

    def _names(self, name: str, key: str, columns: Sequence[str], forms: Forms) -> list[Row[Any]]:
        """Erase a name in columns of rows that are not sealed themselves; return these as they are then."""
        kept, changed = table(name), list[Any]()
        for row in rows_of(self._connection, name, key):
            values = {
                column: forms.erased(getattr(row, column), parts=forms.stand_in(getattr(row, column))) for column in columns
            }
            if any(getattr(row, column) != value for column, value in values.items()):
                same = kept.c[key] == getattr(row, key)
                self._connection.execute(kept.update().where(same).values(**values))
                changed.append(self._connection.execute(kept.select().where(same)).one())
                self._counts["others"] += 1
        return changed

    def _alerts(self, document_id: str, touched: Callable[[Claim], bool]) -> None:
        """Erase what alerts say in the words of claims of a document."""
        claims = {one.id for row in self._rows("claims", "document_id", {document_id}) if touched(one := claim_of(row))}
        for key, record in forgotten_alerts(self._connection, claims, {document_id}):
            self._seal("alerts", table("alerts").c.id == key, {"record": record}, SEALED["alerts"])
            self._counts["others"] += 1

    def _forget(self, documents: set[str], words: Collection[str]) -> None:
        """Erase single words in what joining remembers of the documents that lost them."""
        ids = documents | {row.id for row in self._rows("claims", "document_id", documents)}
        self._counts["others"] += forget(self._connection, ids, Words(words), documents=len(documents))

    def _seal(self, name: str, same: Any, values: dict[str, Any], columns: Sequence[str]) -> None:
        """Change a row, take its salt, and add what vouches for it as it stands then."""
        kept = table(name)
        self._connection.execute(kept.update().where(same).values(**values, salt=None))
        row = self._connection.execute(kept.select().where(same)).one()
        self._proof.add(name, key_of(name, row), bytes(row.digest), [getattr(row, column) for column in columns])

    def _drop_contents(self, sha256: str) -> None:
        kept = table(CONTENTS)
        done = self._connection.execute(
            kept.update().where(kept.c.sha256 == sha256, kept.c.bytes.is_not(None)).values(bytes=None)
        )
        if done.rowcount:
            self._proof.add(CONTENTS, sha256, NOTHING, None)
        self._counts["contents"] += done.rowcount

    def _first_arrivals(self, ids: Collection[str]) -> dict[tuple[str, str], int]:
        found: dict[tuple[str, str], int] = {}
        for row in self._rows("codings", "document_id", ids):
            key = (row.document_id, row.version)
            found[key] = min(row.arrival, found.get(key, row.arrival))
        return found


def spelled(connection: Connection, forms: Forms) -> dict[str, int]:
    """Return how a name is written in the documents that hold it, with its single words there: form -> in how many versions."""
    found: Counter[str] = Counter()
    for row in rows_of(connection, "documents", "id"):
        one = document_of(row.record)
        if erased(one, forms.erased) != one:
            found.update(forms.found(f"{one.title or ''}\n{one.text}"))
    return dict(found.most_common())


def next_tombstone(connection: Connection) -> int:
    """Return the number of the next tombstone, from 1."""
    from sqlalchemy import func, select

    return int(connection.execute(select(func.max(table("tombstones").c.no))).scalar() or 0) + 1


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
