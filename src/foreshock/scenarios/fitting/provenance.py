"""Fitted numbers as the package ships them: plain values with where they come from, written the same way each time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

DIGITS = 4


def provenance(*, sets: Sequence[str], span: tuple[int, int], n: int, onsets: int, fitted: str, command: str) -> dict[str, Any]:
    """Return the provenance of fitted numbers: sets by file, span of outcomes in years, rows and onsets behind them, date,
    command."""
    return {"sets": list(sets), "span": f"{span[0]}-{span[1]}", "n": n, "onsets": onsets, "fitted": fitted, "command": command}


def rounded(value: Any) -> Any:
    """Return plain values with each float at four significant digits: .0061537 becomes .006154. Numpy's numbers become Python's.

    Digits beyond those say nothing, and without them a refit on another machine gives the same bytes.
    """
    if isinstance(value, Mapping):
        return {str(key): rounded(one) for key, one in value.items()}
    if isinstance(value, (str, bool)) or value is None:
        return value
    if isinstance(value, Sequence):
        return [rounded(one) for one in value]
    number = value.item() if hasattr(value, "item") else value
    return float(f"{number:.{DIGITS}g}") if isinstance(number, float) else number


def write_fitted(path: Path, values: Mapping[str, Any], *, what: str) -> None:
    """Write fitted values as YAML, after a line that says what they are and that they are not to be edited by hand.

    Raises:
        OSError: the file cannot be written.
    """
    import yaml

    head = f"# {what} Written by `foreshock fit`: fit again rather than edit. No row of a set stands here.\n"
    text = yaml.safe_dump(rounded(values), sort_keys=False, allow_unicode=True, width=130, default_flow_style=None)
    path.write_text(head + text, encoding="utf-8")
