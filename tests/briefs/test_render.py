"""Renderers: the same marks everywhere, nothing in a text can act, pages stand alone."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser

import pytest
from rich.cells import cell_len
from rich.text import Text

from foreshock.briefs.brief import Brief
from foreshock.briefs.compile import compile_brief
from foreshock.briefs.markdown import escape
from foreshock.briefs.quotes import quote_of, safe, segments
from foreshock.briefs.render import render
from foreshock.briefs.sitrep import compose
from foreshock.briefs.wrapping import wrapped
from foreshock.model import Link, Reading
from tests.briefs import fixtures as fx

FORMATS = ("terminal", "html", "markdown", "json")
EVIL = "<script>alert(1)</script><img src=x onerror=go()> [x](http://example.org) *b* \x1b[31mred \u202eback."
VOID = {"meta", "br", "img", "link", "line", "circle"}


FOUND = fx.joined()


@cache
def brief(language: str = "en") -> Brief:
    made = compose(fx.READINGS, fx.CLAIMS, now=fx.NOW, as_of=None, title="Test <brief>", language=language, **FOUND)
    return compile_brief(made, fx.CLAIMS, fx.READINGS, **fx.records(FOUND))


@cache
def shown(form: str, language: str = "en") -> str:
    return render(brief(language), format=form, width=400)  # type: ignore[arg-type]


@cache
def html(language: str = "en") -> str:
    return render(hostile(), format="html") if language == "hostile" else shown("html", language)


@cache
def hostile() -> Brief:
    read = fx.reading(EVIL, "en", EVIL, title=EVIL, translated=(EVIL,), damage=(fx.hurt(EVIL, "go()", "mojibake", EVIL, EVIL),))
    claim = fx.claim(read, "<img src=x onerror=go()>", "ASSAULT", None, "asserted", place=fx.city(EVIL))
    found = fx.joined((claim,), (read,))
    link = Link(read.document.id, EVIL, "citation", 0.9, EVIL)
    made = compose((read,), (claim,), now=fx.NOW, as_of=None, title=EVIL, language="en", **{**found, "links": [link]})
    return compile_brief(made, (claim,), (read,), **fx.records(found))


class Page(HTMLParser):
    """Collects elements, and checks that each is closed in its turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_says_that_it_is_unofficial_and_when(form: str, language: str) -> None:
    made = brief(language)
    text = shown(form, language)
    assert made.header.notice in text
    assert made.header.as_of_line in text


