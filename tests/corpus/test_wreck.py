"""Damage: the same seed gives the same wreck, marks move with the words, and lost figures are told as lost."""

from __future__ import annotations

import random

import pytest

from corpus.markup import read_block
from corpus.wreck import numbers, words
from corpus.wreck.edits import Edit, apply_edits, moved, wrecked
from corpus.wreck.wreck import DAMAGES, wreck_row, wrecks

HEAD = "== a-1 | Stone Town, 2033-05-04 | TZA | The Spice Coast Wire"
LINES = [
    HEAD,
    "[o1:The Coast Mirror]: [c1:[a1:Juma Makame] [t1:shelled] [p1:Wete], killing [n1:1,200] people], its worst day since 2017.",
    "> 1 ASSAULT/heavy-weapons asserted; actor TZA MIL; place TZA city; figure killed 1200",
    "Le blessé a été déplacé.",
]


@pytest.fixture
def document():
    return read_block(LINES, language="en", register="wire", path="en/wire.txt", line=1)


def marked(made):
    claim = made.document.claims[0]
    return {mark.role: made.document.text[mark.start : mark.end] for mark in claim.marks}


def test_offsets_move_with_the_words():
    edits = [Edit(2, 4, "XYZ", None, ""), Edit(6, 6, "!", None, "")]
    assert apply_edits("abcdefgh", edits) == "abXYZef!gh"
    assert [moved(at, edits, end=False) for at in (0, 2, 4, 6, 8)] == [0, 2, 5, 7, 10]
    assert [moved(at, edits, end=True) for at in (2, 3, 4, 6)] == [2, 5, 5, 8]


def test_a_placeholder_loses_the_number(document):
    made = numbers.placeholder(document, random.Random(1))
    count = made.document.claims[0].counts[0]
    assert (count.state, count.low, count.best, count.high) == ("lost", None, None, None)
    damage = made.damage[0]
    assert (damage.kind, damage.proposal) == ("lost_number", "1,200")
    assert made.document.text[damage.start : damage.end] == damage.raw == marked(made)["n"]
    assert marked(made)["p"] == "Wete"


def test_a_lost_digit_makes_the_number_suspect(document):
    made = numbers.lost_digit(document, random.Random(1))
    assert "killing 1,20 people" in made.document.text
    assert made.document.claims[0].counts[0].state == "suspect"


def test_a_year_is_moved_before_the_counter(document):
    made = numbers.moved_year(document, random.Random(1))
    assert "killing 2017 people, its worst day since XNUMX." in made.document.text
    assert [one.kind for one in made.damage] == ["suspect_number", "lost_number"]
    assert all(made.document.text[one.start : one.end] == one.raw for one in made.damage)


def test_a_unit_is_swapped(document):
    made = numbers.swapped_unit(document, random.Random(1))
    assert " people" not in made.document.text
    assert made.damage[0].kind == "unit_mismatch"
    assert made.document.claims[0].counts[0].state == "suspect"


def test_names_and_signs(document):
    assert "JumaMakame shelled" in words.glued_name(document, random.Random(1)).document.text
    assert "The Coast Mirror" not in words.translated_outlet(document, random.Random(1)).document.text
    assert ".." in words.doubled_stop(document, random.Random(3)).document.text
    broken = words.mojibake(document, random.Random(1))
    assert {one.kind for one in broken.damage} == {"mojibake"}
    assert {one.proposal for one in broken.damage} <= {"blessé", "déplacé"}
    for seed in range(8):
        if (made := words.mangled_case(document, random.Random(seed))) is not None:
            assert made.document.text.casefold() == document.text.casefold()
            assert marked(made)["p"].casefold() == "wete"


def test_a_lost_clause_loses_what_stood_in_it(document):
    tail = read_block(
        [HEAD, "[c1:[a1:Police] [t1:arrested] two union leaders in the harbour town], [q1:said] [h1:the mayor of the island].",
         "> 1 COERCE/arrest asserted; by role; actor TZA COP"], language="en", register="wire", path="en/wire.txt", line=1,
    )  # fmt: skip
    made = words.lost_clause(tail, random.Random(1))
    claim = made.document.claims[0]
    assert made.document.text.endswith("harbour town,")
    assert (claim.holder_types, claim.spans("h"), made.unsure) == ((), [], {1})
    assert made.damage[0].kind == "fragment"
    assert wreck_row("lost clause", made)["gold"][0]["optional"] is True


def test_of_two_figures_the_one_whose_words_are_left_is_kept():
    lines = [HEAD, "[a1:They] [t1:shot] [n1:2] men.", "Later [n1:30] fled.",
             "> 1 ASSAULT asserted; actor TZA MIL; figure killed 2; figure displaced 30"]  # fmt: skip
    document = read_block(lines, language="en", register="wire", path="en/wire.txt", line=1)
    start = document.text.index("2 men")
    made = wrecked(document, [Edit(start, start + 5, "", None, "")])
    assert [(count.what, count.best) for count in made.document.claims[0].counts] == [("displaced", 30)]
    assert marked(made)["n"] == "30"


def test_one_seed_one_result(document):
    rows = [[wreck_row(*one) for one in wrecks([document], seed=seed)] for seed in (5, 5, *range(6, 40))]
    assert rows[0] == rows[1]
    assert any(rows[0] != other for other in rows[2:])


def test_a_claim_whose_trigger_is_gone_is_gone(document):
    start = document.text.index("shelled")
    made = wrecked(document, [Edit(start, start + 7, "", None, "")])
    assert made.document.claims == ()


def test_every_damage_has_a_name():
    assert set(DAMAGES) >= {"placeholder", "lost digit", "moved year", "swapped unit", "glued name", "translated outlet"}
