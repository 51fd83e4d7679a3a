"""Demonyms, abbreviations, subdivisions by their short names, points of wide lands."""

from __future__ import annotations

import pytest

from foreshock.ontology.gazetteer_terms import bare_divisions, printed_name


@pytest.mark.parametrize(
    ("word", "place", "feature"),
    [
        ("Kashmiri", "Kashmir", "region"),
        ("Chechen", "Chechnya", "admin1"),
        ("Peruvian", "Peru", "country"),
        ("Ore.", "Oregon", "admin1"),
        ("Sask.", "Saskatchewan", "admin1"),
        ("NSW", "New South Wales", "admin1"),
        ("African", "Africa", "region"),
    ],
)
def test_a_term_belongs_to_a_place(gazetteer, word, place, feature):
    found = gazetteer.terms(word)
    assert (found[-1].name, found[-1].feature, found[-1].how) == (place, feature, "term")


def test_a_term_is_no_name(gazetteer):
    assert gazetteer.terms("Lima") == []
    assert gazetteer.find("Peruvian", language="en") == []


@pytest.mark.parametrize(
    ("key", "bare"),
    [("republic of tyva", "tyva"), ("zhejiang sheng", "zhejiang"), ("osh region", "osh"), ("paris", None)],
)
def test_a_subdivision_without_its_word(key, bare):
    found = bare_divisions(key)
    assert (bare in found) if bare is not None else found == []


def test_a_name_is_printed_as_english_news_does():
    assert printed_name("Gansu Sheng", ("Gansu Sheng", "Gansu", "甘肃省")) == "Gansu"
    assert printed_name("Sumska oblast", ("Sumska oblast", "Sumy Oblast")) == "Sumy Oblast"
    assert printed_name("Bavaria", ("Bavaria", "Bayern")) == "Bavaria"


@pytest.mark.parametrize(
    ("name", "language", "place", "country", "feature"),
    [
        ("Oceania", "en", "Oceania", None, "region"),
        ("Scotland", "en", "Scotland", "GBR", "admin1"),
        ("England", "en", "England", "GBR", "admin1"),
        ("Dagestan", "en", "Dagestan", "RUS", "admin1"),
        ("Полтавщина", "uk", "Poltava Oblast", "UKR", "admin1"),
        ("aeroporto di Mogadiscio", "it", "Mogadishu", "SOM", "city"),
        ("plaza de la Libertad, Asunción", "es", "Asunción", "PRY", "city"),
        ("Tschernihiw", "de", "Chernihiv", "UKR", "city"),
        ("Волынской области", "ru", "Volyn Oblast", "UKR", "admin1"),
        ("몸바사 공항", "ko", "Mombasa", "KEN", "city"),
    ],
)
def test_places_by_general_means(gazetteer, name, language, place, country, feature):
    best = gazetteer.find(name, language=language)[0]
    assert (best.name, best.country, best.feature) == (place, country, feature)


def test_a_country_has_a_point_only_as_an_entry(gazetteer):
    peru = gazetteer.find("Peru", language="en")[0]
    assert peru.lat == pytest.approx(-10, abs=2)
    assert peru.place("Peru").lat is None
