"""Sentences in windows that the encoder reads at once: whole sentences, those before as context, nothing cut off in silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foreshock.coding.encoder.clean import clean
from foreshock.coding.encoder.model import Model
from foreshock.model import Sentence
from foreshock.model.values import Span

# Pieces: of a window's own sentences, of the context before them, and of a part of a sentence that is longer than a window.
OWN, CONTEXT, PART, SHARED = 160, 40, 400, 80


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces that are read at once.

    Attributes:
        ids: numbers of the pieces, with the frame of the encoder (start, prefix, end).
        spans: offsets of each piece in the document, half-open; (0, 0) for those of the frame.
        sentences: of each piece the number of its sentence, -1 for those of the frame.
        own: half-open range of pieces whose triggers count here; those around are context.
    """

    ids: tuple[int, ...]
    spans: tuple[Span, ...]
    sentences: tuple[int, ...]
    own: Span


@dataclass(frozen=True, slots=True)
class _Cut:
    number: int
    ids: list[int]
    spans: list[Span]


def windows_of(sentences: Sequence[Sentence], model: Model) -> list[Window]:
    """Return the windows of a document's sentences, in order; every piece is a window's own once."""
    cuts = _cuts(sentences, model)
    out: list[Window] = []
    at = 0
    while at < len(cuts):
        if len(cuts[at].ids) > OWN:
            out.extend(_parts(cuts[at], model))
            at += 1
            continue
        end, size = at, 0
        while end < len(cuts) and size + len(cuts[end].ids) <= OWN:
            size += len(cuts[end].ids)
            end += 1
        first, context = at, 0
        while first and context + len(cuts[first - 1].ids) <= CONTEXT:
            first -= 1
            context += len(cuts[first].ids)
        out.append(_window(cuts[first:end], model, context))
        at = end
    return out


def _cuts(sentences: Sequence[Sentence], model: Model) -> list[_Cut]:
    cleaned = [clean(sentence.text) for sentence in sentences]
    cuts = []
    for number, (sentence, (text, kept), encoded) in enumerate(
        zip(sentences, cleaned, model.encode([text for text, _ in cleaned]), strict=True)
    ):
        spans = [_span(start, end, text, kept, sentence.start) for start, end in encoded.offsets]
        cuts.append(_Cut(number, list(encoded.ids), spans))
    return cuts


def _span(start: int, end: int, text: str, kept: Sequence[int] | None, base: int) -> Span:
    """Return the offsets of a piece in the document, without the blank before it."""
    first = next((number for number in range(start, end) if not text[number].isspace()), end)
    if kept is not None and first < end:
        return base + kept[first], base + kept[end - 1] + 1
    return base + first, base + end


def _window(cuts: Sequence[_Cut], model: Model, context: int) -> Window:
    ids = [number for cut in cuts for number in cut.ids]
    spans = [span for cut in cuts for span in cut.spans]
    sentences = [cut.number for cut in cuts for _ in cut.ids]
    before = len(model.before)
    return Window(
        (*model.before, *ids, *model.after),
        (*[(0, 0)] * before, *spans, *[(0, 0)] * len(model.after)),
        (*[-1] * before, *sentences, *[-1] * len(model.after)),
        (before + context, before + len(ids)),
    )


def _parts(cut: _Cut, model: Model) -> list[Window]:
    """Return a long sentence in parts that share pieces, so that each piece is some part's own with words around it."""
    out, start, size = [], 0, len(cut.ids)
    before = len(model.before)
    while True:
        end = min(start + PART, size)
        low = start + SHARED // 2 if start else 0
        high = end - SHARED // 2 if end < size else end
        part = _window([_Cut(cut.number, cut.ids[start:end], cut.spans[start:end])], model, 0)
        out.append(Window(part.ids, part.spans, part.sentences, (before + low - start, before + high - start)))
        if end == size:
            return out
        start = end - SHARED
