"""The ``grammar`` and ``moods`` tables of ja.yaml, compiled: which words continue, link, soften or turn a predicate."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foreshock.reading.languages.base import Mood


def _either(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns) or r"(?!)")


def _longest(phrases: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(one) for one in sorted(phrases, key=len, reverse=True)))


@dataclass(frozen=True, slots=True)
class Ending:
    """What follows a predicate and says how its clause hangs on the next: ``match`` is anchored at the predicate's end."""

    match: re.Pattern[str]
    link: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The knowledge that the Japanese grammar reads; every field is a key of ``grammar`` in ja.yaml, or derived from one."""

    te_auxiliaries: frozenset[str]
    compound_verbs: frozenset[str]
    compound_particles: re.Pattern[str]
    copula: re.Pattern[str]
    extensions: re.Pattern[str]
    endings: tuple[Ending, ...]
    neutral: re.Pattern[str]
    negatives: re.Pattern[str]
    moods: tuple[tuple[Mood, re.Pattern[str]], ...]
    mood_adverbs: tuple[tuple[Mood, frozenset[str]], ...]
    people: re.Pattern[str]
    times: re.Pattern[str]
    time_nouns: frozenset[str]
    set_phrases: frozenset[str]
    noun_verbs: frozenset[str]
    circumstance_verbs: frozenset[str]
    adverbs: re.Pattern[str]
    openers: re.Pattern[str]
    gap_nouns: frozenset[str]
    bare_nouns: frozenset[str]
    describing: frozenset[str]
    states: frozenset[str]
    takes_ni: frozenset[str]
    carrying: frozenset[str]
    intransitive: frozenset[str]
    stateless: frozenset[str]
    frames: Mapping[str, frozenset[str]]
    speech: frozenset[str]
    directives: frozenset[str]
    statements: frozenset[str]
    stative: frozenset[str]
    occasions: frozenset[str]
    frame_nouns: frozenset[str]


def lexicon(table: Mapping[str, Any]) -> Lexicon:
    """Compile the tables of a language.

    Raises:
        KeyError: a key of ``grammar`` is missing.
        re.error: a pattern is not a regular expression.
    """
    grammar = table["grammar"]
    frames = {name: frozenset(words) for name, words in table["frames"].items()}
    nouns = frozenset().union(*(frozenset(words) for words in table["frame_nouns"].values()))
    spelled = f"(?:{_longest(sorted(nouns)).pattern})"
    return Lexicon(
        te_auxiliaries=frozenset(grammar["te_auxiliaries"]),
        compound_verbs=frozenset(grammar["compound_verbs"]),
        compound_particles=_either(grammar["compound_particles"]),
        copula=_either(grammar["copula"]),
        extensions=_either(grammar["extensions"]),
        endings=tuple(
            Ending(re.compile(one["match"].replace("{frame_nouns}", spelled)), one["link"]) for one in grammar["endings"]
        ),
        neutral=_either(grammar["neutral"]),
        negatives=_either(grammar["negatives"]),
        moods=tuple((name, _either(patterns)) for name, patterns in table["moods"].items()),
        mood_adverbs=tuple((name, frozenset(words)) for name, words in grammar["mood_adverbs"].items()),
        people=_either(grammar["people"]),
        times=_either(grammar["times"]),
        time_nouns=frozenset(grammar["time_nouns"]),
        circumstance_verbs=frozenset(grammar["circumstance_verbs"]),
        noun_verbs=frozenset(grammar["noun_verbs"]),
        adverbs=_longest(grammar["adverbs"]),
        openers=_longest(grammar["openers"]),
        set_phrases=frozenset(grammar["set_phrases"]),
        gap_nouns=frozenset(grammar["gap_nouns"]),
        bare_nouns=frozenset(grammar["bare_nouns"]),
        describing=frozenset(grammar["describing"]),
        states=frozenset(grammar["states"]).union(*frames.values()),
        takes_ni=frozenset(grammar["takes_ni"]),
        carrying=frozenset(grammar["carrying"]),
        intransitive=frozenset(grammar["intransitive"]),
        stateless=frozenset(grammar["stateless"]),
        frames=frames,
        speech=frozenset().union(*frames.values()),
        statements=frozenset(table["attribution"]["statements"]) | frozenset(table["attribution"]["media"]),
        stative=frozenset(grammar["stative"]),
        occasions=frozenset(grammar["occasions"]),
        directives=frozenset().union(*(frames[name] for name in ("ordered", "advised", "requested", "permitted"))),
        frame_nouns=nouns,
    )
