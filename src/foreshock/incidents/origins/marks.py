"""Credit lines, datelines and bylines: whose report a text says that it carries (marks.yaml)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from foreshock.errors import CatalogueError
from foreshock.incidents.origins.names import agencies, bare, outlet_key, outlet_name
from foreshock.incidents.origins.passages import is_heading, paragraphs
from foreshock.knowledge import load_table

How = Literal["agency", "reprint", "translation", "lead"]
HOWS = ("agency", "reprint", "translation", "lead")
HEAD, TAIL = 5, 4
LONGEST = 240
_DENSE = "\u2e80"
_WORD = re.compile(r"\w+")
# A name of up to six words without what ends one; whether it is a name is asked afterwards.
_NAME = r"(?P<name>[^\n()（）【】\[\]:：;；,，。、!?！？|]{2,60}?)"
_LOWER = frozenset(
    ["the", "of", "de", "la", "le", "les", "du", "des", "del", "el", "los", "las", "da", "do", "dos", "di", "von", "und", "and",
     "et", "y", "e", "i", "a", "an", "en", "in", "for", "der", "die", "das"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Credit:
    """A mark in a text: the outlet as known, its name as written, what the mark means, and the line that it stands in."""

    name: str
    raw: str
    how: How
    line: str


@cache
def _tables() -> dict[str, Any]:
    tables: dict[str, Any] = load_table(__package__, "marks.yaml")
    return tables


@dataclass(frozen=True, slots=True)
class _Mark:
    """A row of the table: ``find`` looks for it in a line; ``agency`` says that it needs a mark of agencies.yaml."""

    how: How
    find: Callable[[str], re.Match[str] | None]
    agency: bool


@cache
def _marks(where: str) -> tuple[_Mark, ...]:
    """Return the marks of one place of a text.

    Raises:
        CatalogueError: a row has an unknown ``how`` or no slot for a name.
    """
    names = sorted(agencies(), key=lambda mark: (-len(mark), mark))
    # A name in Han or kana has no edge before it: 【モスクワ時事】.
    edged = "|".join(re.escape(mark) for mark in names if mark[0] < _DENSE)
    dense = "|".join(re.escape(mark) for mark in names if mark[0] >= _DENSE)
    agency = rf"(?P<name>(?:(?<![^\W_])(?:{edged})|{dense})(?![a-zA-Zа-яА-ЯёЁ]))"
    languages = "|".join(re.escape(str(word)) for word in _tables()["languages"])
    slots = {"agency": agency, "name": _NAME, "language": f"(?:{languages})"}
    found = []
    for row in _tables()[where]:
        text = str(row.get("is", ""))
        if row.get("how") not in HOWS or ("{agency}" in text) == ("{name}" in text):
            raise CatalogueError(f"mark {row!r} is not one", remedy="give `how` and a pattern with {agency} or {name}")
        pattern = re.compile(re.sub(r"\{(agency|name|language)\}", lambda slot: slots[slot[1]], text))
        # What is bound to the beginning is not looked for elsewhere, which the engine would do.
        bound = text.removeprefix("(?i)").startswith("^")
        found.append(_Mark(row["how"], pattern.match if bound else pattern.search, "{agency}" in text))
    return tuple(found)


def credits(text: str, *, source: str = "") -> tuple[Credit, ...]:
    """Return the credits of a text in order, each outlet once; ``source`` is the text's own outlet, whose name is no credit."""
    places = _places(paragraphs(text))
    own = outlet_key(source) if source else ""
    looked = "\n".join(line for _, line in places)
    agency = _may_name_an_agency(looked)
    found: dict[str, Credit] = {}
    for where, line in places:
        for mark in _marks(where):
            match = mark.find(line) if agency or not mark.agency else None
            if match is None or (not mark.agency and not is_name(match["name"])):
                continue
            key = outlet_key(match["name"])
            if key and key != own and key not in found:
                found[key] = Credit(outlet_name(match["name"]), bare(match["name"]), mark.how, line[:LONGEST])
            break
    return tuple(found.values())


def _may_name_an_agency(text: str) -> bool:
    """Rule out quickly that a text has a mark of an agency: most texts have none."""
    words, dense = _first_words()
    return not words.isdisjoint(_WORD.findall(text)) or (not text.isascii() and any(mark in text for mark in dense))


@cache
def _first_words() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the first words of marks in spaced scripts, and the marks of others."""
    spaced = [_WORD.findall(mark) for mark in agencies() if mark[0] < _DENSE]
    words = {parts[1] if len(parts) > 1 and parts[0] in ("The", "La") else parts[0] for parts in spaced}
    return frozenset(words), tuple(mark for mark in agencies() if mark[0] >= _DENSE)


def _places(lines: list[str]) -> list[tuple[str, str]]:
    """Return (head, tail or lead; the line) of the lines that are looked at."""
    head = [("head", line[:LONGEST]) for line in lines[:HEAD]]
    tail = [("tail", line[-LONGEST:]) for line in lines[max(1, len(lines) - TAIL) :]]
    first = next((line for line in lines[:HEAD] if len(line) >= 60 and not is_heading(line)), "")
    return [*head, *tail, *([("lead", first[: 2 * LONGEST])] if first else [])]


def is_name(words: str) -> bool:
    """Tell whether words may be an outlet's name: no number, no sort of text, and in capitals where the script has them."""
    plain = bare(words)
    if plain in agencies():
        return True
    if not plain or re.search(r"\d|https?:|www\.|@", plain) or plain.casefold() in _not_names():
        return False
    parts = plain.split()
    cased = [part for part in parts if part[:1].lower() != part[:1].upper()]
    if not cased:
        return len(plain) <= 24 and len(parts) <= 4
    capital = [part for part in cased if part.casefold() not in _LOWER and not re.match(r"(?:l|d)[’']\w", part)]
    quoted = words.strip()[:1] in "«„“\"'‘"
    free = [part for part in capital if not part[:1].isupper()]
    return len(parts) <= 6 and (not free or (quoted and plain[:1].isupper()))


def is_ourselves(words: str) -> bool:
    """Tell whether words are what an outlet calls itself: "our correspondent", 本紙の記者."""
    return bool(_ourselves().match(bare(words)))


@cache
def _ourselves() -> re.Pattern[str]:
    words = "|".join(re.escape(str(word)) + (r"\b" if str(word)[0] < "\u2e80" else "") for word in _tables()["ourselves"])
    return re.compile(rf"(?i)(?:{words})")


@cache
def _not_names() -> frozenset[str]:
    return frozenset(str(word).casefold() for word in _tables()["not_names"])


def own_mark(text: str) -> str | None:
    """Return the words by which a text shows that it is a brief or export of ours, else None.

    The words must make a line or begin or end one: an article that quotes them within a sentence is not ours.
    """
    for mark in map(str, _tables()["own"]):
        edge = rf"^[\s*_>\"']*{re.escape(mark)}|{re.escape(mark)}[\s*_,\"']*$"
        if mark in text and re.search(edge, text, re.MULTILINE):
            return mark
    return None
