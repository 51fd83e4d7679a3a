"""Who did what a noun names, and to whom: "l'arrestation du juge par la police", "нападение боевиков на заставу".

A phrase is cut behind the noun of the act into pieces, each with the word that marks it: a preposition, or in a language of cases
the case that the parser tells (``nmod:gen``, ``nmod:ins``). Which mark says what is the language's table ``parties``; a language
without ``possessors`` there is left as it is. Pieces are read in their order, and not by the tree, because parsers hang "by" on
the noun before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foreshock.coding.events import Event
from foreshock.coding.marked import is_amount
from foreshock.model import Kind
from foreshock.reading.languages.base import Argument, Parse, Token

Pair = tuple[Argument | None, Argument | None]


@dataclass(frozen=True, slots=True)
class Deeds:
    """A language's marks inside the phrase of an act.

    Attributes:
        doers: marks of who acts: par, "ins".
        targets: KIND or KIND/mode -> marks of who is acted on: contre, на.
        possessors: marks of whose act it is, or on whom: de, "gen".
        acting: nouns whose possessor acts: "the attack of"; of every other noun of the kinds ``undergone`` he undergoes.
        between: marks of two who act on each other.
        reaching: verbs whose object is the target of the act that is their subject: "l'attaque a visé".
        undergoing: verbs whose subject undergoes what their object names (``receiving`` of the table).
        forces: what kills and is no doer (``grammar.forces``).
        opposing: verbs whose object and indirect object meet in it: "des combats ont opposé l'armée aux rebelles".
    """

    doers: frozenset[str] = frozenset()
    targets: Mapping[str, Sequence[str]] | None = None
    possessors: frozenset[str] = frozenset()
    acting: frozenset[str] = frozenset()
    undergone: frozenset[str] = frozenset()
    between: frozenset[str] = frozenset()
    reaching: frozenset[str] = frozenset()
    opposing: frozenset[str] = frozenset()
    undergoing: frozenset[str] = frozenset()
    forces: frozenset[str] = frozenset()

    @classmethod
    def build(cls, table: Mapping[str, Any]) -> Deeds:
        """Return the marks of a language's table."""
        own = table.get("parties") or {}
        names = ("doers", "possessors", "acting", "undergone", "between", "reaching", "opposing")
        undergoing = frozenset(own.get("receiving") or ()) if own.get("possessors") else frozenset()
        sets = {name: frozenset(own.get(name) or ()) for name in names}
        sets["forces"] = frozenset((table.get("grammar") or {}).get("forces") or ())
        return cls(targets=own.get("recipients") or {}, undergoing=undergoing, **sets)

    def of(self, deed: Argument, parse: Parse, kind: Kind, event: Event) -> Pair:
        """Return who does and who undergoes the act of a phrase, as far as the phrase names them."""
        if not self.possessors:
            return None, None
        noun, pieces = self._pieces(deed, parse, event)
        marks = (self.targets or {}).get(f"{kind}/{event.mode}", (self.targets or {}).get(kind, ()))
        between = next((tokens for mark, tokens in pieces if mark in self.between), None)
        if between is not None:
            return _two(between, parse, deed)
        doer = next((tokens for mark, tokens in pieces if mark in self.doers), None)
        target = next((tokens for mark, tokens in pieces if mark in marks and mark not in self.possessors), None)
        owner = next((tokens for mark, tokens in pieces if mark in self.possessors), None)
        if owner is not None and doer is None and (target is not None or noun in self.acting or not self._undergone(kind, event)):
            doer = owner
        elif owner is not None and target is None:
            target = owner
        return _phrase(doer, parse, deed), _phrase(target, parse, deed)

    def _undergone(self, kind: Kind, event: Event) -> bool:
        return kind in self.undergone or f"{kind}/{event.mode}" in self.undergone

    def _pieces(self, deed: Argument, parse: Parse, event: Event) -> tuple[str, list[tuple[str, list[Token]]]]:
        """Return the lemma of the act's noun and the marked pieces behind it."""
        tokens = [one for one in parse.tokens if deed.start <= one.start and one.end <= deed.end]
        words = set(event.cue.split())
        at = next((n for n, one in enumerate(tokens) if one.lemma.lower() in words and one.upos in ("NOUN", "PROPN")), None)
        at = next((n for n, one in enumerate(tokens) if one.index == deed.head), 0) if at is None else at
        pieces: list[tuple[str, list[Token]]] = []
        for token in tokens[at + 1 :]:
            mark = self._mark(token)
            # What belongs to a piece that stands already goes on with it: "contre le poste *de* Tin".
            own = bool(pieces) and mark in self.possessors
            if token.upos == "PUNCT" and pieces and token.text in ",;:(":
                pieces.append(("", []))
            elif mark is not None and not own:
                pieces.append((mark, [] if token.upos == "ADP" else [token]))
                if token.upos != "ADP":
                    _with_words_before(pieces, tokens, token)
            elif pieces:
                pieces[-1][1].append(token)
        noun = tokens[at].lemma.lower()
        # What belongs to the act's name is no party ("attaque à la voiture piégée"), but for a place that is taken.
        whole = event.kind == "CONTROL"
        kept = [(mark, row) for mark, row in pieces if row and (whole or not words >= {one.lemma.lower() for one in row})]
        return noun, kept

    def _mark(self, token: Token) -> str | None:
        """Return the mark that opens a piece: a preposition's lemma, or the case of a noun without one."""
        if token.upos == "ADP" and token.dep.partition(":")[0] == "case":
            return token.lemma.lower()
        kind, _, case = token.dep.partition(":")
        return case if kind == "nmod" and case in ("gen", "ins") else None


def _with_words_before(pieces: list[tuple[str, list[Token]]], tokens: Sequence[Token], noun: Token) -> None:
    """Take the adjectives and numbers of a noun in a case into its piece: "арест *двух* журналистов"."""
    mark, row = pieces[-1]
    own = [
        one for one in tokens if one.index < noun.index and one.head == noun.index and one.upos in ("ADJ", "NUM", "DET", "PROPN")
    ]
    if len(pieces) > 1:
        pieces[-2] = (pieces[-2][0], [one for one in pieces[-2][1] if one not in own])
    pieces[-1] = (mark, [*own, *row])


def _two(tokens: Sequence[Token], parse: Parse, around: Argument) -> Pair:
    """Return the two that stand behind "between", joined by "and"; one phrase where nothing joins them."""
    joint = next((n for n, one in enumerate(tokens) if one.upos == "CCONJ"), None)
    if joint is None:
        return _phrase(tokens, parse, around), None
    return _phrase(tokens[:joint], parse, around), _phrase(tokens[joint + 1 :], parse, around)


def _phrase(tokens: Sequence[Token] | None, parse: Parse, around: Argument) -> Argument | None:
    words = list(tokens or ())
    while words and words[-1].upos in ("ADP", "SCONJ", "CCONJ", "PUNCT"):
        words.pop()
    if not words:
        return None
    start, end, at = words[0].start, words[-1].end, parse.sentence.start
    inside = {one.index for one in words}
    head = next((one.index for one in words if one.head not in inside or one.head == one.index), words[-1].index)
    found = Argument(around.role, "", start, end, parse.sentence.text[start - at : end - at], head)
    return None if is_amount(found, parse) else found
