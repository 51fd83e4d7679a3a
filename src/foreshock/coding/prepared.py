"""A language whose sentences were parsed beforehand, many documents at once; the same words are parsed once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from foreshock.coding.remembering import Behind
from foreshock.model import Sentence
from foreshock.reading.languages.base import Clause, Parse

# Sentences whose parse is remembered after their documents are done: wires and feeds repeat themselves soon or not at all.
REMEMBERED = 2_048


@dataclass(slots=True)
class Prepared(Behind):
    """A language that answers with what was prepared; sentences that were not are without words and clauses.

    Attributes:
        language: the language behind it.
    """

    _by_sentence: dict[int, Parse] = field(default_factory=dict)
    _by_text: dict[str, Parse] = field(default_factory=dict)

    def prepare(self, sentences: Sequence[Sentence]) -> list[Sentence]:
        """Parse sentences of any number of documents at once and return those that had not been; what was prepared is forgotten.

        They must be held by the caller until they are coded: they are known by identity.
        """
        fresh = {one.text: one for one in reversed(sentences) if one.text not in self._by_text}
        told = dict(zip(fresh, self.language.parse(list(fresh.values())), strict=True))
        self._by_sentence = {id(one): moved(told.get(one.text) or self._by_text[one.text], one) for one in sentences}
        self._by_text.update(told)
        for text in list(self._by_text)[: max(0, len(self._by_text) - REMEMBERED)]:
            del self._by_text[text]
        return list(fresh.values())

    def parse(self, sentences: Sequence[Sentence]) -> list[Parse]:
        """Return one parse a sentence, in the same order."""
        return [self._by_sentence.get(id(one)) or Parse(one, (), ()) for one in sentences]


def moved(parse: Parse, sentence: Sentence) -> Parse:
    """Return the parse of a sentence as that of another with the same text, which stands elsewhere."""
    by = sentence.start - parse.sentence.start
    if sentence is parse.sentence:
        return parse
    if by == 0:
        return replace(parse, sentence=sentence)
    tokens = tuple(replace(one, start=one.start + by, end=one.end + by) for one in parse.tokens)
    return Parse(sentence, tokens, tuple(_moved(one, by) for one in parse.clauses))


def _moved(clause: Clause, by: int) -> Clause:
    arguments = tuple(replace(one, start=one.start + by, end=one.end + by) for one in clause.arguments)
    return replace(clause, start=clause.start + by, end=clause.end + by, arguments=arguments)
