"""A day of the world's news, made: what joining at scale is measured on; no text means anything.

Drawn by a seed, in the shape that news has:

- events are told by a law of the rich (Pitman and Yor 1997, discount .6): a few by thousands of documents, most by one or two;
- half of the documents carry their event's wire text, whole or cut, under a line of their outlet, and most credit the agency;
  an event that is told on gets a new edition of the wire; the rest are told in words of their own;
- sixteen languages: words are those of our corpus with their frequencies, a part of them the event's own; names are spliced;
- 2,000 outlets by the law of Zipf, each in one language;
- two to nineteen claims a document, some of them of another event, or of none.

All is published within one day; the events lie in it and the days before. ``event`` is what the document tells of.
"""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import accumulate

from corpus import TEXTS, read_all
from corpus.records import LANGUAGES
from foreshock.model import Actor, Claim, Custody, Document, Figure, Holder, Place, Reading, When, claim_id, record_id
from foreshock.model.values import FigureWhat, Kind

CODER, DAY = "made@1", datetime(2033, 5, 9, tzinfo=UTC)
DISCOUNT, NEW = 0.6, 30.0
COPIED, CUT, CREDITED, EDITION, ASIDE = 0.5, 0.3, 0.6, 60, 0.1
OUTLETS, AGENCIES = 2_000, ("Tin Kettle Wire", "Paper Lantern Agency", "Salt Road Press")
UNSPACED = frozenset({"ja", "zh"})
# fmt: off
COUNTRIES = (
    "KAZ", "SDN", "UKR", "MMR", "HTI", "MLI", "PER", "SRB", "ETH", "IRQ", "LBN", "TCD", "NER", "GEO", "ARM", "BFA", "COD", "NGA",
    "YEM", "SYR", "PAK", "AFG", "BGD", "LKA", "THA", "KHM",
)
# fmt: on
Sort = tuple[Kind, str | None, FigureWhat | None]
# Kind, mode and what is counted of the claims that tell an event.
SORTS: tuple[tuple[Sort, ...], ...] = (
    (("ASSAULT", "explosives", None), ("HARM", "killed", "killed"), ("HARM", "injured", "injured")),
    (("PROTEST", "demonstrate", "participants"), ("COERCE", "arrest", "detained"), ("PROTEST", "riot", None)),
    (("COERCE", "arrest", "detained"), ("ACCUSE", "allege", None)),
    (("CONTROL", "seize", None), ("MOBILIZE", "troops", "deployed"), ("HARM", "killed", "killed")),
    (("OFFICE", "resign", None), ("ACCUSE", "allege", None), ("AGREE", "sign", None)),
)
BACKGROUND: tuple[Sort, ...] = (("STATE", None, None), ("ASSESS", "judgement", None))


@dataclass(frozen=True, slots=True)
class Made:
    """A made document as read, its claims, when it became known, and the event that it tells of."""

    reading: Reading
    claims: tuple[Claim, ...]
    now: datetime
    event: int


@dataclass
class _Event:
    """What the reports of an event share."""

    number: int
    sort: int
    country: str
    place: Place
    day: str
    persons: tuple[str, str]
    number_told: int
    told: int = 0
    words: dict[str, list[str]] = field(default_factory=dict)


