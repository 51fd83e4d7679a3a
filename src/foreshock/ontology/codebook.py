"""The codebook: what can happen, one YAML file a kind, with the words that say it in each language.

A cue is one or more dictionary forms. ``predicates`` are verbs (or nominal predicates): the first word is the clause's
predicate, the others must stand among its arguments. ``nouns`` name an event inside an argument or as a nominal predicate.
``acts`` are predicates that are of the kind only where a doer is named ("soldiers killed three", not "three were killed").
A slash joins alternatives and is expanded at load: "close border/airport" is two cues.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

import yaml

from foreshock.errors import CatalogueError
from foreshock.model import Kind, Status

STATUSES: tuple[str, ...] = get_args(Status)
SHIPPED: tuple[str, ...] = get_args(Kind)
_TOP = {"kind", "gloss", "not", "roles", "crosswalk", "cues", "modes", "examples", "near"}


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of a kind or mode in one language; each cue is dictionary forms joined by single blanks."""

    predicates: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.predicates) + len(self.nouns) + len(self.acts)

    def __add__(self, other: Cues) -> Cues:
        return Cues(
            _once(self.predicates + other.predicates), _once(self.nouns + other.nouns), _once(self.acts + other.acts)
        )


@dataclass(frozen=True, slots=True)
class Mode:
    """How the act of a kind is done; ``cues`` by language code."""

    name: str
    gloss: str
    cues: Mapping[str, Cues]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A kind that is easily taken for this one, and how to tell them apart."""

    kind: str
    tell: str


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of the kind: ``trigger``, ``actor`` and ``recipient`` are substrings of ``text``, null where there is none."""

    text: str
    trigger: str
    mode: str | None
    status: str
    actor: str | None
    recipient: str | None


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A sentence that looks like this kind and is of ``kind``."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class KindEntry:
    """One kind of the codebook. Mappings by language are keyed by language code, ``modes`` by name in the file's order."""

    kind: str
    gloss: str
    neighbours: tuple[Neighbour, ...]
    roles: Mapping[str, str]
    crosswalk: Mapping[str, str | None]
    cues: Mapping[str, Cues]
    modes: Mapping[str, Mode]
    examples: Mapping[str, tuple[Example, ...]]
    near: Mapping[str, tuple[NearMiss, ...]]

    def cues_of(self, language: str) -> Iterator[tuple[str | None, Cues]]:
        """Yield (mode, cues) in one language: the kind's own first, with mode None, then each mode's."""
        for mode, by_language in [(None, self.cues), *((one.name, one.cues) for one in self.modes.values())]:
            if language in by_language:
                yield mode, by_language[language]


@dataclass(frozen=True, slots=True)
class Codebook:
    """All kinds by name, in the order of the contract, then those a user added."""

    kinds: Mapping[str, KindEntry]

    def __getitem__(self, kind: str) -> KindEntry:
        return self.kinds[kind]

    def __iter__(self) -> Iterator[KindEntry]:
        return iter(self.kinds.values())

    def __len__(self) -> int:
        return len(self.kinds)

    def cues(self, language: str) -> Iterator[tuple[str, str | None, Cues]]:
        """Yield (kind, mode, cues) of every kind and mode that has words in one language, in the order of the codebook."""
        for entry in self:
            for mode, cues in entry.cues_of(language):
                yield entry.kind, mode, cues


def load_codebook(extra: Path | None = None) -> Codebook:
    """Return the codebook of the package, with the kinds in folder ``extra`` beside it.

    A file of ``extra`` that names a kind of the package adds its cues, modes and examples to it; one with another name is a
    kind of its own.

    Raises:
        CatalogueError: a file is not YAML or has not the shape of a kind; the message names the file and the key.
    """
    kinds: dict[str, KindEntry] = {}
    for name in SHIPPED:
        kinds[name] = _entry(files("foreshock.ontology").joinpath(f"kinds/{name}.yaml").read_text("utf-8"), f"{name}.yaml")
    for path in _extra_files(extra):
        try:
            entry = _entry(path.read_text("utf-8"), path.name)
        except (OSError, UnicodeDecodeError) as error:
            raise CatalogueError(f"{path} cannot be read: {error}", remedy="give a folder of UTF-8 YAML files") from error
        kinds[entry.kind] = _joined(kinds[entry.kind], entry) if entry.kind in kinds else entry
    _check_names(kinds)
    return Codebook(MappingProxyType(kinds))


def _extra_files(extra: Path | None) -> list[Path]:
    if extra is None:
        return []
    if not extra.is_dir():
        raise CatalogueError(f"{extra} is not a folder of kinds", remedy="give a folder with one YAML file a kind")
    return sorted(extra.glob("*.yaml"))


def _joined(old: KindEntry, new: KindEntry) -> KindEntry:
    modes = dict(old.modes)
    for name, mode in new.modes.items():
        modes[name] = replace(modes[name], cues=_joined_cues(modes[name].cues, mode.cues)) if name in modes else mode
    examples = {code: old.examples.get(code, ()) + new.examples.get(code, ()) for code in {*old.examples, *new.examples}}
    near = {code: old.near.get(code, ()) + new.near.get(code, ()) for code in {*old.near, *new.near}}
    return replace(old, cues=_joined_cues(old.cues, new.cues), modes=modes, examples=examples, near=near)


