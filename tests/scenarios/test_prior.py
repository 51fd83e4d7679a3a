"""Priors: the documented product of rates, horizons by a constant hazard, fallbacks that say so, intervals around the middle."""

from __future__ import annotations

from datetime import date
from math import exp, expm1, log1p
from typing import Any

import pytest

from foreshock.errors import CatalogueError
from foreshock.scenarios.histories.states import regions
from foreshock.scenarios.prior import load_hazards, prior, read_hazards

ON = date(2026, 1, 6)
MEASURED = [
    "coup-attempt", "armed-conflict", "foreign-troops", "invasion", "popular-removal", "armed-removal", "leadership-holds",
    "mass-killing",
]  # fmt: skip
STATES, TIERS = ("peace", "conflict", "after-coup"), ("quiet", "protest", "removal", "crisis")


def table(**changes: Any) -> dict[str, Any]:
    """Return a made table: a yearly probability at peace of .01 in Kazakhstan, .02 in its region, .03 in the world."""
    row = {
        "provenance": {"sets": ["made"], "span": "1951-2019", "n": 100, "onsets": 2, "fitted": "2026-01-01", "command": "none"},
        "base_rate": {"span": "2010-2019", "p": 0.04, "low": 0.03, "high": 0.05, "n": 100, "onsets": 4},
        "world": {"p": 0.03, "low": 0.02, "high": 0.04},
        "states": {
            "peace": {"ratio": 1.0, "low": 1.0, "high": 1.0, "n": 90, "onsets": 1},
            "conflict": {"ratio": 2.0, "low": 1.0, "high": 4.0, "n": 10, "onsets": 1},
        },
        "tiers": {
            "quiet": {"ratio": 1.0, "low": 1.0, "high": 1.0, "n": 90, "onsets": 1},
            "crisis": {"ratio": 3.0, "low": 1.5, "high": 6.0, "n": 10, "onsets": 1},
        },
        "regions": {"Central Asia": {"p": 0.02, "low": 0.0, "high": 0.05}},
        "countries": {"KAZ": {"p": 0.01, "low": 0.005, "high": 0.02, "n": 28, "onsets": 0}},
    }
    return {"scenarios": {"made": {**row, **changes}}}


def of(country: str = "KAZ", *, state: str = "peace", tier: str = "quiet", horizon: int = 365, **changes: Any) -> Any:
    return prior(read_hazards(table(**changes)), "made", country=country, state=state, tier=tier, on=ON, horizon=horizon)


def test_the_rate_is_that_of_country_times_state_times_tier() -> None:
    found = of(state="conflict", tier="crisis")
    assert found.probability == pytest.approx(-expm1(6 * log1p(-0.01)))
    assert of().probability == pytest.approx(0.01)


def test_the_horizon_goes_by_a_constant_hazard() -> None:
    assert of(horizon=90).probability == pytest.approx(1 - 0.99 ** (90 / 365))
    assert of(horizon=90).base_rate == pytest.approx(1 - 0.96 ** (90 / 365))


def test_the_interval_joins_what_is_uncertain_on_the_log_scale() -> None:
    found = of(state="conflict", tier="crisis")
    rate, least, most = (-log1p(-p) for p in (0.01, 0.005, 0.02))
    wide = ((log1p(rate / least - 1)) ** 2 + 2 * log1p(1) ** 2) ** 0.5
    assert found.low == pytest.approx(-expm1(-6 * rate * exp(-wide)))
    high = ((log1p(most / rate - 1)) ** 2 + 2 * log1p(1) ** 2) ** 0.5
    assert found.high == pytest.approx(-expm1(-6 * rate * exp(high)))


@pytest.mark.parametrize(
    ("country", "yearly", "falls_back"),
    [("KAZ", 0.01, None), ("UZB", 0.02, "Central Asia"), ("FRA", 0.03, "world"), ("ZZZ", 0.03, "world")],
)
def test_a_country_without_history_falls_back_to_its_region_and_says_so(
    country: str, yearly: float, falls_back: str | None
) -> None:
    found = of(country)
    assert found.probability == pytest.approx(yearly)
    assert found.falls_back == falls_back
    assert (falls_back is None) or (f"judged by {falls_back}" in found.why)


