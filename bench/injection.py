"""Injected damage: is a figure that was damaged on purpose still given as a number that was read?

Source: our own clean sentences (tests/gold/figures/injection.yaml). A seeded injector damages the one marked figure of each in
every way that the sentence allows: ``placeholder`` (an engine's mark, or nothing, where the digits stood), ``swapped_unit`` (a
measure instead of its counter, only where the text contradicts it: what is said is said of people alone, or the figure is told of
again), ``swapped_pair`` (the figure and a year of the text change places), ``glued`` (the blank beside the digits is gone; not
where the script has none), ``dropped_digit`` (only where the same figure is told of again), ``mojibake`` (the word beside the
digits is UTF-8 read as a code page; not for words of ASCII).

Metric: ``damage_abstained`` is the share of injected figures that no read figure with a best value overlaps, nor adjoins but for
a blank; ``clean_recall`` the share of the undamaged ones that are read with their value. Abstention counts for nothing below a
clean recall of .95. Each is also given by language and by kind. Best known: no other tool abstains.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from foreshock.model import Figure

SEED = 20220108
PLACEHOLDERS = ("XNUMX", "XNUM", "NUMX", "__NUM__", "{0}", "${DNT1}", "%s", "?", "--", "##", "")  # "": the counter stands bare
PAGES = ("cp1252", "latin-1", "cp1251")
Reader = Callable[[str, str], tuple[Figure, ...]]


@dataclass(frozen=True, slots=True)
class Injected:
    """A damaged text: the kind of damage, and where the figure stands or stood."""

    kind: str
    text: str
    start: int
    end: int


def measure(path: Path, read: Reader, *, limit: int | None = None, misses: list[str] | None = None) -> dict[str, Any]:
    """Return ``damage_abstained`` and ``clean_recall`` of a table, in all, by language and by kind.

    Args:
        path: the table, by language ``wrong`` (units) and ``rows``.
        read: the figures of a text in a language, the text being a document of its own.
        limit: how many sentences of each language.
        misses: collects what was not right, one line a text.
    """
    told: Counter[tuple[str, str]] = Counter()
    for code, table in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        rng = random.Random(f"{SEED} {code}")
        for row in table["rows"][:limit]:
            value = float(re.sub(r"[^\d]", "", row["number"]))
            start = row["text"].index(row["number"])
            clean = any(one.best == value for one in over(read(row["text"], code), start, start + len(row["number"])))
            _count(told, code, "clean", good=clean)
            if not clean and misses is not None:
                misses.append(f"{code} clean\t{row['text']}")
            for one in injected(row, table["wrong"], code, rng):
                kept = [f for f in over(read(one.text, code), one.start, one.end) if f.state == "read" and f.best is not None]
                _count(told, code, one.kind, good=not kept)
                if kept and misses is not None:
                    misses.append(f"{code} {one.kind}\t{one.text}\t{[(f.raw, f.what, f.best) for f in kept]}")
    kinds = sorted({kind.rpartition(" ")[0] for _, kind in told} - {"clean"})
    codes = sorted({code for code, _ in told})
    return {
        "damage_abstained": _share(told, codes, kinds),
        "clean_recall": _share(told, codes, ["clean"]),
        "abstained_by_kind": {kind: _share(told, codes, [kind]) for kind in kinds},
        "abstained_by_language": {code: _share(told, [code], kinds) for code in codes},
        "injected": sum(told[code, f"{kind} of"] for code in codes for kind in kinds),
    }


def over(figures: tuple[Figure, ...], start: int, end: int) -> list[Figure]:
    """Return the figures that overlap a span, or adjoin it but for one character."""
    return [one for one in figures if one.start <= end + 1 and start - 1 <= one.end]


def injected(row: Mapping[str, Any], wrong: list[str], code: str, rng: random.Random) -> Iterator[Injected]:
    """Yield the damaged forms of a sentence: one of each kind that it allows."""
    text, number, counter = str(row["text"]), str(row["number"]), str(row["counter"])
    start = text.index(number + counter)
    end = start + len(number)
    mark = rng.choice(PLACEHOLDERS)
    behind_mark = text[end:] if mark else text[end:].lstrip()
    yield Injected("placeholder", text[:start] + mark + behind_mark, start, start + len(mark))
    if row.get("people") or row.get("again"):
        unit = rng.choice(wrong)
        yield Injected("swapped_unit", text[:end] + unit + text[end + len(counter) :], start, end)
    if row.get("year"):
        year = str(row["year"])
        swapped = text.replace(year, "\0").replace(number, year, 1).replace("\0", number)
        at = swapped.index(year + counter)
        yield Injected("swapped_pair", swapped, at, at + len(year))
    if counter.startswith(" "):
        behind = rng.random() < 0.5 or text[start - 1 : start] != " "
        glued = text[:end] + text[end + 1 :] if behind else text[: start - 1] + text[start:]
        at = glued.index(number)
        yield Injected("glued", glued, at, at + len(number))
    digits = [place for place, sign in enumerate(number) if sign.isdigit()]
    if row.get("again"):
        gone = rng.choice(digits)
        short = number[:gone] + number[gone + 1 :]
        yield Injected("dropped_digit", text[:start] + short + text[end:], start, start + len(short))
    broken = _mojibake(counter, "cp1251" if code in ("ru", "uk") else None)
    if broken:
        yield Injected("mojibake", text[:end] + broken + text[end + len(counter) :], start, end)


def _mojibake(words: str, page: str | None) -> str | None:
    """Return words whose UTF-8 was read as a code page; None where that changes nothing or cannot be."""
    for name in (page,) if page else PAGES:
        try:
            broken = words.encode().decode(name)
        except UnicodeDecodeError:
            continue
        return broken if broken != words else None
    return None


def _count(told: Counter[tuple[str, str]], code: str, kind: str, *, good: bool) -> None:
    told[code, f"{kind} of"] += 1
    told[code, f"{kind} good"] += good


def _share(told: Counter[tuple[str, str]], codes: Iterable[str], kinds: Iterable[str]) -> float | None:
    pairs = list(product(codes, kinds))
    of, good = (sum(told[code, f"{kind} {what}"] for code, kind in pairs) for what in ("of", "good"))
    return round(good / of, 3) if of else None