@pytest.mark.parametrize("form", FORMATS)
def test_the_original_stands_beside_every_line(form: str) -> None:
    text = re.sub(r"</?(b|del|mark|s|u|sup)\b[^>]*>|\\?\[\d\\?\]|[▸◂⟦⟧]", "", shown(form))
    for sentence in (one.text for read in (fx.steppe, fx.kawara) for one in read.sentences[:3]):
        assert sentence in text


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_page_stands_alone_under_its_own_policy(language: str) -> None:
    text = html(language)
    page = Page(text)
    assert not {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe", "object", "base", "form"}
    assert {attrs["href"][0] for _, attrs in page.tags if attrs.get("href")} == {"#"}  # type: ignore[index]
    assert not any(name.startswith("on") or name in {"style", "src"} for _, attrs in page.tags for name in attrs)
    assert "url(" not in text
    assert "@import" not in text
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    assert base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode() in text
    assert any(attrs.get("name") == "referrer" and attrs.get("content") == "no-referrer" for _, attrs in page.tags)


def test_ids_are_unique_and_links_lead_somewhere() -> None:
    page = Page(html())
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {attrs["href"] for _, attrs in page.tags if attrs.get("href")} <= {f"#{one}" for one in ids}


def test_hostile_text_does_nothing_in_a_page() -> None:
    page = Page(html("hostile"))
    assert not {tag for tag, _ in page.tags} & {"script", "img"}
    assert "&lt;script&gt;" in html("hostile")


def test_hostile_text_does_nothing_in_a_terminal() -> None:
    text = render(hostile(), format="terminal")
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "�[31mred" in text


def test_hostile_text_does_nothing_in_markdown() -> None:
    text = render(hostile(), format="markdown")
    assert "<script" not in text
    assert "<img" not in text
    assert "[x]" not in text
    assert "http://" not in text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a *b* _c_ `d`", r"a \*b\* \_c\_ \`d\`"),
        ("- item", r"\- item"),
        ("1. item", r"1\. item"),
        ("# head | cell", r"\# head \| cell"),
        ("a\n\nb", "a b"),
        ("A&B <c>", "A&amp;B &lt;c&gt;"),
        ("https://e.org www.e.org a@e.org", "https&#58;//e.org www&#46;e.org a&#64;e.org"),
        ("ほぼ20日", "ほぼ20日"),
    ],
)
def test_markdown_shows_a_text_as_it_stands(text: str, escaped: str) -> None:
    assert escape(text) == escaped


def test_markdown_has_no_line_that_our_own_marks_break() -> None:
    text = render(brief(), format="markdown")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert rows
    assert {row.count("|") for row in rows} == {4, 5, 6, 9}


HEBREW = "דובר המשרד אמר כי הגשר נסגר. «(1) <b>»"
hebrew = fx.reading("עיתון הגשר", "he", HEBREW, title="הגשר")


@pytest.mark.parametrize(("read", "words", "language"), [(fx.nahda, "أغلقت السلطات المطار", "ar"), (hebrew, "הגשר נסגר", "he")])
def test_an_original_from_right_to_left_says_so(read: Reading, words: str, language: str) -> None:
    claim = fx.claim(read, words, "COERCE", "restrict")
    made = compose((read,), (claim,), now=fx.NOW, as_of=None, title="T", language="en")
    quotes = [attrs for tag, attrs in Page(render(made, format="html")).tags if tag == "blockquote"]
    assert quotes == [{"class": "original", "lang": language, "dir": "rtl"}]
    for form in ("terminal", "markdown"):
        text = render(made, format=form)  # type: ignore[arg-type]
        (line,) = [one for one in text.splitlines() if words.split(maxsplit=1)[0] in one and "\u2067" in one]
        assert line.count("\u2067") == line.count("\u2069") == 1


def test_an_original_from_left_to_right_is_not_isolated() -> None:
    assert "\u2067" not in shown("terminal") + shown("markdown").replace("ألماتي", "")


def test_a_lost_number_has_no_bar_and_a_read_one_has() -> None:
    text = html()
    rows = re.findall(r"<tr><th scope=\"row\".*?</tr>", text, re.DOTALL)
    assert [("<svg" in row, "unread" in row) for row in rows] == [(True, False), (True, False), (False, True), (False, True)]


def test_damage_is_shown_by_sign_and_note_and_not_by_colour_alone() -> None:
    text = render(brief(), format="terminal", width=200)
    assert "▸総勢力は⟦XNUMX⟧[2]人でした◂" in text
    assert "[2] number lost: “XNUMX”" in text
    page = html()
    assert '<s class="damage">XNUMX</s><sup class="ref">[2]</sup>' in page


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("width", [40, 72, 120])
def test_the_terminal_keeps_its_width(width: int, language: str) -> None:
    lines = render(brief(language), format="terminal", width=width).splitlines()
    assert max(cell_len(line) for line in lines) <= width


def test_colour_only_when_asked_and_never_against_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured, plain = render(brief(), format="terminal", color=True), render(brief(), format="terminal")
    assert "\x1b[33m" in coloured
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured).split() == plain.split()
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[33m" not in render(brief(), format="terminal", color=True)


def test_json_is_the_brief_field_for_field() -> None:
    made = brief()
    data = json.loads(render(made, format="json"))
    assert set(data) == {"language", "header", "sections", "charts"}
    line = data["sections"][1]["lines"][0]
    assert line["claim_ids"] == [fx.toll.id]
    assert line["quotes"][0]["text"] == fx.steppe.sentences[0].text


def test_positions_of_a_dispute_stand_side_by_side_in_a_page_and_one_after_the_other_elsewhere() -> None:
    page = html()
    sides = re.search(r'<div class="sides">(.*?)</section>', page, re.DOTALL)
    assert sides is not None
    assert re.findall(r"<h4><bdi>(.*?)</bdi></h4>", sides[1]) == ["it is not so · 1 origin", "it is so · 1 origin"]
    for form, mark in (("terminal", "▪ it is not so · 1 origin"), ("markdown", "*it is not so · 1 origin*")):
        assert mark in render(brief(), format=form, width=200)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", ["terminal", "html", "markdown"])
def test_the_origins_of_a_line_are_counted_beside_it(form: str) -> None:
    assert "2 origins" in render(brief(), format=form, width=400)  # type: ignore[arg-type]


def test_segments_of_a_quote_join_to_it() -> None:
    for claim in fx.CLAIMS:
        read = next(one for one in fx.READINGS if one.document.id == claim.document_id)
        quote = quote_of(claim, read, None)
        assert "".join(one.text for one in segments(quote)) == quote.text
        assert "".join(one.text for one in segments(quote) if one.claimed) == claim.text


def test_a_very_long_sentence_is_cut_around_the_claim() -> None:
    text = "x " * 600 + "troops left" + " y" * 600 + "."
    read = fx.reading("Long Post", "en", text)
    quote = quote_of(fx.claim(read, "troops left", "RETREAT", "withdraw"), read, None)
    assert quote.cut
    assert len(quote.text) == 411


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 8, ["one two", "three"]),
        ("数が欠落した。次の文", 12, ["数が欠落し", "た。次の文"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("", 10, [""]),
    ],
)
def test_wrapping(text: str, width: int, lines: list[str]) -> None:
    assert [line.plain for line in wrapped(Text(text), width)] == lines


def test_safe_keeps_scripts_whole() -> None:
    assert safe("می\u200cخواهم\n \tنو") == "می\u200cخواهم نو"
    assert safe("a\u2067b\x07") == "a�b�"


def test_a_gloss_of_the_codebook_stands_in_the_receipt() -> None:
    class Entry:
        gloss = "Somebody is held."

    class Book:
        kinds = {"COERCE": Entry()}  # noqa: RUF012

    made = compose(fx.READINGS, (fx.arrest,), now=fx.NOW, as_of=None, title="T", language="en", codebook=Book())
    assert "Somebody is held." in render(made, format="html")
    assert replace(made, language="en") == made
