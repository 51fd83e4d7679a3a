"""Days of the corpus to be looked at again: python -m training.check_times [--language ru]

The annotator reckoned each "on Tuesday" against the header's date. Told here are days whose weekday is not the one that the words
name (names of weekdays from CLDR), and days that the rules read otherwise, where both give a day or closer; of the latter most
are days to come, which the rules take for past ones, so they are for review by a person.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from babel import Locale

from bench.time import over, table_of
from corpus import read_all
from corpus.records import LANGUAGES, AnnotatedClaim, MiniDocument
from foreshock import dates
from foreshock.coding.times import find_times


@cache
def weekdays(language: str) -> tuple[tuple[str, int], ...]:
    """Return the stems of the names of weekdays, the longest first, and their numbers from Monday 0.

    A stem lacks the last letter of a long name, for cases; short names count where a language joins words without blanks.
    """
    days = Locale(language).days["format"]
    wide = [(name.casefold()[: -1 if len(name) > 4 else None], number) for number, name in days["wide"].items()]
    short = [(name, number) for number, name in days["abbreviated"].items() if len(name) > 1 and name[0] >= "\u2e80"]
    return tuple(sorted((*wide, *short), key=lambda one: -len(one[0])))


def named_day(words: str, language: str) -> int | None:
    """Return the one weekday that the words name, or None where they name none or several."""
    left, found = words.casefold(), set()
    for stem, number in weekdays(language):
        left, times = re.subn(_edge(stem) + re.escape(stem) + r"\w*" * (stem[0] < "\u2e80"), " ", left)
        found |= {number} if times else set()
    return found.pop() if len(found) == 1 else None


def _edge(stem: str) -> str:
    return "" if stem[0] >= "\u2e80" else r"(?<!\w)"


def wrong_weekday(claim: AnnotatedClaim, words: str, language: str) -> str | None:
    """Return the weekday that the annotated days do not have, as its name; None where they have it or none is named."""
    if claim.time is None or (asked := named_day(words, language)) is None:
        return None
    days = [day for end in (claim.time.start, claim.time.end) if end and (day := dates.day_of(end)) is not None]
    if not days or any(day.weekday() == asked for day in days) or (days[-1] - days[0]).days > 1:
        return None
    return date(2024, 1, 1 + asked).strftime("%A")


def differing(document: MiniDocument) -> Iterator[tuple[AnnotatedClaim, str, str]]:
    """Yield each claim whose day is to be looked at, its words of time, and why."""
    mentions = find_times(
        document.text, offset=0, table=table_of(document.language), reference=document.published, anchor=document.published
    )
    for claim in document.claims:
        spans = claim.spans("w")
        if claim.time is None or claim.time.start is None or len(spans) != 1 or len(claim.time.start) < 10:
            continue
        words = document.text[slice(*spans[0])]
        if (wrong := wrong_weekday(claim, words, document.language)) is not None:
            yield claim, words, f"no {wrong}"
            continue
        read = [one.when for one in over(mentions, *spans[0]) if one.when.start and len(one.when.start) >= 10]
        ends = {day[:10] for one in read for day in (one.start, one.end) if day}
        if ends and not ends & {claim.time.start[:10], (claim.time.end or claim.time.start)[:10]}:
            yield claim, words, f"rules read {' '.join(sorted(ends))}"


def main() -> None:
    """Print each day to be looked at: where it stands, the day of publication, the words, the days annotated, and why."""
    parser = argparse.ArgumentParser(
        prog="python -m training.check_times", description=__doc__.splitlines()[0] if __doc__ else None
    )
    parser.add_argument("--language", action="append", choices=LANGUAGES, help="only these languages")
    given = parser.parse_args()
    documents, _ = read_all(languages=given.language or LANGUAGES)
    for document in documents:
        for claim, words, why in differing(document):
            told = f"{claim.time.start}..{claim.time.end}" if claim.time else ""
            print(f"{document.path}:{claim.line}\t{document.published}\t{words}\t{told}\t{why}")


if __name__ == "__main__":
    main()
