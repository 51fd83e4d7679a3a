"""Claims as sentences of the reader: standing by template, content by kind and mode, or the original words themselves.

A text in the reader's own language is quoted, not paraphrased. A text in another language is rendered from what was coded; what
coding does not carry (a judgement, a comparison, background) is given as holder, kind, topic and the original words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foreshock.briefs.brief import Cited
from foreshock.briefs.locale import Reader
from foreshock.briefs.names import actor_name, holder_name, holders_of, place_name, time_of
from foreshock.briefs.numbers import LOST, SUSPECT, counted
from foreshock.briefs.quotes import safe
from foreshock.briefs.tables import Phrase, phrase_of, standing_of, table
from foreshock.model import Actor, Claim

LONGEST_CITED = 320
MOST_TELLERS = 12
_SLOT = re.compile(r"\[([^\[\]{}]*)\{(\w+)\}([^\[\]{}]*)\]")
_CITED = "\ue000"
# Given by their actor even where a speaker tells of them (docs/claims.md: who issues an order is the claim's actor).
ISSUED = {"ordered", "permitted", "advised"}
_NUMBERS = {"lost_number": LOST, "suspect_number": SUSPECT}


@dataclass(frozen=True, slots=True)
class Worded:
    """A sentence and which of its words are cited."""

    text: str
    cited: tuple[Cited, ...]


def sentence(reader: Reader, claims: Sequence[Claim], *, content: str | None = None, after: str = "") -> Worded:
    """Return one sentence for claims that say the same thing; they share their innermost holder.

    Args:
        reader: the reader's language.
        claims: one or more that :func:`foreshock.briefs.sorting.merged` put together.
        content: what is claimed, where the caller words it (a figure); else it is worded here.
        after: added before the full stop.
    """
    claim = claims[0]
    quoted = content is None and (claim.language == reader.language or phrase_of(claim).quote_only)
    frame, doer = _frame(claim, quoted)
    body = content if content is not None else _content(reader, claim, drop_actor=doer is not None or _own_act(claim))
    text = reader.say(
        frame,
        holder=holders_of(reader, claims),
        content=body,
        colon=":" if quoted else "",
        doer=actor_name(reader, doer, claim) if doer else "",
    )
    tail = _tail(reader, claim, figures=content is None and claim.language != reader.language)
    text = reader.say("{sentence}{tail}{after}.", sentence=text, tail=tail, after=after)
    opens_with_outlet = text.startswith(tuple(safe(one.name) for one in claim.holders if one.role != "speaker" and one.name))
    return _fill(reader, text if opens_with_outlet else text[:1].upper() + text[1:], claim)


def together(reader: Reader, frame: str, head: Claim, claims: Sequence[Claim], **values: object) -> Worded:
    """Return one sentence for claims of several holders: what is common to them, who tells it, and the words of one of them.

    Args:
        reader: the reader's language.
        frame: the message, with ``{holders}``, ``{words}`` and whatever ``values`` fill in.
        head: the claim whose words are quoted, where the reader reads them.
        claims: one or more; ``head`` is among them.
    """
    ordered = [head, *(claim for claim in claims if claim.id != head.id)]
    words = ""
    if head.language == reader.language:
        quoted = reader.say("“{words}”", words=_CITED)
        words = reader.say(
            "; in the words of {holder}: {words}", holder=holder_name(reader, head.holders[-1], head), words=quoted
        )
    text = reader.say(frame, holders=tellers(reader, ordered), words=words, **values)
    text = reader.say("{sentence}{tail}{after}.", sentence=text, tail="", after="")
    return _fill(reader, text[:1].upper() + text[1:], head)


def tellers(reader: Reader, claims: Sequence[Claim]) -> str:
    """Return who tells claims, each once with what carries it: "A (in B), C and others".

    Only those are left out of a long list who name nobody for violence: whoever does stands beside the name.
    """
    by_name: dict[str, list[Claim]] = {}
    for claim in claims:
        by_name.setdefault(holder_name(reader, claim.holders[-1], claim), []).append(claim)
    violent = table("wording.yaml")["violent"]
    needed = [any(one.actor and one.kind in violent for one in some) for some in by_name.values()]
    room = max(MOST_TELLERS - sum(needed), 0)
    free = [n for n, need in enumerate(needed) if not need]
    kept = {*free[:room], *(n for n, need in enumerate(needed) if need)}
    named = [holders_of(reader, some) for n, some in enumerate(by_name.values()) if n in kept]
    return reader.join(named if len(kept) == len(by_name) else [*named, reader.say("others")])


def phrase(reader: Reader, claim: Claim, *, actor: bool = False, recipient: bool = False) -> str:
    """Return what a claim's kind and mode are called, with the actor and the recipient where asked for."""
    slots = {
        "actor": actor_name(reader, claim.actor, claim) if actor and claim.actor else "",
        "recipient": actor_name(reader, claim.recipient, claim) if recipient and claim.recipient else "",
    }
    return _phrased(reader, phrase_of(claim), slots)


