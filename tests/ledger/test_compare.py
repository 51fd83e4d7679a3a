"""What an edit did to the claims of an article."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from foreshock.errors import LedgerError
from foreshock.ledger.compare import compare
from foreshock.model import Figure, Holder
from tests.ledger.records import CODER, DAY, claim, reading

OF = reading()


def told(text, start=0, **fields):
    return replace(claim(OF, start, **fields), text=text, end=start + len(text))


def killed(number):
    return (Figure("killed", None, None, number, number, number, None, None, None, None, "read", (), str(number), 0, 1),)


TWO = told("two people were killed in the square", figures=killed(2.0))
THREE = told("three people were killed in the square", figures=killed(3.0))
CURFEW = told("a curfew was declared in Almaty", 60, kind="COERCE", mode="curfew")
DENIED = replace(CURFEW, status="denied")
SPEAKER = (Holder("the ministry", "speaker", "the ministry", "asserted", 70, 82, ((83, 87),), ((90, 99),)),)


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ([], [], []),
        ([TWO, CURFEW], [TWO, CURFEW], []),
        ([TWO], [replace(TWO, id="x", version="y", start=9, end=45, confidence=0.1,
                         figures=(replace(TWO.figures[0], start=9, end=10),))], []),
        ([TWO], [THREE], [("changed", ("figures", "text"))]),
        ([CURFEW], [DENIED], [("changed", ("status",))]),
        ([CURFEW], [replace(CURFEW, holders=SPEAKER)], [("changed", ("holders",))]),
        ([TWO, CURFEW], [TWO], [("dropped", ())]),
        ([TWO], [TWO, CURFEW], [("added", ())]),
        ([TWO], [told("shops opened again", kind="HARM", mode="destroyed", place=None, figures=())],
         [("dropped", ()), ("added", ())]),
        ([TWO], [replace(TWO, kind="ASSAULT")], [("dropped", ()), ("added", ())]),
        # Of two like candidates the one with the very words is the same claim.
        ([TWO], [THREE, replace(TWO, start=50, end=86, figures=(replace(TWO.figures[0], start=50, end=51),))], [("added", ())]),
    ],
)  # fmt: skip
def test_changes(before, after, changes):
    found = compare(before, after)
    assert [(one.what, one.fields) for one in found] == changes
    for one in found:
        assert (one.before is None) == (one.what == "added")
        assert (one.after is None) == (one.what == "dropped")


def test_a_holder_that_moved_with_its_claim_is_unchanged():
    held = replace(CURFEW, holders=SPEAKER)
    shifted = (replace(SPEAKER[0], start=75, end=87, cue=((88, 92),), content=((95, 104),)),)
    assert compare([held], [replace(held, start=65, end=96, holders=shifted)]) == []


def test_the_edits_of_a_document(ledger):
    versions = [reading("a", text) for text in ("First.", "Second.", "Third.")]
    claims = [[told("two people were killed", kind="HARM")], [told("three people were killed")], []]
    for number, (one, some) in enumerate(zip(versions, claims, strict=True)):
        kept = [
            replace(c, document_id=one.document.id, version=one.document.version, id=f"{number}-{n}") for n, c in enumerate(some)
        ]
        ledger.add(one, kept, coder=CODER, now=DAY + timedelta(days=number))
        # Another coder of the same version is no edit.
        ledger.add(one, kept, coder="rules@2", now=DAY + timedelta(days=number, hours=1))
    key = versions[0].document.id
    assert [one.what for one in ledger.diff(key)] == ["dropped"]
    assert [one.what for one in ledger.diff(key, as_of="2022-01-09")] == ["changed"]
    first, last = versions[0].document.version, versions[2].document.version
    assert [one.what for one in ledger.diff(key, versions=(last, first))] == ["added"]
    for asked in (
        {"document_id": "nobody"},
        {"document_id": key, "as_of": "2022-01-08"},
        {"document_id": key, "versions": ("x", last)},
    ):
        with pytest.raises(LedgerError) as error:
            ledger.diff(**asked)
        assert error.value.remedy
