"""The network: the encoder's layers, split in two at a trigger, and the heads.

The first ``shared`` layers read a text once, and their output tags the triggers. For each trigger the others read it again, with
an embedding added where the trigger stands, and give the labels of the claim and the words of its roles.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.e5_weights import Sizes
from training.encoder.labels import Labels


class Layer(nn.Module):
    """A layer of BERT (post-norm)."""

    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        self.heads = sizes.heads
        self.qkv = nn.Linear(sizes.hidden, 3 * sizes.hidden)
        self.out = nn.Linear(sizes.hidden, sizes.hidden)
        self.norm = nn.LayerNorm(sizes.hidden, eps=sizes.epsilon)
        self.wide = nn.Linear(sizes.hidden, sizes.inner)
        self.narrow = nn.Linear(sizes.inner, sizes.hidden)
        self.last = nn.LayerNorm(sizes.hidden, eps=sizes.epsilon)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, away: Tensor) -> Tensor:
        """Return the hidden states (rows, pieces, hidden); ``away`` is added to the scores (rows, 1, 1, pieces)."""
        rows, length, hidden = x.shape
        q, k, v = self.qkv(x).view(rows, length, 3, self.heads, hidden // self.heads).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=away.to(q.dtype))
        x = self.norm(x + self.drop(self.out(mixed.transpose(1, 2).reshape(rows, length, hidden))))
        return self.last(x + self.drop(self.narrow(functional.gelu(self.wide(x)))))

    def load(self, tensors: Mapping[str, np.ndarray], number: int) -> None:
        """Take the weights of a layer of the pretrained encoder."""

        def get(name: str) -> Tensor:
            return torch.from_numpy(np.ascontiguousarray(tensors[f"l{number}.{name}"]))

        with torch.no_grad():
            self.qkv.weight.copy_(torch.cat([get(f"{part}.w") for part in "qkv"]))
            self.qkv.bias.copy_(torch.cat([get(f"{part}.b") for part in "qkv"]))
            pairs = ((self.out, "ao"), (self.norm, "aln"), (self.wide, "fi"), (self.narrow, "fo"), (self.last, "oln"))
            for module, name in pairs:
                module.weight.copy_(get(f"{name}.w"))
                module.bias.copy_(get(f"{name}.b"))


class Reader(nn.Module):
    """Piece ids to hidden states and trigger tags."""

    def __init__(self, sizes: Sizes, shared: int, dropout: float) -> None:
        super().__init__()
        self.word = nn.Embedding(sizes.pieces, sizes.hidden)
        self.position = nn.Embedding(sizes.positions, sizes.hidden)
        self.norm = nn.LayerNorm(sizes.hidden, eps=sizes.epsilon)
        self.layers = nn.ModuleList(Layer(sizes, dropout) for _ in range(shared))
        self.drop = nn.Dropout(dropout)
        self.trigger = nn.Sequential(
            nn.Linear(sizes.hidden, sizes.hidden), nn.GELU(), nn.Dropout(dropout), nn.Linear(sizes.hidden, 3)
        )

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return the hidden states (rows, pieces, hidden) and the logits of out, begin, inside (rows, pieces, 3)."""
        return self.read(self.word(ids), mask)

    def read(self, words: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return the same of word vectors (rows, pieces, hidden): those of a pruned vocabulary stand in a table of their own."""
        x = words + self.position(torch.arange(words.shape[1], device=words.device))
        x = self.drop(self.norm(x))
        away = ((1 - mask.to(x.dtype)) * -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, away)
        return x, self.trigger(x)


class Teller(nn.Module):
    """Hidden states and a trigger to the labels and roles of a claim."""

    def __init__(self, sizes: Sizes, shared: int, dropout: float, labels: Labels) -> None:
        super().__init__()
        roles = len(labels.roles)
        self.mark = nn.Parameter(torch.randn(sizes.hidden) * 0.02)
        self.layers = nn.ModuleList(Layer(sizes, dropout) for _ in range(sizes.layers - shared))
        self.pool = nn.Sequential(nn.Dropout(dropout), nn.Linear(3 * sizes.hidden, sizes.hidden), nn.GELU(), nn.Dropout(dropout))
        self.heads = nn.ModuleDict({name: nn.Linear(sizes.hidden, len(some)) for name, some in labels.heads.items()})
        # A piece is read beside the mean of the trigger, by their product: distance alone says little of a role.
        self.piece = nn.Sequential(nn.Linear(2 * sizes.hidden, sizes.hidden), nn.GELU(), nn.Dropout(dropout))
        self.roles = nn.Linear(sizes.hidden, roles * 5)
        self.shape = (roles, 5)

    def forward(self, hidden: Tensor, mask: Tensor, trigger: Tensor) -> tuple[dict[str, Tensor], Tensor]:
        """Return the logits of the heads and of the roles, as ``told`` does."""
        heads, roles, _ = self.told(hidden, mask, trigger)
        return heads, roles

    def told(self, hidden: Tensor, mask: Tensor, trigger: Tensor) -> tuple[dict[str, Tensor], Tensor, Tensor]:
        """Return the logits of each head (claims, labels) and of each role (claims, pieces, roles, 5), and the claims' vectors.

        The five are out, begin, inside, and start and end of a pointer over the pieces, whose first piece stands for "none".
        """
        on = trigger.to(hidden.dtype)
        x = hidden + on[:, :, None] * self.mark
        away = ((1 - mask.to(x.dtype)) * -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, away)
        here = (x * on[:, :, None]).sum(1) / on.sum(1, keepdim=True).clamp(min=1)
        seen = mask.to(x.dtype)
        mean = (x * seen[:, :, None]).sum(1) / seen.sum(1, keepdim=True)
        pooled = self.pool(torch.cat([here, x[:, 0], mean], -1))
        told = {name: head(pooled) for name, head in self.heads.items()}
        pieces = self.piece(torch.cat([x, x * here[:, None, :]], -1))
        return told, self.roles(pieces).view(*x.shape[:2], *self.shape), pooled


class Network(nn.Module):
    """Both parts."""

    def __init__(self, sizes: Sizes, labels: Labels, *, shared: int = 9, dropout: float = 0.1) -> None:
        super().__init__()
        self.sizes, self.labels, self.shared = sizes, labels, shared
        self.reader = Reader(sizes, shared, dropout)
        self.teller = Teller(sizes, shared, dropout, labels)

    def load(self, tensors: Mapping[str, np.ndarray], *, tune_embeddings: bool = False) -> None:
        """Take the weights of the pretrained encoder; its word vectors stay as they are unless they are to be tuned."""
        with torch.no_grad():
            self.reader.word.weight.copy_(torch.from_numpy(tensors["emb.word"]))
            kind = torch.from_numpy(tensors["emb.type"][: self.sizes.hidden])
            self.reader.position.weight.copy_(torch.from_numpy(tensors["emb.pos"]) + kind)
            self.reader.norm.weight.copy_(torch.from_numpy(tensors["emb.ln.w"]))
            self.reader.norm.bias.copy_(torch.from_numpy(tensors["emb.ln.b"]))
        for number, layer in enumerate([*self.reader.layers, *self.teller.layers]):
            layer.load(tensors, number)
        self.reader.word.weight.requires_grad_(tune_embeddings)
