"""The country that a text tells of is that of its army; whoever may come from elsewhere keeps none."""

from __future__ import annotations

import pytest

from foreshock.coding.home import at_home, home_country
from foreshock.coding.places import PlaceMention
from foreshock.model import Actor, Place
from foreshock.ontology.actor_catalogue import ActorCatalogue


def mention(country: str | None) -> PlaceMention:
    return PlaceMention(0, 1, Place("X", "X", country, None, None, "city"), None)


@pytest.mark.parametrize(
    ("countries", "home"),
    [(["BOL"], "BOL"), (["BOL", "BOL", "PER"], "BOL"), (["BOL", "PER"], None), ([None], None), ([], None)],
)
def test_the_country_of_more_than_half_of_the_places(countries, home):
    assert home_country(map(mention, countries)) == home


@pytest.mark.parametrize(
    ("raw", "country", "found"),
    [
        ("el Ejército", None, "BOL"),
        ("miembros de un grupo paramilitar", None, "BOL"),
        ("el Ejército", "PER", "PER"),
        ("hombres armados", None, None),
        ("tropas", None, None),
        ("dos campesinos", None, None),
    ],
)
def test_bodies_are_of_the_country_and_men_with_guns_are_not(catalogue: ActorCatalogue, raw, country, found):
    actor = at_home(Actor(raw, raw, country, None), "BOL", catalogue, "es")
    assert actor is not None
    assert actor.country == found


def test_without_a_country_nothing_is_filled_in(catalogue: ActorCatalogue):
    actor = Actor("el Ejército", "el Ejército", None, "MIL")
    assert at_home(actor, None, catalogue, "es") is actor
    assert at_home(None, "BOL", catalogue, "es") is None
