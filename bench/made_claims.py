"""Claims by the million, made by a seeded script from the distribution of our own example; what the bench of the ledger loads.

The dispatches of ``examples/kazakhstan-2022`` (invented outlets, our own words) are coded once. Each made document takes one of
them as its pattern: language, outlet, kinds, standings, holders, figures and damage of its claims are the pattern's. Words are
drawn anew, some of them spliced from two so that the vocabulary grows as it does in news; countries are drawn by the law of Zipf;
dates are shifted over two years. One document in thirty comes a second time, edited, so that codings supersede each other.
"""

from __future__ import annotations

import os
import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from itertools import accumulate
from pathlib import Path

from foreshock.dates import first_day
from foreshock.model import Claim, Document, Holder, Reading, claim_id, record_id
from foreshock.pipeline import Workbench, code, gather, read
from foreshock.settings import read_settings

EXAMPLE = Path(__file__).parents[1] / "examples" / "kazakhstan-2022" / "dispatches"
CODER = "rules@1"
FIRST = date(2023, 1, 1)
DAYS = 730
EDITED = 1 / 30
REDRAWN = 0.4
SPLICED = 0.12
ABOUT_CLAIMS = 12
# Where the made crises are; the first has a fifth of all.
# fmt: off
COUNTRIES = (
    "KAZ", "SDN", "UKR", "MMR", "HTI", "MLI", "PER", "SRB", "ETH", "IRQ", "LBN", "TCD", "NER", "GEO", "ARM", "BFA", "COD", "NGA",
    "YEM", "SYR", "PAK", "AFG", "BGD", "LKA", "THA", "KHM", "PHL", "VEN", "ECU", "COL", "BOL", "HND", "KEN", "UGA", "SOM", "SSD",
    "CAF", "CMR", "GIN", "SEN", "MOZ", "ZWE", "TUN", "DZA", "EGY", "LBY", "JOR", "TUR", "MDA", "BLR", "KGZ", "TJK", "UZB", "TKM",
)
# fmt: on
UNSPACED = ("ja", "zh")


@dataclass(frozen=True)
class Pattern:
    """A coded dispatch: what made documents are like."""

    reading: Reading
    claims: tuple[Claim, ...]

    @cached_property
    def day(self) -> date:
        """The day on which the dispatch was published."""
        return date.fromisoformat((self.reading.document.published or "2022-01-05")[:10])


@dataclass(frozen=True, slots=True)
class Made:
    """A made document as read, its claims, and when the ledger got to know it."""

    reading: Reading
    claims: tuple[Claim, ...]
    now: datetime


def patterns() -> list[Pattern]:
    """Return the example's dispatches, coded; those without a claim are left out."""
    now = datetime(2022, 1, 12, tzinfo=UTC)
    bench = Workbench(read_settings(EXAMPLE, os.environ))
    read_in = [
        read(one, bench, now=now) for one in gather(str(EXAMPLE), settings=bench.settings, now=now) if isinstance(one, Document)
    ]
    return [Pattern(one, claims) for one in read_in if (claims := code(one, bench))]


