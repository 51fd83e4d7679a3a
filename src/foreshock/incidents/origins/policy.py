"""The numbers by which documents are judged to be one report (policy.yaml)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from foreshock.errors import CatalogueError
from foreshock.knowledge import load_table


@dataclass(frozen=True, slots=True)
class CopyPolicy:
    """When shared words make a copy; see policy.yaml for each field."""

    least_shared: int
    least_share: float
    same_outlet_share: float
    credited_share: float
    numbers_from: int
    numbers_lost: float


@dataclass(frozen=True, slots=True)
class AlignmentPolicy:
    """When sentences that say the same in order make a copy or translation; see policy.yaml for each field."""

    least_margin: float
    merge: float
    part: float
    strong_margin: float
    least_sentences: int
    covered: float
    whole: float
    whole_strong: float
    covered_credited: float
    covered_named: float
    numbers_agree: float
    numbers_from: int
    covered_alone: float


@dataclass(frozen=True, slots=True)
class CandidatePolicy:
    """How many documents are looked at; see policy.yaml for each field."""

    verbatim: int
    near: int
    looked_at: int
    aligned: int
    least_topics: float
    boilerplate: int


@dataclass(frozen=True, slots=True)
class Policy:
    """The whole table."""

    copy: CopyPolicy
    alignment: AlignmentPolicy
    candidates: CandidatePolicy
    one_report: dict[str, float]
    named: dict[str, float]
    whole_report: float
    aggregators: frozenset[str]


@cache
def policy() -> Policy:
    """Return the table that ships with the package.

    Raises:
        CatalogueError: a part has other names than it should.
    """
    table = load_table(__package__, "policy.yaml")
    return Policy(
        copy=_part(CopyPolicy, table["copy"]),
        alignment=_part(AlignmentPolicy, table["alignment"]),
        candidates=_part(CandidatePolicy, table["candidates"]),
        one_report=dict(table["one_report"]),
        named=dict(table["named"]),
        whole_report=float(table["whole_report"]),
        aggregators=frozenset(map(str, table["aggregators"])),
    )


def _part(kind: type[Any], values: dict[str, Any]) -> Any:
    names = {field.name for field in fields(kind)}
    if set(values) != names:
        raise CatalogueError(
            f"{kind.__name__} has {sorted(values)}", remedy=f"incidents/origins/policy.yaml must give {sorted(names)}"
        )
    return kind(**values)
