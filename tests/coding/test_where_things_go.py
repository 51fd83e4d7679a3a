"""The lines of the contract on where things go, through the whole coder and the crosswalk, in five languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from foreshock.model import Claim
from foreshock.ontology.crosswalk import load_crosswalk
from tests.desk import Desk

TABLE = yaml.safe_load((Path(__file__).parent / "where_things_go.yaml").read_text(encoding="utf-8"))
ROWS = [pytest.param(row, code, id=f"{code}-{row['line']}") for row in TABLE for code in row["text"]]


def fits(claim: Claim, row: dict[str, Any]) -> bool:
    """Whether a claim is what the row asks for; what the row does not name may be anything, its status is asserted."""
    status = row.get("status", "asserted")
    return (
        claim.kind == row["kind"]
        and ("mode" not in row or claim.mode == row["mode"])
        and status in ("any", claim.status)
        and (not claim.negated or row.get("negated") == "any")
        and claim.phase == row.get("phase", claim.phase)
    )


@pytest.mark.parametrize(("row", "code"), ROWS)
def test_where_things_go(desk: Desk, row: dict[str, Any], code: str) -> None:
    _, claims = desk.coded(row["text"][code], code)
    fitting = [one for one in claims if fits(one, row)]
    told = [(one.kind, one.mode, one.status, one.negated, one.phase, one.text) for one in claims]
    crosswalk = load_crosswalk(desk.codebook)
    right = bool(fitting) and crosswalk.codes(row["kind"], fitting[0].mode, fitting[0].status).plover == plover(row)
    wrong = row.get("wrong", {})
    if code in wrong:
        assert not right, f"this comes out right now: take away `wrong` ({wrong[code]})"
        pytest.xfail(wrong[code])
    assert right, f"{row['kind']}/{row.get('mode')} wanted, not {told}"


def plover(row: dict[str, Any]) -> str | None:
    """Return the root that a row expects; None for ``none``."""
    root = str(row["plover"])
    return None if root == "none" else root


def test_every_line_stands_in_five_languages() -> None:
    assert [row["line"] for row in TABLE if set(row["text"]) != {"en", "ja", "ru", "fr", "es"}] == []
    assert {row["plover"] for row in TABLE} > {"RETREAT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "none"}
