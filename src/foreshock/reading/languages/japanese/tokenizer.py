"""Words of Japanese by Sudachi: surface, part of speech (UniDic), conjugation, dictionary form and normal form.

Split mode C (named units whole: 記者会見, 安全保障) with SudachiDict. The tokens are put into a spaCy ``Doc`` that a pipeline
without a tokenizer goes on with; its TAG is the UniDic part of speech, MORPH the conjugation form, NORM Sudachi's normal form.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from typing import Any

MODE = "C"
# The file beside a pipeline that lists the normal forms it has learnt, one a line.
WORDS = "words.txt"
# Sudachi refuses more than 49,149 bytes at once; a kanji takes three, some signs four.
_LONGEST = 12_000
_STOPS = "。、！？\n 　"


def _cut(text: str) -> list[tuple[int, int]]:
    """Return half-open spans of at most ``_LONGEST`` characters, parted after a sign where one stands near."""
    spans = []
    start = 0
    while len(text) - start > _LONGEST:
        end = start + _LONGEST
        near = max(text.rfind(stop, end - 1_000, end) for stop in _STOPS)
        end = near + 1 if near >= 0 else end
        spans.append((start, end))
        start = end
    return [*spans, (start, len(text))]


def script(text: str) -> str:
    """Return what a word is written in, runs of one script as one letter: k kanji, h hiragana, t katakana, a Latin, d digit."""
    result: list[str] = []
    for char in text:
        code = ord(char)
        if char.isdigit():
            kind = "d"
        elif 0x3041 <= code <= 0x309F:
            kind = "h"
        elif 0x30A0 <= code <= 0x30FF:
            kind = "t"
        elif char.isalpha():
            kind = "k" if code >= 0x3400 else "a"
        else:
            kind = "."
        if not result or result[-1] != kind:
            result.append(kind)
    return "".join(result)


def prepare(vocab: Any) -> None:
    """Let a vocabulary give what a Japanese word shows of itself: first and last character, and its scripts as SHAPE.

    Must be called before the vocabulary meets its first word.
    """
    from spacy.attrs import PREFIX, SHAPE, SUFFIX  # noqa: PLC0415 - heavy: only a text of this language needs it

    vocab.lex_attr_getters.update({PREFIX: lambda s: s[:1], SUFFIX: lambda s: s[-1:], SHAPE: script})


def learnt(normal: str, known: Container[str] | None) -> str:
    """Return what a word counts as for the pipeline: its normal form, for a number how long it is, for a rare word "?".

    A word that the pipeline never learnt would otherwise look like any of those that share its row of the table.
    """
    if normal.isdigit():
        return f"#{len(normal)}"
    return normal if known is None or normal in known else "?"


@dataclass(frozen=True, slots=True)
class _Row:
    """One token before it stands in a document: what Sudachi says of it, half-open span in the text."""

    start: int
    end: int
    tag: str
    form: str
    lemma: str
    normal: str


class Tokenizer:
    """A function from a text to a spaCy ``Doc``: Sudachi's morphemes, white space as tokens of its own.

    Args:
        vocab: the vocabulary of the pipeline that reads the documents.
        known: the normal forms that the pipeline has learnt; None for all.
        mode: Sudachi's split mode, A (short units) to C (named units).

    Raises:
        ImportError: spaCy, SudachiPy or SudachiDict is not installed.
    """

    def __init__(self, vocab: Any, known: Container[str] | None = None, mode: str = MODE) -> None:
        from spacy.lang.ja import resolve_pos  # noqa: PLC0415 - heavy: only a text of this language needs it
        from spacy.tokens import Doc  # noqa: PLC0415
        from sudachipy import Dictionary, SplitMode  # noqa: PLC0415

        self._vocab, self._known = vocab, known
        self._sudachi = Dictionary().create(mode=getattr(SplitMode, mode))
        self._doc = Doc
        self._resolve: Callable[[str, str, str | None], tuple[int, int | None]] = resolve_pos
        # The grammatical side of a morpheme is one of some thousand tuples, numbered by the dictionary.
        self._grammar: dict[int, tuple[str, str]] = {}

    def __call__(self, text: str) -> Any:
        """Return the text as a ``Doc`` whose tokens have TAG, MORPH, LEMMA, POS and NORM; their texts joined are the text."""
        words: list[str] = []
        rows: list[tuple[str, str, str, str, str]] = []
        spaces: list[bool] = []
        found = list(self._rows(text))
        position = 0
        coming = ""
        for number, here in enumerate(found):
            self._gap(text[position : here.start], words, rows, spaces)
            surface = text[here.start : here.end]
            after = found[number + 1].tag if number + 1 < len(found) else None
            pos, coming = (coming, "") if coming else self._pos(surface, here.tag, after)
            words.append(surface)
            rows.append((here.tag, f"Inflection={here.form}" if here.form else "", here.lemma or surface, here.normal, pos))
            spaces.append(False)
            position = here.end
        self._gap(text[position:], words, rows, spaces)
        document = self._doc(
            self._vocab,
            words=words,
            spaces=spaces,
            tags=[row[0] for row in rows],
            morphs=[row[1] for row in rows],
            lemmas=[row[2] for row in rows],
            pos=[row[4] for row in rows],
        )
        for token, row in zip(document, rows, strict=True):
            token.norm_ = learnt(row[3], self._known)
        return document

    def _rows(self, text: str) -> Iterator[_Row]:
        for first, last in _cut(text):
            for morpheme in self._sudachi.tokenize(text[first:last]):
                start, end = morpheme.begin() + first, morpheme.end() + first
                if end <= start or text[start:end].isspace():
                    continue
                number = morpheme.part_of_speech_id()
                grammar = self._grammar.get(number)
                if grammar is None:
                    parts = morpheme.part_of_speech()
                    grammar = ("-".join(p for p in parts[:4] if p != "*"), parts[5] if parts[5] != "*" else "")
                    self._grammar[number] = grammar
                yield _Row(start, end, *grammar, morpheme.dictionary_form(), morpheme.normalized_form())

    def _gap(self, gap: str, words: list[str], rows: list[tuple[str, str, str, str, str]], spaces: list[bool]) -> None:
        """Put white space between two words into the lists: one blank belongs to the word before it, more is a token."""
        if gap[:1] == " " and spaces and not spaces[-1]:
            spaces[-1] = True
            gap = gap[1:]
        if gap:
            words.append(gap)
            rows.append(("空白", "", gap, gap, "SPACE"))
            spaces.append(False)

    def _pos(self, surface: str, tag: str, after: str | None) -> tuple[str, str]:
        """Return the universal part of speech of a word and, where the pair of words says it, of the next; else ""."""
        here, following = self._resolve(surface, tag, after)
        return self._vocab.strings[here], self._vocab.strings[following] if following else ""
