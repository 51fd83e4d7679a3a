"""The receipts of a source's grade and of a document's custody."""

from __future__ import annotations

from pathlib import PurePath

from foreshock.briefs.quotes import safe
from foreshock.ledger.listing import Listing
from foreshock.model import Document
from foreshock.pipeline import open_document
from foreshock.web.receipts.scene import Scene
from foreshock.web.receipts.sheet import Item, Part, Sheet

BASIS = {"given": "as the source gives it", "dateline": "read in the text", "metadata": "from the page's own data"}
RELIABILITY = {
    "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable", "E": "unreliable",
    "F": "cannot be judged",
}  # fmt: skip
GRADES = tuple(RELIABILITY)


def grade(scene: Scene, name: str) -> Sheet | None:
    """Return the receipt of a source's grade."""
    shown, say, reader = scene.picture.shown, scene.reader.say, scene.reader
    one = next((it for it in shown.grades if it.source == name), None)
    documents = [document for document, (source, _) in shown.document_names.items() if source == name]
    if one is None and not documents:
        return None
    items = [scene.document(document) for document in documents[:20]]
    parts = [it for it in (scene.decided(name),) if it]
    parts += [Part(reader.count("{n} document here", "{n} documents here", len(documents)), items)] if items else []
    carried = [scene.link(link) for link in shown.links if link.carrier in set(documents) and link.score >= 0.5]
    parts += [Part(say("What it carries from others"), carried[:20])] if carried else []
    if one is None:
        limits = [say("None of its claims is in this scope, so it has no record here.")]
        return Sheet("grade", name, say("A source"), name, (), (), 0, parts, limits, "/sources")
    interval = say("between {low} and {high} in nine cases of ten", low=f"{one.low:.0%}", high=f"{one.high:.0%}")
    facts = [
        (say("Reliability"), Item(f"{one.reliability}: {say(RELIABILITY[one.reliability])}", one.why)),
        (say("Borne out by others"), Item(reader.number(one.confirmed))),
        (say("Refuted"), Item(reader.number(one.denied))),
        (say("Taken back by itself"), Item(reader.number(one.walked_back))),
        (say("Claims"), Item(reader.number(one.claims))),
        (say("A claim of it stands up"), Item(f"{one.mean:.0%}", interval)),
    ]
    limits = [say("Graded by its record in this ledger alone, on the scale A to F; not by its name or its politics.")]
    limits += [say("The record is too thin to judge by.")] if one.thin else []
    return Sheet(
        "grade", name, say("A source"), say("{source}: {grade}", source=name, grade=one.reliability), facts, (), 0, parts, limits,
        "/sources", grades=GRADES,
    )  # fmt: skip


def document(scene: Scene, document_id: str) -> Sheet | None:
    """Return the receipt of a document: where its bytes came from and how it was read."""
    ledger, as_of = scene.desk.ledger, scene.picture.ask.as_of
    found = ledger.latest_documents(ids=[document_id], as_of=as_of)
    if not found:
        return None
    held = scene.picture.shown.discretion
    opened = open_document(ledger, document_id, now=scene.desk.now(), as_of=as_of, beside=held)
    if opened is None:
        return None
    one, say, reader = opened.document, scene.reader.say, scene.reader
    versions = Listing(ledger).versions(document_id, as_of=as_of)
    facts = [
        *_published(scene, one),
        (say("Language"), Item(reader.tongue(one.language))),
        (say("Fetched"), Item(one.custody.fetched_at, safe(_origin(one.custody.origin)))),
        (say("Known since"), Item(opened.known_at)),
        (say("SHA-256 of the bytes"), Item(one.custody.sha256, reader.count("{n} byte", "{n} bytes", one.custody.size))),
        (say("Version"), Item(one.version, one.media_type)),
        (say("Coded by"), Item(opened.coder, reader.count("{n} claim", "{n} claims", len(opened.claims)))),
    ]
    facts += [(say("Licence"), Item(safe(one.licence)))] if one.licence else []
    facts += [(say("Redirected to"), Item(safe(one.custody.final_url)))] if one.custody.final_url else []
    links = [scene.link(link) for link in scene.picture.shown.links if document_id in (link.carrier, link.source)]
    parts = [Part(say("Whom it carries, and who carries it"), links)] if links else []
    if len(versions) > 1:
        rows = [
            Item(it.version, f"{it.known_at} · {it.coder}", href=f"/documents/{document_id}?version={it.version}")
            for it in versions
        ]
        parts.append(Part(say("Versions"), rows))
    parts += [Part(say("Notes of the reader"), [Item(safe(note)) for note in one.notes])] if one.notes else []
    limits = [say("What is kept is the text as it was fetched; whether the page still says so was not looked up.")]
    limits += (
        [say("Machine-translated by {what}: what it says may not be what was written.", what=", ".join(one.translated))]
        if one.translated
        else []
    )
    limits += (
        [reader.count("{n} place of the text is damaged.", "{n} places of the text are damaged.", len(one.damage))]
        if one.damage
        else []
    )
    limits += (
        [say("Read on the surface only: found by cue words, without a grammar of the language.")]
        if "surface" in opened.coder
        else []
    )
    title = one.title or one.source
    return Sheet(
        "document", document_id, say("A document"), safe(title), facts, (), 0, parts, limits, f"/documents/{document_id}",
        language=one.language if one.title else "",
    )  # fmt: skip


def _origin(origin: str) -> str:
    """Return where bytes came from: an address, or the name of a file without the folders of the machine that read it."""
    return origin if "://" in origin else PurePath(origin).name


def _published(scene: Scene, one: Document) -> list[tuple[str, Item]]:
    say = scene.reader.say
    day = scene.reader.date(one.published) if one.published else say("undated")
    basis = say(BASIS[one.published_by]) if one.published and one.published_by else ""
    return [
        (say("Outlet"), Item(one.source, "", "grade", one.source)),
        (say("Published"), Item(day, basis)),
        (say("Address"), Item(one.url or say("none: it was read from a file"))),
    ]
