"""Words of time in German, Italian, Turkish and Korean: in running text, and those known to say when."""

from __future__ import annotations

import pytest

from foreshock.coding.times import TimeMention, find_times, und_table
from foreshock.reading import languages

DAY = "2037-06-10"  # a Wednesday


def read(code: str, text: str, *, pointed: bool = False, anchor: str | None = None) -> list[TimeMention]:
    table = languages.table(code) if languages.load(code).depth == "parsed" else und_table(code)
    return list(find_times(text, offset=0, table=table, reference=DAY, anchor=anchor, pointed=pointed))


@pytest.mark.parametrize(
    ("code", "text", "start", "end"),
    [
        ("de", "Seit drei Nächten brennt es", "2037-06-07", "2037-06-10"),
        ("de", "seit mehr als zwei Monaten", "2037-04-10", "2037-06-10"),
        ("de", "die dritte Woche in Folge", "2037-05-21", "2037-06-10"),
        ("de", "In der Nacht zum Donnerstag brannte es", "2037-06-03", "2037-06-04"),
        ("de", "in der Nacht auf Freitag, den 5. Juni", "2037-06-04", "2037-06-05"),
        ("de", "in der Nacht von Freitag auf Samstag", "2037-06-05", "2037-06-06"),
        ("de", "bis Monatsende", None, "2037-06-30"),
        ("de", "seit Jahresbeginn", "2037-01-01", None),
        ("de", "Ende des Jahres 2022", "2022", "2022"),
        ("de", "innerhalb der nächsten zwei Wochen", "2037-06-10", "2037-06-24"),
        ("de", "ab Montag", "2037-06-15", None),
        ("de", "in der Vorwoche", "2037-06-01", "2037-06-07"),
        ("de", "1958 wurde das Dorf zerstört", "1958", "1958"),
        ("it", "da tre giorni piove", "2037-06-07", "2037-06-10"),
        ("it", "per il terzo giorno consecutivo", "2037-06-08", "2037-06-10"),
        ("it", "nella notte tra venerdì e sabato", "2037-06-05", "2037-06-06"),
        ("it", "entro fine mese", None, "2037-06-30"),
        ("it", "alla fine dell'anno scorso", "2036", "2036"),
        ("it", "dall'inizio dell'anno", "2037-01-01", None),
        ("it", "entro dieci giorni", "2037-06-10", "2037-06-20"),
        ("it", "martedì un ordigno è esploso", "2037-06-09", "2037-06-09"),
        ("it", "per giovedì", "2037-06-11", "2037-06-11"),
        ("tr", "iki gündür açlar", "2037-06-08", "2037-06-10"),
        ("tr", "on beş gündür açlar", "2037-05-26", "2037-06-10"),
        ("tr", "on gün önce", "2037-05-31", "2037-05-31"),
        ("tr", "iki haftadan bu yana", "2037-05-27", "2037-06-10"),
        ("tr", "salıyı çarşambaya bağlayan gece", "2037-06-09", "2037-06-10"),
        ("tr", "yıl sonuna kadar", None, "2037-12-31"),
        ("tr", "2012'den beri", "2012", None),
        ("tr", "2003 sonbaharını andırıyor", "2003-09", "2003-11"),
        ("tr", "martın 5'inde", "2037-03-05", "2037-03-05"),
        ("tr", "çarşamba gecesi Gelecek Hareketi basıldı", "2037-06-10", "2037-06-10"),
        ("tr", "salı günü yürüyeceğini söyledi", "2037-06-16", "2037-06-16"),
        ("ko", "사흘째 이어지고 있다", "2037-06-08", "2037-06-10"),
        ("ko", "석 달째 막고 있다", "2037-03-10", "2037-06-10"),
        ("ko", "내일부터 막는다", "2037-06-11", None),
        ("ko", "6월 12일부로 발령한다", "2037-06-12", "2037-06-12"),
        ("ko", "11월 20일부터 23일까지", "2036-11-20", "2036-11-23"),
        ("ko", "오는 18일 집회를 연다", "2037-06-18", "2037-06-18"),
        ("ko", "지난 사흘간", "2037-06-07", "2037-06-10"),
        ("ko", "8일 전국에서 시위가 열렸다", "2037-06-08", "2037-06-08"),
        ("ko", "성탄 전야", "2036-12-24", "2036-12-24"),
    ],
)
def test_in_running_text(code: str, text: str, start: str | None, end: str | None) -> None:
    (found,) = read(code, text)
    assert (found.when.start, found.when.end) == (start, end)


@pytest.mark.parametrize(
    ("code", "text", "start"),
    [
        ("de", "um sechs", "2037-06-10T06:00"),
        ("de", "drei Tage lang", "2037-06-07"),
        ("de", "1860", "1860"),
        ("it", "10.15", "2037-06-10T10:15"),
        ("it", "intorno alle 7", "2037-06-10T07:00"),
        ("it", "per tre notti", "2037-06-07"),
        ("tr", "15 gün süreyle", "2037-05-26"),
        ("tr", "üç haftadır", "2037-05-20"),
        ("tr", "sabaha kadar", "2037-06-09"),
        ("ko", "사흘 동안", "2037-06-07"),
        ("ko", "이틀 내", "2037-06-10"),
        ("ko", "이날 오전", "2037-06-10"),
    ],
)
def test_words_known_to_say_when(code: str, text: str, start: str) -> None:
    assert [one.when.start for one in read(code, text, pointed=True)] == [start]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Rund 2000 von ihnen kamen"),
        ("de", "Sportler des Jahres"),
        ("de", "schon drei Tage vor der Wahl"),
        ("it", "una condanna da due a tre anni"),
        ("tr", "cezası iki yıldır."),
        ("ko", "주중 한국대사관"),
        ("ko", "지방금융 위기"),
    ],
)
def test_what_is_no_time(code: str, text: str) -> None:
    assert not read(code, text)


def test_the_day_before_is_told_from_the_day_named() -> None:
    first, second = read("ko", "국경수비대는 26일 전날 밤 총격이 있었다고 밝혔다.")
    assert (first.when.start, second.when.start) == ("2037-05-26", "2037-05-25")
