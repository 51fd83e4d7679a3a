"""Times: given the words of a time, is the right calendar value read from them?

Source: test tables of Recognizers-Text (Microsoft, MIT licence): a sentence, a reference time, and for each time in it its words
and its value or values. PATH is one such .json or a folder of them; the file's name says the language (``Japanese.json``).

Metric: ``accuracy`` is the share of the points in time (types ``date`` and ``datetime``) read rightly; ``of`` is how many.
The words' span is given: it is right where a mention over at least half of it, found in the whole sentence, has the value.
Matching rule: a value with two readings counts if either is given; a date is right where our start is that day, a datetime
where our start is that minute; "now" is not asked, and neither are durations, sets, time zones and times of day without a date.
Where the words themselves say no more than a month or a year ("three months ago"), a start that begins the value is right.
``ranges`` gives the same for ranges of dates (both ends, theirs exclusive; open ends as open).

Others, on the same set: dateparser en .44 es .39 fr .74 de .39 tr .42 ja .40 zh .16. Our bar: .85 for en ja fr es, .75 others.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from foreshock import dates
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
        FileNotFoundError: PATH holds no .json file.
    """
    paths = sorted(data.glob("*.json")) if data.is_dir() else [data]
    if not paths or not paths[0].is_file():
        raise FileNotFoundError(f"{data} holds no .json file; pass one, or a folder of them")
    by_file = {path.stem: measure(path, limit=limit) for path in paths}
    right, total = (sum(one[key] for one in by_file.values()) for key in ("right", "of"))
    languages = {
        name: {
            "accuracy": _share(one["right"], one["of"]), "of": one["of"],
            "ranges": _share(one["ranges_right"], one["ranges_of"]), "ranges_of": one["ranges_of"],
        }
        for name, one in by_file.items()
    }  # fmt: skip
    return {"accuracy": _share(right, total), "of": total, "coder": coder, "languages": languages}


def _share(right: int, total: int) -> float | None:
    return round(right / total, 3) if total else None


def measure(path: Path, *, limit: int | None = None, misses: list[str] | None = None) -> dict[str, int]:
    """Return how many points and ranges of one file were read rightly, of how many; ``misses`` collects those that were not."""
    code = CODES.get(path.stem.lower(), "und")
    table = languages.table(code) if code in languages.codes() else und_table(code)
    count = {"right": 0, "of": 0, "ranges_right": 0, "ranges_of": 0}
    for row in json.loads(path.read_text(encoding="utf-8-sig"))[:limit]:
        if "Context" not in row:
            continue
        reference = row["Context"].get("ReferenceDateTime", "")[:16]
        mentions = find_times(row["Input"], offset=0, table=table, reference=reference or None)
        for result in row.get("Results", ()):
            kind = str(result.get("TypeName", "")).rpartition(".")[2]
            resolution = result.get("Resolution")
            values = resolution.get("values") or [] if isinstance(resolution, dict) else []
            if kind not in POINTS | RANGES or not values or any(str(one.get("timex", "")) == "PRESENT_REF" for one in values):
                continue
            start = int(result.get("Start", row["Input"].lower().find(str(result["Text"]).lower())))
            found = _over(mentions, start, int(result.get("End", start + len(str(result["Text"])) - 1)) + 1)
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


def _over(mentions: tuple[TimeMention, ...], start: int, end: int) -> list[TimeMention]:
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
    return gold.startswith(start) if coarse else gold[:10] == start and (kind == "date" or gold[11:16] == "00:00")


def _range_fits(mention: TimeMention, value: dict[str, Any]) -> bool:
    when = mention.when
    first = None if when.start is None else dates.first_day(when.start)
    last = None if when.end is None else dates.last_day(when.end)
    start, end = (date.fromisoformat(str(value[key])[:10]) if value.get(key) else None for key in ("start", "end"))
    if (start is None) != (first is None) or (end is None) != (last is None):
        return False
    return (start is None or start == first) and (end is None or last is None or end in {last, last + timedelta(days=1)})
