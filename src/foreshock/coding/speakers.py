"""Who can speak in a document: the phrase that names a holder, its role, its canonical name, and whom a pronoun stands for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from foreshock.coding.discourse import looks_like_person
from foreshock.knowledge import once_a_table
from foreshock.model import Actor, HolderRole, Reading
from foreshock.ontology import outlets
from foreshock.reading.languages.base import Argument, Clause, Parse

MAX_NAME = 60
# Labels of named entities, lower case, of OntoNotes and of Sekine's hierarchy, that name somebody who can speak.
SPEAKING_ENTITIES = frozenset(
    {
        "person", "org", "norp", "gpe", "position_vocation", "country", "political_party", "government", "military", "cabinet",
        "organization_other", "political_organization_other", "international_organization", "company", "company_group",
        "corporation_other", "newspaper", "magazine", "broadcast_program", "nationality", "ethnic_group_other", "title_other",
    }
)  # fmt: skip
# What ends the name of a cited speaker, beside the language's relative pronouns.
AFTER_CUE = r"[,;:()\"“”«»]|\.\s|\.$"
BEFORE_CUE = re.compile(r"[^、。，,「」『』\"“”（）()\-–—;:]{1,40}$")
EDGES = " \t　、。，,.;:-–—\"'“”「」『』"


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who speaks in the text: the phrase, its role, its offsets, and whether it gives an opinion."""

    raw: str
    role: HolderRole
    start: int
    end: int
    view: bool = False
    name: str | None = None
    back: bool = False


@dataclass(frozen=True, slots=True)
class _Cues:
    """Set phrases that cite, compiled; whether each tells a view, and whether one around its source is open behind it."""

    before: tuple[re.Pattern[str], ...]
    after: tuple[tuple[re.Pattern[str], bool], ...]
    around: tuple[tuple[re.Pattern[str], bool, bool], ...]
    view_of: tuple[str, ...]

    def stand_in(self, text: str) -> bool:
        """Whether any of them stands in a text."""
        patterns = (*self.before, *(one[0] for one in self.after), *(one[0] for one in self.around))
        return any(one.search(text) for one in patterns) or text.lower().startswith(self.view_of)


@once_a_table
def _cues_of(table: Mapping[str, Any]) -> _Cues:
    words = table.get("attribution", {})
    according, views = words.get("according") or {}, list(words.get("view", ()))
    after = [(cue, False) for cue in according.get("after", ())] + [(cue, True) for cue in views if "{}" not in cue]
    around = [(cue, True) for cue in views if "{}" in cue] + [(cue, False) for cue in according.get("around", ())]
    return _Cues(
        tuple(re.compile(rf"\b{re.escape(cue)}\s+", re.IGNORECASE) for cue in according.get("before", ())),
        tuple((re.compile(re.escape(cue)), view) for cue, view in after),
        tuple((_around(cue), view, cue.endswith("{}")) for cue, view in around),
        tuple(f"{cue} " for cue in words.get("view_of", ())),
    )


def _around(cue: str) -> re.Pattern[str]:
    shape = re.escape(cue).replace(re.escape("{}"), r"(\w[\w .'’-]{0,40}?)(?:'s|’s|s')?")
    return re.compile(rf"\b{shape}\b", re.IGNORECASE)


