"""Factuality: how far a document commits itself to the event that a word names, from -3 (certainly not) to 3 (certainly so).

A verb that heads a clause has the standing of its clause. A noun takes its clause's, but what is told as known ("the raid", "his
resignation") is presupposed and stands whatever happens to its sentence, "no raid" did not take place, and "an attempted raid",
"demanded a raid" have the standing that the adjective or the verb gives. The numbers are in ``factuality.yaml``, which names its
sources.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

from foreshock.coding.frames import Frames, Governor
from foreshock.coding.status import DIRECTIVES, Standing, decide, status_words
from foreshock.knowledge import load_yaml
from foreshock.model import Status
from foreshock.reading.languages.base import Clause, Parse, Token

NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
WILL = frozenset({"wished", "planned", "requested"})
Question = Literal["expected", "happened"]


@cache
def scale(question: Question) -> Mapping[str, Any]:
    """Return the published table of a question: what each status, relation and certainty is worth."""
    loaded: dict[str, Any] = load_yaml(files("foreshock.coding").joinpath("factuality.yaml").read_text(encoding="utf-8"))
    table: Mapping[str, Any] = loaded[question]
    return table


@dataclass(frozen=True, slots=True)
class Factuality:
    """The factuality of the words of one language, for one question.

    Attributes:
        frames: the language's frames; ``table``: its table, of which ``factuality`` and ``status_words`` are read.
        question: "expected" (does the text hold that it is or will be?) or "happened" (had it taken place?).
    """

    frames: Frames
    table: Mapping[str, Any]
    question: Question = "expected"

    def of(self, parse: Parse, token: int) -> float | None:
        """Return the factuality of the event that a token names, or None where no clause holds it."""
        for clause in parse.clauses:
            if token in clause.predicate:
                return self.of_clause(clause, parse)
        holding = [clause for clause in parse.clauses if token in clause.tokens]
        if not holding:
            return None
        clause = min(holding, key=lambda one: one.end - one.start)
        word = parse.tokens[token]
        if word.upos in NOMINAL or word.dep.partition(":")[0] == "amod":
            return self._of_noun(word, clause, parse)
        return self._of_colouring(word, clause, parse) if word.index < clause.predicate[0] else self.of_clause(clause, parse)

    def projected(self, status: Status, *, negated: bool, certainty: str, relation: str = "root") -> float:
        """Return the value of a standing on the scale from -3 to 3."""
        table = scale(self.question)
        value = min(table["status"][status], table["certainty"][certainty], table["relation"].get(relation, 3))
        return float(-abs(value) if negated else value)

    def of_clause(self, clause: Clause, parse: Parse) -> float:
        """Return the factuality of the event that a clause tells."""
        governors = tuple(self.frames.governors(clause, parse))
        standing = self._standing(clause, parse, governors)
        if not clause.negated and any(one.clause.negated and one.frame in WILL for one in governors):
            return float(scale(self.question)["willed"])
        status, certainty, negated = standing.status, standing.certainty, standing.negated
        if status == "unknown" and self._presupposed(clause, parse):
            status = "asserted"
        if "attempt" in clause.moods or self._unfinished(clause, parse, governors):
            certainty = "possible"
        if clause.parent is not None and clause.relation == "content" and self._turned(parse.clauses[clause.parent], clause, parse):
            negated = not negated
        relation = "condition" if self._supposed(clause, parse) else clause.relation
        value = self.projected(status, negated=negated, certainty=certainty, relation=relation)
        asked = clause.relation in ("root", "coordinate") and parse.sentence.text.rstrip("\"'”’» ").endswith(("?", "？"))
        asked = asked and not any(parse.tokens[index].lemma.lower() in self._asking() for index in clause.tokens)
        return min(value, float(scale(self.question)["asked"])) if asked else value

    def _asking(self) -> frozenset[str]:
        """Return the words of questions that take their event for granted: "who", "why", and not "whether"."""
        return frozenset(self.table.get("grammar", {}).get("question", ())) - self._words("open_questions")

    def _supposed(self, clause: Clause, parse: Parse) -> bool:
        """Whether a clause is a condition or told inside one."""
        here, seen = clause, {clause.index}
        while here.relation != "condition":
            if here.relation not in ("content", "coordinate", "question") or here.parent is None or here.parent in seen:
                return False
            here = parse.clauses[here.parent]
            seen.add(here.index)
        return True

    def _presupposed(self, clause: Clause, parse: Parse) -> bool:
        """Whether a question takes its event for granted: "who gave the order" does, "whether it was given" does not."""
        words = {parse.tokens[index].lemma.lower() for index in clause.tokens} | self._before(clause, parse)
        return clause.relation == "question" and not words & self._words("open_questions")

    def _before(self, clause: Clause, parse: Parse) -> set[str]:
        """Return the word that stands before a clause, where the mark that opens it is not its own."""
        first = min(clause.tokens, default=0)
        return {parse.tokens[first - 1].lemma.lower()} if first else set()

    def _unfinished(self, clause: Clause, parse: Parse, governors: Sequence[Governor]) -> bool:
        """Whether an infinitive is told by a noun or adjective that says nothing of its truth: "ways to get there"."""
        opens = (self.table.get("grammar", {}).get("directive_complement") or {}).get("opens")
        text = parse.sentence.text[clause.start - parse.sentence.start :]
        if not opens or governors or clause.relation != "content" or not text.startswith(opens) or clause.parent is None:
            return False
        above = parse.clauses[clause.parent]
        return not self._words("come_true") & {above.lemma.split(" ")[0]}

    def _turned(self, above: Clause, clause: Clause, parse: Parse) -> bool:
        """Whether the word that governs an infinitive says that its event does not take place: "failure to", "unlikely to"."""
        near = [parse.tokens[i].lemma.lower() for i in above.tokens if parse.tokens[i].start < clause.start][-2:]
        return above.lemma.lower() in self._words("turning") or bool(set(near) & self._words("turning"))

    def _standing(self, clause: Clause, parse: Parse, governors: Sequence[Governor]) -> Standing:
        conditioned = any(one.parent == clause.index and one.relation == "condition" for one in parse.clauses)
        spaces = self.table.get("grammar", {}).get("spaces", True)
        words = " ".join(parse.tokens[index].text for index in clause.tokens)
        return decide(
            clause,
            kind="",
            hostile=True,
            governors=governors,
            own=None,
            words=status_words(words, self.table, spaces=spaces),
            view=False,
            attributed=bool(governors),
            conditioned=conditioned,
        )

    def _of_colouring(self, word: Token, clause: Clause, parse: Parse) -> float:
        """Return the factuality of a verb that only colours the predicate: in "they need to leave" the need is there."""
        negated = any(one.head == word.index and one.lemma.lower() in self._words("not") for one in parse.tokens)
        modal = any(parse.tokens[i].upos == "AUX" and parse.tokens[i].head == word.index and i < word.index for i in clause.tokens)
        if modal and clause.moods & {"future", "possible", "hypothetical"}:
            return self.of_clause(clause, parse)
        return self.projected("asserted", negated=negated, certainty="certain")

    def _of_noun(self, word: Token, clause: Clause, parse: Parse) -> float:
        if word.dep.partition(":")[0] in ("amod", "compound"):
            unreal = word.lemma.lower() in self._words("unreal") | self._words("absent")
            return self.projected("forecast" if unreal else "asserted", negated=False, certainty="certain")
        phrase = [one for one in parse.tokens if one.head == word.index and one.index < word.index]
        before = {one.lemma.lower() for one in phrase} | {one.text.lower() for one in phrase}
        if before & self._words("absent"):
            return self.projected("asserted", negated=True, certainty="certain")
        if before & self._words("unreal"):
            return self.projected("forecast", negated=False, certainty="possible")
        owned = any(one.dep in ("nmod:poss", "poss") for one in phrase)
        if word.upos == "PROPN" or owned or before & self._words("definite"):
            return self.projected("asserted", negated=False, certainty="certain")
        value = self.of_clause(clause, parse)
        verb = self.frames.of_verb(clause)
        if verb in DIRECTIVES | WILL and any(one.role == "object" and one.head == word.index for one in clause.arguments):
            return self.projected(cast(Status, verb), negated=clause.negated, certainty="certain")
        return value

    def _words(self, group: str) -> frozenset[str]:
        return frozenset((self.table.get("factuality") or {}).get(group, ()))
