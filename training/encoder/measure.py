"""How well the network tells the claims of documents: a quick proxy of the bench, computed on pieces."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import torch

from foreshock.coding.encoder.decode import END, START, Found, pointed, triggers
from training.encoder.collate import padded
from training.encoder.examples import Example, batches
from training.encoder.labels import Labels
from training.encoder.network import Network

ASKED = ("c", "a", "r", "p", "w", "h")


@torch.no_grad()
def measured(network: Network, examples: Sequence[Example], labels: Labels, *, least: float = 0.5) -> dict[str, Any]:
    """Return trigger precision, recall and F1, the share right of each head and role in matched claims, and ``whole``.

    A role is right where both have none or their spans share at least half of their pieces; a claim is ``whole`` where its
    trigger is found and kind, status, actor, recipient, place, time and holder are right; what the gold lacks is not asked.
    ``languages`` has ``whole`` for each language.
    """
    network.eval()
    counts: Counter[str] = Counter()
    shares: dict[str, list[bool]] = defaultdict(list)
    of_language: dict[str, Counter[str]] = defaultdict(Counter)
    for batch in batches(examples, pieces=4000):
        ids, mask = padded(batch)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden, tags = network.reader(ids, mask)
        found = [triggers(tags[row, : len(one.ids)].float().numpy(), least=least) for row, one in enumerate(batch)]
        asked = [(row, some) for row, each in enumerate(found) for some in each]
        counts["told"] += len(asked)
        for one in batch:
            counts["gold"] += len(one.claims)
            of_language[one.document.language]["gold"] += len(one.claims)
        if not asked:
            continue
        rows = torch.tensor([row for row, _ in asked])
        on = torch.zeros(len(asked), ids.shape[1], dtype=torch.bool)
        for number, (_, some) in enumerate(asked):
            on[number, some.first : some.last + 1] = True
        with torch.autocast("cpu", dtype=torch.bfloat16):
            heads, roles = network.teller(hidden[rows], mask[rows], on)
        best = {name: logits.argmax(-1).tolist() for name, logits in heads.items()}
        pointers = roles.float().numpy()
        taken: set[tuple[int, int]] = set()
        for number, (row, some) in enumerate(asked):
            example = batch[row]
            match = next(
                (
                    k
                    for k, claim in enumerate(example.claims)
                    if claim.trigger[some.first : some.last + 1].any() and (row, k) not in taken
                ),
                None,
            )
            if match is None:
                continue
            taken.add((row, match))
            gold = example.claims[match]
            counts["matched"] += 1
            good = True
            for name, told in best.items():
                shares[name].append(told[number] == gold.labels[name])
            good = shares["kind"][-1] and shares["status"][-1]
            for role in ASKED:
                at = labels.roles.index(role)
                size = len(example.ids)
                answer, _ = pointed(pointers[number, :size, at, START], pointers[number, :size, at, END])
                right = _alike(answer, int(gold.starts[at]), int(gold.ends[at]))
                if role == "h" or gold.starts[at]:
                    shares[role].append(right)
                    good = good and (right or role == "c")
                else:
                    shares[f"no_{role}"].append(right)
            counts["whole"] += good
            of_language[example.document.language]["whole"] += good
    precision = counts["matched"] / max(1, counts["told"])
    recall = counts["matched"] / max(1, counts["gold"])
    figures = {
        "whole": counts["whole"] / max(1, counts["gold"]),
        "precision": precision,
        "recall": recall,
        "trigger_f1": 2 * precision * recall / max(1e-9, precision + recall),
        **{name: sum(values) / len(values) for name, values in shares.items()},
    }
    languages = {code: round(some["whole"] / max(1, some["gold"]), 3) for code, some in sorted(of_language.items())}
    return {**{name: round(value, 3) for name, value in figures.items()}, "languages": languages}


def _alike(answer: Found | None, start: int, end: int) -> bool:
    if answer is None or not start:
        return answer is None and not start
    shared = min(answer.last, end) - max(answer.first, start) + 1
    return shared > 0 and 2 * shared >= max(answer.last, end) - min(answer.first, start) + 1
