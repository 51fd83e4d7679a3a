"""Knowledge is data: YAML tables, read with the C parser where PyYAML was built with it, as it is ten times faster."""

from __future__ import annotations

from importlib.resources import files
from typing import IO, Any

import yaml

# Both build plain values only and never run what a table says.
_SAFE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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
