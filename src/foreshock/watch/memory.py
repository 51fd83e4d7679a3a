"""What a watch does so that memory which is free goes back to the system.

Its threads read bodies of some megabytes and forget them. glibc keeps what was freed with the thread that asked for it, and once
it has met a large block it keeps ever larger ones (up to 64 MB a thread): within a quarter of an hour of feeds that go wrong that
came to 290 MB that nobody used, and grew on.
"""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any

# Of <malloc.h>. To set one of them also ends that glibc raises them by itself.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
# Larger blocks are the system's own, and go back when they are freed; smaller ones when so much lies free at a heap's end.
LARGE = 256 * 1024


def keep_little() -> bool:
    """Let the C library of this process keep little of what is freed; False where it is not glibc. (mallopt)

    Costs a watch some hundredths of its processor time: large blocks come from the system each time.
    """
    glibc = _glibc()
    return glibc is not None and all(glibc.mallopt(what, LARGE) == 1 for what in (M_MMAP_THRESHOLD, M_TRIM_THRESHOLD))


def give_back() -> bool:
    """Give whole pages that are free between others back; tell whether any were, False where the C library is not glibc.

    Takes some hundredths of a second. (malloc_trim)
    """
    glibc = _glibc()
    return glibc is not None and glibc.malloc_trim(0) == 1


@cache
def _glibc() -> Any:
    """Return the C library of this process where it is glibc."""
    try:
        found = ctypes.CDLL(None)
        trim, options = found.malloc_trim, found.mallopt
    except (AttributeError, OSError, TypeError):  # another one; Windows has none without a name
        return None
    trim.argtypes, options.argtypes = [ctypes.c_size_t], [ctypes.c_int, ctypes.c_int]
    return found
