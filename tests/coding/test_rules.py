"""Short texts against the claims that the contract asks for (claims.yaml, a table that a linguist can edit)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from foreshock.model import Claim, Kind, Status
from tests.desk import Desk

# claims.yaml holds English and Japanese, claims_<code>.yaml another language.
CASES: list[dict[str, Any]] = [
    row for path in sorted(Path(__file__).parent.glob("claims*.yaml")) for row in yaml.safe_load(path.read_text(encoding="utf-8"))
]
MOST_WRONG = 0.25
PLAIN = ("mode", "negated", "certainty", "phase", "basis")


def named(case: dict[str, Any]) -> str:
    return f"{case['language']}: {case['text'][:50]}"


def one_of(wanted: Any) -> list[Any]:
    return wanted if isinstance(wanted, list) else [wanted]


def party(actor: Any) -> str:
    return " ".join(filter(None, (actor.raw, actor.name, actor.country))) if actor else ""


def bearer(wanted: dict[str, Any], text: str, claims: Sequence[Claim]) -> Claim | None:
    """Return the claim with the shortest span that holds the words."""
    start = text.index(wanted["words"])
    end = start + len(wanted["words"])
    around = [one for one in claims if one.start <= start and end <= one.end]
    return min(around, key=lambda one: one.end - one.start) if around else None


def differences(wanted: dict[str, Any], claim: Claim) -> list[str]:
    """Return what a claim has otherwise than wanted."""
    found = {"kind": claim.kind, "status": claim.status}
    wrong = [f"{key} {value}" for key, value in found.items() if value not in one_of(wanted[key])]
    wrong += [f"{key} {getattr(claim, key)}" for key in PLAIN if key in wanted and getattr(claim, key) != wanted[key]]
    wrong += ["negated"] if claim.negated and "negated" not in wanted else []
    if "holders" in wanted:
        told = [f"{one.raw} {one.name}" for one in claim.holders[1:]]
        right = len(told) == len(wanted["holders"]) and all(a in b for a, b in zip(wanted["holders"], told, strict=True))
        wrong += [] if right else [f"holders {told}"]
    for role in ("actor", "recipient"):
        if role in wanted:
            value = party(getattr(claim, role))
            right = wanted[role] in value if wanted[role] else not value
            wrong += [] if right else [f"{role} {value!r}"]
    if "place" in wanted and (claim.place and claim.place.name) != wanted["place"]:
        wrong.append(f"place {claim.place and claim.place.name}")
    if "when" in wanted and (claim.when and [claim.when.start, claim.when.end]) != wanted["when"]:
        wrong.append(f"when {claim.when and (claim.when.start, claim.when.end)}")
    if "figures" in wanted:
        right = len(claim.figures) == len(wanted["figures"]) and all(
            getattr(figure, key) == value
            for figure, fields in zip(claim.figures, wanted["figures"], strict=True)
            for key, value in fields.items()
        )
        wrong += [] if right else [f"figures {claim.figures}"]
    return wrong


def faults(case: dict[str, Any], claims: Sequence[Claim]) -> list[str]:
    """Return what is wrong with the claims of a case; empty where all is as wanted."""
    bearers = [bearer(wanted, case["text"], claims) for wanted in case["claims"]]
    wrong = []
    for wanted, claim in zip(case["claims"], bearers, strict=True):
        if claim is None:
            wrong.append(f"no claim holds {wanted['words']!r}")
        else:
            wrong += [f"{wanted['words']!r}: {one}" for one in differences(wanted, claim)]
    chosen = {claim.id for claim in bearers if claim}
    if len(chosen) < len([one for one in bearers if one]):
        wrong.append("two expected claims are one")
    if not case.get("more"):
        wrong += [f"also {claim.kind} {claim.status} {claim.text!r}" for claim in claims if claim.id not in chosen]
    return wrong


@pytest.mark.parametrize("case", [one for one in CASES if "known_wrong" not in one], ids=named)
def test_the_claims_are_those_of_the_contract(case, desk: Desk):
    _, claims = desk.coded(case["text"], case["language"], published=case.get("published"))
    assert faults(case, claims) == []


@pytest.mark.parametrize("case", [one for one in CASES if "known_wrong" in one], ids=named)
def test_what_is_known_to_be_wrong_still_is(case, desk: Desk):
    _, claims = desk.coded(case["text"], case["language"], published=case.get("published"))
    assert faults(case, claims), f"this is right now; take the mark away: {case['known_wrong']}"


def test_the_table_is_whole():
    of_language = {code: [one for one in CASES if one["language"] == code] for code in sorted({one["language"] for one in CASES})}
    wrong = [one for one in CASES if "known_wrong" in one]
    assert len(wrong) <= MOST_WRONG * len(CASES)
    for rows in of_language.values():
        wanted = [claim for row in rows for claim in row["claims"]]
        assert len(rows) >= 60
        assert len({row["text"] for row in rows}) == len(rows)
        assert {kind for claim in wanted for kind in one_of(claim["kind"])} == set(get_args(Kind))
        assert {status for claim in wanted for status in one_of(claim["status"])} == set(get_args(Status))
        assert all(claim["words"] in row["text"] for row in rows for claim in row["claims"])
    known = {"text", "language", "published", "claims", "more", "known_wrong"}
    fields = {"words", "kind", "status", "holders", "actor", "recipient", "place", "when", "figures", *PLAIN}
    for row in CASES:
        assert set(row) <= known, row["text"]
        assert all(set(claim) <= fields for claim in row["claims"]), row["text"]
