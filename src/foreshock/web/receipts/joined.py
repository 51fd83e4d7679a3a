"""The receipts of what joining makes: incidents, disputes, conditions, tallies and origins."""

from __future__ import annotations

from foreshock.briefs.quotes import safe
from foreshock.model import Incident, Origin, Tally
from foreshock.web import wording
from foreshock.web.receipts.ids import tally_id
from foreshock.web.receipts.scene import Scene
from foreshock.web.receipts.sheet import Item, Part, Sheet

JOINED = 30  # reasons of an incident that are told


def incident(scene: Scene, name: str) -> Sheet | None:
    """Return the receipt of an incident, known also by the ids that were merged into it."""
    shown, say, reader = scene.picture.shown, scene.reader.say, scene.reader
    one = next((it for it in shown.incidents if it.id == name or name in it.merged), None)
    if one is None:
        return None
    carried = [document for origin in one.origins for document in origin.carriers]
    quotes, more = scene.quotes(one.claim_ids, carried=carried)
    grade = say("{n}: {word}", n=one.credibility, word=say(wording.CREDIBILITY[one.credibility]))
    facts = [
        (say("Credibility"), Item(grade, say(one.why))),
        (say("Where"), Item(wording.place(reader, one, shown.reports) or say("not told"))),
        (say("When"), Item(wording.when(reader, one) or say("not told"))),
        (say("Claims"), Item(reader.number(len(one.claim_ids)))),
        (say("Incident"), Item(one.id)),
    ]
    doers = [
        Item(
            safe(it.actor.name),
            say("according to {holders}", holders=wording.joined(reader, it.holders)),
            "claim",
            it.claim_ids[0],
        )
        for it in one.attributed_to
    ]
    parts = [scene.origins(one.origins)]
    parts += [Part(say("Who is said to have done it"), doers)] if doers else []
    parts += [Part(say("Figures"), [_counted(scene, it) for it in one.tallies])] if one.tallies else []
    parts += [_why_one(scene, one)]
    parts += [it for it in (scene.decided(one.id, *one.claim_ids),) if it]
    rivals = [
        Item(it.question, say(it.state.capitalize()), "dispute", it.id) for it in shown.disputes if it.incident_id == one.id
    ]
    parts += [Part(say("Contested"), rivals)] if rivals else []
    return Sheet(
        "incident", one.id, say("An incident"), wording.title(reader, one, shown.reports), facts, quotes, more, parts,
        _limits(scene, one), f"/incidents/{one.id}",
    )  # fmt: skip


def dispute(scene: Scene, name: str) -> Sheet | None:
    """Return the receipt of a dispute."""
    say, reader = scene.reader.say, scene.reader
    one = next((it for it in scene.picture.shown.disputes if it.id == name), None)
    if one is None:
        return None
    ids = [claim for position in one.positions for claim in position.claim_ids]
    quotes, more = scene.quotes(ids)
    sides = [
        Item(
            it.label,
            say("held by {holders}; {origins}", holders=wording.joined(reader, it.holders),
                origins=reader.count("{n} independent origin", "{n} independent origins", len(it.origins))),
            "claim",
            it.claim_ids[0],
        )
        for it in one.positions
    ]  # fmt: skip
    facts = [
        (say("State"), Item(say(one.state.capitalize()), one.note or "")),
        (say("About"), Item(say(wording.MATTERS[one.matter]))),
    ]
    if one.incident_id:
        facts.append((say("Incident"), Item(one.incident_id, "", "incident", one.incident_id)))
    parts = [Part(say("The sides"), sides, say("Which one holds is for a person to settle, not for a machine."))]
    parts += [it for it in (scene.decided(one.id),) if it]
    found = [
        say("Contradictions are found by rules on standing, figures, actors, places and times; about one in four is not seen."),
        say("How many hold a side is not counted as its weight: origins are."),
    ]
    return Sheet("dispute", one.id, say("A dispute"), one.question, facts, quotes, more, parts, found, f"/disputes#d-{one.id}")


def condition(scene: Scene, name: str) -> Sheet | None:
    """Return the receipt of a condition in force, or said to be."""
    say, reader, shown = scene.reader.say, scene.reader, scene.picture.shown
    one = next((it for it in shown.conditions if it.id == name), None)
    if one is None:
        return None
    quotes, more = scene.quotes(one.claim_ids)
    age = reader.count("{n} day ago", "{n} days ago", one.age_days) if one.age_days is not None else ""
    facts = [
        (say("State"), Item(wording.state(reader, one.state), say(wording.FRESHNESS[one.freshness]))),
        (say("Since"), Item(reader.date(one.since) if one.since else say("not told"))),
        (say("Until"), Item(reader.date(one.until) if one.until else say("no end is told"))),
        (say("Last confirmed"), Item(reader.date(one.last_confirmed) if one.last_confirmed else say("never"), age)),
        (say("Where"), Item(wording.place(reader, one, shown.reports) or say("not told"))),
        (say("Declared by"), Item(wording.declared_by(reader, one, shown.reports) or say("not told"))),
        (say("Condition"), Item(one.id)),
    ]
    steps = [
        Item(
            say("{day}: {what}", day=reader.date(it.day) if it.day else say("no day told"), what=wording.step_said(reader, it)),
            safe(it.holder),
            "claim",
            it.claim_id,
        )
        for it in one.steps
    ]
    parts = [Part(say("What was said of it, step by step"), steps), *[it for it in (scene.decided(one.id),) if it]]
    found = [
        say("In force means that somebody last said so on the day given. What nobody confirms ages; it is not silently gone.")
    ]
    if one.freshness != "recent":
        found.append(say(wording.FRESHNESS[one.freshness]))
    title = wording.condition_name(reader, one)
    return Sheet("condition", one.id, say("A condition"), title, facts, quotes, more, parts, found, f"/conditions#c-{one.id}")


