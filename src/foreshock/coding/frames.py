"""Which standing a predicate or noun gives to the content it governs: "denied that", "the order to", 噂."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from foreshock.errors import ReadingError
from foreshock.reading.languages.base import Argument, Clause, Parse

CLASSES = (
    "retracted", "denied", "excluded", "ordered", "permitted", "advised", "requested", "promised", "undertaken", "threatened",
    "planned", "wished", "forecast", "unknown", "rumoured", "alleged", "assessed", "perceived", "asserted",
)  # fmt: skip
# Classes that are no status of their own: what is ruled out is denied, what is agreed or offered is promised by an act.
STATUSES = {"excluded": "denied", "undertaken": "promised"}
# What reaches a relative clause under it: words are somebody's whole; what is wanted, ordered or denied is not what describes
# those whom it names ("wants to try the officers who seized the station").
REACHING = frozenset({"asserted", "perceived", "alleged", "assessed", "rumoured"})
# Classes whose subject speaks and so holds the content; the others' subject acts: it orders, permits, advises, plans.
SPEAKING = frozenset(
    {
        "retracted", "denied", "excluded", "requested", "promised", "threatened", "wished", "forecast", "alleged", "assessed",
        "perceived", "asserted",
    }
)  # fmt: skip

# What is not so or not yet so: turned down it is refused, not denied.
REFUSED = frozenset({"requested", "promised", "undertaken", "planned", "permitted", "advised", "ordered", "wished"})
# Classes of verbs that take a stand on what a noun carries: "rejected the plan to", "condemned the decision to".
STANCES = frozenset({"denied", "alleged"})
OPENERS = " \u00a0\"'«“„‘「"


@dataclass(frozen=True, slots=True)
class Governor:
    """What governs a clause: the class, the governing clause, and the noun that carries the class if a noun does.

    ``told`` marks a speech verb with a directive complement: "told them to leave", 避けるように言われた; ``hearsay`` a verb that
    passes on what nobody is named for: "it is reported that", と伝えられる; ``charging`` one whose content is always a charge.
    """

    frame: str
    clause: Clause
    noun: Argument | None = None
    told: bool = False
    hearsay: bool = False
    charging: bool = False


@dataclass(frozen=True, slots=True)
class Frames:
    """A language's frames: predicate lemma -> class, noun -> class.

    Attributes:
        verbs: of predicates over a clause; ``nouns``: of nouns over one.
        objects: of predicates whose content is a noun phrase, where that differs: 認める admits a clause and permits an act.
        faults: nouns that keep such a predicate in its first class: 罪を認める admits.
        hearsay, charging, naming: groups of predicates, see ``Governor``; naming ones say what a thing is ("called it a lie").
        medium: markers of where something is said.
        until: markers of an end in time: "until further orders" orders nothing.
        directive: what opens a complement that says what shall be done, and what follows it.
        directed: class of predicates over such a complement, where that differs: "warned them not to go" advises.
        nominaliser: what makes a thing of the clause before it, so that ``objects`` holds of it: のを.
        quotative: what follows a quotation that the next predicate gives, whatever it means: 」と.
    """

    verbs: Mapping[str, str]
    nouns: Mapping[str, str]
    directive: tuple[str, str] = ("", "")
    objects: Mapping[str, str] = field(default_factory=dict)
    faults: frozenset[str] = frozenset()
    hearsay: frozenset[str] = frozenset()
    charging: frozenset[str] = frozenset()
    naming: frozenset[str] = frozenset()
    until: frozenset[str] = frozenset()
    medium: frozenset[str] = frozenset()
    directed: Mapping[str, str] = field(default_factory=dict)
    quotative: tuple[str, ...] = ()
    nominaliser: str = ""

    @classmethod
    def build(cls, table: Mapping[str, Any]) -> Frames:
        """Return the frames of a language's table.

        Raises:
            ReadingError: the table names a class that is not one of ``CLASSES``.
        """
        objects, directed = (table.get(name) or {} for name in ("object_frames", "directive_frames"))
        unknown = {*table.get("frames", {}), *table.get("frame_nouns", {}), *objects, *directed} - set(CLASSES)
        if unknown:
            raise ReadingError(
                f"unknown frame class {sorted(unknown)} in language {table.get('code')!r}",
                remedy=f"use one of {', '.join(CLASSES)}",
            )
        marks = table.get("grammar", {}).get("directive_complement", {})
        directive = (str(marks.get("opens", "")), str(marks.get("follows", "")))
        groups = table.get("frame_groups") or {}
        faults, hearsay, charging, naming = (
            frozenset(str(word).lower() for word in groups.get(name, ())) for name in ("faults", "hearsay", "charging", "naming")
        )
        verbs, nouns = _first(table.get("frames", {})), _first(table.get("frame_nouns", {}))
        until, medium = (
            frozenset(str(word).lower() for word in table.get("grammar", {}).get(name, ())) for name in ("until", "medium")
        )
        quotative = tuple(str(one) for one in table.get("grammar", {}).get("quotative", ()))
        return cls(
            verbs, nouns, directive, _first(objects), faults, hearsay, charging, naming, until, medium, _first(directed),
            quotative, str(table.get("grammar", {}).get("nominaliser", "")),
        )  # fmt: skip

    def of_verb(self, clause: Clause) -> str | None:
        """Return the class of the clause's own predicate; "would like" is listed with its auxiliary."""
        lemma = clause.lemma.lower()
        wishful = self.verbs.get(f"would {lemma}") if "hypothetical" in clause.moods else None
        return wishful or self.verbs.get(lemma) or self.verbs.get(lemma.split(" ")[0] if " " in lemma else "")

    def over(self, clause: Clause, content: Clause, parse: Parse) -> str | None:
        """Return the class of a predicate over a content; a quotation is said whatever the verb: 「もう限界だ」と肩を落とした."""
        text, end = parse.sentence.text, content.end - parse.sentence.start
        if self.nominaliser and text.startswith(self.nominaliser, end) and clause.lemma.lower() in self.objects:
            return self.objects[clause.lemma.lower()]
        quoted = bool(self.quotative) and text.startswith(self.quotative, end)
        return self.of_verb(clause) or ("asserted" if quoted and clause.lemma.lower() not in self.naming else None)

    def of_object(self, clause: Clause, parse: Parse) -> str | None:
        """Return the class of the clause's own predicate where its content is a noun: 搬入を認めた permits, 罪を認めた admits."""
        other = self.objects.get(clause.lemma.lower())
        if other is None:
            return self.of_verb(clause)
        things = [one for one in clause.arguments if one.role == "object"]
        words = {form for one in things for form in (parse.tokens[one.head].lemma.lower(), parse.tokens[one.head].text)}
        return other if things and not words & (self.faults | self.nouns.keys()) else self.of_verb(clause)

    def is_hearsay(self, clause: Clause) -> bool:
        """Whether a predicate passes on what nobody is named for: a passive of telling without who tells."""
        agent = any(one.role == "agent" for one in clause.arguments)
        return clause.passive and not agent and clause.lemma.lower() in self.hearsay

    def of_noun(self, clause: Clause, parse: Parse, *, near: int | None = None) -> tuple[str, Argument] | None:
        """Return the class of a noun among the clause's arguments, the one nearest to offset ``near`` first."""
        found = []
        for argument in clause.arguments:
            head = parse.tokens[argument.head]
            for form in (head.lemma.lower(), argument.text.lower(), head.text):
                if form in self.nouns:
                    found.append((abs((near or argument.start) - argument.end), self.nouns[form], argument))
                    break
        if not found:
            return None
        _, frame, argument = min(found, key=lambda one: one[0])
        return frame, argument

    def carrier(self, clause: Clause, content: Clause, parse: Parse) -> tuple[str, Argument] | None:
        """Return the noun just before a content that carries it, with its class: "rejected a CALL from the envoy to resign"."""
        noun = self.of_noun(clause, parse, near=content.start)
        text, at = parse.sentence.text, parse.sentence.start
        if noun is None or noun[1].end > content.start:
            return None
        between = text[noun[1].end - at : content.start - at]
        return noun if len(between.strip(OPENERS).split()) <= 1 and "," not in between else None

    def _is_of_words(self, clause: Clause, parse: Parse) -> bool:
        """Whether a relative clause says what words hold, so that what is done to the words is done to their content.

        "the statement which held that 164 had died was withdrawn", 164人に上るとした発表を撤回した.
        """
        return clause.relation == "relative" and self.of_verb(clause) == "asserted" and self.of_noun(clause, parse) is not None

    def _is_directive(self, clause: Clause, parse: Parse) -> bool:
        """Whether a complement says what shall be done: an infinitive in English, ように in Japanese."""
        opens, follows = self.directive
        text, at = parse.sentence.text, parse.sentence.start
        return bool(
            (opens and text[clause.start - at :].startswith(opens)) or (follows and text[clause.end - at :].startswith(follows))
        )

    def governors(self, clause: Clause, parse: Parse) -> Iterator[Governor]:
        """Yield what governs a clause, innermost first."""
        described = False
        for here, above in self._over(clause, parse):
            described = described or (here.relation == "relative" and not self._is_of_words(here, parse))
            for one in self._of_content(here, above, parse):
                if not described or one.frame in REACHING:
                    yield one

    def _over(self, clause: Clause, parse: Parse) -> Iterator[tuple[Clause, Clause]]:
        """Yield each clause above a clause with the one below it, innermost first."""
        here, seen = clause, {clause.index}
        while here.parent is not None and here.parent not in seen:
            above = parse.clauses[here.parent]
            seen.add(above.index)
            yield here, above
            here = above

    def _of_content(self, here: Clause, above: Clause, parse: Parse) -> Iterator[Governor]:
        """Yield what a clause says of the content under it: the noun that carries it first, then its verb."""
        if here.relation not in ("content", "question") and not self._is_of_words(here, parse):
            return
        noun = self.of_noun(above, parse, near=here.start)
        verb = self.over(above, here, parse)
        if verb in STANCES and noun and noun[0] in REFUSED and self.carrier(above, here, parse):
            verb = None  # "rejected a call to resign": the call is refused, its content is not denied
        if noun and verb == "asserted" and noun[1].marker.lower() in self.medium:
            noun = None  # "said in an appeal that": where it is said, not what it is
        if noun and noun[0] != verb and (verb is None or noun[0] != "asserted"):
            yield Governor(noun[0], above, noun[1])
        if verb == "denied" and parse.sentence.text[: here.start - parse.sentence.start].rstrip(OPENERS).endswith(":"):
            # "Denied it: 'He is at work'": what follows a colon is said against what was denied.
            verb = "asserted"
        directive = self._is_directive(here, parse)
        verb = self.directed.get(above.lemma.lower(), verb) if directive else verb
        told = verb == "asserted" and directive
        if verb:
            lemma = above.lemma.lower()
            hearsay, charging = self.is_hearsay(above), lemma in self.charging
            yield Governor("requested" if told else verb, above, told=told, hearsay=hearsay, charging=charging)


def _first(classes: Mapping[str, list[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for frame in CLASSES:
        for word in classes.get(frame) or ():
            found.setdefault(str(word).lower(), frame)
    return found
