"""What happened: the kind and mode of a clause, from the codebook's cues on its predicate and arguments.

The score of a cue says how much of the clause it explains; the strongest cue names the kind. Weights are policy, kept in
``WEIGHTS`` and explained there, so that a linguist can argue with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from foreshock.model import Kind
from foreshock.ontology.codebook import Codebook
from foreshock.reading.languages.base import Argument, Clause, Parse

WEIGHTS = {
    "predicate": 3.0,  # the verb itself names the act: "arrested"
    "predicate_word": 1.0,  # each further word that the cue asks for and finds: "take power"
    "nominal": 2.6,  # the act is the predicate noun: "under house arrest"
    "light": 2.6,  # subject or object of a light verb: "a curfew is in force", デモを行った
    "core": 1.5,  # subject or object of another verb
    "oblique": 1.2,  # beside a light verb only: "clashes took place during the protests"
    "noun_word": 0.5,  # each further word of a noun cue: "travel advice"
}
# Clauses whose events are remembered.
REMEMBERED = 2_048
# Suffixes that turn an act into those who do it.
DOERS = tuple("者員隊派側団")
# Words of a cue that stand for a name among the objects: "call @person" is for "called King Ali", not for "called the vote".
NAMED = {"@person": ("person", "per"), "@place": ("gpe", "loc", "fac"), "@body": ("org", "norp")}
# Where the head of a noun phrase ends, unless the language's table says otherwise (``grammar.noun_ends``).
ENDS = re.compile(r" (?:of|in|at|on|from|by|with|to|for|after|during|against|over|about) ")
# Weaker evidence names nothing: the clause is then told by its standing alone.
LEAST = 1.0
# Where two kinds explain a clause equally well, the one named for what people do to people comes first.
ORDER = (
    "ASSAULT", "COERCE", "OFFICE", "CONTROL", "HARM", "LIKEN", "MOBILIZE", "PROTEST", "SANCTION", "RETREAT", "AGREE", "AID",
    "ADVISE", "THREATEN", "REJECT", "CONCEDE", "REQUEST", "ACCUSE", "COOPERATE", "SUPPORT", "CONSULT", "ASSESS", "STATE",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """A kind and mode with the cue that named it, its strength, and whether the predicate itself bore the cue.

    ``headed``: a further word of the cue is the head of an argument ("cut *tariffs* on exports"), which decides between equals.
    """

    kind: Kind
    mode: str | None
    score: float
    cue: str
    on_predicate: bool
    noun: tuple[int, int] | None = None
    headed: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """A predicate cue: its words and what they name.

    An ``act`` asks for a doer ("soldiers killed three"). Of a ``toll`` the further words may stand in a relative clause of the
    subject (拘束された人は百人に上る).
    """

    words: tuple[str, ...]
    kind: Kind
    mode: str | None
    act: bool = False
    toll: bool = False


@dataclass(frozen=True, slots=True)
class CueTable:
    """The codebook's cues of one language, by first word for predicates; built once a coder.

    A ``bound`` verb keeps its preposition beside it: "called on the king" is no "called the king on Sunday".
    """

    predicates: Mapping[str, Sequence[Cue]]
    nouns: Sequence[tuple[str, Kind, str | None]]
    spaces: bool
    light: frozenset[str]
    articles: frozenset[str] = frozenset()
    ends: re.Pattern[str] = ENDS
    head_first: bool = False
    bound: frozenset[str] = frozenset()
    forces: frozenset[str] = frozenset()
    opening: Mapping[str, Sequence[int]] = field(init=False, default_factory=dict)
    told: dict[int, tuple[Clause, tuple[Event, ...]]] = field(init=False, default_factory=dict, repr=False, compare=False)
    looked_up: dict[str, tuple[Cue, ...]] = field(init=False, default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "opening", _by_opening([cue for cue, _, _ in self.nouns], spaces=self.spaces))

    @classmethod
    def build(cls, codebook: Codebook, code: str, table: Mapping[str, Any]) -> CueTable:
        """Return the cue table of language ``code``; ``table`` is the language's YAML."""
        predicates: dict[str, list[Cue]] = {}
        nouns: dict[tuple[str, Kind, str | None], None] = {}
        for entry in codebook:
            kind = cast(Kind, entry.kind)
            for mode, cues in entry.cues_of(code):
                for cue in (*cues.predicates, *cues.acts, *cues.tolls):
                    words = tuple(cue.split())
                    one = Cue(words, kind, mode, act=cue in cues.acts, toll=cue in cues.tolls)
                    predicates.setdefault(words[0], []).append(one)
                for cue in cues.nouns:
                    nouns[(cue, kind, mode)] = None
        spaces = bool(table.get("grammar", {}).get("spaces", True))
        grammar = table.get("grammar", {})
        ends = grammar.get("noun_ends")
        return cls(
            predicates,
            tuple(nouns),
            spaces,
            frozenset(table.get("light_verbs", ())),
            frozenset(grammar.get("articles", ())),
            re.compile(rf" (?:{'|'.join(map(re.escape, ends))}) ") if ends else ENDS,
            bool(grammar.get("head_first", False)),
            frozenset(grammar.get("prepositional_verbs", ())),
            frozenset(grammar.get("forces", ())),
        )

    def nouns_in(self, text: str) -> Iterator[tuple[str, Kind, str | None]]:
        """Yield, in their order, the noun cues whose opening stands in a phrase: most do not."""
        parts = text.split(" ") if self.spaces else [*text, *(text[at : at + 2] for at in range(len(text) - 1))]
        numbers = {number for part in parts for number in self.opening.get(part, ())}
        yield from (self.nouns[number] for number in sorted(numbers))

    def asked(self, lemma: str) -> tuple[Cue, ...]:
        """Return what :meth:`lookup` yields, remembered."""
        found = self.looked_up.get(lemma)
        if found is None:
            if len(self.looked_up) >= REMEMBERED:
                self.looked_up.clear()
            found = self.looked_up[lemma] = tuple(self.lookup(lemma))
        return found

    def lookup(self, lemma: str) -> Iterator[Cue]:
        """Yield the predicate cues whose first words are ``lemma``; a compound verb answers to its last part (一時停止: 停止)."""
        first, *rest = lemma.split() or [""]
        if lemma in self.bound:
            rest = []  # "call inquiry" is for "called for an inquiry" too
        for cue in self.predicates.get(first, ()):
            if (two := " ".join(cue.words[:2])) in self.bound and two != lemma:
                continue
            if not rest or tuple(rest) == cue.words[1 : 1 + len(rest)] or len(cue.words) == 1:
                yield cue
        if not self.spaces:
            for cut in range(1, len(lemma) - 1):
                yield from self.predicates.get(lemma[cut:], ())


