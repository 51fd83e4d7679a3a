"""The surface reading: places, dates and numbers of languages without a grammar, and no claims."""

from __future__ import annotations

import pytest

from foreshock.coding.surface import surface_mentions
from foreshock.model import Figure, Place, When
from foreshock.reading.languages import load

# language, text, places
PLACED = [
    ("uk", "У суботу в Хартумі загинули люди.", ["Khartoum"]),
    ("it", "Duecento persone hanno manifestato a Libreville.", ["Libreville"]),
    ("pt", "A polícia deteve várias pessoas em Caracas, Venezuela.", ["Caracas", "Venezuela"]),
    ("zh", "乌克兰有人死亡。", ["Ukraine"]),
    ("ar", "انفجار في الخرطوم.", ["Khartoum"]),
]
# language, text, places, a number
COUNTED = [
    ("uk", "У суботу в Хартумі загинули 12 людей.", ["Khartoum"], 12.0),
    ("it", "Ieri a Libreville hanno manifestato 200 persone.", ["Libreville"], 200.0),
    ("pt", "A polícia deteve 30 pessoas em Caracas, Venezuela.", ["Caracas", "Venezuela"], 30.0),
    ("zh", "乌克兰有12人死亡。", ["Ukraine"], 12.0),
    ("ar", "قتل 12 شخصا في الخرطوم.", ["Khartoum"], 12.0),
]


def mentions(desk, language, text):
    reading = desk.reading(text, language, published="2024-05-16")
    return reading, surface_mentions(reading, load(reading.document.language), desk.gazetteer)


def placed(found):
    return [one.content.name for one in found if isinstance(one.content, Place)]


@pytest.mark.parametrize(("language", "text", "places"), PLACED, ids=[row[0] for row in PLACED])
def test_places_are_told(desk, language, text, places):
    reading, found = mentions(desk, language, text)
    assert reading.depth == "surface"
    assert placed(found) == places


@pytest.mark.parametrize(("language", "text", "places", "number"), COUNTED, ids=[row[0] for row in COUNTED])
def test_numbers_are_told(desk, language, text, places, number):
    _, found = mentions(desk, language, text)
    assert [one.content.best for one in found if isinstance(one.content, Figure)] == [number]


@pytest.mark.parametrize(("language", "text", "places", "number"), COUNTED, ids=[row[0] for row in COUNTED])
def test_a_number_does_not_hide_the_places(desk, language, text, places, number):
    assert placed(mentions(desk, language, text)[1]) == places


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("fr", "Une marche a eu lieu à Libreville le 3 mars 2023.", "2023-03-03"),
        ("es", "La policía cerró la plaza el 5 de mayo de 2024.", "2024-05-05"),
        ("zh", "2024年5月6日，喀土穆发生爆炸。", "2024-05-06"),
        ("ru", "Протест прошёл 5 мая 2024 года.", "2024-05-05"),
    ],
)
def test_dates_are_told(desk, language, text, day):
    _, found = mentions(desk, language, text)
    assert day in {one.content.start for one in found if isinstance(one.content, When)}


@pytest.mark.parametrize(("language", "text"), [row[:2] for row in (*PLACED, *COUNTED)])
def test_raw_words_stand_in_the_sentence(desk, language, text):
    reading, found = mentions(desk, language, text)
    for one in found:
        assert one.content.raw in reading.sentences[one.sentence].text
    for one in found:
        if isinstance(one.content, Figure):
            start, end = one.content.start, one.content.end
            assert 0 <= start < end <= len(text)


def test_mentions_come_in_the_order_of_the_text(desk):
    _, found = mentions(desk, "fr", "12 personnes sont mortes.\n\n30 personnes ont été arrêtées.")
    assert [one.sentence for one in found] == sorted(one.sentence for one in found)
    assert {one.sentence for one in found} == {0, 1}


@pytest.mark.parametrize("language", ["ru", "zh", "ar"])
def test_a_lost_number_has_no_value(desk, language):
    _, found = mentions(
        desk, language, {"ru": "Погибли XNUMX человек.", "zh": "XNUMX人死亡。", "ar": "قتل XNUMX شخصا."}[language]
    )
    figures = [one.content for one in found if isinstance(one.content, Figure)]
    assert [one.best for one in figures] == [None] * len(figures)
    assert all(one.state == "lost" for one in figures)


def test_a_text_without_any_has_none(desk):
    assert mentions(desk, "fr", "Rien à signaler.")[1] == ()
