"""What is annotated comes out in the other forms, with exact offsets, and answers its own gold wholly."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench import matching
from bench.seed import find_scorer
from corpus.convert.brat import brat
from corpus.convert.claims import claims_of, gold_row
from corpus.convert.conll import conll
from corpus.markup import read_block
from foreshock.model import to_json
from foreshock.model.record_json import claim_from_json

BLOCK = """== wete-1 | Stone Town, 2033-05-04 | TZA | The Spice Coast Wire
[o1:Nyota] [qo1:reports] [h1:the mayor] [q1:says] [hh1:a priest] [qq1:told] of [c1:[n1:17] [t1:dead] in [p1:Wete] [w1:Monday]].
> 1 HARM/killed asserted; by role > role; outer alleged; place TZA city; when 2033-05-02 rel; figure killed 17 at_least
[a2:Gunboats] [t2:moved] from [pf2:Pemba] to [pt2:the strait], and [c3:[a3:the navy] [t3:denied it]].
> 2 MOBILIZE/weapons asserted; actor TZA MIL = Tanzanian navy; from TZA admin1; to - site TZA KEN
> 3 MOBILIZE denied; actor TZA MIL"""


@pytest.fixture
def document():
    return read_block(BLOCK.splitlines(), language="en", register="wire", path="en/wire.txt", line=1)


def test_claims_are_those_of_the_contract(document):
    first, second, third = claims_of(document)
    assert (first.text, first.kind, first.mode, first.status) == ("17 dead in Wete Monday", "HARM", "killed", "asserted")
    assert [(one.role, one.name, one.status) for one in first.holders] == [
        ("document", "The Spice Coast Wire", "asserted"),
        ("outlet", "Nyota", "asserted"),
        ("speaker", "the mayor", "alleged"),
        ("speaker", "a priest", "asserted"),
    ]
    assert [document.text[slice(*one.cue[0])] for one in first.holders[1:]] == ["reports", "says", "told"]
    assert (first.when.start, first.when.precision, first.when.raw) == ("2033-05-02", "day", "Monday")
    figure = first.figures[0]
    assert (figure.low, figure.best, figure.high, figure.unit) == (17, 17, None, "person")
    assert document.text[figure.start : figure.end] == figure.raw == "17"
    assert (second.actor.name, second.actor.raw) == ("Tanzanian navy", "Gunboats")
    assert (second.place.name, second.place.origin.name, second.place.claimed_by) == ("the strait", "Pemba", ("TZA", "KEN"))
    assert (third.status, third.holders[0].status, len(third.holders)) == ("denied", "denied", 1)
    for claim in (first, second, third):
        assert document.text[claim.start : claim.end] == claim.text
        assert claim_from_json(json.loads(json.dumps(to_json(claim)))) == claim


def test_gold_rows_ask_for_what_the_text_bears(document):
    first, second, _ = (gold_row(claim, document) for claim in document.claims)
    assert first["holders"] == ["a priest".removeprefix("a ")]
    assert (first["date"], first["place"], "actor" in first) == ("2033-05-02", ["Wete"], False)
    assert second["holders"] == [""]
    assert second["actor"] == ["Gunboats", "Tanzanian navy"]


def test_annotated_claims_answer_their_own_gold_wholly(document):
    rows = [gold_row(claim, document) for claim in document.claims]
    claims = [to_json(claim) for claim in claims_of(document)]
    pairs = matching.pair_up(claims, rows)
    assert len(pairs) == len(rows)
    assert all(matching.right(rows[i], claims[j]) == matching.asked(rows[i]) for i, j in pairs.items())


def test_matching_is_that_of_the_scorer_beside_the_data(document, tmp_path):
    try:
        scorer = find_scorer(Path(__file__))
    except SystemExit as error:
        pytest.skip(str(error))
    rows = [{**gold_row(claim, document)} for claim in document.claims]
    claims = [to_json(claim) for claim in claims_of(document)]
    claims[0]["status"], claims[1]["actor"] = "denied", {}
    rows[0] |= {"figure": "lost", "figure_span": [0, 3]}
    for name, values in (("claims", claims), ("gold", rows)):
        (tmp_path / name).write_text("".join(json.dumps(one) + "\n" for one in values), encoding="utf-8")
    asked = [sys.executable, str(scorer), str(tmp_path / "claims"), str(tmp_path / "gold"), "--json"]
    theirs = json.loads(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)
    pairs = matching.pair_up(claims, rows)
    good = {i: matching.right(rows[i], claims[j]) for i, j in pairs.items()}
    assert theirs["whole"] == round(sum(good.get(i) == matching.asked(row) for i, row in enumerate(rows)) / len(rows), 3)
    for name in matching.CHECKS:
        of = [i for i, row in enumerate(rows) if name in matching.asked(row)]
        if of:
            assert theirs[name] == round(sum(name in good.get(i, ()) for i in of) / len(of), 3), name


def test_conll(document):
    lines = list(conll(document))
    assert lines[0] == "# global.columns = ID FORM MISC CLAIM:1 CLAIM:2 CLAIM:3"
    rows = [line.split("\t") for line in lines if "\t" in line]
    for row in rows:
        start, end = (int(part.split("=")[1]) for part in row[2].split("|"))
        assert document.text[start:end] == row[1]
    by_form = {row[1]: row[3:] for row in rows}
    assert by_form["Nyota"] == ["B-o", "O", "O"]
    assert by_form["17"] == ["B-c|B-n", "O", "O"]
    assert by_form["Gunboats"] == ["O", "B-c|B-a", "O"]


def test_brat(document):
    lines = brat(document).splitlines()
    names = {}
    for line in lines:
        if line.startswith("T"):
            name, what, words = line.split("\t")
            kind, where = what.split(" ", 1)
            start, end = (int(one) for one in where.split(" "))
            assert document.text[start:end] == words
            names[name] = (kind, words)
    assert ("HARM", "dead") in names.values()
    assert ("InnerSpeaker", "a priest") in names.values()
    event = next(line for line in lines if line.startswith("E1"))
    arguments = dict(part.split(":") for part in event.split("\t")[1].split(" "))
    assert names[arguments["HARM"]] == ("HARM", "dead")
    assert names[arguments["Outlet"]][1] == "Nyota"
    assert any(line.endswith("Status E3 denied") for line in lines)
