"""Ukrainian and Polish: words known to say when, and the time that reading takes; tables times_uk and times_pl hold the rest."""

from __future__ import annotations

import time

import pytest

from foreshock.coding.times import find_times, und_table


@pytest.mark.parametrize(
    ("code", "words", "past", "to_come"),
    [
        ("uk", "вранці", "2022-01-08", "2022-01-09"),
        ("uk", "вночі", "2022-01-07", "2022-01-08"),
        ("uk", "о п'ятій", "2022-01-08T05:00", "2022-01-08T05:00"),
        ("uk", "у п’ятницю", "2022-01-07", "2022-01-14"),
        ("uk", "за тиждень", "2022-01-01", "2022-01-08"),
        ("uk", "третю ніч", "2022-01-06", "2022-01-06"),
        ("uk", "у січневі дні", "2022-01", "2022-01"),
        ("pl", "rano", "2022-01-08", "2022-01-09"),
        ("pl", "w nocy", "2022-01-07", "2022-01-08"),
        ("pl", "o siódmej", "2022-01-08T07:00", "2022-01-08T07:00"),
        ("pl", "od piątku", "2022-01-07", "2022-01-14"),
        ("pl", "w ciągu doby", "2022-01-07", "2022-01-08"),
        ("pl", "czwarty dzień", "2022-01-05", "2022-01-05"),
        ("pl", "styczniowe", "2022-01", "2022-01"),
    ],
)
def test_words_pointed_to_say_the_day(code: str, words: str, past: str, to_come: str) -> None:
    (found,) = find_times(words, offset=0, table=und_table(code), reference="2022-01-08", pointed=True)
    assert (found.when.start, found.to_come.start) == (past, to_come)


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        ("uk", "понеділок понеділка понеділку понеділкові понеділком"),
        ("uk", "п'ятниця п’ятниці пʼятницю п'ятницею"),
        ("pl", "poniedziałek poniedziałku poniedziałkowi poniedziałkiem poniedziałkowego"),
        ("pl", "środa środy środzie środę środą"),
    ],
)
def test_a_weekday_is_known_in_every_case(code: str, forms: str) -> None:
    days = {find_times(form, offset=0, table=und_table(code), reference="2022-01-08")[0].when.start for form in forms.split()}
    assert len(days) == 1


@pytest.mark.parametrize("code", ["uk", "pl"])
@pytest.mark.parametrize("unit", ["1", "5 ", "1.", "у середу ", "w środę ", "за тиждень ", "od ", "—"])
def test_the_time_it_takes_grows_with_the_text_and_no_faster(code: str, unit: str) -> None:
    def cost(size: int) -> float:
        start = time.process_time()
        find_times((unit * size)[:size], offset=0, table=und_table(code), reference="2022-01-08")
        return time.process_time() - start

    cost(100)
    assert min(cost(8_000) for _ in range(2)) < 12 * min(cost(2_000) for _ in range(3)) + 0.1  # four times the text
