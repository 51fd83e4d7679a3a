"""Who does what to whom: the argument structures of ``arguments_<language>.yaml``, through the whole coder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from foreshock.model import Actor, Claim
from tests.desk import Desk

FOLDER = Path(__file__).parent
TABLES = {code: yaml.safe_load((FOLDER / f"arguments_{code}.yaml").read_text(encoding="utf-8")) for code in ("fr", "ru")}
ROWS = [pytest.param(code, row, id=f"{code}-{at}") for code, rows in TABLES.items() for at, row in enumerate(rows)]
PARTIES = ("actor", "recipient")


def names(party: Actor | None, wanted: str | None) -> bool:
    """Whether a party is the one that is wanted, with no more than an article or a title beside it; None wants nobody."""
    if party is None or wanted is None:
        return party is None and wanted is None
    return wanted.lower() in party.raw.lower() and len(party.raw) <= len(wanted) + 5


def fits(claim: Claim, row: dict[str, Any]) -> bool:
    return (
        claim.kind == row["kind"]
        and claim.mode == row.get("mode", claim.mode)
        and claim.status == row.get("status", "asserted")
        and not claim.negated
        and all(names(getattr(claim, role), row[role]) for role in PARTIES if role in row)
    )


@pytest.mark.parametrize(("code", "row"), ROWS)
def test_who_does_what_to_whom(desk: Desk, code: str, row: dict[str, Any]) -> None:
    _, claims = desk.coded(row["text"], code)
    start = row["text"].index(row["words"])
    end = start + len(row["words"])
    touching = [one for one in claims if one.start < end and one.end > start]
    right = any(fits(one, row) for one in touching)
    if "wrong" in row:
        assert not right, f"this comes out right now: take away `wrong` ({row['wrong']})"
        pytest.xfail(row["wrong"])
    told = [(one.kind, one.mode, one.status, one.actor and one.actor.raw, one.recipient and one.recipient.raw) for one in claims]
    assert right, f"{row}: {told}"


@pytest.mark.parametrize("code", TABLES)
def test_tables_are_broad(code: str) -> None:
    rows = TABLES[code]
    assert len(rows) >= 40
    assert all(row["words"] in row["text"] for row in rows)
    assert len({row["kind"] for row in rows}) >= 8
