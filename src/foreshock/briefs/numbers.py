"""Figures in words: bounds as they were said; a lost or doubtful number is called so and never given."""

from __future__ import annotations

from foreshock.briefs.locale import Reader
from foreshock.briefs.quotes import safe
from foreshock.model import Figure

LOST = "[number lost]"
SUSPECT = "[number in doubt]"
BOUNDS = {
    "at_least": "at least {n}", "at_most": "at most {n}", "about": "about {n}", "nearly": "nearly {n}", "over": "over {n}",
    "dozens": "dozens", "hundreds": "hundreds", "thousands": "thousands",
}  # fmt: skip
# What is counted, around the number.
COUNTED = {
    "killed": "{n} killed", "injured": "{n} injured", "missing": "{n} missing", "displaced": "{n} displaced",
    "detained": "{n} detained", "deployed": "{n} deployed", "strength": "a strength of {n}", "participants": "{n} taking part",
    "votes": "{n} of the vote", "waves": "{n} waves of attack", "age": "aged {n}", "duration": "for {n}", "distance": "over {n}",
    "money": "a sum of {n}", "other": "{n}",
}  # fmt: skip
HEADINGS = {
    "killed": "Killed", "injured": "Injured", "missing": "Missing", "displaced": "Displaced", "detained": "Detained",
    "deployed": "Deployed", "strength": "Strength", "participants": "Participants", "votes": "Votes", "waves": "Waves of attack",
    "age": "Age", "duration": "Duration", "distance": "Distance", "money": "Money", "other": "Other counts",
}  # fmt: skip
UNITLESS = {"person", "people", None}


def amount(reader: Reader, figure: Figure) -> str:
    """Return the number alone, with its bound: "at least 12", "150 to 200", "[number lost]"."""
    if figure.state != "read":
        return reader.say(LOST if figure.state == "lost" else SUSPECT)
    if figure.low is not None and figure.high is not None and figure.low != figure.high:
        return reader.say("{low} to {high}", low=reader.number(figure.low), high=reader.number(figure.high))
    value = next((one for one in (figure.best, figure.low, figure.high) if one is not None), None)
    if figure.bound in {"dozens", "hundreds", "thousands"}:
        return reader.say(BOUNDS[figure.bound])
    if value is None:
        return reader.say("[number not given]")
    plain = reader.number(value)
    return reader.say(BOUNDS[figure.bound], n=plain) if figure.bound in BOUNDS else plain


def counted(reader: Reader, figure: Figure) -> str:
    """Return a figure with what it counts: "at least 12 killed (police)"."""
    number = amount(reader, figure)
    if figure.unit not in UNITLESS:
        number = reader.say("{n} {unit}", n=number, unit=unit(reader, figure))
    text = reader.say(COUNTED[figure.what], n=number)
    return reader.say("{text} ({of})", text=text, of=reader.say(safe(figure.of))) if figure.of else text


def unit(reader: Reader, figure: Figure) -> str:
    """Return the unit in the reader's language where it is known: "day" -> "days"."""
    many = figure.state != "read" or figure.best != 1
    return reader.count(figure.unit, f"{figure.unit}s", 2 if many else 1) if figure.unit in KNOWN_UNITS else safe(figure.unit or "")


KNOWN_UNITS = {"day", "week", "month", "year", "hour", "minute", "kilometre", "metre", "tonne"}


def heading(reader: Reader, figure: Figure, place: str | None) -> str:
    """Return the matter of a figure: what, of whom, where, new or cumulative; figures of one heading may be set side by side."""
    of = reader.say(safe(figure.of)) if figure.of else None
    counting = reader.say(figure.counting) if figure.counting else None
    parts = [reader.say(HEADINGS[figure.what]), of, place or reader.say("place not given"), counting]
    return " · ".join(part for part in parts if part)
