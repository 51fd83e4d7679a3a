"""The table of past crises that we sourced by hand: table/*.yaml, read and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

import yaml

from foreshock.dates import first_day, last_day, parse
from foreshock.errors import CatalogueError
from foreshock.knowledge import load_yaml
from foreshock.model import StartState, Tier
from foreshock.ontology.actor_catalogue import SECTORS
from foreshock.scenarios.precedents.record import Ending, PastCrisis
from foreshock.scenarios.precedents.vocabulary import load_features

SCENARIOS = (
    "coup-attempt", "armed-conflict", "foreign-troops", "invasion", "popular-removal", "armed-removal", "mass-killing",
    "settlement", "leadership-holds",
)  # fmt: skip
FALLS = frozenset({"popular-removal", "armed-removal"})
# What came about is also a feature of the crisis, both ways.
SHOWN_BY = {"coup-attempt": "coup", "foreign-troops": "invited", "invasion": "invasion"}
OPEN = ".."
_NEEDED = ("id", "name", "countries", "when", "tier", "trigger", "present", "absent", "ended", "after", "sources")
_KEYS = frozenset({*_NEEDED, "state", "powers", "roles", "called"})
_CODE = re.compile("[A-Z]{3}")


@cache
def load_crises() -> tuple[PastCrisis, ...]:
    """Return the past crises of the package, the earliest first.

    Raises:
        CatalogueError: a row of the table is wrong.
    """
    found: list[PastCrisis] = []
    folder = files(__package__).joinpath("table")
    for resource in sorted(folder.iterdir(), key=lambda one: one.name):
        if resource.name.endswith(".yaml"):
            found += read_crises(resource.read_text(encoding="utf-8"), resource.name)
    return in_order(found)


def load_folder(folder: Path) -> tuple[PastCrisis, ...]:
    """Return the past crises of a user's YAML files, the earliest first.

    Raises:
        CatalogueError: there is no YAML file in it, a file cannot be read, or a row is wrong.
    """
    found: list[PastCrisis] = []
    if not any(folder.glob("*.yaml")):
        raise CatalogueError(
            f"{folder} holds no past crises", remedy="give a folder with .yaml files, see docs/add-a-precedent.md"
        )
    for path in sorted(folder.glob("*.yaml")):
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CatalogueError(f"{path} cannot be read: {error}", remedy="give YAML in UTF-8") from error
        found += read_crises(text, path.name)
    return in_order(found)


def in_order(crises: Sequence[PastCrisis]) -> tuple[PastCrisis, ...]:
    """Return crises by their start, then id.

    Raises:
        CatalogueError: two have one id.
    """
    seen: set[str] = set()
    for one in crises:
        if one.id in seen:
            raise CatalogueError(f"two past crises are called {one.id!r}", remedy="give one of them another id")
        seen.add(one.id)
    return tuple(sorted(crises, key=lambda one: (one.start, one.id)))


def read_crises(text: str, where: str) -> list[PastCrisis]:
    """Return the past crises of a YAML text; ``where`` names it in errors.

    Raises:
        CatalogueError: it is no list of crises, or one of them is wrong; the message says which and how to mend it.
    """
    try:
        rows = load_yaml(text)
    except yaml.YAMLError as error:
        raise CatalogueError(f"{where} is not YAML: {error}", remedy="quote texts that hold a comma, a colon or a #") from error
    if not isinstance(rows, list):
        raise CatalogueError(f"{where} holds no list of crises", remedy="start each with '- id:'")
    return [_read(row, where) for row in rows]


def _read(row: Any, where: str) -> PastCrisis:
    name = row.get("id") if isinstance(row, Mapping) else None
    if not isinstance(name, str) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise CatalogueError(f"{where}: {name!r} is no id of a crisis", remedy="name it like georgia-2008")
    at = f"{where}, {name}"
    if missing := [key for key in _NEEDED if row.get(key) in (None, "", [])]:
        raise CatalogueError(f"{at} has no {missing[0]}", remedy=f"a crisis needs {', '.join(_NEEDED)}")
    if unknown := sorted(set(row) - _KEYS):
        raise CatalogueError(f"{at} has {unknown[0]!r}", remedy=f"keys are {', '.join(sorted(_KEYS))}")
    start, end = _when(row["when"], at)
    made = PastCrisis(
        id=name,
        name=str(row["name"]),
        countries=_codes(row["countries"], at),
        start=start,
        end=end,
        state=_one_of(row.get("state"), get_args(StartState), "state", at),
        tier=_one_of(row["tier"], get_args(Tier), "tier", at),
        trigger=str(row["trigger"]),
        present=_features(row["present"], at),
        absent=_features(row["absent"], at),
        powers=_told(row.get("powers"), "powers", at),
        roles=_told(row.get("roles"), "roles", at),
        ended=_ended(row["ended"], at),
        after=str(row["after"]),
        sources=tuple(map(str, row["sources"])),
        called=tuple(map(str, row.get("called") or ())),
    )
    _agree(made, at)
    return made


def _when(given: Any, at: str) -> tuple[str, str | None]:
    start, _, end = str(given).partition("/")
    if parse(start) is None or (end != OPEN and parse(end) is None):
        raise CatalogueError(
            f"{at}: when is {given!r}", remedy="give first and last day as 2008-08-01/2008-08-12; 2023-04-15/.. goes on"
        )
    if end != OPEN and last_day(end) < first_day(start):
        raise CatalogueError(f"{at} ends on {end}, before it begins", remedy="give the first day first")
    return start, None if end == OPEN else end


def _codes(given: Any, at: str) -> tuple[str, ...]:
    codes = tuple(map(str, given)) if isinstance(given, list) else (str(given),)
    if wrong := [one for one in codes if not _CODE.fullmatch(one)]:
        raise CatalogueError(f"{at} has country {wrong[0]!r}", remedy="give ISO 3166 alpha-3 codes, such as [KAZ]")
    return codes


def _one_of(given: Any, allowed: Sequence[str], key: str, at: str) -> Any:
    if given is not None and given not in allowed:
        raise CatalogueError(f"{at} has {key} {given!r}", remedy=f"use one of {', '.join(allowed)}, or leave it out")
    return given


def _features(given: Any, at: str) -> frozenset[str]:
    names = [str(one) for one in given] if isinstance(given, list) else [str(given)]
    if unknown := [one for one in names if one not in load_features()]:
        raise CatalogueError(f"{at} has feature {unknown[0]!r}", remedy=f"features are {', '.join(load_features())}")
    if twice := [one for one in names if names.count(one) > 1]:
        raise CatalogueError(f"{at} has {twice[0]!r} twice", remedy="name each feature once")
    return frozenset(names)


def _told(given: Any, key: str, at: str) -> tuple[tuple[str, str], ...]:
    rows = tuple((str(name), said) for name, said in (given or {}).items())
    for name, said in rows:
        known = _CODE.fullmatch(name) if key == "powers" else name in SECTORS
        if not known or not isinstance(said, str):
            what = "ISO 3166 alpha-3 codes" if key == "powers" else f"sectors ({', '.join(sorted(SECTORS))})"
            raise CatalogueError(
                f"{at}: {key} has {name!r}: {said!r}", remedy=f"give {what} with what each did, in quotes where it has a comma"
            )
    return rows


def _ended(given: Any, at: str) -> tuple[Ending, ...]:
    rows = tuple(Ending(str(name), str(day)) for name, day in given.items())
    for one in rows:
        if one.scenario not in SCENARIOS:
            raise CatalogueError(f"{at} ended with {one.scenario!r}", remedy=f"scenarios are {', '.join(SCENARIOS)}")
        if parse(one.day) is None:
            raise CatalogueError(f"{at}: {one.scenario} on {one.day!r}", remedy="give an ISO date, such as 2014-02-22 or 2014-02")
    return tuple(sorted(rows, key=lambda one: (first_day(one.day), one.scenario)))


def _agree(one: PastCrisis, at: str) -> None:
    """Refuse a row that contradicts itself."""
    if both := sorted(one.present & one.absent):
        raise CatalogueError(f"{at}: {both[0]!r} is present and absent", remedy="leave out what is not known")
    for ending in one.ended:
        last = last_day(one.end) if one.end else None
        if last_day(ending.day) < first_day(one.start) or (last and first_day(ending.day) > last):
            raise CatalogueError(
                f"{at}: {ending.scenario} on {ending.day} lies outside of it", remedy="widen when, or leave it out"
            )
    came = {ending.scenario for ending in one.ended}
    if "leadership-holds" in came and came & FALLS:
        raise CatalogueError(f"{at}: the leadership holds and is removed", remedy="name who governed at the end")
    for scenario, feature in SHOWN_BY.items():
        if (scenario in came) != (feature in one.present):
            raise CatalogueError(f"{at}: {scenario} and the feature {feature!r} do not agree", remedy="give both or neither")
    needed = {"quiet": (), "protest": ("protest",), "removal": ("removal",), "crisis": ("protest", "removal", "killings", "riot")}
    if lacking := [name for name in needed[one.tier or "quiet"] if name not in one.present]:
        raise CatalogueError(f"{at}: tier {one.tier} without {lacking[0]!r}", remedy="mend the tier or the features")
    if one.tier == "quiet" and "protest" in one.present:
        raise CatalogueError(f"{at}: tier quiet with 'protest'", remedy="mend the tier or the features")
