"""Names of holders, actors, places and times as the reader sees them; a name that is not known stays in its script."""

from __future__ import annotations

from collections.abc import Sequence

from foreshock.briefs.locale import Reader
from foreshock.briefs.locale import reader as reader_of
from foreshock.briefs.numbers import without_broken
from foreshock.briefs.quotes import safe
from foreshock.model import Actor, Claim, Holder, Place, When

# As many letters as an article before a name has: "the ", "Les ", "L'".
ARTICLE = 4


def actor_name(reader: Reader, actor: Actor, claim: Claim) -> str:
    """Return an actor's name: a country in the reader's language, else as coded, with the text's own word if readable."""
    known = _country(reader, actor.name, actor.country)
    return known or without_broken(reader, _with_own_word(reader, actor.name, actor.raw, claim.language), claim)


def holder_name(reader: Reader, holder: Holder, claim: Claim) -> str:
    """Return the name of a link of the chain."""
    if holder.role != "speaker":
        return safe(holder.name)
    return without_broken(reader, _with_own_word(reader, holder.name, holder.raw, claim.language), claim)


# In these a text's own name stands in some case ("в Алма-Ате"), or the gazetteer has the language's own: its name is taken.
INFLECTED = frozenset({"en", "ru"})


def holders_of(reader: Reader, claims: Sequence[Claim]) -> str:
    """Return the chain of holders, innermost first: "the ministry (in Steppe Wire, citing Evening Post)".

    Several claims share their innermost holder; what carries each of them is listed once.
    """
    inner = holder_name(reader, claims[0].holders[-1], claims[0])
    carried = list(dict.fromkeys(filter(None, (_carriers(reader, claim) for claim in claims))))
    return reader.say("{inner} (in {outer})", inner=inner, outer=reader.say("; ").join(carried)) if carried else inner


def place_name(reader: Reader, place: Place, language: str) -> str:
    """Return a place, a country in the reader's language; the text's own name where the reader reads it."""
    if place.precision == "country" and (name := _country(reader, place.name, place.country)):
        return name
    readable = reader.language == language and language not in INFLECTED and place.raw
    return safe(place.raw if readable else place.name)


def time_of(reader: Reader, when: When) -> str:
    """Return a time as precisely as it was said; an unresolved one is given in the text's own words."""
    if when.start and when.end:
        return reader.span(when.start, when.end)
    if when.start:
        return reader.say("from {date}", date=reader.date(when.start))
    if when.end:
        return reader.say("until {date}", date=reader.date(when.end))
    return reader.say("date not resolved")


def _carriers(reader: Reader, claim: Claim) -> str:
    outer = [holder_name(reader, holder, claim) for holder in claim.holders[:-1]]
    if len(outer) < 2:
        return "".join(outer)
    return reader.say("{carrier}, citing {cited}", carrier=outer[0], cited=", ".join(outer[1:]))


def _country(reader: Reader, name: str, code: str | None) -> str | None:
    if code is None or name.casefold() != (reader_of("en").country(code) or "").casefold():
        return None
    return reader.country(code)


def _with_own_word(reader: Reader, name: str, raw: str, language: str) -> str:
    """Return a name with the text's own word for it beside, where the reader reads that and more than an article differs."""
    alike = raw.casefold().endswith(name.casefold()) and len(raw) - len(name) <= ARTICLE
    readable = reader.language == language != "en" and raw and not alike
    return reader.say("{raw} ({name})", raw=safe(raw), name=safe(name)) if readable else safe(name)
