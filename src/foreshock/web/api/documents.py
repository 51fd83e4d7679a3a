"""/api/v1/documents: what was read, as a list or by a search, one with its text, and what edits did."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from foreshock.ledger import Query as ClaimQuery
from foreshock.ledger.head import head
from foreshock.ledger.listing import Wanted
from foreshock.model import Document, Kind, Status
from foreshock.pipeline.situation import scope_of
from foreshock.web.answers import documents as answers
from foreshock.web.answers.answer import Answer, answer, claims_in
from foreshock.web.api.asked import Country, Day, Id, Language, Moment, Name, Paged, Words
from foreshock.web.api.problems import Problem, not_found
from foreshock.web.api.replying import accepted, lists, record, unchanged, written
from foreshock.web.api.routing import routes, told
from foreshock.web.api.schemas import one, page
from foreshock.web.desk import Desk, desk_of

router = routes("documents")
TEXT = "text/plain"


class DocumentsAsked(Moment, Paged):
    """What may be asked of documents."""

    words: Words | None = Field(None, description="A search of title and text: 'a phrase', begin*, -without, OR.")
    source: Name | None = Field(None, description="The outlet's name, in full.")
    language: Language | None = None
    since: Day | None = Field(None, description="Published on or after this date; undated ones are left out.")
    until: Day | None = Field(None, description="Published on or before this date; undated ones are left out.")
    crisis: Name | None = Field(None, description="With a claim that belongs to the crisis of this name.")
    country: Country | None = Field(None, description="With a claim of something in this country.")
    kind: Kind | None = Field(None, description="With a claim of this kind.")
    status: Status | None = Field(None, description="With a claim of this standing.")

    def wanted(self, desk: Desk) -> Wanted:
        """Return what is asked as the ledger takes it.

        Raises:
            LedgerError: there is no such crisis.
        """
        crisis = scope_of(desk.ledger, crisis=self.crisis, as_of=self.as_of) if self.crisis else None
        claims = ClaimQuery(kind=self.kind, status=self.status, country=self.country, crisis=crisis)
        return Wanted(self.words, self.source, self.language, self.since, self.until, claims, self.as_of)


@router.get("/documents", **told("list_documents", page("Document"), stream="Document"))
def documents(request: Request, asked: Annotated[DocumentsAsked, Query()]) -> Response:
    """List documents without their texts, what was kept last first; a search gives the part of the text that answers."""
    desk = desk_of(request)
    present = head(desk.ledger)
    wanted = asked.wanted(desk)
    return lists(
        request, present, asked.format, as_of=asked.as_of,
        page=lambda: answers.documents(desk, wanted, limit=asked.limit, cursor=asked.cursor),
        every=lambda: answers.every_document(desk, wanted),
    )  # fmt: skip


@router.get("/documents/{document_id}", **told("get_document", one("DocumentWithText"), missing=True))
def document(request: Request, document_id: Id, asked: Annotated[Moment, Query()]) -> Response:
    """Get one document with its text; every offset of the system counts its code points."""
    desk = desk_of(request)
    present = head(desk.ledger)

    def made() -> Answer:
        found, claim_ids = _known(desk, document_id, asked.as_of)
        return answer(desk, [answers.whole(found, claim_ids)], claim_ids, as_of=asked.as_of)

    return record(request, present, made)


@router.get("/documents/{document_id}/text", **told("get_text", others=(TEXT,), missing=True))
def text(request: Request, document_id: Id, asked: Annotated[Moment, Query()]) -> Response:
    """Get the text of a document alone, as UTF-8; names that are withheld are blocks of the same length."""
    desk = desk_of(request)
    accepted(request, {TEXT: "text"})
    present = head(desk.ledger)
    if (same := unchanged(request, present, "text")) is not None:
        return same
    found, _ = _known(desk, document_id, asked.as_of)
    body = found.text.encode("utf-8", "replace")
    moment = answer(desk, (), (), as_of=asked.as_of).as_of
    return written(request, present, body, f"{TEXT}; charset=utf-8", moment, form="text")


@router.get("/documents/{document_id}/versions", **told("list_versions", page("Version"), missing=True))
def versions(request: Request, document_id: Id, asked: Annotated[Moment, Query()]) -> Response:
    """List how a document was read over time, the earliest first: each version, under each date, by each coder."""
    desk = desk_of(request)
    present = head(desk.ledger)

    def made() -> Answer:
        found = answers.versions(desk, document_id, as_of=asked.as_of)
        if not found:
            raise _missing(document_id)
        return answer(desk, found, claims_in(found), as_of=asked.as_of)

    return lists(request, present, "json", page=made, every=tuple, as_of=asked.as_of)


@router.get("/documents/{document_id}/changes", **told("list_changes", page("Change"), missing=True))
def changes(request: Request, document_id: Id, asked: Annotated[Moment, Query()]) -> Response:
    """List what the last edit of a document did: which claims it added, changed or silently dropped."""
    desk = desk_of(request)
    present = head(desk.ledger)

    def made() -> Answer:
        _known(desk, document_id, asked.as_of)
        if len({row["version"] for row in answers.versions(desk, document_id, as_of=asked.as_of)}) < 2:
            return answer(desk, (), (), as_of=asked.as_of)
        found = answers.changes(desk, document_id, as_of=asked.as_of)
        return answer(desk, found, claims_in(found), as_of=asked.as_of)

    return lists(request, present, "json", page=made, every=tuple, as_of=asked.as_of)


def _known(desk: Desk, document_id: str, as_of: str | None) -> tuple[Document, tuple[str, ...]]:
    found = answers.document(desk, document_id, as_of=as_of)
    if found is None:
        raise _missing(document_id)
    return found


def _missing(document_id: str) -> Problem:
    return not_found("document", document_id, remedy="list them at /api/v1/documents")
