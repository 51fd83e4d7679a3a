"""A dated corpus as happenings: each item a document of its own, coded once, joined as it arrived, kept in a folder of the user.

A corpus is a ``.jsonl.gz`` whose lines have ``date`` and ``text``. Coding tens of thousands of items takes the better part of an
hour, so claims are kept as they are made, in a file named for the corpus (by its hash) and the coder, and an interruption costs
one batch. Items are then joined into incidents in order of their dates, each by what had arrived before it: nothing that was
told later decides what a happening was when it was told.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from foreshock.coding.remembering import Remembering
from foreshock.dates import first_day, last_day
from foreshock.errors import CatalogueError, CodingError
from foreshock.incidents.assignment import assign
from foreshock.incidents.credibility import affirms
from foreshock.incidents.store import MemoryStore
from foreshock.model import Actor, Claim, Coding, Custody, Document, Happening, Reading, Sentence
from foreshock.model.record_json import claim_from_json, to_json
from foreshock.pipeline.flow import code
from foreshock.pipeline.happenings import BACKGROUND
from foreshock.pipeline.workbench import Workbench
from foreshock.reading.languages import load
from foreshock.reading.languages.base import Parse
from foreshock.reading.read import read as read_document
from foreshock.scenarios.fitting.escalation import CORPUS, Told

BATCH = 250
OLD = timedelta(days=45)  # what ended this long before it was told is no news
AHEAD = timedelta(days=1)
UTTERED = {"THREATEN": "threatened", "REQUEST": "requested"}
Progress = Callable[[int, int, str], None]


def told(data: Path, bench: Workbench, *, now: datetime, cache: Path | None = None, progress: Progress | None = None) -> Told:
    """Return what our coder makes of the corpus of current events in a folder of data.

    Args:
        data: folder with ``corpora``.
        bench: what coding needs; ``now``: the moment that documents say they were fetched.
        cache: folder in which claims and incidents are kept; ``corpora`` in the cache of the settings where None.
        progress: told (done, total, what).
    """
    kept = cache or bench.settings.cache / "corpora"
    items, stem = coded(data / "corpora" / CORPUS, bench, cache=kept, now=now, progress=progress)
    found = happenings(items, joined(items, cache=kept, stem=stem, progress=progress))
    days = [date.fromisoformat(one.date) for one in items]
    return Told(found, min(days), max(days), coder_of(stem))


def coder_of(stem: str) -> str:
    """Return the coder in the stem of the names of a cache's files: "rules-en@4" of "corpus-1f..-rules-en@4"."""
    return stem.partition("-")[2].partition("-")[2]


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a corpus with its claims; ``number`` is its position, ``date`` an ISO day."""

    number: int
    date: str
    text: str
    claims: tuple[Claim, ...] = ()


def read_corpus(path: Path, *, limit: int | None = None) -> list[Item]:
    """Return the items of a corpus, the first ``limit`` of them.

    Raises:
        CatalogueError: there is no such file, or a line lacks date or text.
    """
    if not path.is_file():
        raise CatalogueError(f"there is no {path}", remedy="point --data at the folder that holds corpora/")
    found = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if limit is not None and number >= limit:
                break
            row = json.loads(line)
            if not {"date", "text"} <= row.keys():
                raise CatalogueError(f"line {number + 1} of {path.name} has no date or text", remedy="give both in each line")
            found.append(Item(number, row["date"], row["text"]))
    return found


def coded(
    path: Path, bench: Workbench, *, cache: Path, now: datetime, limit: int | None = None, progress: Progress | None = None
) -> tuple[list[Item], str]:
    """Return the items of an English corpus with their claims, and the stem of the names of the cache's files: corpus and coder.

    Args:
        path: the corpus.
        bench: what coding needs; its English is replaced by one that parses in batches and gives the same parses.
        cache: folder in which claims are kept; what is there already is not coded again.
        now: the moment that documents say they were fetched.
        limit: take the first items only.
        progress: told (done, total, what) after each batch.
    """
    items = read_corpus(path, limit=limit)
    grammar = Prepared(load("en"))
    bench.grammars["en"] = grammar
    coder = bench.coder("en", "rules")
    if coder is None:
        raise CodingError("there is no coder for English", remedy="pip install foreshock[en]")
    stem = f"{path.name.split('.')[0]}-{hashlib.sha256(path.read_bytes()).hexdigest()[:12]}-{coder.name}"
    known = {number: claims for file in sorted(cache.glob(f"{stem}*.jsonl")) for number, claims in _kept(file)}
    missing = [one for one in items if one.number not in known]
    cache.mkdir(parents=True, exist_ok=True)
    _mend(cache / f"{stem}.jsonl")
    for start in range(0, len(missing), BATCH):
        some = missing[start : start + BATCH]
        made = _code(some, bench, grammar, now=now)
        with (cache / f"{stem}.jsonl").open("a", encoding="utf-8") as out:
            for one, claims in zip(some, made, strict=True):
                known[one.number] = claims
                out.write(json.dumps({"n": one.number, "claims": to_json(claims)}, ensure_ascii=False) + "\n")
        if progress:
            progress(start + len(some), len(missing), f"coding {path.name}")
    return [Item(one.number, one.date, one.text, known[one.number]) for one in items], stem


def _code(items: Sequence[Item], bench: Workbench, grammar: Prepared, *, now: datetime) -> list[tuple[Claim, ...]]:
    readings = [_read(one, now) for one in items]
    grammar.prepare([sentence for reading in readings for sentence in reading.sentences])
    return [code(reading, bench, coder="rules") for reading in readings]


def _read(item: Item, now: datetime) -> Reading:
    return read_document(document(item), now=now, published=item.date, language="en")


def document(item: Item) -> Document:
    """Return an item as a document: no file stands behind it."""
    name = f"item-{item.number}"
    custody = Custody("", len(item.text), f"{item.date}T00:00:00Z", name)
    return Document(name, "1", name, name, "en", None, item.text, item.date, None, custody.fetched_at, "text/plain", custody)


def _kept(path: Path) -> Iterator[tuple[int, tuple[Claim, ...]]]:
    for line in _lines(path):
        row = json.loads(line)
        if "claims" in row:
            yield row["n"], tuple(claim_from_json(one) for one in row["claims"])


def _mend(path: Path) -> None:
    """Cut a line off that was not written to its end."""
    if path.is_file():
        with path.open("r+b") as file:
            file.truncate(file.read().rfind(b"\n") + 1)


def _lines(path: Path) -> Iterator[str]:
    """Yield the whole lines of a file; a last one that was cut off is made again."""
    if path.is_file():
        with path.open(encoding="utf-8") as lines:
            yield from (line for line in lines if line.endswith("\n"))


@dataclass(slots=True)
class Prepared(Remembering):
    """A language that parses the sentences of many documents at once, then hands each document its own."""

    known: dict[Sentence, Parse] = field(default_factory=dict)

    def prepare(self, sentences: Sequence[Sentence]) -> None:
        """Parse sentences together and forget those before."""
        self.known = dict(zip(sentences, self.language.parse(sentences), strict=True))

    def parse(self, sentences: Sequence[Sentence]) -> list[Parse]:
        """Return one parse a sentence; what was not prepared is parsed now."""
        if any(sentence not in self.known for sentence in sentences):
            return self.language.parse(sentences)
        return [self.known[sentence] for sentence in sentences]


def joined(items: Sequence[Item], *, cache: Path, stem: str, progress: Progress | None = None) -> dict[int, dict[str, str]]:
    """Return by item the incident of each claim, as joining said when the item arrived; kept whole in the cache, or made anew.

    A prefix of the corpus is joined as the whole is: nothing later has a part in it.
    """
    path = cache / f"{stem}-joined.jsonl"
    known: dict[int, dict[str, str]] = {row["n"]: row["incidents"] for row in map(json.loads, _lines(path))}
    order = sorted((one for one in items if one.claims), key=lambda one: (one.date, one.number))
    if all(one.number in known for one in order):
        return known
    store, found = MemoryStore(), {}
    for arrival, item in enumerate(order, 1):
        coding = Coding(document(item), item.claims, item.claims[0].coder, 1, arrival, f"{item.date}T23:59:59Z")
        found[item.number] = {entry.id: str(entry.value["incident"]) for entry in assign([coding], store)}
        if progress and arrival % BATCH == 0:
            progress(arrival, len(order), "joining")
    lines = (json.dumps({"n": number, "incidents": incidents}) for number, incidents in found.items())
    cache.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return found


def happenings(items: Sequence[Item], incidents: Mapping[int, Mapping[str, str]]) -> list[Happening]:
    """Return what the items tell, as each was understood on its date, in the order of dates.

    An incident is a happening when an item first says that it happened: its kind is that of most of the acts that the item
    tells of it, of equally many the first. Claims that do not say that it happened, incidents of another time than the present,
    and those without a country tell none; a threat or demand has happened when it is uttered. The country of a claim is that of
    its place, else of who it was done to, else the one that most of its item's places, or those who act in it, are of, else that
    of its incident, else of who did it.
    Where a later item has more dead, a happening that is ignored as told before holds by how many more: ``killed`` adds up.
    """
    dead: dict[str, float] = {}
    homes: dict[str, str] = {}
    found = []
    for item in sorted((one for one in items if one.claims), key=lambda one: (one.date, one.number)):
        of_claim, about = incidents[item.number], _about(item.claims)
        over = {of_claim.get(claim.id) for claim in item.claims if not _present(claim, item.date)}
        acts = defaultdict[str, list[Happening]](list)
        for claim in item.claims:
            incident = of_claim.get(claim.id)
            if incident and incident not in over and claim.kind not in BACKGROUND and _happened(claim):
                one = _act(claim, item.date, incident, about or homes.get(incident))
                acts[incident] += [one] if one else []
        for incident, told_now in acts.items():
            if told_now and (one := _news(told_now, dead)):
                homes.setdefault(incident, one.country)
                found.append(one)
    return found


def _happened(claim: Claim) -> bool:
    return affirms(claim) or (not claim.negated and UTTERED.get(claim.kind) == claim.status)


def _news(acts: Sequence[Happening], dead: dict[str, float]) -> Happening | None:
    """Return the happening that one item's acts of one incident make; None where it tells nothing new."""
    best, known = summed_up(acts), dead.get(acts[0].id)
    killed = max((one.killed or 0.0 for one in acts), default=0.0)
    dead[best.id] = max(killed, known or 0.0)
    if known is None:
        return replace(best, killed=killed or None)
    return replace(best, killed=killed - known, ignored="told before") if killed > known else None


