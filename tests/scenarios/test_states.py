"""Codes and names of states: one state, one code; what is gone is said to be gone; every state lies in one region."""

from __future__ import annotations

from collections import Counter

import pytest

from foreshock.scenarios.histories import states


@pytest.mark.parametrize(
    ("code", "iso3"),
    [
        (705, "KAZ"),
        (365, "RUS"),
        (345, "SRB"),
        (340, "SRB"),
        (260, "DEU"),
        (255, "DEU"),
        (265, None),
        (817, None),
        (816, "VNM"),
        (678, "YEM"),
        (680, None),
        (970, "KIR"),
        (9999, None),
    ],
)
def test_a_number_gives_the_state_that_took_the_seat(code: int, iso3: str | None) -> None:
    assert states.iso3_of_gw(code) == iso3


@pytest.mark.parametrize(
    ("name", "iso3"),
    [
        ("Kazakhstan", "KAZ"),
        ("COTE D'IVOIRE", "CIV"),
        ("Côte d'Ivoire", "CIV"),
        ("Congo", "COG"),
        ("Congo Kinshasa", "COD"),
        ("Congo, DRC", "COD"),
        ("Guinea Bissau", "GNB"),
        ("Guinea", "GIN"),
        ("USSR", "RUS"),
        ("Yugoslavia", "SRB"),
        ("Palestine, State of", "PSE"),
        ("Republic of Vietnam", None),
        ("German Democratic Republic", None),
        ("Ruritania", None),
    ],
)
def test_a_name_as_the_sets_print_it(name: str, iso3: str | None) -> None:
    assert states.iso3_of_name(name) == iso3


def test_a_state_that_is_gone_is_told_from_a_name_nobody_knows() -> None:
    assert states.is_gone("South Vietnam")
    assert not states.is_gone("Ruritania")


def test_a_code_has_one_number_today() -> None:
    assert states.gw_of_iso3("SRB") == 340
    assert states.gw_of_iso3("DEU") == 260
    assert states.gw_of_iso3("CZE") == 316
    assert states.gw_of_iso3("PSE") is None


def test_every_state_with_a_code_has_a_name_and_lies_in_exactly_one_region() -> None:
    members = [iso3 for part in states.regions().values() for iso3 in part]
    assert not [iso3 for iso3, count in Counter(members).items() if count > 1]
    coded = {iso3 for code in range(1, 1000) if (iso3 := states.iso3_of_gw(code))}
    assert coded < set(members)
    assert len(coded) == 193 + 2, "members of the United Nations, Kosovo and Taiwan"
    assert not [iso3 for iso3 in members if states.iso3_of_name(states.name_of_iso3(iso3)) != iso3]
    assert states.region_of_iso3("KAZ") == "Central Asia"
    assert states.region_of_iso3("ZZZ") == states.WORLD
