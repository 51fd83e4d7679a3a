"""What may be asked: parameters that several routes share. A parameter that is not known is refused, never passed over."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from foreshock.dates import parse
from foreshock.ledger import Query
from foreshock.model import Kind, Status
from foreshock.pipeline.situation import scope_of
from foreshock.web.ask import Ask
from foreshock.web.desk import Desk

MOST = 1_000
CONTROL = r"^[^\x00-\x1f\x7f]*$"
DAY = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?(Z|[+-]\d{2}:\d{2})?)?)?)?$"


def _date(value: str) -> str:
    """Return an ISO prefix; a moment with a zone is turned into UTC."""
    known = parse(value)
    if known is None:
        raise ValueError("no date; give an ISO date such as 2022-01-08 or 2022-01")
    if len(value) > 16 and value[-6] in "+-":
        return datetime.fromisoformat(value).astimezone(UTC).strftime("%Y-%m-%dT%H:%M")
    return known


Day = Annotated[str, Field(pattern=DAY, examples=["2022-01-08"]), AfterValidator(_date)]
Words = Annotated[str, Field(min_length=1, max_length=500, pattern=CONTROL)]
Name = Annotated[str, Field(min_length=1, max_length=200, pattern=CONTROL)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$", description="ISO 639-1.", examples=["ja"])]
Country = Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="ISO 3166 alpha-3.", examples=["KAZ"])]
Id = Annotated[str, Path(min_length=1, max_length=80, pattern=r"^[0-9A-Za-z_.:-]+$", description="The whole id.")]
AsOf = Annotated[Day | None, Field(description="Only what was known by the end of this date.")]


class Asked(BaseModel):
    """Parameters of a route."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Moment(Asked):
    """Of one record: as it was known when."""

    as_of: AsOf = None


class Scope(Moment):
    """The scope of the joined picture."""

    crisis: Name | None = Field(None, description="Only what belongs to the crisis of this name.")
    country: Country | None = Field(None, description="Only this country, ISO 3166 alpha-3.")
    since: Day | None = Field(None, description="Only what can have happened on or after this date.")
    until: Day | None = Field(None, description="Only what can have happened on or before this date.")

    @property
    def ask(self) -> Ask:
        """The scope as the desk knows it."""
        return Ask(self.crisis, self.country, self.since, self.until, self.as_of)


class Paged(Asked):
    """How a list is handed out."""

    limit: int = Field(50, ge=1, le=MOST, description="Records on a page; a stream has no pages.")
    cursor: str | None = Field(None, max_length=2_000, pattern=r"^[A-Za-z0-9_=-]*$", description="Of the page before.")
    format: Literal["json", "ndjson"] | None = Field(
        None, description="Wins over Accept. ndjson streams every record that fits, one a line, without pages."
    )


class ScopedList(Scope, Paged):
    """A list of the joined picture."""

    @property
    def filters(self) -> dict[str, Any]:
        """What is asked beside scope and page."""
        shared = {*Scope.model_fields, *Paged.model_fields}
        return {name: getattr(self, name) for name in type(self).model_fields if name not in shared}


class ClaimFilter(Moment):
    """The filters of claims, those of ``foreshock claims``."""

    words: Words | None = Field(None, description="A search of the claims' words and names: 'a phrase', begin*, -without, OR.")
    kind: Kind | None = None
    mode: Name | None = None
    status: Status | None = None
    holder: Name | None = Field(None, description="A part of a holder's name, in any case.")
    place: Name | None = Field(None, description="A part of the place's name, in any case.")
    country: Country | None = Field(None, description="Of the place.")
    language: Language | None = None
    document: Name | None = Field(None, description="The id of a document.")
    damaged: bool | None = Field(None, description="Whether the claim's words touch damage.")
    crisis: Name | None = Field(None, description="Only what belongs to the crisis of this name.")
    since: Day | None = Field(None, description="What can have happened on or after this date; undated claims are left out.")
    until: Day | None = Field(None, description="What can have happened on or before this date; undated claims are left out.")

    def query(self, desk: Desk, **page: Any) -> Query:
        """Return the filters as the ledger takes them.

        Raises:
            LedgerError: there is no such crisis.
        """
        crisis = scope_of(desk.ledger, crisis=self.crisis, as_of=self.as_of) if self.crisis else None
        given = {name: getattr(self, name) for name in ClaimFilter.model_fields if name != "crisis"}
        return Query(**given, crisis=crisis, **page)
