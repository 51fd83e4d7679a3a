"""Fit the numbers that weighing stands on, and write them as the tables that the package ships."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from foreshock.errors import CatalogueError
from foreshock.scenarios import fitted as shipped
from foreshock.scenarios import fitting
from foreshock.scenarios.fitting.escalation import Told
from foreshock.scenarios.fitting.provenance import write_fitted

Progress = Callable[[int, int, str], None]
COMMAND = "foreshock fit --data DIR"


def fit(
    data: Path,
    *,
    fitted: str,
    out: Path | None = None,
    only: tuple[str, ...] = (),
    progress: Progress | None = None,
    told: Callable[[], Told] | None = None,
) -> Iterator[Path]:
    """Fit every table and yield the path of each once it is written; one that stands on coding is fitted when it is named.

    Args:
        data: folder with the sets (``forecast/`` in it).
        fitted: the date that goes into the provenance, as "2026-11-29".
        out: folder to write to; that of the package where None.
        only: names of tables, such as "hazards"; all where empty.
        progress: told (done, total, what).
        told: gives what our own coder makes of a corpus, for the tables that stand on it; that takes an hour when it is new.

    Raises:
        CatalogueError: the folder does not exist, a table is not known, a set is missing, or coding is needed and not given.
    """
    if not data.is_dir():
        raise CatalogueError(f"there is no folder {data}", remedy="point --data at the folder that holds forecast/")
    modules = fits(only)
    if unknown := [name for name in only if name not in modules]:
        raise CatalogueError(f"there is no table {unknown[0]!r} to fit", remedy=f"one of {', '.join(fits())}")
    folder = out or Path(str(next(iter(shipped.__path__))))
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [name for name in modules if only or not _stands_on_coding(modules[name])]
    for done, name in enumerate(wanted):
        if progress:
            progress(done, len(wanted), name)
        values = _values(modules[name], data, fitted, told)
        path = folder / f"{getattr(modules[name], 'FITTED', name)}.yaml"
        write_fitted(path, values, what=getattr(modules[name], "WHAT", name))
        yield path


def _values(module: ModuleType, data: Path, fitted: str, told: Callable[[], Told] | None) -> dict[str, Any]:
    if not _stands_on_coding(module):
        return dict(module.fit(data, fitted=fitted, command=COMMAND))
    name = module.__name__.rpartition(".")[2]
    if told is None:
        raise CatalogueError(f"the table {name!r} stands on coding, and none is given", remedy="fit it with foreshock fit --only")
    return dict(module.fit(data, fitted=fitted, command=f"{COMMAND} --only {name}", told=told()))


def _stands_on_coding(module: ModuleType) -> bool:
    return hasattr(module, "CORPUS")


def fits(only: tuple[str, ...] = ()) -> dict[str, ModuleType]:
    """Return the modules that fit a table, by name: those of ``scenarios/fitting`` with a function ``fit``, or ``only`` some."""
    names = sorted(found.name for found in iter_modules(fitting.__path__) if not only or found.name in only)
    modules = {name: import_module(f"{fitting.__name__}.{name}") for name in names}
    return {name: module for name, module in modules.items() if hasattr(module, "fit")}
