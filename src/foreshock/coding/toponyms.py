"""Which place each name of a document means: its names are read together, and each helps to choose the others.

A name may mean many places. Each candidate starts with its prominence (:func:`foreshock.ontology.gazetteer.prominence`) and is
then weighed by what the document says elsewhere, in rounds: every name votes, by how likely each of its candidates now is, for
the country, the subdivision and the stretch of land that the candidate lies in (mean field; other names only, and a name
that comes often votes once). What stands beside a name decides most: "Paris, Texas", "Salem, Ore.", "Ohio's Franklin County".
One name means one place in a document, unless its neighbours say otherwise.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from foreshock.ontology.fold import endings, fold
from foreshock.ontology.gazetteer import Entry, Gazetteer, prominence

_ROUNDS = 3
_MOST = 40  # candidates of a name that are weighed, the most prominent
_LEAST_STEM = 3  # letters of a demonym before its ending
_BESIDE = 24  # characters between a name and the one that it lies in
_COUNTRY, _ADMIN1, _NEAR = 3.0, 3.5, 2.5  # what full support of the rest of the document is worth, in tenth logarithms
_PINNED, _HOLDING = 8.0, 4.0  # lying in what stands beside; having another name of the text lie in it
_MOST_GAIN = 7.0  # so that no crowd of small places makes a village of a country
_CELL = 1.5  # degrees of a cell of land
_TAIL = re.compile(r"\s*,\s*((?:[A-Z][\w'’-]*\.?\s?|[A-Z]\.\s?){1,3})")
_PLAIN_GAP = re.compile(r"(?:'s|’s|')? ?(?:[a-z]+ ){0,3}")


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name of a place in a text: half-open offsets in code points of the text, and the words."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class _Name:
    """A name with its candidates, what each starts with, and how likely each is now."""

    key: str
    candidates: list[Entry]
    base: list[float]
    likely: list[float] = field(default_factory=list)


def resolve_toponyms(
    toponyms: Sequence[Toponym], text: str, *, gazetteer: Gazetteer, language: str, countries: Sequence[str] = ()
) -> list[Entry | None]:
    """Return the place that each name of a document means, None where the gazetteer knows none.

    Args:
        toponyms: the names that are known to be places, in order of the text.
        text: the document.
        gazetteer: where names are looked up.
        language: ISO 639-1 code of the text.
        countries: ISO 3166 alpha-3 codes that are known to be spoken of, the likeliest first.
    """
    found = [_candidates(one.text, gazetteer, language) for one in toponyms]
    pins = [_pins(index, toponyms, found, text, gazetteer, language) for index in range(len(toponyms))]
    holding = {entry.id for pin in pins for entry in pin}
    names: dict[str, _Name] = {}
    keys: list[str] = []
    settled = _settled_names(toponyms, found, pins)
    for one, candidates, pin in zip(toponyms, found, pins, strict=True):
        word = fold(one.text)
        key = word if not pin else f"{word}|{'|'.join(sorted(str(holder.id) for holder in pin))}"
        if not pin and word in settled:
            key = settled[word]
        keys.append(key)
        if key not in names:
            base = [prominence(entry, countries) + _held(entry, pin, holding) for entry in candidates]
            names[key] = _Name(key, candidates, base, _shares(base))
    for _ in range(_ROUNDS):
        _weigh(names)
    return [_best(names[key]) for key in keys]


def _candidates(name: str, gazetteer: Gazetteer, language: str) -> list[Entry]:
    entries = gazetteer.find(name, language=language)
    terms = gazetteer.terms(name)
    if terms and (name.endswith(".") or name.isupper() or not entries or entries[0].population < 1_000_000):
        return terms[:1] if entries and not terms else [*terms, *entries][:_MOST]
    return entries[:_MOST] or _derived(fold(name), gazetteer, language)


def _derived(key: str, gazetteer: Gazetteer, language: str) -> list[Entry]:
    """Return what a name that nothing lists is made from: a part of a place ("North London"), a people ("Ohioans")."""
    table = endings().get(language) or {}
    first, _, rest = key.partition(" ")
    if rest and first in table.get("parts", ()):
        return gazetteer.find(rest, language=language)[:_MOST]
    for ending, stems in table.get("people", {}).items():
        if key.endswith(ending) and len(key) - len(ending) >= _LEAST_STEM:
            names = [key[: -len(ending)] + stem for stem in stems]
            found = [entry for name in names for entry in gazetteer.find(name, language=language) if entry.how == "name"]
            if wide := [entry for entry in found if entry.feature in ("country", "admin1", "region")]:
                return wide[:_MOST]
    return []


def _settled_names(toponyms: Sequence[Toponym], found: Sequence[list[Entry]], pins: Sequence[list[Entry]]) -> Mapping[str, str]:
    """Return for each word the key of its first occurrence beside what it lies in: the others of that word mean the same."""
    settled: dict[str, str] = {}
    for one, candidates, pin in zip(toponyms, found, pins, strict=True):
        if pin and any(_within(entry, holder) for entry in candidates for holder in pin):
            word = fold(one.text)
            settled.setdefault(word, f"{word}|{'|'.join(sorted(str(holder.id) for holder in pin))}")
    return settled


def _pins(
    index: int,
    toponyms: Sequence[Toponym],
    found: Sequence[list[Entry]],
    text: str,
    gazetteer: Gazetteer,
    language: str,
) -> list[Entry]:
    """Return the wider places that stand beside a name as what it lies in."""
    one = toponyms[index]
    tail = _TAIL.match(text, one.end)
    if tail is not None:
        words = tail[1].split()
        for size in range(len(words), 0, -1):
            word = " ".join(words[:size])
            wide = [entry for entry in _wide(word, gazetteer, language) if any(_within(own, entry) for own in found[index])]
            if wide:
                return wide
    for other in (index + 1, index - 1):
        if not 0 <= other < len(toponyms):
            continue
        left, right = sorted((one, toponyms[other]), key=lambda span: span.start)
        gap = text[left.end : right.start]
        if len(gap) > _BESIDE or not _PLAIN_GAP.fullmatch(gap):
            continue
        wide = [entry for entry in found[other] if entry.feature in ("country", "admin1", "admin2")]
        wide = [entry for entry in wide if any(_within(own, entry) for own in found[index])]
        if wide:
            return wide[:1]
    return []


def _wide(word: str, gazetteer: Gazetteer, language: str) -> list[Entry]:
    entries = [*gazetteer.terms(word), *gazetteer.find(word, language=language)]
    return [
        entry
        for entry in entries
        if entry.how in ("name", "term", "generic") and entry.feature in ("country", "admin1", "admin2")
    ]


def _within(entry: Entry, holder: Entry) -> bool:
    if entry.id == holder.id or entry.feature == "country":
        return False
    if holder.feature == "country":
        return entry.country == holder.country
    return holder.id in (entry.admin1, entry.admin2)


def _held(entry: Entry, pin: Sequence[Entry], holding: set[int]) -> float:
    """Return what a candidate gains by lying in what stands beside it, or by being that in which another name lies."""
    within = any(_within(entry, holder) for holder in pin)
    return _PINNED * within + _HOLDING * (entry.id in holding and not pin)


def _shares(scores: Sequence[float]) -> list[float]:
    if not scores:
        return []
    top = max(scores)
    weights = [10.0 ** (score - top) for score in scores]
    return [weight / sum(weights) for weight in weights]


def _weigh(names: Mapping[str, _Name]) -> None:
    """Let every name vote, and weigh each candidate by the votes of the others."""
    votes: dict[object, float] = defaultdict(float)
    own: dict[str, dict[object, float]] = {}
    for name in names.values():
        mine: dict[object, float] = defaultdict(float)
        for entry, share in zip(name.candidates, name.likely, strict=True):
            for label, weight in _labels(entry, spread=True):
                mine[label] += share * weight
        own[name.key] = mine
        for label, weight in mine.items():
            votes[label] += weight
    for name in names.values():
        mine = own[name.key]
        scores = []
        for entry, base in zip(name.candidates, name.base, strict=True):
            gain = 0.0
            for label, worth in _labels(entry, spread=False):
                gain += worth * _saturated(votes[label] - mine[label])
            scores.append(base + min(gain, _MOST_GAIN))
        name.likely = _shares(scores)


def _saturated(votes: float) -> float:
    return votes / (votes + 1.0) if votes > 0 else 0.0


def _labels(entry: Entry, *, spread: bool) -> list[tuple[object, float]]:
    """Return what a candidate lies in: as votes (``spread``), or with what support there is worth."""
    labels: list[tuple[object, float]] = []
    if entry.country is not None:
        labels.append((entry.country, 1.0 if spread else _COUNTRY))
    admin1 = entry.id if entry.feature == "admin1" else entry.admin1
    if admin1 is not None:
        labels.append((admin1, 1.0 if spread else _ADMIN1))
    if entry.feature not in ("country", "region", "admin1") and entry.lat is not None and entry.lon is not None:
        row, column = math.floor(entry.lat / _CELL), math.floor(entry.lon / _CELL)
        if spread:
            labels += [
                ((row + down, column + right), 1.0 if not (down or right) else 0.6) for down in (-1, 0, 1) for right in (-1, 0, 1)
            ]
        else:
            labels.append(((row, column), _NEAR))
    return labels


def _best(name: _Name) -> Entry | None:
    if not name.candidates:
        return None
    return max(zip(name.likely, name.candidates, strict=True), key=lambda pair: (pair[0], -pair[1].id))[1]
