"""The codebook: what can happen, one YAML file a kind, with the words that say it in each language.

A cue is one or more dictionary forms. ``predicates`` are verbs (or nominal predicates): the first word is the clause's
predicate, the others must stand among its arguments. ``nouns`` name an event inside an argument or as a nominal predicate.
``acts`` are predicates that are of the kind only where a doer is named ("soldiers killed three", not "three were killed").
``tolls`` are predicates of number; their further words may stand in a relative clause of the subject (拘束された人は百人に上る).
A slash joins alternatives and is expanded at load: "close border/airport" is two cues.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import get_args

from foreshock.errors import CatalogueError
from foreshock.model import Kind
from foreshock.ontology.kind_entry import Cues, Example, KindEntry, Mode, NearMiss, Neighbour
from foreshock.ontology.kind_file import misfit, read_kind

__all__ = ["Codebook", "Cues", "Example", "KindEntry", "Mode", "NearMiss", "Neighbour", "load_codebook"]
SHIPPED: tuple[str, ...] = get_args(Kind)


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
    kinds = dict(_shipped())
    for path in _extra_files(extra):
        try:
            entry = read_kind(path.read_text("utf-8"), path.name)
        except (OSError, UnicodeDecodeError) as error:
            raise CatalogueError(f"{path} cannot be read: {error}", remedy="give a folder of UTF-8 YAML files") from error
        kinds[entry.kind] = _joined(kinds[entry.kind], entry) if entry.kind in kinds else entry
    _check_names(kinds)
    return Codebook(MappingProxyType(kinds))


@cache
def _shipped() -> Mapping[str, KindEntry]:
    # Entries are frozen, and a correction at the desk asks for them as often as it is made.
    folder = files("foreshock.ontology").joinpath("kinds")
    return {name: read_kind(folder.joinpath(f"{name}.yaml").read_text("utf-8"), f"{name}.yaml") for name in SHIPPED}


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
        named = [("not", one.kind) for one in entry.neighbours] + [
            ("near", one.kind) for row in entry.near.values() for one in row
        ]
        for key, kind in named:
            if kind not in kinds:
                raise misfit(where, key, kind, "name a kind of the codebook")
        for example in (one for row in entry.examples.values() for one in row):
            if example.mode is not None and example.mode not in entry.modes:
                raise misfit(where, "examples", example.mode, "name a mode of this kind, or none")
