"""The surface reading: places, dates and numbers of languages without a grammar, and no claims."""

from __future__ import annotations

import pytest

from foreshock.coding.surface import surface_mentions
from foreshock.model import Figure, Place, When
from foreshock.reading.languages import load

# language, text, places, dates, figures
TEXTS = [
    ("ru", "В субботу в Хартуме погибли 12 человек.", ["Khartoum"], [12.0]),
    ("fr", "Deux cents personnes ont manifesté à Libreville le 3 mars 2023.", ["Libreville"], []),
    ("es", "La policía detuvo a 30 personas en Lima el 5 de mayo de 2024.", ["Lima"], [30.0]),
    ("zh", "5月6日，喀土穆有12人死亡。", ["Khartoum"], [12.0]),
    ("ar", "قتل 12 شخصا في الخرطوم.", ["Khartoum"], [12.0]),
]


def mentions(desk, language, text):
    reading = desk.reading(text, language, published="2024-05-16")
    return reading, surface_mentions(reading, load(reading.document.language), desk.gazetteer)


@pytest.mark.parametrize(("language", "text", "places", "numbers"), TEXTS, ids=[row[0] for row in TEXTS])
def test_places_and_numbers_are_told(desk, language, text, places, numbers):
    reading, found = mentions(desk, language, text)
    assert reading.depth == "surface"
    assert [one.content.name for one in found if isinstance(one.content, Place)] == places
    assert {one.content.best for one in found if isinstance(one.content, Figure)} >= set(numbers)


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


@pytest.mark.parametrize(("language", "text", "places", "numbers"), TEXTS, ids=[row[0] for row in TEXTS])
def test_raw_words_stand_in_the_sentence(desk, language, text, places, numbers):
    reading, found = mentions(desk, language, text)
    for one in found:
        assert one.content.raw in reading.sentences[one.sentence].text
    for one in found:
        if isinstance(one.content, Figure):
            start, end = one.content.start, one.content.end
            assert 0 <= start < end <= len(text)


def test_mentions_come_in_the_order_of_the_text(desk):
    _, found = mentions(desk, "fr", "12 personnes sont mortes à Lima.\n\n30 personnes ont été arrêtées à Quito.")
    assert [one.sentence for one in found] == sorted(one.sentence for one in found)
    assert {one.sentence for one in found} == {0, 1}


@pytest.mark.parametrize("language", ["ru", "zh", "ar"])
def test_a_lost_number_has_no_value(desk, language):
    _, found = mentions(desk, language, {"ru": "Погибли XNUMX человек.", "zh": "XNUMX人死亡。", "ar": "قتل XNUMX شخصا."}[language])
    figures = [one.content for one in found if isinstance(one.content, Figure)]
    assert [one.best for one in figures] == [None] * len(figures)
    assert all(one.state == "lost" for one in figures)


def test_a_text_without_any_has_none(desk):
    assert mentions(desk, "fr", "Rien à signaler.")[1] == ()
