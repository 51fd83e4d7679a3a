"""More words for the kinds of a language: ``cues/<code>.yaml``, one file a language, beside the cues in the files of the kinds.

A file maps KIND or KIND/mode to ``predicates``, ``nouns`` and ``acts`` as the files of kinds write them. What stands in the kinds
was written with the surface rules and is exact enough to find claims by; these lists are wide, and tell what a claim is of that
was found otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from foreshock.errors import CatalogueError
from foreshock.knowledge import load_yaml
from foreshock.ontology.codebook import Codebook
from foreshock.ontology.kind_entry import Cues

SORTS = frozenset({"predicates", "nouns", "acts"})


def language_cues(codebook: Codebook, language: str) -> Iterator[tuple[str, str | None, Cues]]:
    """Yield (kind, mode, cues) of a language's own file; nothing where it has none.

    Raises:
        CatalogueError: the file names a kind, a mode or a sort of cue that the codebook has not.
    """
    for key, row in _table(language).items():
        kind, _, mode = str(key).partition("/")
        if kind not in codebook.kinds or (mode and mode not in codebook[kind].modes) or not set(row) <= SORTS:
            raise CatalogueError(
                f"cues/{language}.yaml: {key!r} with {sorted(row)} is not of the codebook",
                remedy=f"name a kind, or KIND/mode, with some of {', '.join(sorted(SORTS))}",
            )
        yield kind, mode or None, Cues(*(tuple(map(str, row.get(sort) or ())) for sort in ("predicates", "nouns", "acts")))


@cache
def _table(language: str) -> Mapping[str, Any]:
    path = files("foreshock.ontology").joinpath("cues").joinpath(f"{language}.yaml")
    return load_yaml(path.read_text("utf-8")) if path.is_file() else {}
