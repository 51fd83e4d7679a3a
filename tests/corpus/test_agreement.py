"""Agreement: what two annotators share is counted by slot, and what they do not is told."""

from __future__ import annotations

import pytest

from corpus.agreement import compare, kappa
from corpus.markup import read_block

HEAD = "== a-1 | Stone Town, 2033-05-04 | TZA | The Spice Coast Wire"
FIRST = ["[h1:The mayor] [q1:said] [c1:[a1:police] [t1:arrested] [n1:two] men in [p1:Wete]]."]
LINE = ["> 1 COERCE/arrest asserted; by role; actor TZA COP; place TZA city; figure detained 2"]


def document(*lines: str):
    return read_block([HEAD, *lines], language="en", register="wire", path="en/wire.txt", line=1)


def test_the_same_annotation_agrees_wholly():
    found = compare([document(*FIRST, *LINE)], [document(*FIRST, *LINE)])
    assert set(found.table().values()) == {1.0}
    assert found.differences == []


def test_differences_are_counted_and_told():
    other = document(
        "[h1:The mayor] [q1:said] [c1:police [t1:arrested] [n1:two] men in [p1:Wete]] and [t2:left].",
        "> 1 COERCE/seize alleged; by role; place TZA city; figure detained 3",
        "> 2 RETREAT asserted",
    )
    first = document("[h1:The mayor] [q1:said] [c1:[a1:police] [t1:arrested] [n1:two] men in [p1:Wete]] and left.", *LINE)
    found = compare([first], [other])
    table = found.table()
    assert table["claim F1"] == pytest.approx(2 / 3, abs=0.001)
    assert table["actor F1"] == 0
    assert (found.all["trigger"]["other"], found.spans["trigger"]["other"]) == (2, 1)  # of the claim that one alone marked
    assert (table["kind kappa"], table["status kappa"], table["figure equal"]) == (1.0, 0.0, 0.0)
    told = " ".join(found.differences)
    for one in ("only the second marks RETREAT", "actor: ['police'] / []", "mode: arrest / seize", "status: asserted / alleged"):
        assert one in told


def test_other_texts_are_refused():
    with pytest.raises(ValueError, match="differ"):
        compare([document(*FIRST, *LINE)], [document("[t1:Aid] came.", "> 1 AID asserted")])


def test_kappa():
    assert kappa([("a", "a")] * 3) == 1.0
    assert kappa([("a", "b"), ("b", "a")]) == -1.0
    # 20 of 50 yes by both, 15 no by both, 5 and 10 apart: the worked example of Cohen's kappa gives .4
    pairs = [("y", "y")] * 20 + [("n", "n")] * 15 + [("y", "n")] * 5 + [("n", "y")] * 10
    assert kappa(pairs) == pytest.approx(0.4)
