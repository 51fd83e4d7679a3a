"""What the codebook holds by kind, mode and language, and what it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from foreshock.ontology.codebook import Codebook

# Languages with a grammar behind them: their kinds have examples and near misses too.
PARSED = ("en", "ja", "ru", "fr", "es")
EXAMPLES, NEAR = 6, 3


@dataclass(frozen=True, slots=True)
class Cell:
    """How much there is of one kind, or of one of its modes, in one language.

    ``examples`` and ``near`` are counted for a kind and 0 for a mode that has none.
    """

    kind: str
    mode: str | None
    language: str
    cues: int
    examples: int
    near: int


def languages_of(codebook: Codebook) -> tuple[str, ...]:
    """Return the languages that the codebook has words in: those with examples first, then by code."""
    found = {code for entry in codebook for code in entry.cues}
    found |= {code for entry in codebook for mode in entry.modes.values() for code in mode.cues}
    return (*(code for code in PARSED if code in found), *sorted(found - set(PARSED)))


def coverage(codebook: Codebook, *, languages: Sequence[str], modes: bool = False) -> Iterator[Cell]:
    """Yield a cell for every kind and language, in the order of the codebook; with ``modes`` also for every mode.

    The cues of a kind are its own and those of its modes.
    """
    for entry in codebook:
        for code in languages:
            cues = sum(len(words) for _, words in entry.cues_of(code))
            yield Cell(entry.kind, None, code, cues, len(entry.examples.get(code, ())), len(entry.near.get(code, ())))
        for mode in entry.modes.values() if modes else ():
            for code in languages:
                told = sum(one.mode == mode.name for one in entry.examples.get(code, ()))
                yield Cell(entry.kind, mode.name, code, len(mode.cues[code]) if code in mode.cues else 0, told, 0)


def holes(cells: Sequence[Cell]) -> Iterator[str]:
    """Yield what is missing, in words: cues of a kind or mode, and for parsed languages examples and near misses."""
    for cell in cells:
        name = f"{cell.kind}/{cell.mode}" if cell.mode else cell.kind
        if not cell.cues:
            yield f"{name}: no cues in {cell.language}"
        if cell.mode is None and cell.language in PARSED:
            if cell.examples < EXAMPLES:
                yield f"{name}: {cell.examples} of {EXAMPLES} examples in {cell.language}"
            if cell.near < NEAR:
                yield f"{name}: {cell.near} of {NEAR} near misses in {cell.language}"
