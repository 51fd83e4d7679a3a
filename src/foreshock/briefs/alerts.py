"""Alerts in words: a title that names nobody for anything, and sentences that compile by the rules of a brief.

A line stands on claims, or on estimates; a fact on documents. Where a sentence breaks a rule of the compiler none is told: the
alert then says so and leads to its claims, so that nothing is lost over its wording.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from foreshock.briefs.alike import affirms, confirmed_lines, line_of, told_alike
from foreshock.briefs.brief import Brief, Fact, Header, Line, Section, SectionId
from foreshock.briefs.compile import compile_brief
from foreshock.briefs.conditions import condition_lines
from foreshock.briefs.contested import contested_lines
from foreshock.briefs.context import Context
from foreshock.briefs.locale import Reader
from foreshock.briefs.names import place_name, time_of
from foreshock.briefs.notes import NOTICE
from foreshock.briefs.numbers import counted, heading, matter
from foreshock.briefs.quotes import safe
from foreshock.briefs.scenarios import HOW_LIKELY, scenario_facts
from foreshock.briefs.sorting import scope_of
from foreshock.briefs.tables import phrase_of, standing_of, table
from foreshock.briefs.words import details, phrase
from foreshock.errors import BriefError
from foreshock.model import AlertLine, Claim, Condition, Dispute, Estimate, Figure, Tally

MOST_LINES = 8
MOST_REASONS = 4
CHANGES: dict[str, str] = {
    "declared": "declared or in effect",
    "extended": "extended",
    "breached": "breached",
    "lifted": "lifted",
    "lapsed": "past its stated end or lapsed",
}


@dataclass(frozen=True, slots=True)
class Told:
    """An alert in words."""

    title: str
    lines: tuple[AlertLine, ...]


def incident_told(context: Context, *, new: bool = True) -> Told:
    """Return what a context's claims, all of one incident, tell: what is confirmed first, then who tells what."""
    reader, claims = context.reader, context.claims
    confirmed = confirmed_lines(context, claims)
    taken = {one for line in confirmed for one in line.claim_ids}
    rest = [claim for claim in claims if claim.id not in taken]
    lines = [*confirmed, *(line_of(context, some) for some in told_alike(context, rest))]
    what = _named(reader, _head(claims))
    title = reader.say("New incident: {what}", what=what) if new else reader.say("New report: {what}", what=what)
    return _compiled(context, title, "reported", lines)


def dispute_told(context: Context, dispute: Dispute) -> Told:
    """Return the positions of a dispute, one line a holder; a settled one opens with the note that settled it."""
    lines = contested_lines(context)
    question = next((line.group for line in lines if line.group), "")
    settled = dispute.state == "settled"
    say = context.reader.say
    title = say("Settled: {question}", question=question) if settled else say("Disputed: {question}", question=question)
    return _compiled(context, title, "contested", lines)


def condition_told(context: Context, condition: Condition, change: str) -> Told:
    """Return how a condition stands: declared by whom, told by whom, until when, and when last claimed."""
    reader = context.reader
    name = table("conditions.yaml")["types"].get(condition.type, {"name": condition.type.capitalize()})["name"]
    where = [place_name(reader, condition.place, "")] if condition.place else []
    title = reader.say(
        "{type}{tail}: {change}", type=reader.say(name), tail=details(reader, where), change=reader.say(CHANGES[change])
    )
    return _compiled(context, title, "conditions", condition_lines(context))


