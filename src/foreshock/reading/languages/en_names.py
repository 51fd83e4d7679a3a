"""The names of the English parser found for many sentences at once: its own network, its own rules, without its loop.

spaCy decides word by word, in each of a batch's sentences, which of 74 moves a name makes there, and asks Python for its lock at
every step. But a name that is not open leaves nothing to remember: what a word would do by itself is one product of matrices for
all words of a batch. Only inside a name of several words the words before it count, and there it goes on or it ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from foreshock.reading.languages.en_vectors import Vectors

# What the network looks at: the word, the first word of the open name, the word before.
FEATURES = 3
# A cell of the hidden layer is the largest of so many pieces at least.
PIECES = 2
NEVER = -1e30


@dataclass(frozen=True, slots=True)
class Names:
    """The finder of names of a loaded pipeline.

    Attributes:
        words: the network from documents to word vectors.
        word, first, before: weights by which each of them counts; ``alone`` stands for the last two outside of a name.
        bias: of the hidden layer; ``out``, ``out_bias``: from there to the moves.
        labels: of the names that a move begins or is, "" for none; ``begins``, ``is_one``: which moves those are.
        goes_on, ends: label -> its move inside a name, its move at the last word.
    """

    words: Any
    word: Any
    first: Any
    before: Any
    alone: Any
    bias: Any
    out: Any
    out_bias: Any
    labels: Sequence[str]
    begins: Any
    is_one: Any
    goes_on: Any
    ends: Any

    @classmethod
    def of(cls, pipe: Any) -> Names | None:
        """Return the finder of a pipeline's component; None where its network is another than the one that is known here."""
        import numpy as np  # noqa: PLC0415  (heavy import)

        model, count = pipe.model, pipe.moves.n_moves
        layers = model.layers
        if len(layers) != FEATURES or model.attrs.get("unseen_classes") or pipe.cfg.get("beam_width", 1) != 1:
            return None
        lower, upper = layers[1], layers[2]
        if lower.name != "precomputable_affine" or upper.name != "linear" or lower.get_dim("nF") != FEATURES:
            return None
        if lower.get_dim("nP") < PIECES:
            return None
        moves = [pipe.moves.get_class_name(number).partition("-") for number in range(count)]
        if [move for move, _, _ in moves][-1] != "O" or {move for move, _, _ in moves} != set("BILUO"):
            return None
        at = {(move, label): number for number, (move, _, label) in enumerate(moves)}
        labels = [label if move in "BU" else "" for move, _, label in moves]
        weights = lower.get_param("W").reshape(FEATURES, -1, lower.get_dim("nI"))
        return cls(
            words=Vectors.of(layers[0]) or layers[0].predict,
            word=weights[0].T,
            first=weights[1].T,
            before=weights[2].T,
            alone=lower.get_param("pad").reshape(FEATURES, -1)[1:].sum(axis=0),
            bias=lower.get_param("b"),
            out=upper.get_param("W"),
            out_bias=upper.get_param("b"),
            labels=labels,
            begins=np.array([move == "B" for move, _, _ in moves]),
            is_one=np.array([move == "U" and bool(label) for move, _, label in moves]),
            goes_on=np.array([at.get(("I", label), 0) for label in labels]),
            ends=np.array([at.get(("L", label), 0) for label in labels]),
        )

    def __call__(self, docs: Sequence[Any]) -> list[list[str]]:
        """Return for each tokenized and parsed text the label of the name that each of its words belongs to, "" for none."""
        import numpy as np  # noqa: PLC0415  (heavy import)

        sizes = [len(doc) for doc in docs]
        if not sum(sizes):
            return [[] for _ in docs]
        marks = np.concatenate([doc.to_array(["SENT_START", "IS_SPACE"]) for doc in docs])
        ends = np.cumsum(sizes)
        last = np.ones(len(marks), dtype=bool)
        last[:-1] = marks[1:, 0] == 1
        last[ends[np.array(sizes) > 0] - 1] = True
        vectors = self.words(docs)
        one = vectors @ self.word
        best = self._alone(one, last, marks[:, 1] == 1)
        spans = self._spans(vectors, one, best, last)
        labels = [""] * len(best)
        taken = -1
        for at in np.flatnonzero(self.begins[best] | self.is_one[best]).tolist():
            if at > taken:
                taken = spans.get(at, at)
                labels[at : taken + 1] = [self.labels[best[at]]] * (taken + 1 - at)
        return [labels[end - size : end] for size, end in zip(sizes, ends.tolist(), strict=True)]

    def _hidden(self, summed: Any) -> Any:
        """Return the hidden layer of summed features: of each cell the largest piece."""
        cells, pieces = self.bias.shape
        return (summed + self.bias.reshape(-1)).reshape(-1, cells, pieces).max(axis=2)

    def _alone(self, one: Any, last: Any, space: Any) -> Any:
        """Return the move of each word where no name is open; a name does not begin at a last word or at white space."""
        scores = self._hidden(one + self.alone) @ self.out.T + self.out_bias
        named = self.begins | self.is_one
        scores[:, :-1][:, ~named[:-1]] = NEVER
        scores[last.nonzero()[0][:, None], self.begins.nonzero()[0]] = NEVER
        scores[space.nonzero()[0][:, None], named.nonzero()[0]] = NEVER
        return scores.argmax(axis=1)

    def _spans(self, vectors: Any, one: Any, best: Any, last: Any) -> dict[int, int]:
        """Return the last word of each name of several words by its first; all names go on together, word by word."""
        spans: dict[int, int] = {}
        first = self.begins[best].nonzero()[0]
        opened, here = vectors[first] @ self.first, first + 1
        while len(first):
            hidden = self._hidden(one[here] + opened + vectors[here - 1] @ self.before)
            on, off = self.goes_on[best[first]], self.ends[best[first]]
            more = (hidden * (self.out[on] - self.out[off])).sum(axis=1) + self.out_bias[on] - self.out_bias[off] >= 0
            more &= ~last[here]
            spans.update(zip(first[~more].tolist(), here[~more].tolist(), strict=True))
            first, here, opened = first[more], here[more] + 1, opened[more]
        return spans
