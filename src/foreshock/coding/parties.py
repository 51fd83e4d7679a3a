"""The parties of a claim: who acts and who is acted on, by the roles of the clause and of what governs it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foreshock.coding.actors import resolve_actor
from foreshock.coding.events import Event
from foreshock.coding.frames import SPEAKING
from foreshock.coding.selection import Candidate
from foreshock.coding.status import DIRECTIVES
from foreshock.model import Actor, Kind
from foreshock.ontology.actor_catalogue import ActorCatalogue
from foreshock.ontology.gazetteer import Gazetteer
from foreshock.reading.languages.base import Argument, Clause, Parse

ADDRESSING = frozenset({"to", "に", "に対し", "に対して"})
PERSONAL = frozenset({"COERCE", "ASSAULT", "HARM", "OFFICE"})
PERSONS = frozenset({"person", "per"})


@dataclass(frozen=True, slots=True)
class Parties:
    """Finds the actor and recipient of claims in one language.

    Attributes:
        language: ISO 639 code of the text.
        pronouns: words that name nobody by themselves, lower case.
        catalogue: actors; ``gazetteer``: places, whose names stand for governments.
    """

    language: str
    pronouns: frozenset[str]
    catalogue: ActorCatalogue
    gazetteer: Gazetteer

    @classmethod
    def build(cls, language: str, table: Mapping[str, Any], catalogue: ActorCatalogue, gazetteer: Gazetteer) -> Parties:
        """Return the finder for a language's table with ``pronouns``."""
        pronouns = frozenset(word for group in table.get("pronouns", {}).values() for word in group)
        return cls(language, pronouns, catalogue, gazetteer)

    def of(self, one: Candidate, kind: Kind, event: Event | None, when: str | None) -> tuple[Actor | None, Actor | None]:
        """Return the actor and the recipient of a candidate; ``when`` is the document's date, by which offices are told."""
        clause, parse = one.clause, one.parse
        actor = _argument(clause, ("agent", "subject") if clause.passive else ("subject",))
        recipient = _argument(clause, ("object", "indirect"))
        # The act itself is nobody: in 反政府抗議が激化し the protest is told by its noun, and no actor is named.
        actor, recipient = (None if _is_act(party, event) else party for party in (actor, recipient))
        for governor in one.governors:
            if governor.frame in DIRECTIVES:
                issuer = _argument(governor.clause, ("agent", "subject") if governor.clause.passive else ("subject",))
                issuer = None if issuer == governor.noun else issuer
                told = _argument(governor.clause, ("indirect", "object")) or _addressee(governor.clause)
                recipient = recipient or told
                actor = issuer or actor
                break
        harmed = any(event.kind == "HARM" and event.on_predicate for event in one.events)
        if recipient is None and actor is not None and one.own not in SPEAKING and _suffers(clause, parse, kind, harmed=harmed):
            actor, recipient = None, actor
        if recipient is None and kind in PERSONAL:
            recipient = _person(clause, parse, avoid=actor)
        return self._actor(actor, when), self._actor(recipient, when)

    def _actor(self, argument: Argument | None, when: str | None) -> Actor | None:
        if argument is None or not argument.text.strip():
            return None
        if argument.text.lower() in self.pronouns:
            return None
        return resolve_actor(
            argument.text,
            catalogue=self.catalogue,
            gazetteer=self.gazetteer,
            language=self.language,
            when=when,
        )


def _suffers(clause: Clause, parse: Parse, kind: Kind, *, harmed: bool) -> bool:
    """Whether the subject undergoes the act: "forty died", "two died in the shelling", "the editor is under arrest"."""
    nominal = bool(clause.predicate) and parse.tokens[clause.predicate[-1]].upos not in ("VERB", "AUX")
    return not clause.passive and (kind == "HARM" or (kind in ("COERCE", "ASSAULT") and (nominal or harmed)))


def _argument(clause: Clause, roles: Sequence[str]) -> Argument | None:
    for role in roles:
        for argument in clause.arguments:
            if argument.role == role:
                return argument
    return None


def _addressee(clause: Clause) -> Argument | None:
    return next((one for one in clause.arguments if one.role == "oblique" and one.marker in ADDRESSING), None)


def _is_act(argument: Argument | None, event: Event | None) -> bool:
    return argument is not None and event is not None and event.noun == (argument.start, argument.end)


def _person(clause: Clause, parse: Parse, *, avoid: Argument | None) -> Argument | None:
    """Return the last person named in a clause: a damaged case particle often hides whom a verb is about."""
    run: list[int] = []
    for index in clause.tokens:
        token = parse.tokens[index]
        if token.entity.lower() in PERSONS and not (avoid and avoid.start <= token.start < avoid.end):
            run = [*run, index] if run and index == run[-1] + 1 else [index]
    if not run:
        return None
    start, end = parse.tokens[run[0]].start, parse.tokens[run[-1]].end
    text = parse.sentence.text[start - parse.sentence.start : end - parse.sentence.start]
    return Argument("object", "", start, end, re.sub(r"\s+", " ", text), run[-1])
