"""What comes first: one exclusive question over scenarios that may each come about.

With constant hazards ``h_i = -ln(1 - p_i)`` over the horizon, competing (Prentice et al. 1978), the share of ``i`` coming
first is ``h_i / H x (1 - exp(-H))``, ``H`` their sum, and that of none ``exp(-H)``. Worked: .10 and .05 give .0975 and .0475,
and none .855. Scenarios that bring each other about (a coup that removes a leader) are counted as if they did not.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, isclose, log1p

from foreshock.errors import CatalogueError

NONE = "none-of-these"


def comes_first(probabilities: Mapping[str, float]) -> dict[str, float]:
    """Return the share of each scenario coming first, and of none; they sum to 1.

    >>> {name: round(p, 4) for name, p in comes_first({"a": 0.10, "b": 0.05}).items()}
    {'a': 0.0975, 'b': 0.0475, 'none-of-these': 0.855}
    """
    hazards = {name: -log1p(-min(p, 1 - 1e-12)) for name, p in probabilities.items()}
    total = sum(hazards.values())
    any_of_them = 1 - exp(-total)
    shares = {name: (hazard / total * any_of_them if total else 0.0) for name, hazard in hazards.items()}
    return summing({**shares, NONE: exp(-total)})


def moved_shares(shares: Mapping[str, float], nats: Mapping[str, float]) -> dict[str, float]:
    """Return a user's own prior shares moved by each outcome's evidence: share x exp(nats), brought back to 1."""
    raw = {name: share * exp(nats.get(name, 0.0)) for name, share in summing(shares).items()}
    total = sum(raw.values())
    return {name: one / total for name, one in raw.items()}


def summing(shares: Mapping[str, float]) -> dict[str, float]:
    """Return the shares of an exclusive question.

    Raises:
        CatalogueError: one is no probability, or they do not sum to 1.
    """
    for name, share in shares.items():
        if not 0 <= share <= 1:
            raise CatalogueError(f"the probability of {name!r} is {share!r}", remedy="give numbers from 0 to 1")
    if not isclose(total := sum(shares.values()), 1.0, abs_tol=1e-6):
        raise CatalogueError(f"probabilities of {', '.join(shares)} sum to {total:.6g}", remedy="exclusive outcomes sum to 1")
    return dict(shares)
