"""Examples as tensors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from training.encoder.examples import Example
from training.encoder.labels import Labels

PAD = 1


@dataclass(frozen=True, slots=True)
class ClaimBatch:
    """The claims of a batch: the row of each, its trigger, labels, tags and pointers."""

    rows: Tensor
    trigger: Tensor
    labels: dict[str, Tensor]
    tags: Tensor
    starts: Tensor
    ends: Tensor


def padded(batch: Sequence[Example]) -> tuple[Tensor, Tensor]:
    """Return the ids and the mask of a batch (rows, pieces)."""
    longest = max(len(one.ids) for one in batch)
    ids = torch.full((len(batch), longest), PAD, dtype=torch.long)
    mask = torch.zeros(len(batch), longest, dtype=torch.bool)
    for row, one in enumerate(batch):
        ids[row, : len(one.ids)] = torch.from_numpy(one.ids)
        mask[row, : len(one.ids)] = True
    return ids, mask


def trigger_tags(batch: Sequence[Example], width: int) -> Tensor:
    """Return the tags of the triggers (rows, pieces), -100 on padding."""
    tags = torch.full((len(batch), width), -100, dtype=torch.long)
    for row, one in enumerate(batch):
        tags[row, : len(one.tags)] = torch.from_numpy(one.tags)
    return tags


def claim_batch(batch: Sequence[Example], width: int, labels: Labels) -> ClaimBatch | None:
    """Return the claims of a batch, or None where it has none."""
    claims = [(row, claim) for row, one in enumerate(batch) for claim in one.claims]
    if not claims:
        return None
    trigger = torch.zeros(len(claims), width, dtype=torch.bool)
    tags = torch.full((len(claims), width, len(labels.roles)), -100, dtype=torch.long)
    for number, (_, claim) in enumerate(claims):
        size = len(claim.trigger)
        trigger[number, :size] = torch.from_numpy(claim.trigger)
        tags[number, :size] = torch.from_numpy(claim.tags.T.copy())
    return ClaimBatch(
        torch.tensor([row for row, _ in claims]),
        trigger,
        {name: torch.tensor([claim.labels[name] for _, claim in claims]) for name in labels.heads},
        tags,
        torch.stack([torch.from_numpy(claim.starts) for _, claim in claims]),
        torch.stack([torch.from_numpy(claim.ends) for _, claim in claims]),
    )
