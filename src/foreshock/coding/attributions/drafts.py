"""An attribution on its way: what has been found of it before quotations, sources and nesting are settled."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from foreshock.model import Span
from foreshock.reading.languages.base import Clause, Parse

Sort = Literal["clause", "object", "noun", "citing", "quotation", "label"]


@dataclass(slots=True)
class Draft:
    """One attribution being built.

    Attributes:
        sort: how it was found.
        parse: the sentence of the cue; ``clause`` the clause of the cue, where a predicate attributes.
        source: the words that name who; ``silent`` where the text says that nobody is named.
        quoted: the quotations that the content takes up.
    """

    sort: Sort
    parse: Parse
    clause: Clause | None
    source: Span | None
    cue: list[Span]
    content: list[Span]
    silent: bool = False
    quoted: list[Span] = field(default_factory=list)

    @property
    def at(self) -> int:
        """Where it stands in the text: at its first word."""
        return min(span[0] for span in (*self.cue, *self.content, *([self.source] if self.source else [])))
