"""The way back: every code that we give leads back to what it was given for, and foreign codes lead where they should."""

from __future__ import annotations

import pytest

from foreshock.errors import CatalogueError
from foreshock.ontology.codebook import load_codebook
from foreshock.ontology.crosswalk import Crosswalk, load_crosswalk
from foreshock.ontology.crosswalk_back import Act, WayBack, load_way_back


@pytest.fixture(scope="module")
def crosswalk() -> Crosswalk:
    return load_crosswalk(load_codebook())


@pytest.fixture(scope="module")
def back() -> WayBack:
    return load_way_back(load_codebook())


def test_every_root_and_mode_leads_back(back: WayBack) -> None:
    for act, codes in back.ends.items():
        if codes.plover and (codes.plover_mode or act.mode is None):
            assert act in back.from_plover(codes.plover, codes.plover_mode), act
        if codes.cameo_code:
            assert act in back.from_cameo(codes.cameo_code), act
        if codes.cameo and act.mode is None:
            assert act in back.from_cameo(codes.cameo), act
        if codes.acled:
            assert act in back.from_acled(codes.acled), act


@pytest.mark.parametrize(
    ("root", "mode", "acts"),
    [
        ("ASSAULT", None, [Act("ASSAULT"), Act("HARM"), Act("CONTROL", "take")]),
        ("ASSAULT", "drone", [Act("ASSAULT", "drone")]),
        ("RETREAT", "resign", [Act("RETREAT", "resign"), Act("OFFICE", "resign")]),
        ("SANCTION", None, [Act("SANCTION"), Act("OFFICE", "dismiss")]),
        ("THREATEN", "violence", [Act("THREATEN", "violence")]),
        ("AGREE", None, [Act("AGREE")]),
        ("FIGHT", None, []),
    ],
)
def test_from_plover(back: WayBack, root: str, mode: str | None, acts: list[Act]) -> None:
    assert list(back.from_plover(root, mode)) == acts


@pytest.mark.parametrize(
    ("code", "acts"),
    [
        ("19", [Act("ASSAULT"), Act("CONTROL")]),
        ("190", [Act("ASSAULT"), Act("CONTROL")]),
        ("192", [Act("CONTROL", "take")]),
        ("1951", [Act("ASSAULT", "aerial")]),
        ("1831", [Act("ASSAULT", "suicide-attack")]),
        ("186", [Act("ASSAULT", "targeted")]),
        ("18", [Act("ASSAULT"), Act("HARM")]),
        ("0841", [Act("RETREAT", "release")]),
        ("085", [Act("RETREAT")]),
        ("08", [Act("CONCEDE"), Act("RETREAT")]),
        ("0231", [Act("REQUEST", "assist")]),
        ("1411", [Act("PROTEST", "demo")]),
        ("1723", [Act("COERCE", "curfew")]),
        ("010", []),
        ("017", []),
        ("99", []),
    ],
)
def test_from_cameo(back: WayBack, code: str, acts: list[Act]) -> None:
    assert list(back.from_cameo(code)) == acts


@pytest.mark.parametrize(
    ("name", "act"),
    [
        ("Riots", Act("PROTEST", "riot")),
        ("Protests", Act("PROTEST", "demo")),
        ("Battles", Act("CONTROL", "take")),
        ("Explosions/Remote violence", Act("ASSAULT", "drone")),
        ("Violence against civilians", Act("ASSAULT", "abduct")),
        ("Strategic developments", Act("COERCE", "arrest")),
    ],
)
def test_from_acled(back: WayBack, name: str, act: Act) -> None:
    assert act in back.from_acled(name)
    assert back.from_acled("Parades") == ()


@pytest.mark.parametrize(
    ("code", "actor"),
    [
        ("KAZGOV", ("KAZ", "GOV")),
        ("USAMILCOP", ("USA", "MIL")),
        ("SYRREBISI", ("SYR", "REB")),
        ("TURMED", ("TUR", "JRN")),
        ("TURHLH", ("TUR", "MED")),
        ("NGAINS", ("NGA", "REB")),
        ("IGOUNO", (None, "IGO")),
        ("FRA", ("FRA", None)),
        ("REB", (None, "REB")),
    ],
)
def test_actor(back: WayBack, code: str, actor: tuple[str | None, str | None]) -> None:
    assert back.actor(code) == actor


@pytest.mark.parametrize(
    "sector", ["GOV", "MIL", "COP", "SPY", "OPP", "REB", "CVL", "MED", "JRN", "IGO", "NGO", "BUS", "LEG", "JUD"]
)
def test_actors_go_both_ways(crosswalk: Crosswalk, back: WayBack, sector: str) -> None:
    for country in ("KAZ", None):
        assert back.actor(crosswalk.actor_code(country, sector) or "") == (country, sector)


@pytest.mark.parametrize("code", ["", "kazgov", "KAZGO", "KAZ-GOV", "КАЗ"])
def test_what_is_no_actor_code_is_refused(back: WayBack, code: str) -> None:
    with pytest.raises(CatalogueError, match="actor code"):
        back.actor(code)


@pytest.mark.parametrize("code", ["", "1", "19345", "1a"])
def test_what_is_no_event_code_is_refused(back: WayBack, code: str) -> None:
    with pytest.raises(CatalogueError, match="CAMEO code"):
        back.from_cameo(code)
