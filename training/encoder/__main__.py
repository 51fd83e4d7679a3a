"""Trains the encoder on the corpus: python -m training.encoder [--epochs N] [--seed N] [--out build/encoder]

About an hour on two cores, minutes on a GPU. What is learnt is measured after each epoch on a part of the training documents, by
a hash of the group; the epoch with most claims wholly right is kept. Nothing of the test sixth is read.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from dataclasses import asdict
from pathlib import Path

import torch
from tokenizers import Tokenizer

from foreshock.ontology.codebook import load_codebook
from training.e5_files import TOKENIZER, WEIGHTS, fetch
from training.e5_weights import read_weights
from training.encoder.average import Average
from training.encoder.epochs import documents, epoch_of
from training.encoder.examples import Example, batches, example_of
from training.encoder.labels import Labels
from training.encoder.loss import loss_of
from training.encoder.measure import measured
from training.encoder.network import Network
from training.encoder.plan import Plan
from training.encoder.silver import documents_of

WARM_UP = 0.1


def train(plan: Plan, out: Path) -> None:
    """Train by a plan, keep the best epoch in ``out`` and print what each measured."""
    torch.manual_seed(plan.seed)
    folder = fetch()
    sizes, tensors = read_weights(folder / WEIGHTS)
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    labels = Labels.build([f"{kind}/{mode}" for kind, entry in load_codebook().kinds.items() for mode in entry.modes])
    texts, kept = documents(plan)
    network = Network(sizes, labels, shared=plan.shared, dropout=plan.dropout)
    network.load(tensors, tune_embeddings=plan.tune_embeddings)
    if plan.start:
        network.load_state_dict(_started(Path(plan.start), labels), strict=False)
    silver = documents_of(Path(plan.silver)) if plan.silver else []

    def examples(some: list) -> list[Example]:
        return [example_of(one, tokenizer, labels) for one in some]

    def several(number: int) -> list[list[Example]]:
        made = batches(examples(epoch_of(texts, plan, number, silver)), pieces=plan.pieces)
        random.Random(plan.seed * 1000 + number).shuffle(made)
        return made

    dev = examples(kept)
    optimizer = _optimizer(network, plan)
    steps = plan.epochs * len(several(0))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [plan.rate, plan.head_rate], total_steps=int(steps * 1.03) + 2, pct_start=WARM_UP, anneal_strategy="cos"
    )
    mean = Average(network, plan.average)
    out.mkdir(parents=True, exist_ok=True)
    best = -1.0
    for epoch in range(plan.epochs):
        began, total = time.monotonic(), 0.0
        network.train()
        given = several(epoch)
        for number, batch in enumerate(given):
            loss = loss_of(network, batch)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            mean.update()
            total += float(loss.detach())
            if number % 20 == 0:
                print(f"\repoch {epoch} {number}/{len(given)} loss {total / (number + 1):.3f} ", end="", file=sys.stderr)
        with mean.in_place():
            figures = measured(network, dev, labels)
            seconds = round(time.monotonic() - began)
            row = {"epoch": epoch, "loss": round(total / len(given), 3), "seconds": seconds, **figures}
            print(json.dumps(row), flush=True)
            if figures["whole"] >= best:
                best = figures["whole"]
                _keep(network, plan, row, out)


def _started(path: Path, labels: Labels) -> dict[str, torch.Tensor]:
    kept = torch.load(path, weights_only=True)
    if kept["labels"] != labels.heads:
        raise SystemExit(f"{path} was trained for other labels; start from the pretrained encoder")
    state: dict[str, torch.Tensor] = kept["state"]
    return state


def _optimizer(network: Network, plan: Plan) -> torch.optim.Optimizer:
    tuned = [(name, one) for name, one in network.named_parameters() if one.requires_grad]
    old = [one for name, one in tuned if _pretrained(name)]
    new = [one for name, one in tuned if not _pretrained(name)]
    groups = [{"params": old, "lr": plan.rate}, {"params": new, "lr": plan.head_rate}]
    return torch.optim.AdamW(groups, weight_decay=0.01)


def _pretrained(name: str) -> bool:
    return ".layers." in name or name.startswith(("reader.word", "reader.position", "reader.norm"))


def _keep(network: Network, plan: Plan, row: dict, out: Path) -> None:
    frozen = () if plan.tune_embeddings else ("reader.word.weight",)
    state = {name: value for name, value in network.state_dict().items() if name not in frozen}
    torch.save({"state": state, "labels": network.labels.heads, "shared": plan.shared}, out / "network.pt")
    (out / "network.json").write_text(json.dumps({"plan": asdict(plan), "measured": row}, indent=1) + "\n")


def main() -> None:
    """Read the options and train."""
    parser = argparse.ArgumentParser(prog="python -m training.encoder", description=(__doc__ or "").splitlines()[0])
    Plan.add_options(parser)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--out", type=Path, default=Path("build/encoder"))
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    train(Plan.of(given), given.out)


if __name__ == "__main__":
    main()
