"""A running mean of the weights that are trained: it generalises better than the last ones (Polyak and Juditsky 1992)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import nn


class Average:
    """The mean of a module's trained weights; those that are frozen are not copied.

    Args:
        decay: in 0..1; a step's weights count (1 - decay) at first.
    """

    def __init__(self, module: nn.Module, decay: float) -> None:
        self.decay = decay
        self._trained = [one for one in module.parameters() if one.requires_grad]
        self._mean = [one.detach().clone() for one in self._trained]
        self._steps = 0

    @torch.no_grad()
    def update(self) -> None:
        """Take in the weights as they are after a step; the first steps are not held on to."""
        self._steps += 1
        decay = min(self.decay, self._steps / (self._steps + 10))
        for mean, now in zip(self._mean, self._trained, strict=True):
            mean.lerp_(now, 1 - decay)

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Put the mean in the module's place while a block runs."""
        self._swap()
        try:
            yield
        finally:
            self._swap()

    @torch.no_grad()
    def _swap(self) -> None:
        for mean, now in zip(self._mean, self._trained, strict=True):
            held = now.clone()
            now.copy_(mean)
            mean.copy_(held)
