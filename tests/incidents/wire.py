"""Codings for the tests of joining: a text with its claims, from the few fields that a test is about."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from foreshock.model import Claim, Coding, Custody, Document, claim_id, record_id
from tests.incidents.records import actor, city, count, day

__all__ = ["actor", "city", "coding", "count", "day", "told"]


def told(words: str, kind: str, mode: str | None = None, **fields: Any) -> dict[str, Any]:
    """Return a claim to be made of these words of a text."""
    return {"words": words, "kind": kind, "mode": mode, **fields}


def coding(
    name: str, text: str, *claims: dict[str, Any], arrival: int, published: str | None = "2031-03-05", language: str = "en"
) -> Coding:
    """Return the coding of a text named ``name``, known at noon of the day on which it arrived."""
    known_at = f"2031-{1 + arrival // 28:02d}-{1 + arrival % 28:02d}T12:00:00Z"
    custody = Custody(record_id(text), len(text), known_at, name)
    document = Document(
        name, record_id(text), name, name, language, None, text, published, None, known_at, "text/plain", custody
    )  # fmt: skip
    return Coding(document, tuple(_claim(document, one) for one in claims), "made@1", 1, arrival, known_at)


def _claim(document: Document, fields: dict[str, Any]) -> Claim:
    fields = dict(fields)
    start = document.text.index(words := fields.pop("words"))
    plain: dict[str, Any] = {
        "status": "asserted", "negated": False, "certainty": "certain", "phase": None, "basis": "unstated", "holders": (),
        "actor": None, "recipient": None, "place": None, "when": None, "figures": (), "damage": (), "confidence": 0.8,
    }  # fmt: skip
    return Claim(
        id=claim_id(document.id, document.version, start, start + len(words), fields["kind"], "made@1"),
        document_id=document.id, version=document.version, language=document.language, start=start, end=start + len(words),
        text=words, coder="made@1", **{**plain, **fields},
    )  # fmt: skip


def moved(one: Coding, arrival: int) -> Coding:
    """Return a coding as if it had arrived at another time."""
    return replace(one, arrival=arrival, known_at=f"2031-{1 + arrival // 28:02d}-{1 + arrival % 28:02d}T12:00:00Z")
