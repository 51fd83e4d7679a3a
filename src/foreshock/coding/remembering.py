"""Languages that answer for another one: one remembers its last parse, which coding, attributions and persons share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from foreshock.model import Depth, Sentence
from foreshock.reading.languages.base import Language, Parse


@dataclass(slots=True)
class Behind:
    """A language that answers with what another one knows; what it does about parsing is its own."""

    language: Language

    @property
    def code(self) -> str:
        """ISO 639-1 code."""
        return self.language.code

    @property
    def depth(self) -> Depth:
        """How deep a text of this language is read."""
        return self.language.depth

    @property
    def table(self) -> Mapping[str, Any]:
        """The language's knowledge as data."""
        return self.language.table

    def split(self, text: str) -> Iterable[tuple[int, int]]:
        """Yield half-open spans of sentences in one paragraph."""
        return self.language.split(text)


@dataclass(slots=True)
class Remembering(Behind):
    """A language behind which the parses of the last reading are kept, and of no other."""

    _sentences: tuple[Sentence, ...] = field(init=False, default=())
    _parses: list[Parse] = field(init=False, default_factory=list)

    def parse(self, sentences: Sequence[Sentence]) -> list[Parse]:
        """Return one parse a sentence; the same sentences as last time are not parsed again."""
        asked = tuple(sentences)
        if asked != self._sentences or not asked:
            self._parses, self._sentences = self.language.parse(sentences), asked
        return list(self._parses)
