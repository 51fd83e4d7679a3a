"""Parties by preposition: the table of English, on phrases built by hand and on the coder's claims."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foreshock.coding.marked import Marks, is_amount
from foreshock.reading.languages import table
from tests.coding.builders import parsed

MARKS = Marks.build(table("en"))


def phrase(marked: str, last: int):
    """Return a parse of words that are one object, and that object."""
    parse = parsed(marked, {"predicate": (0,), "arguments": [("object", 0, last)]})
    return parse, parse.clauses[0].arguments[0]


def test_a_mode_has_its_own_marks_or_those_of_its_kind() -> None:
    assert list(MARKS.of("RETREAT", "release")) == []
    assert "against" in MARKS.of("SANCTION", "discontinue")
    assert list(MARKS.of("LIKEN", None)) == []


@pytest.mark.parametrize(
    ("marked", "last", "markers", "found"),
    [
        ("sanctions/sanction/NOUN on/on/ADP Maravia/Maravia/PROPN over/over/ADP dams/dam/NOUN", 4, ("on",), "Maravia"),
        ("sanctions/sanction/NOUN on/on/ADP Maravia/Maravia/PROPN", 2, ("against",), None),
        ("on/on/ADP Maravia/Maravia/PROPN", 1, ("on",), None),
    ],
    ids=["cut before what follows", "another mark", "no word before it"],
)
def test_inside_a_phrase(marked: str, last: int, markers: tuple[str, ...], found: str | None) -> None:
    parse, argument = phrase(marked, last)
    party = MARKS.inside(argument, parse, markers)
    assert (party and party.text) == found


@pytest.mark.parametrize(
    ("marked", "last", "owner"),
    [
        ("rebels/rebel/NOUN 's/'s/PART raid/raid/NOUN", 2, "rebels"),
        ("a/a/DET raid/raid/NOUN by/by/ADP rebels/rebel/NOUN", 3, "rebels"),
        ("a/a/DET raid/raid/NOUN on/on/ADP rebels/rebel/NOUN", 3, None),
    ],
    ids=["possessor", "doer", "neither"],
)
def test_who_does_what_a_noun_names(marked: str, last: int, owner: str | None) -> None:
    parse, argument = phrase(marked, last)
    party = MARKS.owner(argument, parse)
    assert (party and party.text) == owner


def test_a_day_is_no_party() -> None:
    parse, argument = phrase("Sunday/Sunday/PROPN", 0)
    day = replace(parse, tokens=(replace(parse.tokens[0], entity="DATE"),))
    assert is_amount(argument, day)
    assert not is_amount(argument, parse)
    assert Marks.build({}).of("ASSAULT", None) == ()
