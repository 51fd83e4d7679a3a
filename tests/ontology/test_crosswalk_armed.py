"""What an armed body does is a fight in CAMEO; the same act by somebody else is not."""

from __future__ import annotations

import pytest

from foreshock.ontology.codebook import Codebook
from foreshock.ontology.crosswalk import load_crosswalk


@pytest.mark.parametrize(
    ("mode", "doer", "root"),
    [("targeted", "REB", "19"), ("targeted", "CVL", "18"), ("targeted", None, "18"), ("abduct", "REB", "18")],
)
def test_who_kills_decides_between_assault_and_fight(codebook: Codebook, mode: str, doer: str | None, root: str) -> None:
    assert load_crosswalk(codebook).codes("ASSAULT", mode, "asserted", doer=doer).cameo == root


def test_a_road_blocked_by_an_armed_band_is_no_protest_in_cameo(codebook: Codebook) -> None:
    codes = load_crosswalk(codebook).codes("PROTEST", "obstruct", "asserted", doer="PRM")
    assert (codes.plover, codes.cameo, codes.cameo_code) == ("PROTEST", "19", "191")


def test_a_threat_by_an_armed_band_stays_a_threat(codebook: Codebook) -> None:
    assert load_crosswalk(codebook).codes("ASSAULT", "targeted", "threatened", doer="PRM").cameo == "13"