def tally(scene: Scene, name: str) -> Sheet | None:
    """Return the receipt of a tally of the scope."""
    one = next((it for it in scene.picture.shown.tallies if tally_id(it) == name), None)
    if one is None:
        return None
    say, reader = scene.reader.say, scene.reader
    quotes, more = scene.quotes([it.claim_id for it in one.points])
    lost = sum(it.state != "read" for it in one.points)
    told = wording.span(reader, one) or say("no number can be read")
    facts = [
        (say("Counts"), Item(wording.matter(reader, one))),
        (
            say("Comes to"),
            Item(told, say("all origins agree") if one.best is not None else say("from the lowest to the highest")),
        ),
        (say("Numbers given"), Item(reader.number(len(one.points)))),
        (say("Origins"), Item(reader.number(len({it.origin for it in one.points})))),
    ]
    points = [
        Item(
            say("{number}, {holder}", number=wording.amount(reader, it), holder=safe(it.holder)),
            " · ".join(filter(None, (reader.date(it.published) if it.published else "", f"“{safe(it.raw)}”"))),
            "claim",
            it.claim_id,
        )
        for it in one.points
    ]
    about = say("Of each origin the latest number counts. Nothing is summed, and no middle is made of different numbers.")
    found = [say("Numbers of another definition or place are another tally.")]
    if lost:
        found.append(reader.count("{n} number is lost or in doubt; it is shown and not counted.",
                                  "{n} numbers are lost or in doubt; they are shown and not counted.", lost))  # fmt: skip
    return Sheet(
        "tally", name, say("A figure"), f"{wording.matter(reader, one)}: {told}", facts, quotes, more,
        [Part(say("Who gave which number"), points, about)], found, "/figures",
    )  # fmt: skip


def origin(scene: Scene, name: str) -> Sheet | None:
    """Return the receipt of an independent origin."""
    found = [(it, one) for it in scene.picture.shown.incidents for one in it.origins if one.id == name]
    if not found:
        return None
    incident_, one = found[0]
    say, reader = scene.reader.say, scene.reader
    quotes, more = scene.quotes(one.claim_ids, carried=one.carriers)
    title = wording.title(reader, incident_, scene.picture.shown.reports)
    facts = [
        (say("First-hand source"), Item(safe(one.name))),
        (say("Incident"), Item(title, "", "incident", incident_.id)),
        (say("Claims"), Item(reader.number(len(one.claim_ids)))),
    ]
    tellers = [scene.document(document) for document in one.documents]
    carriers = [scene.document(document, _why(scene, one, document)) for document in one.carriers]
    parts = [Part(say("Told first-hand in"), tellers)]
    parts += (
        [Part(say("Only carried in"), carriers, say("These add no voice: they count once, with the source."))] if carriers else []
    )
    parts += [Part(say("Who carries whom, and why"), [scene.link(link) for link in one.links])] if one.links else []
    limits = [
        say("A common source that no text names cannot be known."),
        say("A rewrite without credit that adds a paragraph of its own counts as a voice."),
    ]
    return Sheet("origin", one.id, say("An origin"), safe(one.name), facts, quotes, more, parts, limits, "/sources/origins")


def _why(scene: Scene, one: Origin, document: str) -> str:
    return "; ".join(scene.reader.say(link.why) for link in one.links if link.carrier == document)


def _counted(scene: Scene, one: Tally) -> Item:
    told = wording.span(scene.reader, one) or scene.reader.say("no number can be read")
    return Item(f"{wording.matter(scene.reader, one)}: {told}", "", "claim", one.points[0].claim_id)


def _why_one(scene: Scene, one: Incident) -> Part:
    """Return how its claims were joined: each to which, at what score, for which reasons."""
    say, reports = scene.reader.say, scene.picture.shown.reports
    items = []
    for it in one.joined[:JOINED]:
        first, second = reports.get(it.claim_id), reports.get(it.to)
        if first is None or second is None:
            continue
        told = say("{one} with {other}: {score}", one=first.source, other=second.source, score=f"{it.score:.2f}")
        items.append(Item(told, "; ".join(it.why), "claim", it.claim_id))
    about = (
        say("Claims are joined where kind, time, place, parties and figures fit; the score is a probability.")
        if items
        else say("One claim alone: nothing was joined.")
    )
    return Part(say("Why these are one incident"), items, about)


def _limits(scene: Scene, one: Incident) -> list[str]:
    say = scene.reader.say
    reports = [scene.picture.shown.reports[claim] for claim in one.claim_ids if claim in scene.picture.shown.reports]
    found = [say("Reports of one event in two languages often stay two incidents where they share few names and numbers.")]
    if len(one.origins) < 2:
        found.append(say("Only one independent origin tells of this."))
    if any(report.claim.damage for report in reports):
        found.append(say("Some of the words are damaged."))
    if any("surface" in report.claim.coder for report in reports):
        found.append(say("Some of the texts were read on the surface only."))
    if all(scene.state(claim) == "machine" for claim in one.claim_ids):
        found.append(say("Coded by machine; no person has read any of it beside the original."))
    return found
