"""The text's own dateline: where it stands, how its numbers are read, and why."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from foreshock.reading.dateline import find

NOW = datetime(2025, 6, 1, tzinfo=UTC)
CASES = [
    ("en", "Harbour closed\n\nBay Courier, 16 April 2023\n\nText.", "2023-04-16"),
    ("en", "ALMATY, 5 January 2022 (Steppe Wire) - The port closed.", "2022-01-05"),
    ("en", "Wednesday, January 5, 2022\nText.", "2022-01-05"),
    ("en", "By Ann Lo | Updated 5 Jan 2022 14:30 GMT\nText.", "2022-01-05"),
    ("en", "Bay Courier\n2022-01-05T10:00Z\nText.", "2022-01-05"),
    ("ja", "港が閉鎖\n\n港新報 2021年2月1日\n\n本文。", "2021-02-01"),
    ("ja", "港新報 令和4年1月8日\n本文。", "2022-01-08"),
    ("zh", "港报 2022年1月5日\n正文。", "2022-01-05"),
    ("ko", "항구신문 2024년 12월 3일\n본문.", "2024-12-03"),
    ("ru", "Алматы, 5 января 2022 г. — Порт закрыт.", "2022-01-05"),
    ("kk", "Алматы, 2022 жылғы 5 қаңтар\nПорт жабылды.", "2022-01-05"),
    ("fr", "Le Courrier du Port, le 5 janvier 2022\nTexte.", "2022-01-05"),
    ("es", "Lima, 16 de diciembre de 2022\nTexto.", "2022-12-16"),
    ("de", "Hafenbote, 5. Januar 2022\nText.", "2022-01-05"),
    ("ar", "جريدة الميناء - 5 يناير 2022\nنص.", "2022-01-05"),
    ("ar", "كابل، 5 يناير 2022\n\nنص.", "2022-01-05"),
    ("ar", "بيروت في 5 كانون الثاني 2022\n\nنص.", "2022-01-05"),
    ("ar", "الأربعاء، ٥ يناير/كانون الثاني ٢٠٢٢\n\nنص.", "2022-01-05"),
    ("fa", "کابل، ۵ ژانویهٔ ۲۰۲۲\n\nمتن.", "2022-01-05"),
    ("fa", "تهران، ۱۵ دی ۱۴۰۰\n\nمتن.", "2022-01-05"),
    ("fa", "۱۴۰۰/۱۰/۱۵\n\nمتن.", "2022-01-05"),
    ("fa", "کابل — ۱۵ جدی ۱۴۰۰ — متن.", "2022-01-05"),
    ("fa", "تهران، ۳۰ اسفند ۱۴۰۰\n\nمتن.", None),  # a day that the year does not have
    ("ko", "서울, 2022. 1. 5.\n\n본문.", "2022-01-05"),
    ("tr", "5 Ocak 2022, Almatı\nMetin.", "2022-01-05"),
    ("en", "31/08/23\nText.", "2023-08-31"),
    ("en", "1/13/22\nText.", "2022-01-13"),
    # Not datelines: a heading about a day, a date in running text, a two-digit year to come, a day without a year.
    ("en", "Memories of January 6, 2021 still hurt\n\nThe town met.", None),
    (
        "en",
        "Harbour closed\n\nThe harbour was closed on 5 January 2022 after the storm and the mayor left the town for good.",
        None,
    ),
    ("en", "31/12/99\nText.", None),
    ("en", "ALMATY, Jan. 5 (Steppe Wire) - The port closed.", None),
]
ORDERS = [
    ("en", "08/01/22\nThe port closed.", "2022-01-08", "in doubt"),
    ("en", "08/01/22\nOn August 2 the port closed.", "2022-08-01", "month first"),
    ("en", "08/01/22\nOpen until 5 p.m. at the port.", "2022-08-01", "American"),
    ("en", "08/01/22\nLast seen on 25/12/21.", "2022-01-08", "25/12/21"),
    ("ja", "(へ マリア・ベルナ)\n08/01/22\n本文。", "2022-01-08", "byline"),
    ("ja", "08/01/22\n約XNUMX人。", "2022-01-08", "machine-translated"),
    ("en", "03/07/25\nThe port closed.", "2025-03-07", "future"),
    ("de", "08.01.22\nText.", "2022-01-08", "full stops"),
]


@pytest.mark.parametrize(("language", "text", "date"), CASES)
def test_cases(language: str, text: str, date: str | None) -> None:
    found = find(text, now=NOW, language=language)
    assert (found.date if found else None) == date
    assert found is None or text[found.start : found.end] == found.raw


@pytest.mark.parametrize(("language", "text", "date", "why"), ORDERS)
def test_order_of_day_and_month_has_a_reason(language: str, text: str, date: str, why: str) -> None:
    found = find(text, now=NOW, language=language)
    assert found is not None
    assert found.date == date
    assert why in found.why


def test_the_original_language_decides_the_order() -> None:
    assert find("08/01/22\nText.", now=NOW, language="ja", original="en-US").date == "2022-08-01"
    assert find("08/01/22\nText.", now=NOW, language="ja", original="it").date == "2022-01-08"


def test_metadata_lends_a_year_that_is_near() -> None:
    text = "ALMATY, Jan. 5 (Steppe Wire) - The port closed."
    assert find(text, now=NOW, language="en", metadata="2022-01-06").date == "2022-01-05"
    assert find(text, now=NOW, language="en", metadata="2022-07-06") is None