def _by_opening(cues: Sequence[str], *, spaces: bool) -> dict[str, list[int]]:
    """Return the numbers of cues by their first word, or, where words are not set apart, by their first two characters."""
    found: dict[str, list[int]] = {}
    for number, cue in enumerate(cues):
        found.setdefault(cue.split(" ")[0] if spaces else cue[:2], []).append(number)
    return found


def phrase_lemmas(parse: Parse, start: int, end: int, *, without: frozenset[str] = frozenset()) -> str:
    """Return the lemmas of the tokens inside a span, space-joined with a space at both ends, lower case.

    ``without`` are articles that cues are written without ("prise de ville" of "la prise de la ville").
    """
    words = (t.lemma.lower() for t in parse.tokens if start <= t.start and t.end <= end)
    return " " + _hyphened(" ".join(word for word in words if word not in without)) + " "


def _hyphened(text: str) -> str:
    """Return words with the hyphen that a parser sets apart back in its place: "cease - fire"."""
    return text.replace(" - ", "-")


def events(clause: Clause, parse: Parse, cues: CueTable) -> list[Event]:
    """Return the events that the clause's words name, strongest first; empty where no cue is found.

    A clause is asked about several times, by its gate, as a candidate and as the one above another: the last ones are remembered.
    """
    known = cues.told.get(id(clause))
    if known is None or known[0] is not clause:
        if len(cues.told) >= REMEMBERED:
            cues.told.clear()
        known = cues.told[id(clause)] = (clause, tuple(_events(clause, parse, cues)))
    return list(known[1])


def _events(clause: Clause, parse: Parse, cues: CueTable) -> list[Event]:
    found = [*_predicate_events(clause, parse, cues), *_noun_events(clause, parse, cues)]
    best: dict[tuple[str, str | None], Event] = {}
    for event in found:
        known = best.get((event.kind, event.mode))
        if known is None or (event.score, event.headed) > (known.score, known.headed):
            best[(event.kind, event.mode)] = event
    kept = [event for event in best.values() if event.score >= LEAST]
    return sorted(kept, key=lambda e: (-e.score, not e.headed, _rank(e.kind), e.mode is None, e.mode or "", e.cue))


def _rank(kind: str) -> int:
    """Return a kind's place in ``ORDER``; a kind that a user added comes after all of them."""
    return ORDER.index(kind) if kind in ORDER else len(ORDER)


def _own_text(clause: Clause, parse: Parse, *, spaces: bool, subject: bool = True) -> str:
    """Return the lemmas (without spaces: the words) of a clause, with or without those of its subject."""
    left_out = [] if subject else [one for one in clause.arguments if one.role == "subject"]
    tokens = [parse.tokens[i] for i in clause.tokens]
    kept = [one for one in tokens if not any(part.start <= one.start < part.end for part in left_out)]
    return " " + _hyphened(" ".join(one.lemma.lower() for one in kept)) + " " if spaces else "".join(one.text for one in kept)


