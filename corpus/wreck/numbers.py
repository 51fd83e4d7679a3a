"""Damage to numbers: placeholders, lost and moved digits, swapped units; each is None where a document cannot bear it."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from functools import cache

from corpus.records import AnnotatedClaim, MiniDocument
from corpus.wreck.edits import Edit, Wreck, wrecked
from foreshock.knowledge import load_table
from foreshock.model.values import FigureState, Span

PLACEHOLDERS = ("XNUMX", "XNUM", "NUMX", "__NUM__", "{0}", "${DNT1}", "?")
YEAR = re.compile(r"(?<![\d.,])(?:19[5-9]|20[0-4])\d(?![\d.,]*\d|[万千百만천])")
YEARS = range(1980, 2040)
DIGITS = re.compile(r"\d+(?:[., \u00a0\u202f]\d{3})*(?!\d)")


def placeholder(document: MiniDocument, dice: random.Random) -> Wreck | None:
    """Put a placeholder for a number."""
    if (found := _numbers(document, dice)) is None:
        return None
    claims, span, digits = found
    edit = Edit(
        *digits, dice.choice(PLACEHOLDERS), "lost_number", "a placeholder of the translation engine stands for the number"
    )
    return wrecked(document, [edit], _with_state(document, claims, span, "lost"))


def lost_digit(document: MiniDocument, dice: random.Random) -> Wreck | None:
    """Drop a digit of a grouped number, so that one group is short: 12,400 becomes 12,40."""
    grouped = re.compile(r"\d{1,3}[., \u00a0\u202f]\d{3}(?!\d)")
    if (found := _numbers(document, dice, grouped)) is None:
        return None
    claims, span, digits = found
    words = document.text[slice(*digits)]
    edit = Edit(*digits, words[:-1], "suspect_number", "the last group of digits is short")
    return wrecked(document, [edit], _with_state(document, claims, span, "suspect"))


def moved_year(document: MiniDocument, dice: random.Random) -> Wreck | None:
    """Put a year before the counter: that of the same sentence, which leaves a placeholder, or one that stands nowhere else."""
    if (found := _numbers(document, dice)) is None:
        return None
    claims, span, digits = found
    start, end = document.sentences[document.sentence_of(span[0])]
    counted = {offset for claim in document.claims for one in claim.spans("n") for offset in range(*one)}
    years = [match for match in YEAR.finditer(document.text, start, end) if match.start() not in counted]
    year = dice.choice(years) if years else None
    new = str(dice.choice(YEARS)) if year is None else year[0]
    edits = [Edit(*digits, new, "suspect_number", "a year stands before a counter of things")]
    if year is not None:
        edits.append(Edit(year.start(), year.end(), "XNUMX", "lost_number", "a placeholder stands for the year"))
    return wrecked(document, edits, _with_state(document, claims, span, "suspect"))


def swapped_unit(document: MiniDocument, dice: random.Random) -> Wreck | None:
    """Put another unit behind a number, by the table of the language: 30 km becomes 30 people."""
    units = unit_words().get(document.language, [])
    cased = [unit for unit in units if unit]
    options = []
    for claims, span, digits in _all_numbers(document, DIGITS):
        for unit in cased:
            tail = re.compile(rf"\s?{re.escape(unit)}(?!\w)" if not _unspaced(unit) else re.escape(unit))
            if match := tail.match(document.text, digits[1]):
                others = [other for other in cased if other != unit]
                options.append((claims, span, match.end() - len(unit), match.end(), others))
    if not options:
        return None
    claims, span, start, end, others = dice.choice(options)
    edit = Edit(start, end, dice.choice(others), "unit_mismatch", "the unit does not fit what is counted")
    return wrecked(document, [edit], _with_state(document, claims, span, "suspect"))


@cache
def unit_words() -> dict[str, list[str]]:
    """Return the words that stand behind a number, by language (units.yaml)."""
    table: dict[str, list[str]] = load_table(__package__, "units.yaml")
    return table


def _unspaced(unit: str) -> bool:
    return unit[0] >= "\u2e80"


def _all_numbers(document: MiniDocument, pattern: re.Pattern[str]) -> list[tuple[list[int], Span, Span]]:
    """Every marked figure in digits: the claims that share its words, those words, and the digits in them."""
    by_span: dict[Span, list[int]] = {}
    for claim in document.claims:
        for span, count in zip(claim.spans("n"), claim.counts, strict=True):
            if count.state == "read" and count.what != "age":
                by_span.setdefault(span, []).append(claim.number)
    return [
        (claims, span, match.span())
        for span, claims in sorted(by_span.items())
        if (match := pattern.search(document.text, *span)) is not None
    ]


def _numbers(
    document: MiniDocument, dice: random.Random, pattern: re.Pattern[str] = DIGITS
) -> tuple[list[int], Span, Span] | None:
    options = _all_numbers(document, pattern)
    return dice.choice(options) if options else None


def _with_state(document: MiniDocument, numbers: list[int], span: Span, state: FigureState) -> list[AnnotatedClaim]:
    """The claims, with the figure of these words lost or suspect: nothing is read there any more."""
    return [
        replace(
            claim,
            counts=tuple(
                replace(count, low=None, best=None, high=None, state=state) if words == span else count
                for words, count in zip(claim.spans("n"), claim.counts, strict=True)
            ),
        )
        if claim.number in numbers
        else claim
        for claim in document.claims
    ]
