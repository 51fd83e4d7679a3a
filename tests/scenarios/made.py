"""Happenings, ratios and hazards made up for tests."""

from __future__ import annotations

from datetime import date, timedelta

from foreshock.model import Happening, Provenance
from foreshock.scenarios.ratio import Ratio

AS_OF = date(2030, 6, 1)
CODER = "rules-en@0"
COUNTRY = "KAZ"


def ago(days: int) -> str:
    return (AS_OF - timedelta(days=days)).isoformat()


def happening(kind: str, mode: str | None = None, *, day: str | None = None, source: str = "Wire", number: int = 0) -> Happening:
    day = day or ago(2)
    name = f"{kind}-{mode}-{day}-{source}-{number}"
    return Happening(name, COUNTRY, day, day, kind, mode, sources=(source,), claim_ids=(f"claim-{name}",), coders=(CODER,))


def burst(kind: str, mode: str | None = None, *, days_ago: int, many: int, source: str = "Wire") -> list[Happening]:
    return [happening(kind, mode, day=ago(days_ago), source=source, number=number) for number in range(many)]


def ratio(**changes) -> Ratio:
    values = {
        "scenario": "armed-conflict", "indicator": "armed-clash", "horizon": 90, "given": "any", "coder": CODER, "feed": "Wire",
        "seen": 1.5, "seen_low": 1.1, "seen_high": 2.0, "unseen": 0.95, "unseen_low": 0.9, "unseen_high": 0.99,
        "share_seen": 0.1, "provenance": Provenance(("made up",), "2000-2010", 1000, 20, "", ""),
    }  # fmt: skip
    return Ratio(**{**values, **changes})