def _predicate_events(clause: Clause, parse: Parse, cues: CueTable) -> Iterator[Event]:
    asked = cues.asked(clause.lemma.lower())
    if not asked:
        return
    own = _own_text(clause, parse, spaces=cues.spaces)
    doers = [one for one in clause.arguments if one.role == "agent" or (one.role == "subject" and not clause.passive)]
    # "The flood killed nine": what is no will does no act (``grammar.forces``).
    doer = any(parse.tokens[one.head].lemma.lower() not in cues.forces for one in doers)
    # "Soldiers burned houses" is an act; "houses burned" tells only what was burned.
    done_to = _own_text(clause, parse, spaces=cues.spaces, subject=False) if doer else own
    names, heads = _objects(clause, parse)
    counted = ""
    if any(cue.toll for cue in asked):
        relatives = [one for one in parse.clauses if one.relation == "relative" and one.parent == clause.index]
        counted = "".join(_own_text(one, parse, spaces=cues.spaces) for one in relatives)
    verb = clause.lemma.lower().split()
    for cue in asked:
        words = cue.words
        if cue.act and not doer:
            continue
        rest = words[len(verb) :] if words[: len(verb)] == tuple(verb) else words[1:]
        text = done_to if cue.act else own + counted if cue.toll else own
        if all((word in names) if word[0] == "@" else (f" {word} " if cues.spaces else word) in text for word in rest):
            score = WEIGHTS["predicate"] + WEIGHTS["predicate_word"] * (len(words) - 1)
            yield Event(cue.kind, cue.mode, score, " ".join(words), on_predicate=True, headed=not heads.isdisjoint(rest))


def _objects(clause: Clause, parse: Parse) -> tuple[set[str], set[str]]:
    """Return what the objects of a clause name ("@person"), and the head words of its arguments."""
    heads = [(one.role, parse.tokens[one.head]) for one in clause.arguments]
    labels = {token.entity.lower() for role, token in heads if role in ("object", "indirect") and token.entity}
    return {word for word, names in NAMED.items() if not labels.isdisjoint(names)}, {token.lemma.lower() for _, token in heads}


def _noun_events(clause: Clause, parse: Parse, cues: CueTable) -> Iterator[Event]:
    # What is not there is no setting of what was done: 殺人の背後に…はない.
    light = clause.lemma.lower() in cues.light
    setting = light and not clause.negated
    for start, end, weight in _phrases(clause, parse, light=light, setting=setting):
        text = (
            phrase_lemmas(parse, start, end, without=cues.articles)
            if cues.spaces
            else parse.sentence.text[start - parse.sentence.start : end - parse.sentence.start]
        )
        for cue, kind, mode in cues.nouns_in(text):
            if _stands_in(cue, text, spaces=cues.spaces):
                words = len(cue.split()) - 1 if cues.spaces else max(0, (len(cue) - 2) / 2)
                head = _is_head(cue, text, cues)
                yield Event(
                    kind, mode, (weight if head else weight * 0.6) + WEIGHTS["noun_word"] * words, cue, False, (start, end)
                )


def _stands_in(cue: str, text: str, *, spaces: bool) -> bool:
    """Whether a noun cue stands in a phrase; inside the name of a doer (抗議 in 抗議者) it does not."""
    if spaces:
        return f" {cue} " in text
    at = text.find(cue)
    return at >= 0 and text[at + len(cue) : at + len(cue) + 1] not in DOERS


def _is_head(cue: str, text: str, cues: CueTable) -> bool:
    """Whether the cue stands where the phrase's head does: before the first preposition in English, at the end in Japanese.

    Where adjectives follow their noun (``grammar.head_first``), the cue is the head if no preposition stands before it.
    """
    if not cues.spaces:
        return text.rstrip("」』）) ").endswith(cue)
    if cues.head_first:
        return not cues.ends.search(text[: text.find(f" {cue} ") + 1])
    head = cues.ends.split(text)[0]
    return f"{head} ".rstrip().endswith(cue) or text.strip() == cue


def _phrases(clause: Clause, parse: Parse, *, light: bool, setting: bool) -> Iterator[tuple[int, int, float]]:
    words = [parse.tokens[i] for i in clause.predicate]
    if words and words[-1].upos not in ("VERB", "AUX"):
        yield words[0].start, words[-1].end, WEIGHTS["nominal"]
    for argument in clause.arguments:
        if setting or argument.role in ("subject", "object"):
            yield argument.start, argument.end, _weight(argument, light=light)


def _weight(argument: Argument, *, light: bool) -> float:
    if argument.role in ("subject", "object"):
        return WEIGHTS["light"] if light else WEIGHTS["core"]
    return WEIGHTS["oblique"]
