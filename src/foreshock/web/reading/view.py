"""Everything that the reading view shows of a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from foreshock.briefs.locale import Reader
from foreshock.errors import LedgerError
from foreshock.ledger.search_marks import marks as places
from foreshock.ledger.search_terms import terms
from foreshock.model import Link
from foreshock.pipeline import Opened, open_document
from foreshock.web.ask import Ask
from foreshock.web.desk import Desk
from foreshock.web.picture import Picture
from foreshock.web.reading.beside import beside_of
from foreshock.web.reading.cards import Card, cards
from foreshock.web.reading.marking import Marks, damage_of, paragraphs
from foreshock.web.reading.window import Window, window_at, windows

HEADLINE = 110
WHOLE = 0.8  # a credit to a name of at least this score says whose text the whole document is


@dataclass(frozen=True, slots=True)
class View:
    """A window of a document with the cards of its claims.

    Attributes:
        opened: the document.
        headline: its title, else the beginning of its text.
        window: what of the text is shown.
        lines: its paragraphs as HTML.
        cards: of the claims that the window shows.
        elsewhere: how many claims stand in other windows.
        hurt: how many places of the window are damaged.
        carries, carried: links by which it carries others, and others it; each with the name of the other outlet.
    """

    opened: Opened
    headline: str
    window: Window
    lines: Sequence[Markup]
    cards: Sequence[Card]
    elsewhere: int
    hurt: int
    carries: Sequence[tuple[Link, str]]
    carried: Sequence[tuple[Link, str]]


def opened_at(desk: Desk, ask: Ask, document_id: str, version: str | None = None) -> tuple[Opened, Picture] | None:
    """Return a document and the picture beside it; None where the document is not known.

    What is withheld of the whole scope (the full names of victims) is withheld here too.
    """
    picture = desk.pictures.at_once(ask)
    beside = picture.shown.discretion
    opened = open_document(desk.ledger, document_id, now=desk.now(), as_of=ask.as_of, version=version, beside=beside)
    return (opened, picture) if opened else None


def view(
    desk: Desk,
    opened: Opened,
    picture: Picture,
    reader: Reader,
    *,
    part: int | None = None,
    claim: str | None = None,
    words: str = "",
) -> View:
    """Return the view of a document.

    Args:
        desk: for the codebook.
        opened: the document.
        picture: for what stands beside its claims.
        reader: the reader's language.
        part: which window, from 1; else that of the claim, else the first.
        claim: id of a claim that the window must show.
        words: a search whose hits are marked.
    """
    text = opened.document.text
    chosen = next((one for one in opened.claims if one.id == claim), None)
    every = windows(text)
    at = chosen.start if chosen and part is None else every[min(max(part or 1, 1), len(every)) - 1].start
    window = window_at(text, at)
    here = [one for one in opened.claims if one.start < window.end and one.end > window.start]
    numbers = {one.id: n for n, one in enumerate(opened.claims, 1)}
    damage = [
        one for one in damage_of(opened.document.damage, opened.claims) if one.start < window.end and one.end > window.start
    ]
    marked = Marks(
        here, {one.id: numbers[one.id] for one in here}, frozenset(opened.rejected), damage, _hits(text, window, words)
    )
    names = picture.shown.document_names
    document = opened.document
    links = [one for one in picture.shown.links if one.source in names or one.score >= WHOLE]
    return View(
        opened=opened,
        headline=headline(document.title, text),
        window=window,
        lines=list(paragraphs(text, window, marked, reader)),
        cards=cards(opened, here, numbers, reader=reader, bench=desk.bench, beside=beside_of(picture)),
        elsewhere=len(opened.claims) - len(here),
        hurt=len(damage),
        carries=[(one, names.get(one.source, (one.source, None))[0]) for one in links if one.carrier == document.id],
        carried=[(one, names.get(one.carrier, (one.carrier, None))[0]) for one in links if one.source == document.id],
    )


def headline(title: str | None, text: str) -> str:
    """Return what a document is called: its title, else the first line of its text, cut between words."""
    first = title or next((line for line in text[:2000].splitlines() if line.strip("#* \t")), "")
    told = " ".join(first.split()).strip("#* ")
    return told if len(told) <= HEADLINE else f"{told[:HEADLINE].rsplit(' ', 1)[0]} …"


def _hits(text: str, window: Window, words: str) -> list[tuple[int, int]]:
    if not words.strip():
        return []
    try:
        found = places(text[window.start : window.end], terms(words))
    except LedgerError:  # a search that is none marks nothing; the list has said so
        return []
    return [(start + window.start, end + window.start) for start, end in found]
