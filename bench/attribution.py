"""Attributions as spans against brat annotations: source, cue and content of each.

Metrics (micro over all articles): ``content_f1``: an attribution is found where the tokens of its content have a Jaccard
index of at least .5 with those of a predicted one, matched one to one, the best pairs first; ``content_token_f1``,
``source_token_f1``, ``cue_token_f1``: tokens that lie in any content (source, cue) of an article. Tokens are runs of word
characters and single other signs. ``direct_f1`` and ``indirect_f1``: ``content_f1`` over the gold contents that open with a
quotation mark against predictions of direct form, and over the others against the others.

The folder holds ``attributions/NAME_ANNOTATOR.ann`` (brat: spans may be discontinuous) and ``text/NAME.txt``; of several
annotators the first by name counts. The conventions of the set are followed before comparing: a content includes the
conjunction "that" and the quotation marks around it; what is attributed inside another content is not marked, so only outermost
ones are compared; the source of a relative clause is its pronoun ("who said"), and a source with an apposition includes the
comma after it.

PATH may also be a .yaml file of ``tests/gold/standing`` or a folder of them (our own gold in several languages): then nested
attributions count, spans are compared as they are, and of the matched ones ``source`` (Jaccard of characters at least .5, or
none in both), ``form`` and ``holder`` (one name within the other, as in ``bench.standing``) are told as shares.

Source: PolNeAR 1.0 (political news of 2015-16, attributions of any propositional attitude). Today's best on its training part,
measured the same way: textacy .23/.42/.14 (content_f1, content_token_f1, source_token_f1); rules .46/.78/.59; a CRF trained on
the set .63/.84/.73. Our rules are not trained on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from bench.seed import make_bench
from bench.spans import characters, jaccard, locate
from bench.standing import same_holders
from foreshock import pipeline
from foreshock.errors import SourceError
from foreshock.model import Attribution, Custody, Document, Reading, Span, record_id
from foreshock.reading.read import read

TOKEN = re.compile(r"\w+|[^\w\s]")
# Languages without blanks are compared sign by sign.
SIGN = re.compile(r"[a-zA-Zà-ÿА-яё0-9]+|\S")
OPENERS, CLOSERS = "\"“«‘'「『", "\"”»’'」』"
RELATIVE = re.compile(r",?\s+(who|which|that)\b", re.IGNORECASE)
LEAST = 0.5


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:  # noqa: ARG001 - every bench has the same arguments
    """Return the scores of the articles in a folder with attributions/ and text/."""
    tables = sorted(data.glob("*.yaml")) if data.is_dir() else [data] if data.suffix == ".yaml" else []
    if tables:
        return {path.stem: measure(path, make_bench(), limit=limit) for path in tables}
    names = sorted(path.stem for path in (data / "text").glob("*.txt"))[:limit]
    if not names:
        raise SystemExit(f"{data} holds no text/NAME.txt with attributions/NAME_ANNOTATOR.ann")
    bench = make_bench()
    score = Score()
    for name in names:
        annotations = sorted((data / "attributions").glob(f"{name}_*.ann"))
        if not annotations:
            continue
        text, found = predicted(data / "text" / f"{name}.txt", bench)
        score.add(text, read_gold(annotations[0]), found)
    return score.result()


def predicted(path: Path, bench: pipeline.Workbench) -> tuple[str, Sequence[Attribution]]:
    """Return the decoded text of a file with its attributions."""
    now = datetime.now(UTC)
    documents = list(pipeline.gather(str(path), settings=bench.settings, now=now))
    for document in documents:
        if isinstance(document, SourceError):
            raise document
        reading = pipeline.read(document, bench, now=now, language="en")
        return reading.document.text, pipeline.attributions(reading, bench)
    raise SystemExit(f"{path} holds no document")


def measure(
    path: Path, bench: pipeline.Workbench, *, limit: int | None = None, misses: list[str] | None = None
) -> dict[str, Any]:
    """Return the figures of one table; ``misses`` collects what was not found or not right, for parts that may be looked at."""
    score, counts = Score(as_marked=True), {"matched": 0, "source": 0, "form": 0, "holder": 0}
    for row in yaml.safe_load(path.read_text(encoding="utf-8"))[:limit]:
        text = row["text"]
        reading = reading_of(row, path.stem.partition(".")[0])
        found = pipeline.attributions(reading, bench)
        gold = [
            {
                "Source": (locate(text, one["source"]),) if one.get("source") else (),
                "Cue": (locate(text, one["cue"]),) if one.get("cue") and one["cue"].partition("#")[0] in text else (),
                "Content": tuple(locate(text, words) for words in one["content"]),
            }
            for one in row.get("attributions") or ()
        ]
        pairs = dict(score.add(text, gold, found))
        for number, (one, spans) in enumerate(zip(row.get("attributions") or (), gold, strict=True)):
            ours = found[pairs[number]] if number in pairs else None
            right = ours is not None and _compare(one, spans, ours, counts)
            if misses is not None and not right:
                told = ours and [
                    text[slice(*ours.source)] if ours.source else None,
                    ours.holder,
                    ours.form,
                    [text[a:b] for a, b in ours.content],
                ]
                misses.append(f"{row['id']} {one}\n    {told}")
        if misses is not None:
            misses.extend(
                f"{row['id']} EXTRA {text[slice(*one.cue[0])] if one.cue else None!r} {[text[a:b] for a, b in one.content]}"
                for n, one in enumerate(found)
                if n not in pairs.values()
            )
    shares = {key: round(counts[key] / max(1, counts["matched"]), 3) for key in ("source", "form", "holder")}
    return {**score.result(), **shares}


def reading_of(row: dict[str, Any], language: str) -> Reading:
    """Return the reading of one text of our gold."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    custody = Custody(record_id(row["text"]), len(row["text"]), "2026-01-01T00:00:00Z", "gold")
    document = Document(
        record_id("gold", row["id"]), custody.sha256, "gold", None, "und", None, row["text"], None, None, custody.fetched_at,
        "text/plain", custody,
    )  # fmt: skip
    return read(document, now=now, published=str(row["published"]), language=language)


