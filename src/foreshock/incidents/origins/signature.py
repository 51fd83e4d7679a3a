"""What joining remembers of a document to find its copies: no text, only hashes, numbers, names of countries and its credits."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from sys import intern
from typing import Any

from foreshock.incidents.origins.marks import Credit, credits, own_mark
from foreshock.incidents.origins.names import outlet_key
from foreshock.incidents.origins.numbers import numbers
from foreshock.incidents.origins.passages import body, sentences
from foreshock.incidents.origins.quotes import quotes
from foreshock.incidents.origins.shingles import Sketch, sketch_of, tokens, unpacked
from foreshock.incidents.origins.topics import days_around, topic_keys, topics
from foreshock.incidents.ready import Ready
from foreshock.model import Coding, Entry

SPACE = "signature"
MOST_NUMBERS, MOST_QUOTES = 60, 12
WHOLE, TOPICS = 6_000, 40_000  # at hand: of some 6 KB each, and of some 300 bytes
# Lines of these credits are no part of the report; a dateline or a first paragraph is.
OUTSIDE = frozenset(["reprint", "translation"])


@dataclass(frozen=True, slots=True)
class Signature:
    """What is remembered of one version of a document.

    Attributes:
        published: ISO prefix of the time of publication, or None.
        day: ISO day of publication; where it is not known to the day, that on which we knew the document.
        arrival: of the first coding of the document.
        letters: letters of the body; sentences: how many it has.
        sketch: packed hashes of ``count`` shingles at a scale of ``2**-shift``, see :mod:`foreshock.incidents.origins.shingles`.
        numbers: values of all numbers of the body.
        topics: telling numbers, countries and places, see :mod:`foreshock.incidents.origins.topics`.
        quotes: keys of long quotations.
        own: the words that show it to be output of ours, else None.
        copies: keys under which copies of it are found.
    """

    document_id: str
    version: str
    source: str
    language: str
    published: str | None
    day: str
    arrival: int
    letters: int
    sentences: int
    count: int
    shift: int
    sketch: str
    numbers: tuple[float, ...]
    topics: tuple[str, ...]
    quotes: tuple[str, ...]
    credits: tuple[Credit, ...]
    own: str | None
    copies: tuple[str, ...]

    def shingles(self) -> Sketch:
        """Return the sketch, ready to compare."""
        return unpacked(self.sketch, self.count, self.shift)

    def keys(self) -> tuple[str, ...]:
        """Return the keys under which the document is kept; output of ours is never found."""
        if self.own:
            return ()
        credited = (f"{self.day}|a:{outlet_key(one.name)}" for one in self.credits)
        own = f"{self.day}|s:{outlet_key(self.source)}"
        return tuple(dict.fromkeys((*self.verbatim(), own, *credited, *topic_keys(self.topics, self.day))))

    def verbatim(self) -> tuple[str, ...]:
        """Return the keys of its words: shingles and quotations."""
        return (*self.copies, *(f"q:{one}" for one in self.quotes))

    def tied(self) -> tuple[str, ...]:
        """Return the keys of documents of three days before and after that credits tie to it."""
        found: list[str] = []
        for day in days_around(self.day):
            found.append(f"{day}|a:{outlet_key(self.source)}")
            found += [f"{day}|{kind}:{outlet_key(one.name)}" for one in self.credits for kind in "sa"]
        return tuple(dict.fromkeys(found))

    def near(self) -> tuple[str, ...]:
        """Return the keys of documents of those days with its topics."""
        return tuple(key for day in days_around(self.day) for key in topic_keys(self.topics, day))

    def entry(self, known_at: str, arrival: int) -> Entry:
        """Return the entry of the space "signature"; ``arrival`` is that of the coding that it was made of."""
        value = {field.name: _plain(getattr(self, field.name)) for field in fields(self)}
        return Entry(self.document_id, arrival, known_at, value, self.keys())


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [asdict(one) if isinstance(one, Credit) else one for one in value]
    return value


def signature_of(coding: Coding) -> Signature:
    """Return the signature of a coding's document."""
    document = coding.document
    found = credits(document.text, source=document.source)
    plain = "\n".join(body(document.text, without={one.line for one in found if one.how in OUTSIDE}))
    sketch, copies = sketch_of(tokens(plain))
    day = (document.published or "")[:10]
    return Signature(
        document_id=document.id,
        version=document.version,
        source=document.source,
        language=document.language,
        published=document.published,
        day=day if len(day) == 10 else coding.known_at[:10],
        arrival=coding.arrival,
        letters=len(plain),
        sentences=len(sentences(plain)),
        count=sketch.count,
        shift=sketch.shift,
        sketch=sketch.packed(),
        numbers=tuple(numbers(plain)[:MOST_NUMBERS]),
        topics=topics(plain, coding.claims),
        quotes=tuple(quotes(plain))[:MOST_QUOTES],
        credits=found,
        own=own_mark(document.text),
        copies=copies,
    )


@dataclass(frozen=True, slots=True)
class _Topics:
    """The part of a signature by which the most alike are chosen."""

    topics: tuple[str, ...]


class Signatures:
    """Signatures at hand, each with the moment from which its document was known, and the mere topics of many more."""

    def __init__(self, whole: int = WHOLE, topics: int = TOPICS) -> None:
        """Keep nothing yet; at most so many."""
        self.whole: Ready[Signature, tuple[Signature, str]] = Ready(SPACE, Signature, _known, most=whole)
        self.topics: Ready[_Topics, frozenset[str]] = Ready(SPACE, _Topics, _interned, most=topics)

    def keep(self, signature: Signature, entry: Entry) -> None:
        """Keep a signature that was put."""
        self.whole.keep(entry.ref, (signature, entry.known_at))
        self.topics.keep(entry.ref, _interned(_Topics(signature.topics)))

    def clear(self) -> None:
        """Forget all."""
        self.whole.clear()
        self.topics.clear()


def _known(signature: Signature, known_at: str) -> tuple[Signature, str]:
    return signature, known_at


def _interned(part: _Topics, _: str = "") -> frozenset[str]:
    return frozenset(map(intern, part.topics))
