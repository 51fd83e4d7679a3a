"""Lines of incidents: what several holders tell alike is one line on all their claims; what is confirmed says why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from foreshock.briefs.brief import Line
from foreshock.briefs.context import Context
from foreshock.briefs.locale import Reader
from foreshock.briefs.names import place_name, time_of
from foreshock.briefs.numbers import counted
from foreshock.briefs.sorting import KEY_FIGURES, merged
from foreshock.briefs.tables import phrase_of
from foreshock.briefs.words import details, phrase, together
from foreshock.model import Claim, Incident

CONFIRMED = 1
# Why an incident is of the highest grade, as its record begins to say it; a person's own reason is in no table.
WHYS = {
    "confirmed by two origins of which one is no party to it": "Confirmed by two origins of which one is no party to it",
    "confirmed by an admission against interest": "Confirmed by an admission against interest",
    "a person confirmed it": "Confirmed by a person",
}
GRADED = "Graded as confirmed by a person"


def affirms(claim: Claim) -> bool:
    """Whether the holder says, for his own part, that it happened: no order, allegation, rumour or attempt in vain."""
    return claim.status == "asserted" and not claim.negated and claim.phase != "foiled"


def confirmed_claims(incident: Incident, claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims that a line on a confirmed incident stands on: those that affirm its kind, and its mode if enough do.

    None where the incident is not of the highest grade, where kind and mode say nothing of what happened, or where these claims
    have one origin and it was others that made the grade.
    """
    own = [one for one in claims if one.kind == incident.kind and affirms(one) and all(f.state == "read" for f in one.figures)]
    if incident.credibility != CONFIRMED or not own or phrase_of(own[0]).quote_only:
        return []
    for some in ([one for one in own if one.mode == incident.mode], own):
        ids = {claim.id for claim in some}
        origins = [origin for origin in incident.origins if ids & set(origin.claim_ids)]
        if len(origins) > 1 or ids == set(incident.claim_ids):
            return some
    return []


def confirmed_lines(context: Context, claims: Sequence[Claim]) -> list[Line]:
    """Return one line for each confirmed incident that claims tell of, by the reason of its grade, in the order of the claims."""
    own = [(incident, confirmed_claims(incident, some)) for incident, some in _by_incident(context, claims)]
    lines = [line for incident, some in own if some and (line := _confirmed(context, incident, some))]
    order = [context.reader.say(why) for why in (*WHYS.values(), GRADED)]
    return sorted(lines, key=lambda line: order.index(line.group or ""))


def _by_incident(context: Context, claims: Iterable[Claim]) -> list[tuple[Incident, list[Claim]]]:
    found: dict[str, tuple[Incident, list[Claim]]] = {}
    for claim in claims:
        incident = context.records.incident_of.get(claim.id)
        if incident is not None:
            found.setdefault(incident.id, (incident, []))[1].append(claim)
    return list(found.values())


def _confirmed(context: Context, incident: Incident, claims: Sequence[Claim]) -> Line | None:
    """Return the line of a confirmed incident; None where nothing tells which one it is: no words, place, time or number."""
    reader = context.reader
    head = head_of(reader, claims)
    foreign = head.language != reader.language
    tail = [*common(reader, claims), *(_shared_figures(reader, claims) if foreign else ())]
    if foreign and not tail:
        return None
    called = head if len({claim.mode for claim in claims}) == 1 else replace(head, mode=None)
    worded = together(
        reader,
        "{content}{tail}: told by {holders}{words}",
        head,
        claims,
        content=phrase(reader, called, recipient=foreign),
        tail=details(reader, tail),
    )
    group = reader.say(why_confirmed(incident))
    return context.made(worded, _headed(head, claims), group=group, record=incident.id, why=incident.why)


def why_confirmed(incident: Incident) -> str:
    """Return the message that says why an incident of the highest grade is confirmed."""
    return WHYS.get(incident.why.partition(":")[0], GRADED)


