"""Fields of a claim as a person amends them: JSON text to values, each held against the record's own types."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields, replace
from functools import cache
from typing import Any, get_type_hints

from foreshock.dates import parse
from foreshock.errors import LedgerError
from foreshock.model import Actor, Claim, Figure, Holder, Place, When

# What the words say may be read otherwise; the words, where they stand and who coded them may not.
FIELDS = (
    "kind", "mode", "status", "negated", "certainty", "phase", "basis", "holders", "actor", "recipient", "place", "when",
    "figures",
)  # fmt: skip
_RECORDS = (Actor, Figure, Holder, Place, When)
_SPELLED = {"from": "origin", "to": "destination"}


def amended_claim(claim: Claim, changes: Sequence[tuple[str, str]]) -> Claim:
    """Return the claim with fields replaced; its id and words stay.

    ``changes`` are pairs of a field and its value as JSON, in the shape that ``foreshock code --format jsonl`` prints.

    Raises:
        LedgerError: an unknown field, text that is not JSON, or a value that the field cannot have.
    """
    return replace(claim, **values_of(changes))


def values_of(changes: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return the fields and values of an amendment.

    Raises:
        LedgerError: as for :func:`amended_claim`.
    """
    return {field: _value(field, text) for field, text in changes}


@cache
def _hints() -> dict[str, Any]:
    return get_type_hints(Claim)


def _value(field: str, text: str) -> Any:
    import msgspec  # noqa: PLC0415

    if field not in FIELDS:
        raise LedgerError(f"{field!r} of a claim cannot be amended", remedy=f"amend one of {', '.join(FIELDS)}")
    try:
        value = json.loads(text)
    except ValueError as error:
        raise LedgerError(f"{field}: {text!r} is not JSON", remedy='write words with quotes: "denied"') from error
    value = None if value == {} else _spelled(value)
    try:
        found = msgspec.convert(value, _hints()[field])
    except msgspec.ValidationError as error:
        raise LedgerError(
            f"{field}: {text} does not fit: {error}", remedy="see docs/claims.md for what the field may be"
        ) from error
    _check_names(field, value)
    if field == "holders" and not found:
        raise LedgerError("holders: [] leaves the claim to nobody", remedy="name at least the document that holds it")
    for end in (found.start, found.end) if isinstance(found, When) else ():
        if end is not None and parse(end) != end:
            raise LedgerError(f"when: {end!r} is no date", remedy="write a prefix of YYYY-MM-DDTHH:MM, as long as it is known")
    return found


def _spelled(value: Any) -> Any:
    """Return a value with the ends of a movement named as in the record ("from" is ``origin``)."""
    if isinstance(value, list):
        return [_spelled(one) for one in value]
    if isinstance(value, dict):
        return {_SPELLED.get(key, key): _spelled(one) for key, one in value.items()}
    return value


def _check_names(field: str, value: Any) -> None:
    """Refuse names that no record of the field has: a typing error must not be dropped in silence."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict) and not any(set(one) <= {one.name for one in fields(record)} for record in _records(field)):
            raise LedgerError(f"{field}: {sorted(one)} has a name that is none of it", remedy="see docs/claims.md for the names")


def _records(field: str) -> list[type[Any]]:
    return [record for record in _RECORDS if record.__name__ in str(_hints()[field])]
