"""A brief compiles, or says which sentence breaks which rule. The rules are a table; each is one function."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from foreshock.briefs.brief import Brief, facts_of, lines_of
from foreshock.briefs.inspection import Inspected, inspect
from foreshock.briefs.locale import reader as reader_of
from foreshock.briefs.notes import NOTICE, is_note
from foreshock.briefs.numbers import LOST, SUSPECT
from foreshock.briefs.receipts import AGES
from foreshock.briefs.sorting import age_of
from foreshock.briefs.tables import table
from foreshock.dates import last_day
from foreshock.errors import BriefError
from foreshock.model import Claim, Reading

Failure = tuple[str, str]
Rule = Callable[[Inspected], Iterator[Failure]]


def compile_brief(brief: Brief, claims: Sequence[Claim], readings: Sequence[Reading]) -> Brief:
    """Return the brief unchanged if every rule holds.

    Raises:
        BriefError: a sentence breaks a rule; ``failures`` lists each with its sentence and the reason.
    """
    inspected = inspect(brief, claims, readings)
    failures = tuple((name, sentence, why) for name, rule in RULES.items() for sentence, why in rule(inspected))
    if failures:
        listed = "\n".join(f"- {name}: “{sentence}”: {why}" for name, sentence, why in failures)
        raise BriefError(
            f"the brief does not compile, {len(failures)} sentences break a rule:\n{listed}",
            failures=failures,
            remedy="mend the sentence or the claim it stands on; a brief that does not compile is not shown",
        )
    return brief


def without_claim(seen: Inspected) -> Iterator[Failure]:
    """Each line stands on known claims with a quote each; each fact on known documents; each note is one of this build's."""
    for _, line in lines_of(seen.brief):
        unknown = [one for one in line.claim_ids if one not in seen.claims]
        if not line.claim_ids or unknown:
            yield line.text, f"unknown claims {unknown}" if unknown else "it stands on no claim"
        elif {quote.claim_id for quote in line.quotes} != set(line.claim_ids):
            yield line.text, "not each of its claims is quoted"
    for _, fact in facts_of(seen.brief):
        lost = [one for one in fact.document_ids if one not in seen.readings]
        if not fact.document_ids or lost:
            yield fact.text, f"unknown documents {lost}" if lost else "it stands on no document"
    reader = reader_of(seen.brief.language)
    for section in seen.brief.sections:
        if not is_note(reader, section.note):
            yield section.note, "a note may only be one of the fixed sentences of this build"
    if seen.brief.header.notice != reader.say(NOTICE):
        yield seen.brief.header.notice, "the notice that it is machine-coded and unofficial is missing"


def misquoted(seen: Inspected) -> Iterator[Failure]:
    """Each quote is the very text of its document and covers the words of its claim."""
    for line, claims in seen.lines():
        for quote in line.quotes:
            claim = next(one for one in claims if one.id == quote.claim_id)
            text = seen.readings[claim.document_id].document.text
            if quote.document_id != claim.document_id or text[quote.start : quote.end] != quote.text:
                yield line.text, f"“{quote.text}” does not stand there in the document"
            elif quote.claimed != (claim.start, claim.end) or not quote.start <= claim.start <= claim.end <= quote.end:
                yield line.text, "the marked words are not those of the claim"


def called_confirmed(seen: Inspected) -> Iterator[Failure]:
    """Nothing is called confirmed: that needs two independent origins, and this build counts none."""
    for line, claims in seen.lines():
        for word in seen.found("confirmed", line, claims):
            yield line.text, f"“{word}” needs two independent origins, which this build does not count"


def culprit_without_holder(seen: Inspected) -> Iterator[Failure]:
    """Whoever is named as doer of violence is named by somebody, in the same sentence."""
    violent = set(table("wording.yaml")["violent"])
    for line, claims in seen.lines():
        for claim in (one for one in claims if one.kind in violent and one.actor):
            holders, actors = seen.holder_names(claim), seen.actor_names(claim)
            for sentence in seen.sentences(line, claims):
                named = next((one for one in actors if one in sentence), None)
                if named and not any(_stands_apart(holder, sentence, actors) for holder in holders):
                    yield sentence, f"“{named}” is named for {claim.kind} without who says so"


def _stands_apart(holder: str, sentence: str, actors: Sequence[str]) -> bool:
    for actor in actors:
        if holder in actor and holder != actor:
            sentence = sentence.replace(actor, "")
    return holder in sentence


def stale_condition(seen: Inspected) -> Iterator[Failure]:
    """A condition says its age: what is ageing, past its end or undated is not stated as current; what is over is none."""
    reader, today = reader_of(seen.brief.language), _today(seen.brief)
    for section, line in lines_of(seen.brief):
        claims = seen.claims_of(line)
        if not claims or (section.id != "conditions" and line.age is None):
            continue
        _, age = age_of(claims, seen.readings, today)
        if any(one.negated or one.status in {"denied", "retracted"} or one.phase == "ended" for one in claims):
            yield line.text, "the claim says that it is over or not so"
        elif line.age != age:
            yield line.text, f"it is stated as {line.age or 'current'} and is {age} on {today.isoformat()}"
        elif age != "recent" and reader.say(AGES[age]) not in line.text:
            yield line.text, f"it does not say that it is {AGES[age]}"


def _today(brief: Brief) -> date:
    return last_day(brief.header.as_of or brief.header.made_at[:10])


def lost_as_number(seen: Inspected) -> Iterator[Failure]:
    """Each number in a line is a read figure of its claims, a date, part of a name, or stands undamaged in the cited words."""
    for line, claims in seen.lines():
        figures = [figure for claim in claims for figure in claim.figures]
        broken = [figure for figure in figures if figure.state != "read"]
        if line.figure and line.figure.state != "read" and not any(seen.say(one) in line.text for one in (LOST, SUSPECT)):
            yield line.text, f"the figure “{line.figure.raw}” is {line.figure.state} and the line does not say so"
        for token in seen.numbers_of_our_own(line, claims):
            why = f"the number “{token}” is no read figure of its claims"
            yield line.text, f"{why}; “{broken[0].raw}” is {broken[0].state}" if broken else why
        for token in seen.numbers_miscited(line, claims):
            yield line.text, f"the cited number “{token}” does not stand undamaged in the original"


def mixed_scales(seen: Inspected) -> Iterator[Failure]:
    """How likely something is and how far a statement is to be trusted are two scales, never in one sentence."""
    for line, claims in seen.lines():
        for sentence in seen.sentences(line, claims, cited=False):
            likely, sure = (seen.words_in(words, sentence, claims) for words in ("likelihood", "confidence"))
            if likely and sure:
                yield sentence, f"likelihood (“{likely[0]}”) and confidence (“{sure[0]}”) are mixed"


RULES: dict[str, Rule] = {
    "a sentence without a claim": without_claim,
    "a quote that is not the original": misquoted,
    "confirmed without two origins": called_confirmed,
    "an actor named for violence without the holder": culprit_without_holder,
    "an expired condition stated as current": stale_condition,
    "a lost figure stated as a number": lost_as_number,
    "likelihood and confidence mixed": mixed_scales,
}
