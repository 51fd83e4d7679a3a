"""Documents as programs are told them: what was read, where from, in which version, and the claims that it gave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

from foreshock import pipeline
from foreshock.ledger.listing import Listing, Wanted
from foreshock.ledger.search_documents import Found
from foreshock.model import Document, to_json
from foreshock.pipeline.exporting import codings_of
from foreshock.web.answers.answer import Answer, answer
from foreshock.web.answers.claims import claim_values
from foreshock.web.answers.cursor import pack, question_of, unpack
from foreshock.web.desk import Desk

TOGETHER = 100  # documents that a stream reads at once
LEFT_OUT = ("text", "custody")


def documents(desk: Desk, asked: Wanted, *, limit: int, cursor: str | None = None) -> Answer:
    """Return a page of documents without their texts, what was kept last first; of a search with the part that answers.

    Raises:
        LedgerError: the words are no search, or a date is none.
        CursorError: the cursor is none, or that of another question.
    """
    question = question_of("documents", {one.name: getattr(asked, one.name) for one in fields(asked)})
    after = unpack(cursor, question, (0,))
    found, place = _some(desk, asked, limit, int(after[0]) if after else None)
    ids = [claim_id for one in found for claim_id in one["claim_ids"]]
    return answer(desk, found, ids, as_of=asked.as_of, cursor=pack(question, (place,)) if place is not None else None)


def every_document(desk: Desk, asked: Wanted) -> Iterator[dict[str, Any]]:
    """Yield all documents that are asked for, some read at a time."""
    place: int | None = None
    while True:
        found, place = _some(desk, asked, TOGETHER, place)
        yield from found
        if place is None:
            return


def document(desk: Desk, document_id: str, *, as_of: str | None = None) -> tuple[Document, tuple[str, ...]] | None:
    """Return the version of a document that is read, with the ids of its claims; None where it is not known."""
    for coding in codings_of(desk.ledger, desk.ledger.arrivals([document_id], as_of=as_of)):
        shown = pipeline.shown_documents(desk.ledger, [_plain(coding.document)], now=desk.now(), as_of=as_of)
        return shown[0].document, tuple(one.id for one in coding.claims)
    return None


def whole(document: Document, claim_ids: Sequence[str]) -> dict[str, Any]:
    """Return a document with its text."""
    return _values(document, claim_ids) | {"text": document.text}


def versions(desk: Desk, document_id: str, *, as_of: str | None = None) -> list[dict[str, Any]]:
    """Return how a document was read over time: each version, under each date, by each coder, the earliest first."""
    found = codings_of(desk.ledger, desk.ledger.arrivals([document_id], as_of=as_of, every=True))
    latest = desk.ledger.arrivals([document_id], as_of=as_of)
    return [
        {
            "version": one.document.version,
            "published": one.document.published,
            "published_by": one.document.published_by,
            "fetched_at": one.document.fetched_at,
            "sha256": one.document.custody.sha256,
            "coder": one.coder,
            "known_at": one.known_at,
            "read_now": one.arrival in latest,
            "claim_ids": [claim.id for claim in one.claims],
        }
        for one in found
        if as_of is None or one.arrival <= max(latest, default=0)
    ]


def changes(desk: Desk, document_id: str, *, as_of: str | None = None) -> list[dict[str, Any]]:
    """Return what the last edit of a document did to its claims.

    Raises:
        LedgerError: the document is not known, or has no second version.
    """
    found = pipeline.shown_changes(desk.ledger, document_id, now=desk.now(), as_of=as_of)
    told = []
    for one in found:
        row = {name: to_json(getattr(one, name)) for name in one.__dataclass_fields__ if name not in ("before", "after")}
        sides = {name: claim_values(claim) if claim else None for name, claim in (("before", one.before), ("after", one.after))}
        told.append(row | sides | {"claim_ids": [claim["id"] for claim in sides.values() if claim]})
    return told


def _some(desk: Desk, asked: Wanted, limit: int, place: int | None) -> tuple[list[dict[str, Any]], int | None]:
    """Return the next documents and the place after which those after them begin, None where these are the last."""
    found = Listing(desk.ledger).page(asked, after=place, limit=limit)
    codings = {one.document.id: one for one in codings_of(desk.ledger, found.arrivals)}
    order = [one for one in found.found if one in codings] or list(codings)[::-1]
    rows = [found.found.get(one) or _plain(codings[one].document) for one in order]
    shown = pipeline.shown_documents(desk.ledger, rows, now=desk.now(), as_of=asked.as_of)
    told = []
    for one in shown:
        row = _values(one.document, [claim.id for claim in codings[one.document.id].claims])
        start, end = one.snippet
        answers = {"start": start, "end": end, "text": one.document.text[start:end], "marks": [list(mark) for mark in one.marks]}
        told.append(row | ({"found": answers} if asked.words else {}))
    return told, found.next


def _plain(one: Document) -> Found:
    return Found(one, (), (0, 0), 0)


def _values(one: Document, claim_ids: Sequence[str]) -> dict[str, Any]:
    """Return a document without its text; of its custody what vouches for it, not the path that it was read from."""
    told = {name: to_json(getattr(one, name)) for name in one.__dataclass_fields__ if name not in LEFT_OUT}
    custody = {"sha256": one.custody.sha256, "size": one.custody.size, "fetched_at": one.custody.fetched_at}
    return told | {"custody": custody, "length": len(one.text), "claim_ids": list(claim_ids)}
