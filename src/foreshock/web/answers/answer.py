"""An answer: records, the claims that they stand on, as of when, and where the next page begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from importlib.metadata import version
from typing import Any

from foreshock.dates import utc_stamp
from foreshock.model import Claim, Place, to_json
from foreshock.web.desk import Desk

VERSION = version("foreshock")
NOTICE = "Machine-coded and unofficial: it says who said what, not what is so. Read the words before you act on a line."


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program is told.

    Attributes:
        items: records as plain values.
        claim_ids: every claim that they stand on, once.
        as_of: the moment whose knowledge it holds: the ISO prefix that was asked for, else the moment of making.
        made_at: the moment of making, a UTC stamp.
        cursor: where the next page begins; None where there is none.
    """

    items: Sequence[Any]
    claim_ids: tuple[str, ...]
    as_of: str
    made_at: str
    cursor: str | None = None


def answer(
    desk: Desk, items: Sequence[Any], claim_ids: Iterable[str], *, as_of: str | None = None, cursor: str | None = None
) -> Answer:
    """Return an answer made now."""
    made_at = utc_stamp(desk.now())
    return Answer(items, tuple(dict.fromkeys(claim_ids)), as_of or made_at, made_at, cursor)


def values(record: Any) -> Any:
    """Return any record as plain values: those of the model as the command line prints them, days as ISO dates, sets in order."""
    if isinstance(record, (Claim, Place)):
        return to_json(record)
    if is_dataclass(record) and not isinstance(record, type):
        return {field.name: values(getattr(record, field.name)) for field in fields(record)}
    if isinstance(record, Mapping):
        return {str(key): values(value) for key, value in record.items()}
    if isinstance(record, (frozenset, set)):
        return sorted(record)
    if isinstance(record, date):
        return record.isoformat()
    if isinstance(record, Sequence) and not isinstance(record, str):
        return [values(one) for one in record]
    return record


def claims_in(value: Any) -> Iterator[str]:
    """Yield the ids of all claims that plain values name, in their ``claim_id`` and ``claim_ids``, wherever they stand."""
    if isinstance(value, Mapping):
        for key, one in value.items():
            if key == "claim_id" and isinstance(one, str):
                yield one
            elif key == "claim_ids":
                yield from one
            else:
                yield from claims_in(one)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for one in value:
            yield from claims_in(one)
