"""Feeds that never end, for the soak: items made of the corpus's sentences, edited now and then, in four formats.

Every version of an item says its own mark (``Ref g7x31v2.``) once, so what a ledger kept can be counted by its text alone.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

from corpus import TEXTS, read_all

WINDOW = 30  # items that a feed shows
LINK = "http://h{host}.example:{port}/page/{mark}"
MARK = re.compile(r"\bRef (g\d+x\d+v\d+)\.")
ITEM = re.compile(r"\bg\d+x\d+\b")
FORMS = ("rss", "atom", "rdf", "json")
# Declared as they are: what is wrong on purpose is a fault of the site.
ENCODINGS = {"ru": "windows-1251", "ja": "euc-jp", "fr": "iso-8859-1", "zh": "gb18030", "es": "utf-8"}


@dataclass(slots=True)
class Item:
    """One item as it is told now; ``stub`` says that its feed gives a summary, and the whole stands at its page."""

    feed: int
    number: int
    title: str
    paragraphs: list[str]
    day: datetime
    stub: bool
    version: int = 1

    @property
    def mark(self) -> str:
        """What names this version, in words that the text holds."""
        return f"g{self.feed}x{self.number}v{self.version}"

    @property
    def whole(self) -> list[str]:
        """Its paragraphs with its mark."""
        return [*self.paragraphs, f"Ref {self.mark}."]

    @property
    def told(self) -> list[str]:
        """What the feed gives of it."""
        return [f"{self.paragraphs[0][:80]} Ref {self.mark}."] if self.stub else self.whole


@dataclass
class Desk:
    """One feed: its language, its form, and the items that it shows."""

    number: int
    host: int
    language: str
    form: str
    chance: Random
    sentences: list[str]
    items: deque[Item] = field(default_factory=lambda: deque(maxlen=WINDOW))
    made: int = 0

    @property
    def encoding(self) -> str:
        """The character set that it is written in: half of the feeds of a language use an old one of its own."""
        return ENCODINGS.get(self.language, "utf-8") if self.number % 2 and self.form != "json" else "utf-8"

    def write(self, now: datetime) -> Item:
        """Add an item."""
        self.made += 1
        words = [self._varied(self.chance.choice(self.sentences)) for _ in range(self.chance.randint(2, 6))]
        split = len(words) // 2
        paragraphs = [" ".join(part) for part in (words[:split], words[split:]) if part]
        title = f"{words[0][:60]} ({self.number}-{self.made})"
        self.items.append(Item(self.number, self.made, title, paragraphs, now, self.chance.random() < 0.25))
        return self.items[-1]

    def edit(self) -> Item | None:
        """Change the words of an item that is shown."""
        if not self.items:
            return None
        item = self.chance.choice(self.items)
        item.paragraphs[-1] = f"{item.paragraphs[-1]} {self._varied(self.chance.choice(self.sentences))}"
        item.version += 1
        return item

    def _varied(self, sentence: str) -> str:
        return re.sub(r"\d+", lambda found: str(self.chance.randint(1, 10 ** min(len(found[0]), 4))), sentence)

    def shown(self, port: int) -> bytes:
        """Return the feed as it stands, in its form and character set."""
        return {"rss": _rss, "atom": _atom, "rdf": _rdf, "json": _json}[self.form](self, port)

    def link(self, item: Item, port: int) -> str:
        """Return the address of an item's page; edits do not change it."""
        return LINK.format(host=self.host, port=port, mark=f"g{item.feed}x{item.number}")


def desks(languages: tuple[str, ...], feeds: int, hosts: int, *, seed: int, folder: Path = TEXTS) -> list[Desk]:
    """Return empty feeds, languages and forms in turn."""
    sentences: dict[str, list[str]] = {}
    for document in read_all(folder, languages=languages)[0]:
        of = sentences.setdefault(document.language, [])
        of += [document.text[start:end] for start, end in document.sentences]
    chances = Random(seed)
    return [
        Desk(
            number, number % hosts, language := languages[number % len(languages)], FORMS[number // len(languages) % len(FORMS)],
            Random(chances.random()), sentences[language],
        )
        for number in range(feeds)
    ]  # fmt: skip


def page(item: Item, language: str) -> bytes:
    """Return the page of an item."""
    inside = "".join(f"<p>{escape(one)}</p>" for one in item.whole)
    head = f"<html lang={language}><head><meta charset=utf-8><title>{escape(item.title)}</title></head>"
    body = f"<nav><a href=/>Home</a></nav><article><h1>{escape(item.title)}</h1>{inside}</article>"
    return f"{head}<body>{body}</body></html>".encode()


def _html(item: Item) -> str:
    return "".join(f"<p>{escape(one)}</p>" for one in item.told)


def _coded(desk: Desk, text: str) -> bytes:
    return f'<?xml version="1.0" encoding="{desk.encoding}"?>{text}'.encode(desk.encoding, "xmlcharrefreplace")


def _rss(desk: Desk, port: int) -> bytes:
    items = "".join(
        f"<item><guid isPermaLink='false'>g{desk.number}x{one.number}</guid><title>{escape(one.title)}</title>"
        f"<link>{desk.link(one, port)}</link><pubDate>{format_datetime(one.day)}</pubDate>"
        f"<description>{escape(_html(one))}</description></item>"
        for one in reversed(desk.items)
    )
    head = f"<title>Desk {desk.number}</title><language>{desk.language}</language>"
    return _coded(desk, f'<rss version="2.0"><channel>{head}{items}</channel></rss>')


def _atom(desk: Desk, port: int) -> bytes:
    items = "".join(
        f"<entry><id>tag:h{desk.host}.example,2033:g{desk.number}x{one.number}</id><title>{escape(one.title)}</title>"
        f'<link rel="alternate" href="{desk.link(one, port)}"/><updated>{one.day.isoformat()}</updated>'
        f'<content type="html">{escape(_html(one))}</content></entry>'
        for one in reversed(desk.items)
    )
    head = f"<title>Desk {desk.number}</title><id>tag:h{desk.host}.example,2033:{desk.number}</id>"
    return _coded(desk, f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{desk.language}">{head}{items}</feed>')


def _rdf(desk: Desk, port: int) -> bytes:
    items = "".join(
        f'<item rdf:about="{desk.link(one, port)}"><title>{escape(one.title)}</title><link>{desk.link(one, port)}</link>'
        f"<description>{escape(_html(one))}</description><dc:date>{one.day.isoformat()}</dc:date></item>"
        for one in reversed(desk.items)
    )
    spaces = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    head = f'<channel rdf:about="http://h{desk.host}.example/"><title>Desk {desk.number}</title></channel>'
    return _coded(desk, f'<rdf:RDF {spaces} xmlns:dc="http://purl.org/dc/elements/1.1/">{head}{items}</rdf:RDF>')


def _json(desk: Desk, port: int) -> bytes:
    items = [
        {
            "id": f"g{desk.number}x{one.number}", "url": desk.link(one, port), "title": one.title, "content_html": _html(one),
            "date_published": one.day.isoformat(),
        }
        for one in reversed(desk.items)
    ]  # fmt: skip
    head = {"version": "https://jsonfeed.org/version/1.1", "title": f"Desk {desk.number}", "language": desk.language}
    return json.dumps(head | {"items": items}, ensure_ascii=False).encode()


def marks(text: str) -> Iterator[str]:
    """Yield the marks that a text holds."""
    return (found[1] for found in MARK.finditer(text))
