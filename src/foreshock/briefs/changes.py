"""What changed since the last brief: each line stands on claims of then or now, on estimates of both, or on documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from foreshock.briefs.alike import CONFIRMED
from foreshock.briefs.before import Before
from foreshock.briefs.brief import Cited, Fact, Line, Section
from foreshock.briefs.conditions import OVER
from foreshock.briefs.contested import question_of
from foreshock.briefs.context import Context
from foreshock.briefs.moved import moved_figures
from foreshock.briefs.quotes import safe
from foreshock.briefs.tables import table
from foreshock.briefs.words import Worded, sentence
from foreshock.model import Claim, Condition, Dispute

MOST = 12  # new reports that are told again here; all stand in their sections
BANDS = "Probabilities that moved to another band"
SLIGHT = ("Background", "Other reports")  # topics that are no news
DISPUTES = {
    "opened": "New dispute: {question}",
    "settled": "Settled by a person: {question}",
    "reopened": "Open again: {question}",
    "wider": "One more position: {question}",
}
CONDITIONS = {
    "declared": "Conditions first told of since",
    "over": "Conditions lifted or lapsed since",
    "extended": "Conditions extended since",
    "past": "Conditions past their stated end since",
}


@dataclass(frozen=True)
class Compared:
    """A brief's sections beside what was known before."""

    context: Context
    body: Mapping[str, Section]
    before: Before

    def lines(self, section: str) -> list[Line]:
        """Return the lines of a section that stand on claims."""
        return [one for one in self.body[section].lines if isinstance(one, Line)]

    def is_new(self, line: Line) -> bool:
        """Whether all that a line stands on was told since."""
        return self.before.new.issuperset(line.claim_ids)


def change_lines(context: Context, body: Sequence[Section], before: Before) -> list[Line | Fact]:
    """Return what changed, the weightiest first: figures, confirmations, disputes, conditions, estimates, reports, texts."""
    seen = Compared(context, {one.id: one for one in body}, before)
    made: list[Line | Fact] = [
        *moved_figures(context, before),
        *_confirmed(seen),
        *_disputes(seen),
        *_conditions(seen),
        *_estimates(seen),
        *_reports(seen),
        *_denials(seen),
        *_gone(seen),
        *_documents(seen),
    ]
    return made


def _confirmed(seen: Compared) -> Iterator[Line]:
    """What was not confirmed before, told or not."""
    known = {one.id for one in seen.before.incidents if one.credibility == CONFIRMED}
    head = seen.context.reader.say("Newly confirmed")
    return (replace(one, group=head) for one in seen.lines("confirmed") if one.record not in known)


def _disputes(seen: Compared) -> Iterator[Line]:
    known = {one.id: one for one in seen.before.disputes}
    for dispute in seen.context.records.disputes:
        how = _dispute_changed(known.get(dispute.id), dispute)
        asked = question_of(seen.context, dispute) if how else None
        if how and asked:
            question, claims = asked
            text = seen.context.reader.say(DISPUTES[how], question=question)
            head = seen.context.reader.say("Disputes that changed")
            yield seen.context.made(Worded(text, ()), claims, group=head, record=dispute.id)


def _dispute_changed(before: Dispute | None, now: Dispute) -> str | None:
    if before is None:
        return "opened"
    if before.state != now.state:
        return "settled" if now.state == "settled" else "reopened"
    return "wider" if len(now.positions) > len(before.positions) else None


def _conditions(seen: Compared) -> Iterator[Line]:
    known = {one.id: one for one in seen.before.conditions}
    told = {one.record: one for one in seen.lines("conditions")}
    found = [(how, told[one.id]) for one in seen.context.records.conditions
             if one.id in told and (how := _condition_changed(known.get(one.id), one))]  # fmt: skip
    for how, title in CONDITIONS.items():
        yield from (replace(line, group=seen.context.reader.say(title)) for which, line in found if which == how)


def _condition_changed(before: Condition | None, now: Condition) -> str | None:
    if before is None:
        return "declared"
    if now.state in OVER and before.state not in OVER:
        return "over"
    if now.state == "extended" and (before.state != "extended" or before.until != now.until):
        return "extended"
    return "past" if now.freshness == "past" and before.freshness != "past" else None