def _joined_cues(old: Mapping[str, Cues], new: Mapping[str, Cues]) -> dict[str, Cues]:
    return {code: old.get(code, Cues()) + new.get(code, Cues()) for code in [*old, *(code for code in new if code not in old)]}


def _check_names(kinds: Mapping[str, KindEntry]) -> None:
    for entry in kinds.values():
        where = f"{entry.kind}.yaml"
        named = [("not", one.kind) for one in entry.neighbours] + [("near", one.kind) for row in entry.near.values() for one in row]
        for key, kind in named:
            if kind not in kinds:
                raise _wrong(where, key, kind, "name a kind of the codebook")
        for example in (one for row in entry.examples.values() for one in row):
            if example.mode is not None and example.mode not in entry.modes:
                raise _wrong(where, "examples", example.mode, "name a mode of this kind, or none")


def _wrong(where: str, key: str, value: object, remedy: str) -> CatalogueError:
    return CatalogueError(f"{where}: {key}: {value!r} does not fit", remedy=remedy)


def _entry(text: str, where: str) -> KindEntry:
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise CatalogueError(f"{where}: not YAML: {error}", remedy="repair the file; see docs/add-a-kind.md") from error
    table = _table(raw, where, "the file")
    for key in table:
        if key not in _TOP:
            raise _wrong(where, key, table[key], f"use only {', '.join(sorted(_TOP))}")
    modes = {name: _mode(name, value, where) for name, value in _table(table.get("modes"), where, "modes").items()}
    return KindEntry(
        kind=_text(table, "kind", where),
        gloss=_text(table, "gloss", where),
        neighbours=tuple(
            Neighbour(_text(one, "kind", where), _text(one, "tell", where)) for one in _rows(table.get("not"), where, "not")
        ),
        roles={key: str(value) for key, value in _table(table.get("roles"), where, "roles").items()},
        crosswalk={key: _optional(value, where, key) for key, value in _table(table.get("crosswalk"), where, "crosswalk").items()},
        cues=_cues(table.get("cues"), where, "cues"),
        modes=modes,
        examples={
            code: tuple(_example(one, where) for one in _rows(rows, where, f"examples.{code}"))
            for code, rows in _table(table.get("examples"), where, "examples").items()
        },
        near={
            code: tuple(NearMiss(_text(one, "text", where), _text(one, "kind", where)) for one in _rows(rows, where, f"near.{code}"))
            for code, rows in _table(table.get("near"), where, "near").items()
        },
    )


def _mode(name: str, value: Any, where: str) -> Mode:
    table = _table(value, where, f"modes.{name}")
    return Mode(name, _text(table, "gloss", where), _cues(table.get("cues"), where, f"modes.{name}.cues"))


def _example(row: Mapping[str, Any], where: str) -> Example:
    text, status = _text(row, "text", where), _text(row, "status", where)
    if status not in STATUSES:
        raise _wrong(where, "examples: status", status, f"use one of {', '.join(STATUSES)}")
    parts = {key: _optional(row.get(key), where, key) for key in ("mode", "actor", "recipient")}
    trigger = _text(row, "trigger", where)
    for key, part in (("trigger", trigger), ("actor", parts["actor"]), ("recipient", parts["recipient"])):
        if part is not None and part not in text:
            raise _wrong(where, f"examples: {key}", part, f"give words that stand in {text!r}")
    return Example(text, trigger, parts["mode"], status, parts["actor"], parts["recipient"])


def _cues(value: Any, where: str, key: str) -> dict[str, Cues]:
    found = {}
    for code, lists in _table(value, where, key).items():
        table = _table(lists, where, f"{key}.{code}")
        for name in table:
            if name not in Cues.__dataclass_fields__:
                raise _wrong(where, f"{key}.{code}", name, "use predicates, nouns and acts")
        found[code] = Cues(**{name: _expanded(table[name], where, f"{key}.{code}.{name}") for name in table})
    return found


def _expanded(value: Any, where: str, key: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _wrong(where, key, value, "write a list of cues")
    cues: list[str] = []
    for cue in value:
        if not isinstance(cue, str) or not cue.strip():
            raise _wrong(where, key, cue, "write each cue as words; quote yes, no, on, off and numbers")
        cues += [" ".join(words) for words in product(*(word.split("/") for word in cue.split()))]
    return _once(tuple(cues))


def _once(cues: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cues))


def _table(value: Any, where: str, key: str) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(name, str) for name in value):
        raise _wrong(where, key, value, "write a table of names")
    return value


def _rows(value: Any, where: str, key: str) -> list[dict[str, Any]]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise _wrong(where, key, value, "write a list")
    return [_table(one, where, key) for one in value]


def _text(table: Mapping[str, Any], key: str, where: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _wrong(where, key, value, "write words here")
    return value.strip()


def _optional(value: Any, where: str, key: str) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise _wrong(where, key, value, "write words in quotes, or null")
