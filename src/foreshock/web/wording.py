"""What records of joining are called at the desk, in the reader's language: the same words as in a brief."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from foreshock.briefs.locale import Reader
from foreshock.briefs.names import actor_name, place_name, time_of
from foreshock.briefs.numbers import BOUNDS, HEADINGS, LOST, SUSPECT
from foreshock.briefs.quotes import safe
from foreshock.briefs.receipts import standing
from foreshock.briefs.tables import table
from foreshock.briefs.words import phrase
from foreshock.model import Claim, Condition, ConditionStep, Incident, Report, Tally, TallyPoint

CREDIBILITY = {
    1: "confirmed", 2: "probably true", 3: "possibly true", 4: "doubtful", 5: "improbable", 6: "cannot be judged",
}  # fmt: skip
FRESHNESS = {
    "recent": "said to be in force not long ago", "ageing": "not confirmed for long: it may be over",
    "past": "past its stated end; nobody said that it was lifted", "unknown": "no day is told: its age is not known",
}  # fmt: skip
MATTERS = {
    "standing": "did it happen", "figure": "how many", "actor": "who did it", "place": "where it was", "time": "when it was",
}  # fmt: skip
VAGUE = frozenset({"dozens", "hundreds", "thousands"})


def act(reader: Reader, claim: Claim) -> str:
    """Return what a claim's kind and mode are called, opening with a capital; nobody is named."""
    said = phrase(reader, claim)
    return said[:1].upper() + said[1:]


def kind_label(reader: Reader, kind: str) -> str:
    """Return the name of a kind as it stands in lists."""
    return reader.say(str(table("phrases.yaml").get(kind, {}).get("label", kind.capitalize())))


def title(reader: Reader, one: Incident, reports: Mapping[str, Report]) -> str:
    """Return what an incident is, by the claim that founded it or the first that tells its kind."""
    claims = [reports[claim].claim for claim in one.claim_ids]
    return act(reader, next((claim for claim in claims if (claim.kind, claim.mode) == (one.kind, one.mode)), claims[0]))


def place(reader: Reader, one: Incident | Condition, reports: Mapping[str, Report]) -> str:
    """Return where it was, "" where that is not told."""
    if one.place is None:
        return ""
    claims = (reports[claim].claim for claim in one.claim_ids)
    spoken = next((claim.language for claim in claims if claim.place and claim.place.raw == one.place.raw), "")
    return place_name(reader, one.place, spoken)


def when(reader: Reader, one: Incident) -> str:
    """Return when it was, as precisely as it was said, "" where that is not told."""
    return time_of(reader, one.when) if one.when else ""


def condition_name(reader: Reader, one: Condition) -> str:
    """Return what a type of condition is called."""
    return reader.say(str(table("conditions.yaml")["types"].get(one.type, {}).get("name", one.type.capitalize())))


def state(reader: Reader, name: str) -> str:
    """Return what a state of a condition is called."""
    return reader.say(str(table("conditions.yaml")["states"][name]))


def step_said(reader: Reader, step: ConditionStep) -> str:
    """Return what a step says: the state, that only a part is, and the standing that its holder gives it."""
    said = state(reader, "partly" if step.partial and step.state in ("lifted", "lapsed") else step.state)
    plain = step.status == "asserted" and not step.negated
    return (
        said
        if plain
        else reader.say("{state} ({standing})", state=said, standing=standing(reader, step.status, negated=step.negated))
    )


def declared_by(reader: Reader, one: Condition, reports: Mapping[str, Report]) -> str:
    """Return who declared a condition, "" where that is not told."""
    if one.declared_by is None:
        return ""
    claims = [reports[claim].claim for claim in one.claim_ids]
    named = next((claim for claim in claims if claim.actor == one.declared_by), claims[0])
    return actor_name(reader, one.declared_by, named)


def matter(reader: Reader, one: Tally) -> str:
    """Return what a tally counts: what, of whom, within which scope, new or cumulative."""
    parts = [reader.say(HEADINGS[one.what])]
    parts += [reader.say(safe(word)) for word in (one.of, one.scope) if word]
    parts += [reader.say(one.counting)] if one.counting else []
    return " · ".join(parts)


def amount(reader: Reader, point: TallyPoint) -> str:
    """Return a number as it was said: "at least 12", "150 to 200", "[number lost]"."""
    if point.state != "read":
        return reader.say(LOST if point.state == "lost" else SUSPECT)
    if point.bound in VAGUE and point.best is None:
        return reader.say(BOUNDS[point.bound])
    if point.best is None and point.low is not None and point.high is not None and point.low != point.high:
        return reader.say("{low} to {high}", low=reader.number(point.low), high=reader.number(point.high))
    value = next((one for one in (point.best, point.low, point.high) if one is not None), None)
    if value is None:
        return reader.say("[number not given]")
    return reader.say(BOUNDS[point.bound], n=reader.number(value)) if point.bound in BOUNDS else reader.number(value)


def span(reader: Reader, one: Tally) -> str:
    """Return what a tally comes to: one number where all origins agree, else from which to which; "" where none was read."""
    if one.best is not None:
        return reader.number(one.best)
    if one.low is not None and one.high is not None:
        return reader.say("{low} to {high}", low=reader.number(one.low), high=reader.number(one.high))
    if one.low is not None:
        return reader.say(BOUNDS["at_least"], n=reader.number(one.low))
    return reader.say(BOUNDS["at_most"], n=reader.number(one.high)) if one.high is not None else ""


def voice(report: Report) -> str:
    """Return who holds a claim: the innermost holder."""
    return safe(report.claim.holders[-1].name) if report.claim.holders else safe(report.source)


def chain(reader: Reader, claim: Claim) -> str:
    """Return the chain of holders, innermost first."""
    return reader.say(" ‹ ").join(safe(one.name) for one in reversed(claim.holders))


def words(claim: Claim, longest: int = 0) -> str:
    """Return the words of a claim on one line, cut where they are longer than asked for."""
    text = safe(claim.text)
    return text if not longest or len(text) <= longest else text[: longest - 1].rstrip() + "…"


def joined(reader: Reader, names: Sequence[str]) -> str:
    """Return names as the language joins them."""
    return reader.join([safe(one) for one in names])
