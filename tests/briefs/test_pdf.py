"""The PDF: tagged, with the words of the brief and of its originals, in every script; hostile text stays text."""

from __future__ import annotations

import re
from functools import cache

import pypdfium2
import pytest

from foreshock.briefs.compile import compile_brief
from foreshock.briefs.pdf import GAP, render_pdf
from foreshock.briefs.sitrep import compose
from foreshock.errors import ExportError
from tests.briefs import fixtures as fx

TYPST = '#panic("x") #read("/etc/passwd") $ x $ *b* _c_ `d` = Heading @ref <label> \\ #include "brief.json".'
HEBREW = "דובר המשרד אמר כי הגשר נסגר."
evil = fx.reading(TYPST, "en", TYPST, title=TYPST)
hebrew = fx.reading("עיתון הגשר", "he", HEBREW, title="הגשר")
deed = fx.claim(evil, '#read("/etc/passwd")', "ASSAULT", None, place=fx.city("#v(1cm)"))
closed = fx.claim(hebrew, "הגשר נסגר", "COERCE", "restrict")
airport = fx.claim(fx.nahda, "أغلقت السلطات المطار", "COERCE", "restrict")
READINGS = (*fx.READINGS, evil, hebrew)
CLAIMS = (*fx.CLAIMS, deed, closed, airport)


@cache
def pdf(system_fonts: bool = True) -> tuple[bytes, str]:
    found = fx.joined(CLAIMS, READINGS)
    made = compose(READINGS, CLAIMS, now=fx.NOW, as_of=None, title=TYPST, language="en", **found)
    compile_brief(made, CLAIMS, READINGS, **fx.records(found))
    # Charts have tests of their own; drawing them again would only cost time.
    content = render_pdf(made.__class__(made.language, made.header, made.sections), system_fonts=system_fonts)
    return content, words(content)


def words(content: bytes) -> str:
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]
    return re.sub(r"\s+", " ", " ".join(pages))


def test_it_is_a_tagged_pdf_with_title_notice_and_page_numbers() -> None:
    content, text = pdf()
    assert content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in content
    assert pypdfium2.PdfDocument(content).get_metadata_dict()["Title"] == TYPST
    assert text.count("Coded by machine, unofficial") >= len(pypdfium2.PdfDocument(content))
    assert re.search(r"Page 1 of \d+", text)


def test_words_of_every_script_are_there() -> None:
    """The Arabic and Hebrew letters are in the order in which they are read, wherever the fonts of the system have them."""
    _, text = pdf()
    for told in ("at least 26 rioters were killed in Almaty", "doctors in Almaty", "Receipts", fx.toll.id):
        assert told in text
    if GAP not in text:
        assert "総勢力は" in text
        assert "السلطات" in text or "تاطلسلا" in text
        assert "הגשר" in text or "רשגה" in text


def test_hostile_text_stays_text() -> None:
    _, text = pdf()
    assert '#read("/etc/passwd")' in text
    assert "root:" not in text
    assert "*b* _c_" in text


def test_letters_without_a_font_are_told_and_no_boxes_are_printed() -> None:
    _, text = pdf(system_fonts=False)
    assert GAP in text
    assert "stands for letters for which no font is installed here" in text
    assert "fonts-noto-cjk" in text
    assert "総" not in text
    assert "at least 26 rioters were killed in Almaty" in text


def test_without_typst_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foreshock.briefs.pdf.pdf_can_be_made", lambda: False)
    made = compose((), (), now=fx.NOW, as_of=None, title="T", language="en")
    with pytest.raises(ExportError, match=r"foreshock\[pdf\]"):
        render_pdf(made)
