"""The Beta distribution: its regularized incomplete function and its quantiles, in plain Python."""

from __future__ import annotations

import math

STEPS = 300
EXACT = 1e-14
TINY = 1e-300


def beta_cdf(x: float, a: float, b: float) -> float:
    """Return I_x(a, b), the chance that a Beta(a, b) variable is at most x; 0 <= x <= 1, a and b > 0.

    By the continued fraction of DLMF 8.17.22 (Lentz's method), and by I_x(a, b) = 1 - I_(1-x)(b, a) where that converges faster.
    Worked number: I_0.5(2, 3) = 11/16.

    >>> round(beta_cdf(0.5, 2, 3), 12)
    0.6875
    """
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_cdf(1 - x, b, a)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x) - math.log(a))
    return front * _fraction(x, a, b)


def _fraction(x: float, a: float, b: float) -> float:
    """Return the continued fraction by Lentz's method; it converges in O(sqrt(max(a, b))) steps."""
    c, d = 1.0, 1 / _off_zero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, STEPS):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d, c = 1 / _off_zero(1 + term * d), _off_zero(1 + term / c)
            value *= d * c
        if abs(d * c - 1) < EXACT:
            break
    return value


def _off_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY


def beta_quantile(p: float, a: float, b: float) -> float:
    """Return the x with I_x(a, b) = p, by bisection to 1e-12; 0 <= p <= 1.

    Worked number: Beta(1, 1) is uniform, so its quantile at .05 is .05.

    >>> round(beta_quantile(0.05, 1, 1), 9)
    0.05
    """
    low, high = 0.0, 1.0
    while high - low > 1e-12:
        middle = (low + high) / 2
        if beta_cdf(middle, a, b) < p:
            low = middle
        else:
            high = middle
    return (low + high) / 2
