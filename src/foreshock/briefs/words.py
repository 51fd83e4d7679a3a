"""Claims as sentences of the reader: standing by template, content by kind and mode, or the original words themselves.

A text in the reader's own language is quoted, not paraphrased. A text in another language is rendered from what was coded; what
coding does not carry (a judgement, a comparison, background) is given as holder, kind, topic and the original words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from foreshock.briefs.brief import Cited
from foreshock.briefs.locale import Reader
from foreshock.briefs.names import actor_name, holders_of, place_name, time_of
from foreshock.briefs.numbers import LOST, SUSPECT, counted
from foreshock.briefs.quotes import safe
from foreshock.briefs.tables import phrase_of, standing_of, table
from foreshock.model import Claim

LONGEST_CITED = 320
_SLOT = re.compile(r"\[([^\[\]{}]*)\{(\w+)\}([^\[\]{}]*)\]")
_CITED = "\ue000"
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
        claims: one or more, equal under :func:`foreshock.briefs.merge.same`.
        content: what is claimed, where the caller words it (a figure); else it is worded here.
        after: added before the full stop.
    """
    claim = claims[0]
    quoted = content is None and (claim.language == reader.language or phrase_of(claim).quote_only)
    frame, doer = _frame(claim)
    body = content if content is not None else _content(reader, claim, drop_actor=doer is not None or _own_act(claim))
    text = reader.say(
        frame,
        holder=holders_of(reader, claims),
        content=body,
        colon=":" if quoted else "",
        doer=actor_name(reader, doer, claim.language) if doer else "",
    )
    tail = _tail(reader, claim, figures=content is None and claim.language != reader.language)
    text = reader.say("{sentence}{tail}{after}.", sentence=text, tail=tail, after=after)
    return _fill(reader, text[:1].upper() + text[1:], claim)


def masked(reader: Reader, claim: Claim) -> str:
    """Return the claim's own words with every lost or doubtful number replaced by a note that it is so."""
    spans = {(one.start, one.end): LOST if one.state == "lost" else SUSPECT for one in claim.figures if one.state != "read"}
    spans |= {(one.start, one.end): _NUMBERS[one.kind] for one in claim.damage if one.kind in _NUMBERS}
    pieces, at = [], claim.start
    for (start, end), message in sorted(spans.items()):
        if claim.start <= start and end <= claim.end and end > at:
            pieces += [claim.text[at - claim.start : max(start, at) - claim.start], reader.say(message) if start >= at else ""]
            at = end
    text = safe("".join([*pieces, claim.text[at - claim.start :]])).rstrip(".。 ")
    return text if len(text) <= LONGEST_CITED else text[: LONGEST_CITED - 1].rstrip() + "…"


def _frame(claim: Claim) -> tuple[str, object]:
    raise NotImplementedError
