"""Where an event was, through the English parser and the compiled gazetteer (event_places.yaml)."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from foreshock.coding.clause_places import mention_of_clause, place_of_clause
from foreshock.coding.places import find_places
from foreshock.model import Sentence
from foreshock.reading.languages import load

ROWS = yaml.safe_load(Path(__file__).with_name("event_places.yaml").read_text(encoding="utf-8"))


def _found(gazetteer, row):
    text = row["text"]
    parse = load("en").parse([Sentence("d", 0, 0, len(text), text, "en")])[0]
    verb = next(token.index for token in parse.tokens if token.text == row["verb"])
    clause = next(one for one in parse.clauses if verb in one.predicate)
    return mention_of_clause(find_places(parse, gazetteer=gazetteer, language="en"), clause, parse)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:40])
def test_where_the_event_of_a_verb_was(gazetteer, row):
    found = _found(gazetteer, row)
    assert (found and found.place.raw) == row["place"]


def test_a_place_that_nothing_lists_has_no_point_and_the_precision_that_is_said(gazetteer):
    village = _found(gazetteer, {"text": "Troops shelled the village of Ombarra at dawn.", "verb": "shelled"}).place
    assert (village.name, village.country, village.lat, village.precision) == ("Ombarra", None, None, "city")
    spot = _found(gazetteer, {"text": "A convoy was ambushed near Tissoula.", "verb": "ambushed"}).place
    assert (spot.name, spot.precision) == ("Tissoula", None)


MOVES = yaml.safe_load(Path(__file__).with_name("movements.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", MOVES, ids=lambda row: row["text"][:40])
def test_from_where_and_to_where(gazetteer, row):
    text, language = row["text"], row["language"]
    parse = load(language).parse([Sentence("d", 0, 0, len(text), text, language)])[0]
    verb = next(token.index for token in parse.tokens if token.text == row["verb"])
    clause = next(one for one in parse.clauses if verb in one.predicate)
    mentions = find_places(parse, gazetteer=gazetteer, language=language)
    place = place_of_clause(mentions, clause, parse)
    ends = (place and place.origin and place.origin.raw, place and place.destination and place.destination.raw)
    assert ends == (row["from"], row["to"])


def test_a_town_of_a_disputed_territory_lists_who_claims_it(gazetteer):
    assert set(gazetteer.find("Simferopol", language="en")[0].place("Simferopol").claimed_by) == {"RUS", "UKR"}
    assert gazetteer.find("Odesa", language="en")[0].place("Odesa").claimed_by == ()
