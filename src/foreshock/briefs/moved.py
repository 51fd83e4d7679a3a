"""Figures that moved: what a holder gives now against what he, or else the others, gave before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from foreshock.briefs.before import Before
from foreshock.briefs.brief import Line
from foreshock.briefs.context import Context
from foreshock.briefs.names import holder_name
from foreshock.briefs.numbers import amount, heading
from foreshock.briefs.quotes import safe
from foreshock.briefs.sorting import KEY_FIGURES, scope_of
from foreshock.briefs.words import Worded, details, tellers
from foreshock.model import Claim, Figure, Tally, TallyPoint

MOST_EARLIER = 3  # earlier numbers beside a new one
Told = tuple[Claim, Figure]


def moved_figures(context: Context, before: Before) -> Iterator[Line]:
    """Yield a line for each number that was given since and differs from what was given before of the same matter.

    It stands on the new claim and on the earlier ones, so both numbers lead to their words.
    """
    known = {**before.told, **{one.id: one for one in context.claims}}
    earlier = {_matter(one): one for one in before.tallies}
    tallies = sorted(before.now, key=lambda one: KEY_FIGURES.index(one.what) if one.what in KEY_FIGURES else len(KEY_FIGURES))
    for tally in tallies:
        then = earlier.get(_matter(tally))
        moves: dict[tuple[object, ...], list[Told]] = {}
        before_it: dict[tuple[object, ...], list[Told]] = {}
        for point in tally.points if then else ():
            olds = _before(point, then) if then and point.claim_id in before.new and _is_read(point) else []
            if not olds or any(_number(one) == _number(point) for one in olds):
                continue
            now, was = _told(known, [point]), _told(known, olds)
            if now and len(was) == len(olds):
                own = point.holder if olds[0].holder == point.holder else None
                key: tuple[object, ...] = (own, _number(point), *(one.claim_id for one in olds))
                moves.setdefault(key, []).extend(now)
                before_it[key] = was
        for move, some in moves.items():
            yield _line(context, tally, some, before_it[move], own=move[0] is not None)


def _before(point: TallyPoint, then: Tally) -> list[TallyPoint]:
    """Return the last number of the same holder before, or else the last ones of the others, each number once."""
    read = sorted(filter(_is_read, then.points), key=_moment)
    own = [one for one in read if one.holder == point.holder]
    if own:
        return own[-1:]
    latest: Mapping[object, TallyPoint] = {_number(one): one for one in {one.origin: one for one in read}.values()}
    return sorted(latest.values(), key=_moment)[-MOST_EARLIER:]


def _line(context: Context, tally: Tally, told: Sequence[Told], olds: Sequence[Told], *, own: bool) -> Line:
    reader = context.reader
    _, figure = told[0]
    claims = list({claim.id: claim for claim, _ in told}.values())
    frame, then = "{matter}: {now}, according to {holders}; before {then}.", reader.join(
        [amount(reader, one) + details(reader, [_holder(context, of)]) for of, one in olds]
    )  # fmt: skip
    if own:
        frame, then = "{matter}: {now}, according to {holders}, who gave {then} before.", amount(reader, olds[0][1])
    text = reader.say(
        frame,
        matter=heading(reader, figure, _scope(context, tally, [*told, *olds])),
        now=amount(reader, figure),
        holders=tellers(reader, claims),
        then=then,
    )
    every = list({claim.id: claim for claim in (*claims, *(of for of, _ in olds))}.values())
    return context.made(Worded(text, ()), every, group=reader.say("Figures that moved"))


def _scope(context: Context, tally: Tally, told: Sequence[Told]) -> str | None:
    """Return the place that numbers cover: the one that all their claims tell, or else that of the tally."""
    places = {scope_of(context.reader, claim, figure) for claim, figure in told}
    return places.pop() if len(places) == 1 else safe(tally.scope) if tally.scope else None


def _holder(context: Context, claim: Claim) -> str:
    return holder_name(context.reader, claim.holders[-1], claim)


def _told(known: Mapping[str, Claim], points: Sequence[TallyPoint]) -> list[Told]:
    """Return the claims and figures of points, of those that are known."""
    claims = [(known[one.claim_id], one) for one in points if one.claim_id in known]
    return [(claim, figure) for claim, one in claims if (figure := _figure(claim, one))]


def _figure(claim: Claim, point: TallyPoint) -> Figure | None:
    """Return the figure of a claim that a point of a tally is."""
    return next((one for one in claim.figures if (one.start, one.end) == point.span and one.state == "read"), None)


def _matter(tally: Tally) -> tuple[object, ...]:
    return tally.what, tally.of, tally.unit, tally.counting, tally.scope


def _number(point: TallyPoint) -> tuple[object, ...]:
    return point.low, point.best, point.high


def _is_read(point: TallyPoint) -> bool:
    return point.state == "read" and any(one is not None for one in (point.low, point.best, point.high))


def _moment(point: TallyPoint) -> tuple[str, str]:
    return point.as_of or point.published or "", point.published or ""
