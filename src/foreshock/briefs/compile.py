"""A brief compiles, or says which sentence breaks which rule. The rules are a table; each is one function."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from foreshock.briefs.alike import CONFIRMED, affirms
from foreshock.briefs.before import Before
from foreshock.briefs.brief import Brief, facts_of, lines_of
from foreshock.briefs.changes import BANDS
from foreshock.briefs.chart_rules import groundless_rows, rows_called_confirmed, rows_of_lost_numbers
from foreshock.briefs.conditions import age_said
from foreshock.briefs.inspection import Inspected, inspect
from foreshock.briefs.locale import reader as reader_of
from foreshock.briefs.notes import NOTICE, is_note
from foreshock.briefs.numbers import LOST, SUSPECT
from foreshock.briefs.scenarios import HOW_LIKELY
from foreshock.briefs.tables import table
from foreshock.briefs.weighed import Weighed
from foreshock.errors import BriefError
from foreshock.model import Claim, Condition, Dispute, Incident, Reading

Failure = tuple[str, str]
Rule = Callable[[Inspected], Iterator[Failure]]


def compile_brief(
    brief: Brief,
    claims: Sequence[Claim],
    readings: Sequence[Reading],
    *,
    incidents: Sequence[Incident] = (),
    disputes: Sequence[Dispute] = (),
    conditions: Sequence[Condition] = (),
    weighed: Weighed | None = None,
    before: Before | None = None,
) -> Brief:
    """Return the brief unchanged if every rule holds.

    Args:
        brief: as :func:`foreshock.briefs.sitrep.compose` made it.
        claims, readings: that it says it stands on.
        incidents, disputes, conditions: that it was made of; without them it can call nothing confirmed or in force.
        weighed: the estimates that it was made of; without it nothing can be called likely or unlikely.
        before: what it was compared with; without it nothing that was told before can be told to have changed.

    Raises:
        BriefError: a sentence breaks a rule; ``failures`` lists each with its sentence and the reason.
    """
    inspected = inspect(brief, claims, readings, (*incidents, *disputes, *conditions), weighed, before)
    failures = tuple((name, sentence, why) for name, rule in RULES.items() for sentence, why in rule(inspected))
    if failures:
        listed = "\n".join(f"- {name}: “{sentence}”: {why}; {REMEDIES[name]}" for name, sentence, why in failures)
        raise BriefError(
            f"the brief does not compile, {len(failures)} sentences break a rule:\n{listed}",
            failures=failures,
            remedy="mend the sentence or the claim it stands on; a brief that does not compile is not shown",
        )
    return brief


def without_claim(seen: Inspected) -> Iterator[Failure]:
    """Each line stands on known claims, each quoted; each fact on known documents or estimates; each note is this build's."""
    for section, line in lines_of(seen.brief):
        unknown = [one for one in line.claim_ids if one not in seen.claims]
        if section.id != "changes" and seen.not_told.intersection(line.claim_ids):
            yield line.text, "it stands on words that are not told any more"
        if not line.claim_ids or unknown:
            yield line.text, f"unknown claims {unknown}" if unknown else "it stands on no claim"
        elif {quote.claim_id for quote in line.quotes} != set(line.claim_ids):
            yield line.text, "not each of its claims is quoted"
    for _, fact in facts_of(seen.brief):
        lost = [one for one in fact.document_ids if one not in seen.readings]
        lost += [one for one in fact.estimate_ids if one not in seen.estimates]
        if not (fact.document_ids or fact.estimate_ids) or lost:
            yield fact.text, f"unknown documents or estimates {lost}" if lost else "it stands on no document or estimate"
    reader = reader_of(seen.brief.language)
    for section in seen.brief.sections:
        if not is_note(reader, section.note):
            yield section.note, "a note may only be one of the fixed sentences of this build"
    if seen.brief.header.notice != reader.say(NOTICE):
        yield seen.brief.header.notice, "the notice that it is machine-coded and unofficial is missing"
    yield from groundless_rows(seen)


def misquoted(seen: Inspected) -> Iterator[Failure]:
    """Each quote is the very text of its document and covers the words of its claim."""
    for line, claims in seen.lines():
        for quote in line.quotes:
            claim = next(one for one in claims if one.id == quote.claim_id)
            text = seen.text_of(claim)
            if quote.document_id != claim.document_id or text[quote.start : quote.end] != quote.text:
                yield line.text, f"“{quote.text}” does not stand there in the document"
            elif quote.claimed != (claim.start, claim.end) or not quote.start <= claim.start <= claim.end <= quote.end:
                yield line.text, "the marked words are not those of the claim"


def called_confirmed(seen: Inspected) -> Iterator[Failure]:
    """Only what affirms an incident of credibility 1 is called confirmed; no line claims more origins than there are."""
    for line, claims in seen.lines():
        incident = seen.incident(line)
        known = incident if incident is not None and set(line.claim_ids) <= set(incident.claim_ids) else None
        if known is None or known.credibility != CONFIRMED or not all(affirms(claim) for claim in claims):
            for word in seen.found("confirmed", line, claims):
                grade = f"its incident has credibility {known.credibility}" if known else "no incident holds all its claims"
                yield line.text, f"“{word}” needs two independent origins that say so: {grade}"
        if known is not None and (line.origins or 0) > len({one.name for one in known.origins}):
            yield line.text, f"it counts {line.origins} origins and its incident has {len(known.origins)}"
    yield from rows_called_confirmed(seen)


