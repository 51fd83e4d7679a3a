"""How many requests one account, token or address may make: a token bucket each, in memory, and bounded."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass


@dataclass(slots=True)
class _Level:
    left: float
    at: float


class Buckets:
    """Buckets by key, each full at first.

    Args:
        rate: requests a second that flow back.
        burst: requests that a full bucket holds.
        most: keys that are remembered; the one that was quiet for longest is forgotten first.
    """

    def __init__(self, *, rate: float, burst: float, most: int = 20_000) -> None:
        self._rate, self._burst, self._most = rate, burst, most
        self._levels: OrderedDict[str, _Level] = OrderedDict()

    def take(self, key: str, now: float) -> float:
        """Take one request out and return 0, or return the seconds until there is one; ``now`` is a steady clock in seconds."""
        level = self._levels.get(key)
        if level is None:
            level = self._levels[key] = _Level(self._burst, now)
            if len(self._levels) > self._most:
                self._levels.popitem(last=False)
        level.left = min(self._burst, level.left + max(0.0, now - level.at) * self._rate)
        level.at = now
        self._levels.move_to_end(key)
        if level.left < 1:
            return (1 - level.left) / self._rate
        level.left -= 1
        return 0.0
