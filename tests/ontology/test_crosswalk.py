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
        ("OFFICE", "resign", "promised", ("CONCEDE", "08")),
        ("OFFICE", "seize", "alleged", ("ACCUSE", "11")),
        ("OFFICE", "elect", "asserted", (None, None)),
        ("RETREAT", "withdraw", "promised", ("CONCEDE", "08")),
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
