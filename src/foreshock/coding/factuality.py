"""Factuality: how far a document commits itself to the event that a word names, from -3 (certainly not) to 3 (certainly so).

A verb that heads a clause has the standing of its clause; an infinitive or gerund has what the word over it leaves of that word's
own ("refused to leave", "may help them leave"; see ``signatures``). A noun takes its clause's, but what is told as known ("the
raid", "his resignation") is presupposed and stands whatever happens to its sentence, "no raid" did not take place, and "an
attempted raid", "demanded a raid" have the standing that the adjective or the verb gives. The numbers are in
``factuality.yaml``, which names its sources.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Literal, cast

from foreshock.coding import factuality_context as context
from foreshock.coding.circumstance import with_shared_moods
from foreshock.coding.factuality_context import NONE, Words
from foreshock.coding.frames import SPEAKING, STATUSES, Frames, Governor
from foreshock.coding.signatures import Outcome, signatures
from foreshock.coding.status import DIRECTIVES, Standing, decide, status_words
from foreshock.coding.verb_forms import auxiliaries, is_bare, is_gerund, is_infinitive, is_past, is_present
from foreshock.knowledge import load_table
from foreshock.model import Status
from foreshock.reading.languages.base import Clause, Mood, Parse, Token

NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
# Moods under which what hangs on a clause is still to come.
OPEN: frozenset[Mood] = frozenset({"future", "imperative", "obligation", "possible", "hypothetical", "intention"})
WILL = frozenset({"wished", "planned", "requested"})
SO = 3.0
Question = Literal["expected", "happened"]


@cache
def scale(question: Question) -> Mapping[str, Any]:
    """Return the published table of a question: what each status, relation and certainty is worth."""
    loaded: dict[str, Any] = load_table("foreshock.coding", "factuality.yaml")
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
    words: Words = field(init=False)
    signs: Mapping[str, tuple[Outcome, Outcome]] = field(init=False)
    held: Factuality = field(init=False)

    def __post_init__(self) -> None:
        listed = {name: frozenset(map(str, some)) for name, some in (self.table.get("factuality") or {}).items()}
        grammar = self.table.get("grammar", {})
        listed["asking"] = frozenset(grammar.get("question", ())) - listed.get("open_questions", NONE)
        listed["turned"] = frozenset(grammar.get("negative_control", ()))
        object.__setattr__(self, "words", listed)
        object.__setattr__(self, "signs", signatures(self.table))
        # Whether a clause is told as so is asked of the text, not of the day: "will refuse" refuses.
        held = self if self.question == "expected" else Factuality(self.frames, self.table)
        object.__setattr__(self, "held", held)

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

    def projected(self, status: Status, *, negated: bool, certainty: str, relation: str = "root", shown: bool = True) -> float:
        """Return the value of a standing on the scale from -3 to 3; ``shown`` where the negation is a word of the predicate."""
        table = scale(self.question)
        value = min(table["status"][status], table["certainty"][certainty], table["relation"].get(relation, 3))
        if negated and value == 3:
            value = table.get("negated" if shown else "implied", {}).get(status, value)
        return float(-abs(value) if negated else value)

    def of_clause(self, clause: Clause, parse: Parse) -> float:
        """Return the factuality of the event that a clause tells."""
        carried = self._carried(clause, parse)
        if carried is not None:
            return carried
        turned = clause.relation == "content" and clause.parent is not None and self._turned(clause, parse)
        clause = with_shared_moods(clause, parse, spaces=self._spaces)
        clause = replace(clause, moods=self._moods(clause, parse))
        governors = tuple(self.frames.governors(clause, parse))
        standing = self._standing(clause, parse, governors)
        if not clause.negated and any(one.clause.negated and one.frame in WILL for one in governors):
            return float(scale(self.question)["willed"])
        status, certainty, negated = standing.status, standing.certainty, standing.negated
        if status == "unknown" and context.is_presupposed(clause, parse, self.words):
            status = "asserted"
        # Of what one side puts forward and the other denies the text holds neither; what is ruled out is decided.
        if status == "denied" and not any(one.frame == "excluded" for one in governors):
            status = "unknown"
        if turned and not negated:
            return self.projected("denied", negated=False, certainty="certain")
        negated = negated and not turned
        if context.is_scant(clause, self.words):
            negated, certainty = not negated, "possible"
        if status == "asserted" and (
            context.is_of_nothing(clause, parse, self.words) or context.is_replaced(clause, parse, self.words)
        ):
            return self.projected("denied", negated=False, certainty="certain")
        if status == "asserted" and context.is_over(clause, parse, self.words):
            return self.projected("denied", negated=False, certainty="certain")
        if status == "asserted" and context.has_no_object(clause, parse, self.words):
            return float(scale(self.question)["no_object"])
        place = self._place(clause, parse, governors)
        shown = context.denier(clause, parse, self.words) is not None
        value = self.projected(status, negated=negated, certainty=certainty, relation=place, shown=shown)
        asked = context.is_asked(clause, parse, self.words)
        value = min(value, float(scale(self.question)["asked"])) if asked else value
        tense = scale(self.question).get("tense", {}).get(self._tense(clause, parse), SO)
        return self._bounded(min(value, float(tense)), clause, parse)

    def _tense(self, clause: Clause, parse: Parse) -> str:
        """Return how a clause is dated: by a past tense or perfect, by a present, by none, or as what anybody does."""
        if context.of_anybody(clause, parse, self.words):
            return "anybody"
        if is_past(clause, parse) or auxiliaries(clause, parse) & self._words("done"):
            return "past"
        return "undated" if is_gerund(clause, parse) else "present" if is_present(clause, parse) else "none"

    @property
    def _spaces(self) -> bool:
        return bool(self.table.get("grammar", {}).get("spaces", True))

    def _place(self, clause: Clause, parse: Parse, governors: Sequence[Governor]) -> str:
        """Return where a clause stands, as the table of relations names it."""
        if context.is_supposed(clause, parse, self.words):
            return "condition"
        if self._ahead(clause, parse):
            return "time"
        if context.is_deliberated(clause, parse):
            return "deliberated"
        if "attempt" in clause.moods:
            return "attempt"
        if self._unfinished(clause, parse, governors):
            return "judged" if self.held.of_clause(parse.clauses[clause.parent or 0], parse) == SO else "attempt"
        if clause.relation == "purpose" and clause.parent is not None:
            above = parse.clauses[clause.parent]
            held = self.held.of_clause(above, parse)
            if held < 0:
                return "hindered"
            if is_past(above, parse) and held == SO:
                return "end"
        return "obligation" if "obligation" in clause.moods and clause.relation != "purpose" else clause.relation

    def _sign(self, clause: Clause, parse: Parse) -> tuple[Outcome, Outcome] | None:
        """Return the signature of what an infinitive or gerund hangs on: a verb, an adjective, or a noun just before it."""
        if clause.parent is None or clause.relation not in ("content", "purpose", "adverbial"):
            return None
        above = parse.clauses[clause.parent]
        if clause.index in (clause.parent, above.parent):
            return None
        if not (is_infinitive(clause, parse) or is_gerund(clause, parse)):
            return None
        first = above.lemma.split(" ")[0]
        name = f"be {first}" if above.passive and above.relation != "relative" else first
        if context.opening(clause, parse) & self._words("from") and f"{name} from" in self.signs:
            return self.signs[f"{name} from"]
        noun = context.before(clause, parse)
        if clause.relation != "adverbial" and noun and f"{noun[0]} to" in self.signs:
            return self.signs[f"{noun[0]} to"]
        # "Hesitated to shoot" may be read as an end; an end stands apart from its verb, or has "in order".
        near = clause.relation == "purpose" and context.before(clause, parse) == [first]
        return self.signs.get(name) if clause.relation == "content" or near else None

    def _carried(self, clause: Clause, parse: Parse) -> float | None:
        """Return the factuality that an infinitive or gerund has of the word over it, or None where that word leaves it open."""
        sign = self._sign(clause, parse)
        if sign is None or clause.parent is None:
            return None
        above = parse.clauses[clause.parent]
        held, mine = self.held.of_clause(above, parse), self.of_clause(above, parse)
        outcome: Outcome = sign[0] if held > 0 else sign[1] if held < 0 else "o"
        own = clause.negated and above.lemma.split(" ")[0] not in self.words["turned"]
        if own and outcome != "o":
            outcome = "-" if outcome == "+" else "+"
        if outcome == "o":
            return min(self.projected("asserted", negated=False, certainty="possible", relation="attempt"), max(mine, 0.0))
        if held < 0:
            sure = "certain" if held <= -SO else "probable"
            return self.projected("assessed" if outcome == "+" else "denied", negated=False, certainty=sure)
        if outcome == "+":
            return mine
        return max(self.projected("denied", negated=False, certainty="certain"), -held)

    def _bounded(self, value: float, clause: Clause, parse: Parse) -> float:
        """Return a value no higher than that of the clause over one that is not told as past by itself.

        "If you want it mended", "by asking them you can": what hangs on the unreal is no more real than that.
        """
        if clause.parent is None or clause.parent == clause.index or not self._hangs(clause, parse):
            return value
        above = parse.clauses[clause.parent]
        if above.parent == clause.index or self.held.of_clause(above, parse) <= 0:
            return value
        return min(value, self.of_clause(above, parse))

    def _hangs(self, clause: Clause, parse: Parse) -> bool:
        """Whether a clause takes its time from the one over it: infinitives, gerunds, "had it mended"."""
        if clause.relation not in ("content", "adverbial"):
            return False
        if is_infinitive(clause, parse) or is_gerund(clause, parse):
            return True
        above = parse.clauses[clause.parent or 0]
        return clause.relation == "content" and is_bare(clause, parse) and above.lemma.lower() in self._words("having")

    def _moods(self, clause: Clause, parse: Parse) -> frozenset[Mood]:
        """Return a clause's moods without those that only seem so, and with the future that its time gives a present."""
        moods, lemma = clause.moods, clause.lemma.lower()
        if "obligation" in moods and context.is_compelled(clause, parse, self.words):
            moods -= {"obligation"}
        if "imperative" in moods and lemma in self._words("not_commanded"):
            moods -= {"imperative"}
        if "hypothetical" in moods and f"would {lemma}" in self.frames.verbs:
            moods -= {"hypothetical"}
        # "I would say": a speaker who hedges his word gives it.
        mine = any(one.text.lower() in self._words("selves") for one in context.subjects(clause))
        if "hypothetical" in moods and mine and lemma in self._words("hedged"):
            moods -= {"hypothetical"}
        text = f" {' '.join(parse.tokens[i].text.lower() for i in clause.tokens)} "
        if not moods and is_present(clause, parse) and any(f" {word} " in text for word in self._words("coming")):
            moods |= {"future"}
        if not moods and clause.relation == "coordinate" and clause.parent is not None:
            above = parse.clauses[clause.parent]
            # "Take the first road, then you turn right."
            if "imperative" in above.moods and context.of_anybody(clause, parse, self.words):
                moods |= {"imperative"}
        return moods

    def _ahead(self, clause: Clause, parse: Parse) -> bool:
        """Whether a clause of time tells what is still to come, as the clause that it hangs on does: "until they agree"."""
        if clause.relation == "condition" and context.opens_with(clause, parse, self.words, "until"):
            return True
        if clause.relation != "adverbial" or clause.parent is None or clause.moods or not clause.predicate:
            return False
        timed = context.opens_with(clause, parse, self.words, "temporal")
        if timed and context.of_anybody(clause, parse, self.words):
            return True
        above = parse.clauses[clause.parent]
        if not above.moods & OPEN and 0 < self.held.of_clause(above, parse) == SO:
            return False
        # "By getting on their list you can": a gerund is as real as what it hangs on.
        return is_gerund(clause, parse) or (timed and is_present(clause, parse))

    def _unfinished(self, clause: Clause, parse: Parse, governors: Sequence[Governor]) -> bool:
        """Whether an infinitive is told by a noun or adjective that says nothing of its truth: "ways to get there"."""
        opens = (self.table.get("grammar", {}).get("directive_complement") or {}).get("opens")
        text = parse.sentence.text[clause.start - parse.sentence.start :]
        if not opens or governors or clause.relation != "content" or not text.startswith(opens) or clause.parent is None:
            return False
        above = parse.clauses[clause.parent]
        return not self._words("come_true") & {above.lemma.split(" ")[0]}

    def _turned(self, clause: Clause, parse: Parse) -> bool:
        """Whether the word that governs an infinitive says that its event does not take place: "failure to", "too weak to"."""
        above = parse.clauses[clause.parent or 0]
        if above.lemma.lower() in self._words("turning_clauses"):
            return True
        if not (is_infinitive(clause, parse) or is_gerund(clause, parse)):
            return False
        near = {parse.tokens[i].lemma.lower() for i in [i for i in above.tokens if parse.tokens[i].start < clause.start][-3:]}
        if above.negated and near & self._words("enough"):
            return True
        return above.lemma.lower() in self._words("turning") or bool(near & self._words("turning"))

    def _standing(self, clause: Clause, parse: Parse, governors: Sequence[Governor]) -> Standing:
        conditioned = any(one.parent == clause.index and one.relation == "condition" for one in parse.clauses)
        # "Gave a false name": what only describes a thing says nothing of the act.
        words = " ".join(parse.tokens[i].text for i in clause.tokens if parse.tokens[i].dep.partition(":")[0] != "amod")
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
        modal = any(
            (one.upos == "AUX" and one.head == word.index) or one.text.lower() in self._words("lifting") for one in inside
        )
        if (modal and clause.moods & {"future", "possible", "hypothetical"}) or "imperative" in clause.moods:
            return self.of_clause(clause, parse)
        return self.projected("asserted", negated=negated, certainty="certain")

    def _of_noun(self, word: Token, clause: Clause, parse: Parse) -> float:
        if word.dep.partition(":")[0] in ("amod", "compound"):
            unreal = word.lemma.lower() in self._words("unreal") | self._words("absent")
            return self.projected("forecast" if unreal else "asserted", negated=False, certainty="certain")
        phrase = [one for one in parse.tokens if one.head == word.index and one.index < word.index]
        said = {one.lemma.lower() for one in phrase} | {one.text.lower() for one in phrase}
        if said & self._words("absent") or (clause.negated and said & self._words("any")):
            return self.projected("asserted", negated=True, certainty="certain")
        if said & self._words("unreal"):
            return self.projected("forecast", negated=False, certainty="possible")
        over = self._over(word, clause, parse)
        if over is not None:
            return over
        owned = any(one.dep in ("nmod:poss", "poss") for one in phrase)
        if word.upos == "PROPN" or owned or said & self._words("definite"):
            return self.projected("asserted", negated=False, certainty="certain")
        # "Earnings have not been good", "did not name a party to the talks": what a denial is about is there.
        roles = [one.role for one in clause.arguments if one.head == word.index]
        if clause.negated and word.index not in clause.predicate and (not roles or "subject" in roles):
            return self.projected("asserted", negated=False, certainty="certain")
        return self.of_clause(clause, parse)

    def _over(self, word: Token, clause: Clause, parse: Parse) -> float | None:
        """Return what the verb says of the event that is its object: wanted, prevented, opposed; None where it says nothing."""
        if not any(one.role == "object" and one.head == word.index for one in clause.arguments) or clause.passive:
            return None
        lemma, frame = clause.lemma.lower(), self.frames.of_verb(clause)
        if frame in SPEAKING - DIRECTIVES - WILL and {word.lemma.lower(), word.text.lower()} & self.frames.nouns.keys():
            # "Denied the report": words are there whatever is said of them.
            return self.projected("asserted", negated=False, certainty="certain")
        if lemma in self._words("preventing"):
            return -self.of_clause(clause, parse)
        if lemma in self._words("withholding"):
            return self.projected("assessed", negated=False, certainty="possible")
        if frame in DIRECTIVES | WILL | {"forecast"}:
            return self.projected(cast(Status, STATUSES.get(frame, frame)), negated=clause.negated, certainty="certain")
        return None

    def _words(self, group: str) -> frozenset[str]:
        return self.words.get(group, NONE)
