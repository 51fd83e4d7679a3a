"""Score: what the ledger's estimates were worth, once their horizons have passed, against the prior and the base rate.

Of the estimates of one scenario, horizon and country that are of one day the first that was kept counts, so that nobody gains by
estimating a day again when more is known. One kept more than a week after its day may have known what came of it: it is counted
as late and scored only where that is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from foreshock.dates import last_day, utc_stamp
from foreshock.errors import CatalogueError
from foreshock.ledger import Ledger
from foreshock.model import Estimate, Outcome
from foreshock.pipeline.reckoning import IN_TIME
from foreshock.scenarios.scoring.outcome_file import outcome, read_outcomes
from foreshock.scenarios.scoring.paired import TOO_FEW, Difference
from foreshock.scenarios.scoring.resolve import Resolved, resolve, window
from foreshock.scenarios.scoring.scorecard import Score, Scorecard, scored

__all__ = ["TOO_FEW", "Difference", "Score", "Scorecard", "outcome", "read_outcomes", "score"]


def score(
    ledger: Ledger,
    *,
    now: datetime,
    as_of: str | None = None,
    scenario: str | None = None,
    horizon: int | None = None,
    also: Iterable[Outcome] = (),
    late: bool = False,
) -> Scorecard:
    """Return the scores of past estimates.

    Args:
        ledger: holds them.
        now: the moment.
        as_of: ISO prefix: estimates and outcomes known by then, horizons passed by then.
        scenario, horizon: only these.
        also: outcomes beside those of the ledger.
        late: score those too that were kept more than a week after their day.

    Raises:
        CatalogueError: the scenario has no estimate here.
    """
    day = min(last_day(as_of), now.astimezone(UTC).date()) if as_of else now.astimezone(UTC).date()
    outcomes = _by_question([*ledger.outcomes_since(as_of), *((utc_stamp(now), one) for one in also)])
    groups = _groups(ledger.estimates_since(as_of), scenario, horizon)
    if not groups and (scenario is not None or horizon is not None):
        raise CatalogueError(
            f"no estimate of {scenario or 'any scenario'}{f' within {horizon} days' if horizon else ''} is kept here",
            remedy="keep some with foreshock weigh --keep, or name another scenario or horizon",
        )
    scores, behind = list[Score](), list[Resolved]()
    for (name, days), kept in sorted(groups.items()):
        made, resolved = _score(name, days, kept, outcomes, day, late=late)
        scores.append(made)
        behind += [one for one in resolved if one.share is not None]
    return Scorecard(day.isoformat(), tuple(scores), tuple(behind))


def _groups(
    estimates: Iterable[tuple[str, Estimate]], scenario: str | None, horizon: int | None
) -> dict[tuple[str, int], list[tuple[str, Estimate]]]:
    """Return the measured estimates by question, the first kept of each country and day."""
    groups: dict[tuple[str, int], list[tuple[str, Estimate]]] = defaultdict(list)
    seen = set[tuple[str, int, str, str]]()
    for known_at, one in estimates:
        key = (one.scenario, one.horizon, one.country, one.as_of[:10])
        if one.probability is None or one.prior is None or key in seen:
            continue
        if scenario in (None, one.scenario) and horizon in (None, one.horizon):
            seen.add(key)
            groups[one.scenario, one.horizon].append((known_at, one))
    return groups


def _by_question(outcomes: Iterable[tuple[str, Outcome]]) -> dict[tuple[str, str], list[tuple[str, Outcome]]]:
    found: dict[tuple[str, str], list[tuple[str, Outcome]]] = defaultdict(list)
    for known_at, one in outcomes:
        found[one.scenario, one.country].append((known_at, one))
    return found


def _score(
    scenario: str,
    horizon: int,
    kept: Sequence[tuple[str, Estimate]],
    outcomes: dict[tuple[str, str], list[tuple[str, Outcome]]],
    day: date,
    *,
    late: bool,
) -> tuple[Score, list[Resolved]]:
    in_time = [one for at, one in kept if late or last_day(at[:10]) - last_day(one.as_of[:10]) <= IN_TIME]
    passed = [one for one in in_time if window(one)[1] <= day]
    found = [resolve(one, outcomes.get((one.scenario, one.country), ())) for one in passed]
    return scored(scenario, horizon, found, pending=len(in_time) - len(passed), late=len(kept) - len(in_time)), found
