"""The likelihood of what was seen before onsets, each country compared only with itself.

Pooled over countries a ratio mostly says which country it is: places of many protests are places of many coups. Here the
question to history is another: given that this country, in this tier, had an onset, which of its own windows came before it?
With indicator states x of a window and a stratum (one country in one tier) of n windows, the window before an onset is window i
with probability

    exp(b . x_i) / sum_j exp(b . x_j),    j over the stratum's windows

the conditional logistic likelihood of one case a set (Breslow and Day 1980, chapter 7). Whatever is constant in a stratum
cancels. An onset's windows overlap in what they see, so that an onset counts once: it enters with the mean of its windows. The
log ratios b of all indicators are fitted together, for what two indicators see of one wave of events shall not count twice, under
a normal prior of mean 0 whose standard deviation is fitted by empirical Bayes over the indicators (Laplace's approximation;
Tierney and Kadane 1986).

Worked number: 1 onset, the stratum has 10 windows of which 1 saw the indicator, and it was the one before the onset. With prior
deviation 1 the log ratio solves 1 - .1 e^b / (.9 + .1 e^b) = b: b = .80, an odds ratio of 2.2; unshrunk it would be infinite.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from foreshock.errors import CatalogueError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

SPREADS = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)
NO_ONSET = 0


@dataclass(frozen=True, slots=True)
class Panel:
    """Windows of many countries; n rows, k indicators.

    Attributes:
        country: (n,) numbers of countries.
        day: (n,) ordinals of the days on which the windows end: what was seen lies at or before, what is asked after.
        given: (n,) numbers of tiers or states; only windows of one country and one of these are compared.
        seen: (n, k) 1 where the indicator fired, 0 where not, nan where it could not be said.
        onset: (n,) ordinal of the first onset within the horizon after ``day``, ``NO_ONSET`` where there was none.
    """

    country: Ints
    day: Ints
    given: Ints
    seen: Floats
    onset: Ints

    def take(self, rows: Any) -> Panel:
        """Return some rows, by mask or index."""
        return Panel(self.country[rows], self.day[rows], self.given[rows], self.seen[rows], self.onset[rows])

    def only(self, indicator: int) -> Panel:
        """Return the panel with one indicator."""
        return replace(self, seen=self.seen[:, indicator : indicator + 1])

    def checked(self) -> Panel:
        """Return itself.

        Raises:
            CatalogueError: the arrays are not of one length, or a state is neither 0, 1 nor nan.
        """
        import numpy as np

        lengths = {len(one) for one in (self.country, self.day, self.given, self.seen, self.onset)}
        if len(lengths) != 1 or self.seen.ndim != 2:
            raise CatalogueError(f"arrays of {sorted(lengths)} windows", remedy="give a row a window in each, seen as (n, k)")
        if not (np.isnan(self.seen) | (self.seen == 0) | (self.seen == 1)).all():
            raise CatalogueError("a state is neither 0, 1 nor nan", remedy="give 1 for seen, 0 for unseen, nan for not known")
        return self


@dataclass(frozen=True, slots=True)
class Cases:
    """What the likelihood needs: for each episode the mean of its windows, and for each stratum with an episode its windows.

    Attributes:
        case: (episodes, k) mean states before each episode, less the stratum's mean: only contrasts matter.
        stratum: (episodes,) the stratum of each, an index into ``start``.
        country: (episodes,) the country of each.
        states: (rows, k) states of the windows of those strata, stratum by stratum, less the stratum's mean; nan is 0. Windows of
            one state are one row.
        mass: (rows,) how many windows each row stands for.
        start: (strata + 1,) where each stratum's rows begin.
    """

    case: Floats
    stratum: Ints
    country: Ints
    states: Floats
    mass: Ints
    start: Ints

    def __len__(self) -> int:
        return len(self.case)


def episodes_of(panel: Panel, *, apart: int) -> Ints:
    """Return (n,) the number of each window's episode, -1 where no onset follows.

    Onsets of one country are one episode while each is within ``apart`` days of the one before.
    """
    import numpy as np

    found = np.full(len(panel.onset), -1, dtype=np.int64)
    before = np.flatnonzero(panel.onset != NO_ONSET)
    order = before[np.lexsort((panel.onset[before], panel.country[before]))]
    if len(order):
        country, onset = panel.country[order], panel.onset[order]
        new = (np.diff(country) != 0) | (np.diff(onset) > apart)
        found[order] = np.concatenate([[0], np.cumsum(new)])
    return found


def cases_of(panel: Panel, *, apart: int) -> Cases:
    """Return the cases and their strata; an episode over two tiers is a case of that in which it began."""
    import numpy as np

    episode = episodes_of(panel, apart=apart)
    stratum = np.unique(np.stack([panel.country, panel.given]), axis=1, return_inverse=True)[1].ravel()
    k = panel.seen.shape[1]
    cases: list[tuple[Floats, int, int]] = []
    parts: dict[int, tuple[int, Floats, tuple[Floats, Ints]]] = {}
    for number in range(episode.max(initial=-1) + 1):
        rows = np.flatnonzero(episode == number)
        home = int(stratum[rows[np.argmin(panel.day[rows])]])
        if home not in parts:
            states = panel.seen[stratum == home]
            known = ~np.isnan(states)
            mean = np.where(known, states, 0.0).sum(axis=0) / np.maximum(1, known.sum(axis=0))
            parts[home] = (len(parts), mean, np.unique(np.where(known, states - mean, 0.0), axis=0, return_counts=True))
        at, mean, _ = parts[home]
        own = panel.seen[rows[stratum[rows] == home]] - mean
        known = ~np.isnan(own)
        cases.append((np.where(known, own, 0.0).sum(axis=0) / np.maximum(1, known.sum(axis=0)), at, int(panel.country[rows[0]])))
    kinds = [(states, mass) for _, _, (states, mass) in parts.values()]
    return Cases(
        case=np.array([case for case, _, _ in cases], dtype=float).reshape(-1, k),
        stratum=np.array([at for _, at, _ in cases], dtype=np.int64),
        country=np.array([country for _, _, country in cases], dtype=np.int64),
        states=np.concatenate([np.zeros((0, k)), *(states for states, _ in kinds)]),
        mass=np.concatenate([np.zeros(0, dtype=np.int64), *(mass for _, mass in kinds)]),
        start=np.concatenate([[0], np.cumsum([len(mass) for _, mass in kinds])]).astype(np.int64),
    )


def likelihood(cases: Cases, weight: Floats, log_ratio: Floats) -> tuple[float, Floats, Floats]:
    """Return the log likelihood, its gradient (k,) and its information (k, k) at log ratios; ``weight`` is that of each episode.

    It is counted from the likelihood at 0: no indicator, no change.
    """
    import numpy as np

    sizes = np.diff(cases.start)
    heavy = np.bincount(cases.stratum, weights=weight, minlength=len(sizes))
    score = cases.states @ log_ratio
    odds = cases.mass * np.exp(score - score.max(initial=0.0))
    total = np.add.reduceat(odds, cases.start[:-1])
    share = odds / np.repeat(total, sizes)
    mean = np.add.reduceat(share[:, None] * cases.states, cases.start[:-1])
    usual = np.log(total / np.add.reduceat(cases.mass, cases.start[:-1])) + score.max(initial=0.0)
    value = weight @ (cases.case @ log_ratio) - heavy @ usual
    gradient = weight @ cases.case - heavy @ mean
    spread = (np.repeat(heavy, sizes) * share)[:, None] * cases.states
    information = cases.states.T @ spread - (heavy[:, None] * mean).T @ mean
    return float(value), gradient, information


def shrunk(cases: Cases, spread: float, *, weight: Floats | None = None, start: Floats | None = None) -> Floats:
    """Return (k,) the log ratios of the highest posterior under a normal prior of mean 0 and standard deviation ``spread``.

    ``spread`` may be infinite where the likelihood has a maximum. Without cases, or with spread 0, they are 0.
    """
    import numpy as np

    k = cases.case.shape[1]
    weight = np.ones(len(cases)) if weight is None else weight
    if not len(cases) or spread == 0.0 or not weight.any():
        return np.zeros(k)
    precision = np.eye(k) / spread**2
    at = np.zeros(k) if start is None else start.copy()
    value, gradient, information = likelihood(cases, weight, at)
    value -= float(at @ precision @ at) / 2
    for _ in range(50):
        move = np.linalg.lstsq(information + precision, gradient - precision @ at, rcond=None)[0]
        for _ in range(30):
            new, slope, curve = likelihood(cases, weight, at + move)
            new -= float((at + move) @ precision @ (at + move)) / 2
            if new >= value - 1e-12:
                break
            move = move / 2
        at, value, gradient, information = at + move, new, slope, curve
        if np.abs(move).max() < 1e-8:
            break
    return at


def evidence(cases: Cases, spread: float, *, start: Floats | None = None) -> tuple[float, Floats]:
    """Return the log marginal likelihood of a prior deviation by Laplace's approximation, 0 at spread 0, and the log ratios."""
    import numpy as np

    best = shrunk(cases, spread, start=start)
    if spread == 0.0 or not len(cases):
        return 0.0, best
    value, _, information = likelihood(cases, np.ones(len(cases)), best)
    swell = np.linalg.slogdet(np.eye(len(best)) + information * spread**2)[1]
    return float(value - best @ best / (2 * spread**2) - swell / 2), best


def spread_of(cases: Cases) -> float:
    """Return the prior deviation of the highest evidence, the smallest of equals; 0 where the ratios cannot be told from 1."""
    best, chosen, at = 0.0, 0.0, None
    for spread in SPREADS[1:]:
        value, at = evidence(cases, spread, start=at)
        if value > best:
            best, chosen = value, spread
    return chosen
