"""What bears on the standing of a clause beside its own words: shared moods, who speaks, phases of the act, answers to charges.

The words are in the language's attribution table: ``frame_groups`` (replying), ``speakers_who`` (command, counsel, itself),
``phase_words``, ``phase_verbs``, ``undoing_verbs``, ``downing_verbs``, ``addressed_wishes``, ``menacing_ends``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from foreshock.coding.events import Event
from foreshock.coding.frames import Governor
from foreshock.coding.speakers import Voice
from foreshock.coding.status import Circumstance
from foreshock.model import Phase
from foreshock.reading.languages.base import Clause, Mood, Parse

# Moods that an auxiliary or a sentence's end gives to every predicate joined under it; phases belong to one.
SHARED: frozenset[Mood] = frozenset({"future", "possible", "probable", "hypothetical", "obligation", "hearsay", "imperative"})
# Modes of weapons that fly without a crew: who shoots one down foils what it was sent for.
UNMANNED = frozenset({"drone"})
CLOSING: frozenset[Mood] = frozenset({"hearsay"})


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Reads the circumstances of clauses of one language; built once a coder.

    Attributes:
        spaces: whether the language sets words apart.
        commanding, counselling: finds the words of those who can order, and who care for those they address.
        replying: predicates that answer a charge.
        phases: phase -> finds the words that say so of an act's noun; ``verbs``: predicate -> phase of its object.
        undoing: predicates whose object does not come about.
        downing: predicates of those who stop an unmanned weapon in the air: "shot down a drone".
        wishes, menaces: how an addressed wish, and a warning, end.
        self_verbs: endings of a verb whose subject is the speaker, where it may go unsaid.
        selves, others: pronouns of the speaker, and pronouns that may stand for the speaker in reported words.
    """

    spaces: bool
    commanding: re.Pattern[str] | None
    counselling: re.Pattern[str] | None
    replying: frozenset[str]
    phases: Mapping[Phase, re.Pattern[str]]
    verbs: Mapping[str, Phase]
    undoing: frozenset[str]
    wishes: tuple[str, ...]
    menaces: tuple[str, ...]
    selves: frozenset[str]
    others: frozenset[str]
    self_verbs: tuple[str, ...] = ()
    downing: frozenset[str] = frozenset()

    @classmethod
    def build(cls, table: Mapping[str, Any]) -> Circumstances:
        """Return the reader of a language's table; absent keys find nothing."""
        spaces = bool(table.get("grammar", {}).get("spaces", True))
        who = table.get("speakers_who") or {}
        pronouns = table.get("pronouns") or {}
        phases = {cast(Phase, name): found for name, words in _items(table, "phase_words") if (found := _finder(words, spaces))}
        return cls(
            spaces,
            _finder(who.get("command", ()), spaces),
            _finder(who.get("counsel", ()), spaces),
            frozenset((table.get("frame_groups") or {}).get("replying", ())),
            phases,
            {word: cast(Phase, name) for name, words in _items(table, "phase_verbs") for word in words},
            frozenset(table.get("undoing_verbs") or ()),
            tuple(table.get("addressed_wishes") or ()),
            tuple(table.get("menacing_ends") or ()),
            frozenset(pronouns.get("self", ())),
            frozenset(word for name in ("person", "group") for word in pronouns.get(name, ())) | frozenset(who.get("itself", ())),
            tuple(table.get("grammar", {}).get("self_verbs", ())),
            frozenset(table.get("downing_verbs") or ()),
        )

    def of(
        self,
        clause: Clause,
        parse: Parse,
        governors: Sequence[Governor],
        voices: Sequence[Voice],
        event: Event | None,
        *,
        ahead: bool,
        charged: bool,
    ) -> Circumstance:
        """Return the circumstances of a clause.

        Args:
            voices: who holds it, outermost first.
            event: what names its kind.
            ahead: its time lies after the document's day.
            charged: somebody else has laid a charge just before.
        """
        speaker = f" {voices[-1].raw.lower()} " if voices else ""
        oneself = bool(voices or governors) and self.of_oneself(clause, parse, governors)
        replies = any(one.clause.lemma.lower() in self.replying for one in governors)
        tail = parse.sentence.text[: clause.end - parse.sentence.start].rstrip('」』”" 。')
        return Circumstance(
            oneself=oneself,
            commands=bool(speaker and self.commanding and self.commanding.search(speaker)),
            counsels=bool(speaker and self.counselling and self.counselling.search(speaker)),
            answers=bool(voices) and (replies or (charged and oneself)),
            ahead=ahead,
            phase=self._phase(clause, parse, event),
            undone=clause.lemma.lower() in self.undoing and _is_object(clause, event) and "attempt" not in clause.moods,
            requests=bool(voices) and "wish" in clause.moods and tail.endswith(self.wishes),
            menaces=bool(voices) and tail.endswith(self.menaces),
        )

    def of_oneself(self, clause: Clause, parse: Parse, governors: Sequence[Governor]) -> bool:
        """Whether a speaker tells of himself: in the first person, by a pronoun under his verb, or with no subject at all."""
        words = {parse.tokens[index].text.lower() for index in clause.tokens}
        mine = {one.text.lower() for one in clause.arguments if one.role == "subject"}
        if mine & self.selves or (words & self.selves and not governors):
            return True
        if self.self_verbs and not mine and clause.predicate:
            return parse.tokens[clause.predicate[-1]].text.lower().endswith(self.self_verbs)
        told = [one for one in governors if one.noun is None]
        speaker = {one.text.lower() for above in told[:1] for one in above.clause.arguments if one.role == "subject"}
        if mine:
            return bool(told) and bool(mine & (speaker | self.others))
        return not self.spaces and not clause.passive

    def _phase(self, clause: Clause, parse: Parse, event: Event | None) -> Phase | None:
        """Return the phase that a word on the act's noun, or the verb over it, gives."""
        if event is not None and event.mode in UNMANNED and clause.lemma.lower() in self.downing:
            return "foiled"
        if event is None or event.noun is None:
            return None
        start, end = (at - parse.sentence.start for at in event.noun)
        phrase = f" {parse.sentence.text[start:end].lower()} "
        worded = next((phase for phase, words in self.phases.items() if words.search(phrase)), None)
        return (self.verbs.get(clause.lemma.lower()) if _is_object(clause, event) else None) or worded


