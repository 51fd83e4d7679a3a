"""``foreshock precedents`` on dispatches of the example, as from a shell."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.scenarios.test_precedents_table import ROW

DISPATCHES = Path(__file__).parents[2] / "examples" / "kazakhstan-2022" / "dispatches"
FILES = (
    "2022-01-03-steppe-ledger.en.txt", "2022-01-05-felt-boot-gazette.en.txt", "2022-01-04-tin-kettle-wire.en.md",
    "2022-01-08-moth-and-lantern.en.txt",
)  # fmt: skip


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Where the ledger of the dispatches is kept between the tests; the first of them makes it."""
    return tmp_path_factory.mktemp("kept") / "foreshock.sqlite"


@pytest.fixture
def ledger(foreshock, folder, kept):
    pytest.importorskip("spacy")
    path = folder / "foreshock.sqlite"
    if not kept.exists():
        assert foreshock("ingest", *(DISPATCHES / name for name in FILES), "--now", "2022-01-11").code == 0
        assert foreshock("join").code == 0
        assert foreshock("crises", "add", "january", "--country", "KAZ", "--now", "2022-01-11").code == 0
        shutil.copy(path, kept)
    shutil.copy(kept, path)
    return path


def values(ran):
    assert ran.code == 0, ran.err
    (found,) = json.loads(ran.out)
    return found


def test_the_example_has_precedents_and_what_is_compared_in_vain(foreshock, ledger):
    found = values(foreshock("precedents", "--country", "kaz", "--as-of", "2022-01-11", "--format", "json", "--limit", "200"))
    assert found["here"]["country"] == "KAZ"
    assert {"protest", "price", "emergency"} <= found["here"]["present"].keys()
    nearest = found["nearest"]
    assert len(nearest) == found["nearest"][0]["of"] > 100
    ids = [one["crisis"]["id"] for one in nearest]
    assert ids[0] == "kazakhstan-2011"
    assert "kazakhstan-2022" not in ids
    assert "ukraine-2022" not in ids
    assert [one["score"] for one in nearest] == sorted((one["score"] for one in nearest), reverse=True)
    # Its one comparison names no country and no year that was not lost: nothing is made up for it.
    assert found["named"]["precedents"] == []
    assert [one["holder"] for one in found["named"]["missing"]] == ["Windmill"]


def test_the_text_says_how_far(foreshock, ledger):
    ran = foreshock("precedents", "--crisis", "january", "--as-of", "2022-01-11", "--limit", "2")
    assert ran.code == 0, ran.err
    told = " ".join(ran.out.split())
    assert "1. Kazakhstan, Zhanaozen (2011-05-26 to 2012-01-31): likeness 0." in told
    assert "features known of both" in told
    assert "context: no estimate stands on them" in told
    assert "ended: leadership-holds 2012-01-31 afterwards: The president stayed." in told
    assert "2. " in told
    assert "\n3. " not in ran.out
    assert "likely" not in told, "no word of likelihood stands beside a likeness"


def test_endings_and_crises_of_ones_own(foreshock, ledger, folder):
    own = folder / "own"
    own.mkdir()
    row = ROW.replace("2031-03-02/2031-04", "2021-03-02/2021-04").replace("2031-04-11", "2021-04-11")
    (own / "mine.yaml").write_text(row, encoding="utf-8")
    asked = ("precedents", "--country", "KAZ", "--as-of", "2022-01-11", "--format", "json", "--own", own, "--limit", "200")
    found = values(foreshock(*asked, "--ending", "settlement"))
    assert "anland-2031" in [one["crisis"]["id"] for one in found["nearest"]]
    assert all("settlement" in [end["scenario"] for end in one["endings"]] for one in found["nearest"])


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        ((), 2, "give --country KAZ or --crisis NAME"),
        (("--country", "Kazakhstan"), 1, "alpha-3"),
        (("--crisis", "july"), 1, "january"),
        (("--country", "KAZ", "--as-of", "2021-12-01"), 1, "nothing was known by 2021-12-01"),
        (("--country", "KAZ", "--own", "nowhere"), 1, "holds no past crises"),
        (("--country", "KAZ", "--data", "nowhere"), 1, "there is no nowhere"),
        (("--country", "KAZ", "--limit", "0"), 2, "limit"),
        (("--country", "KAZ", "--ending", "doom"), 1, "'doom'"),
    ],
)
def test_what_cannot_be_is_refused(foreshock, ledger, options, code, says):
    ran = foreshock("precedents", *options)
    assert ran.code == code
    assert says in ran.err
