"""Who is acted on or acts by a preposition: "imposed sanctions on Narnia", "an attack by rebels", "the arrest of an editor".

The prepositions are the language's table ``parties``; see docs/add-a-language.md. A language without that table marks nobody so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foreshock.reading.languages.base import Argument, Clause, Parse, Token

# Entity labels of what is no party: when and how much.
AMOUNTS = frozenset({"date", "time", "money", "percent", "quantity", "cardinal", "ordinal"})


@dataclass(frozen=True, slots=True)
class Marks:
    """A language's marks of parties.

    Attributes:
        recipients: KIND or KIND/mode -> prepositions of who is acted on, the surest first.
        ends: words before which a phrase inside a phrase ends.
        doers: prepositions of who acts inside a noun phrase; ``owners``: marks of the possessor there.
        receiving: verbs whose subject undergoes what their object names.
        body, person: pronouns that may stand for the subject of a verb of speech over them.
    """

    recipients: Mapping[str, Sequence[str]]
    ends: frozenset[str] = frozenset()
    doers: tuple[str, ...] = ()
    owners: frozenset[str] = frozenset()
    receiving: frozenset[str] = frozenset()
    body: frozenset[str] = frozenset()
    person: frozenset[str] = frozenset()

    @classmethod
    def build(cls, table: Mapping[str, Any]) -> Marks:
        """Return the marks of a language's table."""
        own = table.get("parties") or {}
        sets = {name: frozenset(own.get(name) or ()) for name in ("ends", "owners", "receiving", "body", "person")}
        return cls(own.get("recipients") or {}, doers=tuple(own.get("doers") or ()), **sets)

    def of(self, kind: str, mode: str | None) -> Sequence[str]:
        """Return the prepositions that mark who is acted on in a kind and mode."""
        return self.recipients.get(f"{kind}/{mode}", self.recipients.get(kind, ()))

    def marked(self, clause: Clause, parse: Parse, markers: Sequence[str], within: Argument | None) -> Argument | None:
        """Return who one of the markers marks: inside the phrase ``within`` first, then beside the predicate."""
        for marker in markers:
            if within is not None and (found := self.inside(within, parse, (marker,))):
                return found
            for one in clause.arguments:
                if one.role == "oblique" and one.marker.lower() == marker and not is_amount(one, parse):
                    return one
        return None

    def inside(self, phrase: Argument, parse: Parse, markers: Sequence[str]) -> Argument | None:
        """Return the phrase behind a marker inside another: "Narnia" of "sanctions on Narnia over its programme"."""
        tokens = [one for one in parse.tokens if phrase.start <= one.start and one.end <= phrase.end]
        for at, token in enumerate(tokens[:-1]):
            if at and token.text.lower() in markers and token.upos in ("ADP", "SCONJ", "PART"):
                found = _phrase(self._until_end(tokens[at + 1 :]), parse, phrase)
                if found is not None and not is_amount(found, parse):
                    return found
        return None

    def owner(self, phrase: Argument, parse: Parse) -> Argument | None:
        """Return who does or owns what a noun phrase names: "rebels" of "the rebels' attack" or "an attack by rebels"."""
        tokens = [one for one in parse.tokens if phrase.start <= one.start and one.end <= phrase.end]
        for at, token in enumerate(tokens):
            if token.upos == "ADP":
                break
            if at and token.text.lower() in self.owners and token.upos == "PART":
                return _phrase(tokens[:at], parse, phrase)
        return self.inside(phrase, parse, self.doers)

    def _until_end(self, tokens: Sequence[Token]) -> list[Token]:
        kept: list[Token] = []
        for token in tokens:
            if kept and token.text.lower() in self.ends and token.upos in ("ADP", "SCONJ"):
                break
            kept.append(token)
        return kept


def is_amount(argument: Argument, parse: Parse) -> bool:
    """Whether a phrase says when or how much, by what its head is: "on Tuesday", "for two million"."""
    return parse.tokens[argument.head].entity.lower() in AMOUNTS


def _phrase(tokens: Sequence[Token], parse: Parse, around: Argument) -> Argument | None:
    words = list(tokens)
    while words and words[-1].upos in ("ADP", "SCONJ", "CCONJ", "PUNCT"):
        words.pop()
    if not words:
        return None
    start, end, at = words[0].start, words[-1].end, parse.sentence.start
    inside = {one.index for one in words}
    head = next((one.index for one in words if one.head not in inside or one.head == one.index), words[-1].index)
    return Argument(around.role, "", start, end, parse.sentence.text[start - at : end - at], head)
