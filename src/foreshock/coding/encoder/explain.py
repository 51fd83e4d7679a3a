"""Which words a claim of the encoder hangs on, and which examples of the corpus are nearest to it.

Leave-one-out: each word of what the claim was read from is put out (its pieces become the one for the unknown) while the trigger
stays marked, and what that takes from the probability of the claim's kind, standing and holder is the word's weight. No
gradients; the same networks that coded answer (Li, Monroe and Jurafsky 2016, "Understanding Neural Networks through
Representation Erasure").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foreshock.coding.encoder.cued import Cued
from foreshock.coding.encoder.decode import softmax
from foreshock.coding.encoder.model import Model
from foreshock.coding.encoder.nearest import Neighbour, neighbours
from foreshock.coding.encoder.told import batches, told_of
from foreshock.coding.encoder.windows import Window, windows_of
from foreshock.model import Claim, Sentence
from foreshock.model.values import Span

if TYPE_CHECKING:
    from foreshock.coding.encoder.decode import Array

UNKNOWN = 3
MOST_WORDS, MOST_SHOWN, LEAST_WEIGHT = 120, 4, 0.02
WORD = re.compile(r"\w+(?:['’\-]\w+)*")
HEADS = ("kind", "status")


@dataclass(frozen=True, slots=True)
class Weight:
    """A word and what the probability falls by without it, in -1..1; half-open offsets in the document."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a claim was read as it was.

    Attributes:
        kind, status, holder: the words that carry each, the heaviest first; ``holder`` is empty where only the document holds.
        neighbours: the nearest claims of the corpus that the encoder learnt from, the nearest first.
    """

    kind: tuple[Weight, ...]
    status: tuple[Weight, ...]
    holder: tuple[Weight, ...]
    neighbours: tuple[Neighbour, ...]


def explain(
    claim: Claim, text: str, sentences: Sequence[Sentence], model: Model, *, least: float, cued: Cued
) -> Explanation | None:
    """Return why a claim was read so; None where its words are read as no such claim any more.

    Where the codebook's cue told the kind, its words carry the kind wholly: without them it would not be told.

    Args:
        claim: one of the encoder's.
        text: the document's, as it may be shown; ``sentences``: its sentences.
        model: the networks; ``least``: the probability from which a piece belongs to a trigger.
        cued: what settles the kinds that the networks are not sure of.
    """
    windows = windows_of(sentences, model)
    best = None
    for window in windows:
        if not any(a < claim.end and claim.start < b for a, b in window.spans):
            continue
        for raw in told_of([window], model, least=least):
            told = cued.settled([raw], sentences)[0]
            near = min(told.trigger.end, claim.end) - max(told.trigger.start, claim.start)
            if near <= 0 or told.labels["kind"].value != claim.kind:
                continue
            alike = told.labels["status"].value == claim.status
            if best is None or alike > best[0]:
                best = (alike, window, told, raw.labels["kind"] != told.labels["kind"])
    if best is None:
        return None
    _, window, told, by_cue = best
    trigger = (told.trigger.start, told.trigger.end)
    words = _words(text, window, told.sentence, trigger)
    holder = claim.holders[-1] if len(claim.holders) > 1 else None
    speaker = (holder.start, holder.end) if holder is not None and holder.start is not None and holder.end is not None else None
    whole, without = _chances(window, words, trigger, claim, speaker, model)
    fell = whole - without
    kind, status, held = (_heaviest(words, fell[:, number]) for number in range(3))
    if by_cue and (cue := cued.cue(*trigger, sentences[told.sentence])) is not None:
        kind = tuple(Weight(start, end, 1.0) for start, end in cue.words)
    return Explanation(kind, status, held if speaker else (), neighbours(told.vector))


def _words(text: str, window: Window, sentence: int, trigger: Span) -> list[Span]:
    """Return the words that are put out one by one: those of the claim's sentence, else those nearest to its trigger.

    A language without blanks has pieces for words.
    """
    spans = [span for span, number in zip(window.spans, window.sentences, strict=True) if number == sentence]
    low, high = min(a for a, _ in spans), max(b for _, b in spans)
    words = [match.span() for match in WORD.finditer(text, low, high)]
    if any(end - start > 24 for start, end in words):
        words = [span for span in spans if span[0] < span[1] and any(char.isalnum() for char in text[slice(*span)])]
    return sorted(sorted(words, key=lambda span: abs(span[0] - trigger[0]))[:MOST_WORDS])


def _chances(
    window: Window, words: Sequence[Span], trigger: Span, claim: Claim, speaker: Span | None, model: Model
) -> tuple[Array, Array]:
    """Return the probabilities of kind, status and holder with every word (3,) and without each (words, 3)."""
    import numpy as np

    ids = np.array(window.ids)
    rows = [ids]
    for start, end in words:
        row = ids.copy()
        row[_pieces(window, (start, end))] = UNKNOWN
        rows.append(row)
    on = np.zeros(len(ids), bool)
    on[_pieces(window, trigger)] = True
    chances = np.zeros((len(rows), 3), np.float32)
    for batch in batches([len(ids)] * len(rows)):
        hidden, _, mask = model.read([list(rows[number]) for number in batch])
        logits, roles, _ = model.tell(hidden, mask, np.repeat(on[None], len(batch), 0))
        heads = model.heads(logits)
        for column, (head, value) in enumerate(zip(HEADS, (claim.kind, claim.status), strict=True)):
            place = list(model.facts["heads"][head]).index(value)
            chances[batch, column] = softmax(heads[head])[:, place]
        if speaker is not None:
            pieces = _pieces(window, speaker)
            if pieces:
                chances[batch, 2] = _pointing(roles, pieces, model)
    return chances[0], chances[1:]


def _pointing(roles: Array, pieces: Sequence[int], model: Model) -> Array:
    """Return the probability that a pointer of some voice starts in a speaker's pieces."""
    import numpy as np

    numbers = [list(model.facts["roles"]).index(role) for role in ("h", "hh", "o")]
    starts = softmax(np.moveaxis(roles[:, :, numbers, 3], 1, 2))
    told: Array = starts[:, :, list(pieces)].sum(-1).max(-1)
    return told


def _pieces(window: Window, span: Span) -> list[int]:
    return [number for number, (a, b) in enumerate(window.spans) if a < b and a < span[1] and span[0] < b]


def _heaviest(words: Sequence[Span], fell: Array) -> tuple[Weight, ...]:
    import numpy as np

    order = np.argsort(-fell)[:MOST_SHOWN]
    return tuple(
        Weight(words[number][0], words[number][1], round(float(fell[number]), 3))
        for number in order
        if fell[number] >= LEAST_WEIGHT
    )