def test_what_holds_is_the_opposite_of_a_break() -> None:
    rows = {"countries": {"KAZ": {"p": 0.99, "low": 0.98, "high": 0.995, "n": 28, "onsets": 0}}}
    found = of(holds=True, tier="crisis", **rows)
    assert found.probability == pytest.approx(0.99**3)
    assert found.low < found.probability < found.high < 1
    assert of(holds=True, horizon=30, **rows).probability > of(holds=True, **rows).probability


def test_an_unmeasured_scenario_has_no_number() -> None:
    assert prior(load_hazards(), "settlement", country="KAZ", state="peace", tier="quiet", on=ON, horizon=30) is None
    assert load_hazards().provenance("settlement") is None


@pytest.mark.parametrize("wrong", [{"state": "war"}, {"tier": "storm"}])
def test_a_state_or_tier_nobody_knows_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(CatalogueError, match="there is no"):
        of(**wrong)


def test_a_table_that_is_not_whole_or_contradicts_itself_is_refused() -> None:
    broken = table()
    del broken["scenarios"]["made"]["tiers"]
    with pytest.raises(CatalogueError, match="have no tiers"):
        read_hazards(broken)
    with pytest.raises(CatalogueError, match="fit again"):
        read_hazards(table(world={"p": 0.05, "low": 0.02, "high": 0.04}))


def test_a_day_within_the_years_of_the_fit_is_no_forecast_of_its_time_and_says_so() -> None:
    hazards = read_hazards(table())
    past = prior(hazards, "made", country="KAZ", state="peace", tier="quiet", on=date(2014, 1, 1), horizon=30)
    assert past is not None
    assert "no forecast of that time" in past.why
    assert "no forecast" not in of().why


def test_the_shipped_hazards_measure_every_scenario_but_settlement() -> None:
    assert list(load_hazards().scenarios) == MEASURED


@pytest.mark.parametrize("scenario", MEASURED)
def test_every_state_of_the_world_has_a_prior_inside_its_interval(scenario: str) -> None:
    hazards = load_hazards()
    for country in [iso3 for members in regions().values() for iso3 in members] + ["ZZZ"]:
        for state in STATES:
            found = [
                prior(hazards, scenario, country=country, state=state, tier="crisis", on=ON, horizon=h) for h in (30, 90, 365)
            ]
            assert all(one is not None and 0 <= one.low <= one.probability <= one.high <= 1 for one in found), (country, state)
            order = [one.probability for one in found if one]
            assert order == sorted(order, reverse=scenario == "leadership-holds")


@pytest.mark.parametrize("scenario", [name for name in MEASURED if name != "invasion"])
def test_a_crisis_is_no_quieter_than_quiet(scenario: str) -> None:
    ratios = load_hazards().scenarios[scenario]["tiers"]
    assert ratios["crisis"]["ratio"] >= ratios["quiet"]["ratio"]


@pytest.mark.parametrize("tier", TIERS)
def test_the_leadership_mostly_holds_whatever_the_tier(tier: str) -> None:
    found = prior(load_hazards(), "leadership-holds", country="KAZ", state="peace", tier=tier, on=ON, horizon=365)
    assert found is not None
    assert 0.95 < found.probability < 1
    assert found.provenance.sets[0] == "archigos.csv"


@pytest.mark.parametrize(("scenario", "said"), [("invasion", "an upper bound"), ("foreign-troops", "a lower bound")])
def test_what_errs_one_way_says_which(scenario: str, said: str) -> None:
    found = prior(load_hazards(), scenario, country="KAZ", state="peace", tier="crisis", on=ON, horizon=365)
    assert found is not None
    assert said in found.why


def test_the_reasons_carry_what_was_counted() -> None:
    assert of(state="conflict", tier="crisis").why == (
        "In 2010-2019 4 % of 100 country-years; Kazakhstan 1 % a year at peace (0 in 28 years); conflict 2 times the rate (1 in "
        "10 country-years); crisis 3 times the rate (1 in 10 country-years)."
    )
