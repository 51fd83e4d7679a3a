"""lost_number: the text had a number and it is gone. A placeholder, a question mark or nothing stands where it was."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from foreshock.model import Damage
from foreshock.reading.damage.page import Page, counters, one_of, rules

# What translation engines put for a number and forget to take out. Each may be part of a longer one: XNUMX.XNUMX.
_ONE = (
    r"XNUMX|(?i:(?<![a-z])X{1,2}NUM(?:BER)?X{0,2}(?![a-z])|(?<![a-z])NUMX(?![a-z])"
    r"|__+NUM(?:BER)?__+|[\[<{#@]{1,2}NUM(?:BER)?\d?[\]>}#@]{1,2})"
)
PLACEHOLDER = re.compile(
    rf"(?:{_ONE})(?:[.,](?:{_ONE}))*"
    r"|(?i:\$\{?DNT\d{1,3}\}?)"
    r"|(?<![A-Za-z0-9_{$]){{?\d{1,2}}}?(?![A-Za-z0-9_}])"
    r"|(?<![A-Za-z0-9_%])%(?:\d\$)?[sd](?![A-Za-z0-9_%])"
)
ZEROS = re.compile(r"(?<![\d.,:/-])0 0 / 0 0(?![\d.,:/-])")
BLANK = r"[□■＿�]+|_{2,}"


def find(page: Page) -> Iterator[Damage]:
    """Yield each place where a number was lost; the proposal is left to the detector of suspect numbers, which can argue."""
    for match in PLACEHOLDER.finditer(page.text):
        yield _lost(match.start(), match.end(), page, "a placeholder of a translation engine stands where a number was")
    for match in ZEROS.finditer(page.text):
        yield _lost(match.start(), match.end(), page, "only zeros are left of two numbers, which no source writes this way")
    if not rules("units", page.language):
        return
    for pattern, why in _patterns(page.language):
        for match in pattern.finditer(page.text):
            yield _lost(match.start("at"), match.end("at"), page, why)
    yield from _gaps(page)


def _lost(start: int, end: int, page: Page, why: str) -> Damage:
    return Damage("lost_number", start, end, page.text[start:end], None, why)


@functools.cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    units = rules("units", language)
    unit = counters(language)
    spaced = units.get("spaced", True)
    about = one_of(units.get("about") or ())
    asked = "a question mark or a blank stands before a counter, where a number was"
    bare = "a counter stands without its number right after a word that calls for one"
    left = r"(?<!\w)" if spaced else ""
    gap, white = (r"\s", r"\s+") if spaced else (r"\s?", "")
    marks = re.compile(rf"{left}(?:{about}){gap}?(?P<at>[?？]|{BLANK})\s?(?={unit})", re.IGNORECASE)
    blanks = re.compile(rf"(?P<at>{BLANK})\s?(?={unit})")
    patterns = [(marks, asked), (blanks, asked)]
    if language in ("ko", "ja", "zh"):
        # An ordinal needs no counter after it: 제 ? 통신.
        patterns.append(
            (re.compile(r"(?<=[제第])\s?(?P<at>[?？])(?=\s?\w)"), "a question mark stands where an ordinal number was")
        )
    quantity = one_of(units.get("quantity") or ())
    people = counters(language, "person", "day", "time")
    # The span of a number that left nothing is the counter: there is no other character to show.
    alone = f"(?!{units['nouns']})" if "nouns" in units else ""
    patterns.append((re.compile(rf"{left}(?:{quantity}){white}(?P<at>{alone}{people})", re.IGNORECASE), bare))
    if units.get("span"):
        spans = rf"(?:{one_of(units['span'])})(?P<at>{alone}{counters(language, 'day')})"
        patterns.append((re.compile(spans), bare))
    return tuple(patterns)


def _gaps(page: Page) -> Iterator[Damage]:
    """Yield two spaces before a counter, in a text that does not otherwise write two spaces between words."""
    if not rules("units", page.language).get("spaced", True):
        return
    gaps = list(re.finditer(r"(?<=[^\W\d])(?P<at> {2})(?=[^\W\d])", page.text))
    unit = re.compile(counters(page.language, "person", "day", "time", "thing"))
    before = [gap for gap in gaps if unit.match(page.text, gap.end())]
    if len(gaps) - len(before) > len(before):
        return
    for gap in before:
        yield _lost(gap.start(), gap.end(), page, "two spaces before a counter, and nowhere else: a number fell out between them")
