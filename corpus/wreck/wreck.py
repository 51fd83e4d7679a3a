"""Makes wrecks: every document once, with a damage that fits it, from a seed; the same seed gives the same wrecks."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from corpus.convert.claims import gold_row
from corpus.records import MiniDocument
from corpus.split import part_of
from corpus.wreck import numbers, words
from corpus.wreck.edits import Wreck
from foreshock.model import to_json

DAMAGES: dict[str, Callable[[MiniDocument, random.Random], Wreck | None]] = {
    "placeholder": numbers.placeholder,
    "lost digit": numbers.lost_digit,
    "moved year": numbers.moved_year,
    "swapped unit": numbers.swapped_unit,
    "glued name": words.glued_name,
    "translated outlet": words.translated_outlet,
    "doubled stop": words.doubled_stop,
    "mojibake": words.mojibake,
    "mangled case": words.mangled_case,
    "lost clause": words.lost_clause,
}
# Damages that few texts can bear are tried first, those of fewest first of all, so that each is met often enough.
RARE = ("lost digit", "swapped unit", "translated outlet", "moved year", "glued name", "placeholder")


def wrecks(documents: Iterable[MiniDocument], *, seed: int) -> Iterator[tuple[str, Wreck]]:
    """Yield (name of the damage, wreck) for each document that bears one.

    Dice are thrown for each document apart, from the seed and its id, so that a new document changes no other's damage.
    """
    for document in documents:
        digest = hashlib.sha256(f"{seed}\x1f{document.language}\x1f{document.id}".encode()).digest()
        dice = random.Random(int.from_bytes(digest[:8]))
        names = list(DAMAGES)
        dice.shuffle(names)
        rare = [*RARE[:3], *(name for name in names if name in RARE[3:])]
        for name in [*rare, *[name for name in names if name not in RARE]] if dice.random() < 0.85 else names:
            if (made := DAMAGES[name](document, dice)) is not None:
                yield name, made
                break


def wreck_row(name: str, made: Wreck) -> dict[str, Any]:
    """Return a wreck as JSON values: the text, what was done, and gold rows; claims of which much is gone are optional."""
    document = made.document
    return {
        "id": f"{document.language}/{document.id}",
        "language": document.language,
        "part": part_of(document),
        "published": document.published,
        "damaged": name,
        "text": document.text,
        "damage": [to_json(one) for one in made.damage],
        "gold": [
            {**gold_row(claim, document), **({"optional": True} if claim.number in made.unsure else {})}
            for claim in document.claims
        ],
    }
