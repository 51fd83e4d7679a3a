"""How to train: the options of a run, kept beside its weights."""

from __future__ import annotations

import argparse
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train.

    Attributes:
        epochs, seed: of the run.
        rate, head_rate: highest learning rates of the pretrained layers and of what is new (AdamW, one cycle).
        pieces: of a batch, padding counted.
        shared: layers that read a text once; the other ones read it again for each trigger.
        dropout: everywhere.
        join: share of draws that put two to four documents of a language together, as an article has more sentences.
        recase: share of documents in lower, upper or title case; ``wreck``: share with a damage of ``corpus.wreck``.
        average: decay of the running mean of the weights, which is what is measured and kept; 0 takes the last weights.
        tune_embeddings: whether word vectors are trained too.
        context: whether a document is read whole; otherwise sentence by sentence.
        leave_out: languages that are not trained on.
        part: share of the training documents that are used, by a hash of the group: for comparing plans in less time.
        silver: file of texts for self-training (:mod:`training.encoder.silver`), "" for none.
        silver_share: how many of them an epoch draws, as a share of the documents of the corpus.
        start: weights of an earlier run to go on from, "" for those of the pretrained encoder.
    """

    epochs: int = 6
    seed: int = 1
    rate: float = 1e-4
    head_rate: float = 1e-3
    pieces: int = 800
    shared: int = 9
    dropout: float = 0.1
    join: float = 0.15
    recase: float = 0.06
    wreck: float = 0.08
    average: float = 0.998
    tune_embeddings: bool = False
    context: bool = True
    leave_out: tuple[str, ...] = ()
    part: float = 1.0
    silver: str = ""
    silver_share: float = 0.25
    start: str = ""

    @classmethod
    def add_options(cls, parser: argparse.ArgumentParser) -> None:
        """Add an option for each attribute."""
        for one in fields(cls):
            name = f"--{one.name.replace('_', '-')}"
            if isinstance(one.default, bool):
                parser.add_argument(name, action=argparse.BooleanOptionalAction, default=one.default)
            elif isinstance(one.default, tuple):
                parser.add_argument(name, nargs="*", default=list(one.default), metavar="LANGUAGE")
            else:
                parser.add_argument(name, type=type(one.default), default=one.default)

    @classmethod
    def of(cls, given: argparse.Namespace) -> Plan:
        """Return the plan of parsed options."""
        values: dict[str, Any] = {one.name: getattr(given, one.name) for one in fields(cls)}
        return cls(**{**values, "leave_out": tuple(values["leave_out"])})
