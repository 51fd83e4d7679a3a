"""The folder is the registry: every module beside this one that has ``accepts`` and ``read`` is a source."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import cast

import foreshock.sources
from foreshock.sources.base import Source


@cache
def sources() -> tuple[Source, ...]:
    """Return the sources in order of their modules' names."""
    names = sorted(module.name for module in pkgutil.iter_modules(foreshock.sources.__path__) if not module.ispkg)
    modules = [importlib.import_module(f"foreshock.sources.{name}") for name in names if name != "registry"]
    return tuple(cast(Source, module) for module in modules if hasattr(module, "accepts") and hasattr(module, "read"))


def source_for(address: str) -> Source | None:
    """Return the source that reads an address, or None."""
    return next((one for one in sources() if one.accepts(address)), None)
