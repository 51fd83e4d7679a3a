"""The receipt of a claim."""

from __future__ import annotations

from foreshock.briefs import receipts
from foreshock.briefs.depths import DEPTHS, depth_of
from foreshock.briefs.words import sentence
from foreshock.model import Claim, Report
from foreshock.web import wording
from foreshock.web.reading.beside import Others
from foreshock.web.receipts.read_so import read_so
from foreshock.web.receipts.scene import Scene
from foreshock.web.receipts.sheet import Item, Part, Sheet


def claim(scene: Scene, claim_id: str) -> Sheet | None:
    """Return the receipt of a claim; None where it is not in the picture."""
    report = scene.report(claim_id)
    if report is None:
        return None
    one, say = report.claim, scene.reader.say
    others = scene.beside.of(claim_id)
    carried = frozenset(others.carried) if others else frozenset[str]()
    quotes, _ = scene.quotes([claim_id], carried=carried)
    chain = say(" ‹ ").join(
        say("{name} ({role}, {status})", name=it.name, role=say(it.role), status=receipts.standing(scene.reader, it.status))
        for it in reversed(one.holders)
    )
    facts = [
        (say("Holders"), Item(chain)),
        (say("Standing"), Item(quotes[0].standing)),
        (say("Kind"), Item(wording.kind_label(scene.reader, one.kind), f"{one.kind}/{one.mode}" if one.mode else one.kind)),
        (say("Basis"), Item(say(f"basis: {one.basis}"))),
        (say("Document"), scene.document(one.document_id)),
        (say("Place in the text"), Item(f"{one.start}–{one.end}", say("in characters from its beginning"))),
        (say("Coded by"), Item(one.coder, say(DEPTHS[depth_of(one.coder)]))),
        (say("Confidence"), Item(scene.confidence(one))),
        (say("Claim"), Item(one.id)),
    ]
    parts = [*(_joined(scene, others) if others else []), *read_so(scene, one)]
    decided = scene.decided(claim_id)
    return Sheet(
        "claim",
        one.id,
        say("A claim"),
        sentence(scene.reader, [one]).text,
        facts,
        quotes,
        0,
        [*parts, *([decided] if decided else [])],
        limits(scene, report, others),
        f"/documents/{one.document_id}?claim={one.id}",
    )


def limits(scene: Scene, report: Report, others: Others | None) -> list[str]:
    """Return what a claim does not tell, or tells badly."""
    one, say = report.claim, scene.reader.say
    state = scene.state(one.id)
    found = [say("Coded by machine; no person has read it beside the original.")] if state == "machine" else []
    found += [say("A person found this claim wrong: it counts nowhere.")] if state == "rejected" else []
    found += _reading(scene, one)
    if one.place is None:
        found.append(say("The text does not say where."))
    if one.when is None or not (one.when.start or one.when.end):
        found.append(say("The text does not say when; the day of publication is not put in its place."))
    if others and len(others.incident.origins) < 2:
        found.append(say("Only one independent origin tells of this."))
    return found


def _reading(scene: Scene, one: Claim) -> list[str]:
    say = scene.reader.say
    found = [say("The words are damaged: what is lost is not filled in.")] if one.damage else []
    found += (
        [say("A number of it is lost or in doubt and has no value.")] if any(it.state != "read" for it in one.figures) else []
    )
    if "surface" in one.coder:
        found.append(say("Read on the surface only: found by cue words, without a grammar of the language."))
    if one.confidence < 0.5:
        found.append(say("The coder is not sure of it."))
    return found


def _joined(scene: Scene, others: Others) -> list[Part]:
    say, incident = scene.reader.say, others.incident
    title = wording.title(scene.reader, incident, scene.picture.shown.reports)
    grade = say("{n}: {word}", n=incident.credibility, word=say(wording.CREDIBILITY[incident.credibility]))
    items = [
        Item(title, say("{n} claims tell of it", n=len(incident.claim_ids)), "incident", incident.id),
        Item(grade, say(incident.why)),
    ]
    if others.joined:
        why = "; ".join(others.joined.why)
        told = say("joined to another claim of it at {score}", score=f"{others.joined.score:.2f}")
        items.append(Item(told, why, "claim", others.joined.to))
    parts = [Part(say("The incident, its grade, and why it belongs there"), items), scene.origins(incident.origins)]
    rival = [Item(say(one.question), say(one.state.capitalize()), "dispute", one.id) for one in others.disputes]
    held = [
        Item(wording.condition_name(scene.reader, one), wording.state(scene.reader, one.state), "condition", one.id)
        for one in others.conditions
    ]
    parts += [Part(say("Contested"), rival)] if rival else []
    parts += [Part(say("In force, or said to be"), held)] if held else []
    return parts
