"""Spanish phrases for groups: some of a body are the body, plurals and feminines are found, a group lends its country."""

from __future__ import annotations

import pytest

from foreshock.coding.actors import resolve_actor
from foreshock.coding.singulars import singular
from foreshock.ontology.actor_catalogue import ActorCatalogue


@pytest.mark.parametrize(
    ("raw", "country", "sector"),
    [
        ("miembros de la policía", None, "COP"),
        ("decenas de docentes", None, "EDU"),
        ("un grupo de hombres armados", None, "UAF"),
        ("Guerrilleros del Frente 40 de las FARC EP", "COL", "REB"),
        ("presuntos integrantes de un grupo paramilitar", None, "PRM"),
        ("una campesina", None, "AGR"),
        ("las trabajadoras", None, "LAB"),
        ("dos periodistas", None, "JRN"),
        ("la Policia Nacional", None, "COP"),
        ("un objeto extraño", None, None),
    ],
)
def test_who_a_spanish_phrase_names(catalogue: ActorCatalogue, raw: str, country: str | None, sector: str | None):
    found = resolve_actor(raw, catalogue=catalogue, language="es")
    assert (found.country, found.sector) == (country, sector)


def test_spanish_plurals_and_feminines():
    assert singular("trabajadoras", "es") == ["trabajadora", "trabajadoro"]
    assert singular("militares", "es") == ["militare", "militar"]
    assert singular("cats", "ru") == []
