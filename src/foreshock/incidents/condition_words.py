"""What a claim says of something in force: its type, and whether it is announced, in effect, extended, breached or lifted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from foreshock.dates import first_day, last_day
from foreshock.knowledge import load_yaml
from foreshock.model import Claim, ConditionState, Report

_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
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
    found: Mapping[str, Any] = load_yaml(files(__package__).joinpath("conditions.yaml").read_text(encoding="utf-8"))
    return found


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = sorted(
        {str(word).casefold() for group in table()["words"][name].values() for word in group}, key=lambda w: (-len(w), w)
    )
    return re.compile(
        "|".join(re.escape(word) if _UNSPACED.search(word) else rf"(?<!\w){re.escape(word)}" for word in sorted(words))
    )


def has_words(name: str, text: str) -> bool:
    """Whether one of the words of a list stands in a text."""
    return _pattern(name).search(text.casefold()) is not None


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
        and has_words(rule["words"], report.claim.text)
    ]
    return [first, *beside]


def _first_said(report: Report) -> Said | None:
    claim = report.claim
    if claim.phase in table()["missed"]:
        return None
    for rule in table()["types"]:
        if claim.kind in rule.get("not_kinds", ()) or ("except" in rule and has_words(rule["except"], claim.text)):
            continue
        ends = any(_fits(claim, one) for one in rule.get("ends", ()))
        acts = any(_fits(claim, one) for one in rule["acts"])
        named = "words" in rule and has_words(rule["words"], claim.text) and _says_state(claim.text)
        if ends or acts or named:
            return _said(report, rule, ends=ends)
    return None


def _fits(claim: Claim, one: Mapping[str, Any]) -> bool:
    return (
        claim.kind in one.get("kinds", (claim.kind,))
        and claim.mode in one.get("modes", (claim.mode,))
        and claim.status in one.get("statuses", (claim.status,))
        and ("words" not in one or has_words(one["words"], claim.text))
        and ("sectors" not in one or (claim.actor is not None and claim.actor.sector in one["sectors"]))
    )


def _says_state(text: str) -> bool:
    return any(has_words(name, text) for name in ("in_force", "declared", *_STATES))


def _said(report: Report, rule: Mapping[str, Any], *, ends: bool) -> Said | None:
    """Return what a claim of a type says; None where its standing says nothing of what is in force."""
    claim, words = report.claim, table()
    if claim.status in words["silent"] and claim.status not in rule.get("speaks", ()):
        return None
    cut = "cut" in rule and has_words(rule["cut"], claim.text)
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
        partial=state == "lifted" and (claim.phase == "begun" or has_words("partly", claim.text)),
        stands=claim.phase == "ongoing" or has_words("in_force", claim.text),
        wide=has_words("nationwide", claim.text) or bool(claim.place and claim.place.precision == "country"),
    )


def _state(claim: Claim, *, ends: bool, cut: bool) -> ConditionState:
    if ends:
        return "lifted"
    if cut:
        return "in_effect"
    told: list[ConditionState] = [state for state in _STATES if has_words(state, claim.text)]
    if told:
        return told[0]
    return "lifted" if claim.phase == "ended" else "in_effect"


def _is_ahead(report: Report) -> bool:
    """Whether a claim tells of a day after that of its telling."""
    when = report.claim.when
    return bool(when and when.start and report.published and first_day(when.start) > last_day(report.published))
