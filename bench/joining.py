"""Joining: does it take longer to join a thousand new claims when more were joined before?

Source: claims made by a seeded script from the distribution of our own example (``bench/made_claims.py``), about twelve a
document over two years, so that ten times the claims are ten times as many a day. PATH is a scratch folder, where ledgers are
made and removed. ``--limit`` is N, the claims joined before; 100,000 without it.

Metric: ``seconds_per_1000`` are the seconds that :func:`foreshock.pipeline.join` takes for a thousand claims that arrive when N
are joined (``at_n``) and when N/10 are (``at_tenth``); about a thousand are measured, in batches as ``foreshock join`` makes
them, and the ledger's own loading is not counted. ``ratio`` is the first over the second: 1 where joining does not depend on what
was joined before. ``claims_per_s`` is that of joining the first N. ``comparisons`` are pairs of episodes compared a document.
Matching rule: none.

Vectors are not those of the encoder but numbers drawn by the hash of a sentence: a made sentence means nothing, and the encoder
takes the same time for a sentence whatever was joined before. ``sentences`` says for how many a document they were asked. Made
documents of one pattern share three words of five, which texts of different events don't, so near-copies are commoner here.

Best of others: none known; 1.0 by definition.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zlib import crc32

import numpy as np

from bench.made_claims import CODER, Made, Maker, Pattern, patterns
from foreshock.ledger import Batch, Ledger
from foreshock.pipeline import join

BEFORE, FURTHER = 100_000, 1_000
# Documents handed to the ledger at once; numbers of a vector.
CHUNK, WIDE = 2_000, 512


class Vectors:
    """Unit vectors by the hash of a sentence; counts for how many it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, sentences: Sequence[str]) -> Any:
        """Return one row a sentence, the same for the same sentence."""
        self.asked += len(sentences)
        drawn = np.stack([np.random.default_rng(crc32(one.encode())).standard_normal(WIDE) for one in sentences])
        return (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:  # noqa: ARG001 -- one signature for all benches
    """Return the speed of joining N claims and of joining a thousand more, at N and at N/10."""
    claims, found = limit or BEFORE, patterns()
    with TemporaryDirectory(dir=data, prefix="joining-") as name:
        tenth = measure(Path(name) / "tenth.sqlite", found, claims // 10)
        full = measure(Path(name) / "full.sqlite", found, claims)
    sizes = {"at_tenth": tenth, "at_n": full}
    return {
        "claims": claims,
        "claims_per_s": full["claims_per_s"],
        "ratio": round(full["seconds_per_1000"] / tenth["seconds_per_1000"], 2),
        **{
            key: {size: told[key] for size, told in sizes.items()}
            for key in ("seconds_per_1000", "comparisons", "sentences", "documents")
        },
    }


def measure(path: Path, found: Sequence[Pattern], claims: int) -> dict[str, float]:
    """Join claims, then about a thousand more, in a ledger of their own, and return what that took."""
    made = iter(Maker(found, claims=claims + FURTHER))
    with Ledger(path) as ledger:
        load(ledger, first(made, claims))
        before, _ = joined(ledger, Vectors())
        further = list(made)
        load(ledger, further)
        vectors = Vectors()
        seconds, _ = joined(ledger, vectors)
        with ledger.joined() as store:
            told = store.get("joined", [one.reading.document.id for one in further])
    more, documents = sum(len(one.claims) for one in further), len(further)
    return {
        "claims_per_s": round(claims / before, 1),
        "seconds_per_1000": round(seconds * 1000 / more, 2),
        "comparisons": round(sum(one.value["comparisons"] for one in told.values()) / len(told), 1),
        "sentences": round(vectors.asked / documents, 1),
        "documents": documents,
    }


def first(made: Iterator[Made], claims: int) -> Iterator[Made]:
    """Yield documents until they have that many claims."""
    while claims > 0 and (one := next(made, None)) is not None:
        yield one
        claims -= len(one.claims)


def load(ledger: Ledger, made: Iterator[Made] | Sequence[Made]) -> None:
    """Keep documents, not joined yet."""
    given = iter(made)
    while some := list(islice(given, CHUNK)):
        ledger.add_many(Batch(one.reading, one.claims, CODER, one.now) for one in chain(some))


def joined(ledger: Ledger, vectors: Vectors) -> tuple[float, int]:
    """Join what is not joined yet; return the seconds and the documents."""
    start = time.perf_counter()
    documents = sum(step.documents for step in join(ledger, vectors=vectors))
    return time.perf_counter() - start, documents
