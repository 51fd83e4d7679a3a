"""Spanish notes as desks write them: record keys before, places in capitals behind, accents left out."""

from __future__ import annotations

import pytest

from foreshock.reading.languages import load
from foreshock.reading.languages.es_orthography import accented, cuts, restored


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in load("es").split(text)]


def test_a_note_is_parted_from_its_keys_and_its_places():
    assert parts("20190301\tN_77 | Desconocidos hirieron a un minero en la mina , POTOSI , LLALLAGUA") == [
        "20190301\tN_77 |",
        "Desconocidos hirieron a un minero en la mina ,",
        "POTOSI , LLALLAGUA",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "El ministro viajó a Oruro, Potosí y Sucre.",
        "La fiscalía pidió ayuda a dos agencias, la OIM y ACNUR.",
        "INUNDACIONES EN POTOSI, ORURO",
        "El 3 de mayo | la junta cedió.",
    ],
    ids=["names", "short forms", "heading", "no key"],
)
def test_what_only_looks_like_keys_or_places_stays(text: str):
    assert list(cuts(text)) == []


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("La policia hirio a dos jovenes .", "La policía hirió a dos jóvenes ."),
        ("Un grupo ataco el camion .", "Un grupo atacó el camión ."),
        ("Los vecinos denuncio la reunion", "Los vecinos denunció la reunión"),
        ("El denuncio de los vecinos", "El denuncio de los vecinos"),
        ('"Espero calma", dijo la ministra .', '"Espero calma", dijo la ministra .'),
        ("Cedió el puente y espero .", "Cedió el puente y espero ."),
        ("CAE EL PUENTE DE ORURO", "Cae el puente de oruro"),
    ],
)
def test_lost_accents_are_put_back_where_no_other_word_is_meant(written: str, shown: str):
    assert restored(written) == shown
    assert len(restored(written)) == len(written)


def test_a_word_that_is_one_without_an_accent_stays():
    assert [accented(word) for word in ("casa", "camino", "xyzzy")] == ["casa", "camino", "xyzzy"]
