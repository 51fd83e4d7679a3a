"""The first layers of the English networks remembered word by word.

A network first looks at a word alone (its form, its first and last letters, its shape), and only then at those beside it. The
first look is a third of all its multiplications, and the words of news come again and again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

# Words that are remembered: 8 MB.
MOST = 20_000
LAYERS = ("extract_features", "list2ragged", "with_array", "with_array", "ragged2list", "with_array")


@dataclass(slots=True)
class Vectors:
    """A network from documents to word vectors, in context.

    Attributes:
        columns: what it looks at of a word.
        look: the layers that look at a word alone; ``context``: those that look at its neighbours.
        rest: what comes after, from a list of arrays, one a document; empty where nothing does.
        rows: features of a word -> its row in ``table``.
    """

    columns: Sequence[int]
    look: tuple[Any, Any]
    context: Any
    rest: tuple[Any, ...]
    table: Any = None
    rows: dict[bytes, int] = field(default_factory=dict)

    @classmethod
    def of(cls, model: Any) -> Vectors | None:
        """Return those of a network; None where its layers are others than the ones that are known here."""
        layers = _flat(model)
        if tuple(one.name.partition("(")[0] for one in layers[: len(LAYERS)]) != LAYERS:
            return None
        return cls(layers[0].attrs["columns"], (layers[2], layers[3]), layers[5], tuple(layers[len(LAYERS) :]))

    def __call__(self, docs: Sequence[Any]) -> Any:
        """Return what the network gives for documents, to rounding."""
        import numpy as np  # noqa: PLC0415  (heavy import)

        features = [np.asarray(doc.to_array(list(self.columns)), dtype="uint64") for doc in docs]
        alone = self._alone(np.concatenate(features))
        vectors: Any = self.context.predict(np.split(alone, np.cumsum([len(one) for one in features])[:-1]))
        for layer in self.rest:
            vectors = layer.predict(vectors)
        return vectors

    def _alone(self, features: Any) -> Any:
        """Return the vectors of words without their context, one a row of features."""
        import numpy as np  # noqa: PLC0415  (heavy import)

        row = np.dtype((np.void, features.itemsize * features.shape[1]))
        keys: list[Any] = np.ascontiguousarray(features).view(row).ravel().tolist()
        fresh = {key: at for at, key in enumerate(keys) if key not in self.rows}
        if len(self.rows) + len(fresh) > MOST:
            self.rows.clear()
            fresh = {key: at for at, key in enumerate(keys)}
        if fresh:
            found = features[list(fresh.values())]
            for layer in self.look:
                found = layer.predict(found)
            if self.table is None or len(fresh) > MOST:
                self.table = np.zeros((max(MOST, len(fresh)), found.shape[1]), dtype=found.dtype)
            first = len(self.rows)
            self.table[first : first + len(fresh)] = found
            self.rows.update(zip(fresh, range(first, first + len(fresh)), strict=True))
        return self.table[[self.rows[key] for key in keys]]


def _flat(model: Any) -> list[Any]:
    """Return the layers of a network that follow one another, chains within chains laid open."""
    from thinc.layers.chain import forward  # noqa: PLC0415  (heavy import)

    if model._func is not forward:
        return [model]
    return [leaf for layer in model.layers for leaf in _flat(layer)]
