"""Hand-made words and clauses for tests of single rules, without a parser."""

from __future__ import annotations

from typing import Any

from foreshock.coding.frames import Governor
from foreshock.model import Damage, Sentence
from foreshock.reading.languages.base import Argument, Clause, Parse, Role, Token


def sentence(text: str, *, start: int = 0, index: int = 0, paragraph: int = 0, language: str = "en") -> Sentence:
    return Sentence("d", index, start, start + len(text), text, language, paragraph)


def clause(lemma: str = "go", **fields: Any) -> Clause:
    """Return a clause with every field at its plainest, but for those given."""
    plain: dict[str, Any] = {
        "index": 0, "start": 0, "end": 10, "lemma": lemma, "predicate": (), "tokens": (), "arguments": (), "negated": False,
        "passive": False, "moods": frozenset(), "relation": "root", "parent": None,
    }  # fmt: skip
    return Clause(**{**plain, **fields})


def governor(frame: str, *, noun: bool = False, told: bool = False, **fields: Any) -> Governor:
    """Return a governor of a frame class; ``noun`` puts the class on a noun of it."""
    carrier = Argument("object", "", 0, 5, frame, 0) if noun else None
    return Governor(frame, clause(frame, **fields), carrier, told)


def damage(kind: Any, start: int = 0, end: int = 1) -> Damage:
    return Damage(kind, start, end, "x", None, "why")


def parsed(marked: str, *clauses: dict[str, Any], language: str = "en") -> Parse:
    """Return a parse of "word/lemma/UPOS" marks, without spaces between the words of Japanese.

    A clause is a mapping: ``predicate`` and ``tokens`` by index, ``arguments`` as (role, first token, last token), other fields
    as they are. Without tokens a clause has them all.
    """
    tokens: list[Token] = []
    text = ""
    for index, mark in enumerate(marked.split(" ")):
        word, lemma, upos = [*mark.split("/"), "", ""][:3]
        text += " " if text and language != "ja" else ""
        tokens.append(Token(index, len(text), len(text) + len(word), word, lemma or word.lower(), upos or "NOUN", "", index))
        text += word
    made = []
    for number, given in enumerate(clauses):
        fields = {"index": number, "tokens": tuple(range(len(tokens))), "start": 0, "end": len(text), **given}
        fields["arguments"] = tuple(_argument(text, tokens, *one) for one in given.get("arguments", ()))
        fields.setdefault("lemma", " ".join(tokens[i].lemma for i in fields["predicate"]))
        made.append(clause(**fields))
    return Parse(sentence(text, language=language), tuple(tokens), tuple(made))


def _argument(text: str, tokens: list[Token], role: Role, first: int, last: int) -> Argument:
    start, end = tokens[first].start, tokens[last].end
    return Argument(role, "", start, end, text[start:end], last)
