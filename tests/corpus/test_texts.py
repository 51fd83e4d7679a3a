"""The texts themselves: without a fault, every table full, balanced, converted and damaged without loss, annotated twice."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pytest

from bench import matching
from corpus import HERE, SECOND, TEXTS, read_all
from corpus.agreement import FLOOR, compare
from corpus.balance import lopsided
from corpus.checks import check
from corpus.claim_line import read_claim_line
from corpus.convert.claims import claims_of, gold_row
from corpus.convert.conll import conll
from corpus.records import LANGUAGES, LARGE
from corpus.sample import sampled
from corpus.split import part_of
from corpus.spread import countries
from corpus.statistics import lacking, report
from corpus.wreck.wreck import DAMAGES, wrecks
from foreshock.model import to_json

NAMED = ("holders", "actor", "recipient", "place")


@cache
def texts():
    documents, faults = read_all()
    assert not [str(fault) for fault in faults]
    return documents


def test_no_text_has_a_fault():
    assert [str(fault) for fault in check(texts())] == []


def test_every_table_is_full():
    assert [(code, cell.table, cell.name, cell.found, cell.least) for code, cell in lacking(texts())] == []


def test_countries_are_many_and_none_is_most():
    told = countries(texts())
    assert len(told) >= 40
    assert max(told.values()) <= 0.08 * sum(told.values())


def test_blame_is_balanced():
    assert lopsided(texts()) == []


def test_a_sixth_is_test_in_every_language_and_groups_stay_together():
    parts = Counter((document.language, part_of(document)) for document in texts() for _ in document.sentences)
    for code in LANGUAGES:
        share = parts[code, "test"] / (parts[code, "test"] + parts[code, "train"])
        assert 0.09 < share < 0.26, (code, share)
    by_group: dict[tuple[str, str], set[str]] = {}
    for document in texts():
        if document.group:
            by_group.setdefault((document.language, document.group), set()).add(part_of(document))
    assert all(len(parts) == 1 for parts in by_group.values())


def test_annotated_claims_answer_their_own_gold():
    for document in texts():
        rows = [gold_row(claim, document) for claim in document.claims]
        claims = [to_json(claim) for claim in claims_of(document)]
        for row in rows:
            same = [one for one in claims if one["start"] == row["start"] and matching.right(row, one) == matching.asked(row)]
            # Names that are longer name nothing to the scorer, so a claim that has one cannot answer.
            assert same or any(len(name) > matching.NAME_LIMIT - 4 for slot in NAMED for name in row.get(slot, [])), row["id"]
        assert len({one["id"] for one in claims}) == len(claims), f"{document.language}/{document.id}: two claims are one"


def test_conll_lines_have_a_column_for_each_claim():
    for document in texts()[::7]:
        for line in conll(document):
            if "\t" in line:
                assert line.count("\t") == 2 + len(document.claims)


def test_wrecks_of_all_kinds_keep_their_annotation():
    told: Counter[str] = Counter()
    for name, made in wrecks(texts(), seed=8):
        told[name] += 1
        text = made.document.text
        for one in made.damage:
            assert text[one.start : one.end] == one.raw
        for claim in made.document.claims:
            assert len(claim.counts) == len(claim.spans("n"))
            for mark in claim.marks:
                assert 0 <= mark.start < mark.end <= len(text)
    assert set(told) == set(DAMAGES)
    assert min(told.values()) >= 20, told


def test_statistics_are_those_of_the_texts():
    assert (HERE / "STATISTICS.md").read_text(encoding="utf-8") == report(texts()), "run make corpus"


def test_a_twentieth_is_annotated_twice_and_agrees():
    second, faults = read_all(SECOND)
    assert not [str(fault) for fault in faults]
    found = compare(texts(), second)
    assert found.sentences >= 200
    assert {document.language for document in second} == set(LANGUAGES)
    low = {slot: value for slot, value in found.table().items() if value < FLOOR}
    assert low == {}


def test_the_sample_is_the_same_whoever_draws_it():
    chosen = sampled(texts())
    assert chosen == sampled(list(texts()))
    for code in LANGUAGES:
        mine = [one for one in chosen if one.language == code]
        total = sum(len(one.sentences) for one in texts() if one.language == code)
        assert sum(len(one.sentences) for one in mine) >= max(14, 0.05 * total)


def test_the_guidelines_decide_many_pairs():
    page = (HERE / "GUIDELINES.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| (.+?) \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]*)\|$", page, re.M)
    assert [int(row[0]) for row in rows] == list(range(1, len(rows) + 1))
    assert len(rows) >= 60
    for _, sentence, kind, status, *_ in rows:
        if kind.strip() != "-":
            assert read_claim_line(f"1 {kind.strip()} {status.strip()}"), sentence


def test_every_file_of_texts_is_read():
    read = {document.path for document in texts()}
    found = {f"{path.parent.name}/{path.name}" for path in TEXTS.glob("*/*")}
    assert found == read
    assert {path.partition("/")[0] for path in read} == set(LANGUAGES)
    assert set(LANGUAGES) > LARGE


@pytest.mark.parametrize("name", ["README.md", "GUIDELINES.md", "LICENSE", "CITATION.cff", "CHANGELOG.md"])
def test_what_a_public_set_needs_is_there(name):
    assert (HERE / name).stat().st_size > 100


def test_what_is_said_of_the_agreement_is_what_was_found():
    second, _ = read_all(SECOND)
    table = compare(texts(), second).table()
    card = (HERE / "README.md").read_text(encoding="utf-8")
    for slot, value in table.items():
        assert f"| {slot} | {value:.2f} |" in card, f"{slot} is {value:.2f}; run python -m corpus agreement --card"