def summed_up(acts: Sequence[Happening]) -> Happening:
    """Return the first act of the kind that most of the different acts are of."""
    different: dict[tuple[object, ...], Happening] = {}
    for one in acts:
        different.setdefault((one.country, one.kind, one.mode, one.actor, one.recipient), one)
    kinds = Counter(one.kind for one in different.values())
    return max(different.values(), key=lambda one: kinds[one.kind])


def _act(claim: Claim, day: str, incident: str, about: str | None) -> Happening | None:
    place = claim.place.country if claim.place else None
    recipient, actor = _side(claim.recipient), _side(claim.actor)
    country = place or recipient[0] or about or actor[0]
    if country is None:
        return None
    lows = [one.low for one in claim.figures if one.what == "killed" and one.low is not None and one.state == "read"]
    return Happening(
        id=incident, country=country, day=day, known_at=day, kind=claim.kind, mode=claim.mode, actor=actor, recipient=recipient,
        killed=max(lows, default=None), claim_ids=(claim.id,), coders=(claim.coder,),
    )  # fmt: skip


def _side(actor: Actor | None) -> tuple[str | None, str | None]:
    return (actor.country, actor.sector) if actor else (None, None)


def _about(claims: Sequence[Claim]) -> str | None:
    """Return the country that more than half of the places, else of those who act, are of."""
    for found in (
        Counter(one.place.country for one in claims if one.place and one.place.country),
        Counter(side.country for one in claims for side in (one.actor, one.recipient) if side and side.country),
    ):
        if found and found.most_common(1)[0][1] * 2 > found.total():
            return found.most_common(1)[0][0]
    return None


def _present(claim: Claim, day: str) -> bool:
    """Say whether a claim tells of its day: not of what was long over by then, nor of what is still to come."""
    if claim.when is None:
        return True
    told = datetime.fromisoformat(day).replace(tzinfo=UTC).date()
    if claim.when.start and first_day(claim.when.start) > told + AHEAD:
        return False
    return claim.when.end is None or last_day(claim.when.end) >= told - OLD
