"""The bench of PLOVER roots: which claim counts, and macro F1, on a table of our own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.plv import best, class_f1, fit, load_rows, macro_f1, root_of
from foreshock.ontology.codebook import load_codebook
from foreshock.ontology.crosswalk import load_crosswalk
from tests.desk import Desk

TEXT = "The guild condemned the mayor, and the mayor arrested two porters."


def row(source: str, target: str, sentence: str = TEXT) -> dict[str, str]:
    return {"sentence": sentence, "source": source, "target": target}


@pytest.mark.parametrize(
    ("source", "target", "root"),
    [("The guild", "the mayor", "ACCUSE"), ("the mayor", "two porters", "COERCE")],
    ids=["first", "second"],
)
def test_the_claim_of_the_marked_pair_counts(desk: Desk, source: str, target: str, root: str) -> None:
    _, claims = desk.coded(TEXT, "en")
    claim = best(claims, row(source, target))
    assert root_of(claim, load_crosswalk(load_codebook())) == root


def test_a_pair_the_other_way_round_fits_half_as_well(desk: Desk) -> None:
    claim = desk.coded("Rebels attacked the garrison.", "en")[1][0]
    assert fit(claim, row("Rebels", "the garrison")) == 2.0
    assert fit(claim, row("the garrison", "Rebels")) == 1.0
    assert fit(claim, row("Fishermen", "a lighthouse")) == 0.0


def test_concessions_and_retreats_are_one_class_and_no_claim_has_no_root(desk: Desk) -> None:
    crosswalk = load_crosswalk(load_codebook())
    claim = desk.coded("The army freed nine prisoners.", "en")[1][0]
    assert (claim.kind, root_of(claim, crosswalk)) == ("RETREAT", "YIELD")
    assert root_of(replace(claim, kind="CONCEDE", mode=None), crosswalk) == "YIELD"
    assert root_of(None, crosswalk) is None
    assert best([], row("a", "b")) is None


def test_macro_f1_counts_every_class_of_the_gold_alike() -> None:
    pairs: list[tuple[str, str | None]] = [("AID", "AID"), ("AID", "AID"), ("AID", None), ("REJECT", "AID")]
    assert class_f1(pairs) == {"AID": pytest.approx(2 * 2 / (3 + 3)), "REJECT": 0.0}
    assert macro_f1(pairs) == pytest.approx(1 / 3)


def test_a_table_without_its_columns_is_refused(tmp_path) -> None:
    path = tmp_path / "rows.tsv"
    path.write_text("sentence\tsource\tverdict\nx\ty\tz\n", encoding="utf-8")
    with pytest.raises(ValueError, match="verdict"):
        load_rows(path)
    (tmp_path / "none").mkdir()
    with pytest.raises(FileNotFoundError):
        load_rows(tmp_path / "none")
