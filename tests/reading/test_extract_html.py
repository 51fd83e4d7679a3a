from __future__ import annotations

import pytest

from foreshock.errors import ReadingError
from foreshock.model import Extract
from foreshock.reading.extract import extract

BODY = (
    "<article><h1>Calm</h1><p>The capital was calm on Friday morning, the mayor said.</p>"
    "<p>Shops opened <b>late</b> all over the town.</p></article>"
)


def page(
    body: str = BODY, *, head: str = "", html: str = 'lang="en"', name: str = "a.html", charset: str | None = None
) -> Extract:
    text = f"<!doctype html><html {html}><head><title>Calm</title>{head}</head><body>{body}</body></html>"
    return extract(text.encode(), media_type="text/html", charset=charset, name=name)


def test_paragraphs_are_lines() -> None:
    assert page().text.split("\n")[-2:] == [
        "The capital was calm on Friday morning, the mayor said.",
        "Shops opened late all over the town.",
    ]


def test_menus_are_left_out() -> None:
    menu = "<nav><ul>" + "".join(f"<li><a href='/{i}'>Section {i}</a></li>" for i in range(9)) + "</ul></nav>"
    assert "Section 3" not in page(menu + BODY).text


def test_metadata() -> None:
    found = page(
        head='<meta property="og:site_name" content="Steppe Wire"><link rel="canonical" href="https://steppe.example/calm">'
        '<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">'
        '<meta property="article:published_time" content="2022-01-07T08:00:00+06:00">',
        html='lang="ja-JP"',
    )
    assert (found.title, found.source, found.language, found.published, found.url) == (
        "Calm", "Steppe Wire", "ja", "2022-01-07T08:00", "https://steppe.example/calm",
    )  # fmt: skip
    assert "creativecommons.org/licenses/by/4.0" in (found.licence or "")


@pytest.mark.parametrize(
    ("head", "published"),
    [
        (
            '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","datePublished":"2022-01-06"}]}</script>',
            "2022-01-06",
        ),
        (
            '<script type="application/ld+json">{broken</script><meta name="date" content="2022-01-05 10:20:30">',
            "2022-01-05T10:20",
        ),
        ('<meta name="date" content="2022/01/05">', None),
        ('<meta name="pubdate" content="05/01/2022">', None),
        ('<meta property="article:modified_time" content="2022-01-09">', None),
        ("", None),
    ],
)
def test_only_metadata_dates_a_page(head: str, published: str | None) -> None:
    body = BODY.replace("Friday morning", "4 January 2022")
    assert page(body, head=head).published == published


@pytest.mark.parametrize(
    ("html", "head", "name", "services"),
    [
        ('lang="ja" class="translated-ltr"', "", "a.html", ("google-translate",)),
        ('lang="ja"', '<meta http-equiv="X-Translated-By" content="Google">', "a.html", ("google-translate",)),
        ('lang="ja"', "", "https://steppe-example.translate.goog/calm", ("google-translate",)),
        ('lang="ja"', '<script>window.gtranslateSettings = {"default_language":"en"}</script>', "a.html", ("gtranslate",)),
        ('lang="en"', '<script>window.gtranslateSettings = {"default_language":"en"}</script>', "a.html", ()),
        ('lang="ja"', '<meta name="translation-stats" content="{}">', "a.html", ("transposh",)),
        ('lang="ja" data-wg-translated="ja"', "", "a.html", ("weglot",)),
        ('lang="ja"', '<script src="https://cdn.conveythis.com/x.js"></script>', "a.html", ("conveythis",)),
        ('lang="ja"', '<meta http-equiv="x-mt" content="1">', "a.html", ("declared",)),
        ('lang="ja"', "", "a.html", ()),
    ],
)
def test_fingerprints_of_machine_translation(html: str, head: str, name: str, services: tuple[str, ...]) -> None:
    assert page(html=html, head=head, name=name).translated == services


def test_words_about_a_service_are_no_fingerprint() -> None:
    body = BODY.replace("Shops opened", "The site used GTranslate and Transposh when shops opened")
    assert page(body).translated == ()


def test_a_switch_on_the_original_page_is_noted() -> None:
    found = page(head='<script>window.gtranslateSettings = {"default_language":"en"}</script>')
    assert any("gtranslate offers translations" in note for note in found.notes)


def test_declared_charset_in_the_page_and_a_server_that_lies() -> None:
    text = "大統領は非常事態を宣言した。" * 5
    html = f'<html lang="ja"><head><meta charset="shift_jis"></head><body><article><p>{text}</p></article></body></html>'
    for charset in (None, "iso-8859-1", "utf-8"):
        found = extract(html.encode("cp932"), media_type="text/html", charset=charset, name="a.html")
        assert found.text.startswith("大統領は非常事態を宣言した。")
        assert "cp932" in found.notes[0]


@pytest.mark.parametrize("body", ["", "<script>let a = 1;</script>", "<img src='x.png'>"])
def test_a_page_without_text_is_an_error_with_a_remedy(body: str) -> None:
    with pytest.raises(ReadingError, match="no text that could be read") as error:
        page(body)
    assert "save its text" in error.value.remedy


def test_a_page_is_known_by_its_first_characters() -> None:
    data = f"<!-- saved -->\n<!DOCTYPE html><html><body>{BODY}</body></html>".encode()
    assert extract(data, media_type="application/octet-stream", charset=None, name="calm").media_type == "text/html"


def test_deep_markup_does_not_break_the_reader() -> None:
    with pytest.raises(ReadingError):
        page("<div>" * 20_000)
