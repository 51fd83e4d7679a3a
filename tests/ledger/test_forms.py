"""A name in all its forms: a table that a linguist can edit. What is not listed is given as an alias."""

from __future__ import annotations

import time

import pytest

from foreshock.errors import LedgerError
from foreshock.ledger.forms import Forms, blocks
from foreshock.ledger.scripts import other_script

# A name, forms of it that go whole with what is left of them, and texts that stay as they are.
WHOLE = [
    ("Marta Iwanek", ["MARTA  IWANEK", "Marta Iwanek|'s sister", "Iwanek, Marta", "Marta A. Iwanek", "Marta van der Iwanek",
                      "Marta\nIwanek"], ["Marta and Iwanek", "Martan Ivanov"]),
    ("Marta Iwanek", ["Marty Iwanek", "Martę Iwanek", "Martą Iwankiem", "Martę Iwanka"], ["o Marcie"]),
    ("Marta Iwanek", ["https://x.org/2022/|marta-iwanek|-held", "marta_iwanek", "@|MartaIwanek", "https://x.org/Marta%20Iwanek/1"],
     []),
    ("Marta Iwanek", ["Ｍａｒｔａ　Ｉｗａｎｅｋ", "Mártá Iwánek", "Ma\u00adrta Iwa\u200bnek"], []),
    ("Marta Iwanek", ["Марта Иванек", "Марту Иванек", "Марте Иванек"], ["Марк Иванов"]),
    ("Иван Петров", ["О |Иване Петрове", "ИВАНУ ПЕТРОВУ", "Иваном Петровым", "Петров Иван Сергеевич", "Ивана Сергеевича Петрова"],
     ["Иван Грозный", "И. Петров"]),
    ("Иван Петров", ["Ivan Petrov", "Iwan Petrow", "Petrov Ivan", "Ivan Petroff"], ["Ivan Sidorov"]),
    ("Павел Дуров", ["Павла Дурова", "Pavel Durov", "Pawel Durow"], []),
    ("Пётр Ёлкин", ["Петра Елкина", "Петр Елкин", "Pyotr Yolkin"], []),
    ("Юлия Щербакова", ["Юлии Щербаковой", "Yuliya Shcherbakova", "Julia Schtscherbakowa", "Iouliia Chtcherbakova",
                        "Yulia Shcherbakova"], []),
    ("Олексій Гончаренко", ["Олексія Гончаренка", "Oleksiy Honcharenko", "Oleksii Goncharenko"], []),
    ("山田 太郎", ["昨日|山田太郎|さんが", "山田 太郎|氏"], ["山田氏"]),
    ("マルタ・イワネク", ["マルタ・イワネク|と", "マルタ イワネク|が", "ﾏﾙﾀ･ｲﾜﾈｸ"], []),
    ("김철수", ["김철수는| 말했다"], []),
    ("محمد علي", ["قال |محمد علي| اليوم", "قال و|محمد علي", "مُحَمَّد عليّ"], []),
    ("José Ñáñez", ["Jose Nanez", "JOSÉ ÑÁÑEZ"], ["José Antonio Ñáñez"]),
    ("Recep Tayyip Erdoğan", ["Recep Tayyip Erdoğan|'ın", "Recep Erdoğan", "Реджеп Тайип Эрдоган"], ["Tayyip"]),
    ("Ann Lee", ["Ann\nLee"], ["Joann Lee", "Annabelle Leesonworth"]),
    ("J. (Jo) Doe", ["J. (Jo) Doe"], []),
    ("Петров", ["Петрова| и", "Петровым"], ["Петр"]),
]  # fmt: skip
PARTS = [
    ("Marta Iwanek", ["Iwanek|'s lawyer", "he saw |Marta"], ["a marta is a bird", "Martinique"]),
    ("Иван Петров", ["Петров| сказал", "передал |Ивану| всё", "И. |Петрова| ждут"], ["Сидоров", "иванов день"]),
    ("山田 太郎", ["山田|氏", "と|太郎"], ["高田氏"]),
    ("Theresa van May", ["May| said"], ["we may go with a van"]),
]


def left_of(form: str) -> tuple[str, str]:
    """Return a text, and as it should be left: of parts between bars the first goes, or the one after BEFORE."""
    parts = form.split("|")
    gone = 1 if len(parts) == 3 or (len(parts) == 2 and parts[0] in BEFORE) else 0
    return "".join(parts), "".join(blocks(part) if number == gone else part for number, part in enumerate(parts))


BEFORE = {"О ", "@", "قال و", "he saw ", "と"}


@pytest.mark.parametrize(("name", "forms", "others"), WHOLE, ids=[one[0] for one in WHOLE])
def test_a_whole_name_goes_in_every_form(name, forms, others):
    of = Forms([name])
    for text, left in map(left_of, forms):
        assert of.erased(text) == left
        assert of.stand_in(text)
        assert of.erased(left) == left
    for text in others:
        assert (of.erased(text), of.stand_in(text)) == (text, False)


@pytest.mark.parametrize(("name", "forms", "others"), PARTS, ids=[one[0] for one in PARTS])
def test_of_the_documents_of_a_name_its_words_go_too(name, forms, others):
    of = Forms([name])
    for text, left in map(left_of, forms):
        assert of.erased(text, parts=True) == left
        assert of.erased(text) == text
    assert [of.erased(text, parts=True) for text in others] == others


def test_aliases_are_names():
    forms = Forms(["Marta Iwanek", "Bluebird", "مارتا إيوانيك", "Marta  Iwanek"])
    assert forms.names == ("Marta Iwanek", "Bluebird", "مارتا إيوانيك")
    text = "Bluebird met مارتا إيوانيك."
    assert forms.erased(text) == f"{blocks('Bluebird')} met {blocks('مارتا إيوانيك')}."
    assert forms.found("Marta Iwanek, then Iwanek and Bluebird") == {"Marta Iwanek", "Iwanek", "Bluebird"}


@pytest.mark.parametrize(
    "text", ["Marta &#73;wanek", "M&aacute;rta Iwanek", '{"a": "\\u041c\\u0430\\u0440\\u0442\\u0430 Иванек"}']
)
def test_what_pages_and_json_write_otherwise_is_seen(text):
    assert Forms(["Marta Iwanek"]).stand_in(text)


@pytest.mark.parametrize("name", ["Li", " ", "太", "███ ███", "J."])
def test_a_name_that_stands_in_too_many_words_is_refused(name):
    with pytest.raises(LedgerError) as error:
        Forms(["Marta Iwanek", name])
    assert error.value.remedy


def test_a_word_in_the_other_script():
    assert other_script("ла") == "la"
    assert other_script("12") is None
    assert other_script("ab1") is None


@pytest.mark.parametrize(
    "text", ["Marta " * 20_000, "Mart" * 30_000, "мартаиванек" * 10_000, "%d0" * 40_000, "&" * 99_000, " ,'" * 40_000]
)
def test_a_hostile_text_takes_no_longer_than_its_length(text):
    forms = Forms(["Marta Iwanek", "Иван Сергеевич Петров-Водкин", "山田 太郎"])
    began = time.process_time()
    forms.erased(text, parts=True)
    forms.stand_in(text)
    assert time.process_time() - began < 4
