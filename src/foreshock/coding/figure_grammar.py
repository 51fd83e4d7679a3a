"""The ``figures`` table of a language, compiled: units, bounds, what a number counts and of whom."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from foreshock.coding.numbers import NEVER, Identity, Numbers, alternatives, numbers_of

UNIT_END = r"(?!\w|-(?!(?:old|long|strong)\b)[^\W\d])"  # "20 day-labourers" counts no days, "a 3-day-long strike" does


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that decide a field: its value and where to look for them."""

    value: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Unit:
    """What stands behind (or before) a number: the unit it names and, where that alone says it, what is counted.

    ``where`` are cues beside it that make it count something else: a percentage of the vote counts votes.
    """

    name: str
    what: str | None
    of: str | None
    pattern: re.Pattern[str]
    leads: bool
    where: tuple[Cue, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureGrammar:
    """A language's ``figures``, ready to run.

    Attributes:
        what_before, what_after: cues directly before the number, and cues in the words after it; the first that fits decides.
        what_around: cues anywhere in the words before, the weakest.
        joined: words between two numbers that make what is said of the second hold for the first ("21 men and 3 boys were hurt").
        skip_before, skip_after: words beside a number that make it a name, an ordinal or a part of something else.
        definite: words before a written-out number that point back to what is known ("the two men"): no count of its own.
        bare_next: what may follow a number without a unit for it to count people; None where anything may.
        bare_link, bare_lead: what may stand between such a number and what is said of it, behind and before; None: all.
        complement: words behind a clause that still say what became of its people ("recorded" + "as missing").
        named_age: a name right before a bare number that is its age ("Ana Ruiz, 66 and Eva Ruiz, 64").
        own_deed: words right after a count of people that are said of it alone, so that it takes nothing from the count before.
        part_of: words between a number and a part of it ("164 people died, including 18 officers").
        approximate: written-out numbers that are round by themselves (une quarantaine, medio centenar).
        ones: words that count one (the group ``one``): "another", un autre, and again: which of them take up the earlier people.
        doing: who is counted, where only what they do says so: those who march are protesters.
        totals, tally: words before a total; over_time and since: a stretch of time that people are counted over.
        unreal: words of a sentence that is only supposed; lasting: a state that lasts, no event.
        whole: a whole at the head of the sentence, up to its share ({number} stands for any): "Of the 27 suspects, five".
        change, change_after: words up to the second of two numbers that tell what a count was and is ("rose from 11 to"), and
            behind it; change_back: where the count that was stands second ("rose to 18 from").
        partitive, share_of: words between a whole and its share, the whole first or last; rivals: between two sides of a vote.
        keeps: words before a length of time that a date would take ("will last ten days").
        aside: an age set between commas ("the president, 71, ...").
        unbound: words before which a bound is none: "rose to 31"; articles: numbers that alone only point (un, una).
        scope, as_of_before, as_of_after: where the figures hold, and as of when.
    """

    numbers: Numbers
    number: re.Pattern[str]
    vague: tuple[Cue, ...]
    bound_before: tuple[Cue, ...]
    bound_after: tuple[Cue, ...]
    units: tuple[Unit, ...]
    what_before: tuple[Cue, ...]
    what_after: tuple[Cue, ...]
    what_around: tuple[Cue, ...]
    of_before: tuple[Cue, ...]
    of_after: tuple[Cue, ...]
    counting: tuple[Cue, ...]
    range_between: re.Pattern[str]
    stop: re.Pattern[str]
    skip_before: re.Pattern[str]
    skip_after: re.Pattern[str]
    definite: re.Pattern[str]
    bare_next: re.Pattern[str] | None
    bare_link: re.Pattern[str] | None
    bare_lead: re.Pattern[str] | None
    joined: re.Pattern[str]
    part_of: re.Pattern[str]
    only_counted: frozenset[str]
    approximate: re.Pattern[str]
    ones: tuple[re.Pattern[str], ...]
    again: re.Pattern[str]
    doing: tuple[Cue, ...]
    totals: re.Pattern[str]
    tally: re.Pattern[str]
    over_time: re.Pattern[str]
    since: re.Pattern[str]
    unreal: re.Pattern[str]
    lasting: re.Pattern[str]
    change: re.Pattern[str]
    change_after: re.Pattern[str]
    change_back: re.Pattern[str]
    partitive: re.Pattern[str]
    share_of: re.Pattern[str]
    rivals: re.Pattern[str]
    keeps: re.Pattern[str]
    aside: re.Pattern[str]
    scope: re.Pattern[str]
    unbound: re.Pattern[str]
    own_deed: re.Pattern[str]
    complement: re.Pattern[str]
    named_age: re.Pattern[str]
    whole: re.Pattern[str]
    articles: frozenset[str]
    as_of_before: re.Pattern[str]
    as_of_after: re.Pattern[str]


def _filled(source: str, macros: Mapping[str, str]) -> str:
    """Return a pattern with the language's own pieces put in: "{mod}people"."""
    for name, piece in macros.items():
        source = source.replace("{" + name + "}", piece)
    return source


def _cues(table: Mapping[str, Any] | None, shape: str, spaced: bool, macros: Mapping[str, str]) -> tuple[Cue, ...]:
    cues = []
    for value, said in (table or {}).items():
        words = [said] if isinstance(said, str) else list(said)
        source = "|".join(_filled(str(word), macros) for word in words) or NEVER
        wall = (r"(?<!\w)", r"(?!\w)") if spaced else ("", "")
        cues.append(Cue(str(value), re.compile(shape.format(f"{wall[0]}(?:{source}){wall[1]}"), re.IGNORECASE)))
    return tuple(cues)


WORDS = (
    "approximate", "again", "totals", "tally", "over_time", "since", "unreal", "lasting", "partitive", "share_of", "rivals",
    "keeps", "aside", "scope", "unbound", "own_deed", "complement", "named_age",
    "change", "change_back",
)  # fmt: skip


def _words(source: object) -> re.Pattern[str]:
    return re.compile(str(source or NEVER), re.IGNORECASE)


@lru_cache(maxsize=64)
def _compile(key: Identity) -> FigureGrammar:
    table = key.table.get("figures") or {}
    spaced = bool(table.get("spaced", True))
    macros = {"mod": str(table.get("modifier") or ""), **{name: str(one) for name, one in (table.get("macros") or {}).items()}}
    numbers = numbers_of(key.table)
    filler = f"(?:{table.get('filler') or ' ?'})"
    wall = (r"(?<![\w.,])", r"(?!\w)") if spaced else ("(?<![0-9A-Za-z_.])", "(?![0-9A-Za-z_])")
    units = []
    for name, unit in (table.get("units") or {}).items():
        for one in unit if isinstance(unit, list) else [unit]:
            words = "|".join(_filled(str(word), macros) for word in one["words"])
            leads = bool(one.get("leads", False))
            source = (
                rf"(?:{words}){filler}$"
                if leads
                else rf"{one.get('glue', filler)}(?:{words}){UNIT_END if spaced and not one.get('open') else ''}"
            )
            where = _cues(one.get("where"), "{}", False, macros)
            units.append(Unit(str(name), one.get("what"), one.get("of"), re.compile(source, re.IGNORECASE), leads, where))
    skip, as_of = table.get("skip") or {}, table.get("as_of") or {}
    return FigureGrammar(
        numbers=numbers,
        number=re.compile(rf"{wall[0]}(?:{numbers.pattern})(?!\d)", re.IGNORECASE),
        vague=_cues(table.get("vague"), "{}", spaced, macros),
        bound_before=_cues((table.get("bounds") or {}).get("before"), "{}" + filler + "$", spaced, macros),
        bound_after=_cues((table.get("bounds") or {}).get("after"), filler + "{}", spaced, macros),
        units=tuple(units),
        what_before=_cues((table.get("what") or {}).get("before"), "{}$", False, macros),
        what_after=_cues((table.get("what") or {}).get("after"), "{}", spaced, macros),
        what_around=_cues((table.get("what") or {}).get("around"), "{}", spaced, macros),
        of_before=_cues((table.get("of") or {}).get("before"), "{}$", False, macros),
        of_after=_cues((table.get("of") or {}).get("after"), "^{}", False, macros),
        counting=_cues(table.get("counting"), "{}", spaced, macros),
        range_between=re.compile(str(table.get("range") or "(?: ?[-–—~〜～] ?)"), re.IGNORECASE),
        stop=re.compile(str(table.get("stop") or NEVER), re.IGNORECASE),
        skip_before=re.compile(f"(?:{skip.get('before') or NEVER})$", re.IGNORECASE if not skip.get("cased") else 0),
        skip_after=re.compile(str(skip.get("after") or NEVER), re.IGNORECASE),
        definite=re.compile(f"(?:{skip.get('definite') or NEVER})$", re.IGNORECASE),
        bare_next=re.compile(str(table["bare_next"])) if table.get("bare_next") else None,
        bare_link=re.compile(str(table["bare_link"]), re.IGNORECASE) if table.get("bare_link") else None,
        bare_lead=re.compile(f"(?:{table['bare_lead']})$", re.IGNORECASE) if table.get("bare_lead") else None,
        joined=re.compile(str(table.get("joined") or NEVER), re.IGNORECASE),
        part_of=re.compile(str(table.get("part_of") or NEVER), re.IGNORECASE),
        only_counted=frozenset(str(word) for word in table.get("only_counted") or ()),
        ones=tuple(
            re.compile(str(one).replace("{number}", f"(?:{numbers.pattern})"), re.IGNORECASE) for one in table.get("ones") or ()
        ),
        doing=_cues((table.get("of") or {}).get("doing"), "{}", False, macros),
        articles=frozenset(str(word) for word in table.get("articles") or ()),
        whole=_words(str(table["whole"]).replace("{number}", f"(?:{numbers.pattern})") if table.get("whole") else None),
        change_after=_words(table.get("change_after") or "(?:)"),
        as_of_before=_words(as_of.get("before")),
        as_of_after=_words(as_of.get("after")),
        **{name: _words(table.get(name)) for name in WORDS},
    )


def figure_grammar_of(table: Mapping[str, Any]) -> FigureGrammar:
    """Return the compiled ``figures`` (and ``numbers``) of a language's table."""
    return _compile(Identity(table))


def first(cues: tuple[Cue, ...], text: str) -> tuple[str, re.Match[str]] | None:
    """Return the first cue in the table's order that is found in the text, with its match."""
    for cue in cues:
        match = cue.pattern.search(text)
        if match is not None:
            return cue.value, match
    return None


def nearest(cues: tuple[Cue, ...], text: str) -> str | None:
    """Return the cue whose first match starts earliest; the table's order breaks ties."""
    found = [(match.start(), rank, cue.value) for rank, cue in enumerate(cues) if (match := cue.pattern.search(text)) is not None]
    return min(found)[2] if found else None


def linked(cues: tuple[Cue, ...], text: str, link: re.Pattern[str]) -> str | None:
    """Return the earliest cue up to which the text is nothing but linking words."""
    found = [
        (match.start(), rank, cue.value)
        for rank, cue in enumerate(cues)
        if (match := cue.pattern.search(text)) is not None and link.fullmatch(text, 0, match.start())
    ]
    return min(found)[2] if found else None


def latest(cues: tuple[Cue, ...], text: str) -> str | None:
    """Return the cue whose last match ends latest."""
    found = [
        (max(match.end() for match in cue.pattern.finditer(text)), -rank, cue.value)
        for rank, cue in enumerate(cues)
        if cue.pattern.search(text)
    ]
    return max(found)[2] if found else None


__all__ = ["Cue", "FigureGrammar", "Unit", "alternatives", "figure_grammar_of", "first", "latest", "linked", "nearest"]
