"""Rows and records: a claim comes back from its row field for field, whatever it holds."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from types import SimpleNamespace
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foreshock.ledger.record import Rest
from foreshock.ledger.rows import CLAIM, claim_of, claim_values, coding_values, days_of, document_of, document_values
from foreshock.model import Actor, Claim, Damage, Figure, Holder, Place, When, values
from tests.ledger.records import DAY, claim, reading

EXAMPLE = Path(__file__).parents[2] / "examples" / "kazakhstan-2022" / "dispatches"
CODING = coding_values(reading().document, "rules@1", arrival=1, sequence=1, known_at="2022-01-08T09:00:00Z", persons=())
# Columns that are there for filters; the record has what they are made of.
DERIVED = {
    "no",
    "arrival",
    "known_at",
    "published",
    "happened",
    "happened_to",
    "country",
    "place",
    "lat",
    "lon",
    "holders",
    "actor",
}
DERIVED |= {"recipient", "damaged", "record"}

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
numbers = st.floats(allow_nan=False, allow_infinity=False)
spans = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=2).map(tuple)
offsets = st.integers(0, 10_000)


def maybe(strategy):
    return st.none() | strategy


def one_of(name):
    return st.sampled_from(get_args(getattr(values, name)))


holders = st.builds(
    Holder, texts, one_of("HolderRole"), texts, one_of("Status"), maybe(offsets), maybe(offsets), spans, spans,
    maybe(one_of("SpeechForm")),
)  # fmt: skip
actors = st.builds(Actor, texts, texts, maybe(texts), maybe(texts))
still = st.builds(
    Place, texts, texts, maybe(texts), maybe(numbers), maybe(numbers), maybe(one_of("PlacePrecision")),
    st.lists(texts, max_size=2).map(tuple),
)  # fmt: skip
places = st.builds(lambda one, origin, to: replace(one, origin=origin, destination=to), still, maybe(still), maybe(still))
whens = st.builds(When, maybe(texts), maybe(st.dates().map(str)), one_of("WhenPrecision"), texts)
figures = st.builds(
    Figure, one_of("FigureWhat"), maybe(texts), maybe(texts), maybe(numbers), maybe(numbers), maybe(numbers),
    maybe(one_of("Bound")), maybe(st.sampled_from(["new", "cumulative"])), maybe(texts), maybe(texts), one_of("FigureState"),
    st.lists(numbers, max_size=2).map(tuple), texts, offsets, offsets,
)  # fmt: skip
damages = st.builds(Damage, one_of("DamageKind"), offsets, offsets, texts, maybe(texts), texts)
claims = st.builds(
    Claim, texts, texts, texts, texts, offsets, offsets, texts, one_of("Kind"), maybe(texts), one_of("Status"), st.booleans(),
    one_of("Certainty"), maybe(one_of("Phase")), one_of("Basis"), st.lists(holders, max_size=3).map(tuple), maybe(actors),
    maybe(actors), maybe(places), maybe(whens), st.lists(figures, max_size=2).map(tuple),
    st.lists(damages, max_size=2).map(tuple), numbers, texts,
)  # fmt: skip


def back(one: Claim) -> Claim:
    return claim_of(SimpleNamespace(**dict(zip(CLAIM, claim_values(one, CODING, 7), strict=True))))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(claims)
def test_a_claim_comes_back_from_its_row(one):
    assert back(one) == one


def test_claims_of_every_shape_come_back_from_their_rows():
    far = Place("Aktau", "Актау", "KAZ", 43.65, 51.2, "city", ("KAZ", "RUS"))
    shapes = [
        {}, {"place": replace(far, origin=far, destination=replace(far, name="Shetpe"))}, {"when": None}, {"actor": None},
        {"recipient": Actor("крестьяне", "крестьяне")}, {"text": "a\0b \u2028 𠮷 \"quoted\" \\"},
        {"negated": True, "phase": "foiled", "certainty": "possible", "basis": "hearsay"},
        {"damage": (Damage("lost_number", 0, 5, "XNUMX", None, "the number is gone"),)}, {"figures": ()}, {"holders": ()},
    ]  # fmt: skip
    for shape in shapes:
        one = claim(reading(), **shape)
        assert back(one) == one


@pytest.mark.parametrize("name", ["2022-01-06-sogen-tsushin.ja.txt", "2022-01-07-paper-compass.en.txt"])
def test_coded_claims_come_back_from_their_rows(desk, name):
    text = (EXAMPLE / name).read_text(encoding="utf-8")
    _, coded = desk.coded(text, name.split(".")[1], published=name[:10])
    assert len(coded) >= 5
    assert [back(one) for one in coded] == list(coded)


def test_every_field_of_a_claim_has_one_place_in_its_row():
    columns, record = set(CLAIM) - DERIVED, set(Rest.__struct_fields__)
    assert columns | record == {one.name for one in fields(Claim)}
    assert columns & record == set()


@given(texts, maybe(texts), maybe(texts))
def test_a_document_comes_back_from_its_row(text, title, url):
    one = reading(text=text, title=title, url=url, translated=("gtranslate",), damage=(Damage("fragment", 0, 1, "x", "y", "z"),))
    assert document_of(document_values(one, "2022-01-08T09:00:00Z")[-1]) == one.document


@pytest.mark.parametrize(
    ("when", "days"),
    [
        (None, (None, None)),
        (When(None, None, "day", "then"), (None, None)),
        (When("2022-01", "2022-01", "month", "in January"), ("2022-01-01", "2022-01-31")),
        (When("2022-01-05T09:00", None, "minute", "since nine"), ("2022-01-05", "9999-12-31")),
        (When(None, "2022", "year", "until 2022"), ("0000-01-01", "2022-12-31")),
        (When("soon", "2022-01-07", "day", "soon"), ("0000-01-01", "2022-01-07")),
    ],
)
def test_days_are_the_widest_that_a_time_can_mean(when, days):
    assert days_of(when) == days


def test_numbers_of_a_row_are_what_the_columns_take():
    row = dict(zip(CLAIM, claim_values(claim(reading(), confidence=1), CODING, 7), strict=True))
    assert (row["no"], row["confidence"], row["damaged"], row["known_at"]) == (7, 1.0, False, DAY.strftime("%Y-%m-%dT%H:%M:%SZ"))
    assert isinstance(row["confidence"], float)
