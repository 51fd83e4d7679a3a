"""Marks added from a table: they nest with what is there, the line gets the slot, and what cannot be done is told."""

from __future__ import annotations

import pytest

from corpus.marking import Row, apply_rows, marked, unmarked
from corpus.markup import read_file, read_marked


@pytest.mark.parametrize(
    ("line", "words", "expected"),
    [
        ("[a1:Police] [t1:arrested] two men.", "two men", "[a1:Police] [t1:arrested] [r1:two men]."),
        ("[c1:[n1:two] men [t1:died]].", "two men", "[c1:[r1:[n1:two] men] [t1:died]]."),
        ("[h1:Police] left", "Police", "[r1:[h1:Police]] left"),
        ("[c1:he [t1:saw them]]", "them", "[c1:he [t1:saw [r1:them]]]"),
        (r"a \[b\] man", "[b] man", None),
        (r"a \[b\] man", "man", r"a \[b\] [r1:man]"),
        ("[c1:警察が[n1:二人]を[t1:拘束]]", "二人", "[c1:警察が[r1:[n1:二人]]を[t1:拘束]]"),
    ],
)
def test_a_mark_is_added(line, words, expected):
    made = marked(line, words, "r1")
    plain, marks = read_marked(made)
    assert plain == read_marked(line)[0]
    assert [plain[one.start : one.end] for one in marks if one.role == "r"] == [words]
    assert expected is None or made == expected


def test_a_mark_that_would_cross_is_refused():
    with pytest.raises(ValueError, match="cross"):
        marked("the [a1:old mayor] fled", "mayor fled", "r1")


def test_a_mark_is_taken_away():
    assert unmarked("[r1 a2:men] [r1,2:they] [r1:x]", "r", 1) == "[a2:men] [r2:they] x"


def test_a_table(tmp_path):
    path = tmp_path / "en" / "wire.txt"
    path.parent.mkdir()
    header = "== a-1 | Rome, 2033-05-04 | ITA | Foglio"
    path.write_text(f"{header}\nThe men spoke.\n[n1:Two] men [t1:died].\n> 1 HARM/killed asserted; figure killed 2\n")
    rows = [
        Row.read("en/wire.txt\ta-1\t1\tr\tTwo men\tITA CVL"),
        Row.read("en/wire.txt\ta-1\t1\tp\tParis\tFRA city"),
        Row.read("en/wire.txt\ta-9\t1\tr\tmen\tITA CVL"),
    ]
    refused = apply_rows(rows, tmp_path)
    assert ["Paris" in one or "no such document" in one for one in refused] == [True, True]
    documents, faults = read_file(path)
    assert not faults
    claim = documents[0].claims[0]
    assert (claim.parties["r"].sector, documents[0].text[slice(*claim.spans("r")[0])]) == ("CVL", "Two men")
    assert apply_rows([Row("en/wire.txt", "a-1", 1, "r", "-", "")], tmp_path) == []
    assert "r" not in read_file(path)[0][0].claims[0].parties


def test_a_row_has_six_columns():
    with pytest.raises(ValueError, match="columns"):
        Row.read("en/wire.txt a-1 1 r men")
