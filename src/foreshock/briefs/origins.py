"""Which documents only carry what another has first-hand, and how many independent origins there are: facts on documents."""

from __future__ import annotations

from collections.abc import Sequence

from foreshock.briefs.brief import Fact
from foreshock.briefs.context import Context
from foreshock.briefs.quotes import safe
from foreshock.briefs.words import details
from foreshock.model import Grade, Link

# By the reason of a link.
REASONS = {
    "copy": "copy", "agency": "rewrite of an agency's report", "quote": "shared quotations", "translation": "translation",
    "citation": "citation", "holder": "same holder",
}  # fmt: skip
# Under this a document only cites: it does not carry the other's report.
CARRIES = 0.5


def origin_facts(context: Context) -> list[Fact]:
    """Return how many origins there are, which documents carry what others tell, and what several documents have of one."""
    return [*_counted(context), *_carried(context), *_shared(context)]


def _counted(context: Context) -> list[Fact]:
    reader, origins = context.reader, context.records.origins
    if not origins:
        return []
    documents = _known(context, [one for origin in origins for one in (*origin.documents, *origin.carriers)])
    said = reader.count("{n} document", "{n} documents", len(documents))
    count = reader.count("{n} independent origin", "{n} independent origins", len(origins))
    return [Fact(reader.say("{origins} behind {documents} with claims", origins=count, documents=said), documents)]


def _carried(context: Context) -> list[Fact]:
    """One row for each pair of carrier and source; where several links say it, the one of the highest score."""
    say = context.reader.say
    best: dict[tuple[str, str], Link] = {}
    for link in context.records.links:
        key = link.carrier, _name(context, link.source).casefold()
        if link.carrier in context.readings and (key not in best or best[key].score < link.score):
            best[key] = link
    rows = []
    for link in sorted(best.values(), key=lambda one: (-one.score, one.carrier, one.source)):
        carries = link.score >= CARRIES or link.reason == "copy"
        cells = (
            (say("Document"), _name(context, link.carrier)),
            (say("Carries"), _name(context, link.source)),
            (say("How"), say(REASONS[link.reason]) if carries else say("cites it only")),
            (say("Why"), safe(link.why)),
        )
        text = say(
            "{carrier} ← {source}: {how}; {why}", carrier=cells[0][1], source=cells[1][1], how=cells[2][1], why=cells[3][1]
        )
        rows.append(Fact(text, _known(context, [link.carrier, link.source]), group=say("Carried from elsewhere"), cells=cells))
    return rows


def _shared(context: Context) -> list[Fact]:
    """Origins that several outlets tell: each counts once, however many do."""
    say = context.reader.say
    rows = []
    for origin in context.records.origins:
        documents = _known(context, [*origin.documents, *origin.carriers])
        tellers = list(dict.fromkeys(_name(context, one) for one in documents))
        if len(tellers) < 2:
            continue
        cells = (
            (say("Origin"), safe(origin.name)),
            (say("Told by"), context.reader.join(tellers)),
            (say("Claims"), context.reader.number(len(origin.claim_ids))),
        )
        text = say("{origin}: told by {documents}", origin=cells[0][1], documents=cells[1][1])
        rows.append(Fact(text, documents, group=say("One origin in several outlets"), cells=cells))
    return sorted(rows, key=lambda row: -len(row.document_ids))


def grade_said(context: Context, source: str) -> str:
    """Return the grade of a source with its record; how thin that is, is said."""
    grade = next((one for one in context.records.grades if one.source == source), None)
    return context.reader.say("not graded") if grade is None else _grade(context, grade)


def _grade(context: Context, grade: Grade) -> str:
    reader = context.reader
    record = reader.say(
        "{up} borne out, {down} refuted, {back} taken back",
        up=reader.number(grade.confirmed),
        down=reader.number(grade.denied),
        back=reader.number(grade.walked_back),
    )
    parts = [reader.say("set by a person")] if grade.overridden_by else []
    parts += [reader.say("too thin a record")] if grade.thin else []
    return grade.reliability + details(reader, [*parts, record])


def _name(context: Context, end: str) -> str:
    reading = context.readings.get(end)
    return safe(reading.document.source if reading else end)


def _known(context: Context, ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in ids if one in context.readings))
