"""The loss of a batch: triggers, labels of claims, and words of roles by tags and by pointers."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from training.encoder.collate import claim_batch, padded, trigger_tags
from training.encoder.examples import Example
from training.encoder.network import Network

# What each part weighs.
HEADS = {"kind": 1.5, "mode": 0.8, "status": 1.5, "negated": 0.4, "certainty": 0.4, "phase": 0.4, "basis": 0.4}
TRIGGER, TAGS, POINTERS = 2.0, 1.0, 4.0
SMOOTHING = 0.05


def loss_of(network: Network, batch: Sequence[Example]) -> Tensor:
    """Return the loss of a batch."""
    ids, mask = padded(batch)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden, tags = network.reader(ids, mask)
    gold = trigger_tags(batch, ids.shape[1]).flatten()
    total = TRIGGER * functional.cross_entropy(tags.float().flatten(0, 1), gold, ignore_index=-100)
    claims = claim_batch(batch, ids.shape[1], network.labels)
    if claims is None:
        return total
    with torch.autocast("cpu", dtype=torch.bfloat16):
        heads, roles = network.teller(hidden[claims.rows], mask[claims.rows], claims.trigger)
    for name, logits in heads.items():
        told = functional.cross_entropy(logits.float(), claims.labels[name], label_smoothing=SMOOTHING)
        total = total + HEADS[name] * told
    roles = roles.float()
    total = total + TAGS * functional.cross_entropy(roles[..., :3].flatten(0, 2), claims.tags.flatten(), ignore_index=-100)
    off = ~mask[claims.rows][:, :, None]
    for number, places in ((3, claims.starts), (4, claims.ends)):
        pointer = roles[..., number].masked_fill(off, -1e4).transpose(1, 2).flatten(0, 1)
        total = total + POINTERS / 2 * functional.cross_entropy(pointer, places.flatten())
    return total