def _estimates(seen: Compared) -> Iterator[Fact]:
    """The estimates whose number is said in another word than before."""
    then, now, reader = seen.before.weighed, seen.context.records.weighed, seen.context.reader
    if then is None or now is None or then.country != now.country:
        return
    earlier = {(one.scenario, one.horizon): one.id for one in then.estimates if one.id in then.words}
    for one in now.estimates:
        old = earlier.get((one.scenario, one.horizon))
        if old is None or one.id not in now.words or then.words[old] == now.words[one.id]:
            continue
        text = reader.say(
            "{what} within {days}: {now} ({p}), before {then} ({q})",
            what=reader.say(now.shorts[one.scenario]),
            days=reader.count("{n} day", "{n} days", one.horizon),
            now=reader.say(now.words[one.id]),
            p=reader.percent(now.percents[one.id][0]),
            then=reader.say(then.words[old]),
            q=reader.percent(then.percents[old][0]),
        )
        yield Fact(text, (), reader.say(BANDS), (), (one.id, old))


def _reports(seen: Compared) -> Iterator[Line | Fact]:
    reader = seen.context.reader
    slight = {reader.say(one) for one in SLIGHT}
    new = [one for one in seen.lines("reported") if one.group not in slight and seen.is_new(one)]
    head = reader.say("New reports")
    yield from (replace(one, group=head) for one in new[:MOST])
    if more := new[MOST:]:
        documents = tuple(dict.fromkeys(quote.document_id for line in more for quote in line.quotes))
        text = reader.count(
            "{n} more new line stands under Reported", "{n} more new lines stand under Reported", len(more)
        )  # fmt: skip
        yield Fact(text, documents, head)


def _denials(seen: Compared) -> Iterator[Line]:
    head = seen.context.reader.say("New denials and retractions")
    return (replace(one, group=head) for one in seen.lines("denied") if seen.is_new(one))


def _gone(seen: Compared) -> Iterator[Line]:
    """What was told and is not any more: taken out by an edit, or rejected by a person."""
    frames = {"dropped": "No longer in the text: {sentence}", "rejected": "Rejected by a person: {sentence}"}
    head = seen.context.reader.say("Told before, and not any more")
    for how, ids in (("dropped", seen.before.dropped), ("rejected", seen.before.rejected)):
        for claim in (seen.before.told[one] for one in sorted(ids)):
            if _weighs(claim):
                yield seen.context.made(_prefixed(seen.context, frames[how], claim), [claim], group=head)


def _prefixed(context: Context, frame: str, claim: Claim) -> Worded:
    worded = sentence(context.reader, [claim])
    text = context.reader.say(frame, sentence=worded.text)
    at = text.index(worded.text)
    return Worded(text, tuple(Cited(one.start + at, one.end + at, one.language) for one in worded.cited))


def _weighs(claim: Claim) -> bool:
    slight = {kind for topic in SLIGHT for kind in table("topics.yaml")[topic]}
    return claim.kind not in {*slight, "ASSESS", "LIKEN"} or bool(claim.figures)


def _documents(seen: Compared) -> Iterator[Fact]:
    """Which documents and outlets are new, which were edited, and which were only coded anew."""
    reader, before, readings = seen.context.reader, seen.before, seen.context.readings
    head = reader.say("Documents")
    new = [one for one in readings if one not in before.documents]
    if new:
        yield Fact(reader.count("{n} document is new", "{n} documents are new", len(new)), tuple(new), head)
    outlets = {safe(readings[one].document.source): one for one in new if readings[one].document.source not in before.sources}
    if outlets:
        text = reader.count("{n} outlet is new: {names}", "{n} outlets are new: {names}", len(outlets), names=_listed(outlets))
        yield Fact(text, tuple(outlets.values()), head)
    for one, reading in readings.items():
        if before.documents.get(one, reading.document.version) != reading.document.version:
            values = {"source": safe(reading.document.source), "title": safe(reading.document.title or reader.say("untitled"))}
            yield Fact(reader.say("{source}, “{title}”: edited since", **values), (one,), head)
    recoded = tuple(one for one in readings if one in before.recoded)
    if recoded:
        text = reader.count(
            "{n} document was coded anew from the same text; that is no news",
            "{n} documents were coded anew from the same text; that is no news",
            len(recoded),
        )
        yield Fact(text, recoded, head)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
