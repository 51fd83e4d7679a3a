"""What is in force: orders, curfews, emergencies, blackouts, closures, deployments, sieges, ceasefires, sanctions, advisories.

Each has who declared it, who holds it to be in force, the last claim that confirms it, and its age. Nothing is silently current
and nothing silently gone: past its stated end, or unconfirmed for long, a condition stays and shows it. It lapses only where
somebody says so, a breach does not end it, and a denial is a step of the one who denies. Types and words are in conditions.yaml.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from foreshock.dates import first_day, last_day
from foreshock.incidents.conditions.groups import Group, groups_of
from foreshock.incidents.conditions.told import Told, is_end
from foreshock.incidents.conditions.words import table
from foreshock.incidents.judgements.judged import apply
from foreshock.incidents.parties import Parties, Party, holder_of, same_side, shipped
from foreshock.incidents.placing import agreed_place
from foreshock.model import Actor, Condition, ConditionState, ConditionStep, Freshness, Judgement, Place, Report, record_id

IN_FORCE = ("in_effect", "extended")
_DAYS = {"minute": 0.0, "hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.0}


def conditions_of(
    reports: Sequence[Report], *, today: date, judgements: Sequence[Judgement] = (), parties: Parties | None = None
) -> list[Condition]:
    """Return the conditions that reports tell of, as they stand on a day; by type, then by first arrival.

    Args:
        reports: of any incidents; those published after ``today`` are left out.
        today: the day of reading, which ages are counted to.
        judgements: what persons decided; a rejected claim tells of nothing.
        parties: who is who; by the package's catalogue where not given.

    The id of a condition is made of the claim of it that arrived first, so it stays when more is told. One curfew told by five
    papers is one condition with five steps. One that is only denied is none.
    """
    known = [r for r in apply(reports, judgements).effective if r.published is None or first_day(r.published) <= today]
    order = [rule["type"] for rule in table()["types"]]
    who = parties or shipped()
    found = [_condition(group, today, who) for group in groups_of(known, who) if _is_held(group)]
    return sorted(found, key=lambda one: order.index(one.type))


def _is_held(group: Group) -> bool:
    """Whether somebody says that it is, was or will be in force; an end to come of nothing is no condition."""
    return any(not one.said.refused and not (one.said.to_come and one.said.state == "lifted") for one in group.told)


def _condition(group: Group, today: date, who: Parties) -> Condition:
    told = sorted(group.told, key=lambda one: (one.at, one.report.published or "", one.report.arrival, one.report.claim.start))
    claims = tuple(dict.fromkeys(one.report.claim.id for one in group.told))
    said_by = [_holder(one, who) for one in told]
    state = _state(told, today)
    holding = [one for one in told if _holds(one)] or told
    since = _since(holding)
    until = _until(told, since)
    confirmed = _last_confirmed(told, today)
    kind, mode = Counter((one.report.claim.kind, one.report.claim.mode) for one in holding).most_common(1)[0][0]
    return Condition(
        id=record_id("condition", group.rule["type"], claims[0]),
        type=str(group.rule["type"]),
        kind=kind,
        mode=mode,
        declared_by=_declarer(group.told),
        party=_party(group),
        held_by=_held_by(told, said_by),
        place=_place(holding, who),
        since=since,
        until=until,
        state=state,
        freshness=_freshness(state, until, confirmed, today, limit=int(str(group.rule["days"]))),
        last_confirmed=confirmed.isoformat() if confirmed else None,
        age_days=(today - confirmed).days if confirmed else None,
        steps=tuple(_step(one, holder) for one, holder in zip(told, said_by, strict=True)),
        claim_ids=claims,
    )


def _holds(told: Told) -> bool:
    """Whether a report says, by a standing that decides, that it is in force."""
    said = told.said
    return said.state in IN_FORCE and not (said.to_come or said.weak or said.refused)


def _holder(told: Told, who: Parties) -> str:
    """Return the name of who says it: the innermost holder, by the canonical name of a known one."""
    claim = told.report.claim
    holder = holder_of(claim)
    if holder.role == "document":
        return told.report.source
    found = who.of_holder(holder, language=claim.language, when=told.report.published)
    return found.name if found and found.known else holder.name


def _state(told: Sequence[Told], today: date) -> ConditionState:
    """Return the state of the latest report that decides; without one that of the latest that tells of it at all.

    A part that is lifted, or an end in one town of what is said to be nationwide, ends nothing. Who says later that it remains in
    force contradicts the end, and the condition stands.
    """
    deciding = [one for one in told if not (one.said.weak or one.said.refused or one.said.to_come) and one.at <= today]
    wide = any(_holds(one) and one.said.wide for one in told)
    ends = [one for one in deciding if is_end(one) and not (wide and one.place and not one.said.wide)]
    holding = [one.shown for one in deciding if _holds(one) and one.shown]
    if ends and (not holding or ends[-1].at >= max(holding)):
        return ends[-1].said.state
    standing = [one for one in deciding if one.said.state not in ("lifted", "lapsed")]
    if standing:
        return standing[-1].said.state
    if ends:
        return ends[-1].said.state
    weak = [one for one in told if not one.said.refused and one.said.state != "lifted"]
    return weak[-1].said.state if weak else told[-1].said.state


def _last_confirmed(told: Sequence[Told], today: date) -> date | None:
    """Return the last day for which somebody said that it is in force; of what is only announced or rumoured, that it is."""
    holding = [one for one in told if _holds(one)] or [one for one in told if not one.said.refused and one.said.state != "lifted"]
    return max((one.shown for one in holding if one.shown and one.shown <= today), default=None)


def _freshness(state: ConditionState, until: str | None, confirmed: date | None, today: date, *, limit: int) -> Freshness:
    if state in ("lifted", "lapsed"):
        return "past"
    if until is not None and last_day(until) < today and (confirmed is None or confirmed <= last_day(until)):
        return "past"
    if confirmed is None:
        return "unknown"
    return "ageing" if (today - confirmed).days > limit else "recent"


def _place(holding: Sequence[Told], who: Parties) -> Place | None:
    """Return the place told; where only "nationwide" is told, the country that the documents are about."""
    told = [one.place for one in holding if one.place]
    homes = [one.home for one in holding if one.said.wide and one.home]
    if told or not homes:
        return agreed_place(told)
    country = max(dict.fromkeys(homes), key=homes.count)
    return Place(who.catalogue.names.get(country, country), "", country, None, None, "country")


def _since(holding: Sequence[Told]) -> str | None:
    """Return the day most told as that of its beginning, the earliest of equals; None where no day is told."""
    days = Counter(one.day for one in holding if one.day)
    return min(days, key=lambda day: (-days[day], day)).isoformat() if days else None


def _until(told: Sequence[Told], since: str | None) -> str | None:
    """Return the end that was stated last, or the end to come that was announced last.

    An end before the beginning is that of something else, or a day that was misread: it tells nothing.
    """
    ends = [(one.report.published or "", one.report.arrival, end) for one in told if (end := _end_of(one))]
    ends = [one for one in ends if since is None or last_day(one[2]) >= first_day(since)]
    return max(ends)[2] if ends else None


def _end_of(told: Told) -> str | None:
    claim, said = told.report.claim, told.said
    if said.weak or said.refused or said.beside:
        return None
    when = claim.when
    if said.state == "lifted":
        return (when.end or when.start) if when and said.to_come and not said.partial else None
    if when and when.precision == "range" and when.end:
        return when.end
    if said.type != "ultimatum":
        return None
    if when and when.end and when.end > (told.report.published or ""):
        return when.end
    return _deadline(told)


def _deadline(told: Told) -> str | None:
    """Return the end of an ultimatum of so many hours or days, counted from the day on which it was told to be given."""
    start = told.day or (first_day(told.report.published) if told.report.published and len(told.report.published) >= 10 else None)
    for figure in told.report.claim.figures:
        if start and figure.what == "duration" and figure.state == "read" and figure.best and figure.unit in _DAYS:
            return (start + timedelta(days=figure.best * _DAYS[figure.unit])).isoformat()
    return None


def _declarer(told: Sequence[Told]) -> Actor | None:
    """Return who is most told to have declared it; one with a name before "the government" or "troops", the first of equals."""
    named = [(one.owner, one.declarer) for one in told if one.owner and not (one.said.weak or one.said.refused)]
    if not named:
        return None
    times = Counter(owner.name for owner, _ in named)
    return max(named, key=lambda pair: (pair[0].known, pair[0].country is not None, times[pair[0].name]))[1]


def _party(group: Group) -> Actor | None:
    """Return whose it is, of the types that are somebody's: None where two sides have part in it, or nobody is said."""
    if group.rule.get("by") not in ("strict", "party"):
        return None
    owners = list(group.owners)
    known: list[Party] = [one for one in owners if one.known or one.country] or owners
    if not known or not all(same_side(known[0], one) for one in known):
        return None
    return _declarer(group.told)


def _held_by(told: Sequence[Told], names: Sequence[str]) -> tuple[str, ...]:
    """Return those whose last word is that it is in force; a breach that they tell of does not end it."""
    last: dict[str, bool] = {}
    for one, name in zip(told, names, strict=True):
        if not (one.said.weak or one.said.to_come or one.said.partial):
            last[name] = not one.said.refused and one.said.state not in ("lifted", "lapsed")
    return tuple(name for name, holds in last.items() if holds)


def _step(told: Told, holder: str) -> ConditionStep:
    claim, said = told.report.claim, told.said
    day = told.day or (told.shown if said.stands else None)
    return ConditionStep(
        state=said.state,
        day=day.isoformat() if day else None,
        holder=holder,
        claim_id=claim.id,
        published=told.report.published,
        status=claim.status,
        negated=claim.negated and said.refused,
        partial=said.partial,
    )
