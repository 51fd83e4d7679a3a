"""The funnel: many documents read and coded in batches, cheap stages first, in order and in bounded memory."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Literal

from foreshock.errors import ForeshockError, ReadingError
from foreshock.model import Claim, Document, Reading
from foreshock.pipeline.flow import code, coder_name
from foreshock.pipeline.workbench import Workbench
from foreshock.reading.read import read

Stage = Literal["language", "near-copy", "relevance", "coded"]
BATCH = 128  # documents


@dataclass(frozen=True, slots=True)
class Coded:
    """A document that went through the funnel.

    Attributes:
        reading: its reading, without mentions.
        claims: in order of the text.
        coder: the coder's name and version, "surface@1" where its language has none.
        stage: where it stopped: "language" (no coder reads it), "near-copy" (all its sentences were parsed before),
            "relevance" (nothing in it can bear a claim), "coded".
    """

    reading: Reading
    claims: tuple[Claim, ...]
    coder: str
    stage: Stage


@dataclass(slots=True)
class StageTimes:
    """What went into one stage: documents, sentences and bytes of text (UTF-8), and the seconds that it took."""

    items: int = 0
    sentences: int = 0
    bytes: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class Funnel:
    """Reads and codes documents in batches; one a worker, as the models are loaded once a workbench.

    Attributes:
        bench: what coding needs.
        coder: "auto", "rules" or "encoder". ``now``: an aware moment; no dateline lies after the following day.
        batch: documents that are held at once.
        counts: what went into each stage so far.
    """

    bench: Workbench
    coder: str = field(default="auto", kw_only=True)
    now: datetime = field(kw_only=True)
    batch: int = field(default=BATCH, kw_only=True)
    counts: dict[str, StageTimes] = field(default_factory=dict, init=False)

    def code(self, documents: Iterable[Document]) -> Iterator[Coded | ForeshockError]:
        """Yield each document coded, in the order given; one that cannot be read is yielded as its error."""
        rest = iter(documents)
        while some := list(islice(rest, self.batch)):
            yield from self._coded(some)

    def _coded(self, documents: list[Document]) -> Iterator[Coded | ForeshockError]:
        for document in documents:
            start = time.perf_counter()
            try:
                reading = read(document, now=self.now)
            except ReadingError as error:
                yield error
                continue
            self._count("language", reading, start)
            start = time.perf_counter()
            claims = code(reading, self.bench, coder=self.coder)
            self._count("coded", reading, start)
            known = self.bench.coder_of(reading.document, self.coder) is not None
            name = coder_name(reading, self.bench, coder=self.coder)
            yield Coded(reading, claims, name, "coded" if known else "language")

    def _count(self, stage: str, reading: Reading, start: float) -> None:
        one = self.counts.setdefault(stage, StageTimes())
        one.items += 1
        one.sentences += len(reading.sentences)
        one.bytes += len(reading.document.text.encode())
        one.seconds += time.perf_counter() - start
