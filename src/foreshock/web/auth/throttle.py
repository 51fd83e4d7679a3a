"""How fast passwords may be tried: after some failures each next try must wait longer. In memory, and bounded."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass


@dataclass(slots=True)
class _Tries:
    failed: int
    last: float


class Throttle:
    """Counts tries of keys: names of accounts, addresses.

    A try is counted before it is known whether it fails, so that many at once are not free.

    Args:
        free: how many failures are free.
        base: seconds to wait after the first one that is not; each further one doubles them.
        longest: seconds to wait at most.
        forget: seconds after which failures are forgotten.
        most: keys that are remembered.
    """

    def __init__(self, *, free: int, base: float, longest: float, forget: float, most: int = 20_000) -> None:
        self._free, self._base, self._longest, self._forget, self._most = free, base, longest, forget, most
        self._tries: OrderedDict[str, _Tries] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: str, now: float) -> float:
        """Count a try and return 0, or return the seconds to wait before one is let in; ``now`` is a steady clock in seconds.

        With five free failures and a base of 1 s the sixth failure makes the next wait 1 s, the seventh 2 s, the eighth 4 s.
        """
        with self._lock:
            tries = self._tries.get(key)
            if tries is None or now - tries.last > self._forget:
                tries = self._tries[key] = _Tries(0, now)
            wait = self._wait(tries) - (now - tries.last)
            if wait > 0:
                return wait
            tries.failed += 1
            tries.last = now
            self._tries.move_to_end(key)
            while len(self._tries) > self._most:
                self._tries.popitem(last=False)
            return 0.0

    def passed(self, key: str, *, clear: bool) -> None:
        """Take a try back that did not fail; with ``clear`` forget the earlier failures of the key too."""
        with self._lock:
            tries = self._tries.get(key)
            if tries is not None and not clear:
                tries.failed = max(0, tries.failed - 1)
            elif tries is not None:
                del self._tries[key]

    def _wait(self, tries: _Tries) -> float:
        over = tries.failed - self._free
        return 0.0 if over <= 0 else min(self._longest, self._base * 2.0 ** min(over - 1, 60))
