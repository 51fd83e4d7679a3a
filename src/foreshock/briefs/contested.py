"""What cannot both hold: each position of a dispute with the claims that take it, side by side under its question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from foreshock.briefs.alike import CONFIRMED, affirms, why_confirmed
from foreshock.briefs.brief import Fact, Line
from foreshock.briefs.context import Context
from foreshock.briefs.locale import Reader
from foreshock.briefs.names import actor_name, place_name, time_of
from foreshock.briefs.numbers import counted, matter
from foreshock.briefs.quotes import safe
from foreshock.briefs.sorting import merged, scope_of
from foreshock.briefs.tables import phrase_of, table
from foreshock.briefs.words import details, phrase
from foreshock.model import Claim, Dispute, Figure, Position

QUESTIONS = {
    "standing": "Did it happen: {act}?",
    "figure": "How many: {act}?",
    "actor": "Who is behind it: {act}?",
    "place": "Where was it: {act}?",
    "time": "When was it: {act}?",
}
SAYING = "Is it so, what {holder} rejects?"
# The position that it happened (incidents/disputes/disputes.yaml).
HELD = "it is so"
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
Key = tuple[str, str]  # of a claim and the label of its position


def contested_lines(context: Context) -> list[Line | Fact]:
    """Return the lines of all disputes, open ones first; a settled one opens with the note that settled it."""
    known = {claim.id: claim for claim in context.claims}
    found: list[Line | Fact] = []
    for dispute in sorted(context.records.disputes, key=lambda one: one.state == "settled"):
        sides = [(side, [known[one] for one in side.claim_ids if one in known]) for side in dispute.positions]
        found += _dispute(context, dispute, [(side, claims) for side, claims in sides if claims])
    return found


def question_of(context: Context, dispute: Dispute) -> tuple[str, list[Claim]] | None:
    """Return the question of a dispute and the claims that take its positions; None where the brief has none of them."""
    known = {claim.id: claim for claim in context.claims}
    sides = [(side, [known[one] for one in side.claim_ids if one in known]) for side in dispute.positions]
    told = [(side, claims) for side, claims in sides if claims]
    if not told:
        return None
    figures = _figures_of(told) if dispute.matter == "figure" else {}
    claims = {claim.id: claim for _, some in told for claim in some}
    return _question(context.reader, dispute, told, figures), list(claims.values())


def _dispute(context: Context, dispute: Dispute, sides: Sequence[tuple[Position, list[Claim]]]) -> list[Line | Fact]:
    if not sides:
        return []
    figures = _figures_of(sides) if dispute.matter == "figure" else {}
    group = _question(context.reader, dispute, sides, figures)
    lines: list[Line | Fact] = []
    if dispute.state == "settled":
        text = context.reader.say("Settled by a person: {note}", note=safe(dispute.note or ""))
        lines.append(Fact(text, tuple(dict.fromkeys(claim.document_id for _, claims in sides for claim in claims)), group))
    for side, claims in sides:
        lines += _side(context, dispute, side, claims, group, figures)
    return lines


def _side(
    context: Context, dispute: Dispute, side: Position, claims: list[Claim], group: str, figures: Mapping[Key, Figure]
) -> list[Line]:
    reader = context.reader
    position = _position(context, dispute, side, claims, figures)
    lines = []
    for same in merged(reader, claims):
        figure = figures.get((same[0].id, side.label))
        content = counted(reader, figure) if figure else None
        lines.append(
            context.line(same, content=content, group=group, figure=figure, record=dispute.id, position=position)
        )  # fmt: skip
    return lines


def _position(context: Context, dispute: Dispute, side: Position, claims: Sequence[Claim], figures: Mapping[Key, Figure]) -> str:
    """Return the name of a position with its origins; that it happened may be confirmed though a party denies it."""
    reader = context.reader
    figure = next((figures[one.id, side.label] for one in claims if (one.id, side.label) in figures), None)
    name = counted(reader, replace(figure, of=None)) if figure else _label(reader, side.label, claims)
    parts = [name, reader.count("{n} origin", "{n} origins", len(side.origins))]
    incident = context.records.incident_of.get(claims[0].id)
    if dispute.matter == "standing" and side.label == HELD and incident is not None and len(side.origins) > 1:
        whole = {claim.id for claim in claims} <= set(incident.claim_ids)
        if whole and incident.credibility == CONFIRMED and all(affirms(claim) for claim in claims):
            parts.append(reader.say(why_confirmed(incident)))
    return reader.say(" · ").join(parts)


def _question(
    reader: Reader, dispute: Dispute, sides: Sequence[tuple[Position, list[Claim]]], figures: Mapping[Key, Figure]
) -> str:
    claims = [claim for _, some in sides for claim in some]
    asked = max(claims, key=_told)
    if figures:
        counting, label = next((claim, side.label) for side, some in sides for claim in some if (claim.id, side.label) in figures)
        figure = figures[counting.id, label]
        return reader.say(QUESTIONS["figure"], act=matter(reader, figure, scope_of(reader, counting, figure)))
    if dispute.matter == "standing" and phrase_of(asked).quote_only:
        rejecting = next((claim for claim in claims if claim.status == "denied"), claims[0])
        return reader.say(SAYING, holder=safe(rejecting.holders[-1].name))
    # Whoever is named as doer of violence needs the holder beside the name: a question has none.
    doer = dispute.matter != "actor" and asked.kind not in table("wording.yaml")["violent"]
    where = [place_name(reader, asked.place, asked.language)] if asked.place and dispute.matter != "place" else []
    when = [time_of(reader, asked.when)] if asked.when and asked.when.start and dispute.matter != "time" else []
    act = phrase(reader, asked, actor=doer) + details(reader, [*where, *when])
    return reader.say(QUESTIONS[dispute.matter], act=act)


def _told(claim: Claim) -> tuple[int, bool]:
    """Return how much a claim says of who, where and when; of equals one that holds it goes first."""
    known = sum(one is not None for one in (claim.actor, claim.place, claim.when))
    return known, claim.status not in ("denied", "retracted") and not claim.negated


def _figures_of(sides: Sequence[tuple[Position, list[Claim]]]) -> dict[Key, Figure]:
    """Return for each claim the figure that its position is about: of what most of the positions count."""
    fitting = {
        (claim.id, side.label): [figure for figure in claim.figures if figure.state == "read" and _is_named(figure, side.label)]
        for side, claims in sides
        for claim in claims
    }
    counts = Counter(what for figures in fitting.values() for what in {figure.what for figure in figures})
    if not counts:
        return {}
    what = counts.most_common(1)[0][0]
    chosen = {key: next((one for one in figures if one.what == what), None) for key, figures in fitting.items()}
    return {key: figure for key, figure in chosen.items() if figure is not None}


def _is_named(figure: Figure, label: str) -> bool:
    """Whether a figure is that of a position: by its number, or by a bound without one ("dozens")."""
    said = {f"{value:g}" for value in (figure.low, figure.best, figure.high) if value is not None}
    named = set(re.findall(r"\d+(?:\.\d+)?(?:e[+-]\d+)?", label))
    return bool(said & named) if named else figure.bound is not None and figure.bound.replace("_", " ") in label


def _label(reader: Reader, label: str, claims: Sequence[Claim]) -> str:
    """Return the name of a position as the reader sees it: a side, a day, an actor, a place, else as it was told."""
    if _DAY.fullmatch(label):
        return reader.date(label)
    for claim in claims:
        if claim.actor and claim.actor.name == label:
            return actor_name(reader, claim.actor, claim)
        if claim.place and claim.place.name == label:
            return place_name(reader, claim.place, claim.language)
    return reader.say(safe(label))


def told_dispute(reader: Reader, dispute: Dispute, known: Mapping[str, Claim]) -> tuple[str, tuple[str, ...]]:
    """Return the question of a dispute and the name of each of its positions, in order, as a brief tells them.

    Args:
        reader: the reader's language.
        dispute: whose claims are all known.
        known: claims by id.
    """
    sides = [(side, [known[one] for one in side.claim_ids]) for side in dispute.positions]
    figures = _figures_of(sides) if dispute.matter == "figure" else {}
    names = []
    for side, claims in sides:
        figure = next((figures[one.id, side.label] for one in claims if (one.id, side.label) in figures), None)
        names.append(counted(reader, replace(figure, of=None)) if figure else _label(reader, side.label, claims))
    return _question(reader, dispute, sides, figures), tuple(names)