def tally_told(
    context: Context, tally: Tally, figures: Mapping[str, Figure], *, over: float | None, by: float | None, first: bool
) -> Told:
    """Return who gives the number of a tally that passed a threshold.

    Args:
        context: with the claims that give it.
        tally: that they belong to.
        figures: claim id -> the figure that it gives.
        over, by: the threshold.
        first: no number of the tally was given before.
    """
    reader = context.reader
    lines = []
    for claim in context.claims:
        figure = figures[claim.id]
        group = heading(reader, figure, scope_of(reader, claim, figure))
        lines.append(context.line([claim], content=counted(reader, figure), group=group, figure=figure))
    told = figures[context.claims[0].id]
    what = matter(reader, told, safe(tally.scope) if tally.scope else scope_of(reader, context.claims[0], told))
    number = reader.number(over if over is not None else by or 0)
    if over is not None:
        title = reader.say("A number of {n} or more is given: {matter}", n=number, matter=what)
    elif first:
        title = reader.say("A first number of {n} or more is given: {matter}", n=number, matter=what)
    else:
        title = reader.say("A number moved by {n} or more: {matter}", n=number, matter=what)
    return _compiled(context, title, "figures", lines)


def estimate_told(context: Context, estimate: Estimate, before: Estimate | None, *, over: str | None) -> Told:
    """Return how likely a scenario is now, what moved it, what could not be seen, and how likely it was when last told of.

    Args:
        context: its records hold what was weighed: this estimate, and the one before where there is one.
        estimate: that passed the threshold.
        before: the one that was told of last.
        over: the level that was passed, as per cent; None where it moved from one word to another.
    """
    reader, weighed = context.reader, context.records.weighed
    if weighed is None:  # nothing was weighed, so there is no such alert
        raise ValueError("an estimate is told with what was weighed")
    now = scenario_facts(context, replace(weighed, estimates=(estimate,), reasons=(), changes=()))
    moved = [fact for fact in now if fact.group == reader.say("What moved it")][:MOST_REASONS]
    hidden = [fact for fact in now if fact.group == reader.say("What could not be seen")][:MOST_REASONS]
    lines: list[Line | Fact] = [*(fact for fact in now if fact.group == reader.say(HOW_LIKELY)), *moved, *hidden]
    if before is not None:
        earlier = scenario_facts(context, replace(weighed, estimates=(before,), reasons=(), changes=(), hidden=()))
        text = next(fact.text for fact in earlier if fact.group == reader.say(HOW_LIKELY))
        said = reader.say("When last told of ({date}): {text}", date=reader.date(before.as_of), text=text)
        lines.append(Fact(said, (), None, (), (before.id,)))
    short = reader.say(weighed.shorts[estimate.scenario])
    where = reader.country(estimate.country) or estimate.country
    if over is not None:
        title = reader.say("{scenario}, {country}: {p} or more", scenario=short, country=where, p=over)
    else:
        word = reader.say(weighed.words[estimate.id])
        title = reader.say("{scenario}, {country}: now {word}", scenario=short, country=where, word=word)
    return _compiled(context, title[:1].upper() + title[1:], "scenarios", lines)


def silence_told(context: Context, source: str | None, *, hours: float, since: str, document_ids: Sequence[str]) -> Told:
    """Return that nothing came from a source, or from any, for so many hours; ``since`` is when the last came, in words."""
    reader = context.reader
    name = safe(source) if source else reader.say("any source")
    title = reader.say("Nothing from {source} for {n} hours", source=name, n=reader.number(hours))
    text = reader.say(
        "The last text of {source} was taken in at {moment}. Reports are missing; that is not calm.", source=name, moment=since
    )
    return Told(title, (AlertLine(text, document_ids=tuple(document_ids)),))


