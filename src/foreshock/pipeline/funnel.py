"""The funnel: many documents read and coded in batches, cheap stages first, in order and in bounded memory.

Every document is read: its language, its sentences, its damage. A gate then asks of each sentence, by its words alone, whether
it can bear a claim; those that cannot are never parsed. What is left is parsed together, over all documents of a batch, each text
once however often it comes. The claims are those of the same coder that codes one document at a time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from foreshock.coding.gate import Gate, may_act
from foreshock.coding.persons import persons_of
from foreshock.coding.prepared import Prepared
from foreshock.coding.rules import RulesCoder
from foreshock.errors import CodingError, ForeshockError, ReadingError
from foreshock.model import Claim, Document, PrivatePerson, Reading, Sentence
from foreshock.pipeline.resting import resting
from foreshock.pipeline.workbench import Workbench
from foreshock.reading.languages import load
from foreshock.reading.languages.base import Language
from foreshock.reading.read import read
from foreshock.settings import CODERS

Keep = Literal["acts", "all"]
Stage = Literal["language", "near-copy", "relevance", "coded"]
# Documents that are held at once, and the characters after which a batch is full before that.
BATCH, CHARACTERS = 256, 400_000
SURFACE = "surface@1"


@dataclass(frozen=True, slots=True)
class Coded:
    """A document that went through the funnel.

    Attributes:
        reading: its reading, without mentions.
        claims: in order of the text.
        coder: the coder's name and version, "surface@1" where its language has none.
        stage: where it stopped: "language" (no coder reads it), "relevance" (nothing in it can bear a claim), "near-copy" (it
            was coded, and all that had to be parsed of it had been parsed before), "coded".
        persons: where it names private persons, where the funnel was asked to look for them.
    """

    reading: Reading
    claims: tuple[Claim, ...]
    coder: str
    stage: Stage
    persons: tuple[PrivatePerson, ...] = ()


@dataclass(slots=True)
class StageTimes:
    """What went into one stage: documents, sentences, bytes of text (UTF-8), seconds, the most memory at its ends."""

    items: int = 0
    sentences: int = 0
    bytes: int = 0
    seconds: float = 0.0
    memory: float = 0.0


@dataclass(slots=True)
class Lane:
    """What codes the texts of one parsed language in batches."""

    prepared: Prepared
    coder: RulesCoder
    gate: Gate | None

    def tells_act(self, reading: Reading) -> bool:
        """Whether anything that was parsed of a reading can bear a claim of an act."""
        return may_act(self.prepared.parse(reading.sentences), self.coder.frames, self.coder.cues)


@dataclass(slots=True)
class Funnel:
    """Reads and codes documents in batches; one a worker, as the models are loaded once a workbench.

    Attributes:
        bench: what coding needs.
        coder: "auto", "rules" or "encoder". ``now``: an aware moment; no dateline lies after the following day.
        keep: "acts" parses only what can bear a claim of an act; sentences of mere background and headings are left out. "all"
            parses every sentence: the claims are those of coding each document alone, all of them.
        persons: look for private persons too; every sentence of a text that can bear a claim is then parsed.
        batch: documents that are held at once.
        memory: tells how much memory is held, asked at the end of every stage; in the unit that it tells.
        counts: what went into each stage so far: "read", "gate", "parse", "code".
        lanes: what codes each parsed language, made when its first text comes.

    Raises:
        CodingError: there is no such coder.
    """

    bench: Workbench
    coder: str = field(default="auto", kw_only=True)
    now: datetime = field(kw_only=True)
    keep: Keep = field(default="acts", kw_only=True)
    persons: bool = field(default=False, kw_only=True)
    batch: int = field(default=BATCH, kw_only=True)
    memory: Callable[[], float] | None = field(default=None, kw_only=True, repr=False)
    counts: dict[str, StageTimes] = field(default_factory=dict, init=False)
    lanes: dict[str, Lane] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        if self.coder not in CODERS:
            raise CodingError(f"there is no coder {self.coder!r}", remedy=f"choose one of {', '.join(CODERS)}")

    def code(self, documents: Iterable[Document]) -> Iterator[Coded | ForeshockError]:
        """Yield each document coded, in the order given; one that cannot be read is yielded as its error."""
        with resting() as rest:
            for some in self._batches(documents):
                loaded = len(self.lanes) + len(self.bench.coders)
                yield from self._coded(some)
                if len(self.lanes) + len(self.bench.coders) > loaded:
                    rest()

    def _batches(self, documents: Iterable[Document]) -> Iterator[list[Document]]:
        held: list[Document] = []
        size = 0
        for document in documents:
            held.append(document)
            size += len(document.text)
            if len(held) >= self.batch or size >= CHARACTERS:
                yield held
                held, size = [], 0
        if held:
            yield held

    def _coded(self, documents: Sequence[Document]) -> Iterator[Coded | ForeshockError]:
        readings = [self._read(document) for document in documents]
        held = self._prepare([one for one in readings if isinstance(one, Reading)])
        for one in readings:
            yield self._claims(one, held.get(id(one))) if isinstance(one, Reading) else one

    def _read(self, document: Document) -> Reading | ReadingError:
        start = time.perf_counter()
        try:
            reading = read(document, now=self.now)
        except ReadingError as error:
            return error
        self._count("read", start, [reading], reading.sentences)
        return reading

    def _prepare(self, readings: Sequence[Reading]) -> dict[int, Stage]:
        """Parse what can bear a claim, language by language; return where each reading of a parsed language stops."""
        by_lane: dict[str, list[Reading]] = {}
        for reading in readings:
            if self._by_rules(reading):
                by_lane.setdefault(reading.document.language, []).append(reading)
        stages: dict[int, Stage] = {}
        for code, some in by_lane.items():
            lane = self._lane(code)
            bearing = self._bearing(lane, some)
            start = time.perf_counter()
            fresh = lane.prepared.prepare([sentence for sentences in bearing for sentence in sentences])
            self._count("parse", start, [one for one, sentences in zip(some, bearing, strict=True) if sentences], fresh)
            new = {id(sentence) for sentence in fresh}
            for reading, sentences in zip(some, bearing, strict=True):
                parsed = any(id(sentence) in new for sentence in sentences)
                stages[id(reading)] = "relevance" if not sentences else "coded" if parsed else "near-copy"
        return stages

    def _bearing(self, lane: Lane, readings: Sequence[Reading]) -> list[list[Sentence]]:
        start = time.perf_counter()
        bearing = []
        for reading in readings:
            let = self._let(lane.gate, reading.sentences)
            bearing.append([sentence for sentence, through in zip(reading.sentences, let, strict=True) if through])
        self._count("gate", start, readings, [sentence for one in readings for sentence in one.sentences])
        return bearing

    def _let(self, gate: Gate | None, sentences: Sequence[Sentence]) -> list[bool]:
        """Return which sentences are let through: all of them where background is asked for, or where there is no gate."""
        if gate is None or self.keep == "all":
            return [True] * len(sentences)
        let = gate.bearing(sentences)
        if not any(let):
            return let
        beside = [True] * len(let) if self.persons else gate.beside(sentences, let)
        return [one or other for one, other in zip(let, beside, strict=True)]

    def _claims(self, reading: Reading, stage: Stage | None) -> Coded:
        if stage == "relevance":
            return Coded(reading, (), self._lane(reading.document.language).coder.name, stage)
        lane = self._lane(reading.document.language) if stage else None
        coder = lane.coder if lane else self.bench.coder_of(reading.document, self.coder)
        if coder is None:
            return Coded(reading, (), SURFACE, "language")
        start = time.perf_counter()
        if lane and lane.gate and self.keep == "acts" and not self.persons and not lane.tells_act(reading):
            self._count("code", start, [reading], reading.sentences)
            return Coded(reading, (), coder.name, "relevance")
        claims = coder.code(reading)
        named: tuple[PrivatePerson, ...] = ()
        if self.persons:
            language: Language = lane.prepared if lane else self.bench.grammar(reading.document.language)
            named = persons_of(reading, claims, language, catalogue=self.bench.catalogue, gazetteer=self.bench.gazetteer)
        self._count("code", start, [reading], reading.sentences)
        return Coded(reading, claims, coder.name, stage or "coded", named)

    def _by_rules(self, reading: Reading) -> bool:
        return reading.depth == "parsed" and isinstance(self.bench.coder_of(reading.document, self.coder), RulesCoder)

    def _lane(self, code: str) -> Lane:
        if code not in self.lanes:
            prepared = Prepared(load(code))
            coder = RulesCoder(prepared, self.bench.codebook, self.bench.catalogue, self.bench.gazetteer)
            self.lanes[code] = Lane(prepared, coder, Gate.build(code, self.bench.codebook, prepared.table))
        return self.lanes[code]

    def _count(self, stage: str, start: float, readings: Sequence[Reading], sentences: Sequence[Sentence]) -> None:
        one = self.counts.setdefault(stage, StageTimes())
        one.seconds += time.perf_counter() - start
        one.items += len(readings)
        one.sentences += len(sentences)
        one.bytes += sum(len(sentence.text.encode()) for sentence in sentences)
        if self.memory is not None:
            one.memory = max(one.memory, self.memory())
