"""The parties of a claim: who acts and who is acted on, by the roles of the clause and of what governs it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foreshock.coding.actors import resolve_actor
from foreshock.coding.deeds import Deeds
from foreshock.coding.events import Event
from foreshock.coding.frames import SPEAKING, Governor
from foreshock.coding.marked import Marks, is_amount
from foreshock.coding.selection import Candidate
from foreshock.coding.status import DIRECTIVES
from foreshock.model import Actor, Kind
from foreshock.ontology.actor_catalogue import ActorCatalogue
from foreshock.ontology.gazetteer import Gazetteer
from foreshock.reading.languages.base import Argument, Clause, Parse

ADDRESSING = frozenset({"to", "に", "に対し", "に対して"})
PERSONAL = frozenset({"COERCE", "ASSAULT", "HARM", "OFFICE"})
PERSONS = frozenset({"person", "per"})
Pair = tuple[Argument | None, Argument | None]


@dataclass(frozen=True, slots=True)
class Parties:
    """Finds the actor and recipient of claims in one language.

    Attributes:
        language: ISO 639 code of the text.
        pronouns: words that name nobody by themselves, lower case.
        catalogue: actors; ``gazetteer``: places, whose names stand for governments.
        marks: what marks parties beside subject and object; ``deeds``: what marks them in the phrase of an act.
        giving: verbs whose subject has the plan, gives the order: "made an offer to", "announced a plan to".
    """

    language: str
    pronouns: frozenset[str]
    catalogue: ActorCatalogue
    gazetteer: Gazetteer
    marks: Marks
    deeds: Deeds
    giving: frozenset[str]

    @classmethod
    def build(cls, language: str, table: Mapping[str, Any], catalogue: ActorCatalogue, gazetteer: Gazetteer) -> Parties:
        """Return the finder for a language's table with ``pronouns``."""
        pronouns = frozenset(word for group in table.get("pronouns", {}).values() for word in group)
        frames = table.get("frames") or {}
        spoken = (word for frame in (*sorted(DIRECTIVES), "asserted") for word in frames.get(frame) or ())
        giving = frozenset((*(table.get("light_verbs") or ()), *spoken))
        return cls(language, pronouns, catalogue, gazetteer, Marks.build(table), Deeds.build(table), giving)

    def of(self, one: Candidate, kind: Kind, event: Event | None, when: str | None) -> tuple[Actor | None, Actor | None]:
        """Return the actor and the recipient of a candidate; ``when`` is the document's date, by which offices are told."""
        clause, parse = one.clause, one.parse
        actor = _argument(clause, ("agent", "subject") if clause.passive else ("subject",))
        acted = _argument(clause, ("object", "indirect"))
        # The act itself is nobody: in 反政府抗議が激化し the protest is told by its noun, and who does it stands in its phrase.
        deed = next((party for party in (acted, actor) if _is_act(party, event)), None)
        undergoes = clause.lemma.lower() in self.deeds.undergoing
        if deed is None and acted is not None and undergoes and _is_thing(acted, parse, event):
            deed = acted  # "subir des tortures": the cue holds verb and noun
        recipient = self._recipient(one, kind, event, acted)
        actor = self._speaker(actor, one) if actor is not deed else self.marks.owner(actor, parse) if actor else None
        if deed is not None and deed is acted and clause.lemma.lower() in self.marks.receiving:
            giver = self.marks.marked(clause, parse, self.marks.doers, deed)
            actor, recipient = (giver, actor) if giver or kind != "REQUEST" else (actor, recipient)
        if clause.lemma.lower() in self.deeds.opposing:
            # "des combats ont opposé l'armée aux rebelles"
            actor, recipient = _argument(clause, ("object",)), _argument(clause, ("indirect",))
        elif deed is not None and event is not None:
            actor, recipient = self._of_deed(one, kind, event, deed, (actor, recipient))
        for place, governor in enumerate(one.governors, start=1):
            if governor.frame in DIRECTIVES:
                issuer = self._speaker(self._issuer(governor, parse), one, above=place)
                told = _argument(governor.clause, ("indirect", "object")) or _addressee(governor.clause)
                told = None if told == governor.noun or (governor.clause.passive and told == issuer) else told
                recipient = recipient or told
                actor = issuer or actor
                break
        if actor is not None and one.parse.tokens[actor.head].lemma.lower() in self.deeds.forces:
            actor = None  # "the flood killed nine"
        harmed = any(event.kind == "HARM" and event.on_predicate for event in one.events)
        if recipient is None and actor is not None and one.own not in SPEAKING and _suffers(clause, parse, kind, harmed=harmed):
            actor, recipient = None, actor
        if recipient is None and kind in PERSONAL:
            recipient = _person(clause, parse, avoid=actor)
        return self._actor(actor, when), self._actor(recipient, when)

    def _recipient(self, one: Candidate, kind: Kind, event: Event | None, acted: Argument | None) -> Argument | None:
        """Return who is acted on: the object, unless it is the act or what is given, lifted, sent; then whom a mark shows."""
        clause, parse = one.clause, one.parse
        markers = self.marks.of(kind, event.mode if event else None)
        deed = next((two for two in clause.arguments if two.role == "subject" and _is_act(two, event)), None)
        if deed is not None and (undergoes := self.marks.inside(deed, parse, markers)):
            return undergoes
        thing = acted is not None and acted.role == "object" and _is_thing(acted, parse, event)
        if acted is not None and not thing and not _is_act(acted, event):
            return acted
        given = next((two for two in clause.arguments if two.role == "indirect" and two is not acted), None)
        within = acted or next((two for two in clause.arguments if _is_act(two, event)), None)
        marked = given or self.marks.marked(clause, parse, markers, within)
        return marked or (acted if thing and not _is_act(acted, event) else None)

    def _of_deed(self, one: Candidate, kind: Kind, event: Event, deed: Argument, found: Pair) -> Pair:
        """Return actor and recipient where the phrase of the act names them: "the arrest of the judge by the police"."""
        clause, (actor, recipient) = one.clause, found
        if not self.deeds.possessors:
            return found
        doer, undergoer = self.deeds.of(deed, one.parse, kind, event)
        lemma, acted = clause.lemma.lower(), _argument(clause, ("object",))
        if lemma in self.marks.receiving:
            return actor or doer, recipient or undergoer
        if deed.role == "object" and not clause.passive:
            return actor or doer, recipient or undergoer
        reached = acted if acted is not deed and lemma in self.deeds.reaching else None
        given = recipient if recipient is not None and recipient not in (acted, deed) and recipient.role != "oblique" else None
        return doer, undergoer or reached or given

    def _issuer(self, governor: Governor, parse: Parse) -> Argument | None:
        """Return who gives an order, makes a plan: who owns its noun ("the king's decision to"), else the subject over it."""
        if governor.noun is not None and (owner := self.marks.owner(governor.noun, parse)):
            return owner
        if governor.noun is not None and self.marks.doers and governor.clause.lemma.lower() not in self.giving:
            return None
        issuer = _argument(governor.clause, ("agent", "subject") if governor.clause.passive else ("subject",))
        return None if issuer == governor.noun else issuer

    def _speaker(self, actor: Argument | None, one: Candidate, *, above: int = 0) -> Argument | None:
        """Return whom a pronoun under a verb of speech stands for: "the council said it would", "the envoy said he".

        ``above`` is how many governors lie between: in "the envoy said he had ordered" one.

        A body is no "he", a person no "it"; whether a subject is a person is told by the names in it.
        """
        word = actor.text.lower() if actor else ""
        if actor is None or word not in self.marks.body | self.marks.person:
            return actor
        over = one.governors[above : above + 1]
        for governor in over if over and over[0].noun is None else ():
            subject = _argument(governor.clause, ("subject",))
            if subject is not None and subject.text.lower() not in self.pronouns and not governor.clause.passive:
                named = any(_is_person(token.entity) and subject.start <= token.start < subject.end for token in one.parse.tokens)
                if named == (word in self.marks.person):
                    return subject
        return actor

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


