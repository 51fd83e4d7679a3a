"""Python's collector kept away from what stays: tables, catalogues and parsers are millions of objects that never die.

It goes through all of them whenever a quarter as many new ones have lived for a while, as those of a batch of documents do: a
fifth of the time that reading and coding take.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def resting() -> Iterator[Callable[[], None]]:
    """Let the collector pass over what is held now, until the end; what is returned does so again, once more has been loaded."""
    gc.freeze()
    try:
        yield gc.freeze
    finally:
        gc.unfreeze()
