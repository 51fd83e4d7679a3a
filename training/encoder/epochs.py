"""The documents of an epoch: what is trained on, joined, in other cases, damaged."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Iterable, Sequence

from corpus import read_all
from corpus.records import MiniDocument
from corpus.split import part_of
from corpus.wreck.wreck import wrecks
from training.encoder.examples import alone, dev_part, joined, recased
from training.encoder.plan import Plan


def documents(plan: Plan) -> tuple[list[MiniDocument], list[MiniDocument]]:
    """Return the documents to train on and those to stop by; none is of the test sixth.

    Raises:
        SystemExit: the corpus has faults.
    """
    every, faults = read_all()
    if faults:
        raise SystemExit(f"{faults[0]}; run python -m corpus check")
    mine = [one for one in every if part_of(one) == "train"]
    train = [one for one in mine if not dev_part(one) and one.language not in plan.leave_out and _drawn(one, plan.part)]
    kept = [one for one in mine if dev_part(one)]
    return (train, kept) if plan.context else (list(_alone(train)), list(_alone(kept)))


def _drawn(document: MiniDocument, part: float) -> bool:
    name = f"part\x1f{document.language}\x1f{document.group or document.id}"
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8]) < part * 2**64


def epoch_of(train: Sequence[MiniDocument], plan: Plan, number: int, silver: Sequence[MiniDocument] = ()) -> list[MiniDocument]:
    """Return the documents of an epoch, by the plan's seed and its number; of ``silver`` a share is drawn, rare kinds oftener."""
    dice = random.Random(plan.seed * 1000 + number)
    drawn = _silver(silver, dice, size=int(plan.silver_share * len(train))) if silver else []
    damaged = {(one.document.language, one.document.id): one.document for _, one in wrecks(train, seed=plan.seed * 1000 + number)}
    by_language: dict[str, list[MiniDocument]] = {}
    for one in (*train, *drawn):
        key = (one.language, one.id)
        chosen = damaged[key] if key in damaged and dice.random() < plan.wreck else one
        by_language.setdefault(one.language, []).append(chosen)
    out: list[MiniDocument] = []
    for some in by_language.values():
        dice.shuffle(some)
        at = 0
        while at < len(some):
            size = dice.choice((2, 3, 4)) if dice.random() < plan.join else 1
            out.append(joined(some[at : at + size]))
            at += size
    return [recased(one, dice.choice(("lower", "upper", "title"))) if dice.random() < plan.recase else one for one in out]


def _silver(silver: Sequence[MiniDocument], dice: random.Random, *, size: int) -> list[MiniDocument]:
    """Draw documents without replacement, by weights: one over the square root of how often the rarest kind of each is told.

    Source of the method: Efraimidis and Spirakis 2006, weighted random sampling with keys u**(1/w).
    """
    kinds = Counter(claim.kind for one in silver for claim in one.claims)
    weights = [min(kinds[claim.kind] for claim in one.claims) ** -0.5 for one in silver]
    keys = [(dice.random() ** (1 / weight), number) for number, weight in enumerate(weights)]
    return [silver[number] for _, number in sorted(keys, reverse=True)[:size]]


def _alone(some: Iterable[MiniDocument]) -> Iterable[MiniDocument]:
    for one in some:
        yield from alone(one)
