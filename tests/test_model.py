"""Records: frozen, and the same after a way through JSON; ids hang on what makes a thing that thing."""

from __future__ import annotations

import dataclasses
import inspect
import json

import pytest

from foreshock import model
from tests.ledger.records import claim, document, reading

RECORDS = [one for _, one in inspect.getmembers(model, dataclasses.is_dataclass)]


@pytest.mark.parametrize("record", RECORDS, ids=lambda one: one.__name__)
def test_records_are_frozen_slotted_and_say_what_they_are(record):
    assert record.__dataclass_params__.frozen
    assert "__slots__" in vars(record)
    assert record.__doc__
    assert not record.__doc__.startswith(f"{record.__name__}(")


CLAIMS = [
    claim(reading()),
    claim(reading(), recipient=model.Actor("editors", "two editors", "ZWE", "MED")),
    claim(reading(), damage=(model.Damage("lost_number", 0, 4, "X", None, "w"),)),
    claim(
        reading(),
        place=model.Place(
            "Crimea", "Crimea", None, 45.2, 34.2, "admin1", ("UKR", "RUS"),
            origin=model.Place("Odesa", "Odesa", "UKR", 46.5, 30.7, "city"),
            destination=model.Place("Kerch", "Kerch", "UKR", 45.4, 36.5, "city", ("UKR", "RUS")),
        ),
    ),
    claim(reading(), actor=None, place=None, when=None, holders=(), figures=(), mode=None),
]  # fmt: skip


@pytest.mark.parametrize("one", CLAIMS)
def test_a_claim_survives_json(one):
    assert model.claim_from_json(json.loads(json.dumps(model.to_json(one)))) == one


def test_what_is_not_known_is_an_empty_object_in_a_claim():
    value = model.to_json(CLAIMS[-1])
    assert (value["actor"], value["recipient"], value["place"], value["when"]) == ({}, {}, {}, None)


def test_a_place_prints_its_ends_and_its_claimants_only_where_it_has_them():
    moved, plain = model.to_json(CLAIMS[3])["place"], model.to_json(CLAIMS[0])["place"]
    assert (moved["from"]["name"], moved["to"]["claimed_by"], moved["claimed_by"]) == ("Odesa", ["UKR", "RUS"], ["UKR", "RUS"])
    assert not {"from", "to", "claimed_by", "origin", "destination"} & set(plain)


def test_a_document_survives_json():
    custody = dataclasses.replace(document().custody, headers=(("etag", "x"), ("date", "y")), final_url="https://a.example/")
    one = document(custody=custody, translated=("gtranslate",), damage=(model.Damage("mojibake", 0, 1, "Ã", "à", "w"),))
    assert model.document_from_json(json.loads(json.dumps(model.to_json(one)))) == one


MENTIONS = (
    CLAIMS[3].place,
    model.When("2022-01-05", None, "day", "Wednesday"),
    model.When(None, None, "day", "one day"),
    model.Figure("killed", None, None, 4, None, 7, "at_least", "new", None, None, "suspect", (4.0, 7.0), "4-7", 0, 3),
)


def test_a_reading_survives_json():
    mark = model.Damage("lost_number", 0, 4, "X", None, "w")
    plain = reading()
    sentences = tuple(dataclasses.replace(one, damage=(mark,)) for one in plain.sentences)
    one = dataclasses.replace(plain, sentences=sentences, mentions=tuple(model.Mention(0, content) for content in MENTIONS))
    assert model.reading_from_json(json.loads(json.dumps(model.to_json(one)))) == one


def test_ids_are_short_stable_and_keep_their_parts_apart():
    assert model.record_id("ab", "c") != model.record_id("a", "bc") != model.record_id("abc")
    assert model.record_id("document", "x", 1) == model.record_id("document", "x", "1") == "e52f971db71d7a6555a5"
    assert model.claim_id("d", "v", 0, 4, "HARM", "c") != model.claim_id("d", "v", 0, 4, "HARM", "other")
