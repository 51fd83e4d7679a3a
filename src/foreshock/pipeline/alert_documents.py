"""What is news of documents: sources that fell silent, edits that changed what was told; and which claims say nothing new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from foreshock.briefs.alerts import Told, edit_told, silence_told
from foreshock.briefs.discretion import Discretion
from foreshock.briefs.locale import reader as reader_of
from foreshock.ledger.compare import Change
from foreshock.ledger.watches import Watches
from foreshock.model import Claim, Coding, Trigger, Watch, record_id
from foreshock.pipeline.alert_scene import Item, Scene
from foreshock.pipeline.exporting import codings_of
from foreshock.pipeline.noticing import Look, News
from foreshock.pipeline.situation import Situation

# Why one document goes back to another whose report it carries whole, not only names.
CARRIED = ("copy", "agency", "translation")


def again(scene: Scene, *, arrival: int) -> frozenset[str]:
    """Return the ids of claims that say nothing new after a coding: what a copy carries, what an edit left in the same words."""
    found = scene.found
    new = [one for one in found.reports.values() if one.arrival > arrival]
    return _carried(found, arrival) | _unedited(scene, [one.claim for one in new], arrival)


def _carried(found: Situation, arrival: int) -> frozenset[str]:
    by_document: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for key, one in found.reports.items():
        by_document[one.claim.document_id].append((key, one.claim.kind, one.arrival))
    carried: set[str] = set()
    for link in found.links:
        if link.reason not in CARRIED or link.source not in by_document:
            continue
        carrier, source = by_document[link.carrier], by_document[link.source]
        # A copy that was seen before its original has told it already.
        seen = any(at <= arrival for _, _, at in carrier) and all(at > arrival for _, _, at in source)
        less, more = (source, carrier) if seen else (carrier, source)
        kinds = {kind for _, kind, _ in more}
        carried.update(key for key, kind, at in less if kind in kinds and at > arrival)
    return frozenset(carried)


def _unedited(scene: Scene, new: Sequence[Claim], arrival: int) -> frozenset[str]:
    documents = sorted({claim.document_id for claim in new})
    earlier = [one for one in scene.ledger.arrivals(documents, every=True) if one <= arrival] if documents and arrival else []
    said = {
        (claim.document_id, claim.kind, claim.text) for coding in codings_of(scene.ledger, earlier) for claim in coding.claims
    }
    return frozenset(claim.id for claim in new if (claim.document_id, claim.kind, claim.text) in said)


def document_news(scene: Scene, look: Look, *, arrival: int, joined: int) -> Iterator[Item]:
    """Yield what is news of documents to a watch.

    Args:
        scene: of the watch.
        look: what it looks at.
        arrival: the last coding that it saw.
        joined: the last coding that it is to look at.
    """
    for trigger in look.watch.triggers:
        if trigger.what == "silence":
            yield from _silence(scene, look, trigger)
        elif trigger.what == "edit":
            yield from _edits(scene, look, trigger, arrival, joined)


def _silence(scene: Scene, look: Look, trigger: Trigger) -> Iterator[Item]:
    hours = trigger.hours or 0.0
    subject = record_id("source", trigger.source or "")
    mark = look.mark(trigger, subject)
    last = Watches(scene.ledger).last_received(trigger.source)
    # Of what never came the silence counts from when the watch first looked.
    since = last[0] if last else (mark or {}).get("since") or look.now.isoformat()
    silent = look.now - datetime.fromisoformat(since) > timedelta(hours=hours)
    state = "silent" if silent else "heard"
    if mark is not None and mark.get("told") == state:
        return
    reader = reader_of(scene.language)
    document_ids = (last[1],) if last else ()

    def told() -> Told:
        moment = reader.moment(datetime.fromisoformat(since))
        return silence_told(scene.context(()), trigger.source, hours=hours, since=moment, document_ids=document_ids)

    value = {"told": state, **({} if last else {"since": since})}
    yield Item(News(trigger, subject, "silent" if silent else None, {subject: value}), told)


def _edits(scene: Scene, look: Look, trigger: Trigger, arrival: int, joined: int) -> Iterator[Item]:
    documents: dict[str, None] = {}
    for coding in scene.ledger.codings(arrival):
        if coding.arrival > joined:
            break
        if coding.sequence > 1:
            documents[coding.document.id] = None
    waiting = [subject for (key, subject), mark in look.marks.items() if key == trigger.key and mark.get("waiting")]
    for document in [*documents, *(one for one in sorted(waiting) if one not in documents)]:
        every = [one for one in codings_of(scene.ledger, scene.ledger.arrivals([document], every=True)) if one.arrival <= joined]
        latest = every[-1]
        before = next((one for one in reversed(every) if one.document.version != latest.document.version), None)
        mark = look.mark(trigger, document)
        if before is None or (mark is not None and mark.get("told") == latest.document.version and not mark.get("waiting")):
            continue
        item = _edit(scene, look, trigger, before, latest)
        if item is None:
            continue
        if look.quiet(mark):
            waits = {**(mark or {}), "waiting": True}
            yield Item(News(trigger, document, None, {document: waits}), item.told)
        else:
            yield item


def _edit(scene: Scene, look: Look, trigger: Trigger, before: Coding, latest: Coding) -> Item | None:
    document = latest.document.id
    changes = scene.ledger.diff(document, versions=(before.document.version, latest.document.version))
    wanted = [one for one in changes if _wanted(one, look.watch, scene.found, latest.document.source)]
    gone = [one.before for one in wanted if one.what == "dropped" and one.before is not None]
    now = [
        one.after for one in wanted if one.after is not None and (one.what == "changed" or one.after.status == "retracted")
    ]  # fmt: skip
    if not gone and not now:
        return None
    added, changed, dropped_n = (sum(one.what == what for one in changes) for what in ("added", "changed", "dropped"))

    def told() -> Told:
        # A version whose claims are out of scope is in no discretion of the scope, and each version has names of its own.
        judgements, now_ = scene.found.judgements, scene.now
        held = [Discretion.of([one], now=now_, judgements=judgements, language=scene.language) for one in (before, latest)]
        dropped = [held[0].claim(claim) for claim in gone if claim.id not in held[0].late]
        shown = latest.document
        for discretion in (*held, scene.held):
            shown = discretion.document(shown)
        context = scene.context([claim.id for claim in now])
        counts = (added, changed, dropped_n)
        return edit_told(context, shown.source, shown.title, dropped=dropped, counts=counts, document_id=document)

    mark = {"told": latest.document.version, "at": look.now.isoformat()}
    country = next((one.place.country for one in (*now, *gone) if one.place and one.place.country), None)
    return Item(News(trigger, document, "edited", {document: mark}), told, country)


def _wanted(change: Change, watch: Watch, found: Situation, source: str) -> bool:
    """Whether a change is of a claim that the watch is for; one that is gone is in no scope, so it is asked itself."""
    after, before = change.after, change.before
    claim = after or before
    if claim is None or (watch.sources and source not in watch.sources):
        return False
    for allowed, value in ((watch.kinds, claim.kind), (watch.statuses, claim.status), (watch.languages, claim.language)):
        if allowed and value not in allowed:
            return False
    if after is not None and after.id in found.reports:
        return True
    if after is not None:
        return False
    countries = found.crisis.countries if found.crisis else ()
    words = (*watch.words, *(found.crisis.words if found.crisis else ()))
    there = not countries or claim.place is None or claim.place.country in countries
    return there and (not words or any(word.casefold() in claim.text.casefold() for word in words))
