"""Words of time of Kazakh, Persian and Arabic: their endings and spellings, and words that are known to say when."""

from __future__ import annotations

import pytest

from foreshock.coding.times import find_times, und_table

SATURDAY = "2022-01-08"
KAZAKH_MONTHS = (
    "қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан",
)  # fmt: skip
KAZAKH_DAYS = ("дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі", "жексенбі")
PERSIAN_DAYS = ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")


def read(code: str, text: str, *, pointed: bool = False) -> list[tuple[str, str | None, str | None]]:
    found = find_times(text, offset=0, table=und_table(code), reference=SATURDAY, pointed=pointed)
    return [(one.when.raw, one.when.start, one.when.end) for one in found]


def cased(word: str) -> list[str]:
    """The word in the cases of Kazakh: vowels of its last syllable and its last letter choose the endings."""
    back = max(map(word.rfind, "аоұы")) > max(map(word.rfind, "әеіөү"))
    voiceless, nasal, vowel = word[-1] in "кпстшқз", word[-1] in "мн", word[-1] in "аеіы"
    hard = word[-1] in "кпстшқ"
    low, high = ("а", "ы") if back else ("е", "і")
    dental = "т" if hard else "д"
    genitive = "т" if hard else "н" if nasal or vowel else "д"
    accusative = "т" if hard else "н" if vowel else "д"
    dative = ("қ" if back else "к") if hard else ("ғ" if back else "г")
    instrumental = "п" if hard else "б" if voiceless else "м"
    ablative = "н" if nasal else dental
    return [
        word, f"{word}{dental}{low}", f"{word}{genitive}{high}ң", f"{word}{accusative}{high}", f"{word}{dative}{low}",
        f"{word}{ablative}{low}н", f"{word}{instrumental}ен", f"{word}{dental}{low}{'ғы' if back else 'гі'}",
    ]  # fmt: skip


@pytest.mark.parametrize("number", range(7))
def test_kazakh_weekdays_in_every_case(number: int) -> None:
    day = f"2022-01-{(3, 4, 5, 6, 7, 8, 2)[number]:02d}"
    for word in cased(KAZAKH_DAYS[number]):
        assert read("kk", f"Жиын {word} өтті.") == [(word, day, day)]


@pytest.mark.parametrize("number", range(12))
def test_kazakh_months_in_every_case(number: int) -> None:
    for word in cased(KAZAKH_MONTHS[number]):
        day = f"2021-{number + 1:02d}-03"
        assert read("kk", f"2021 жылғы 3 {word}") == [(f"2021 жылғы 3 {word}", day, day)]


@pytest.mark.parametrize("number", range(7))
@pytest.mark.parametrize("bound", ["", "ٔ", "‌ی"])
def test_persian_weekdays_bound_to_the_word_after_them(number: int, bound: str) -> None:
    day = f"2022-01-{(3, 4, 5, 6, 7, 1, 2)[number]:02d}"
    assert read("fa", f"{PERSIAN_DAYS[number]}{bound} گذشته") == [(f"{PERSIAN_DAYS[number]}{bound} گذشته", day, day)]


@pytest.mark.parametrize(
    ("code", "text", "start", "end"),
    [
        ("kk", "қазір", "2022-01-08", "2022-01-08"),
        ("kk", "екі күн бойы", "2022-01-06", "2022-01-08"),
        ("kk", "2014 жылдан бері", "2014", None),
        ("fa", "همین الان", "2022-01-08", "2022-01-08"),
        ("fa", "به مدت دو روز", "2022-01-06", "2022-01-08"),
        ("fa", "۲۰۱۴", "2014", "2014"),
        ("ar", "حالياً", "2022-01-08", "2022-01-08"),
        ("ar", "من يومين", "2022-01-06", "2022-01-06"),
        ("ar", "2014", "2014", "2014"),
    ],
)
def test_words_that_are_known_to_say_when(code: str, text: str, start: str, end: str | None) -> None:
    assert read(code, text, pointed=True) == [(text, start, end)]
