"""What a claim says of something in force: its type, and whether it is announced, in effect, extended, breached or lifted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from foreshock.dates import first_day, last_day
from foreshock.knowledge import load_table
from foreshock.model import Claim, ConditionState, Report

_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_WORD = re.compile(r"\w+")
# Words for states, the first that stands in the text decides.
_STATES: tuple[ConditionState, ...] = ("lifted", "lapsed", "extended", "breached")


@dataclass(frozen=True, slots=True)
class Said:
    """What one claim says of a condition.

    Attributes:
        rule: the row of the table that its type has.
        state: the state that it tells of; ``to_come`` where it is not so yet.
        weak: told, but by a standing that decides nothing (a rumour, blame).
        refused: that it is so is denied or taken back.
        partial: only a part of it, or for a while.
        stands: the words say that it is so on the day of telling ("remains in force").
        wide: the words say that it is so in the whole country.
        beside: told beside another one in the same clause, so that an end said there is that one's.
    """

    rule: Mapping[str, Any]
    state: ConditionState
    to_come: bool = False
    weak: bool = False
    refused: bool = False
    partial: bool = False
    stands: bool = False
    wide: bool = False
    beside: bool = False

    @property
    def type(self) -> str:
        """Name of the type."""
        return str(self.rule["type"])


@cache
def table() -> Mapping[str, Any]:
    """Return the table of types and words (conditions.yaml)."""
    found: Mapping[str, Any] = load_table(__package__, "conditions.yaml")
    return found


@cache
def _index(language: str) -> tuple[dict[str, list[tuple[str, str]]], list[tuple[str, str]]]:
    """Return (word, list) pairs of a language by the word's first two letters, and those of writing without spaces.

    A language that no list has is looked up in the words of all.
    """
    spaced: dict[str, list[tuple[str, str]]] = {}
    unspaced = []
    lists = table()["words"]
    known = any(language in groups for groups in lists.values())
    for name, groups in lists.items():
        for word in {str(word).casefold() for code, words in groups.items() if code == language or not known for word in words}:
            if _UNSPACED.search(word):
                unspaced.append((word, name))
            else:
                spaced.setdefault(word[:2], []).append((word, name))
    return spaced, unspaced


@lru_cache(maxsize=4096)
def _lists_in(text: str, language: str) -> frozenset[str]:
    """Return the lists of which a word stands in a text: at the beginning of a word of it, or anywhere in unspaced writing."""
    spaced, unspaced = _index(language)
    folded = text.casefold()
    found = {name for word, name in unspaced if word in folded}
    for match in _WORD.finditer(folded) if spaced else ():
        start = match.start()
        found.update(name for word, name in spaced.get(folded[start : start + 2], ()) if folded.startswith(word, start))
    return frozenset(found)


def has_words(name: str, text: str, language: str) -> bool:
    """Whether one of the words of a list stands in a text of a language."""
    return name in _lists_in(text, language)


def said_of(report: Report) -> list[Said]:
    """Return what a report says of conditions: of one, seldom of another beside it, mostly of none."""
    first = _first_said(report)
    if first is None:
        return []
    together = table()["together"]
    beside = [
        replace(first, rule=rule, beside=True)
        for rule in table()["types"]
        if first.type in together
        and rule["type"] in together
        and rule["type"] != first.type
        and has_words(rule["words"], report.claim.text, report.claim.language)
    ]
    return [first, *beside]


def _first_said(report: Report) -> Said | None:
    claim = report.claim
    if claim.phase in table()["missed"]:
        return None
    for rule in table()["types"]:
        if claim.kind in rule.get("not_kinds", ()) or (
            "except" in rule and has_words(rule["except"], claim.text, claim.language)
        ):
            continue
        ends = any(_fits(claim, one) for one in rule.get("ends", ()))
        acts = any(_fits(claim, one) for one in rule["acts"])
        named = "words" in rule and has_words(rule["words"], claim.text, claim.language) and _says_state(claim)
        if ends or acts or named:
            return _said(report, rule, ends=ends)
    return None


def _fits(claim: Claim, one: Mapping[str, Any]) -> bool:
    return (
        claim.kind in one.get("kinds", (claim.kind,))
        and claim.mode in one.get("modes", (claim.mode,))
        and claim.status in one.get("statuses", (claim.status,))
        and ("words" not in one or has_words(one["words"], claim.text, claim.language))
        and ("sectors" not in one or (claim.actor is not None and claim.actor.sector in one["sectors"]))
    )


def _says_state(claim: Claim) -> bool:
    return any(has_words(name, claim.text, claim.language) for name in ("in_force", "declared", *_STATES))


def _said(report: Report, rule: Mapping[str, Any], *, ends: bool) -> Said | None:
    """Return what a claim of a type says; None where its standing says nothing of what is in force."""
    claim, words = report.claim, table()
    if claim.status in words["silent"] and claim.status not in rule.get("speaks", ()):
        return None
    cut = "cut" in rule and has_words(rule["cut"], claim.text, claim.language)
    state = _state(claim, ends=ends, cut=cut)
    to_come = claim.status in words["to_come"] or _is_ahead(report)
    if to_come and state == "in_effect":
        state = "announced"
    return Said(
        rule,
        state,
        to_come=to_come,
        weak=claim.status in words["weak"],
        refused=claim.status in words["refused"] or (claim.negated and not cut),
        partial=state == "lifted" and (claim.phase == "begun" or has_words("partly", claim.text, claim.language)),
        stands=claim.phase == "ongoing" or has_words("in_force", claim.text, claim.language),
        wide=has_words("nationwide", claim.text, claim.language) or bool(claim.place and claim.place.precision == "country"),
    )


def _state(claim: Claim, *, ends: bool, cut: bool) -> ConditionState:
    if ends:
        return "lifted"
    if cut:
        return "in_effect"
    told: list[ConditionState] = [state for state in _STATES if has_words(state, claim.text, claim.language)]
    if told:
        return told[0]
    return "lifted" if claim.phase == "ended" else "in_effect"


def _is_ahead(report: Report) -> bool:
    """Whether a claim tells of a day after that of its telling."""
    when = report.claim.when
    return bool(when and when.start and report.published and first_day(when.start) > last_day(report.published))
