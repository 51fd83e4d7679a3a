"""What is in force, one line a condition: declared by whom, told by whom, until when, and when last claimed."""

from __future__ import annotations

from collections.abc import Sequence

from foreshock.briefs.alike import head_of
from foreshock.briefs.brief import Line
from foreshock.briefs.context import Context
from foreshock.briefs.locale import Reader
from foreshock.briefs.names import actor_name, place_name
from foreshock.briefs.quotes import safe
from foreshock.briefs.tables import table
from foreshock.briefs.words import details, phrase, tellers, together
from foreshock.model import Actor, Claim, Condition, ConditionStep

OVER = {"lifted", "lapsed"}
_IN_FORCE = {"in_effect", "extended"}
_WEAK = {"rumoured", "alleged", "assessed", "unknown"}
_ORDER = {"recent": 0, "unknown": 1, "ageing": 2, "past": 3}
AGES = {"ageing": "ageing", "past": "past its stated end", "unknown": "age not known"}


def age_said(condition: Condition) -> str | None:
    """Return the message that a line on a condition must bear: its age, or that it is over; None where it is recent."""
    if condition.state in OVER:
        return str(table("conditions.yaml")["states"][condition.state])
    return None if condition.freshness == "recent" else AGES[condition.freshness]


def condition_lines(context: Context) -> list[Line]:
    """Return a line for each condition: what is in force first, then by the day on which it was last claimed.

    A line stands on the claims of its condition that are not contested; where all are, on all of them.
    """
    known = {claim.id: claim for claim in context.claims}
    found = []
    for condition in context.records.conditions:
        claims = [known[one] for one in condition.claim_ids if one in known]
        free = [claim for claim in claims if claim.id not in context.records.contested]
        if claims:
            found.append((condition, _line(context, condition, free or claims)))
    found.sort(key=lambda pair: pair[0].last_confirmed or "", reverse=True)
    found.sort(key=lambda pair: _ORDER[pair[0].freshness])
    return [line for _, line in found]


def _line(context: Context, condition: Condition, claims: Sequence[Claim]) -> Line:
    reader = context.reader
    rules = table("conditions.yaml")
    rule = rules["types"].get(condition.type, {"name": condition.type.capitalize()})
    declared = _named(reader, condition.declared_by, claims)
    ordered = sorted(claims, key=lambda claim: not _names(claim, condition.declared_by))
    now, *others = _by_state(condition, ordered)
    head = head_of(reader, now[1])
    frame = "{type}{by}{tail}: {state}, according to {holders}{others}{after}{words}"
    if condition.state in OVER and now[0] != condition.state:
        # Who said that it is over is told elsewhere (contested); that it is over is said here too.
        frame, others = "{type}{by}{tail}: {over}{others}{after}{words}", [now, *others]
    worded = together(
        reader,
        frame,
        head,
        [head, *now[1]],
        type=reader.say(rule["name"]),
        by=reader.say(rule.get("by", rules["by"]), actor=declared) if declared else "",
        tail=details(reader, [*_content(reader, rule, head), *_where(context, condition, claims)]),
        state=_state(reader, now[0]),
        over=_state(reader, condition.state),
        others="".join(_other(reader, *one) for one in others),
        after=_after(reader, condition),
    )
    headed = [head, *(claim for claim in claims if claim.id != head.id)]
    return context.made(
        worded, headed, record=condition.id, last_claimed=condition.last_confirmed, age=condition.freshness
    )  # fmt: skip


def _by_state(condition: Condition, claims: Sequence[Claim]) -> list[tuple[str, list[Claim]]]:
    """Return who says what of a condition: its own state first; "denied" are those who say that it is not so."""
    steps = {step.claim_id: step for step in condition.steps}
    rows: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.id in steps:
            rows.setdefault(_said(steps[claim.id], condition), []).append(claim)
    return sorted(rows.items(), key=lambda row: row[0] != condition.state)


def _said(step: ConditionStep, condition: Condition) -> str:
    if step.negated or step.status in ("denied", "retracted"):
        return "denied"
    if step.status in _WEAK:
        return step.status
    if step.status in ("promised", "planned", "forecast") and step.state in OVER:
        return "to_end"
    if step.partial and step.state in OVER:
        return "partly"
    return condition.state if step.state in _IN_FORCE and condition.state in _IN_FORCE else step.state


def _other(reader: Reader, state: str, claims: Sequence[Claim]) -> str:
    rules = table("conditions.yaml")
    frame = rules["denied"] if state == "denied" else rules["others"]
    return reader.say(frame, state=_state(reader, state), holders=tellers(reader, claims))


def _state(reader: Reader, state: str) -> str:
    """Return the name of a state; of what is only rumoured, alleged or judged that of its standing."""
    return reader.say(table("conditions.yaml")["states"].get(state) or table("standing.yaml")[state]["label"])


def _content(reader: Reader, rule: dict[str, object], head: Claim) -> list[str]:
    """Return what is ordered, advised, permitted or banned, where kind and mode say it and the words do not."""
    return [phrase(reader, head)] if rule.get("content") and head.language != reader.language else []


def _where(context: Context, condition: Condition, claims: Sequence[Claim]) -> list[str]:
    reader = context.reader
    place = condition.place
    spoken = next((one.language for one in claims if one.place and place and one.place.raw == place.raw), "")
    party = condition.party if condition.party != condition.declared_by else None
    return [
        place_name(reader, place, spoken) if place else "",
        reader.say("binding {party}", party=_named(reader, party, claims)) if party else "",
        reader.say("from {date}", date=reader.date(condition.since)) if condition.since else "",
        reader.say("until {date}", date=reader.date(condition.until)) if condition.until else "",
    ]


def _after(reader: Reader, condition: Condition) -> str:
    day = reader.date(condition.last_confirmed) if condition.last_confirmed else ""
    if condition.state in OVER or condition.freshness == "recent":
        return reader.say("; last claimed {date}", date=day) if day else ""
    if condition.freshness == "unknown":
        return reader.say("; date of the claim not known, age not known")
    age = reader.say(AGES[condition.freshness])
    return reader.say("; last claimed {date}, {age}", date=day, age=age) if day else reader.say("; {age}", age=age)


def _names(claim: Claim, actor: Actor | None) -> bool:
    return actor is not None and claim.actor is not None and claim.actor.name == actor.name


def _named(reader: Reader, actor: Actor | None, claims: Sequence[Claim]) -> str:
    if actor is None:
        return ""
    naming = next((claim for claim in claims if _names(claim, actor)), claims[0])
    return actor_name(reader, actor, naming) or safe(actor.name)
