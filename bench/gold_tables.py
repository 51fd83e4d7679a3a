"""Which tables of gold a PATH holds: one .yaml, or those of a folder."""

from __future__ import annotations

from pathlib import Path


def tables(data: Path) -> list[Path]:
    """Return the .yaml files at PATH, in the order of their names.

    Raises:
        FileNotFoundError: PATH holds none.
    """
    paths = sorted(data.glob("*.yaml")) if data.is_dir() else [data]
    if not paths or not paths[0].is_file():
        raise FileNotFoundError(f"{data} holds no .yaml file; pass one, or a folder of them")
    return paths
