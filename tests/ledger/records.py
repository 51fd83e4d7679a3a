"""Readings and claims made for the ledger's tests, and what a process of their own runs."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from foreshock.ledger import Ledger
from foreshock.ledger.backend import backend, connected
from foreshock.model import (
    Actor,
    Blind,
    Claim,
    Custody,
    Document,
    Estimate,
    Evidence,
    Figure,
    Holder,
    Judgement,
    Outcome,
    Place,
    Prior,
    Provenance,
    Reading,
    When,
    claim_id,
    record_id,
)

DAY = datetime(2022, 1, 8, 9, 0, tzinfo=UTC)
CODER = "rules@1"


def document(name: str = "a", text: str = "Calm.", **fields: Any) -> Document:
    origin = f"{name}.txt"
    custody = Custody(
        sha256=hashlib.sha256(text.encode()).hexdigest(), size=len(text), fetched_at="2022-01-08T09:00:00Z", origin=origin
    )
    made = Document(
        id=record_id("document", name), version=record_id("version", fields.get("title") or "", text),
        source=origin, url=None, language="en", title=None,
        text=text, published="2022-01-08", published_by="given", fetched_at=custody.fetched_at, media_type="text/plain",
        custody=custody, notes=("a note",),
    )  # fmt: skip
    return replace(made, **fields)


def reading(name: str = "a", text: str = "Calm.", **fields: Any) -> Reading:
    return Reading(document(name, text, **fields), (), "parsed", "given")


def claim(of: Reading, start: int = 0, *, coder: str = CODER, **fields: Any) -> Claim:
    kind = fields.get("kind", "HARM")
    made = Claim(
        id=claim_id(of.document.id, of.document.version, start, start + 4, kind, coder), document_id=of.document.id,
        version=of.document.version, language=of.document.language, start=start, end=start + 4, text="Calm", kind=kind,
        mode="killed", status="asserted", negated=False, certainty="certain", phase=None, basis="unstated",
        holders=(Holder("Felt Boot Gazette", "outlet", "the Gazette", "asserted"),), actor=Actor("police", "police"),
        recipient=None, place=Place("Almaty", "Almaty", "KAZ", 43.25, 76.95, "city"),
        when=When("2022-01-05", "2022-01-05", "day", "on Wednesday"),
        figures=(Figure("killed", None, None, 3.0, 3.0, 3.0, None, None, None, None, "suspect", (3.0, 30.0), "3", 0, 1),),
        damage=(), confidence=0.7, coder=coder,
    )  # fmt: skip
    return replace(made, **fields)


def write_many(path: str, writer: str, count: int) -> None:
    """Add ``count`` documents of this writer's own, two claims each, and as many that every writer adds."""
    with Ledger(path) as ledger:
        for number in range(count):
            for name in (f"{writer}-{number}", f"shared-{number}"):
                one = reading(name)
                ledger.add(one, [claim(one, 0), claim(one, 9)], coder=CODER, now=DAY)


def execute(address: Path | str, *statements: str) -> None:
    """Do to a ledger's tables what the ledger itself never does."""
    of = backend(address, writable=True)
    with connected(of, "write", writes=True) as connection:
        if of.dialect == "sqlite":
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        for statement in statements:
            connection.exec_driver_sql(statement)
    of.engine.dispose()


def judgement(number: int = 1, **fields: Any) -> Judgement:
    made = Judgement(
        id=record_id("judgement", number), subject="claim", verdict="confirm", subjects=("c1",), by="ana",
        at="2022-01-08T10:00:00Z", why="two desks saw it", changes=(("status", '"denied"'),),
    )  # fmt: skip
    return replace(made, **fields)


def estimate(number: int = 1, **fields: Any) -> Estimate:
    provenance = Provenance(("a set",), "1950-2010", 1000, 20, "2022-01-01", "foreshock fit")
    seen = Evidence(
        "coup-attempt", "protest", "seen", 0.4, 0.1, 0.7, "Protests exceed the country's own past.", ("i1",), ("c1", "c2")
    )
    made = Estimate(
        id=record_id("estimate", number), scenario="coup-attempt", subject="north", country="KAZ", as_of="2022-01-08",
        horizon=30, state="peace", tier="protest", probability=0.0123, low=0.004, high=0.03,
        prior=Prior(0.01, 0.005, 0.02, 0.008, "Its own history.", provenance), evidence_model=0.0149, weight=0.1,
        evidence=(seen,), blind=(Blind("KAZ", "internet shutdown", "2022-01-05", None, whole=True, source="register"),),
        arrival=3, method="mixture@1",
    )  # fmt: skip
    return replace(made, **fields)


OUTCOME = Outcome("coup-attempt", "KAZ", None, "2022-02-28", "ana", "no set has one")
