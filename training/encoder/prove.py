"""Proofs before a model is written: weights read right, a vocabulary that is whole, a graph that answers as the network does."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from tokenizers import Tokenizer

from training.e5 import E5
from training.encoder.graph import reader_graph, teller_graph
from training.encoder.network import Network
from training.encoder.prune import unknown_share

# What the engine that publishes the weights answers to a few sentences of ours.
REFERENCE = Path(__file__).parents[1] / "e5_reference.json"
LEAST_COSINE, LEAST_OF_GRAPH = 0.9995, 0.9999
MOST_UNKNOWN = 0.001


def prove_weights() -> float:
    """Return the least cosine between our vectors of the reference sentences and those of the engine.

    Raises:
        SystemExit: it is less than ``LEAST_COSINE``: the weights were read wrong.
    """
    told = json.loads(REFERENCE.read_text(encoding="utf-8"))["vectors"]
    ours = E5()(list(told))
    theirs = np.array(list(told.values()), np.float32)
    least = min(_cosine(one, other) for one, other in zip(ours, theirs, strict=True))
    if least < LEAST_COSINE:
        raise SystemExit(f"the weights give vectors with a cosine of {least:.4f} to those of their engine: they were read wrong")
    return least


def prove_vocabulary(tokenizer: Tokenizer, texts: dict[str, Iterable[str]]) -> dict[str, float]:
    """Return the share of unknown pieces of each set of texts.

    Raises:
        SystemExit: a share is ``MOST_UNKNOWN`` or more.
    """
    shares = {name: round(unknown_share(tokenizer, some), 6) for name, some in texts.items()}
    for name, share in shares.items():
        if share >= MOST_UNKNOWN:
            raise SystemExit(f"{share:.2%} of the pieces of {name} are unknown to the pruned vocabulary: keep more (--pieces)")
    return shares


@torch.no_grad()
def prove_graph(network: Network) -> float:
    """Return the least cosine between what the graphs answer, in float32, and what the network does.

    Raises:
        SystemExit: it is less than ``LEAST_OF_GRAPH``.
    """
    dice = torch.Generator().manual_seed(1)
    words = torch.randn(2, 9, network.sizes.hidden, generator=dice) / 10
    mask, trigger = torch.ones(2, 9), torch.zeros(2, 9)
    mask[1, 6:], trigger[:, 3:5] = 0, 1
    hidden, tags = network.reader.read(words, mask)
    heads, roles, vectors = network.teller.told(hidden, mask, trigger)
    given = {"words": words, "mask": mask}, {"hidden": hidden, "mask": mask, "trigger": trigger}
    on = mask.numpy().astype(bool)
    pairs = [
        *zip((hidden.numpy()[on], tags.numpy()[on]), (one[on] for one in _run(reader_graph(network), given[0])), strict=True),
    ]
    labels, told, vector = _run(teller_graph(network), given[1])
    pairs += [
        (torch.cat(list(heads.values()), -1).numpy(), labels),
        (roles.numpy()[on], told[on]),
        (vectors.numpy(), vector),
    ]
    least = min(_cosine(one, other) for one, other in pairs)
    if least < LEAST_OF_GRAPH:
        raise SystemExit(f"the graph answers with a cosine of {least:.4f} to the network: it is another network")
    return least


def _run(model: onnx.ModelProto, given: dict[str, torch.Tensor]) -> list[np.ndarray]:
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    told: list[np.ndarray] = session.run(None, {name: value.numpy() for name, value in given.items()})
    return told


def _cosine(one: np.ndarray, other: np.ndarray) -> float:
    a, b = one.ravel().astype(np.float64), other.ravel().astype(np.float64)
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))
