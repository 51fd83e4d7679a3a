"""The pruned vocabulary: what is used stays, scripts stay whole, what is gone falls into pieces and not into the unknown."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("tokenizers")
pytest.importorskip("onnxruntime")

from tokenizers import Tokenizer

from corpus import read_all
from foreshock.coding.encoder.model import load
from training.encoder.prune import SPECIAL, prune, unknown_share, used_by

PIECES = ["▁", "▁soldier", "s", "▁sol", "dier", "o", "l", "d", "i", "e", "r", "兵", "士", "ก", "▁ไทย", "▁left", "f", "t"]


def whole() -> dict:
    vocabulary = [[piece, 0.0] for piece in SPECIAL] + [[piece, -float(number + 1)] for number, piece in enumerate(PIECES)]
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": None,
        "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True},
        "post_processor": None,
        "decoder": None,
        "model": {"type": "Unigram", "unk_id": 3, "vocab": [*vocabulary, ["<mask>", 0.0]], "byte_fallback": False},
    }


def test_single_characters_of_our_scripts_stay_and_others_go() -> None:
    made = prune(whole(), [], pieces=0)
    kept = {piece for piece, _ in made.tokenizer["model"]["vocab"]}
    assert {"s", "o", "兵", "▁"} <= kept
    assert not {"ก", "▁ไทย", "▁soldier", "<mask>"} & kept
    assert [whole()["model"]["vocab"][row][0] for row in made.rows] == [piece for piece, _ in made.tokenizer["model"]["vocab"]]


def test_used_and_frequent_pieces_stay() -> None:
    tokenizer = Tokenizer.from_str(json.dumps(whole()))
    used = used_by(tokenizer, ["left"])
    kept = {piece for piece, _ in prune(whole(), used, pieces=0).tokenizer["model"]["vocab"]}
    assert "▁left" in kept
    assert "▁soldier" in {piece for piece, _ in prune(whole(), [], pieces=18).tokenizer["model"]["vocab"]}


def test_a_piece_that_is_gone_falls_into_smaller_ones() -> None:
    small = Tokenizer.from_str(json.dumps(prune(whole(), [], pieces=0).tokenizer))
    assert unknown_share(small, ["soldiers"]) == 0
    assert unknown_share(small, ["ก"]) > 0


def test_the_vocabulary_that_ships_knows_the_corpus() -> None:
    tokenizer = load().tokenizer
    texts = [one.text for one in read_all()[0]][::7]
    assert unknown_share(tokenizer, texts) < 0.001
