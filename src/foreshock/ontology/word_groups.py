"""Groups of words by language, found in running text: ``*`` is any ending, `` ~ `` up to five words between.

For what no cue of the codebook asks: the means and causes that an event type hangs on (``event_types.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# Languages written without spaces: there a word is found wherever its letters stand.
UNSPACED = frozenset({"ja", "zh"})
_GAP = r"(?:\W+\w+){0,5}?\W+"
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class WordGroups:
    """Patterns by (group, language); ``masks`` are phrases that look like words of a group and are none, by language."""

    names: frozenset[str]
    patterns: Mapping[tuple[str, str], re.Pattern[str]]
    masks: Mapping[str, re.Pattern[str]]

    @classmethod
    def build(cls, groups: Mapping[str, Mapping[str, Iterable[str]]], masks: Mapping[str, Iterable[str]]) -> WordGroups:
        """Return the groups of a YAML table: group -> language -> words."""
        return cls(
            frozenset(groups),
            {(name, code): _pattern(words, code) for name, table in groups.items() for code, words in table.items()},
            {code: _pattern(words, code) for code, words in masks.items()},
        )

    def masked(self, text: str, language: str) -> str:
        """Return a text in lower case without the phrases that only look like words of a group."""
        return self.masks.get(language, _NEVER).sub(" ", text.lower().replace("’", "'"))

    def found(self, group: str, text: str, language: str) -> bool:
        """Whether a word of a group stands in a masked text; False where the group has no words in the language."""
        return bool(self.patterns.get((group, language), _NEVER).search(text))


def _pattern(words: Iterable[str], code: str) -> re.Pattern[str]:
    if code in UNSPACED:
        return re.compile("|".join(re.escape(word) for word in words))
    parts = []
    for word in words:
        escaped = re.escape(word.lower()).replace(r"\*", r"\w*")
        parts.append(escaped.replace(r"\ \~\ ", _GAP).replace(r"\ ", r"\W+"))
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")
