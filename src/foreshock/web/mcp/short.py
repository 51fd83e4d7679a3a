"""Long answers cut to what a language model can hold; what was left out is counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foreshock.briefs import Brief
from foreshock.briefs.brief import Fact, Line, SectionId

FIRST = 8  # sentences of a section of a whole brief
TELLS = frozenset({"seen", "blind"})  # states of evidence that moved something, or could not be looked at


def sections(brief: Brief, *, only: SectionId | None = None) -> list[dict[str, Any]]:
    """Return the sections of a brief as sentences with what each stands on: the first ones of each, or all of one section."""
    most = FIRST if only is None else None
    return [
        {
            "section": one.id,
            "title": one.title,
            "note": one.note,
            "sentences": [_sentence(line) for line in one.lines[:most]],
            "left_out": len(one.lines) - len(one.lines[:most]),
        }
        for one in brief.sections
        if only in (None, one.id)
    ]


def at_horizon(row: Mapping[str, Any], horizon: int) -> dict[str, Any]:
    """Return a weighing at one horizon, with the evidence that says something; its other indicators are counted."""
    estimates = [_estimate(one) for one in row["estimates"] if one["horizon"] == horizon]
    changes = [one for one in row["changes"] if one["horizon"] == horizon]
    kept = {name: row[name] for name in ("subject", "start", "blind", "hidden", "unplaced")}
    return kept | {"horizon_days": horizon, "estimates": estimates, "would_change_it": changes}


def _estimate(one: Mapping[str, Any]) -> dict[str, Any]:
    names = ("id", "scenario", "as_of", "probability", "low", "high", "evidence_model", "weight", "unmeasured", "notes")
    prior = one["prior"]
    evidence = [
        {name: it[name] for name in ("indicator", "state", "nats", "low", "high", "why", "claim_ids")}
        for it in one["evidence"]
        if it["state"] in TELLS
    ]
    return {
        **{name: one[name] for name in names},
        "prior": prior and {name: prior[name] for name in ("probability", "low", "high", "base_rate", "why")},
        "evidence": evidence,
        "indicators_that_say_nothing": len(one["evidence"]) - len(evidence),
    }


def _sentence(line: Line | Fact) -> dict[str, Any]:
    if isinstance(line, Line):
        return {"sentence": line.text, "status": line.status, "confidence": line.confidence, "claim_ids": list(line.claim_ids)}
    return {"sentence": line.text, "document_ids": list(line.document_ids), "estimate_ids": list(line.estimate_ids)}
