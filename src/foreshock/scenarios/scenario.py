"""Scenarios: questions about a crisis with a horizon, a rule that resolves them, a prior, and what to look for. One YAML each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from foreshock.errors import CatalogueError
from foreshock.scenarios.scenario_file import read_scenario
from foreshock.scenarios.scenario_record import Scenario


@cache
def load_scenarios() -> Mapping[str, Scenario]:
    """Return the scenarios of the package by id."""
    folder = files(__package__).joinpath("catalogue")
    found = (one for one in folder.iterdir() if one.name.endswith(".yaml"))
    read = [read_scenario(one.read_text(encoding="utf-8"), one.name) for one in sorted(found, key=lambda one: one.name)]
    return catalogue(read)


def user_scenarios(path: Path) -> list[Scenario]:
    """Return the scenarios of a YAML file, or of every .yaml file of a folder.

    Raises:
        CatalogueError: there is no such file, or one does not fit.
    """
    found = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    try:
        return [read_scenario(one.read_text(encoding="utf-8"), one.name) for one in found]
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(
            f"scenarios cannot be read from {path}: {error}", remedy="name a YAML file or a folder of them"
        ) from error


def catalogue(scenarios: Iterable[Scenario]) -> dict[str, Scenario]:
    """Return scenarios by id, in order; exclusive questions last.

    Raises:
        CatalogueError: two have one id, or an exclusive question names a scenario that is not there.
    """
    found: dict[str, Scenario] = {}
    for one in sorted(scenarios, key=lambda one: (bool(one.outcomes), one.calm)):
        if one.id in found:
            raise CatalogueError(f"two scenarios are called {one.id!r}", remedy="give one of them another id")
        found[one.id] = one
    for one in found.values():
        if missing := [name for name in one.outcomes if name not in found]:
            raise CatalogueError(
                f"scenario {one.id!r}: outcomes names {missing[0]!r}, which is no scenario",
                remedy=f"known are {', '.join(found)}",
            )
    return found
