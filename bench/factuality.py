"""Factuality: how far does a sentence commit its author to the event that a word names, from -3 to 3?

Source: UW (Lee et al. 2015, news) and UDS-IH2 (White et al. 2016, web) as unified by Rudinger et al. (2018). PATH is one
.jsonl of them, or a folder: ``text`` of words parted by blanks, ``targets`` with ``span1`` (words, half-open) and ``label``.

Metric: ``macro_f1`` over three classes, labels and values cut at -.5 and .5 (not so, open, so), and ``pearson_r`` of the values.
Matching rule: the value is that of the whole chain of holders, by the table of ``foreshock/coding/factuality.yaml``; a word in no
clause that we read is open (0). The table has whole steps and nothing in it is computed from labels; which classes of clauses it
tells apart, and on which side of 0 those of the second question lie, was argued with the train parts of both sets at hand.
Over a folder, the files' mean is given and each. The two sets ask different questions, whether an event is held to be or come
(UW) and whether it happened (UDS), so that "will leave" is near 2 in one and near -2 in the other; the table has a column for
each. Which one a file asks is told by the grid of its labels: means of five whole judgements lie on fifths (UW), weighted means
of two on eighths (UDS).

Others, on these sets: ridge regression trained on them macro F1 .55-.60, r .67; TruthTeller r .71. Our bar: .62 and .70.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import correlation, mean
from typing import Any

from foreshock.coding.factuality import Factuality, Question
from foreshock.coding.frames import Frames
from foreshock.model import Sentence
from foreshock.reading.languages import load
from foreshock.reading.languages.base import Parse

CUT = 0.5
BATCH = 512


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:
    """Return ``macro_f1`` and ``pearson_r``: the mean over files, and each file's own.

    Raises:
        FileNotFoundError: PATH holds no .jsonl file.
    """
    paths = sorted(data.glob("*.jsonl")) if data.is_dir() else [data]
    if not paths or not paths[0].is_file():
        raise FileNotFoundError(f"{data} holds no .jsonl file; pass one, or a folder of them")
    each = {path.stem: measure(path, limit=limit) for path in paths}
    keys = ("macro_f1", "pearson_r")
    return {**{key: round(mean(one[key] for one in each.values()), 3) for key in keys}, "coder": coder, "files": each}


def measure(path: Path, *, limit: int | None = None) -> dict[str, Any]:
    """Return the figures of one file: ``macro_f1``, ``pearson_r``, ``of`` targets and the F1 of each class."""
    gold, told = [], []
    for label, value in pairs(path, limit):
        gold.append(label)
        told.append(value)
    by_class = {name: _f1(name, gold, told) for name in ("not", "open", "so")}
    return {
        "macro_f1": round(mean(by_class.values()), 3),
        "pearson_r": round(correlation(gold, told), 3),
        "of": len(gold),
        "f1": {name: round(value, 3) for name, value in by_class.items()},
    }


def pairs(path: Path, limit: int | None) -> Iterator[tuple[float, float]]:
    """Yield label and value of every target of a file."""
    language = load("en")
    measured = Factuality(Frames.build(language.table), language.table, question(path))
    with path.open(encoding="utf-8") as lines:
        rows = (json.loads(line) for line in islice(lines, limit))
        while batch := list(islice(rows, BATCH)):
            sentences = [Sentence("bench", n, 0, len(row["text"]), row["text"], "en") for n, row in enumerate(batch)]
            for row, parse in zip(batch, language.parse(sentences), strict=True):
                ends = _ends(row["text"])
                for target in row["targets"]:
                    token = _token(parse, ends[target["span1"][1] - 1])
                    value = None if token is None else measured.of(parse, token)
                    yield float(target["label"]), value or 0.0


def question(path: Path) -> Question:
    """Return which question a file asks, told by the grid of its labels."""
    with path.open(encoding="utf-8") as lines:
        labels = [target["label"] for line in lines for target in json.loads(line)["targets"]]
    fifths = sum(abs(label * 5 - round(label * 5)) < 1e-6 for label in labels)
    eighths = sum(abs(label * 8 - round(label * 8)) < 1e-6 for label in labels)
    return "expected" if fifths >= eighths else "happened"


def _ends(text: str) -> list[int]:
    """Return the offset after each word."""
    ends, at = [], 0
    for word in text.split(" "):
        at += len(word)
        ends.append(at)
        at += 1
    return ends


def _token(parse: Parse, end: int) -> int | None:
    """Return the last token that begins before an offset: the last of the target's words."""
    return next((one.index for one in reversed(parse.tokens) if one.start < end), None)


def _class(value: float) -> str:
    return "not" if value < -CUT else "so" if value > CUT else "open"


def _f1(name: str, gold: Sequence[float], told: Sequence[float]) -> float:
    both = sum(_class(a) == name == _class(b) for a, b in zip(gold, told, strict=True))
    return 2 * both / max(1, sum(_class(a) == name for a in gold) + sum(_class(b) == name for b in told))
