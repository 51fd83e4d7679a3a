"""One scenario of the catalogue: YAML text -> Scenario, each complaint with the scenario, the value and what would fit."""

from __future__ import annotations

from collections.abc import Mapping
from math import isclose
from typing import Any

import yaml

from foreshock.errors import CatalogueError
from foreshock.knowledge import load_yaml
from foreshock.scenarios.indicators import load_indicators
from foreshock.scenarios.scenario_record import Scenario

_KEYS = {"id", "question", "horizon", "resolves", "prior", "indicators", "precedents", "short", "outcomes"}
_HELP = "docs/add-a-scenario.md shows a whole one"


def read_scenario(text: str, where: str) -> Scenario:
    """Return the scenario that a YAML text tells; ``where`` names the file in messages.

    Raises:
        CatalogueError: it is no YAML, has no question, horizon, resolution or prior, or a value does not fit.
    """
    try:
        table = load_yaml(text)
    except yaml.YAMLError as error:
        raise CatalogueError(f"{where} is not YAML: {error}", remedy=_HELP) from error
    if not isinstance(table, Mapping):
        raise CatalogueError(f"{where} holds {type(table).__name__}, no scenario", remedy=_HELP)
    if unknown := sorted(map(str, set(table) - _KEYS)):
        raise CatalogueError(f"{where} has {unknown[0]!r}", remedy=f"keys are {', '.join(sorted(_KEYS))}")
    name = str(table.get("id") or where.removesuffix(".yaml"))
    for key in ("question", "horizon", "resolves"):
        if not table.get(key):
            raise CatalogueError(f"scenario {name!r} has no {key}", remedy=_HELP)
    outcomes, shares = _outcomes(name, table.get("outcomes"))
    horizons = _horizons(name, table["horizon"])
    if not outcomes and not table.get("prior"):
        raise CatalogueError(
            f"scenario {name!r} has no prior",
            remedy="name a measured history (prior: coup-attempt), give your own numbers with their source, "
            "or say why there is none (prior: {unmeasured: ...})",
        )
    prior = _prior(name, table.get("prior"), horizons) if not outcomes else {}
    question = str(table["question"])
    return Scenario(
        id=name,
        question=question,
        short=str(table.get("short") or name.replace("-", " ")),
        horizons=horizons,
        resolves=str(table["resolves"]),
        indicators=_indicators(name, table.get("indicators") or ()),
        precedents=tuple(map(str, table.get("precedents") or ())),
        outcomes=outcomes,
        given=prior.get("given"),
        shares=shares or None,
        given_by=prior.get("given_by"),
        history=prior.get("history"),
        unmeasured=prior.get("unmeasured"),
    )


def _horizons(name: str, given: Any) -> tuple[int, ...]:
    days = given if isinstance(given, list) else [given]
    if not days or any(isinstance(one, bool) or not isinstance(one, int) or not 1 <= one <= 3660 for one in days):
        raise CatalogueError(f"the horizon of scenario {name!r} is {given!r}", remedy="give days, such as [30, 90, 365]")
    return tuple(sorted(set(days)))


def _indicators(name: str, given: Any) -> tuple[str, ...]:
    known = load_indicators()
    if unknown := [str(one) for one in given if one not in known]:
        raise CatalogueError(f"scenario {name!r} looks for {unknown[0]!r}", remedy=f"indicators are {', '.join(known)}")
    return tuple(map(str, given))


def _prior(name: str, given: Any, horizons: tuple[int, ...]) -> dict[str, Any]:
    """Return what a prior stands on: the name of a history, a user's own numbers, or why there is none."""
    if isinstance(given, str):
        return {"history": given}
    if isinstance(given, Mapping) and given.get("unmeasured"):
        return {"unmeasured": str(given["unmeasured"])}
    if isinstance(given, Mapping) and given.get("source"):
        numbers = {day: value for day, value in given.items() if day != "source"}
        for day in horizons:
            value = numbers.get(day)
            if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 < value < 1:
                raise CatalogueError(
                    f"the prior of scenario {name!r} at {day} days is {value!r}", remedy="give a probability between 0 and 1"
                )
        ordered = [float(numbers[day]) for day in horizons]
        if ordered != sorted(ordered):
            raise CatalogueError(
                f"the prior of scenario {name!r} falls with the horizon", remedy="a longer horizon holds a shorter one"
            )
        return {"given": dict(zip(horizons, ordered, strict=True)), "given_by": str(given["source"])}
    raise CatalogueError(
        f"the prior of scenario {name!r} is {given!r}",
        remedy="name a history, or give {30: .01, 90: .03, source: who says so}, or {unmeasured: why}",
    )


def _outcomes(name: str, given: Any) -> tuple[tuple[str, ...], dict[str, float]]:
    """Return the scenarios of an exclusive question, and the shares that a user gives them.

    Raises:
        CatalogueError: shares do not sum to one.
    """
    if not given:
        return (), {}
    if isinstance(given, list):
        return tuple(map(str, given)), {}
    if not isinstance(given, Mapping) or any(not isinstance(one, (int, float)) or one < 0 for one in given.values()):
        raise CatalogueError(f"outcomes of scenario {name!r} are {given!r}", remedy="list scenarios, or give each a share")
    shares = {str(one): float(share) for one, share in given.items()}
    if not isclose(total := sum(shares.values()), 1.0, abs_tol=1e-6):
        raise CatalogueError(f"the probabilities of scenario {name!r} sum to {total:.4g}", remedy="exclusive outcomes sum to 1")
    return tuple(shares), shares
