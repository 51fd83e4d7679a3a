"""A parser in its place: loaded when a text first needs it, and loaded anew when it has learned many words.

spaCy keeps every word that it ever saw, with what its tokenizer and its lemmatizer found of it: some 400 bytes a word, for as
long as the parser lives. Its memory zones would free words, but the tokenizer remembers nothing inside them, and the tables
behind the words grow on. A parser that was loaded anew says the same of every text: what it had learned was only remembered.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# 20 MB. Loading takes a second, four for French; in news so many new words take hours to come.
LEARNED = 50_000


@dataclass(slots=True)
class Held:
    """A parser with a vocabulary (``parser.vocab`` of spaCy).

    Attributes:
        load: returns it, as it is shipped.
        strings: how many strings it knew then.
    """

    load: Callable[[], Any]
    strings: int = 0
    _parser: Any = None

    def ready(self) -> Any:
        """Return the parser.

        Raises:
            ReadingError: what it needs is not installed.
        """
        parser = self._parser
        if parser is not None and len(parser.vocab.strings) - self.strings > LEARNED:
            # Two at once would need the memory of both.
            self._parser = parser = None
            _collect()
        if parser is None:
            parser = self.load()
            self.strings, self._parser = len(parser.vocab.strings), parser
        return parser


def _collect() -> None:
    """Free what nobody holds: the parts of a parser hold each other, also where the collector passes over what was loaded."""
    frozen = gc.get_freeze_count() > 0
    gc.unfreeze()
    gc.collect()
    if frozen:
        gc.freeze()
