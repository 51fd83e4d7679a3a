"""Factuality: how far a document commits itself to the event that a word names, from -3 (certainly not) to 3 (certainly so).

A verb that heads a clause has the standing of its clause. A noun takes its clause's, but what is told as known ("the raid", "his
resignation") is presupposed and stands whatever happens to its sentence, "no raid" did not take place, and "an attempted raid",
"demanded a raid" have the standing that the adjective or the verb gives. The numbers are in ``factuality.yaml``, which names its
sources.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

from foreshock.coding.circumstance import with_shared_moods
from foreshock.coding.frames import STATUSES, Frames, Governor
from foreshock.coding.status import DIRECTIVES, Standing, decide, status_words
from foreshock.knowledge import load_yaml
from foreshock.model import Status
from foreshock.reading.languages.base import Clause, Mood, Parse, Token

NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
# Moods under which a clause of time is still to come.
OPEN: frozenset[Mood] = frozenset({"future", "imperative", "obligation", "possible", "hypothetical", "intention"})
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
        if negated and value == 3:
            value = table.get("negated", {}).get(status, value)
        return float(-abs(value) if negated else value)

    def of_clause(self, clause: Clause, parse: Parse) -> float:
        """Return the factuality of the event that a clause tells."""
        above = self._implicative(clause, parse)
        if above is not None:
            value = self.of_clause(above, parse)
            return -value if clause.negated else value
        clause = with_shared_moods(clause, parse, spaces=self._spaces)
        clause = replace(clause, moods=self._moods(clause, parse))
        governors = tuple(self.frames.governors(clause, parse))
        standing = self._standing(clause, parse, governors)
        if not clause.negated and any(one.clause.negated and one.frame in WILL for one in governors):
            return float(scale(self.question)["willed"])
        status, certainty, negated = standing.status, standing.certainty, standing.negated
        if status == "unknown" and self._presupposed(clause, parse):
            status = "asserted"
        held = clause.relation == "content" and clause.parent is not None
        if held and self._turned(parse.clauses[clause.parent or 0], clause, parse):
            negated = not negated
        if self._is_scant(clause):
            negated, certainty = not negated, "possible"
        value = self.projected(status, negated=negated, certainty=certainty, relation=self._place(clause, parse, governors))
        asked = clause.relation in ("root", "coordinate") and parse.sentence.text.rstrip("\"'”’» ").endswith(("?", "？"))
        asked = asked and not any(parse.tokens[index].lemma.lower() in self._asking() for index in clause.tokens)
        return min(value, float(scale(self.question)["asked"])) if asked else value

    @property
    def _spaces(self) -> bool:
        return bool(self.table.get("grammar", {}).get("spaces", True))

    def _place(self, clause: Clause, parse: Parse, governors: Sequence[Governor]) -> str:
        """Return where a clause stands, as the table of relations names it."""
        if self._supposed(clause, parse):
            return "condition"
        if self._ahead(clause, parse):
            return "time"
        if "attempt" in clause.moods or self._unfinished(clause, parse, governors):
            return "attempt"
        return "obligation" if "obligation" in clause.moods and clause.relation != "purpose" else clause.relation

    def _implicative(self, clause: Clause, parse: Parse) -> Clause | None:
        """Return the clause that an infinitive is as true as: "managed to land", "will not cause them to retreat"."""
        opens = (self.table.get("grammar", {}).get("directive_complement") or {}).get("opens")
        if not opens or clause.relation != "content" or clause.parent is None or clause.parent == clause.index:
            return None
        above = parse.clauses[clause.parent]
        first = parse.tokens[clause.predicate[0]] if clause.predicate else None
        infinitive = first is not None and first.upos == "VERB" and first.text.lower() == first.lemma.lower()
        shallow = above.parent is None or above.parent not in (clause.index, above.index)
        return above if infinitive and shallow and above.lemma.split(" ")[0] in self._words("implicative") else None

    def _moods(self, clause: Clause, parse: Parse) -> frozenset[Mood]:
        """Return a clause's moods without those that only seem so, and with the future that its time gives a present."""
        moods, lemma = clause.moods, clause.lemma.lower()
        if "obligation" in moods and self._compelled(clause, parse):
            moods -= {"obligation"}
        if "imperative" in moods and lemma in self._words("not_commanded"):
            moods -= {"imperative"}
        if "hypothetical" in moods and f"would {lemma}" in self.frames.verbs:
            moods -= {"hypothetical"}
        text = f" {' '.join(parse.tokens[i].text.lower() for i in clause.tokens)} "
        if not moods and self._is_present(clause, parse) and any(f" {word} " in text for word in self._words("coming")):
            moods |= {"future"}
        return moods

    def _is_present(self, clause: Clause, parse: Parse) -> bool:
        word = parse.tokens[clause.predicate[0]] if clause.predicate else None
        if word is None or word.upos not in ("VERB", "AUX"):
            return False
        before = {parse.tokens[i].text.lower() for i in clause.tokens if i < word.index}
        going = word.text.lower().endswith("ing") and bool(before & {"is", "are", "am", "'s", "'re", "'m"})
        return going or word.text.lower() in (word.lemma.lower(), f"{word.lemma.lower()}s", f"{word.lemma.lower()}es")

    def _compelled(self, clause: Clause, parse: Parse) -> bool:
        """Whether what had to be done is told as done: "had to pay"."""
        before = [parse.tokens[i].text.lower() for i in clause.tokens if i < clause.predicate[0]]
        return any(one in self._words("compelled") and "to" in before[n + 1 :] for n, one in enumerate(before))

    def _ahead(self, clause: Clause, parse: Parse) -> bool:
        """Whether a clause of time tells what is still to come, as the clause that it hangs on does: "until they agree"."""
        if clause.relation != "adverbial" or clause.parent is None or clause.moods or not clause.predicate:
            return False
        if not parse.clauses[clause.parent].moods & OPEN:
            return False
        opens = {parse.tokens[i].lemma.lower() for i in clause.tokens if i < clause.predicate[0]} | self._before(clause, parse)
        # "By getting on their list you can": a gerund is as real as what it hangs on.
        inside = [parse.tokens[i] for i in clause.tokens]
        gerund = parse.tokens[clause.predicate[0]].text.lower().endswith("ing") and not any(one.upos == "AUX" for one in inside)
        return gerund or bool(self._is_present(clause, parse) and opens & self._words("temporal"))

    def _is_scant(self, clause: Clause) -> bool:
        """Whether the subject is of a number near none: "few voters came", and not "a few"."""
        for argument in clause.arguments:
            if argument.role != "subject" and not (clause.passive and argument.role == "object"):
                continue
            words = argument.text.lower().split()
            if set(words) & self._words("scant") and not set(words) & self._words("a_few"):
                return True
        return False

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
        words = " ".join(parse.tokens[index].text for index in clause.tokens)
        return decide(
            clause,
            kind="",
            hostile=True,
            governors=governors,
            own=None,
            words=status_words(words, self.table, spaces=self._spaces),
            view=False,
            attributed=bool(governors),
            conditioned=conditioned,
        )

    def _of_colouring(self, word: Token, clause: Clause, parse: Parse) -> float:
        """Return the factuality of a verb that only colours the predicate: in "they need to leave" the need is there."""
        negated = any(one.head == word.index and one.lemma.lower() in self._words("not") for one in parse.tokens)
        inside = [parse.tokens[i] for i in clause.tokens if i < word.index]
        modal = any(one.upos == "AUX" and one.head == word.index for one in inside)
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
        over = self._over(word, clause, parse)
        if over is not None:
            return over
        owned = any(one.dep in ("nmod:poss", "poss") for one in phrase)
        if word.upos == "PROPN" or owned or before & self._words("definite"):
            return self.projected("asserted", negated=False, certainty="certain")
        return self.of_clause(clause, parse)

    def _over(self, word: Token, clause: Clause, parse: Parse) -> float | None:
        """Return what the verb says of the event that is its object: wanted, prevented, opposed; None where it says nothing."""
        if not any(one.role == "object" and one.head == word.index for one in clause.arguments) or clause.passive:
            return None
        lemma, frame = clause.lemma.lower(), self.frames.of_verb(clause)
        if lemma in self._words("preventing"):
            return -self.of_clause(clause, parse)
        worded = {word.lemma.lower(), word.text.lower()} & self.frames.nouns.keys()
        if lemma in self._words("withholding") or (lemma in self._words("opposing") and not worded):
            return self.projected("unknown", negated=False, certainty="certain")
        if frame in DIRECTIVES | WILL | {"forecast"}:
            return self.projected(cast(Status, STATUSES.get(frame, frame)), negated=clause.negated, certainty="certain")
        return None

    def _words(self, group: str) -> frozenset[str]:
        return frozenset((self.table.get("factuality") or {}).get(group, ()))
