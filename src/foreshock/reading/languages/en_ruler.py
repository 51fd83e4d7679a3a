"""The attribute ruler of the English parser with a memory of single words: part of speech, morphology, some dictionary forms."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

RULED = ("LOWER", "TAG", "DEP", "IS_SPACE")
SET = ("POS", "MORPH", "LEMMA")
# What is remembered of words is forgotten when it is this much.
MOST = 50_000

Said = tuple[int, int, int]


@dataclass(slots=True)
class Ruler:
    """What an attribute ruler says of each word: remembered, where it looks at the word alone.

    Attributes:
        ruler: the pipeline's own.
        strings: of its vocabulary.
        words: lower-case forms (numbers of the vocabulary) that patterns ask for; other words are alike to them.
        runs: patterns of several words, or of words by their form: where one of them matches, the ruler itself is asked.
        known: (form, tag, relation, white space) -> part of speech, morphology, dictionary form (0 where the ruler sets none).
    """

    ruler: Any
    strings: Any
    words: frozenset[int]
    runs: tuple[tuple[Mapping[str, Any], ...], ...]
    known: dict[tuple[int, int, int, int], Said] = field(default_factory=dict)
    _opens: dict[tuple[int, int], bool] = field(default_factory=dict)

    @classmethod
    def of(cls, nlp: Any) -> Ruler | None:
        """Return the remembering ruler; None where a pattern asks for more than a word's own form, tag and relation."""
        if not nlp.has_pipe("attribute_ruler"):
            return None
        ruler, strings = nlp.get_pipe("attribute_ruler"), nlp.vocab.strings
        patterns = [pattern for rule in ruler.patterns for pattern in rule["patterns"]]
        if any(set(token) - set(RULED) for pattern in patterns for token in pattern):
            return None
        alone = [pattern[0] for pattern in patterns if len(pattern) == 1 and _lists(pattern[0].get("LOWER"))]
        runs = tuple(tuple(pattern) for pattern in patterns if len(pattern) > 1 or not _lists(pattern[0].get("LOWER")))
        return cls(ruler, strings, frozenset(strings.add(word) for token in alone for word in _words(token.get("LOWER"))), runs)

    def __call__(self, doc: Any, rows: Sequence[Sequence[int]]) -> list[Said]:
        """Return what the ruler says of each word; ``rows`` hold form, lower-case form, tag, relation first, white space last."""
        keys = [(row[1] if row[1] in self.words else 0, row[2], row[3], row[7]) for row in rows]
        if self._runs(rows):
            return [tuple(said) for said in self.ruler(doc).to_array(SET).tolist()]
        known = self.known
        if not all(key in known for key in keys):
            if len(known) > MOST:
                known.clear()
            known.update(zip(keys, map(tuple, self.ruler(doc).to_array(SET).tolist()), strict=True))
        return [known[key] for key in keys]

    def _runs(self, rows: Sequence[Sequence[int]]) -> bool:
        """Whether a pattern of ``runs`` matches."""
        opens = self._opens
        for at, row in enumerate(rows):
            key = (row[1], row[3])
            may = opens.get(key)
            if may is None:
                if len(opens) > MOST:
                    opens.clear()
                may = opens[key] = any(self._fits(run[0], row, without=("TAG", "IS_SPACE")) for run in self.runs)
            if may and any(self._run(run, rows[at : at + len(run)]) for run in self.runs):
                return True
        return False

    def _run(self, run: Sequence[Mapping[str, Any]], rows: Sequence[Sequence[int]]) -> bool:
        return len(rows) == len(run) and all(self._fits(token, row) for token, row in zip(run, rows, strict=True))

    def _fits(self, token: Mapping[str, Any], row: Sequence[int], *, without: Sequence[str] = ()) -> bool:
        told = {"LOWER": row[1], "TAG": row[2], "DEP": row[3], "IS_SPACE": row[7]}
        return all(_holds(asked, told[key], self.strings) for key, asked in token.items() if key not in without)


def _holds(asked: Any, told: int, strings: Any) -> bool:
    """Whether a word's value meets a condition: "is", {"IN": [...]}, {"NOT_IN": [...]}, {"REGEX": "..."}; others may be met."""
    if isinstance(asked, bool):
        return bool(told) is asked
    word = strings[told] if told else ""
    if isinstance(asked, str):
        return bool(word == asked)
    tests = {"IN": lambda of: word in of, "NOT_IN": lambda of: word not in of, "REGEX": lambda of: bool(re.search(of, word))}
    return all(tests[name](of) for name, of in asked.items() if name in tests)


def _lists(asked: Any) -> bool:
    """Whether a condition names its words, or asks for none."""
    return not isinstance(asked, dict) or set(asked) <= {"IN", "NOT_IN"}


def _words(asked: Any) -> list[str]:
    if isinstance(asked, dict):
        return [str(word) for words in asked.values() for word in words if word]
    return [str(asked)] if asked else []
