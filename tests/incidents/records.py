"""Claims and reports for the tests of joining, from the few fields that a test is about."""

from __future__ import annotations

from typing import Any

from foreshock.model import Actor, Claim, Figure, Holder, Place, Report, When, claim_id, record_id


def actor(name: str, country: str | None = None, sector: str | None = None) -> Actor:
    return Actor(name, name, country, sector)


def city(name: str, country: str = "VUT") -> Place:
    return Place(name, name, country, None, None, "city")


def land(country: str, name: str = "") -> Place:
    return Place(name or country, name or country, country, None, None, "country")


def day(prefix: str) -> When:
    return When(prefix, prefix, "day" if len(prefix) == 10 else "month", prefix)


def until(prefix: str, start: str | None = None) -> When:
    return When(start, prefix, "range", f"until {prefix}")


def count(what: str, best: float, **more: Any) -> Figure:
    plain: dict[str, Any] = {
        "of": None, "unit": "person", "low": best, "high": best, "bound": None, "counting": None, "scope": None, "as_of": None,
        "state": "read", "candidates": (), "raw": f"{best:g}", "start": 0, "end": 1,
    }  # fmt: skip
    return Figure(what=what, best=best, **{**plain, **more})  # type: ignore[arg-type]


class Press:
    """Makes reports, each of a new document unless one is named, and gives them arrivals in the order of making."""

    def __init__(self) -> None:
        self.arrival = 0

    def report(
        self,
        text: str,
        kind: str,
        mode: str | None = None,
        *,
        source: str = "Lagoon Post",
        published: str | None = "2022-03-01",
        by: str | None = None,
        cites: str | None = None,
        document: str | None = None,
        arrival: int | None = None,
        language: str = "en",
        start: int = 0,
        **fields: Any,
    ) -> Report:
        """Return a report of a claim; ``by`` is the speaker, ``cites`` another outlet, inside the document."""
        self.arrival += 1
        number = arrival or self.arrival
        document_id = record_id("document", document or number)
        status = fields.pop("status", "asserted")
        chain = [Holder(source, "document", source, "asserted" if by or cites else status)]
        if cites:
            chain.append(Holder(cites, "outlet", cites, "asserted" if by else status))
        if by:
            chain.append(Holder(by, "speaker", by, status))
        values: dict[str, Any] = {
            "negated": False, "certainty": "certain", "phase": None, "basis": "unstated", "actor": None, "recipient": None,
            "place": None, "when": None, "figures": (), "damage": (), "confidence": 0.8, "coder": "rules-en@1",
        }  # fmt: skip
        claim = Claim(
            id=claim_id(document_id, "v1", start, start + len(text), kind, "rules-en@1"), document_id=document_id, version="v1",
            language=language, start=start, end=start + len(text), text=text, kind=kind, mode=mode, status=status,  # type: ignore[arg-type]
            holders=tuple(chain), **{**values, **fields},
        )  # fmt: skip
        return Report(claim, source, published, f"{published or '2022-03-01'}T12:00:00Z", number)