def details(reader: Reader, parts: Sequence[str]) -> str:
    """Return parts in brackets, after a blank; nothing where there are none."""
    said = [part for part in parts if part]
    return reader.say(" ({details})", details=reader.say("; ").join(said)) if said else ""


def masked(reader: Reader, claim: Claim) -> str:
    """Return the claim's own words with every lost or doubtful number replaced by a note that it is so."""
    spans = {(one.start, one.end): LOST if one.state == "lost" else SUSPECT for one in claim.figures if one.state != "read"}
    spans |= {(one.start, one.end): _NUMBERS[one.kind] for one in claim.damage if one.kind in _NUMBERS}
    pieces, at = [], claim.start
    for (first, last), message in sorted(spans.items()):
        start, end = max(first, claim.start), min(last, claim.end)
        if end > at and end > start:
            pieces += [claim.text[at - claim.start : max(start, at) - claim.start], reader.say(message) if start >= at else ""]
            at = end
    text = safe("".join([*pieces, claim.text[at - claim.start :]])).rstrip(".。 ")
    return text if len(text) <= LONGEST_CITED else text[: LONGEST_CITED - 1].rstrip("0123456789０１２３４５６７８９.,，． ") + "…"


def _frame(claim: Claim, quoted: bool) -> tuple[str, Actor | None]:
    """Return the sentence frame of a claim, and the actor it names as the one who ordered, permitted, promised ..."""
    row = table("standing.yaml")["asserted" if quoted and claim.status == "asserted" else standing_of(claim)]
    spoken = claim.holders[-1].role == "speaker"
    issued = claim.status in ISSUED or not spoken
    if claim.actor and "doer" in row and issued and not _own_act(claim):
        return row["doer"], claim.actor
    if spoken:
        return row.get("quoted", row["own"]) if quoted else row["own"], None
    return row["outlet"], None


def _own_act(claim: Claim) -> bool:
    return claim.actor is not None and claim.actor.name == claim.holders[-1].name


def _content(reader: Reader, claim: Claim, *, drop_actor: bool) -> str:
    called = phrase_of(claim)
    if claim.language == reader.language:
        return reader.say("“{words}”", words=_CITED)
    if called.quote_only:
        topic = _topic(reader, claim)
        label = reader.say(called.label)
        label = label[:1].lower() + label[1:]
        named = reader.say("{label}, on {topic}", label=label, topic=topic) if topic else label
        return reader.say("{label}; original: {words}", label=named, words=reader.say("“{words}”", words=_CITED))
    slots = {
        "actor": actor_name(reader, claim.actor, claim) if claim.actor and not drop_actor else "",
        "recipient": actor_name(reader, claim.recipient, claim) if claim.recipient else "",
    }
    return _phrased(reader, called, slots)


def _phrased(reader: Reader, called: Phrase, slots: Mapping[str, str]) -> str:
    text = _SLOT.sub(lambda slot: f"{slot[1]}{slots[slot[2]]}{slot[3]}" if slots[slot[2]] else "", reader.say(called.pattern))
    return f"{text} ({called.mode.replace('_', ' ')})" if called.mode else text


def _topic(reader: Reader, claim: Claim) -> str:
    named = [one for one in (claim.actor, claim.recipient) if one is not None and one.name != claim.holders[-1].name]
    return reader.join([actor_name(reader, one, claim) for one in named])


def _tail(reader: Reader, claim: Claim, *, figures: bool) -> str:
    """Return place, time, figures, certainty, phase and damage in brackets, as far as they were coded."""
    parts = [place_name(reader, claim.place, claim.language)] if claim.place else []
    parts += [time_of(reader, claim.when)] if claim.when else []
    parts += [counted(reader, one) for one in claim.figures] if figures else []
    parts += [reader.say(f"held to be {claim.certainty}")] if claim.certainty != "certain" else []
    parts += [reader.say(claim.phase)] if claim.phase else []
    parts += [reader.say("damaged text")] if claim.damage else []
    return details(reader, parts)


def _fill(reader: Reader, text: str, claim: Claim) -> Worded:
    at = text.find(_CITED)
    if at < 0:
        return Worded(text, ())
    words = masked(reader, claim)
    return Worded(text[:at] + words + text[at + 1 :], (Cited(at, at + len(words), claim.language),))
