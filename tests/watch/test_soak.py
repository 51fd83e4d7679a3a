"""The soak's own arithmetic; the soak itself is ``python -m bench soak``."""

from __future__ import annotations

from collections import Counter

from bench import soak
from bench.soak import Sample


def test_a_slope_is_that_of_the_later_three_quarters() -> None:
    warm = [Sample(float(second), 100.0 + second, 9, 9) for second in range(0, 900, 5)]
    flat = [Sample(float(second), 1_000.0, 9, 9) for second in range(900, 3_600, 5)]
    assert soak.slope([*warm, *flat]) == 0.0
    grows = [Sample(float(second), 1_000.0 + second / 36, 9, 9) for second in range(0, 3_600, 5)]
    assert soak.slope(grows) == 100.0


def test_what_the_ledger_says_it_could_not_read_is_not_lost() -> None:
    missing = {"g1x2v3", "g1x2v4", "g3x1v2"}
    assert soak._apart(missing, Counter({"g1x2": 1})) == (["g1x2v4", "g3x1v2"], 1)
    assert soak._apart(missing, Counter()) == (sorted(missing), 0)
