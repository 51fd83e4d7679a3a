"""Times: given the words of a time, is the right calendar value read from them?

Source: test tables of Recognizers-Text (Microsoft, MIT licence): a sentence, a reference time, and for each time in it its words
and its value or values. PATH is one such .json or a folder of them; the file's name says the language (``Japanese.json``).

Metric: ``accuracy`` is the share of the points in time (types ``date`` and ``datetime``) read rightly; ``of`` is how many.
The words' span is given: it is right where a mention over at least half of it, found in the whole sentence, has the value.
Matching rule: a value with two readings counts if either is given; a date is right where our start is that day, a datetime
where our start is that minute; "now" is not asked, and neither are durations, sets, time zones and times of day without a date.
Words that do not stand in their sentence (a few rows of translations kept the English ones) are not asked.
A row is a whole document: "the next day" is told from the reference time until the row names another day.
Where the words themselves say no more than a month or a year ("three months ago"), a start that begins the value is right.
``ranges`` gives the same for ranges of dates (both ends, theirs exclusive; open ends as open).

PATH may also be, or hold, .yaml files of our own rows, one file a language (``ru.yaml``): ``text``, ``published``, ``words`` and
``start`` and ``end`` as a claim has them. Such a row is right where both are; a row where they are the same counts as a point.

Others, on the same set: dateparser en .44 es .39 fr .74 de .39 tr .42 ja .40 zh .16. Our bar: .85 for en ja fr es, .75 others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from foreshock import dates
from foreshock.coding.numbers import fold
from foreshock.coding.times import TimeMention, find_times, und_table
from foreshock.reading import languages

CODES = {
    "arabic": "ar", "chinese": "zh", "dutch": "nl", "english": "en", "englishothers": "en", "french": "fr", "german": "de",
    "hindi": "hi",
    "italian": "it", "japanese": "ja", "korean": "ko", "portuguese": "pt", "spanish": "es", "swedish": "sv", "turkish": "tr",
}  # fmt: skip
POINTS = {"date", "datetime"}
RANGES = {"daterange"}


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, object]:
    """Return ``accuracy`` and ``of`` over all files, and each language's; times are read by rules whatever the coder.

    Raises:
        FileNotFoundError: PATH holds no .json or .yaml file.
    """
    paths = sorted(path for path in data.iterdir() if path.suffix in {".json", ".yaml"}) if data.is_dir() else [data]
    if not paths or not paths[0].is_file():
        raise FileNotFoundError(f"{data} holds no .json or .yaml file; pass one, or a folder of them")
    by_file = {path.stem: (measure_own if path.suffix == ".yaml" else measure)(path, limit=limit) for path in paths}
    right, total = (sum(one[key] for one in by_file.values()) for key in ("right", "of"))
    by_language = {
        name: {
            "accuracy": _share(one["right"], one["of"]), "of": one["of"],
            "ranges": _share(one["ranges_right"], one["ranges_of"]), "ranges_of": one["ranges_of"],
        }
        for name, one in by_file.items()
    }  # fmt: skip
    return {"accuracy": _share(right, total), "of": total, "coder": coder, "languages": by_language}


def _share(right: int, total: int) -> float | None:
    return round(right / total, 3) if total else None


def table_of(code: str) -> Mapping[str, Any]:
    """Return the table of words for times of one language."""
    return languages.table(code) if languages.load(code).depth == "parsed" else und_table(code)


def measure_own(path: Path, *, limit: int | None = None, misses: list[str] | None = None) -> dict[str, int]:
    """Return how many of our own rows were read rightly, as :func:`measure` does for the tables of Recognizers-Text."""
    table = table_of(path.stem)
    count = {"right": 0, "of": 0, "ranges_right": 0, "ranges_of": 0}
    for row in yaml.safe_load(path.read_text(encoding="utf-8"))[:limit]:
        published = None if row.get("published") is None else str(row["published"])
        low = row["text"].index(row["words"])
        day = None if published is None else published[:10]
        mentions = find_times(row["text"], offset=0, table=table, reference=published, anchor=day)
        found = over(mentions, low, low + len(row["words"]))
        want = tuple(None if row[key] is None else str(row[key]) for key in ("start", "end"))
        good = any((one.when.start, one.when.end) == want for one in found)
        prefix = "" if want[0] == want[1] else "ranges_"
        count[f"{prefix}of"] += 1
        count[f"{prefix}right"] += good
        if misses is not None and not good:
            seen = [(one.when.raw, one.when.start, one.when.end) for one in found]
            misses.append(f"{prefix}own\t{published}\t{row['text']}\t{row['words']}\t{want}\t{seen}")
    return count


def measure(path: Path, *, limit: int | None = None, misses: list[str] | None = None) -> dict[str, int]:
    """Return how many points and ranges of one file were read rightly, of how many; ``misses`` collects those that were not."""
    table = table_of(CODES.get(path.stem.lower(), "und"))
    count = {"right": 0, "of": 0, "ranges_right": 0, "ranges_of": 0}
    for row in json.loads(path.read_text(encoding="utf-8-sig"))[:limit]:
        if "Context" not in row:
            continue
        reference = row["Context"].get("ReferenceDateTime", "")[:16]
        day = reference[:10] or None
        mentions = find_times(row["Input"], offset=0, table=table, reference=reference or None, anchor=day)
        for result in row.get("Results", ()):
            kind = str(result.get("TypeName", "")).rpartition(".")[2]
            resolution = result.get("Resolution")
            values = resolution.get("values") or [] if isinstance(resolution, dict) else []
            if kind not in POINTS | RANGES or not values or any(str(one.get("timex", "")) == "PRESENT_REF" for one in values):
                continue
            if fold(str(result["Text"])).strip().lower() not in fold(row["Input"]).lower():
                continue
            start = int(result.get("Start", row["Input"].lower().find(str(result["Text"]).lower())))
            found = over(mentions, start, int(result.get("End", start + len(str(result["Text"])) - 1)) + 1)
            good = any(_fits(one, kind, value) for one in found for value in values)
            prefix = "ranges_" if kind in RANGES else ""
            count[f"{prefix}of"] += 1
            count[f"{prefix}right"] += good
            if misses is not None and not good:
                seen = [(one.when.raw, one.when.start, one.when.end) for one in found]
                misses.append(
                    f"{kind}\t{reference}\t{row['Input']}\t{result['Text']}\t{[_gold(value) for value in values]}\t{seen}"
                )
    return count


def over(mentions: tuple[TimeMention, ...], start: int, end: int) -> list[TimeMention]:
    """Return the mentions that cover at least half of these words."""

    def shared(one: TimeMention) -> int:
        return min(one.end, end) - max(one.start, start)

    return [
        one for one in mentions if 2 * shared(one) >= min(end - start, one.end - one.start) and 2 * shared(one) >= (end - start)
    ]


def _gold(value: dict[str, Any]) -> str:
    return str(value.get("value") or f"{value.get('start', '')}..{value.get('end', '')}")


def _fits(mention: TimeMention, kind: str, value: dict[str, Any]) -> bool:
    when = mention.when
    if kind in RANGES:
        return _range_fits(mention, value)
    gold, start = str(value.get("value", "")).replace(" ", "T"), when.start
    if start is None or gold.startswith("not"):
        return start is None and gold == "notTresolved"
    if kind == "datetime" and len(start) == 16:
        return gold[:16] == start
    coarse = when.precision in {"month", "year"} and len(start) < 10
    if kind == "date" and not coarse:
        return gold[:10] == start[:10]
    return gold.startswith(start) if coarse else gold[:10] == start and gold[11:16] == "00:00"


def _range_fits(mention: TimeMention, value: dict[str, Any]) -> bool:
    when = mention.when
    first = None if when.start is None else dates.first_day(when.start)
    last = None if when.end is None else dates.last_day(when.end)
    start, end = (date.fromisoformat(str(value[key])[:10]) if value.get(key) else None for key in ("start", "end"))
    if (start is None) != (first is None) or (end is None) != (last is None):
        return False
    return (start is None or start == first) and (end is None or last is None or end in {last, last + timedelta(days=1)})
