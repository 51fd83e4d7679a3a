"""Which sentences can bear a claim, told from their words alone, before any parser sees them.

A claim of an act needs a word that the codebook or the language's table of speech knows: a verb or noun of a kind, or one that
asks, threatens, advises, accuses, promises, permits or orders. Each word of a sentence is taken back to all dictionary forms
that it may be of; the sentence is let through where the words of one cue all stand among them. That lets through too much and
hardly ever too little: what the grammar will make of the words is the parser's to say.

Who says what such a sentence tells may stand in another one: "The bridge fell. Our correspondent reports.", "He denied it." after
a sentence that names him. Beside one that is let through go those right before and after it in which somebody speaks, and the one
before it where a pronoun speaks in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from foreshock.coding.attribution import LONGEST_HEADING, STOP
from foreshock.coding.events import CueTable, events
from foreshock.coding.frames import SPEAKING, Frames
from foreshock.coding.selection import QUIET
from foreshock.knowledge import load_table
from foreshock.model import Sentence
from foreshock.ontology.codebook import Codebook
from foreshock.reading.languages.base import Clause, Mood, Parse

# Kinds of what is told beside acts: facts, judgements, likenesses. That two sides speak is an act.
BACKGROUND = QUIET - {"CONSULT"}
# Classes of standing that name a kind by themselves.
SPEECH = ("requested", "threatened", "advised", "alleged", "promised", "undertaken", "permitted", "ordered")
ASKING: frozenset[Mood] = frozenset({"imperative", "obligation"})
FRAMES = ("frames", "frame_nouns", "object_frames", "directive_frames")
WORD = re.compile(r"[a-z0-9]+(?:[-'’.][a-z0-9]+)*")
FORMS = 100_000
# A pronoun speaks where a verb of speech stands so many words behind it at most, or right before it.
NEAR = 3


@dataclass(slots=True)
class Gate:
    """Lets sentences through that can bear a claim.

    Attributes:
        acts: first word of a cue of an act -> what else must stand in the sentence, one set a cue.
        irregular: form -> its dictionary form, where no rule tells it.
        speaking: verbs whose subject speaks; ``pronouns``: words for persons named elsewhere, as subjects.
    """

    acts: Mapping[str, tuple[frozenset[str], ...]]
    irregular: Mapping[str, tuple[str, ...]]
    speaking: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()
    _forms: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def build(cls, language: str, codebook: Codebook, table: Mapping[str, Any]) -> Gate | None:
        """Return the gate of a language; None where its words are not known well enough to shut one out."""
        irregular = _irregular().get(language)
        if irregular is None:
            return None
        acts = [cue for kind, _, cues in codebook.cues(language) if kind not in BACKGROUND for cue in _listed(cues)]
        acts += [str(word) for name in FRAMES for word in _of_classes(table.get(name) or {})]
        verbs = (table.get("frames") or {}).items()
        speaking = frozenset(str(one).split()[0].lower() for frame, some in verbs if frame in SPEAKING for one in some)
        return cls(by_first(acts), irregular, speaking, frozenset(map(str, _table()[language].get("speakers") or ())))

    def bearing(self, sentences: Sequence[Sentence]) -> list[bool]:
        """Return for each sentence of a document, all of them in order, whether it can bear a claim of an act.

        A heading cannot: what it tells is told again below it, with who says so.
        """
        headings = _headings(sentences)
        return [one.paragraph not in headings and self._bears(one.text) for one in sentences]

    def beside(self, sentences: Sequence[Sentence], bearing: Sequence[bool]) -> list[bool]:
        """Return for each sentence whether it may say who tells what one of ``bearing`` tells, and bears nothing itself."""
        found = [False] * len(sentences)
        for at, (one, through) in enumerate(zip(sentences, bearing, strict=True)):
            if not through:
                continue
            for other in (at - 1, at + 1):
                near = 0 <= other < len(sentences) and not bearing[other]
                if near and sentences[other].paragraph == one.paragraph and self._lemmas(sentences[other].text) & self.speaking:
                    found[other] = True
            if at and not bearing[at - 1] and self._refers(one.text):
                found[at - 1] = True
        return found

    def _bears(self, text: str) -> bool:
        words = self._lemmas(text)
        return any(rest <= words for word in words for rest in self.acts.get(word, ())) or _is_imperative(text)

    def _refers(self, text: str) -> bool:
        """Whether a pronoun for a person speaks."""
        words = WORD.findall(text.lower())
        return any(
            not self.speaking.isdisjoint(self._forms_of(other))
            for at, word in enumerate(words)
            if word in self.pronouns
            for other in (*words[at + 1 : at + 1 + NEAR], *words[max(0, at - 1) : at])
        )

    def _lemmas(self, text: str) -> set[str]:
        return set().union(*map(self._forms_of, WORD.findall(text.lower())))

    def _forms_of(self, word: str) -> frozenset[str]:
        forms = self._forms.get(word)
        if forms is None:
            if len(self._forms) >= FORMS:
                self._forms.clear()
            forms = self._forms[word] = frozenset(self._of_word(word))
        return forms

    def _of_word(self, word: str) -> Iterator[str]:
        """Yield what a word may be a form of."""
        yield word
        yield from self.irregular.get(word, ())
        for ending in ("'s", "’s"):
            if word.endswith(ending):
                yield from self._of_word(word[: -len(ending)])
        if "-" in word:
            for part in word.split("-"):
                yield from self._of_word(part)
        yield from (form for form in _regular(word) if len(form) > 1)


def may_act(parses: Iterable[Parse], frames: Frames, cues: CueTable) -> bool:
    """Whether anything that was parsed can bear a claim of an act: the second gate, which knows the grammar.

    A clause can where its words name an act, where its verb or noun asks, threatens, advises, accuses, promises, permits or
    orders, and where its form does: an order, a duty, speech that tells somebody to do something.
    """
    return any(_may_act(clause, parse, frames, cues) for parse in parses for clause in parse.clauses)


def _may_act(clause: Clause, parse: Parse, frames: Frames, cues: CueTable) -> bool:
    if clause.moods & ASKING or any(one.kind not in BACKGROUND for one in events(clause, parse, cues)):
        return True
    noun = frames.of_noun(clause, parse)
    classes = {frames.of_verb(clause), frames.of_object(clause, parse), noun[0] if noun else None}
    return not classes.isdisjoint(SPEECH) or any(one.frame in SPEECH for one in frames.governors(clause, parse))


def _regular(word: str) -> Iterator[str]:
    """Yield what an English word may be the -s, -ed or -ing form of."""
    if word.endswith("s"):
        yield word[:-1]
    if word.endswith("es"):
        yield word[:-2]
    if word.endswith(("ies", "ied")):
        yield word[:-3] + "y"
    for ending in ("ed", "ing"):
        if word.endswith(ending):
            stem = word[: -len(ending)]
            yield stem
            yield stem + "e"
            if stem[-1:] == stem[-2:-1]:
                yield stem[:-1]


def _is_imperative(text: str) -> bool:
    """Whether a sentence may ask its reader: it, or a part of it with an object, begins with a word that none is said before."""
    low = text.lower()
    first = low.split(maxsplit=1)[0] if low.strip() else ""
    return first in _openers() or _asking().search(low) is not None


def _headings(sentences: Sequence[Sentence]) -> frozenset[int]:
    """Return the paragraphs that are headings where a text has more than one: short and without a stop."""
    if not any(one.paragraph for one in sentences):
        return frozenset()
    paragraphs: dict[int, list[Sentence]] = {}
    for one in sentences:
        paragraphs.setdefault(one.paragraph, []).append(one)
    return frozenset(
        number
        for number, some in paragraphs.items()
        if some[-1].end - some[0].start <= LONGEST_HEADING and not any(STOP.search(one.text) for one in some)
    )


def _listed(cues: Any) -> Iterable[str]:
    return (*cues.predicates, *cues.acts, *cues.tolls, *cues.nouns)


def _of_classes(classes: Mapping[str, Iterable[object]]) -> Iterator[object]:
    for name in SPEECH:
        yield from classes.get(name) or ()


def by_first(cues: Iterable[str]) -> dict[str, tuple[frozenset[str], ...]]:
    """Return cues by their first word; of one that begins as another does, the shorter is enough. "@person" may be anybody."""
    found: dict[str, set[frozenset[str]]] = {}
    for cue in cues:
        first, *rest = cue.lower().split()
        found.setdefault(first, set()).add(frozenset(word for word in rest if word[0] != "@"))
    return {first: (frozenset(),) if frozenset() in some else tuple(some) for first, some in found.items()}


@cache
def _table() -> Mapping[str, Any]:
    return dict(load_table("foreshock.coding", "gate.yaml"))


@cache
def _irregular() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return the irregular forms of each language that has a gate."""
    return {
        code: {str(form): tuple(str(lemmas).split()) for form, lemmas in (rows.get("irregular") or {}).items()}
        for code, rows in _table().items()
    }


@cache
def _openers() -> frozenset[str]:
    return frozenset(str(word) for word in _table()["en"].get("imperatives") or ())


@cache
def _asking() -> re.Pattern[str]:
    """Return what finds a verb that opens a part of a sentence and has an object or the like: ", try these", "don't panic"."""
    row = _table()["en"]
    verbs, objects = ("|".join(sorted(str(word) for word in row.get(key) or ())) for key in ("asking", "objects"))
    return re.compile(rf"(?:^|[,:;“\"‘(!.]\s*|\b(?:and|then|or|please)\s)(?:don['’]t\s\w|(?:{verbs})\s+(?:{objects})\b)")
