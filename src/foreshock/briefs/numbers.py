"""Figures in words: bounds as they were said; a lost or doubtful number is called so and never given."""

from __future__ import annotations

import re

from foreshock.briefs.locale import Reader
from foreshock.briefs.quotes import safe
from foreshock.model import Claim, Figure

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
    "votes": "{n} of the vote", "waves": "{n} waves of attack", "age": "aged {n}", "duration": "for {n}",
    "distance": "a distance of {n}",
    "money": "a sum of {n}", "other": "{n}",
}  # fmt: skip
HEADINGS = {
    "killed": "Killed", "injured": "Injured", "missing": "Missing", "displaced": "Displaced", "detained": "Detained",
    "deployed": "Deployed", "strength": "Strength", "participants": "Participants", "votes": "Votes", "waves": "Waves of attack",
    "age": "Age", "duration": "Duration", "distance": "Distance", "money": "Money", "other": "Other counts",
}  # fmt: skip
# Units that say no more than what is counted.
PLAIN_UNITS = {None, "item", "wave", "vote", "time"}
# Counts of things of which "civilians" and the like can be said.
OF_WHOM = {"killed", "injured", "missing", "displaced", "detained", "deployed", "strength", "participants"}
UNITS = {
    "person": ("{n} person", "{n} persons"), "people": ("{n} person", "{n} persons"), "day": ("{n} day", "{n} days"),
    "week": ("{n} week", "{n} weeks"), "month": ("{n} month", "{n} months"), "year": ("{n} year", "{n} years"),
    "hour": ("{n} hour", "{n} hours"), "minute": ("{n} minute", "{n} minutes"), "percent": ("{n} per cent", "{n} per cent"),
    "kilometre": ("{n} km", "{n} km"), "km": ("{n} km", "{n} km"), "metre": ("{n} m", "{n} m"), "m": ("{n} m", "{n} m"),
}  # fmt: skip

MANY = 5  # stands for a number that is not told, where languages have a plural for few and one for many


def amount(reader: Reader, figure: Figure) -> str:
    """Return the number with its unit and bound: "at least 12", "150 to 200", "[number lost] days"."""
    if figure.state != "read":
        return _with_unit(reader, figure, reader.say(LOST if figure.state == "lost" else SUSPECT), MANY)
    if figure.bound in {"dozens", "hundreds", "thousands"} and figure.best is None:
        return _with_unit(reader, figure, reader.say(BOUNDS[figure.bound]), MANY)
    if figure.best is None and figure.low is not None and figure.high is not None and figure.low != figure.high:
        both = reader.say("{low} to {high}", low=reader.number(figure.low), high=reader.number(figure.high))
        return _with_unit(reader, figure, both, figure.high)
    value = next((one for one in (figure.best, figure.low, figure.high) if one is not None), None)
    if value is None:
        return reader.say("[number not given]")
    plain = _with_unit(reader, figure, reader.number(value), value)
    return reader.say(BOUNDS[figure.bound], n=plain) if figure.bound in BOUNDS else plain


def counted(reader: Reader, figure: Figure) -> str:
    """Return a figure with what it counts: "at least 12 police killed", "aged 22", "for [number lost] days"."""
    number = amount(reader, figure)
    if figure.of and figure.what in OF_WHOM and figure.best != 1:
        vague = figure.bound in {"dozens", "hundreds", "thousands"} and figure.best is None and figure.state == "read"
        number = reader.say("{n} of {of}" if vague else "{n} {of}", n=number, of=reader.say(safe(figure.of)))
    return reader.say(COUNTED[figure.what], n=number)


def without_broken(reader: Reader, text: str, claim: Claim) -> str:
    """Return a text with every lost or doubtful number of a claim called so, be it given whole or by its digits."""
    for figure in claim.figures:
        if figure.state != "read":
            said = reader.say(LOST if figure.state == "lost" else SUSPECT)
            for words in sorted({safe(figure.raw), *digits(figure.raw)} - {""}, key=len, reverse=True):
                pattern = rf"(?<!\d){re.escape(words)}(?!\d)" if words.isdigit() else re.escape(words)
                text = re.sub(pattern, lambda _, said=said: said, text)  # type: ignore[misc]
    return text


def digits(raw: str) -> list[str]:
    """Return the numbers in digits, and the placeholders, that stand in the raw words of a figure."""
    return re.findall(r"\d+(?:[.,]\d+)*|X+NUMX+", raw)


def _with_unit(reader: Reader, figure: Figure, number: str, value: float) -> str:
    """Return the number with its unit, in the plural that its value asks for; an unknown unit stays as it was coded."""
    if figure.unit in PLAIN_UNITS or figure.what == "age":
        return number
    if figure.unit not in UNITS:
        return reader.say("{n} {unit}", n=number, unit=safe(figure.unit or ""))
    one, many = UNITS[figure.unit]
    # A fraction takes the form of few: "0,5 дня".
    return reader.count(one, many, int(value) if value == int(value) else 2, n=number)


def heading(reader: Reader, figure: Figure, place: str | None) -> str:
    """Return the matter of a figure: what, of whom, where, new or cumulative; figures of one heading may be set side by side."""
    return matter(reader, figure, place or reader.say("place not given"))


def matter(reader: Reader, figure: Figure, place: str | None) -> str:
    """Return the matter of a figure as far as it is told."""
    of = reader.say(safe(figure.of)) if figure.of else None
    counting = reader.say(figure.counting) if figure.counting else None
    parts = [reader.say(HEADINGS[figure.what]), of, place, counting]
    return " · ".join(part for part in parts if part)
