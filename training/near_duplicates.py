"""Sentences of the corpus that say nearly the same: python -m training.near_duplicates [--language ru] [--within .94]

By the cosine of their vectors (multilingual-e5-small). Within a language pairs of one group are meant to be alike and are passed
over; across languages a translation would teach nothing new and would leak from the training part into the test part, so those
are told at a lower cosine. Unrelated sentences of this encoder have about .75, sentences on one subject .85 to .9.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import numpy as np

from corpus import read_all
from corpus.records import LANGUAGES, MiniDocument
from corpus.split import part_of
from training.e5 import E5

WITHIN = 0.94
ACROSS = 0.93
SHORTEST = 20
Place = tuple[MiniDocument, int]


def sentences(documents: list[MiniDocument]) -> list[Place]:
    """Return every sentence that is long enough to be compared: its document and its number."""
    return [(one, number) for one in documents for number, (start, end) in enumerate(one.sentences) if end - start >= SHORTEST]


def near(places: list[Place], vectors: np.ndarray, *, within: float, across: float) -> Iterator[tuple[float, Place, Place]]:
    """Yield the cosine and the places of each pair that is too near, the nearest first."""
    cosines = np.triu(vectors @ vectors.T, 1)
    rows, columns = np.nonzero(cosines >= min(within, across))
    for i, j in sorted(zip(rows, columns, strict=True), key=lambda pair: -cosines[pair]):
        (one, first), (other, second) = places[i], places[j]
        same = one.language == other.language
        if same and one.group is not None and one.group == other.group:
            continue
        if one is other or cosines[i, j] < (within if same else across):
            continue
        yield float(cosines[i, j]), (one, first), (other, second)


def main() -> None:
    """Print the pairs that are too near, with where they stand."""
    parser = argparse.ArgumentParser(
        prog="python -m training.near_duplicates", description=__doc__.splitlines()[0] if __doc__ else None
    )
    parser.add_argument("--language", action="append", choices=LANGUAGES, help="only these languages")
    parser.add_argument("--within", type=float, default=WITHIN, help="cosine within a language (default %(default)s)")
    parser.add_argument("--across", type=float, default=ACROSS, help="cosine across languages (default %(default)s)")
    given = parser.parse_args()
    documents, faults = read_all(languages=given.language or LANGUAGES)
    if faults:
        raise SystemExit(f"{faults[0]}; run python -m corpus check")
    places = sentences(documents)
    vectors = E5()([one.text[slice(*one.sentences[number])] for one, number in places])
    found = list(near(places, vectors, within=given.within, across=given.across))
    for cosine, *pair in found:
        print(f"{cosine:.3f}")
        for one, number in pair:
            print(f"  {one.path}:{one.line} {one.id} ({part_of(one)}) {one.text[slice(*one.sentences[number])]}")
    print(f"{len(found)} pairs among {len(places)} sentences")


if __name__ == "__main__":
    main()
