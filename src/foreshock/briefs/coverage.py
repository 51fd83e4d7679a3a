"""What a brief says of its own reading: coverage, gaps, sources. Facts about documents, never about the world."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from foreshock.briefs.brief import Fact
from foreshock.briefs.context import Context, ids_of
from foreshock.briefs.depths import DEPTHS, depth_of
from foreshock.briefs.names import place_name
from foreshock.briefs.origins import grade_said
from foreshock.briefs.quotes import safe
from foreshock.briefs.tables import table
from foreshock.dates import first_day, last_day
from foreshock.model import Claim, Damage, Place, Reading

DAMAGE_NAMES = {
    "lost_number": "number lost", "suspect_number": "number in doubt", "unit_mismatch": "unit does not fit",
    "doubled_punctuation": "doubled punctuation", "glued_name": "names run together", "mojibake": "characters garbled",
    "translated_name": "name translated as a word", "fragment": "part of the sentence lost",
    "polarity_suspect": "may mean the opposite",
}  # fmt: skip
AREAS = 20  # places that are named; of more the number is told


def depths(context: Context) -> dict[str, str]:
    """Return document id -> how deep its coder read, where it has claims."""
    return {claim.document_id: depth_of(claim.coder) for claim in context.claims}


def coverage(context: Context) -> tuple[Fact, ...]:
    """Return how much was read: documents by language, outlet and depth, their span of dates, and claims."""
    reader, readings = context.reader, list(context.readings.values())
    if not readings:
        return ()
    outlets = Counter(safe(reading.document.source) for reading in readings)
    lines = [
        (_documents(context, len(readings)), _by(readings, lambda one: reader.tongue(one.document.language))),
        (reader.count("{n} outlet", "{n} outlets", len(outlets)), outlets),
    ]
    facts = [
        Fact(_counts(context, head, counts), ids_of(readings), group=head, cells=_cells(context, counts))
        for head, counts in lines
    ]
    deep = depths(context)
    for depth, name in DEPTHS.items():
        some = [reading for reading in readings if deep.get(reading.document.id, reading.depth) == depth]
        if some:
            facts.append(Fact(reader.headed(_documents(context, len(some)), reader.say(name)), ids_of(some)))
    return (*facts, *_dates(context, readings), *_claims(context))


def gaps(context: Context) -> list[Fact]:
    """Return what the reading lacks: shallow languages, silent documents, damage, claims without date or place."""
    reader, readings = context.reader, list(context.readings.values())
    languages = defaultdict(list)
    told = {claim.document_id for claim in context.claims}
    for reading in readings:
        if reading.depth == "surface" and reading.document.id not in told:
            languages[reading.document.language].append(reading)
    head = reader.say("Languages")
    facts = [
        Fact(
            reader.count(
                "{language}: read on the surface only, no claims are coded ({n} document)",
                "{language}: read on the surface only, no claims are coded ({n} documents)",
                len(some),
                language=reader.tongue(code),
            ),
            ids_of(some),
            group=head,
        )
        for code, some in sorted(languages.items())
    ]
    return [
        *facts,
        *_mentioned(context),
        *_silent(context),
        *_unconfirmed(context),
        *_areas(context),
        *_damaged(context),
        *_unsaid(context),
    ]


def sources(context: Context) -> list[Fact]:
    """Return one row a document: outlet, title, date, language, depth, grade, custody and marks of machine translation."""
    say, deep = context.reader.say, depths(context)
    rows = []
    for reading in sorted(context.readings.values(), key=lambda one: (one.document.published or "9999", one.document.source)):
        document = reading.document
        cells = (
            (say("Outlet"), safe(document.source)),
            (say("Title"), safe(document.title or say("untitled"))),
            (say("Published"), context.reader.date(document.published) if document.published else say("undated")),
            (say("Language"), context.reader.tongue(document.language)),
            (say("Depth"), say(DEPTHS[deep.get(document.id, reading.depth)])),
            (say("Grade"), grade_said(context, document.source)),
            (say("Custody (SHA-256)"), document.custody.sha256[:12]),
            (say("Machine translation"), ", ".join(safe(one) for one in document.translated) or say("no mark found")),
        )
        rows.append(Fact(" · ".join(value for _, value in cells), (document.id,), cells=cells))
    return rows


def _documents(context: Context, number: int) -> str:
    return context.reader.count("{n} document", "{n} documents", number)


def _by(readings: Iterable[Reading], key: Callable[[Reading], str]) -> Counter[str]:
    return Counter(key(reading) for reading in readings)


def _cells(context: Context, counts: Counter[str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, context.reader.number(number)) for name, number in counts.most_common())


def _counts(context: Context, head: str, counts: Counter[str]) -> str:
    return context.reader.headed(head, ", ".join(f"{name} {number}" for name, number in _cells(context, counts)))


def _dates(context: Context, readings: Sequence[Reading]) -> list[Fact]:
    reader = context.reader
    dated = [(reading, reading.document.published) for reading in readings if reading.document.published]
    facts = []
    if dated:
        first = min((day for _, day in dated), key=first_day)
        last = max((day for _, day in dated), key=last_day)
        text = reader.say("Published {span}", span=reader.span(first[:10], last[:10]))
        facts.append(Fact(text, ids_of(reading for reading, _ in dated)))
    undated = [reading for reading in readings if not reading.document.published]
    if undated:
        text = reader.count("{n} document bears no date", "{n} documents bear no date", len(undated))
        facts.append(Fact(text, ids_of(undated)))
    return facts


def _claims(context: Context) -> list[Fact]:
    told = tuple(dict.fromkeys(claim.document_id for claim in context.claims))
    if not told:
        return []
    claims = context.reader.count("{n} claim", "{n} claims", len(context.claims))
    return [Fact(context.reader.say("{claims} in {documents}", claims=claims, documents=_documents(context, len(told))), told)]


def _mentioned(context: Context) -> list[Fact]:
    """What surface reading is sure of in a document: the places it names, how many dates and numbers; not what happened there."""
    reader, facts = context.reader, []
    for reading in context.readings.values():
        kinds = Counter(type(one.content).__name__ for one in reading.mentions)
        places = dict.fromkeys(safe(one.content.name) for one in reading.mentions if isinstance(one.content, Place))
        if not kinds:
            continue
        parts = [reader.say("places named: {places}", places=", ".join(places))] if places else []
        parts += [reader.count("{n} date", "{n} dates", kinds["When"])] if kinds["When"] else []
        parts += [reader.count("{n} number", "{n} numbers", kinds["Figure"])] if kinds["Figure"] else []
        text = reader.say("{source}: {mentions}", source=safe(reading.document.source), mentions=reader.say("; ").join(parts))
        facts.append(Fact(text, (reading.document.id,), group=reader.say("Seen on the surface")))
    return facts


def _silent(context: Context) -> list[Fact]:
    """Documents without a claim, with the reason; those of surface languages are named under languages."""
    say = context.reader.say
    told = {claim.document_id for claim in context.claims}
    facts = []
    for reading in context.readings.values():
        document = reading.document
        if document.id in told or reading.depth == "surface":
            continue
        why = "no clause was recognised as a claim" if document.text.strip() else "the text is empty"
        values = {"source": safe(document.source), "title": safe(document.title or say("untitled")), "why": say(why)}
        facts.append(Fact(say("{source}, “{title}”: no claim, {why}", **values), (document.id,), group=say("Without claims")))
    return facts


def _damaged(context: Context) -> list[Fact]:
    found = []
    for reading in context.readings.values():
        every = [*reading.document.damage, *(one for sentence in reading.sentences for one in sentence.damage)]
        every += [one for claim in context.claims if claim.document_id == reading.document.id for one in claim.damage]
        unique = {(one.start, one.end, one.kind): one for one in every}
        found += [_damage(context, reading, one) for _, one in sorted(unique.items(), key=lambda row: row[0])]
    return found


def _damage(context: Context, reading: Reading, one: Damage) -> Fact:
    say = context.reader.say
    proposal = say("proposed: {proposal}", proposal=safe(one.proposal)) if one.proposal else say("no repair is proposed")
    cells = (
        (say("Outlet"), safe(reading.document.source)),
        (say("Damage"), say(DAMAGE_NAMES[one.kind])),
        (say("As it stands"), safe(one.raw)),
        (say("Proposal"), safe(one.proposal) if one.proposal else say("none")),
        (say("Why"), safe(say(one.why))),
    )
    text = say("{source}: {kind}, “{raw}”; {proposal}; {why}", source=cells[0][1], kind=cells[1][1], raw=cells[2][1],
               proposal=proposal, why=cells[4][1])  # fmt: skip
    return Fact(text, (reading.document.id,), group=say("Damaged text"), cells=cells)


def _unconfirmed(context: Context) -> list[Fact]:
    """How much of what is told of violence, harm and force has one origin only."""
    reader, violent = context.reader, set(table("wording.yaml")["violent"])
    known = {claim.id: claim.document_id for claim in context.claims}
    alone = [one for one in context.records.incidents if one.kind in violent and len(one.origins) == 1]
    documents = tuple(dict.fromkeys(known[claim] for one in alone for claim in one.claim_ids if claim in known))
    if not documents:
        return []
    text = reader.count(
        "{n} incident of violence, force or coercion has one origin only",
        "{n} incidents of violence, force or coercion have one origin only",
        len(alone),
    )
    return [Fact(text, documents, group=reader.say("Missing confirmations"))]


def _areas(context: Context) -> list[Fact]:
    """Places that one outlet alone tells of: what happens there is seen through one pair of eyes."""
    reader = context.reader
    told: dict[str, dict[str, str]] = defaultdict(dict)
    for claim in context.claims:
        if claim.place and claim.place.name and claim.place.precision != "country":
            outlet = context.readings[claim.document_id].document.source
            told[place_name(reader, claim.place, claim.language)].setdefault(outlet, claim.document_id)
    alone = {name: next(iter(outlets.values())) for name, outlets in sorted(told.items()) if len(outlets) == 1}
    if not alone:
        return []
    names = list(alone)
    more = [reader.count("{n} more", "{n} more", len(names) - AREAS)] if len(names) > AREAS else []
    text = reader.say("One outlet alone tells of {places}", places=reader.join([*names[:AREAS], *more]))
    return [Fact(text, tuple(dict.fromkeys(alone.values())), group=reader.say("Areas"))]


def _unsaid(context: Context) -> list[Fact]:
    reader = context.reader
    tests: list[tuple[str, str, Callable[[Claim], bool]]] = [
        ("{n} claim bears no date", "{n} claims bear no date", lambda claim: claim.when is None),
        ("{n} claim names no place", "{n} claims name no place", lambda claim: claim.place is None),
        (
            "{n} claim has a lost or doubtful number",
            "{n} claims have a lost or doubtful number",
            lambda claim: any(figure.state != "read" for figure in claim.figures),
        ),
    ]
    facts = []
    for one, many, test in tests:
        some = [claim for claim in context.claims if test(claim)]
        if some:
            ids = tuple(dict.fromkeys(claim.document_id for claim in some))
            facts.append(Fact(reader.count(one, many, len(some)), ids, group=reader.say("Not said")))
    return facts
