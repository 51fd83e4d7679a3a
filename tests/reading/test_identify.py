"""Language identification: the code, and a reason that names its evidence."""

from __future__ import annotations

import pytest

from foreshock.reading.identify import by_paragraph, identify

CASES = [
    ("港は閉鎖された、と市長は述べた。", "ja", "kana"),
    ("港口已经关闭，市长要求居民留在家中。", "zh", "Han"),
    ("항구는 폐쇄되었다고 시장이 말했다.", "ko", "hangul"),
    ("Порт закрыт, сообщили в управлении. Выход судов запрещён.", "ru", "letters of ru"),
    ("Порт закрито, повідомили в управлінні. Вихід суден заборонено, її немає.", "uk", "letters of uk"),
    ("Порт жабылды, деп хабарлады басқарма. Кемелердің шығуына тыйым салынған.", "kk", "letters of kk"),
    ("أعلنت السلطات إغلاق الميناء وطلبت من السكان البقاء في منازلهم", "ar", "letters of ar"),
    ("مقام‌های بندر گفتند که بندر بسته است و کشتی‌ها نمی‌توانند حرکت کنند", "fa", "letters of fa"),
    ("The harbour is closed, the mayor said, and nobody may leave before Friday.", "en", "py3langid"),
    ("Le port est fermé, a dit le maire, et personne ne peut partir avant vendredi.", "fr", "py3langid"),
    ("El puerto está cerrado, dijo la alcaldesa, y nadie puede salir antes del viernes.", "es", "py3langid"),
    ("Der Hafen ist geschlossen, sagte die Bürgermeisterin, und niemand darf hinaus.", "de", "py3langid"),
]


@pytest.mark.parametrize(("text", "code", "why"), CASES)
def test_cases(text: str, code: str, why: str) -> None:
    found, reason = identify(text)
    assert found == code
    assert why in reason


@pytest.mark.parametrize(("text", "declared", "code", "why"), [
    ("Port", "fr-CA", "fr", "declared fr"),
    ("港は閉鎖された、と市長は述べた。", "en", "ja", "contradicted"),
    ("港は閉鎖された、と市長は述べた。", "ja", "ja", "agrees"),
    ("12:30", "tr", "tr", "no letters"),
    ("12:30", None, "und", "no letters"),
    ("ok", None, "und", "best guess"),
])  # fmt: skip
def test_declarations_and_short_texts(text: str, declared: str | None, code: str, why: str) -> None:
    found, reason = identify(text, declared=declared)
    assert (found, why in reason) == (code, True), reason


def test_a_paragraph_in_another_language_keeps_its_own() -> None:
    first, second = CASES[8][0], CASES[3][0]
    text = f"{first}\n{second}\nPort."
    spans = [(0, len(first)), (len(first) + 1, len(first) + 1 + len(second)), (len(text) - 5, len(text))]
    assert by_paragraph(text, spans, code="en") == ("en", "ru", "en")
