"""One file of the codebook: YAML text -> KindEntry, with every complaint naming file and key."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any, get_args

import yaml

from foreshock.errors import CatalogueError
from foreshock.knowledge import load_yaml
from foreshock.model import Status
from foreshock.ontology.kind_entry import Cues, Example, KindEntry, Mode, NearMiss, Neighbour, once

STATUSES: tuple[str, ...] = get_args(Status)
_TOP = {"kind", "gloss", "not", "roles", "crosswalk", "cues", "modes", "examples", "near"}


def misfit(where: str, key: str, value: object, remedy: str) -> CatalogueError:
    """Return the error that says which value of which key of which file does not fit, and what would."""
    return CatalogueError(f"{where}: {key}: {value!r} does not fit", remedy=remedy)


def read_kind(text: str, where: str) -> KindEntry:
    """Return the kind that a file's text tells; ``where`` names the file in messages.

    Raises:
        CatalogueError: the text is not YAML or has not the shape of a kind; the message names the file and the key.
    """
    try:
        raw = load_yaml(text)
    except yaml.YAMLError as error:
        raise CatalogueError(f"{where}: not YAML: {error}", remedy="repair the file; see docs/add-a-kind.md") from error
    table = _table(raw, where, "the file")
    for key in table:
        if key not in _TOP:
            raise misfit(where, key, table[key], f"use only {', '.join(sorted(_TOP))}")
    modes = {name: _mode(name, value, where) for name, value in _table(table.get("modes"), where, "modes").items()}
    return KindEntry(
        kind=_text(table, "kind", where),
        gloss=_text(table, "gloss", where),
        neighbours=tuple(
            Neighbour(_text(one, "kind", where), _text(one, "tell", where)) for one in _rows(table.get("not"), where, "not")
        ),
        roles={key: str(value) for key, value in _table(table.get("roles"), where, "roles").items()},
        crosswalk={
            key: _optional(value, where, key) for key, value in _table(table.get("crosswalk"), where, "crosswalk").items()
        },
        cues=_cues(table.get("cues"), where, "cues"),
        modes=modes,
        examples={
            code: tuple(_example(one, where) for one in _rows(rows, where, f"examples.{code}"))
            for code, rows in _table(table.get("examples"), where, "examples").items()
        },
        near={
            code: tuple(
                NearMiss(_text(one, "text", where), _text(one, "kind", where)) for one in _rows(rows, where, f"near.{code}")
            )
            for code, rows in _table(table.get("near"), where, "near").items()
        },
    )


def _mode(name: str, value: Any, where: str) -> Mode:
    table = _table(value, where, f"modes.{name}")
    return Mode(name, _text(table, "gloss", where), _cues(table.get("cues"), where, f"modes.{name}.cues"))


def _example(row: Mapping[str, Any], where: str) -> Example:
    text, status = _text(row, "text", where), _text(row, "status", where)
    if status not in STATUSES:
        raise misfit(where, "examples: status", status, f"use one of {', '.join(STATUSES)}")
    parts = {key: _optional(row.get(key), where, key) for key in ("mode", "actor", "recipient")}
    trigger = _text(row, "trigger", where)
    for key, part in (("trigger", trigger), ("actor", parts["actor"]), ("recipient", parts["recipient"])):
        if part is not None and part not in text:
            raise misfit(where, f"examples: {key}", part, f"give words that stand in {text!r}")
    return Example(text, trigger, parts["mode"], status, parts["actor"], parts["recipient"])


def _cues(value: Any, where: str, key: str) -> dict[str, Cues]:
    found = {}
    for code, lists in _table(value, where, key).items():
        table = _table(lists, where, f"{key}.{code}")
        for name in table:
            if name not in Cues.__dataclass_fields__:
                raise misfit(where, f"{key}.{code}", name, "use predicates, nouns, acts and tolls")
        found[code] = Cues(**{name: _expanded(table[name], where, f"{key}.{code}.{name}") for name in table})
    return found


def _expanded(value: Any, where: str, key: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise misfit(where, key, value, "write a list of cues")
    cues: list[str] = []
    for cue in value:
        if not isinstance(cue, str) or not cue.strip():
            raise misfit(where, key, cue, "write each cue as words; quote yes, no, on, off and numbers")
        cues += [" ".join(words) for words in product(*(word.split("/") for word in cue.split()))]
    return once(tuple(cues))


def _table(value: Any, where: str, key: str) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(name, str) for name in value):
        raise misfit(where, key, value, "write a table of names")
    return value


def _rows(value: Any, where: str, key: str) -> list[dict[str, Any]]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise misfit(where, key, value, "write a list")
    return [_table(one, where, key) for one in value]


def _text(table: Mapping[str, Any], key: str, where: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise misfit(where, key, value, "write words here")
    return value.strip()


def _optional(value: Any, where: str, key: str) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise misfit(where, key, value, "write words in quotes, or null")