def with_shared_moods(clause: Clause, parse: Parse, *, spaces: bool) -> Clause:
    """Return a clause with the moods that it shares with the predicate it is joined to.

    "They may attack and burn": the second verb has no auxiliary of its own. 連れ去り、殺害したという: the end of a Japanese
    sentence speaks for the whole chain before it.
    """
    if clause.relation != "coordinate" or clause.parent is None:
        return clause
    above = parse.clauses[clause.parent]
    if not spaces:
        given = above.moods & CLOSING if above.start > clause.start else frozenset[Mood]()
    elif _bare(clause, parse) and above.start < clause.start:
        given = with_shared_moods(above, parse, spaces=spaces).moods & SHARED
    else:
        return clause
    return replace(clause, moods=clause.moods | given) if given - clause.moods else clause


def _bare(clause: Clause, parse: Parse) -> bool:
    """Whether a joined predicate stands in its dictionary form, without subject or auxiliary of its own."""
    inside = [parse.tokens[index] for index in clause.tokens]
    if not clause.predicate or any(one.upos == "AUX" for one in inside):
        return False
    first = parse.tokens[clause.predicate[0]]
    own = any(one.role == "subject" and parse.tokens[one.head].index in clause.tokens for one in clause.arguments)
    return not own and first.upos == "VERB" and first.text.lower() == first.lemma.lower()


def _is_object(clause: Clause, event: Event | None) -> bool:
    spans = {(one.start, one.end) for one in clause.arguments if one.role == "object" and not clause.passive}
    return event is not None and event.noun in spans


def _items(table: Mapping[str, Any], key: str) -> list[tuple[str, Sequence[str]]]:
    return list((table.get(key) or {}).items())


def _finder(words: Sequence[str], spaces: bool) -> re.Pattern[str] | None:
    if not words:
        return None
    listed = "|".join(re.escape(str(word).lower()) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"\b(?:{listed})(?:s|es)?\b" if spaces else listed)
