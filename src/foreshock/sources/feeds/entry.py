"""What a feed holds: its entries, each with the words that it gives and whether these are all there is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from foreshock.model import record_id

# Bytes and the encoding that is declared for them, None where none is -> text. Handed in: the reading room knows how.
Decode = Callable[[bytes, str | None], str]
TAGS = re.compile(r"</?[A-Za-z][^<>]{0,2000}>|&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z]{2,30});")
SURROGATES = re.compile("[\ud800-\udfff\0]")
LONGEST_TITLE = 1_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed.

    Attributes:
        guid: what the feed calls it, "" where it has no name of its own.
        link: the address of its page as the feed gives it, made whole; "" where there is none.
        title: its headline, None where there is none.
        text: its content, else its summary, as plain text with paragraphs as lines; may be empty.
        published: an ISO prefix in the zone that the feed gives, None where none could be read.
        stub: whether the text is a summary only, and the whole stands at its link.
        notes: what a reader should know of it.
    """

    guid: str
    link: str
    title: str | None
    text: str
    published: str | None
    stub: bool
    notes: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """The hash of its words: another one under the same key is an edit."""
        return record_id("entry", self.title or "", self.text)

    @property
    def place(self) -> str:
        """What it is found by among the entries of its feed: its guid, else its address, else the hash of its words."""
        return self.guid or self.link or self.digest


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed as it was read.

    Attributes:
        form: "rss20", "atom10", "json11" ...
        title, language: what it says of itself, "" where it says nothing.
        entries: its items, as they stand there, each once.
        complete: whether it was whole; the last item of one that ends early is left out, and it must be asked for again.
        notes: what was wrong with it.
    """

    form: str
    title: str
    language: str
    entries: tuple[Entry, ...]
    complete: bool = True
    notes: tuple[str, ...] = ()


def plain_text(html: str) -> str:
    """Return a fragment of markup as plain text: a paragraph a line, an empty line between two; scripts and tags are left out."""
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415  (heavy import)

    text = extract_plain_text(
        html, preserve_formatting=True, main_content=False, list_bullets=False, links=False, alt_texts=False
    )
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def clean(text: str) -> str:
    """Return a text without half characters and NUL, which no ledger holds."""
    return SURROGATES.sub("\ufffd", text)


def title_text(raw: str) -> str | None:
    """Return a headline as one line of plain text; None where nothing is left."""
    text = clean(raw)[: 4 * LONGEST_TITLE]
    if TAGS.search(text):
        text = plain_text(text)
    return " ".join(text.split())[:LONGEST_TITLE] or None


def told_apart(entries: list[Entry]) -> tuple[Entry, ...]:
    """Return entries each once; where a feed gives one guid to several pages, their addresses tell them apart."""
    pages: dict[str, set[str]] = {}
    for one in entries:
        pages.setdefault(one.guid, set()).add(one.link)
    found: dict[str, Entry] = {}
    for one in entries:
        if one.guid and len(pages[one.guid]) > 1 and one.link:
            one = Entry("", one.link, one.title, one.text, one.published, one.stub, one.notes)  # noqa: PLW2901
        found.setdefault(one.place, one)
    return tuple(found.values())
