"""What a brief is told of likelihoods: the paths of its scenarios over the days of which estimates were kept."""

from __future__ import annotations

from dataclasses import replace

from foreshock.briefs.weighed import PathPoint, Weighed
from foreshock.model import Estimate, Prior, Provenance
from foreshock.pipeline.briefing import HORIZON, paths_of

PRIOR = Prior(0.01, 0.0, 0.02, 0.01, "", Provenance((), "", 0, 0, "", ""))
ONE = Estimate(
    "e1", "coup-attempt", "KAZ", "KAZ", "2022-01-06", HORIZON, "peace", "crisis", 0.02, 0.0, 0.1, PRIOR, 0.02, 0.1, (), (), 1, "m"
)
TODAY = PathPoint("coup-attempt", "2022-01-08", "now", 0.0, 0.03, 0.1, 0.01)
NOW = Weighed("KAZ", "2022-01-08", (), {"coup-attempt": "a coup attempt"}, {}, {}, paths=(TODAY,))


def test_a_path_leads_over_the_last_estimate_of_each_earlier_day() -> None:
    kept = (ONE, replace(ONE, id="e2", probability=0.025), replace(ONE, id="e0", as_of="2022-01-05"))
    assert [(one.day, one.estimate_id) for one in paths_of(NOW, kept)] == [
        ("2022-01-05", "e0"),
        ("2022-01-06", "e2"),
        ("2022-01-08", "now"),
    ]
    assert {"e0", "e2", "now"} <= replace(NOW, paths=paths_of(NOW, kept)).known


def test_other_countries_horizons_scenarios_and_days_are_no_part_of_it() -> None:
    others = [
        replace(ONE, country="UZB"),
        replace(ONE, horizon=HORIZON + 1),
        replace(ONE, scenario="unknown"),
        replace(ONE, as_of="2022-01-08"),
        replace(ONE, probability=None),
    ]
    assert paths_of(NOW, others) == (TODAY,)