class Maker:
    """Makes documents with about twelve claims each, in the order in which they became known."""

    def __init__(self, found: Sequence[Pattern], *, claims: int, seed: int = 1) -> None:
        self._patterns = found
        self._claims = claims
        self._dice = random.Random(seed)
        self._words: dict[str, list[str]] = {one.reading.document.language: [] for one in found}
        for one in found:
            self._words[one.reading.document.language] += _pieces(one.reading.document.text, one.reading.document.language)
        self._shares = list(accumulate(1 / (rank + 1) for rank in range(len(COUNTRIES))))

    def __iter__(self) -> Iterator[Made]:
        documents = max(1, self._claims // ABOUT_CLAIMS)
        left, number = self._claims, 0
        while left > 0:
            minutes = min(number, documents) * DAYS * 1440 // documents
            now = datetime(FIRST.year, FIRST.month, FIRST.day, 6, tzinfo=UTC) + timedelta(minutes=minutes)
            made = self._document(number, now, left)
            yield made
            left -= len(made.claims)
            if left > 0 and self._dice.random() < EDITED:
                edited = self._edited(made, left)
                yield edited
                left -= len(edited.claims)
            number += 1

    def _document(self, number: int, now: datetime, left: int) -> Made:
        pattern = self._dice.choice(self._patterns)
        of = pattern.reading.document
        published = (now - timedelta(hours=self._dice.randrange(1, 30))).date()
        texts, chosen = [], [self._dice.choice(pattern.claims) for _ in range(min(left, self._dice.randrange(6, 19)))]
        for one in chosen:
            texts += [self._said(one.text, of.language), self._filling(of.language)]
        text = "\n".join(texts)
        document = self._stamped(replace(of, id=record_id("document", str(number)), published=published.isoformat()), text, now)
        country = COUNTRIES[bisect(self._shares, self._dice.random() * self._shares[-1])]
        claims, at = [], 0
        for place, one in enumerate(chosen):
            words = texts[2 * place]
            claims.append(_moved(one, document, at, words, country, published - pattern.day))
            at += len(words) + len(texts[2 * place + 1]) + 2
        return Made(replace(pattern.reading, document=document, sentences=()), _each_once(claims), now)

    def _edited(self, made: Made, left: int) -> Made:
        """Return the next version of a document: a sentence more at its end, the last claim gone."""
        document = made.reading.document
        text = f"{document.text}\n{self._filling(document.language)}"
        again = self._stamped(document, text, now := made.now + timedelta(hours=5))
        kept = made.claims[: min(left, max(1, len(made.claims) - 1))]
        claims = tuple(
            replace(one, version=again.version, id=claim_id(again.id, again.version, one.start, one.end, one.kind, one.coder))
            for one in kept
        )
        return Made(replace(made.reading, document=again), claims, now)

    def _stamped(self, document: Document, text: str, now: datetime) -> Document:
        known = now.strftime("%Y-%m-%dT%H:%M:%SZ")
        custody = replace(
            document.custody, sha256=sha256(text.encode()).hexdigest(), size=len(text.encode()), fetched_at=known,
            origin=f"{document.id}.txt",
        )  # fmt: skip
        return replace(
            document, version=record_id("version", document.title or "", text), text=text, fetched_at=known, custody=custody
        )

    def _said(self, text: str, language: str) -> str:
        pieces = _pieces(text, language)
        drawn = [self._word(language) if self._dice.random() < REDRAWN else one for one in pieces]
        return ("" if language in UNSPACED else " ").join(drawn)

    def _filling(self, language: str) -> str:
        words = [self._word(language) for _ in range(self._dice.randrange(6, 16))]
        return ("" if language in UNSPACED else " ").join(words) + ("。" if language in UNSPACED else ".")

    def _word(self, language: str) -> str:
        words = self._words[language]
        one = self._dice.choice(words)
        if self._dice.random() >= SPLICED:
            return one
        other = self._dice.choice(words)
        return one[: (len(one) + 1) // 2] + other[len(other) // 2 :]


def _pieces(text: str, language: str) -> list[str]:
    if language in UNSPACED:
        return [text[at : at + 2] for at in range(0, len(text), 2)]
    return text.split()


def _moved(one: Claim, document: Document, at: int, words: str, country: str, days: timedelta) -> Claim:
    place, when = one.place, one.when
    if place and place.country:
        place = replace(place, country=country)
    if when:
        when = replace(when, start=_later(when.start, days), end=_later(when.end, days))
    end = at + len(words)
    return replace(
        one, id=claim_id(document.id, document.version, at, end, one.kind, CODER), document_id=document.id,
        version=document.version, start=at, end=end, text=words, place=place, when=when, coder=CODER,
        holders=tuple(_shifted(holder, at - one.start) for holder in one.holders),
    )  # fmt: skip


def _shifted(holder: Holder, by: int) -> Holder:
    if holder.start is None or holder.end is None:
        return holder
    start, end = max(0, holder.start + by), max(0, holder.end + by)
    return replace(
        holder, start=start, end=end,
        cue=tuple((max(0, a + by), max(0, b + by)) for a, b in holder.cue),
        content=tuple((max(0, a + by), max(0, b + by)) for a, b in holder.content),
    )  # fmt: skip


def _later(prefix: str | None, days: timedelta) -> str | None:
    """Return a date that much later, with as much of it known as before."""
    if prefix is None:
        return None
    moved = (first_day(prefix) + days).isoformat()
    return moved[: len(prefix)] + prefix[10:]


def _each_once(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    return tuple({one.id: one for one in claims}.values())
