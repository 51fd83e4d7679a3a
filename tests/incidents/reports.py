"""Reports in a few words, for tables of tests: what a row leaves out is as in the contract's emptiest claim."""

from typing import Any

from foreshock.model import Actor, Claim, Figure, Holder, Place, Report, When, record_id


def report(row: dict[str, Any], number: int = 0) -> Report:
    """Return the report of a row: text, kind ("ASSAULT/firearms"), by (innermost holder) and the fields of a claim."""
    source = row.get("source", "Copper Gazette")
    text = row.get("text", "it happened")
    document = record_id("document", source, row.get("document", number))
    kind, _, mode = row.get("kind", "ASSAULT").partition("/")
    holders = [Holder(source, "document", source, "asserted")]
    if row.get("by"):
        holders.append(Holder(row["by"], "speaker", row["by"], row.get("status", "asserted")))
    claim = Claim(
        id=row.get("id") or record_id("claim", document, number, text),
        document_id=document,
        version="v",
        language=row.get("language", "en"),
        start=number * 1000,
        end=number * 1000 + len(text),
        text=text,
        kind=kind,
        mode=mode or None,
        status=row.get("status", "asserted"),
        negated=row.get("negated", False),
        certainty="certain",
        phase=row.get("phase"),
        basis="unstated",
        holders=tuple(holders),
        actor=actor(row.get("actor")),
        recipient=actor(row.get("recipient")),
        place=place(row.get("place")),
        when=when(row.get("when")),
        figures=tuple(figure(one) for one in row.get("figures", ())),
        damage=(),
        confidence=0.8,
        coder="made@1",
    )
    day = str(row.get("published", "2031-05-02"))
    return Report(claim, source, day, f"{day}T12:00:00Z", row.get("arrival", number + 1))


def actor(words: str | None) -> Actor | None:
    """Return an actor of "name / country / sector"."""
    if not words:
        return None
    name, country, sector = ([part.strip() or None for part in words.split("/")] + [None, None])[:3]
    return Actor(name or "", name or "", country, sector)


def place(row: dict[str, Any] | None) -> Place | None:
    """Return a place of a mapping with name and whatever is known of it."""
    if not row:
        return None
    return Place(row["name"], row["name"], row.get("country"), row.get("lat"), row.get("lon"), row.get("precision", "city"))


def when(words: Any) -> When | None:
    """Return a time of "2031-05-01" or "2031-05-01..2031-05-03"."""
    if not words:
        return None
    start, _, end = str(words).partition("..")
    return When(start, end or start, "day", str(words))


def figure(row: dict[str, Any]) -> Figure:
    """Return a figure of a mapping; ``n`` is a number that is low, best and high."""
    n = row.get("n")
    state = row.get("state", "read")
    return Figure(
        what=row.get("what", "killed"),
        of=row.get("of"),
        unit=row.get("unit", "person"),
        low=row.get("low", n),
        best=row.get("best", n),
        high=row.get("high", None if row.get("bound") in ("at_least", "over") else n),
        bound=row.get("bound"),
        counting=row.get("counting"),
        scope=row.get("scope"),
        as_of=str(row["as_of"]) if row.get("as_of") else None,
        state=state,
        candidates=tuple(row.get("candidates", ())),
        raw=str(row.get("raw", n)),
        start=row.get("start", 0),
        end=row.get("end", 1),
    )
