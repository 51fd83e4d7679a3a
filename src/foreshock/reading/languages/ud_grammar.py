"""The words that clause finding needs of a language, read from its table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from foreshock.errors import ReadingError
from foreshock.knowledge import once_a_table
from foreshock.reading.languages.base import Mood


def _words(values: Iterable[Any] | None) -> frozenset[str]:
    if any(isinstance(value, bool) for value in values or ()):
        raise ReadingError(
            f"a list of words holds a truth value: {values}", remedy='write "no", "on" and "off" in quotation marks'
        )
    return frozenset(str(value).lower() for value in values or ())


@dataclass(frozen=True, slots=True)
class Grammar:
    """Function words and word classes by what they do; docs/add-a-language.md describes each key."""

    words: Mapping[str, frozenset[str]]
    moods: Mapping[Mood, Mapping[str, frozenset[str]]]
    frames: Mapping[str, str]
    frame_nouns: Mapping[str, str]
    speakers_as: frozenset[str]
    speakers: frozenset[str] = frozenset()
    index: dict[str, dict[str, set[Mood]]] = field(init=False, default_factory=dict, repr=False, compare=False)

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> Grammar:
        """Build from a language's table.

        Raises:
            ReadingError: a word was written without quotation marks and read as a truth value.
        """
        return cls(
            words={key: _words(values) for key, values in table["grammar"].items() if isinstance(values, list)},
            moods={mood: {key: _words(values) for key, values in lists.items()} for mood, lists in table["moods"].items()},
            frames={lemma: name for name, lemmas in table["frames"].items() for lemma in lemmas},
            frame_nouns={lemma: name for name, lemmas in table["frame_nouns"].items() for lemma in lemmas},
            speakers_as=_words(table["attribution"].get("as")),
            speakers=frozenset().union(*(_words(table["attribution"].get(key)) for key in ("roles", "media", "statements"))),
        )

    def has(self, key: str, word: str) -> bool:
        """Tell whether a word stands in one of the lists of ``grammar``."""
        return word in self.words.get(key, frozenset())

    def moods_of(self, key: str, word: str) -> set[Mood]:
        """Return the moods whose list ``key`` (auxiliaries, chain, adverbs, lexical, controlled) holds a word."""
        known = self.index.get(key)
        if known is None:
            known = self.index[key] = {}
            for mood, lists in self.moods.items():
                for one in lists.get(key, frozenset()):
                    known.setdefault(one, set()).add(mood)
        return set(known.get(word, ()))


grammar_of = once_a_table(Grammar.from_table)
