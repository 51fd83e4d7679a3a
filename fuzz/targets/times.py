"""Times and dates: in a text, in its first lines, in feeds, as prefixes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from babel.dates import format_date

from foreshock import dates
from foreshock.coding.shallow.table import surface_table
from foreshock.coding.times import document_times, numeric_order
from foreshock.model import Sentence
from foreshock.reading import dateline, masthead
from foreshock.sources.feeds.dated import iso_date
from fuzz.drawn import corpus_seeds, language_and_text, split, written
from fuzz.laws import NOW, in_time, must, must_be_dates, must_stand

MODULES = (
    "foreshock.coding.times", "foreshock.coding.time_points", "foreshock.coding.time_spans", "foreshock.coding.time_fields",
    "foreshock.coding.calendar_rules", "foreshock.coding.calendar_spans", "foreshock.coding.calendar_periods",
    "foreshock.reading.dateline", "foreshock.reading.dateforms", "foreshock.dates", "foreshock.sources.feeds.dated",
)  # fmt: skip
WORDS = (
    "yesterday", "next ", "last ", "Friday", "May 3", "3 May 2033", "2033-05-03", "since ", "until ", "two days ", "ago",
    "9999", "0001", "XNUMX", "昨日", "5月3日", "3年前", "午後8時", "вчера", "назад", "hier", "ayer", "in 900000 years",
    "10:30", "05/01/2033", "(", " - ", "百年", "century", "the 1990s", "quarter", "week", "Easter",
)  # fmt: skip
REFERENCES = (None, "2033", "2033-05", "2033-05-04", "2033-05-04T10:30", "0001-01-01", "9999-12-31", "2032-02-29")


def seeds() -> Iterator[bytes]:
    """Yield texts with times of many kinds, each after the document's date."""
    for number, one in enumerate(corpus_seeds(4)):
        yield bytes([number % len(REFERENCES)]) + one
    for language, text in (
        (
            "en",
            "On Friday, two days after 3 May 2033, from 5 to 7 June, since last week, 900000 years ago, in the 1990s; "
            "05/01/2033 10:30 pm.",
        ),
        ("ja", "2033年5月3日午後8時、3日前、翌日、先週の金曜日、令和15年、平成元年、5月から6月、XNUMX年。"),
        ("ru", "ALMATY, 5 января (Reuters) - вчера, 3 дня назад, с 5 по 7 мая 2033 года, в прошлую пятницу."),
        ("fr", "hier soir, il y a deux jours, du 5 au 7 mai 2033, vendredi dernier, à la mi-mai."),
        ("zh", "2033年5月3日晚上八时，三天前，上周五，从五月到六月。"),
        ("ar", "يوم الجمعة 3 مايو 2033، قبل يومين، منذ الأسبوع الماضي."),
        ("kk", "2033 жылғы 3 мамыр, кеше, екі күн бұрын."),
    ):
        yield b"\x03" + written(language, text)
        yield b"\x05" + written(language, text)
        yield b"\x06" + written(language, text)
    yield b"\x00" + written("en", "x") + b"\xffTue, 03 May 2033 10:00:00 +0900"


def check(data: bytes) -> None:
    """Times stand where they say, in order and apart, with dates that exist and do not stand on their heads."""
    reference = REFERENCES[data[0] % len(REFERENCES)] if data else None
    body, header = split(data[1:], 2)
    language, text = language_and_text(body)
    with in_time(data):
        sentences = [Sentence("d", 0, 0, len(text), text, language, 0)]
        (told,) = document_times(sentences, text=text, table=surface_table(language), reference=reference)
        line = dateline.find(text, now=NOW, language=language, metadata=reference)
        masthead.find(text, language=language)
        numeric_order(text)
        must_be_dates(iso_date(header.decode("utf-8", "replace")), iso_date(text), dates.parse(text))
    must_stand(text, [(one.start, one.end, one.when.raw) for one in told])
    for one in told:
        for when in (one.when, one.to_come):
            must_be_dates(when.start, when.end)
            if when.start and when.end:
                must(dates.first_day(when.start) <= dates.last_day(when.end), "a time ends before it begins", when)
    if line is not None:
        must_be_dates(line.date)
        must(text[line.start : line.end] == line.raw, "a dateline says something else", line)
    _printed(body, language)


def _printed(body: bytes, language: str) -> None:
    """Require that a date, written out as its language writes it, is read as that date or not at all."""
    day = date.fromordinal(date(1990, 1, 1).toordinal() + int.from_bytes(body[1:3], "big") % 18_000)
    text = format_date(day, "long", locale="en" if language == "und" else language)
    table = surface_table("en" if language == "und" else language)
    (told,) = document_times([Sentence("d", 0, 0, len(text), text, language, 0)], text=text, table=table, reference="2033-05-04")
    for one in told:
        must(one.when.start in (None, day.isoformat()), f"a date of {language} is read as another", text, one.when)