class Newsday:
    """Makes the documents of a day in the order in which they become known, until they have so many claims."""

    def __init__(self, *, claims: int, seed: int = 1, day: datetime = DAY) -> None:
        documents, _ = read_all(TEXTS)
        self._claims, self._day, self._dice = claims, day, random.Random(seed)
        self._seed = seed
        self._words: dict[str, list[str]] = {code: [] for code in LANGUAGES}
        for one in documents:
            self._words[one.language] += _pieces(one.text, one.language)
        self._shares = list(accumulate(1 / (rank + 1) for rank in range(OUTLETS)))
        self._lands = list(accumulate(1 / (rank + 1) for rank in range(len(COUNTRIES))))
        self._events: list[_Event] = []
        self._told: list[int] = []  # the event of each document

    def __iter__(self) -> Iterator[Made]:
        left, of = self._claims, max(1, self._claims // 7)
        while left > 0:
            number = len(self._told)
            now = self._day + timedelta(seconds=min(number, of) * 86_000 // of)
            made = self._document(number, self._event(), now, left)
            left -= len(made.claims)
            yield made

    def _event(self) -> _Event:
        """Return the event of the next document: a new one, or one told before, those told most the likeliest."""
        n = len(self._told)
        if self._dice.random() * (n + NEW) < NEW + DISCOUNT * len(self._events):
            self._events.append(event := self._founded(len(self._events)))
        else:
            event = self._events[self._dice.choice(self._told)]
            while self._dice.random() * event.told >= event.told - DISCOUNT:
                event = self._events[self._dice.choice(self._told)]
        event.told += 1
        self._told.append(event.number)
        return event

    def _founded(self, number: int) -> _Event:
        dice = random.Random(f"{self._seed} event {number}")
        country = COUNTRIES[bisect(self._lands, dice.random() * self._lands[-1])]
        town = self._name(dice)
        spot = round(dice.uniform(-50, 60), 2), round(dice.uniform(-170, 170), 2)
        day = (self._day - timedelta(days=min(int(dice.expovariate(1.0)), 6))).date().isoformat()
        persons = (f"{self._name(dice)} {self._name(dice)}", f"{self._name(dice)} {self._name(dice)}")
        place = Place(town, town, country, *spot, "city")
        return _Event(number, dice.randrange(len(SORTS)), country, place, day, persons, dice.randrange(2, 400))

    def _name(self, dice: random.Random) -> str:
        one, other = (dice.choice(self._words["en"]) for _ in range(2))
        return (one[: (len(one) + 1) // 2] + other[len(other) // 2 :] + dice.choice(("ov", "an", "i", "el", "ur"))).title()

    def _document(self, number: int, event: _Event, now: datetime, left: int) -> Made:
        dice = self._dice
        outlet = bisect(self._shares, dice.random() * self._shares[-1])
        language = LANGUAGES[min(int(random.Random(outlet).expovariate(0.25)), 15)]
        name = f"{LANGUAGES[outlet % 16].title()} Gazette {outlet}"
        copies = dice.random() < COPIED
        edition = event.told // EDITION
        own = random.Random(f"{self._seed} wire {event.number} {language} {edition}" if copies else f"{self._seed} own {number}")
        told = self._sentences(event, language, own)
        if copies and dice.random() < CUT:
            told = told[: max(2, len(told) // 2)]
        told = told[:left]
        if dice.random() < ASIDE and len(self._events) > 1 and len(told) > 2:
            told[-1] = self._sentence(dice.choice(self._events), language, dice, 0)
        agency = AGENCIES[event.number % len(AGENCIES)]
        head = f"({agency}) " if copies and dice.random() < CREDITED else ""
        text = head + "\n".join(words for words, _, _ in told) + f"\nAll rights reserved, {name}, newsroom and archive."
        published = now.strftime("%Y-%m-%dT%H:%M:%SZ")
        custody = Custody(sha256(text.encode()).hexdigest(), len(text), published, str(number))
        document = Document(
            record_id("document", str(self._seed), str(number)), record_id("version", text), name, None, language, None, text,
            published[:10], None, published, "text/plain", custody,
        )  # fmt: skip
        at, claims = len(head), []
        for words, which, of in told:
            claims.append(_claim(document, at, words, which, of, dice))
            at += len(words) + 1
        return Made(Reading(document, (), "surface", "made"), tuple(claims), now, event.number)

    def _sentences(self, event: _Event, language: str, dice: random.Random) -> list[tuple[str, int, _Event]]:
        size = dice.randrange(2, 6) if dice.random() < 0.6 else dice.randrange(8, 20)
        return [self._sentence(event, language, dice, number) for number in range(size)]

    def _sentence(self, event: _Event, language: str, dice: random.Random, number: int) -> tuple[str, int, _Event]:
        if language not in event.words:
            mine = random.Random(f"{event.number} words {language}")
            event.words[language] = [mine.choice(self._words[language]) for _ in range(40)]
        words = [
            dice.choice(event.words[language] if dice.random() < 0.35 else self._words[language])
            for _ in range(dice.randrange(8, 18))
        ]
        which = number if number < 3 else dice.randrange(-2, 3)
        named = (event.place.name, event.persons[number % 2], str(event.number_told))
        for name in named if number < 2 else named[:1] if dice.random() < 0.4 else ():
            words.insert(dice.randrange(1, len(words)), name)
        return ("" if language in UNSPACED else " ").join(words) + ("。" if language in UNSPACED else "."), which, event


def _claim(document: Document, at: int, words: str, which: int, event: _Event, dice: random.Random) -> Claim:
    sorts = SORTS[event.sort]
    kind, mode, what = BACKGROUND[which] if which < 0 else sorts[which % len(sorts)]
    end, known = at + len(words), dice.random()
    actor, recipient = Actor(event.persons[0], event.persons[0], event.country, "GOV"), Actor(event.persons[1], event.persons[1])
    n = float(event.number_told)
    figure = Figure(
        what or "other", None, "person", n, n, n, None, None, None, None, "read", (), str(event.number_told), at, at + 3
    )
    return Claim(
        id=claim_id(document.id, document.version, at, end, kind, CODER), document_id=document.id, version=document.version,
        language=document.language, start=at, end=end, text=words, kind=kind, mode=mode, status="asserted", negated=False,
        certainty="certain", phase=None, basis="unstated",
        holders=(Holder(document.source, "document", "", "asserted"),
                 *((Holder("the interior ministry", "speaker", "the ministry", "asserted"),) if known < 0.3 else ())),
        actor=actor if known < 0.5 else None, recipient=recipient if known > 0.7 else None,
        place=event.place if known < 0.8 else None,
        when=When(event.day, event.day, "day", event.day) if 0.2 < known < 0.8 else None,
        figures=(figure,) if what and known < 0.7 else (), damage=(), confidence=0.8, coder=CODER,
    )  # fmt: skip


def _pieces(text: str, language: str) -> list[str]:
    if language in UNSPACED:
        return [text[at : at + 2] for at in range(0, len(text), 2)]
    return [word for word in text.split() if word.isalpha()]
