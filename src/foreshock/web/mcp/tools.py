"""The tools: each asks one thing of the desk, with the same filters as the API, and changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from foreshock.briefs.brief import SectionId
from foreshock.errors import LedgerError
from foreshock.ledger import Query
from foreshock.ledger.listing import Wanted
from foreshock.model import FigureWhat, Kind, Status
from foreshock.pipeline.situation import scope_of
from foreshock.web.answers import claims as of_claims
from foreshock.web.answers import documents as of_documents
from foreshock.web.answers import joined, weighed
from foreshock.web.answers.answer import Answer, answer, claims_in, values
from foreshock.web.answers.receipt import Sort, receipt
from foreshock.web.api.asked import Country, Day, Language, Name, Words
from foreshock.web.ask import Ask
from foreshock.web.desk import Desk
from foreshock.web.mcp.short import at_horizon, sections
from foreshock.web.mcp.told import Told, told
from foreshock.web.picture import Picture

PART = 6_000  # characters of a document's text at once
Limit = Annotated[int, Field(ge=1, le=100, description="Records at most.")]
Cursor = Annotated[str | None, Field(max_length=2_000, description="next_cursor of the page before.")]
AsOf = Annotated[Day | None, Field(description="Only what was known by the end of this date, as an ISO prefix: 2022-01-08.")]
Crisis = Annotated[Name | None, Field(description="Only what belongs to the crisis of this name; see crises.")]
Since = Annotated[Day | None, Field(description="On or after this date.")]
Until = Annotated[Day | None, Field(description="On or before this date.")]
Where = Annotated[Country | None, Field(description="ISO 3166 alpha-3, such as KAZ.")]


@dataclass(frozen=True)
class Tools:
    """The tools of a desk; ``crisis`` is the scope where a question names none."""

    desk: Desk
    crisis: str | None = None

    @property
    def every(self) -> Sequence[Callable[..., Told]]:
        """All of them, in the order in which they are listed."""
        return (
            self.crises, self.search_claims, self.get_claim, self.search_documents, self.get_document, self.list_incidents,
            self.get_incident, self.list_disputes, self.conditions_in_force, self.tallies, self.sources, self.brief, self.weigh,
            self.precedents, self.get_receipt,
        )  # fmt: skip

    def crises(self, as_of: AsOf = None) -> Told:
        """List the crises: saved filters by which every other question can be scoped, and the one that holds by itself."""
        found = [{**values(one), "default": one.name == self.crisis} for one in self.desk.ledger.crises(as_of)]
        return told(answer(self.desk, found, (), as_of=as_of))

    def search_claims(
        self,
        words: Annotated[Words | None, Field(description="A search: 'a phrase', begin*, -without, this OR that.")] = None,
        kind: Annotated[Kind | None, Field(description="Such as COERCE, ASSAULT, HARM, PROTEST.")] = None,
        status: Annotated[Status | None, Field(description="Its standing with who says it.")] = None,
        holder: Annotated[Name | None, Field(description="A part of the name of who says it.")] = None,
        country: Where = None,
        language: Language | None = None,
        document: Annotated[Name | None, Field(description="The id of a document.")] = None,
        since: Since = None,
        until: Until = None,
        crisis: Crisis = None,
        as_of: AsOf = None,
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Told:
        """Find claims, the latest first: who gives what content which standing (asserted, denied, ordered, feared ...)."""
        query = Query(
            words=words, kind=kind, status=status, holder=holder, country=country, language=language, document=document,
            since=since, until=until, as_of=as_of, order="newest",
            crisis=scope_of(self.desk.ledger, crisis=crisis or self.crisis, as_of=as_of),
        )  # fmt: skip
        return told(of_claims.claims(self.desk, query, limit=limit, cursor=cursor))

    def get_claim(self, claim_id: Name, as_of: AsOf = None) -> Told:
        """Get one claim with all its fields."""
        found = of_claims.claim(self.desk, claim_id, as_of=as_of)
        if found is None:
            raise LedgerError(f"there is no claim {claim_id!r}", remedy="find it with search_claims")
        return told(answer(self.desk, [of_claims.claim_values(found.claim)], [claim_id], as_of=as_of))

    def search_documents(
        self,
        words: Annotated[Words | None, Field(description="A search of title and text; without it the latest are listed.")] = None,
        source: Annotated[Name | None, Field(description="The outlet's name, in full.")] = None,
        language: Language | None = None,
        since: Since = None,
        until: Until = None,
        crisis: Crisis = None,
        as_of: AsOf = None,
        limit: Limit = 10,
        cursor: Cursor = None,
    ) -> Told:
        """Find documents, the latest first, each with the claims that it gave; of a search the part that answers."""
        scope = scope_of(self.desk.ledger, crisis=crisis or self.crisis, as_of=as_of)
        wanted = Wanted(words, source, language, since, until, Query(crisis=scope), as_of)
        return told(of_documents.documents(self.desk, wanted, limit=limit, cursor=cursor))

    def get_document(
        self,
        document_id: Name,
        start: Annotated[int, Field(ge=0, description="The character to begin at.")] = 0,
        length: Annotated[int, Field(ge=1, le=PART, description="Characters at most.")] = PART,
        as_of: AsOf = None,
    ) -> Told:
        """Read a part of a document's text; next_start of the item says where the next part begins."""
        found = of_documents.document(self.desk, document_id, as_of=as_of)
        if found is None:
            raise LedgerError(f"there is no document {document_id!r}", remedy="find it with search_documents")
        one, claim_ids = found
        more = start + length < len(one.text)
        item = of_documents.whole(one, claim_ids) | {"text": one.text[start : start + length]}
        made = told(answer(self.desk, [item], claim_ids, as_of=as_of))
        made.items[0] |= {"start": start, "next_start": start + length if more else None}
        return made

    def list_incidents(
        self,
        kind: Kind | None = None,
        place: Annotated[Name | None, Field(description="The place's name.")] = None,
        confirmed: Annotated[bool, Field(description="Only what two origins confirm, one of them no party.")] = False,
        country: Where = None,
        since: Since = None,
        until: Until = None,
        crisis: Crisis = None,
        as_of: AsOf = None,
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Told:
        """List incidents, the latest first: what happened, as all claims of it tell, with origins, figures and who is blamed."""
        asked = {"kind": kind, "place": place, "credibility": 1 if confirmed else None, "events": kind is None or None}
        return self._list(joined.INCIDENTS, self._ask(crisis, country, since, until, as_of), asked, limit, cursor)

    def get_incident(self, incident_id: Name, crisis: Crisis = None, as_of: AsOf = None) -> Told:
        """Get one incident with every claim of it, its words and documents, and what persons decided."""
        return self.get_receipt("incident", incident_id, crisis, as_of)

    def list_disputes(
        self,
        settled: Annotated[bool | None, Field(description="Only settled ones, or only open ones.")] = None,
        country: Where = None,
        since: Since = None,
        until: Until = None,
        crisis: Crisis = None,
        as_of: AsOf = None,
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Told:
        """List what cannot both hold: the question, each position, who holds it, in which words, and the origins behind it."""
        asked = {"state": None if settled is None else "settled" if settled else "open"}
        return self._list(joined.DISPUTES, self._ask(crisis, country, since, until, as_of), asked, limit, cursor)

    def conditions_in_force(
        self,
        every: Annotated[bool, Field(description="Also what was lifted, has lapsed or is past its stated end.")] = False,
        type: Annotated[Name | None, Field(description="Such as curfew, blackout, ceasefire.")] = None,
        country: Where = None,
        crisis: Crisis = None,
        as_of: AsOf = None,
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Told:
        """List what is held to be in force, by whom, since when, and how long ago that was last said."""
        asked = {"type": type, "in_force": None if every else True}
        return self._list(joined.CONDITIONS, self._ask(crisis, country, None, None, as_of), asked, limit, cursor)

    def tallies(
        self,
        what: Annotated[FigureWhat | None, Field(description="Such as killed, injured, detained.")] = None,
        country: Where = None,
        crisis: Crisis = None,
        as_of: AsOf = None,
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Told:
        """List what is counted, each number with its holder; nothing is summed, and a lost number has no value."""
        return self._list(joined.TALLIES, self._ask(crisis, country, None, None, as_of), {"what": what}, limit, cursor)

    def sources(self, crisis: Crisis = None, as_of: AsOf = None, limit: Limit = 50, cursor: Cursor = None) -> Told:
        """List the sources with their Admiralty grade A to F and the record that it comes from; a thin record is F."""
        return self._list(joined.SOURCES, self._ask(crisis, None, None, None, as_of), {}, limit, cursor)

    def brief(
        self,
        crisis: Crisis = None,
        country: Where = None,
        as_of: AsOf = None,
        section: Annotated[SectionId | None, Field(description="Only this one, with all its sentences.")] = None,
    ) -> Told:
        """Get the situation brief: sections of sentences, each with what it stands on; of a long section the first ones."""
        from foreshock.web.telling import told_of

        picture = self.desk.pictures.of(self._ask(crisis, country, None, None, as_of))
        found = told_of(self.desk, picture, "en")
        if found.brief is None:
            raise LedgerError("the brief does not compile", remedy="ask for a narrower scope")
        items = sections(found.brief, only=section)
        return told(answer(self.desk, items, claims_in(items), as_of=as_of))

    def weigh(
        self,
        country: Where = None,
        crisis: Crisis = None,
        as_of: AsOf = None,
        horizon: Annotated[int, Field(ge=1, description="Days ahead, such as 30, 90 or 365.")] = 90,
    ) -> Told:
        """Weigh where a crisis is tipping: each scenario with its probability, interval, prior, evidence and what was unseen."""
        made = weighed.weighing(self.desk, country=country, crisis=None if country else crisis or self.crisis, as_of=as_of)
        known = sorted({one["horizon"] for row in made.items for one in row["estimates"]})
        if horizon not in known:
            raise LedgerError(f"no estimate looks {horizon} days ahead", remedy=f"ask for one of {', '.join(map(str, known))}")
        items = [at_horizon(row, horizon) for row in made.items]
        return told(answer(self.desk, items, claims_in(items), as_of=as_of))

    def precedents(
        self, country: Where = None, crisis: Crisis = None, as_of: AsOf = None, limit: Annotated[int, Field(ge=1, le=20)] = 5
    ) -> Told:
        """Find the past crises nearest to one: what is alike, what differs, how each ended. No estimate stands on them."""
        where = None if country else crisis or self.crisis
        return told(weighed.past(self.desk, country=country, crisis=where, as_of=as_of, limit=limit))

    def get_receipt(self, kind: Sort, record_id: Name, crisis: Crisis = None, as_of: AsOf = None) -> Told:
        """Get all that a record stands on: its claims with their words, documents and origins, the method and its limits."""
        picture = self.desk.pictures.of(self._ask(crisis, None, None, None, as_of))
        made = receipt(self.desk, picture, kind, record_id)
        if made is None:
            raise LedgerError(f"there is no {kind} {record_id!r} here", remedy="ask with the scope in which you found it")
        return told(made)

    def _ask(self, crisis: str | None, country: str | None, since: str | None, until: str | None, as_of: str | None) -> Ask:
        return Ask(crisis or self.crisis, country, since, until, as_of)

    def _list(self, of: joined.List, ask: Ask, asked: dict[str, Any], limit: int, cursor: str | None) -> Told:
        picture: Picture = self.desk.pictures.of(ask)
        made: Answer = joined.page(self.desk, picture, of, asked, limit=limit, cursor=cursor)
        return told(made)
