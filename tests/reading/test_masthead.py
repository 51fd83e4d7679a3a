"""The outlet beside a text's own date: names of every script, and what is a town, an author or a time stamp."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from foreshock.model import Custody, Document
from foreshock.reading.masthead import find
from foreshock.reading.read import read

CASES = [
    ("en", "Harbour closed\n\nBay Courier, 16 April 2023\n\nText.", "Bay Courier"),
    ("en", "The Copper Teapot, 6 January 2022\nText.", "The Copper Teapot"),
    ("en", "By Ann Lo | The Coast Ledger | Tuesday 25 January 2022\nText.", "The Coast Ledger"),
    ("en", "ALMATY, 5 January 2022 (Bay Wire) - The port closed.", "Bay Wire"),
    ("ja", "港が閉鎖\n港新報 2021年2月1日\n本文。", "港新報"),
    ("ja", "【ナイロビ=港一郎】海峡日報 2021年2月1日\n本文。", "海峡日報"),
    ("zh", "港口日报 2022年1月5日\n正文。", "港口日报"),
    ("ru", "АЛМАТЫ, 5 января (Вести порта) — Порт закрыт.", "Вести порта"),
    ("ru", "«Медный чайник», 5 января 2022 года\nПорт закрыт.", "Медный чайник"),
    ("fr", "La Gazette du Quai, 5 janvier 2022\nTexte.", "La Gazette du Quai"),
    ("es", "El Faro de Lata, 6 de enero de 2022\nTexto.", "El Faro de Lata"),
    ("de", "Hafenbote, 5. Januar 2022\nText.", "Hafenbote"),
    # A town alone, an author alone, a weekday, a time stamp, a heading about a day, a date without a name.
    ("es", "La Paz, 16 de diciembre de 2022\nTexto.", None),
    ("en", "ALMATY, 4 January 2022 - The port closed.", None),
    ("en", "Colombo, Sri Lanka, 9 May 2022\nText.", None),
    ("ja", "ナイロビ 2022年1月6日\n本文。", None),
    ("en", "Ann Lo, 5 January 2022\nText.", None),
    ("en", "By Ann Lo | 5 January 2022\nText.", None),
    ("en", "(by Mary Green)\n08/01/22\nText.", None),
    ("en", "Wednesday, January 5, 2022\nText.", None),
    ("en", "Updated 5 Jan 2022 14:30 GMT\nText.", None),
    ("en", "Memories of January 6, 2021 still hurt\n\nThe town met.", None),
    ("en", "08/01/22\nText.", None),
]


@pytest.mark.parametrize(("language", "text", "outlet"), CASES, ids=[case[1][:30] for case in CASES])
def test_outlet_beside_the_date(language: str, text: str, outlet: str | None) -> None:
    assert find(text, language=language) == outlet


@pytest.mark.parametrize(
    ("source", "url", "expected"),
    [
        ("news.txt", None, "Bay Courier"),
        ("Coast Ledger", None, "Coast Ledger"),
        ("bay.example", "https://bay.example/1", "bay.example"),
    ],
)
def test_a_file_name_gives_way_to_the_outlet_and_nothing_else_does(source: str, url: str | None, expected: str) -> None:
    text = "Harbour closed\n\nBay Courier, 16 April 2023\n\nThe harbour was closed on Sunday after the storm."
    custody = Custody("0" * 64, len(text), "2025-06-01T00:00:00Z", "folder/news.txt")
    document = Document("d", "v", source, url, "en", None, text, None, None, "2025-06-01T00:00:00Z", "text/plain", custody)
    found = read(document, now=datetime(2025, 6, 1, tzinfo=UTC)).document
    assert (found.source, found.id) == (expected, "d")
    assert any("from the dateline's own line" in note for note in found.notes) == (expected != source)
