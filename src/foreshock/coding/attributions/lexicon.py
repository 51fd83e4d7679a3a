"""The words that attribute, compiled once from a language's table: verbs, nouns and adjectives with what they take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from foreshock.coding.frames import Frames
from foreshock.reading.languages.base import Clause

# Classes of frames whose predicate can open or close a quotation: all that are done with words or in the mind.
VOICED = frozenset(
    {
        "retracted", "denied", "ordered", "advised", "requested", "promised", "threatened", "forecast", "unknown", "rumoured",
        "alleged", "assessed", "asserted",
    }
)  # fmt: skip
OBJECT_CLASSES = ("denied", "requested", "retracted", "promised", "rumoured")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The cues of one language; the keys stand under ``attribution: cues:`` of its table (docs/add-a-language.md).

    Attributes:
        frames: predicate and noun -> class of standing; each of them takes a clause of content.
        clause: further predicates that take a clause ("note", "be glad").
        objects: verbs whose object is the content: "announced the closure".
        naming: verbs with an object and what it is said to be: "called him a thief".
        phrases: word -> adpositions after which the content stands: "talk" -> about, of.
        nouns: nouns of content beside those of the frames; ``noun_marks`` the adpositions after them.
        extending: adpositions whose phrase belongs to an object's content: "praised him for it".
        relaying: verbs that only carry a noun of content: "made a promise", "issued a statement".
        chained: verbs that the grammar merges into the next one: "is expected to resign".
        told: verbs whose object hears: "told reporters".
        empty: subjects that are nobody: "it", "there".
        adverbs: words that pass a sentence on without saying whose it is: "reportedly".
        closing: the same at the end of a clause, where a language has them: という, とされる.
        quotative: what follows a quotation that the next verb gives, whatever it means: 」と.
        relatives: relative words after which no source stands: "selon LAQUELLE".
    """

    frames: Frames
    spaces: bool
    clause: frozenset[str]
    silent: frozenset[str]
    objects: frozenset[str]
    naming: frozenset[str]
    phrases: Mapping[str, frozenset[str]]
    nouns: frozenset[str]
    noun_marks: frozenset[str]
    extending: frozenset[str]
    relaying: frozenset[str]
    chained: frozenset[str]
    told: frozenset[str]
    empty: frozenset[str]
    adverbs: frozenset[str] = frozenset()
    closing: tuple[str, ...] = ()
    relatives: frozenset[str] = frozenset()
    quotative: tuple[str, ...] = ()

    @classmethod
    def build(cls, table: Mapping[str, Any], *, spaces: bool) -> Lexicon:
        """Return the cues of a language's table; keys that it lacks are empty."""
        cues: Mapping[str, Any] = (table.get("attribution") or {}).get("cues") or {}
        phrases: dict[str, set[str]] = {}
        for phrase in cues.get("phrases") or ():
            word, _, mark = str(phrase).rpartition(" ")
            phrases.setdefault(word, set()).add(mark)
        grammar = table.get("grammar") or {}
        return cls(
            frames=Frames.build(table),
            spaces=spaces,
            clause=_words(cues.get("clause")),
            silent=_words(cues.get("silent")),
            objects=_words(cues.get("objects")) if "objects" in cues else _of_objects(table),
            naming=_words(cues.get("naming")),
            phrases={word: frozenset(marks) for word, marks in phrases.items()},
            nouns=_words(cues.get("nouns")),
            noun_marks=_words(cues.get("noun_marks")),
            extending=_words(cues.get("extending")),
            relaying=_words(cues.get("relaying")),
            chained=_words(cues.get("chained")),
            told=_words(grammar.get("told")) | _words(cues.get("told")),
            empty=_words((table.get("pronouns") or {}).get("empty")),
            adverbs=_words(cues.get("adverbs")),
            closing=tuple(str(one) for one in cues.get("closing") or ()),
            relatives=_words(grammar.get("relative")) if spaces else frozenset(),
            quotative=tuple(str(one) for one in grammar.get("quotative") or ()),
        )

    def takes_clause(self, clause: Clause) -> bool:
        """Whether a clause's predicate takes a clause of content."""
        lemma = clause.lemma.lower()
        if lemma in self.silent:
            return False
        return self.frames.of_verb(clause) is not None or lemma in self.clause or lemma.split(" ")[0] in self.clause

    def voiced(self, clause: Clause) -> bool:
        """Whether a clause's predicate can stand beside a quotation: "…", she said."""
        lemma = clause.lemma.lower()
        if lemma in self.silent:
            return False
        return self.frames.of_verb(clause) in VOICED or lemma in self.clause

    def is_noun(self, lemma: str) -> bool:
        """Whether a noun names words or thoughts: "claim", "hope"."""
        return lemma in self.nouns or lemma in self.frames.nouns


def _of_objects(table: Mapping[str, Any]) -> frozenset[str]:
    """Return the verbs whose object is content where a table does not list them: to deny, demand, accuse or report a thing."""
    frames = table.get("frames") or {}
    listed = [word for name in OBJECT_CLASSES for word in frames.get(name) or ()]
    return _words([*listed, *((table.get("attribution") or {}).get("reporting") or ())])


def _words(values: Iterable[object] | None) -> frozenset[str]:
    return frozenset(str(one).lower() for one in values or ())
