"""The built assets: which file a source became; names carry a hash, so that they may be kept for good."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import msgspec

from foreshock.errors import CatalogueError

PREFIX = "/static/"


class Chunk(msgspec.Struct):
    """A row of Vite's manifest, as far as it is used: the file, its styles, and the chunks that it imports at once."""

    file: str
    css: list[str] = []
    imports: list[str] = []


def folder() -> Path:
    """Return the folder of the built assets.

    Raises:
        CatalogueError: they were not built.
    """
    found = Path(str(files("foreshock.web").joinpath("static")))
    if not (found / "manifest.json").is_file():
        raise CatalogueError(f"the desk's assets are not built: there is no {found / 'manifest.json'}", remedy="run make assets")
    return found


def manifest() -> dict[str, Chunk]:
    """Return Vite's manifest: source -> chunk; read again where the assets were built anew under a running desk."""
    return _read(folder() / "manifest.json", stamp())


def stamp() -> int:
    """Return when the assets were built: pages that name them are good for that build only."""
    return (folder() / "manifest.json").stat().st_mtime_ns


@lru_cache(1)
def _read(path: Path, _stamp: int) -> dict[str, Chunk]:
    return msgspec.json.decode(path.read_bytes(), type=dict[str, Chunk])


def script(entry: str) -> str:
    """Return the address of an entry's script."""
    return PREFIX + manifest()[entry].file


def styles(entry: str) -> list[str]:
    """Return the addresses of an entry's styles, those of what it imports first."""
    chunk = manifest()[entry]
    found = [address for one in chunk.imports for address in styles(one)]
    return list(dict.fromkeys([*found, *(PREFIX + name for name in chunk.css)]))