def _is_thing(argument: Argument, parse: Parse, event: Event | None) -> bool:
    """Whether an object is no party: an amount, or a word that belongs to the act's own phrase ("lift sanctions")."""
    head = parse.tokens[argument.head]
    return is_amount(argument, parse) or (
        event is not None and event.on_predicate and head.lemma.lower() in event.cue.split()[1:]
    )


def _is_person(entity: str) -> bool:
    return entity.lower() in PERSONS


def _is_act(argument: Argument | None, event: Event | None) -> bool:
    return argument is not None and event is not None and event.noun == (argument.start, argument.end)


def _person(clause: Clause, parse: Parse, *, avoid: Argument | None) -> Argument | None:
    """Return the last person named in a clause: a damaged case particle often hides whom a verb is about."""
    run: list[int] = []
    for index in clause.tokens:
        token = parse.tokens[index]
        if _is_person(token.entity) and not (avoid and avoid.start <= token.start < avoid.end):
            run = [*run, index] if run and index == run[-1] + 1 else [index]
    if not run:
        return None
    start, end = parse.tokens[run[0]].start, parse.tokens[run[-1]].end
    text = parse.sentence.text[start - parse.sentence.start : end - parse.sentence.start]
    return Argument("object", "", start, end, re.sub(r"\s+", " ", text), run[-1])
