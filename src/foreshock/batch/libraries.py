"""The libraries of the extra ``cluster``, imported when they are needed."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from foreshock.errors import BackfillError


def library(name: str) -> Any:
    """Return a library.

    Raises:
        BackfillError: it is not installed.
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise BackfillError(f"{name.partition('.')[0]} is not installed", remedy="pip install 'foreshock[cluster]'") from error
