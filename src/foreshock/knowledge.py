"""Knowledge is data: YAML tables, read with the C parser where PyYAML was built with it, as it is ten times faster."""

from __future__ import annotations

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
