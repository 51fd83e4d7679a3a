"""Precedents from a ledger: what holders compare with, what words tell, and the founding article with its three."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from foreshock import pipeline
from foreshock.errors import CatalogueError, LedgerError
from foreshock.ledger import Ledger
from foreshock.model import Crisis, Document
from foreshock.pipeline.comparisons import compared_with, comparisons
from foreshock.pipeline.precedents import Search, precedents, profile, words_of
from foreshock.scenarios.precedents.table import load_crises
from foreshock.settings import read_settings
from tests.incidents.records import Press, actor, day, land
from tests.pipeline.made import situation

DATA = Path(os.environ.get("FORESHOCK_DATA", Path(__file__).parents[3] / "shared" / "data"))
SEED = DATA / "seed" / "article.ja.txt"
NOW = datetime(2022, 1, 12, 12, tzinfo=UTC)
KAZ = land("KAZ", "Kazakhstan")


@pytest.fixture
def press():
    return Press()


# Text, language -> countries with the year beside them.
COMPARED = [
    ("The unrest differs from that of Ukraine in 2014", "en", [("UKR", 2014)]),
    ("It recalls Georgia in 2008 and Ukraine in 2014", "en", [("GEO", 2008), ("UKR", 2014)]),
    ("It recalls the 2020 protests in Belarus", "en", [("BLR", 2020)]),
    ("Kazakhstan is neither Ukraine nor Belarus", "en", [("KAZ", None), ("UKR", None), ("BLR", None)]),
    ("It is not the Ukraine of 2004, and Ukraine knows it", "en", [("UKR", 2004)]),
    ("in Sri Lanka (2022) the crowd took the palace", "en", [("LKA", 2022)]),
    ("like 2,014 men before them in Chad", "en", [("TCD", None)]),
    ("this has not been seen before", "en", []),
    ("2008年のグルジアや2014年のウクライナとは異なる", "ja", [("GEO", 2008), ("UKR", 2014)]),
    ("ベラルーシの状況とは異なる", "ja", [("BLR", None)]),
    ("События похожи на протесты в Белоруссии в 2020 году", "ru", [("BLR", 2020)]),
    ("Lo que pasa recuerda a Bolivia en 2019", "es", [("BOL", 2019)]),
    ("Cela rappelle la Tunisie de 2011", "fr", [("TUN", 2011)]),
]


@pytest.mark.parametrize(("text", "language", "expected"), COMPARED)
def test_countries_of_a_comparison(text, language, expected, press, catalogue, gazetteer):
    claim = press.report(text, "LIKEN", "like", language=language).claim
    assert compared_with(claim, catalogue=catalogue, gazetteer=gazetteer) == expected


@pytest.mark.parametrize(
    ("mode", "fields", "stance"),
    [
        ("like", {}, "like"),
        ("unlike", {}, "unlike"),
        ("like", {"negated": True}, "unlike"),
        ("unlike", {"negated": True}, "like"),
        ("like", {"status": "denied"}, "unlike"),
        (None, {}, "compared"),
        (None, {"negated": True}, "unlike"),
    ],
)
def test_the_stance_of_a_holder(mode, fields, stance, press, catalogue, gazetteer):
    told = press.report("It recalls Belarus in 2020", "LIKEN", mode, **fields)
    about = press.report("Crowds marched", "PROTEST", place=KAZ, document=1)
    (one,) = comparisons([told, about], country="KAZ", crises=[], catalogue=catalogue, gazetteer=gazetteer)
    assert (one.stance, one.countries, one.claim_ids) == (stance, (("BLR", 2020),), (told.claim.id,))


def test_who_compares_is_the_chain_of_holders(press, catalogue, gazetteer):
    about = press.report("Crowds marched", "PROTEST", place=KAZ, document="d")
    told = press.report("It recalls the Maidan", "LIKEN", "like", by="Edda Quill", cites="Reef Herald", document="d")
    own = press.report("It recalls Belarus", "LIKEN", "like", document="d")
    found = comparisons([about, told, own], country="KAZ", crises=load_crises(), catalogue=catalogue, gazetteer=gazetteer)
    assert [(one.holder, one.called, one.countries) for one in found] == [
        ("Reef Herald > Edda Quill", ("ukraine-2013",), ()),
        ("Lagoon Post", (), (("BLR", None),)),
    ]


def test_only_documents_on_the_country_compare_it(press, catalogue, gazetteer):
    told = press.report("It recalls Belarus in 2020", "LIKEN", "like", document="d")
    about = press.report("Crowds marched", "PROTEST", place=land("UZB"), document="d")
    assert not comparisons([told, about], country="KAZ", crises=[], catalogue=catalogue, gazetteer=gazetteer)


def test_a_state_that_acts_is_no_precedent_unless_a_year_stands_by_it(press, catalogue, gazetteer):
    about = press.report("Crowds marched", "PROTEST", place=KAZ, document="d")
    operation = press.report("It differs from what Russia did", "LIKEN", "unlike", document="d")
    dated = press.report("It differs from Russia in 1993", "LIKEN", "unlike", document="d")
    found = comparisons(
        [about, operation, dated], country="KAZ", crises=[], catalogue=catalogue, gazetteer=gazetteer, acting=["RUS"]
    )
    assert [one.countries for one in found] == [(), (("RUS", 1993),)]


def by_id(*reports):
    return {one.claim.id: one for one in reports}


def test_words_tell_what_set_it_off(press):
    price = press.report("protests over the price of gas", "PROTEST", place=KAZ)
    assert words_of(by_id(price), country="KAZ", as_of=date(2022, 3, 2)) == {"price": [price.claim.id]}
    assert not words_of(by_id(price), country="UZB", as_of=date(2022, 3, 2))
    assert not words_of(by_id(price), country="KAZ", as_of=date(2022, 2, 28)), "it was not out yet"
    assert not words_of(by_id(price), country="KAZ", as_of=date(2022, 6, 30)), "it is another crisis"


def test_words_inside_a_comparison_or_not_told_as_a_fact_tell_nothing(press):
    liken = press.report("unlike there, where the price of gas began it", "LIKEN", "unlike", place=KAZ, document="d")
    inside = press.report("the price of gas began it", "PROTEST", place=KAZ, document="d", start=14)
    denied = press.report("over the price of gas", "PROTEST", place=KAZ, status="denied")
    elsewhere = press.report("over the price of gas", "PROTEST", place=land("UZB"))
    assert not words_of(by_id(liken, inside, denied, elsewhere), country="KAZ", as_of=date(2022, 3, 2))


def test_a_short_ledger_knows_no_peace_and_no_quiet(press):
    seen = press.report("police arrested men", "COERCE", "arrest", place=KAZ, when=day("2022-02-28"))
    here = profile(situation([seen]), country="KAZ", as_of=date(2022, 3, 2))
    assert (here.state, here.tier, here.thin) == (None, None, True)
    known = profile(situation([seen]), country="KAZ", as_of=date(2022, 3, 2), search=Search(state="peace", tier="crisis"))
    assert (known.state, known.tier) == ("peace", "crisis")
    march = press.report("crowds marched", "PROTEST", "demo", place=KAZ, when=day("2022-02-27"))
    assert profile(situation([seen], [march]), country="KAZ", as_of=date(2022, 3, 2)).tier == "protest"


def test_a_ledger_that_reaches_a_year_back_knows_peace(press):
    old = press.report("police arrested men", "COERCE", "arrest", place=KAZ, when=day("2021-02-28"), published="2021-03-01")
    new = press.report(
        "police arrested men", "COERCE", "arrest", place=KAZ, when=day("2022-02-28"), actor=actor("police", "KAZ", "COP")
    )
    assert profile(situation([old], [new]), country="KAZ", as_of=date(2022, 3, 2)).state == "peace"


# The founding article.


@pytest.fixture(scope="module")
def bench(tmp_path_factory, gazetteer_path, codebook, catalogue):
    folder = tmp_path_factory.mktemp("founding")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("foreshock.pipeline.workbench.load_codebook", lambda _folder: codebook)
        patch.setattr("foreshock.pipeline.workbench.load_catalogue", lambda _: catalogue)
        yield pipeline.Workbench(read_settings(folder, os.environ))


@pytest.fixture(scope="module")
def founding(tmp_path_factory, bench):
    if not SEED.exists():
        pytest.skip(f"the founding article is not at {SEED} (FORESHOCK_DATA)")
    pytest.importorskip("sudachipy")
    path = tmp_path_factory.mktemp("ledger") / "foreshock.sqlite"
    vault = {}
    (one,) = pipeline.gather(str(SEED), settings=bench.settings, now=NOW, vault=vault.__setitem__)
    assert isinstance(one, Document)
    with Ledger(path) as kept:
        pipeline.keep(one, bench, kept, now=datetime(2022, 1, 8, 20, tzinfo=UTC), contents=vault[one.custody.sha256])
        list(pipeline.join(kept))
        kept.keep_crisis(Crisis("january", ("KAZ",)), now=datetime(2022, 1, 8, 21, tzinfo=UTC))
        kept.keep_crisis(Crisis("nowhere"), now=datetime(2022, 1, 8, 21, tzinfo=UTC))
    return path


def test_the_founding_case_has_its_three_with_their_honest_ranks(founding, bench):
    with Ledger(founding, create=False) as kept:
        (found,) = precedents(kept, bench, now=NOW, country="KAZ", as_of="2022-01-08", search=Search(limit=None))
        (of_crisis,) = precedents(kept, bench, now=NOW, crisis="january", as_of="2022-01-08", search=Search(limit=None))
    assert of_crisis == found
    named = {one.crisis.id: one for one in found.named.precedents}
    assert {"ukraine-2014", "georgia-2008", "belarus-2020"} <= named.keys()
    assert named.keys() <= {"ukraine-2013", "ukraine-2014", "georgia-2008", "belarus-2020"}
    by_rank = {one.crisis.id: one for one in found.nearest}
    for one in named.values():
        assert (one.rank, one.score, one.differ) == (by_rank[one.crisis.id].rank, one.score, one.differ)
        assert one.differ
        assert one.summary.startswith("alike in ")
        assert 1 <= one.rank <= one.of == len(found.nearest)
    stances = {name: {it.stance for it in one.compared} for name, one in named.items()}
    assert stances["georgia-2008"] == stances["belarus-2020"] == {"unlike"}
    assert stances["ukraine-2013"] == {"like", "unlike"}, "its authors do not agree, and both stand there"
    assert "kazakhstan-2022" not in by_rank
    assert found.nearest[0].crisis.id == "kazakhstan-2011"
    assert found.here.thin, "one article is little, and the reader is told"


def test_what_cannot_be_asked_is_refused(founding, bench):
    with Ledger(founding, create=False) as kept:
        for options, error, says in (
            ({"country": "Kazakhstan"}, CatalogueError, "no country"),
            ({"crisis": "july"}, LedgerError, "no crisis 'july'"),
            ({"crisis": "nowhere"}, LedgerError, "names no country"),
            ({}, LedgerError, "neither a country nor a crisis"),
            ({"country": "KAZ", "as_of": "2021-12-31"}, LedgerError, "nothing was known"),
        ):
            with pytest.raises(error, match=says):
                precedents(kept, bench, now=NOW, **options)


def test_a_country_of_which_nothing_was_read_has_only_its_place(founding, bench):
    with Ledger(founding, create=False) as kept:
        (found,) = precedents(kept, bench, now=NOW, country="BOL", as_of="2022-01-08", search=Search(limit=1))
    assert (found.here.happenings, found.here.thin) == (0, True)
    assert found.nearest[0].crisis.countries == ("BOL",)
    assert found.nearest[0].summary.startswith("no feature is known of both")
    assert not found.named.precedents
