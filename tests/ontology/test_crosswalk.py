from __future__ import annotations

from typing import get_args

import pytest

from foreshock.errors import CatalogueError
from foreshock.model import Kind, Status
from foreshock.ontology.codebook import load_codebook
from foreshock.ontology.crosswalk import Codes, Crosswalk, load_crosswalk

SIXTEEN = get_args(Kind)[:16]
CAMEO = {f"{root:02}" for root in range(1, 21)}
ACLED = {"Battles", "Protests", "Riots", "Explosions/Remote violence", "Violence against civilians", "Strategic developments"}


@pytest.fixture(scope="module")
def crosswalk() -> Crosswalk:
    return load_crosswalk(load_codebook())


@pytest.mark.parametrize(
    ("kind", "mode", "status", "roots"),
    [
        ("ASSAULT", "firearms", "asserted", ("ASSAULT", "19")),
        ("ASSAULT", "abduct", "asserted", ("ASSAULT", "18")),
        ("ASSAULT", "unconventional", "rumoured", ("ASSAULT", "20")),
        ("ASSAULT", "heavy-weapons", "threatened", ("THREATEN", "13")),
        ("OFFICE", "elect", "threatened", ("THREATEN", "13")),
        ("RETREAT", "release", "requested", ("REQUEST", "10")),
        ("ASSAULT", "firearms", "ordered", ("REQUEST", "10")),
        ("COERCE", "curfew", "ordered", ("COERCE", "17")),
        ("COERCE", "arrest", "alleged", ("ACCUSE", "11")),
        ("AID", None, "alleged", ("AID", "07")),
        ("CONSULT", "visit", "denied", ("REJECT", "12")),
        ("ASSAULT", None, "denied", (None, None)),
        ("HARM", "killed", "asserted", ("ASSAULT", "18")),
        ("CONTROL", "take", "asserted", ("ASSAULT", "19")),
        ("CONTROL", "hold", "asserted", ("COERCE", "19")),
        ("OFFICE", "resign", "asserted", ("RETREAT", "08")),
        ("OFFICE", "resign", "promised", ("AGREE", "03")),
        ("OFFICE", "seize", "alleged", ("ACCUSE", "11")),
        ("OFFICE", "elect", "asserted", (None, None)),
        ("RETREAT", "withdraw", "promised", ("AGREE", "03")),
        ("RETREAT", "withdraw", "planned", ("CONCEDE", "08")),
        ("CONSULT", "visit", "forecast", ("AGREE", "03")),
        ("SUPPORT", None, "promised", ("SUPPORT", "05")),
        ("ACCUSE", "investigate", "ordered", ("ACCUSE", "09")),
        ("COERCE", "curfew", "planned", ("THREATEN", "13")),
        ("REQUEST", None, "permitted", ("CONCEDE", "08")),
        ("AID", None, "planned", ("AGREE", "03")),
        ("SANCTION", None, "promised", ("THREATEN", "13")),
        ("ACCUSE", "investigate", "asserted", ("ACCUSE", "09")),
        ("PROTEST", "demo", "forecast", (None, None)),
        ("ASSESS", "outlook", "threatened", (None, None)),
        ("ADVISE", "travel", "requested", (None, None)),
    ],
)
def test_roots(crosswalk: Crosswalk, kind: str, mode: str | None, status: str, roots: tuple[str, str]) -> None:
    codes = crosswalk.codes(kind, mode, status)
    assert (codes.plover, codes.cameo) == roots


@pytest.mark.parametrize(
    ("kind", "mode", "status", "root"),
    [
        ("RETREAT", None, "planned", "REJECT"),
        ("CONSULT", None, "asserted", "REJECT"),
        ("AID", None, "unknown", None),
        ("ASSAULT", None, "asserted", None),
        ("RETREAT", None, "requested", "REQUEST"),
    ],
)
def test_what_is_not_done(crosswalk: Crosswalk, kind: str, mode: str | None, status: str, root: str | None) -> None:
    assert crosswalk.codes(kind, mode, status, negated=True).plover == root


def test_every_claim_has_a_code_or_none_of_the_known_sets(crosswalk: Crosswalk) -> None:
    for entry in load_codebook():
        for mode in (None, *entry.modes):
            for status in get_args(Status):
                codes = crosswalk.codes(entry.kind, mode, status)
                assert codes.plover is None or codes.plover in SIXTEEN
                assert codes.cameo is None or codes.cameo in CAMEO
                assert codes.acled is None or codes.acled in ACLED
                assert (codes.plover is None) == (codes.cameo is None)


@pytest.mark.parametrize("kind", SIXTEEN)
def test_sixteen_keep_their_name_when_asserted(crosswalk: Crosswalk, kind: str) -> None:
    assert crosswalk.codes(kind, None, "asserted").plover == kind


