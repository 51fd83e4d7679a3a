"""Explain: why the encoder read a claim as it did, from the document's text as it may be shown."""

from __future__ import annotations

from functools import cache, lru_cache

from foreshock.coding.default_coders import can_run_encoder
from foreshock.coding.encoder.cued import Cued
from foreshock.coding.encoder.explain import Explanation, Weight, explain
from foreshock.coding.encoder.grammars import SurfaceGrammars
from foreshock.coding.encoder.model import facts, load
from foreshock.coding.encoder.nearest import Neighbour
from foreshock.model import Claim, Document
from foreshock.ontology.codebook import load_codebook
from foreshock.reading.read import reread

__all__ = ["Explanation", "Neighbour", "Weight", "explained", "is_explained"]

KEPT = 256


def explained(claim: Claim, document: Document) -> Explanation | None:
    """Return why a claim was read so; None where it is not the encoder's, or its words are not read so any more.

    Args:
        claim: as its coder left it.
        document: its document, private persons masked: what is withheld carries nothing here either.

    Raises:
        CodingError: the encoder's file is missing or was changed.
    """
    if not is_explained(claim):
        return None
    return _explained(claim, document)


def is_explained(claim: Claim) -> bool:
    """Whether a claim can be explained: the encoder that runs here coded it."""
    return claim.coder == f"encoder@{facts()['version']}" and can_run_encoder()


@lru_cache(maxsize=KEPT)
def _explained(claim: Claim, document: Document) -> Explanation | None:
    reading = reread(document)
    table = facts()
    cued = Cued(_grammars(), below=float(table["cued"]["below"]), right=float(table["cued"]["right"]))
    return explain(claim, document.text, reading.sentences, load(), least=float(table["trigger"]), cued=cued)


@cache
def _grammars() -> SurfaceGrammars:
    # The codebook of the package: words that a user added told the kind without being shown as its reason.
    return SurfaceGrammars(load_codebook())
