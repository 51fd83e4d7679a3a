"""What a page is asked for: the scope in the address, the same on every page, so that each view can be sent to a colleague."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Literal
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from foreshock.dates import parse
from foreshock.errors import LedgerError

Theme = Literal["auto", "light", "dark"]


@dataclass(frozen=True, slots=True)
class Ask:
    """The scope of a page; None means any.

    Attributes:
        crisis: name of a saved filter.
        country: ISO 3166 alpha-3.
        since, until: ISO prefixes of when it can have happened.
        as_of: ISO prefix; only what was known by its last moment.
    """

    crisis: str | None = None
    country: str | None = None
    since: str | None = None
    until: str | None = None
    as_of: str | None = None

    @staticmethod
    def of(query: QueryParams) -> Ask:
        """Return what the query of an address asks for; empty values ask for nothing.

        Raises:
            LedgerError: a date is none, or the country is no code of three letters.
        """
        given = {field.name: value.strip() for field in fields(Ask) if (value := query.get(field.name, "")).strip()}
        for name in ("since", "until", "as_of"):
            if name in given and (known := parse(given[name])) is not None:
                given[name] = known
            elif name in given:
                raise LedgerError(f"{name} is {given[name]!r}, no date", remedy="give an ISO date such as 2022-01-08 or 2022-01")
        if "country" in given:
            given["country"] = given["country"].upper()
            if len(given["country"]) != 3 or not given["country"].isalpha():
                raise LedgerError(f"country is {given['country']!r}", remedy="give an ISO 3166 alpha-3 code such as KAZ")
        return Ask(**given)

    def query(self, **others: object) -> str:
        """Return the query string of this scope and of other fields, "" where there is none; None and "" are left out."""
        return _query(self, tuple((name, tuple(one) if isinstance(one, list) else one) for name, one in others.items()))


@lru_cache(10_000)
def _query(ask: Ask, others: tuple[tuple[str, object], ...]) -> str:
    # Every link of a page asks for it: a page of two hundred rows asks a thousand times for the same few.
    known = {field.name for field in fields(Ask)}
    scope = replace(ask, **{name: value or None for name, value in others if name in known})  # type: ignore[arg-type]
    asked = {name: getattr(scope, name) for name in (field.name for field in fields(Ask))}
    asked |= {name: value for name, value in others if name not in known}
    kept = {name: value for name, value in asked.items() if value not in (None, "")}
    return f"?{urlencode(kept, doseq=True)}" if kept else ""
