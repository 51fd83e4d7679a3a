"""Pages: bytes -> text, metadata and marks of translation."""

from __future__ import annotations

from collections.abc import Iterator

from foreshock.errors import ReadingError
from foreshock.reading.extract.html import read_html
from fuzz.laws import in_time, must_be_read

MODULES = ("foreshock.reading.extract",)
WORDS = (
    "<html lang=", "<meta charset=", "<meta name=", "property=", "content=", "<article>", "<p>", "</p>", "<script type=",
    "application/ld+json", '"datePublished"', "<time pubdate datetime=", "<link rel=canonical href=",
    "article:published_time", "<!--", "-->", "<![CDATA[", "&#x", "&amp;", "encoding=", "shift_jis", "utf-16", "goog-gt-",
    "<br>", "<table><tr><td>",
)  # fmt: skip
PAGE = """<html lang=en><head><meta charset=utf-8><title>Bridge closed</title>
<meta property="article:published_time" content="2033-05-04T09:00:00+02:00"><link rel=canonical href="https://felt.example/a">
<script type="application/ld+json">{"@graph":[{"datePublished":"2033-05-04"}]}</script></head><body><nav><a href=/>Home</a></nav>
<article><h1>Bridge closed</h1><p>Soldiers closed the bridge over the river on Monday, the ministry of roads said.</p>
<p>No one was hurt, and the road to the north stays open, it added in a statement.</p></article></body></html>"""


def seeds() -> Iterator[bytes]:
    """Yield pages in several character sets, translated ones, and broken ones."""
    yield PAGE.encode()
    yield PAGE.replace("Soldiers", "Солдаты").replace("utf-8", "windows-1251").encode("cp1251")
    yield PAGE.replace("Soldiers", "兵士").replace("utf-8", "shift_jis").encode("cp932")
    yield PAGE.encode("utf-16")
    yield PAGE.replace("<body>", '<body class="translated-ltr"><iframe src="https://translate.google.com/x"></iframe>').encode()
    yield b'<?xml version="1.0" encoding="iso-8859-1"?>' + PAGE.encode("latin-1")
    yield b"<div>" * 300 + b"The road is closed." + b"</div>" * 300
    yield b"<p>" + b"Police closed the road. " * 20
    yield b"<table>" * 50 + b"<tr><td>The council met on Friday and decided nothing at all."


def check(data: bytes) -> None:
    """Read a page; what was read holds, and it was read in time."""
    with in_time(data):
        try:
            found = read_html(data, charset=None, name="https://felt.example/a")
        except ReadingError:
            return
    must_be_read(found)
