"""Prunes the vocabulary to the languages that are read: 250,002 pieces of a hundred languages to those of sixteen.

Kept are the pieces that the given texts use, every single character of their scripts, and the most frequent others that are
written in these scripts (the vocabulary stands in order of frequency), up to a number. A text is then cut as before unless it
needs a piece that is gone; that one falls into smaller ones, since the characters are all there.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tokenizers import Tokenizer

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
SCRIPTS = ("LATIN", "CYRILLIC", "ARABIC", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "KATAKANA-HIRAGANA", "HALFWIDTH", "FULLWIDTH")
OTHER_THAN_LETTERS = frozenset("NPSZM")


@dataclass(frozen=True, slots=True)
class Pruned:
    """A pruned tokenizer as JSON, and for each of its pieces the number that it had before."""

    tokenizer: dict[str, Any]
    rows: list[int]


def prune(whole: dict[str, Any], used: Iterable[int], *, pieces: int) -> Pruned:
    """Return a tokenizer with about this many pieces.

    Args:
        whole: ``tokenizer.json`` of the encoder.
        used: numbers of the pieces that must stay.
        pieces: how many to keep; more where more are used.
    """
    vocabulary: list[tuple[str, float]] = whole["model"]["vocab"]
    kept = set(range(len(SPECIAL))) | set(used)
    kept |= {number for number, (piece, _) in enumerate(vocabulary) if len(piece.strip("▁")) <= 1 and _ours(piece)}
    for number, (piece, _) in enumerate(vocabulary):
        if len(kept) >= pieces:
            break
        if _ours(piece):
            kept.add(number)
    mask = len(vocabulary) - 1
    rows = sorted(kept - {mask})
    told = json.loads(json.dumps(whole))
    told["model"]["vocab"] = [vocabulary[number] for number in rows]
    told["added_tokens"] = [one for one in told["added_tokens"] if one["content"] in SPECIAL]
    told["truncation"] = told["padding"] = None
    return Pruned(told, rows)


def _ours(piece: str) -> bool:
    return all(char == "▁" or _script(char) for char in piece)


def _script(char: str) -> bool:
    if unicodedata.category(char)[0] in OTHER_THAN_LETTERS:
        return ord(char) < 0x3400 or ord(char) >= 0xFE00
    return unicodedata.name(char, "").split(" ")[0] in SCRIPTS


def used_by(tokenizer: Tokenizer, texts: Iterable[str]) -> set[int]:
    """Return the numbers of the pieces that texts use."""
    found: set[int] = set()
    for text in texts:
        found.update(tokenizer.encode(text).ids)
    return found


def unknown_share(tokenizer: Tokenizer, texts: Iterable[str]) -> float:
    """Return the share of unknown pieces that a tokenizer gives of texts."""
    total = unknown = 0
    for text in texts:
        ids = tokenizer.encode(text).ids
        total += len(ids)
        unknown += ids.count(SPECIAL.index("<unk>"))
    return unknown / max(1, total)
