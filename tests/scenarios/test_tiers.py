"""Tier and start state of a country from what was told: each part by a rule that can be read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foreshock.model import Happening
from foreshock.scenarios.tiers import start_of, tier_of

ON = "2022-01-08"
PROTEST = Happening("p", "KAZ", "2022-01-03", "2022-01-03", "PROTEST", "demo", ("KAZ", "CVL"))
DEMAND = Happening("d", "KAZ", "2022-01-04", "2022-01-04", "REQUEST", "change", ("KAZ", "CVL"), ("KAZ", "GOV"))
RIOT = Happening("r", "KAZ", "2022-01-05", "2022-01-05", "PROTEST", "riot", ("KAZ", "CVL"))
KILLING = Happening("k", "KAZ", "2022-01-06", "2022-01-06", "ASSAULT", "firearms", ("KAZ", "COP"), ("KAZ", "CVL"), 12.0)
BATTLE = Happening("b", "KAZ", "2021-06-01", "2021-06-01", "ASSAULT", None, ("KAZ", "REB"), ("KAZ", "MIL"), 30.0)
COUP = Happening("c", "KAZ", "2021-03-01", "2021-03-01", "OFFICE", "seize", ("KAZ", "MIL"), sources=("A", "B"))


@pytest.mark.parametrize(
    ("told", "tier"),
    [
        ([], "quiet"),
        ([DEMAND], "quiet"),
        ([PROTEST], "protest"),
        ([PROTEST, RIOT, KILLING], "protest"),
        ([PROTEST, DEMAND], "removal"),
        ([PROTEST, DEMAND, KILLING], "removal"),
        ([PROTEST, DEMAND, RIOT], "removal"),
        ([PROTEST, DEMAND, RIOT, KILLING], "crisis"),
        ([replace(PROTEST, ignored="denied")], "quiet"),
        ([replace(PROTEST, day="2021-01-08")], "quiet"),
        ([replace(PROTEST, day="2021-01-09")], "protest"),
        ([replace(PROTEST, day="2022-01-09")], "quiet"),
        ([replace(PROTEST, known_at="2022-01-09T00:00:00Z")], "quiet"),
        ([PROTEST, replace(DEMAND, actor=("USA", "GOV"))], "protest"),
        ([PROTEST, replace(DEMAND, actor=("KAZ", "GOV"))], "protest"),
        ([PROTEST, replace(DEMAND, day="2021-09-01")], "protest"),
        ([PROTEST, DEMAND, RIOT, replace(KILLING, killed=None)], "removal"),
        ([PROTEST, DEMAND, RIOT, replace(KILLING, actor=("KAZ", "REB"))], "removal"),
        ([PROTEST, DEMAND, RIOT, replace(KILLING, actor=("RUS", "MIL"))], "removal"),
    ],
)
def test_the_tier_of_what_was_told(told: list[Happening], tier: str) -> None:
    assert start_of(told, ON)[1] == tier


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ([], "peace"),
        ([BATTLE], "conflict"),
        ([replace(BATTLE, killed=24.0)], "peace"),
        ([replace(BATTLE, killed=24.0), replace(BATTLE, id="b2", killed=1.0)], "conflict"),
        ([replace(BATTLE, day="2021-01-01")], "peace"),
        ([COUP], "after-coup"),
        ([COUP, BATTLE], "conflict"),
        ([replace(COUP, ignored="rumoured")], "peace"),
        ([replace(KILLING, killed=200.0)], "peace"),
    ],
)
def test_the_start_state_of_what_was_told(told: list[Happening], state: str) -> None:
    assert start_of(told, ON)[0] == state


def test_every_part_that_was_found_is_a_reason() -> None:
    state, tier, reasons = start_of([KILLING, PROTEST, DEMAND, RIOT, COUP], ON)
    assert (state, tier) == ("after-coup", "crisis")
    assert reasons == (
        "a coup attempt on 2021-03-01",
        "protests since 2022-01-03 (2)",
        "demands that somebody in power go since 2022-01-04 (1)",
        "people killed by the state's own forces during protests since 2022-01-06 (1)",
        "violence by crowds since 2022-01-05 (1)",
    )


def test_the_order_of_what_is_told_does_not_matter() -> None:
    told = [PROTEST, DEMAND, RIOT, KILLING, BATTLE, COUP]
    assert start_of(told, ON) == start_of(told[::-1], ON)


@pytest.mark.parametrize("removal", [False, True])
@pytest.mark.parametrize("killing", [False, True])
@pytest.mark.parametrize("violence", [False, True])
def test_no_tier_is_above_quiet_without_protest(removal: bool, killing: bool, violence: bool) -> None:
    assert tier_of(protest=False, removal=removal, killing=killing, violence=violence) == "quiet"


def test_what_one_origin_calls_a_coup_makes_no_state() -> None:
    assert start_of([replace(COUP, sources=("A",))], ON)[0] == "peace"
    assert start_of([COUP], ON)[0] == "after-coup"


def test_many_dead_without_a_fight_are_no_conflict_and_are_pointed_out() -> None:
    dead = Happening("d", "KAZ", "2021-06-01", "2021-06-01", "HARM", "killed", (None, None), (None, "CVL"), 30.0)
    state, _, reasons = start_of([dead], ON)
    assert state == "peace"
    assert any("up to 30 in one" in reason and "--state" in reason for reason in reasons)
    assert not any("--state" in reason for reason in start_of([replace(dead, killed=20.0)], ON)[2])