@pytest.mark.parametrize(
    ("kind", "mode", "status", "acled"),
    [
        ("PROTEST", "demo", "asserted", "Protests"),
        ("PROTEST", "riot", "asserted", "Riots"),
        ("PROTEST", "hunger", "asserted", None),
        ("ASSAULT", "drone", "asserted", "Explosions/Remote violence"),
        ("ASSAULT", "drone", "threatened", None),
        ("ASSAULT", None, "asserted", "Battles"),
        ("COERCE", "arrest", "asserted", "Strategic developments"),
    ],
)
def test_acled_types(crosswalk: Crosswalk, kind: str, mode: str | None, status: str, acled: str | None) -> None:
    assert crosswalk.codes(kind, mode, status).acled == acled


def test_unknown_mode_counts_as_none_and_unknown_kind_or_status_is_refused(crosswalk: Crosswalk) -> None:
    assert crosswalk.codes("ASSAULT", "catapult", "asserted") == Codes("ASSAULT", "19", "Battles")
    with pytest.raises(CatalogueError, match="FLOOD"):
        crosswalk.codes("FLOOD", None, "asserted")
    with pytest.raises(CatalogueError, match="shouted"):
        crosswalk.codes("AID", None, "shouted")


@pytest.mark.parametrize(
    ("country", "sector", "code"),
    [
        ("KAZ", "GOV", "KAZGOV"),
        ("KAZ", "JRN", "KAZMED"),
        ("FRA", None, "FRA"),
        (None, "REB", "REB"),
        (None, "UNK", None),
        (None, None, None),
    ],
)
def test_actor_code(crosswalk: Crosswalk, country: str | None, sector: str | None, code: str | None) -> None:
    assert crosswalk.actor_code(country, sector) == code


@pytest.mark.parametrize(
    ("kind", "mode", "status", "plover_mode", "cameo_code"),
    [
        ("ASSAULT", "firearms", "asserted", "firearms", "193"),
        ("ASSAULT", "heavy-weapons", "threatened", "violence", None),
        ("COERCE", "arrest", "threatened", "arrest", None),
        ("SANCTION", None, "threatened", "restrict", None),
        ("CONTROL", "take", "threatened", "territory", None),
        ("RETREAT", "release", "requested", "yield", None),
        ("AID", None, "requested", "assist", None),
        ("CONSULT", "visit", "denied", "meet", None),
        ("ASSAULT", "aerial", "alleged", "allege", None),
        ("THREATEN", "violence", "threatened", "violence", "138"),
        ("REQUEST", "meet", "requested", "meet", "106"),
        ("OFFICE", "resign", "asserted", "resign", None),
        ("CONTROL", "take", "asserted", None, "192"),
        ("HARM", "killed", "asserted", None, None),
        ("ADVISE", "travel", "advised", None, None),
    ],
)
def test_modes_and_codes_below_the_root(
    crosswalk: Crosswalk, kind: str, mode: str | None, status: str, plover_mode: str | None, cameo_code: str | None
) -> None:
    codes = crosswalk.codes(kind, mode, status)
    assert (codes.plover_mode, codes.cameo_code) == (plover_mode, cameo_code)


def test_sanctions_that_shall_be_lifted_are_a_concession(crosswalk: Crosswalk) -> None:
    assert crosswalk.codes("RETREAT", None, "promised").plover == "CONCEDE"
    assert crosswalk.codes("RETREAT", None, "asserted").plover == "RETREAT"


def test_every_code_stands_below_its_root_and_every_mode_in_its_kind(crosswalk: Crosswalk) -> None:
    book = load_codebook()
    told = {crosswalk.codes(one.kind, mode, status) for one in book for mode in (None, *one.modes) for status in get_args(Status)}
    assert [one for one in told if one.cameo_code and not one.cameo_code.startswith(one.cameo or "?")] == []
    assert [one for one in told if one.plover_mode and one.plover_mode not in book[one.plover or "?"].modes] == []
    assert len({one.plover_mode for one in told}) > 40


# The modes of PLOVER 0.8, by root.
PLOVER_MODES = {
    "CONSULT": "visit third-party multilateral phone",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "REJECT": "assist change yield meet",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone "
    "heavy-weapons crowd-control unconventional",
}


@pytest.mark.parametrize("kind", SIXTEEN)
def test_every_mode_of_plover_is_a_mode_of_ours(kind: str) -> None:
    modes = load_codebook()[kind].modes
    assert set(modes) >= set(PLOVER_MODES.get(kind, "").split())
    assert all(len(mode.gloss.split()) >= 2 for mode in modes.values())
