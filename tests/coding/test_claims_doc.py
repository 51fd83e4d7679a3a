"""docs/claims.md says what the code does: its tables are the code's, its worked pairs are coded as it says."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields
from typing import get_args

import pytest

from foreshock.model import Claim, DamageKind, Figure, FigureState, FigureWhat, HolderRole, Kind, Status
from tests.coding.claims_doc import BLOCK, PAGE, TABLES, renewed

TEXT = PAGE.read_text(encoding="utf-8")
PAIRS = [
    (found[1], *(cell.strip() for cell in line.strip("|").split(" | ")))
    for found in re.finditer(r"<!-- pairs: (\w+) -->(.*?)<!-- end -->", TEXT, re.DOTALL)
    for line in found[2].splitlines()
    if re.match(r"\| \d", line)
]


def test_the_tables_are_those_of_the_code(codebook):
    assert {found[2] for found in BLOCK.finditer(TEXT)} == set(TABLES)
    assert renewed(TEXT, codebook) == TEXT, "run: python -m tests.coding.claims_doc"


@pytest.mark.parametrize("names", [Kind, Status, DamageKind, FigureWhat, FigureState, HolderRole], ids=str)
def test_every_name_of_the_model_is_told(names):
    assert [name for name in get_args(names) if f"`{name}`" not in TEXT] == []


@pytest.mark.parametrize("record", [Claim, Figure])
def test_every_field_is_told(record):
    assert [one.name for one in fields(record) if f"`{one.name}`" not in TEXT] == []


def test_each_language_has_its_pairs():
    told = Counter(row[0] for row in PAIRS)
    assert min(told["en"], told["ja"]) >= 30
    assert min(told["ru"], told["fr"], told["es"]) >= 12
    assert len({row[2] for row in PAIRS}) == len(PAIRS)


@pytest.mark.parametrize(("language", "number", "text", "kind", "status", "holders", "why"), PAIRS, ids=str)
def test_a_worked_pair_is_coded_as_it_says(desk, language, number, text, kind, status, holders, why):
    claims = desk.coded(text, language)[1]
    assert why
    wanted = [] if holders == "document" else holders.removeprefix("document, ").split(", ")
    told = [(one.kind, "not " * one.negated + one.status, [holder.raw for holder in one.holders[1:]]) for one in claims]
    assert any(
        (kind, status) == (f"`{one[0]}`", one[1])
        and len(one[2]) == len(wanted)
        and all(part in raw for part, raw in zip(wanted, one[2], strict=True))
        for one in told
    ), told
