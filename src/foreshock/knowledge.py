"""Knowledge is data: YAML tables, read with the C parser where PyYAML was built with it, as it is ten times faster."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import IO, Any, TypeVar

import yaml

# Both build plain values only and never run what a table says.
_SAFE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


Built = TypeVar("Built")
TABLES = 64


def once_a_table(build: Callable[[Mapping[str, Any]], Built]) -> Callable[[Mapping[str, Any]], Built]:
    """Return ``build`` so that it makes what it makes of one table once: a language's table is one object while it is in use.

    What is kept is told apart by the table's identity, and the table is kept with it; a table may not be changed meanwhile.
    """
    kept: dict[int, tuple[Mapping[str, Any], Built]] = {}

    def built(table: Mapping[str, Any]) -> Built:
        held = kept.get(id(table))
        if held is None or held[0] is not table:
            if len(kept) >= TABLES:
                kept.clear()
            held = kept[id(table)] = (table, build(table))
        return held[1]

    return built


def load_yaml(text: str | bytes | IO[str] | IO[bytes]) -> Any:
    """Return the plain values of a YAML text.

    Raises:
        yaml.YAMLError: the text is not YAML, or asks for more than plain values.
    """
    return yaml.load(text, Loader=_SAFE)  # noqa: S506  (both loaders are safe ones)


def load_table(package: str | None, *path: str) -> Any:
    """Return the plain values of a YAML table that ships beside the code: ``load_table(__package__, "cluster.yaml")``.

    It is read anew at each call: who asks often keeps it.

    Raises:
        FileNotFoundError: there is no such table.
        yaml.YAMLError: it is not YAML, or asks for more than plain values.
    """
    return load_yaml(files(str(package)).joinpath(*path).read_text(encoding="utf-8"))
