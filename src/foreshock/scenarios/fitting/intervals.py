"""Ninety-percent intervals of rates and shares."""

from __future__ import annotations

LOW, HIGH = 0.05, 0.95


def share(onsets: float, n: float) -> tuple[float, float, float]:
    """Return a share with its interval by Jeffreys' prior, Beta(onsets + 1/2, n - onsets + 1/2).

    Source: Brown, Cai & DasGupta 2001, "Interval Estimation for a Binomial Proportion"; at 0 and at n the interval reaches the
    end. 3 of 89 give .0337 (.0123, .0770).
    """
    from scipy.special import betaincinv

    low, high = (betaincinv(onsets + 0.5, n - onsets + 0.5, q) for q in (LOW, HIGH))
    return (onsets / n if n else 0.0, 0.0 if onsets == 0 else float(low), 1.0 if onsets == n else float(high))


def gamma(shape: float, rate: float) -> tuple[float, float, float]:
    """Return the mean of a Gamma distribution and its interval: shape 4, rate 2 give 2 (.683, 3.88)."""
    from scipy.special import gammaincinv

    low, high = (gammaincinv(shape, q) / rate for q in (LOW, HIGH))
    # Where nearly all of a skewed distribution lies near 0, its mean can lie outside: the interval is one of the mean shown.
    return shape / rate, min(float(low), shape / rate), max(float(high), shape / rate)