def _compare(one: dict[str, Any], spans: dict[str, tuple[Span, ...]], ours: Attribution, counts: dict[str, int]) -> bool:
    wanted, given = spans["Source"], (ours.source,) if ours.source else ()
    same = wanted == given or jaccard(characters(wanted), characters(given)) >= LEAST
    held = (one.get("holder") is None and ours.holder is None) or same_holders(
        [one["holder"] or ""], [(ours.holder or "?", ours.holder or "?")]
    )
    counts["matched"] += 1
    counts["source"] += same
    counts["form"] += one["form"] == ours.form
    counts["holder"] += held
    return same and held and one["form"] == ours.form


def read_gold(path: Path) -> list[dict[str, tuple[Span, ...]]]:
    """Return the attributions of a brat file: for each, the spans of its Source, Cue and Content."""
    spans: dict[str, tuple[Span, ...]] = {}
    events: list[list[tuple[str, str]]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        fields = line.split("\t")
        if fields[0].startswith("T") and len(fields) >= 2:
            _, _, places = fields[1].partition(" ")
            spans[fields[0]] = tuple((int(a), int(b)) for a, b in (one.split() for one in places.split(";")))
        elif fields[0].startswith("E") and len(fields) >= 2:
            parts = [part.partition(":") for part in fields[1].split()]
            events.append([(name.rstrip("0123456789"), target) for name, _, target in parts[1:]])
    found = []
    for event in events:
        roles: dict[str, list[Span]] = {"Source": [], "Cue": [], "Content": []}
        for role, target in event:
            if role in roles:
                roles[role].extend(spans.get(target, ()))
        found.append({role: tuple(sorted(places)) for role, places in roles.items()})
    return found


def as_set(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return contents by the convention of the set: with "that" before them and the quotation marks around them."""
    found = []
    for first, last in spans:
        start, end = first, last
        if start and text[start - 1] in OPENERS:
            start -= 2 if text[max(0, start - 2) : start] == "''" else 1
        if text[max(0, start - 6) : start].lower().strip(" ,").endswith("that"):
            start = text.lower().rfind("that", 0, start)
        while end < len(text) and text[end] in ",." and end + 1 < len(text) and text[end + 1] in CLOSERS:
            end += 1
        if end < len(text) and text[end] in CLOSERS:
            end += 2 if text[end : end + 2] == "''" else 1
        found.append((start, end))
    return tuple(found)


def source_as_set(text: str, span: Span) -> Span:
    """Return a source by the convention of the set: a relative pronoun after it instead of it; with the comma that closes it."""
    relative = RELATIVE.match(text, span[1])
    if relative:
        return relative.span(1)
    return (span[0], span[1] + 1) if "," in text[slice(*span)] and text[span[1] : span[1] + 1] == "," else span


class Score:
    """Counts of matches and tokens, added article by article."""

    def __init__(self, *, as_marked: bool = False) -> None:
        """Start with nothing; ``as_marked`` leaves the conventions of the set out."""
        self.as_marked = as_marked
        self.pairs = {key: [0, 0, 0] for key in ("content", "direct", "indirect")}
        self.tokens = {key: [0, 0, 0] for key in ("content", "source", "cue")}

    def add(self, text: str, gold: Sequence[dict[str, tuple[Span, ...]]], found: Sequence[Attribution]) -> list[tuple[int, int]]:
        """Add a text: its gold attributions and those found in it; return which are the same (gold, found)."""
        found = [one for one in found if self.as_marked or one.within is None]
        tokens = [match.span() for match in (SIGN if self.as_marked else TOKEN).finditer(text)]
        contents = [one.content if self.as_marked else as_set(text, one.content) for one in found]
        ends = [one.source if self.as_marked else source_as_set(text, one.source) for one in found if one.source]
        wanted = [cover(tokens, one["Content"]) for one in gold]
        given = [cover(tokens, spans) for spans in contents]
        quoted = [bool(one["Content"]) and opened(text, one["Content"][0][0]) for one in gold]
        direct = [one.form == "direct" for one in found]
        self._count("direct", _only(wanted, quoted, True), _only(given, direct, True))
        self._count("indirect", _only(wanted, quoted, False), _only(given, direct, False))
        self._count_tokens("content", wanted, given)
        self._count_tokens("source", [cover(tokens, one["Source"]) for one in gold], [cover(tokens, [one]) for one in ends])
        self._count_tokens("cue", [cover(tokens, one["Cue"]) for one in gold], [cover(tokens, one.cue) for one in found])
        return self._count("content", wanted, given)

    def _count(self, key: str, gold: Sequence[frozenset[int]], found: Sequence[frozenset[int]]) -> list[tuple[int, int]]:
        counts, pairs = self.pairs[key], match(gold, found)
        counts[0] += len(pairs)
        counts[1] += sum(bool(one) for one in gold)
        counts[2] += len(found)
        return pairs

    def _count_tokens(self, key: str, gold: Iterable[frozenset[int]], found: Iterable[frozenset[int]]) -> None:
        wanted: frozenset[int] = frozenset().union(*gold)
        given: frozenset[int] = frozenset().union(*found)
        counts = self.tokens[key]
        counts[0] += len(wanted & given)
        counts[1] += len(wanted)
        counts[2] += len(given)

    def result(self) -> dict[str, Any]:
        """Return the F1 of each count, with precision and recall of the contents."""
        scores: dict[str, Any] = {f"{key}_f1": f1(*counts) for key, counts in self.pairs.items()}
        scores |= {f"{key}_token_f1": f1(*counts) for key, counts in self.tokens.items()}
        hit, wanted, given = self.pairs["content"]
        return {
            **scores,
            "content_precision": round(hit / given, 3) if given else 0.0,
            "content_recall": round(hit / wanted, 3) if wanted else 0.0,
            "attributions": wanted,
        }


def cover(tokens: Sequence[Span], spans: Iterable[Span]) -> frozenset[int]:
    """Return the numbers of the tokens that begin inside one of the spans."""
    return frozenset(number for start, end in spans for number in _between(tokens, start, end))


def _between(tokens: Sequence[Span], start: int, end: int) -> Iterable[int]:
    low, high = 0, len(tokens)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if tokens[middle][0] < start else (low, middle)
    while low < len(tokens) and tokens[low][0] < end:
        yield low
        low += 1


def match(gold: Sequence[frozenset[int]], found: Sequence[frozenset[int]]) -> list[tuple[int, int]]:
    """Return pairs (gold, found) with a Jaccard index of at least .5, one to one, the best first."""
    where: dict[int, list[int]] = {}
    for number, one in enumerate(found):
        for token in one:
            where.setdefault(token, []).append(number)
    pairs = []
    for number, one in enumerate(gold):
        for other in {candidate for token in one for candidate in where.get(token, ())}:
            index = len(one & found[other]) / len(one | found[other])
            if index >= LEAST:
                pairs.append((-index, number, other))
    used_gold, used_found, kept = set(), set(), []
    for _, number, other in sorted(pairs):
        if number not in used_gold and other not in used_found:
            used_gold.add(number)
            used_found.add(other)
            kept.append((number, other))
    return kept


def f1(hit: int, wanted: int, given: int) -> float:
    """Return the harmonic mean of precision and recall, rounded to three places."""
    return round(2 * hit / (wanted + given), 3) if wanted + given else 0.0


def opened(text: str, start: int) -> bool:
    """Whether a content begins with a quotation mark, or just after one."""
    return text[start] in OPENERS or text[:start].rstrip()[-1:] in tuple(OPENERS)


def _only(values: Sequence[frozenset[int]], kinds: Sequence[bool], wanted: bool) -> list[frozenset[int]]:
    return [value for value, kind in zip(values, kinds, strict=True) if kind is wanted]