def _headed(head: Claim, claims: Sequence[Claim]) -> list[Claim]:
    return [head, *(claim for claim in claims if claim.id != head.id)]


def _shared_figures(reader: Reader, claims: Sequence[Claim]) -> list[str]:
    """Return the key figures in words, where all claims give the same."""
    if len({_figures(claim) for claim in claims}) != 1:
        return []
    return [counted(reader, one) for one in claims[0].figures if one.what in KEY_FIGURES]


def told_alike(context: Context, claims: Sequence[Claim]) -> list[list[Claim]]:
    """Group claims that say the same: of one holder, or of several holders within one incident."""
    groups: list[list[Claim]] = []
    open_in: dict[str, list[list[Claim]]] = {}
    for same in merged(context.reader, claims):
        incident = context.records.incident_of.get(same[0].id)
        if incident is None or not _comparable(same[0]):
            groups.append(same)
            continue
        beside = open_in.setdefault(incident.id, [])
        found = next((group for group in beside if all(_alike(one, same[0]) for one in group)), None)
        if found is None:
            beside.append(same)
            groups.append(same)
        else:
            found.extend(same)
    return groups


def line_of(context: Context, claims: Sequence[Claim], *, group: str | None = None) -> Line:
    """Return the line of claims that say the same: in the words of their holder, or of all that tell it alike."""
    reader = context.reader
    record = context.records.incident_of.get(claims[0].id)
    key = record.id if record else None
    if len(merged(reader, claims)) == 1:
        return context.line(claims, group=group, record=key)
    head = head_of(reader, claims)
    foreign = head.language != reader.language
    actors = {claim.actor.name if claim.actor else None for claim in claims}
    worded = together(
        reader,
        "According to {holders}: {content}{tail}{words}",
        head,
        claims,
        content=phrase(reader, head, actor=foreign and len(actors) == 1, recipient=foreign),
        tail=details(reader, [*common(reader, claims), *(_shared_figures(reader, claims) if foreign else ())]),
    )
    return context.made(worded, _headed(head, claims), group=group, record=key)


def head_of(reader: Reader, claims: Sequence[Claim]) -> Claim:
    """Return the claim whose words speak for others: one that the reader reads, with most of who, where and when; the first."""

    def told(claim: Claim) -> tuple[bool, bool, int]:
        known = (claim.place, claim.when, claim.actor, claim.recipient)
        return claim.language == reader.language, not claim.damage, sum(one is not None for one in known)

    return max(claims, key=told)


def common(reader: Reader, claims: Sequence[Claim]) -> list[str]:
    """Return the place and the time that claims agree on, as far as they name one."""
    places = {claim.place.name: place_name(reader, claim.place, claim.language) for claim in claims if claim.place}
    times = {(claim.when.start, claim.when.end): time_of(reader, claim.when) for claim in claims if claim.when}
    known = [one for key, one in times.items() if any(key)]
    return [*(places.values() if len(places) == 1 else ()), *(known if len(known) == 1 else ())]


def _comparable(claim: Claim) -> bool:
    """Whether kind, mode and figures say enough of what happened for two holders to have said the same."""
    if not affirms(claim) or phrase_of(claim).quote_only or any(one.state != "read" for one in claim.figures):
        return False
    return claim.mode is not None or bool(_figures(claim))


def _alike(one: Claim, other: Claim) -> bool:
    """Whether two claims of an incident say the same; who did it is never merged away, nor two names in one language."""
    if one.language == other.language and one.recipient and other.recipient and one.recipient.name != other.recipient.name:
        return False
    return _act(one) == _act(other)


def _act(claim: Claim) -> tuple[object, ...]:
    actor = claim.actor.name if claim.actor else None
    return claim.kind, claim.mode, claim.status, claim.certainty, claim.phase, actor, _figures(claim)


def _figures(claim: Claim) -> tuple[object, ...]:
    return tuple((one.what, one.low, one.best, one.high, one.bound) for one in claim.figures if one.what in KEY_FIGURES)
