"""The records of one kind of the codebook; no I/O."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of a kind or mode in one language; each cue is dictionary forms joined by single blanks."""

    predicates: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    tolls: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.predicates) + len(self.nouns) + len(self.acts) + len(self.tolls)

    def __add__(self, other: Cues) -> Cues:
        return Cues(
            once(self.predicates + other.predicates),
            once(self.nouns + other.nouns),
            once(self.acts + other.acts),
            once(self.tolls + other.tolls),
        )


@dataclass(frozen=True, slots=True)
class Mode:
    """How the act of a kind is done; ``cues`` by language code."""

    name: str
    gloss: str
    cues: Mapping[str, Cues]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A kind that is easily taken for this one, and how to tell them apart."""

    kind: str
    tell: str


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of the kind: ``trigger``, ``actor`` and ``recipient`` are substrings of ``text``, null where there is none."""

    text: str
    trigger: str
    mode: str | None
    status: str
    actor: str | None
    recipient: str | None


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A sentence that looks like this kind and is of ``kind``."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class KindEntry:
    """One kind of the codebook. Mappings by language are keyed by language code, ``modes`` by name in the file's order."""

    kind: str
    gloss: str
    neighbours: tuple[Neighbour, ...]
    roles: Mapping[str, str]
    crosswalk: Mapping[str, str | None]
    cues: Mapping[str, Cues]
    modes: Mapping[str, Mode]
    examples: Mapping[str, tuple[Example, ...]]
    near: Mapping[str, tuple[NearMiss, ...]]

    def cues_of(self, language: str) -> Iterator[tuple[str | None, Cues]]:
        """Yield (mode, cues) in one language: the kind's own first, with mode None, then each mode's."""
        for mode, by_language in [(None, self.cues), *((one.name, one.cues) for one in self.modes.values())]:
            if language in by_language:
                yield mode, by_language[language]


def once(cues: tuple[str, ...]) -> tuple[str, ...]:
    """Return the cues without repeats, in their order."""
    return tuple(dict.fromkeys(cues))
