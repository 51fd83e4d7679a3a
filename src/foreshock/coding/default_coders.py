"""Which coder a language gets where none is asked for: the one that measured better, by a table."""

from __future__ import annotations

import importlib.util
from functools import cache
from typing import Literal

from foreshock.knowledge import load_table
from foreshock.model import Document

Choice = Literal["encoder", "rules"]


@cache
def default_coder(language: str, *, damaged: bool = False) -> Choice:
    """Return the coder that ``auto`` takes for a text: by the table; rules where nothing runs the encoder.

    Args:
        language: ISO 639-1 code of the text.
        damaged: whether it is damaged or machine-translated (:func:`is_damaged`).
    """
    row = load_table("foreshock.coding", "default_coders.yaml")["coders"].get(language) or {}
    chosen = row.get("damaged") if damaged and "damaged" in row else row.get("coder", "rules")
    return "encoder" if chosen == "encoder" and can_run_encoder() else "rules"


def is_damaged(document: Document) -> bool:
    """Whether a text is not what its author wrote: damage was found in it, or marks of machine translation."""
    return bool(document.damage or document.translated)


@cache
def can_run_encoder() -> bool:
    """Whether the libraries that run the encoder are installed (the extra ``encoder``)."""
    return all(importlib.util.find_spec(name) is not None for name in ("onnxruntime", "tokenizers"))
