"""What was estimated, and what came of it: kept once, never changed, read as it was known at any time.

An estimate holds numbers, ids of incidents and claims, and sentences that weighing makes of indicators, counts and days; none
quotes a claim. So the redaction of a claim or a document leaves nothing of its words here. A redacted name is erased here as in
what people decided: a crisis, a source or a reason may hold it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec

from foreshock.dates import parse, utc_stamp
from foreshock.errors import LedgerError
from foreshock.ledger.deciding import add_sealed, next_arrival
from foreshock.ledger.query import moment
from foreshock.ledger.rows import plain
from foreshock.ledger.tables import table
from foreshock.model import Estimate, Outcome

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select, Table

MANY = 500
ESTIMATE = (
    "id", "arrival", "known_at", "scenario", "subject", "country", "as_of", "horizon", "probability", "record",
)  # fmt: skip
OUTCOME = ("id", "arrival", "known_at", "scenario", "country", "occurred", "checked_until", "source", "record")
_encode = msgspec.json.Encoder().encode
_estimate = msgspec.json.Decoder(Estimate).decode
_outcome = msgspec.json.Decoder(Outcome).decode


def keep_estimates(connection: Connection, estimates: Iterable[Estimate], known_at: datetime | str) -> int:
    """Add the estimates whose ids are new; return how many were."""
    given, added = iter(estimates), 0
    while some := list(islice(given, MANY)):
        known = _known(connection, "estimates", [one.id for one in some])
        rows: dict[str, tuple[Any, ...]] = {}
        for one in some:
            p = None if one.probability is None else float(one.probability)
            told = (one.scenario, plain(one.subject), one.country, one.as_of, one.horizon, p, _encode(one).decode())
            rows.setdefault(one.id, told)
        added += _add(connection, "estimates", ESTIMATE, {key: row for key, row in rows.items() if key not in known}, known_at)
    return added


def estimates(
    connection: Connection, as_of: str | None, *, scenario: str | None, country: str | None
) -> Iterator[tuple[str, Estimate]]:
    """Yield when each estimate became known, and the estimate, in the order in which they were kept."""
    for known_at, record in _kept(connection, "estimates", as_of, scenario, country):
        yield known_at, _estimate(record)


def keep_outcomes(connection: Connection, given: Iterable[Outcome], known_at: datetime | str) -> int:
    """Add the outcomes that are not known already; return how many were new.

    Raises:
        LedgerError: one says neither when it occurred nor until when it did not, or both, or a date that is none; or it withdraws
            one that is not here.
    """
    rows = {one.id: one for one in given}
    asked = [*rows, *(one.withdraws for one in rows.values() if one.withdraws)]
    known = {key for some in _chunks(asked) for key in _known(connection, "outcomes", some)}
    for one in rows.values():
        _check(one, known)
    told = {
        key: (one.scenario, one.country, one.occurred, one.checked_until, plain(one.source), _encode(one).decode())
        for key, one in rows.items()
        if key not in known
    }
    return _add(connection, "outcomes", OUTCOME, told, known_at)


def _check(one: Outcome, known: set[str]) -> None:
    given = [day for day in (one.occurred, one.checked_until) if day is not None]
    if one.withdraws is not None and (given or one.withdraws not in known):
        raise LedgerError(f"there is no outcome {one.withdraws} to withdraw", remedy="foreshock outcomes list shows the ids")
    if one.withdraws is None and (len(given) != 1 or parse(given[0]) is None):
        raise LedgerError(
            f"an outcome of {one.scenario} in {one.country} on {' and '.join(given) or 'no day'}",
            remedy="give the ISO date on which it occurred, or the one until which it did not",
        )
    if one.checked_until is not None and len(one.checked_until) != 10:
        raise LedgerError(f"an outcome checked until {one.checked_until}", remedy="give a day, such as 2022-02-28")


def outcomes(
    connection: Connection, as_of: str | None, *, scenario: str | None, country: str | None
) -> Iterator[tuple[str, Outcome]]:
    """Yield when each outcome became known, and the outcome, in the order in which they were kept; none withdrawn by then."""
    kept = [(known_at, _outcome(record)) for known_at, record in _kept(connection, "outcomes", as_of, scenario, country)]
    withdrawn = {one.withdraws for _, one in kept}
    yield from ((known_at, one) for known_at, one in kept if one.withdraws is None and one.id not in withdrawn)


def _kept(connection: Connection, name: str, as_of: str | None, scenario: str | None, country: str | None) -> Iterator[Any]:
    from sqlalchemy import select

    kept = table(name)
    wanted: Select[Any] = select(kept.c.known_at, kept.c.record).order_by(kept.c.arrival)
    if as_of is not None:
        wanted = wanted.where(kept.c.known_at <= moment(as_of))
    for column, value in (("scenario", scenario), ("country", country)):
        if value is not None:
            wanted = wanted.where(kept.c[column] == value)
    return iter(connection.execute(wanted).all())


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[at : at + MANY] for at in range(0, len(ids), MANY))


def _known(connection: Connection, name: str, ids: Sequence[str]) -> set[str]:
    from sqlalchemy import select

    kept = table(name)
    return set(connection.execute(select(kept.c.id).where(kept.c.id.in_(ids))).scalars())


def _add(
    connection: Connection, name: str, columns: tuple[str, ...], rows: dict[str, tuple[Any, ...]], now: datetime | str
) -> int:
    first, known_at = next_arrival(connection, table(name)), max(_stamp(now), _latest(connection, table(name)))
    add_sealed(connection, name, columns, [(key, first + n, known_at, *row) for n, (key, row) in enumerate(rows.items())])
    return len(rows)


def _latest(connection: Connection, of: Table) -> str:
    """Return when the last row became known: a clock that was set back must not make a later one known earlier."""
    from sqlalchemy import func, select

    return str(connection.execute(select(func.max(of.c.known_at))).scalar() or "")


def _stamp(now: datetime | str) -> str:
    return moment(now) if isinstance(now, str) else utc_stamp(now)