def edit_told(
    context: Context, source: str, title: str | None, *, dropped: Sequence[Claim], counts: tuple[int, int, int], document_id: str
) -> Told:
    """Return what an edit did to the claims of a document.

    Args:
        context: with the claims that were changed, or are now retracted, as they stand now.
        source, title: of the document.
        dropped: claims that stood there and do no more; they are named by kind and place only.
        counts: how many were added, changed, dropped.
        document_id: of the document.
    """
    reader = context.reader
    added, changed, gone = (reader.number(one) for one in counts)
    text = reader.say(
        "{source} changed “{title}” after publication; claims added: {added}, changed: {changed}, dropped: {dropped}.",
        source=safe(source), title=safe(title or reader.say("untitled")), added=added, changed=changed, dropped=gone,
    )  # fmt: skip
    ids = tuple(claim.id for claim in (*context.claims, *dropped))
    lines = [AlertLine(text, ids, document_ids=(document_id,))]
    for claim in dropped[:MOST_LINES]:
        said = reader.say("It no longer says: {what}.", what=_named(reader, claim))
        lines.append(AlertLine(said, (claim.id,), document_ids=(document_id,)))
    heading_ = reader.say("Changed after publication: {source}", source=safe(source))
    now = _compiled(context, heading_, "reported", [line_of(context, some) for some in told_alike(context, context.claims)])
    return Told(heading_, (*lines, *now.lines))


def _compiled(context: Context, title: str, section: SectionId, lines: Sequence[Line | Fact]) -> Told:
    """Return lines as an alert has them, once they compile."""
    reader, records = context.reader, context.records
    notice = reader.say(NOTICE)
    brief = Brief(reader.language, Header(title, None, "", "", notice, ()), (Section(section, "", tuple(lines)),))
    try:
        compile_brief(
            brief, context.claims, list(context.readings.values()), incidents=records.incidents, disputes=records.disputes,
            conditions=records.conditions, weighed=records.weighed,
        )  # fmt: skip
    except BriefError:
        said = reader.say("What is told of it is not put into words, since a sentence would say more than its claims bear.")
        ids = [one.id for one in context.claims]
        estimates = [one for line in lines if isinstance(line, Fact) for one in line.estimate_ids]
        return Told(title, (AlertLine(said, tuple(ids), tuple(dict.fromkeys(estimates))),))
    made = _once([_line(one) for one in lines])
    if len(made) > MOST_LINES:
        rest = made[MOST_LINES - 1 :]
        ids = list(dict.fromkeys(one for line in rest for one in line.claim_ids))
        more = reader.say("Sentences on it that are not given here: {n}.", n=reader.number(len(rest)))
        made = [*made[: MOST_LINES - 1], AlertLine(more, tuple(ids))]
    return Told(title, tuple(made))


def _once(lines: Sequence[AlertLine]) -> list[AlertLine]:
    """Return lines of one wording as one line on all that they stand on."""
    found: dict[str, AlertLine] = {}
    for one in lines:
        before = found.get(one.text, AlertLine(one.text))
        found[one.text] = AlertLine(
            one.text,
            _both(before.claim_ids, one.claim_ids),
            _both(before.estimate_ids, one.estimate_ids),
            _both(before.document_ids, one.document_ids),
        )
    return list(found.values())


def _both(some: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*some, *others)))


def _line(one: Line | Fact) -> AlertLine:
    if isinstance(one, Line):
        return AlertLine(one.text, one.claim_ids)
    return AlertLine(one.text, (), one.estimate_ids, one.document_ids)


def _head(claims: Sequence[Claim]) -> Claim:
    """Return the claim that a title is made of: one that affirms, with most of place and time; a town before a country."""

    def told(one: Claim) -> tuple[bool, bool, bool, bool]:
        near = one.place is not None and one.place.precision not in (None, "country")
        return affirms(one), near, one.place is not None, one.when is not None

    return max(claims, key=told)


def _named(reader: Reader, claim: Claim) -> str:
    """Return what a claim is about, without anybody who did or suffered it; what nobody affirms is called by its standing."""
    parts = [place_name(reader, claim.place, claim.language)] if claim.place else []
    parts += [time_of(reader, claim.when)] if claim.when and claim.when.start else []
    standing = [] if affirms(claim) else [reader.say(table("standing.yaml")[standing_of(claim)]["label"])]
    said = reader.say(phrase_of(claim).label) if phrase_of(claim).quote_only else phrase(reader, claim)
    return said[:1].upper() + said[1:] + details(reader, [*parts, *standing])
