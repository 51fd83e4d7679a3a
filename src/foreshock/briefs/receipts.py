"""The receipt of a claim in the reader's words: document, holders, standing, confidence, coder and damage. For every renderer."""

from __future__ import annotations

from foreshock.briefs.brief import Line, Quote
from foreshock.briefs.coverage import DAMAGE_NAMES
from foreshock.briefs.depths import DEPTHS
from foreshock.briefs.locale import Reader
from foreshock.briefs.quotes import safe
from foreshock.briefs.tables import table
from foreshock.model import Holder

MARKED = ("▸", "◂")
AGES = {"ageing": "ageing", "past": "past", "unknown": "age not known"}


def origin(reader: Reader, quote: Quote) -> str:
    """Return where the words stand: outlet, title, date, language."""
    day = reader.date(quote.published) if quote.published else reader.say("undated")
    title = [reader.say("“{words}”", words=safe(quote.title))] if quote.title else []
    return ", ".join([safe(quote.source), *title, day, reader.tongue(quote.language)])


def standing(reader: Reader, status: str, *, negated: bool = False) -> str:
    """Return the name of a status: "reported", "denied", "rumour, unconfirmed"."""
    key = "negated" if negated and status == "asserted" else status
    return reader.say(table("standing.yaml")[key]["label"])


def marks(reader: Reader, line: Line) -> list[str]:
    """Return what stands beside a line: its age where it is not recent, and the origins of what several texts carry."""
    age = [reader.say(AGES[line.age])] if line.age in AGES else []
    several = line.origins is not None and len(line.quotes) > 1 and line.position is None
    return [*age, *([reader.count("{n} origin", "{n} origins", line.origins or 0)] if several else [])]


def confidence(reader: Reader, value: float) -> str:
    """Return the coder's confidence with two places, as a fraction of 1."""
    return reader.say("coding confidence {value}", value=reader.percent(f"{value:.2f}"))


def kind(reader: Reader, quote: Quote) -> str:
    """Return the kind, and its mode where it has one, by label and by code."""
    label = table("phrases.yaml").get(quote.kind, {}).get("label", quote.kind.capitalize())
    code = f"{quote.kind}/{quote.mode}" if quote.mode else quote.kind
    return reader.say("{label} ({code})", label=reader.say(label), code=code)


def rows(reader: Reader, quote: Quote) -> list[tuple[str, str]]:
    """Return the receipt as (label, value) pairs."""
    chain = reader.say(" ‹ ").join(
        reader.say("{name} ({role}, {status})", name=safe(one.name), role=reader.say(one.role), status=_said(reader, one))
        for one in reversed(quote.holders)
    )
    certainty = [] if quote.certainty == "certain" else [reader.say(f"held to be {quote.certainty}")]
    return [
        (reader.say("Document"), f"{origin(reader, quote)} · {quote.document_id}"),
        (reader.say("Place in the text"), f"{quote.claimed[0]}–{quote.claimed[1]}"),
        (reader.say("Holders"), chain),
        (reader.say("Kind"), kind(reader, quote)),
        (reader.say("Standing"), " · ".join([standing(reader, quote.status, negated=quote.negated), *certainty])),
        (reader.say("Basis"), reader.say(f"basis: {quote.basis}")),
        (reader.say("Coded by"), f"{quote.coder} · {confidence(reader, quote.confidence)} · {reader.say(DEPTHS[quote.depth])}"),
        (reader.say("Claim"), quote.claim_id),
    ]


def _said(reader: Reader, holder: Holder) -> str:
    return standing(reader, holder.status)


def damage_notes(reader: Reader, quote: Quote) -> list[str]:
    """Return one note for each damage of a quote, in the order of their numbers: kind, repair if argued, why."""
    notes = []
    for one in quote.damage:
        repair = "no repair is proposed" if one.proposal is None else "proposed: {proposal}"
        repair = reader.say(repair, proposal=safe(one.proposal or ""))
        raw = reader.say("“{words}”", words=safe(one.raw))
        told = reader.say("; ").join((raw, repair, safe(reader.say(one.why))))
        notes.append(reader.headed(reader.say(DAMAGE_NAMES[one.kind]), told))
    return notes