@dataclass(slots=True)
class Speakers:
    """Turns phrases of one document into voices.

    Attributes:
        reading: the document, with its damage.
        table: the language's cues; ``spaces`` whether it sets words apart.
        resolve: the actor that a phrase names.
        known: the persons named so far, whom a pronoun may stand for.
    """

    reading: Reading
    table: Mapping[str, Any]
    spaces: bool
    resolve: Callable[[str], Actor]
    known: list[Voice] = field(default_factory=list)
    _uncited: set[int] = field(default_factory=set)
    _ends: re.Pattern[str] = field(init=False)
    _relatives: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        grammar = self.table.get("grammar", {})
        self._relatives = frozenset(str(one).lower() for one in grammar.get("relative") or ())
        joined = "".join(rf"| {re.escape(one)} " for one in sorted(self._relatives))
        self._ends = re.compile(AFTER_CUE + joined, re.IGNORECASE)

    def persons(self, parse: Parse) -> Iterator[Voice]:
        """Yield the persons whom a sentence names as subjects or doers: what a later pronoun may stand for."""
        for clause in parse.clauses:
            for argument in clause.arguments:
                low = argument.text.strip(EDGES).lower()
                if (
                    argument.role in ("subject", "agent", "object")
                    and not self.is_pronoun(low)
                    and self.is_person(argument, parse)
                ):
                    yield Voice(
                        argument.text.strip(EDGES),
                        "speaker",
                        argument.start,
                        argument.end,
                        name=self.canonical(argument.text.strip(EDGES)),
                    )
        for voice in self.cited(parse):
            if not voice.back:
                yield voice

    def is_pronoun(self, low: str) -> bool:
        """Whether a phrase, in lower case, is a pronoun of the language."""
        return any(low in (group or ()) for group in self.table.get("pronouns", {}).values())

    def is_person(self, argument: Argument, parse: Parse) -> bool:
        """Whether a phrase names a person: by its entity label, by an office with a name, or by a surname that is known."""
        head, text = parse.tokens[argument.head], argument.text.strip(EDGES)
        label = head.entity.lower()
        if label in ("person", "position_vocation"):
            return True
        inside = (t for t in parse.tokens if argument.start <= t.start and t.end <= argument.end)
        if label in ("title_other", "") and any(t.entity.lower() == "person" for t in inside):
            return True
        roles = self.table.get("attribution", {}).get("roles", ())
        if not self.spaces:
            return any(text.endswith(role) and text != role for role in roles)
        if head.upos == "PROPN" and (known := self.resolve(text).name) != text and known.split()[-1] == text.split()[-1]:
            return True
        named = any(word[:1].isupper() for word in text.split()[1:])
        return named and any(f" {role} " in f" {text.lower()} " for role in roles)

    def before(self, offset: int) -> Voice | None:
        """Return the person named last before an offset, in this paragraph or the one before it."""
        text = self.reading.document.text
        found = [
            one
            for one in self.known
            if one.start < offset and text.count("\n", one.start, offset) <= 2 and not self._is_body(one.raw)
        ]
        return max(found, key=lambda one: one.start) if found else None

    def _is_body(self, raw: str) -> bool:
        """Whether a phrase names a body, for which a person's pronoun never stands: カザフスタン当局, the interior ministry."""
        low = raw.strip(EDGES).lower()
        bodies = tuple(str(one) for one in self.table.get("attribution", {}).get("bodies", ()))
        return low.endswith(bodies) if not self.spaces else any(low == one or low.endswith(f" {one}") for one in bodies)

    def speaker_of(self, clause: Clause, parse: Parse) -> Voice | None:
        """Return the subject of a clause, or the doer of a passive, where it can speak."""
        for role in ("agent",) if clause.passive else ("subject",):
            for argument in clause.arguments:
                if argument.role == role and self.can_speak(argument, parse):
                    return self.voice(argument.text, argument.start, argument.end)
        return None

    def can_speak(self, argument: Argument, parse: Parse) -> bool:
        """Whether a phrase names who can hold words: a person, body, role, medium or statement; not "the unrest"."""
        text = argument.text.strip(EDGES)
        low = text.lower()
        pronouns = self.table.get("pronouns", {})
        if low in self.table.get("grammar", {}).get("generic", ()):
            return False
        if any(low in (pronouns.get(group) or ()) for group in ("person", "group", "self")):
            return True
        if parse.tokens[argument.head].entity.lower() in SPEAKING_ENTITIES:
            return True
        lemma = parse.tokens[argument.head].lemma.lower()
        words = self.table.get("attribution", {})
        text = _unquoted(text)
        people = () if self.spaces else self.table.get("grammar", {}).get("people", ())
        if any(re.search(pattern, text) for pattern in people):
            return True
        for group in ("roles", "media", "statements", "eyewitness", "official", "unnamed"):
            if any(
                lemma == word or (text.endswith(word) if not self.spaces else low.endswith(f" {word}"))
                for word in words.get(group, ())
            ):
                return True
        return outlets.by_name(text) is not None or self.resolve(text).sector is not None

    def voice(self, raw: str, start: int, end: int, *, view: bool = False) -> Voice | None:
        """Return the voice that a phrase names; a pronoun becomes the person named last before it, else stays as it is."""
        text = raw.strip(EDGES)
        if not text:
            return None
        pronouns = self.table.get("pronouns", {})
        low = text.lower()
        mine = low in (pronouns.get("self") or ())
        if mine or low in (pronouns.get("person") or ()):
            known = self.before(start)
            if known is not None:
                return Voice(known.raw, known.role, start, end, view, known.name or known.raw, back=True)
            return None if mine else Voice(text, "speaker", start, end, view, text, back=True)
        return Voice(
            text[-MAX_NAME:] if not self.spaces else text[:MAX_NAME], self.role(text), start, end, view, self.canonical(text)
        )

    def role(self, text: str) -> HolderRole:
        """Return "outlet" where the phrase names a medium, else "speaker"."""
        if outlets.by_name(text):
            return "outlet"
        media = self.table.get("attribution", {}).get("media", ())
        low = f" {text.lower()} " if self.spaces else text
        # A Japanese medium stands at the phrase's end (国営テレビ); 局 inside 当局 is none.
        hit = any(f" {word} " in low if self.spaces else _unquoted(text).endswith(word) for word in media)
        return "outlet" if hit else "speaker"

    def canonical(self, text: str) -> str | None:
        """Return the canonical name: of an outlet, of one whose name was translated, of a known actor; None where unknown."""
        outlet = outlets.by_name(text)
        if outlet:
            return outlet.name
        for damage in self.reading.document.damage:
            if damage.kind == "translated_name" and damage.proposal and damage.raw in text:
                return damage.proposal
        actor = self.resolve(text)
        return actor.name if actor.name != text else None

    def names_person(self, name: str) -> bool:
        """Whether a name is a person's: written like one in Latin script, or named as one elsewhere in the text."""
        return looks_like_person(name) or any(name in one.raw or one.raw in name for one in self.known)

    def cited(self, parse: Parse) -> list[Voice]:
        """Return the voices that a sentence cites with "according to" or "in his view", at the offset where each is named."""
        sentence, voices = parse.sentence, list[Voice]()
        if not parse.tokens or sentence.index in self._uncited:
            return []
        cues = _cues_of(self.table)
        if not cues.stand_in(sentence.text):
            self._uncited.add(sentence.index)
            return []
        for pattern in cues.before:
            for hit in pattern.finditer(sentence.text):
                raw = self._phrase_at(parse, hit.end())
                voice = self.voice(raw, sentence.start + hit.start(), sentence.start + hit.end()) if raw else None
                if voice:
                    voices.append(voice)
        voices += self._viewing(parse)
        for pattern, view in cues.after:
            for hit in pattern.finditer(sentence.text):
                before = BEFORE_CUE.search(sentence.text[: hit.start()])
                raw = _phrase_before(parse, hit.start(), before[0]) if before else ""
                voice = self.voice(
                    re.sub(r"(?:の|が|は|も)$", "", raw.strip(EDGES)) if view else raw,
                    sentence.start + hit.start(),
                    sentence.start + hit.end(),
                    view=view,
                )
                if voice and not any(abs(one.start - voice.start) < 8 for one in voices):
                    voices.append(voice)
        for pattern, view, open_end in cues.around:
            for hit in pattern.finditer(sentence.text):
                raw = self._phrase_at(parse, hit.start(1)) if open_end else hit[1]
                voice = self.voice(raw, sentence.start + hit.start(), sentence.start + hit.end(), view=view)
                if voice:
                    voices.append(voice)
        return voices

    def _phrase_at(self, parse: Parse, offset: int) -> str:
        """Return the words that name a cited speaker from an offset in a sentence; none where a relative pronoun stands there."""
        text, at = parse.sentence.text, parse.sentence.start + offset
        if text[offset:].split(maxsplit=1)[:1] and text[offset:].split(maxsplit=1)[0].lower() in self._relatives:
            return ""
        stop = self._ends.search(text, offset)
        raw = text[offset : stop.start() if stop else None]
        phrase = next((one for clause in parse.clauses for one in clause.arguments if one.start == at), None)
        # Without a comma the speaker ends where the phrase does: "según la policía hubo tres muertos".
        return phrase.text if phrase is not None and phrase.role == "oblique" and raw.startswith(f"{phrase.text} ") else raw

    def _viewing(self, parse: Parse) -> Iterator[Voice]:
        """Yield who gives a view by a preposition that opens the sentence: "Pour la politologue X, la réforme a échoué"."""
        text, start = parse.sentence.text, parse.sentence.start
        for cue in self.table.get("attribution", {}).get("view_of", ()):
            if not text.lower().startswith(f"{cue} "):
                continue
            named = [one for clause in parse.clauses for one in clause.arguments if one.start == start + len(cue) + 1]
            raw = self._phrase_at(parse, len(cue) + 1)
            if raw and text[len(cue) + 1 + len(raw) :].startswith(",") and any(self.can_speak(one, parse) for one in named):
                voice = self.voice(raw, start, start + len(cue) + 1, view=True)
                if voice:
                    yield voice

    def is_named(self, voice: Voice) -> bool:
        """Whether a voice is somebody told apart from others: not "two officials", "a source" (``attribution.anonymous``)."""
        words = self.table.get("attribution", {}).get("anonymous") or {}
        low = voice.raw.lower()
        first = low.split(maxsplit=1)[0] if low else ""
        return not (
            first in words.get("first", ()) or any(re.search(rf"\b{re.escape(one)}", low) for one in words.get("within", ()))
        )

    def outlet_of(self, voice: Voice, parse: Parse) -> Voice:
        """Return the outlet whose translated name was torn from its correspondent, where the sentence shows one."""
        if voice.role == "outlet" and not outlets.by_name(voice.raw):
            for damage in parse.sentence.damage:
                if damage.kind == "translated_name" and damage.proposal:
                    return Voice(damage.raw, "outlet", voice.start, voice.end, voice.view, damage.proposal)
        return voice


def _unquoted(text: str) -> str:
    """Return what a name in quotation marks is said to be: 地元紙 of 地元紙「夜明け」; the text where nothing is."""
    return text.partition("「")[0] or text


def _phrase_before(parse: Parse, offset: int, words: str) -> str:
    """Return the part of the words before a cue that is the phrase it follows: not what a clause before that says."""
    start, at = parse.sentence.start + offset - len(words), parse.sentence.start + offset
    inside = [a.start for clause in parse.clauses for a in clause.arguments if start < a.start < at <= a.end + 1]
    return words[min(inside) - start :] if inside else words