def culprit_without_holder(seen: Inspected) -> Iterator[Failure]:
    """Whoever is named as doer of violence is named by somebody, in the same sentence."""
    violent = set(table("wording.yaml")["violent"])
    for line, claims in seen.lines():
        blaming = [claim for claim in claims if claim.kind in violent and claim.actor]
        for sentence in seen.sentences(line, claims) if blaming else ():
            named: dict[str, list[Claim]] = {}
            for claim in blaming:
                for actor in [one for one in seen.actor_names(claim) if one in sentence][:1]:
                    named.setdefault(actor, []).append(claim)
            for actor, some in named.items():
                if not any(_is_said(seen, claim, sentence) for claim in some):
                    yield sentence, f"“{actor}” is named for {some[0].kind} without who says so"


def _is_said(seen: Inspected, claim: Claim, sentence: str) -> bool:
    actors = seen.actor_names(claim)
    return any(_stands_apart(holder, sentence, actors) for holder in seen.holder_names(claim))


def _stands_apart(holder: str, sentence: str, actors: Sequence[str]) -> bool:
    for actor in actors:
        if holder in actor and holder != actor:
            sentence = sentence.replace(actor, "")
    return holder in sentence


def stale_condition(seen: Inspected) -> Iterator[Failure]:
    """A line on a condition says its age: what is ageing, past its end, undated or lifted is not stated as current."""
    reader = reader_of(seen.brief.language)
    for section, line in lines_of(seen.brief):
        condition = seen.record(line)
        if not isinstance(condition, Condition):
            if section.id == "conditions" or line.age is not None:
                yield line.text, "it is stated as in force and no condition is known for it"
            continue
        said = age_said(condition)
        if not set(line.claim_ids) <= set(condition.claim_ids):
            yield line.text, "it stands on claims that do not tell of its condition"
        elif line.age != condition.freshness:
            yield line.text, f"it is stated as {line.age or 'current'} and is {condition.freshness}"
        elif said is not None and reader.say(said) not in line.text:
            yield line.text, f"it does not say that it is {said}"


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
    yield from rows_of_lost_numbers(seen)


def mixed_scales(seen: Inspected) -> Iterator[Failure]:
    """How likely something is and how far a statement is to be trusted are two scales, never in one sentence."""
    for line, claims in seen.lines():
        for sentence in seen.sentences(line, claims, cited=False):
            likely, sure = (seen.words_in(words, sentence, claims) for words in ("likelihood", "confidence"))
            if likely and sure:
                yield sentence, f"likelihood (“{likely[0]}”) and confidence (“{sure[0]}”) are mixed"
    words = table("wording.yaml")
    for _, fact in facts_of(seen.brief):
        text = fact.text.casefold() if fact.estimate_ids else ""
        sure = [one for one in words["confidence"][seen.brief.language] if one in text]
        if sure:
            yield fact.text, f"confidence (“{sure[0]}”) stands in a sentence on how likely something is"


def not_its_number(seen: Inspected) -> Iterator[Failure]:
    """A sentence that gives the probability of an estimate says it in the word that the number has."""
    reader = reader_of(seen.brief.language)
    words = seen.weighed.words if seen.weighed else {}
    for _, fact in facts_of(seen.brief):
        if fact.group == reader.say(BANDS):
            every = {**(seen.before.weighed.words if seen.before and seen.before.weighed else {}), **words}
            for one in fact.estimate_ids:
                if one in every and reader.say(every[one]) not in fact.text:
                    yield fact.text, f"the word for its number is “{reader.say(every[one])}”"
        if fact.group != reader.say(HOW_LIKELY):
            continue
        word = words.get(fact.estimate_ids[0]) if fact.estimate_ids else None
        said = reader.say(word) if word else reader.say("unmeasured")
        if said not in {value for _, value in fact.cells} or said not in fact.text:
            yield fact.text, f"the word for its number is “{said}”"


RULES: dict[str, Rule] = {
    "a sentence without a claim": without_claim,
    "a quote that is not the original": misquoted,
    "confirmed without two origins": called_confirmed,
    "an actor named for violence without the holder": culprit_without_holder,
    "an expired condition stated as current": stale_condition,
    "a lost figure stated as a number": lost_as_number,
    "likelihood and confidence mixed": mixed_scales,
    "a likelihood that is not its number's": not_its_number,
}
# What mends a sentence that breaks the rule; told with each failure.
REMEDIES: dict[str, str] = {
    "a sentence without a claim": "give the claims, documents or estimates that it stands on, or take it out",
    "a quote that is not the original": "quote the words of the document as they stand, around those of the claim",
    "confirmed without two origins": "say who told it instead, or let a second origin or a person confirm it",
    "an actor named for violence without the holder": "say in the same sentence who names the actor, or leave the actor out",
    "an expired condition stated as current": "say its age: ageing, past its stated end, lifted, lapsed, or not known",
    "a lost figure stated as a number": "say that the number is lost or in doubt, or give a number that was read",
    "likelihood and confidence mixed": "say how likely it is in one sentence, how far it is to be trusted in another",
    "a likelihood that is not its number's": "use the word that the scale has for the number",
}
