"""What the networks tell of a document: claims as labels and spans with their probabilities, before slots are filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from foreshock.coding.encoder.decode import END, START, Found, pointed, softmax, tagged, triggers
from foreshock.coding.encoder.model import Model
from foreshock.coding.encoder.windows import Window
from foreshock.model.values import Span

if TYPE_CHECKING:
    from foreshock.coding.encoder.decode import Array

# Pieces that are read at once, padding counted; claims of like length are told together.
ROWS = 256
# Of these roles all words are wanted, of the others the first.
SEVERAL = frozenset({"n", "q", "qq", "qo", "k"})
# Pieces around a trigger that its claim is read from: whole sentences, as many before it as fit, then one behind.
AROUND, BEFORE = 72, 64


@dataclass(frozen=True, slots=True)
class Label:
    """The likeliest label of a head and its probability in 0..1."""

    value: str
    probability: float


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a role: half-open offsets in the document and their probability in 0..1."""

    start: int
    end: int
    probability: float


@dataclass(frozen=True, slots=True)
class Told:
    """A claim as the networks tell it.

    Attributes:
        sentence: number of the sentence that its trigger stands in.
        trigger: the words that name the act.
        labels: head -> label. ``roles``: role -> words, those of several spans in order; absent where it has none.
        absent: role -> probability that it has none, for the roles that are absent.
        vector: the claim's vector (hidden,), for what is nearest to it.
    """

    sentence: int
    trigger: Words
    labels: Mapping[str, Label]
    roles: Mapping[str, tuple[Words, ...]]
    absent: Mapping[str, float]
    vector: Array


@dataclass(frozen=True, slots=True)
class _Asked:
    window: Window
    hidden: Array
    pieces: tuple[int, ...]
    trigger: Found


def told_of(windows: Sequence[Window], model: Model, *, least: float) -> list[Told]:
    """Return the claims of windows, in order of their triggers.

    Args:
        windows: those of one document or of many; ``model``: what reads them.
        least: probability from which a piece belongs to a trigger.
    """
    asked: list[_Asked] = []
    for batch in batches([len(one.ids) for one in windows]):
        hidden, tags, _ = model.read([windows[number].ids for number in batch])
        for row, number in enumerate(batch):
            window = windows[number]
            for found in triggers(tags[row, : len(window.ids)], least=least):
                if window.own[0] <= found.first < window.own[1]:
                    pieces = _around(window, found, frame=(len(model.before), len(model.after)))
                    asked.append(_Asked(window, hidden[row][list(pieces)], pieces, found))
    out: list[Told] = []
    for batch in batches([len(one.pieces) for one in asked]):
        out.extend(_told([asked[number] for number in batch], model))
    return sorted(out, key=lambda one: (one.trigger.start, one.trigger.end))


def batches(sizes: Sequence[int]) -> list[list[int]]:
    """Return numbers in batches of like sizes, each at most ``ROWS`` pieces with padding (or one)."""
    out: list[list[int]] = []
    for number in sorted(range(len(sizes)), key=lambda one: sizes[one]):
        if not out or (len(out[-1]) + 1) * sizes[number] > ROWS:
            out.append([])
        out[-1].append(number)
    return out


def _around(window: Window, found: Found, *, frame: tuple[int, int]) -> tuple[int, ...]:
    """Return the pieces that a claim is read from: the frame, its sentence, and sentences around it while they fit."""
    import numpy as np

    sentence = window.sentences[found.first]
    numbers = np.array(window.sentences)
    own = np.flatnonzero(numbers == sentence)
    first, last = int(own[0]), int(own[-1])
    while first > frame[0]:
        before = int(np.flatnonzero(numbers == numbers[first - 1])[0])
        if last - before + 1 > BEFORE:
            break
        first = before
    end = len(numbers) - frame[1]
    if last + 1 < end:
        behind = int(np.flatnonzero(numbers == numbers[last + 1])[-1])
        if behind - first + 1 <= AROUND:
            last = behind
    return (*range(frame[0]), *range(first, last + 1), *range(end, len(numbers)))


def _told(batch: Sequence[_Asked], model: Model) -> list[Told]:
    import numpy as np

    longest = max(len(one.pieces) for one in batch)
    hidden = np.zeros((len(batch), longest, batch[0].hidden.shape[-1]), np.float32)
    mask = np.zeros((len(batch), longest), bool)
    on = np.zeros((len(batch), longest), bool)
    for row, one in enumerate(batch):
        size = len(one.pieces)
        hidden[row, :size], mask[row, :size] = one.hidden, True
        on[row, :size] = [one.trigger.first <= piece <= one.trigger.last for piece in one.pieces]
    logits, roles, vectors = model.tell(hidden, mask, on)
    heads = {name: softmax(some) for name, some in model.heads(logits).items()}
    return [
        _one(one, row, model, heads, roles[row, : len(one.pieces)], vectors[row]) for row, one in enumerate(batch)
    ]  # fmt: skip


def _one(one: _Asked, row: int, model: Model, heads: Mapping[str, Array], roles: Array, vector: Array) -> Told:
    spans = [one.window.spans[piece] for piece in one.pieces]
    sentences = [one.window.sentences[piece] for piece in one.pieces]
    home = one.window.sentences[one.trigger.first]
    found: dict[str, tuple[Words, ...]] = {}
    absent: dict[str, float] = {}
    for number, role in enumerate(model.facts["roles"]):
        logits = roles[:, number]
        if role in SEVERAL:
            words = tuple(_words(_in_one(span, sentences, home), spans) for span in tagged(logits[:, :3]))
        else:
            span, none = pointed(logits[:, START], logits[:, END])
            words = (_words(_in_one(span, sentences, home), spans),) if span is not None else ()
            if not words:
                absent[role] = none
        if words:
            found[role] = words
    trigger = one.trigger
    start, end = one.window.spans[trigger.first][0], one.window.spans[trigger.last][1]
    return Told(
        home,
        Words(start, end, trigger.probability),
        _labels(model, heads, row),
        found,
        absent,
        vector,
    )


def _labels(model: Model, heads: Mapping[str, Array], row: int) -> dict[str, Label]:
    import numpy as np

    names: Mapping[str, Sequence[str]] = model.facts["heads"]
    told: dict[str, Label] = {}
    for head, labels in names.items():
        chances = heads[head][row]
        if head == "mode":  # a mode is one of the kind that was told
            kind = told["kind"].value
            chances = np.where([label.partition("/")[0] == kind for label in labels], chances, 0.0)
            chances = chances / max(float(chances.sum()), 1e-9)
        best = int(chances.argmax())
        told[head] = Label(labels[best], float(chances[best]))
    return told


def _in_one(found: Found, sentences: Sequence[int], home: int) -> Found:
    """Return a span cut to one sentence: that of the trigger where it reaches into it, else its first.

    Networks run a span from a heading or a dateline on into the text below: "ISTANBUL, 12 May | Police".
    """
    reached = sentences[found.first : found.last + 1]
    kept = home if home in reached else reached[0]
    first = found.first + reached.index(kept)
    return replace(found, first=first, last=first + reached.count(kept) - 1)


def _words(found: Found, spans: Sequence[Span]) -> Words:
    return Words(spans[found.first][0], spans[found.last][1], found.probability)
