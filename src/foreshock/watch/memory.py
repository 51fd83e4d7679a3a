"""Memory that is free goes back to the system.

Every thread reads bodies of up to some megabytes and forgets them. The C library keeps what was freed, in pieces, for the next
need of that thread: in an hour that came to 300 MB that nobody used.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache


def give_back() -> bool:
    """Give the memory that is free back to the system; tell whether any was, always False where the C library is not glibc.

    Takes some hundredths of a second; others wait only where they ask for memory meanwhile. (malloc_trim of glibc, every arena.)
    """
    trim = _trim()
    return trim is not None and trim(0) == 1


@cache
def _trim() -> Callable[[int], int] | None:
    try:
        found = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # another C library; on Windows there is none without a name
        return None
    found.argtypes, found.restype = [ctypes.c_size_t], ctypes.c_int
    return found
