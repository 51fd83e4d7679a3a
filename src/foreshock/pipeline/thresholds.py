"""Thresholds as a person writes them: ``condition:lifted``, ``tally:killed>=100``, ``probability:coup-attempt~1``."""

from __future__ import annotations

import re
from typing import Any, get_args

from foreshock.errors import CatalogueError
from foreshock.model import ConditionChange, FigureWhat, Kind, Trigger, TriggerWhat

FORMS = (
    "incident[:KIND,...]", "claim[:KIND,...]", "dispute", "settled", "edit",
    "condition[:declared,extended,breached,lifted,lapsed]", "tally:FIGURE>=N", "tally:FIGURE+N",
    "probability:SCENARIO[@DAYS]>=P", "probability:SCENARIO[@DAYS]~BANDS", "silence:[SOURCE:]HOURSh",
)  # fmt: skip
HORIZONS = (30, 90, 365)
_TALLY = re.compile(r"(\w+)(>=|\+)(\d+(?:\.\d+)?)")
_PROBABILITY = re.compile(r"([\w-]+?)(?:@(\d+))?(?:>=(\d+(?:\.\d+)?)(%?)|~(\d))")
_SILENCE = re.compile(r"(?:(.+):)?(\d+(?:\.\d+)?)h", re.DOTALL)


def trigger_of(text: str) -> Trigger:
    """Return the threshold that a text writes.

    >>> trigger_of("tally:killed>=100").over, trigger_of("silence:Paper Compass:24h").source
    (100.0, 'Paper Compass')

    Raises:
        CatalogueError: it is none; the remedy lists the forms.
    """
    what, _, rest = text.strip().partition(":")
    made = _MADE[what](rest) if what in _MADE else None
    if made is None:
        raise CatalogueError(f"{text!r} is no threshold", remedy=f"write it as one of: {'; '.join(FORMS)}")
    return made


def trigger_text(trigger: Trigger) -> str:
    """Return a threshold as it is written; :func:`trigger_of` reads it back."""
    what, number = trigger.what, f"{trigger.by if trigger.over is None else trigger.over:g}" if _measures(trigger) else ""
    if what == "tally":
        return f"tally:{trigger.figure}{'>=' if trigger.over is not None else '+'}{number}"
    if what == "probability":
        return f"probability:{trigger.scenario}@{trigger.horizon}{'>=' if trigger.over is not None else '~'}{number}"
    if what == "silence":
        return f"silence:{f'{trigger.source}:' if trigger.source else ''}{trigger.hours:g}h"
    listed = ",".join(trigger.kinds or trigger.changes)
    return f"{what}:{listed}" if listed else what


def _measures(trigger: Trigger) -> bool:
    return trigger.over is not None or trigger.by is not None


def _plain(what: TriggerWhat, rest: str) -> Trigger | None:
    return None if rest else Trigger(what)


def _of_kinds(what: TriggerWhat, rest: str) -> Trigger | None:
    kinds: Any = tuple(one.strip().upper() for one in rest.split(",")) if rest else ()
    return Trigger(what, kinds=kinds) if set(kinds) <= set(get_args(Kind)) else None


def _condition(rest: str) -> Trigger | None:
    changes: Any = tuple(one.strip() for one in rest.split(",")) if rest else ()
    return Trigger("condition", changes=changes) if set(changes) <= set(get_args(ConditionChange)) else None


def _tally(rest: str) -> Trigger | None:
    match = _TALLY.fullmatch(rest)
    if match is None or match[1] not in get_args(FigureWhat) or not float(match[3]):
        return None
    figure: Any = match[1]
    number = float(match[3])
    return Trigger("tally", figure=figure, over=number if match[2] == ">=" else None, by=number if match[2] == "+" else None)


def _probability(rest: str) -> Trigger | None:
    match = _PROBABILITY.fullmatch(rest)
    if match is None or int(match[2] or 90) not in HORIZONS:
        return None
    horizon = int(match[2] or 90)
    if match[5]:
        return Trigger("probability", scenario=match[1], horizon=horizon, by=float(match[5])) if int(match[5]) else None
    over = float(match[3]) / (100 if match[4] else 1)
    return Trigger("probability", scenario=match[1], horizon=horizon, over=over) if 0 < over < 1 else None


def _silence(rest: str) -> Trigger | None:
    match = _SILENCE.fullmatch(rest)
    return Trigger("silence", source=match[1], hours=float(match[2])) if match and float(match[2]) else None


_MADE = {
    "incident": lambda rest: _of_kinds("incident", rest),
    "claim": lambda rest: _of_kinds("claim", rest),
    "dispute": lambda rest: _plain("dispute", rest),
    "settled": lambda rest: _plain("settled", rest),
    "edit": lambda rest: _plain("edit", rest),
    "condition": _condition,
    "tally": _tally,
    "probability": _probability,
    "silence": _silence,
}
