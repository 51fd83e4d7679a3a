"""The words and names of a text by which two reports of one event know each other, and how rare each is.

A term is a word cut to its first letters, a name, a number, or a pair of neighbouring Han characters: no list of words of any
language stands behind it. How rare a term is comes from the documents joined so far; before there are any, from its length
(Zipf's law of abbreviation: what is said often is short) and from whether it is a name or a number.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

STEM = 6  # letters: cutting words is as good as stemming for finding texts in European languages (McNamee and Mayfield 2004)
PSEUDO = 500.0  # documents that the guess of a term's rarity weighs as many as
NAME, FULL, NUMBER, PAIR = 0.001, 0.0003, 0.02, 0.02  # guesses: share of documents with a name, a full one, a number, two Han
SHARES = (1.0, 1.0, 0.9, 0.8, 0.4, 0.2, 0.1)  # of documents that have a word of as many letters; longer ones LONG
LONG = 0.02
RAREST = 8.3  # nats: one document in 4,000; rarer is as rare, so that scores mean the same in a ledger of a million

_PIECE = re.compile(
    r"(?P<kana>[\u30a1-\u30fa\u30fc]{2,})|(?P<han>[\u3400-\u9fff\uf900-\ufaff々]+)|(?P<skip>[\u3041-\u309f]+)"
    r"|(?P<number>\d[\d.,:]*\d|\d)|(?P<word>[^\W\d_]+)"
)
NAMED = re.compile(r"[\u30a1-\u30fa\u30fc]{2,}|(?<![^\W\d_])[A-ZÀ-ÖØ-ÞА-ЯЁ][^\W\d_]+")  # a word written as names are
_SEGMENT = re.compile(r"[.!?。！？…]+[\"”»’)\]]*\s+|\n+|\s[|\-–—:]+\s")
_OPENS = re.compile(r"(?:^|[.!?…:\n])[\s\"'“”«»‘’(\[–—-]*$")  # what stands before the first word of a sentence or headline
_SHORT = 8  # characters: a shorter segment is no line of a page
_APOSTROPHE = re.compile(r"(?<=\w)['’](?:s\b)?")


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a text with how often each stands in it.

    ``names`` are the terms written as names are; ``spelled`` is the first spelling of a word that was cut or levelled.
    """

    counts: Mapping[str, int]
    names: frozenset[str]
    spelled: Mapping[str, str]


def terms_of(text: str) -> Terms:
    """Return the terms of a text; numbers of one digit, hiragana and marks are none.

    A name is a word that the text writes with a capital inside a sentence and never without, or a run of katakana; two
    capitalised words in a row are a term of their own too, as a full name is far rarer than its parts.

    >>> sorted(terms_of("the police met Smith. Police left.").names), terms_of("自衛隊").counts
    (['smith'], {'自衛': 1, '衛隊': 1})
    """
    counts: Counter[str] = Counter()
    capital: set[str] = set()
    small: set[str] = set()
    spelled: dict[str, str] = {}
    before, end = "", -1  # the capitalised word before, and where it ended
    text = _APOSTROPHE.sub(" ", text)
    for match in _PIECE.finditer(text):
        piece, sort = match[0], match.lastgroup
        if sort == "han":
            counts.update(piece[at : at + 2] for at in range(len(piece) - 1))
        elif sort == "number":
            number = re.sub(r"[.,](?=\d{3})", "", piece)
            if len(number) > 1:
                counts[number] += 1
        elif sort == "kana":
            counts[piece] += 1
            capital.add(piece)
        elif sort == "word" and len(piece) > 1:
            term = piece.casefold()[:STEM]
            counts[term] += 1
            if not piece[0].isupper():
                small.add(term)
            elif not _OPENS.search(text, max(0, match.start() - 4), match.start()):
                capital.add(term)
            spelled.setdefault(term, piece)
            if piece[0].isupper() and before and match.start() - end <= 2:
                joint = f"{before} {term}"
                counts[joint] += 1
                spelled.setdefault(joint, f"{spelled[before]} {piece}")
            before, end = (term, match.end()) if piece[0].isupper() else ("", -1)
    return Terms(dict(counts), frozenset(capital - small), spelled)


def joint_of(first: str, second: str) -> str:
    """Return the term of two capitalised words.

    >>> joint_of("Matilda", "Tamm")
    'matild tamm'
    """
    return f"{first.casefold()[:STEM]} {second.casefold()[:STEM]}"


def segments_of(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the sentences, lines and parts of headlines of a text: a key of its words, start and end.

    What stands in many documents alike is the page's furniture ("All rights reserved") and tells of no event.
    """
    start = 0
    for end, after in [*((match.start(), match.end()) for match in _SEGMENT.finditer(text)), (len(text), len(text))]:
        words = text[start:end].strip()
        if len(words) >= _SHORT:
            yield hashlib.blake2b(words.casefold().encode("utf-8"), digest_size=8).hexdigest(), start, end
        start = after


def guess(term: str, *, name: bool) -> float:
    """Return the share of documents that a term is likely in, before any are counted.

    >>> guess("the", name=False), guess("armour", name=False), guess("smith", name=True)
    (0.8, 0.1, 0.001)
    """
    if " " in term:
        return FULL
    if name:
        return NAME
    if term[0].isdigit():
        return NUMBER
    if "\u3400" <= term[0] <= "\u9fff":
        return PAIR
    return SHARES[len(term)] if len(term) < len(SHARES) else LONG


def rarity(seen: int, documents: int, *, prior: float) -> float:
    """Return how rare a term is, in nats: minus the logarithm of the share of documents that have it.

    The share is that of ``documents`` read so far, ``seen`` of which have the term, joined with PSEUDO documents of which the
    share ``prior`` has it; RAREST at most. Example: a name (prior .001) in 2 of 1,000: -ln((2 + .5) / 1500) = 6.4.
    """
    return min(RAREST, -math.log(min(1.0, (seen + PSEUDO * prior) / (documents + PSEUDO))))
