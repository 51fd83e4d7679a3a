"""A ledger for the tests of alerts: short articles of invented papers with their claims, joined without an encoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from foreshock.ledger import Ledger
from foreshock.model import Claim, Figure, Holder, Place, PrivatePerson, When, claim_id
from foreshock.ontology.actor_catalogue import ActorCatalogue
from foreshock.ontology.codebook import Codebook
from foreshock.pipeline.joining import join
from foreshock.pipeline.workbench import Workbench
from foreshock.settings import Settings
from tests.ledger.records import CODER, claim, reading

DAY = datetime(2022, 1, 8, 9, tzinfo=UTC)
ALMATY = Place("Almaty", "Almaty", "KAZ", 43.25, 76.95, "city")


def bench(folder: Path, codebook: Codebook, catalogue: ActorCatalogue, **settings: Any) -> Workbench:
    """Return a workbench with the tables of the session, which take a second to read."""
    made = Workbench(Settings(ledger=folder / "l.sqlite", cache=folder / "cache", **settings))
    made.__dict__.update(codebook=codebook, catalogue=catalogue)
    return made


def sentence(text: str, words: str, document: Any, **fields: Any) -> Claim:
    """Return a claim of some words of a document."""
    start = text.index(words)
    told = {
        "start": start, "end": start + len(words), "text": words, "kind": "ASSAULT", "mode": "firearms", "actor": None,
        "holders": (Holder(document.document.source, "outlet", document.document.source, "asserted"),),
        "place": ALMATY, "when": When("2022-01-07", "2022-01-07", "day", "on Friday"), "figures": (),
    } | fields  # fmt: skip
    made = replace(claim(document), **told)
    one = document.document
    return replace(made, id=claim_id(one.id, one.version, made.start, made.end, made.kind, CODER))


def article(
    ledger: Ledger,
    name: str,
    text: str,
    *claims: tuple[str, dict[str, Any]],
    now: datetime = DAY,
    persons: Sequence[PrivatePerson] = (),
    **fields: Any,
) -> list[Claim]:
    """Keep an article with its claims, (words, fields) each, and join it; return the claims."""
    one = reading(name, text, **{"source": f"{name.title()} Gazette", **fields})
    made = [sentence(text, words, one, **more) for words, more in claims]
    ledger.add(one, made, coder=CODER, now=now, persons=persons)
    list(join(ledger, vectors=no_vectors))
    return made


def killed(text: str, raw: str, number: float | None, *, state: str = "read", start: int | None = None) -> Figure:
    """Return a figure of dead that stands in a text."""
    at = text.index(raw) if start is None else start
    values = (number, number, number) if state == "read" else (None, None, None)
    return Figure("killed", None, "person", *values, None, "new", None, None, state, (), raw, at, at + len(raw))  # type: ignore[arg-type]


def no_vectors(sentences: Sequence[str]) -> Any:
    import numpy as np

    return np.zeros((len(sentences), 512), dtype="float32")
