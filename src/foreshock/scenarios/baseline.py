"""Whether a feed has more of something than the same feed had of it before: never whether something was mentioned.

Counts of a window are ranked among those of earlier windows of the same country, of equal length and not overlapping.
With ``n`` earlier windows of which ``k`` had as much or more, the share ``(k + 1) / (n + 1)`` is a conformal p-value (Vovk,
Gammerman & Shafer 2005, ch. 2): if nothing has changed it is at most ``p`` in at most a share ``p`` of windows, whatever the
feed's rate or bursts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEWEST = 9  # earlier windows; with fewer the share cannot fall to TAIL
TAIL = 0.1
MEMORY = 730  # days: a feed changes its habits

Fired = Literal["seen", "unseen", "no-baseline"]


def fired(count: int, earlier: Sequence[int]) -> Fired:
    """Return whether ``count`` exceeds what earlier windows had.

    >>> fired(3, [0, 0, 1, 0, 2, 0, 0, 1, 0])
    'seen'
    >>> fired(1, [0, 0, 1, 0, 2, 0, 0, 1, 0])
    'unseen'
    >>> fired(9, [0, 0])
    'no-baseline'
    """
    if len(earlier) < FEWEST:
        return "no-baseline"
    as_many = sum(one >= count for one in earlier)
    return "seen" if count >= 1 and (as_many + 1) / (len(earlier) + 1) <= TAIL else "unseen"


def earlier_windows(
    days: Sequence[int], *, today: int, window: int, first: int, hidden: Sequence[tuple[int, int]] = ()
) -> list[int]:
    """Return the counts of the windows before the one that ends with ``today``, the latest first.

    Args:
        days: the ordinals of days on which something happened, one each time.
        today: the ordinal of the last day of the window at hand.
        window: days.
        first: the ordinal of the first day on which the feed covers the country; earlier days have no window.
        hidden: stretches of ordinals, both ends included, in which nothing could be seen; a window that one touches is left out.
    """
    ends = range(today - window, max(first + window - 2, today - MEMORY - window), -window)
    counts = [0] * len(ends)
    for day in days:
        back = (today - window - day) // window
        if 0 <= back < len(counts):
            counts[back] += 1
    return [count for end, count in zip(ends, counts, strict=True) if not any(a <= end and end - window < b for a, b in hidden)]


def fired_array(counts: NDArray[np.int64], *, step: int, window: int) -> NDArray[np.int8]:
    """Return 1 seen, 0 unseen, -1 no baseline for window counts on a regular grid of days.

    Args:
        counts: shape (..., times): the count of the window that ends at each time, for countries, indicators ...
        step: days between two times.
        window: days of a window; times that are a whole number of windows back are compared, so ``window`` must be a multiple
            of ``step``.

    Raises:
        ValueError: ``window`` is not a multiple of ``step``.
    """
    import numpy as np

    if window % step:
        raise ValueError(f"a window of {window} days is no multiple of a step of {step} days")
    apart, most = window // step, MEMORY // window
    as_many = np.zeros(counts.shape, dtype=np.int64)
    times = counts.shape[-1]
    for back in range(apart, min(most * apart, times - 1) + 1, apart):
        # The first window that lies wholly within the feed ends at time ``apart - 1``; shorter ones are not compared with.
        first = back + apart - 1
        as_many[..., first:] += counts[..., apart - 1 : times - back] >= counts[..., first:]
    n = np.clip((np.arange(times) - (apart - 1)) // apart, 0, most)
    seen = (counts >= 1) & ((as_many + 1) <= TAIL * (n + 1))
    return np.where(n < FEWEST, -1, seen.astype(np.int8)).astype(np.int8)
