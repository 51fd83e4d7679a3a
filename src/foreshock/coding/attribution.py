"""Who says it: the chain of holders of a clause, outermost first, inside one document.

Direct, indirect and mixed speech; the holder before the words, after them, inserted between them, in a bracket after the
paragraph, or carried over from a neighbouring sentence. A pronoun is resolved to the last person named, else left as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from foreshock.coding.discourse import Quotation, byline, looks_like_name, looks_like_person, paragraph_spans, quotations
from foreshock.coding.frames import SPEAKING, Frames, Governor
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
AFTER_CUE = re.compile(r"[,;:()\"“”]|\.\s|\.$| who | which | that ")
BEFORE_CUE = re.compile(r"[^、。，,「」『』\"“”（）()\-–—;:]{1,40}$")
STOP = re.compile(r"[。.!?！？…」』”\")）:]\s*$")
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


@dataclass(slots=True)
class Attribution:
    """Finds the voices of a parsed document; one instance a document.

    Attributes:
        parses: the document's sentences in order.
        resolve: gives a canonical name for a holder's phrase, or None.
    """

    reading: Reading
    parses: Sequence[Parse]
    frames: Frames
    table: Mapping[str, Any]
    spaces: bool
    resolve: Callable[[str], Actor]
    quotes: dict[int, list[Quotation]] = field(default_factory=dict)
    bylines: dict[int, tuple[Voice, ...]] = field(default_factory=dict)
    _carried: dict[tuple[int, int], Voice] = field(default_factory=dict)
    _told: dict[int, Voice] = field(default_factory=dict)
    _according: dict[int, list[Voice]] = field(default_factory=dict)
    _known: list[Voice] = field(default_factory=list)
    _spoken: list[Voice] = field(default_factory=list)

    def __post_init__(self) -> None:
        text = self.reading.document.text
        for parse in self.parses:
            self._known.extend(self._persons(parse))
        for number, (start, end) in paragraph_spans(self.reading.sentences).items():
            self.quotes[number] = quotations(text, start, end)
            self.bylines[number] = self._byline(text, start, end)
        for parse in self.parses:
            self._according[parse.sentence.index] = self._cited(parse)
        for position, parse in enumerate(self.parses):
            self._speakers(position, parse)

    def voices(self, parse: Parse, clause: Clause, governors: Sequence[Governor]) -> list[Voice]:
        """Return the voices of a clause, outermost first, without the document itself."""
        chain: list[Voice] = []
        for governor in reversed(governors):
            voice = self._holder_of(governor, parse) if governor.frame in SPEAKING else None
            if voice and not (chain and self._is_pronoun(voice.raw.lower())):
                chain.append(voice)
        cited = self._cited_for(parse, clause, governors)
        own = (
            cited
            or chain
            or self._carried_for(parse, clause)
            or ([self._told[parse.sentence.index]] if parse.sentence.index in self._told else [])
        )
        if cited and chain:
            own = [*cited, *(one for one in chain if one.raw != cited[-1].raw)]
        return _unique([*self.bylines.get(parse.sentence.paragraph, ()), *own])

    def _holder_of(self, governor: Governor, parse: Parse) -> Voice | None:
        """Return who speaks in a governing clause; where the grammar lets the speaker drop, the last one of the paragraph."""
        clause = governor.clause
        voice = self._speaker_of(clause, parse)
        if voice or self.spaces or clause.passive or governor.noun or any(one.role == "subject" for one in clause.arguments):
            return voice
        earlier = [one for one in self._spoken if one.start < clause.start and self._same_paragraph(one, parse)]
        return earlier[-1] if earlier else None

    def _same_paragraph(self, voice: Voice, parse: Parse) -> bool:
        return "\n" not in self.reading.document.text[voice.start : parse.sentence.start]

    def own_voice(self, parse: Parse, clause: Clause) -> list[Voice]:
        """Return the subject of a clause that speaks about a noun ("denied the report", "confirmed the arrests")."""
        voice = self._speaker_of(clause, parse)
        return [voice] if voice else []

    def is_heading(self, parse: Parse) -> bool:
        """Whether a sentence is a heading or a line of its own: alone in its paragraph, without a final stop."""
        alone = sum(one.sentence.paragraph == parse.sentence.paragraph for one in self.parses) == 1
        return alone and not STOP.search(parse.sentence.text)

    def in_byline(self, parse: Parse, offset: int) -> bool:
        """Whether an offset lies in the bracketed byline of its paragraph."""
        voices = self.bylines.get(parse.sentence.paragraph, ())
        return bool(voices) and offset >= voices[0].start

    def is_report_of_previous(self, parse: Parse) -> bool:
        """Whether a sentence only says who told the one before: "A party spokesman said so"."""
        voice = self._told.get(parse.sentence.index - 1)
        return voice is not None and voice.start >= parse.sentence.start

    def _speakers(self, position: int, parse: Parse) -> None:
        """Fill the carried voices: of quotations that this sentence touches, and of the sentence before."""
        for clause in parse.clauses:
            frame = self.frames.of_verb(clause)
            if frame not in SPEAKING:
                continue
            voice = self._speaker_of(clause, parse)
            if voice is None:
                continue
            contents = [one for one in parse.clauses if one.parent == clause.index and one.relation in ("content", "question")]
            if not contents and frame == "asserted" and clause.relation == "root" and not self._has_object(clause):
                self._tell(position, parse, voice)
            self._carry(parse, clause, voice)
            self._spoken.append(voice)

    def _persons(self, parse: Parse) -> Iterator[Voice]:
        """Yield the persons whom a sentence names as subjects or doers: what a later pronoun may stand for."""
        for clause in parse.clauses:
            for argument in clause.arguments:
                low = argument.text.strip(EDGES).lower()
                if (
                    argument.role in ("subject", "agent", "object")
                    and not self._is_pronoun(low)
                    and self._is_person(argument, parse)
                ):
                    yield Voice(
                        argument.text.strip(EDGES),
                        "speaker",
                        argument.start,
                        argument.end,
                        name=self._canonical(argument.text.strip(EDGES)),
                    )
        for voice in self._cited(parse):
            if not voice.back:
                yield voice

    def _is_pronoun(self, low: str) -> bool:
        return any(low in (group or ()) for group in self.table.get("pronouns", {}).values())

    def _is_person(self, argument: Argument, parse: Parse) -> bool:
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
        named = any(word[:1].isupper() for word in text.split()[1:])
        known = self.resolve(text).name
        surname = head.upos == "PROPN" and known != text and known.split()[-1] == text.split()[-1]
        return surname or (named and any(f" {role} " in f" {text.lower()} " for role in roles))

    def _before(self, offset: int) -> Voice | None:
        """Return the person named last before an offset, in this paragraph or the one before it."""
        text = self.reading.document.text
        found = [one for one in self._known if one.start < offset and text.count("\n", one.start, offset) <= 2]
        return max(found, key=lambda one: one.start) if found else None

    def _has_object(self, clause: Clause) -> bool:
        pronouns = set(self.table.get("pronouns", {}).get("thing", ()))
        return any(one.role == "object" and one.text.lower() not in pronouns for one in clause.arguments)

    def _tell(self, position: int, parse: Parse, voice: Voice) -> None:
        """Give a voice that only speaks to the sentence it announces ("as follows"), else to the one before it."""
        announcing = self.table.get("attribution", {}).get("announcing", ())
        ahead = parse.sentence.text.rstrip().endswith((":", "：")) or any(
            cue in parse.sentence.text.lower() for cue in announcing
        )
        other = position + 1 if ahead else position - 1
        if not 0 <= other < len(self.parses) or (not ahead and len(parse.clauses) > 1):
            return
        sentence = self.parses[other].sentence
        if sentence.paragraph == parse.sentence.paragraph:
            self._told[sentence.index] = voice

    def _carry(self, parse: Parse, clause: Clause, voice: Voice) -> None:
        """Give a voice to every quotation that its sentence touches or that follows its announcement."""
        sentence = parse.sentence
        for number, quote in enumerate(self.quotes.get(sentence.paragraph, ())):
            touches = quote.start <= sentence.end and quote.end >= sentence.start
            announced = 0 <= quote.start - sentence.end <= 3
            follows = 0 <= sentence.start - quote.end <= 3
            inside = quote.start <= clause.start and clause.end <= quote.end and not touches
            if (touches or announced or follows) and not inside:
                self._carried.setdefault((sentence.paragraph, number), voice)

    def _carried_for(self, parse: Parse, clause: Clause) -> list[Voice]:
        paragraph = parse.sentence.paragraph
        for number, quote in enumerate(self.quotes.get(paragraph, ())):
            if quote.start <= clause.start < quote.end and (paragraph, number) in self._carried:
                return [self._carried[(paragraph, number)]]
        return []

    def _speaker_of(self, clause: Clause, parse: Parse) -> Voice | None:
        for role in ("agent",) if clause.passive else ("subject",):
            for argument in clause.arguments:
                if argument.role == role and self._can_speak(argument, parse):
                    return self._voice(argument.text, argument.start, argument.end)
        return None

    def _can_speak(self, argument: Argument, parse: Parse) -> bool:
        """Whether a phrase names who can hold words: a person, body, role, medium or statement; not "the unrest"."""
        text = argument.text.strip(EDGES)
        low = text.lower()
        pronouns = self.table.get("pronouns", {})
        if any(low in (pronouns.get(group) or ()) for group in ("person", "group", "self")):
            return True
        if parse.tokens[argument.head].entity.lower() in SPEAKING_ENTITIES:
            return True
        lemma = parse.tokens[argument.head].lemma.lower()
        words = self.table.get("attribution", {})
        for group in ("roles", "media", "statements", "eyewitness", "official", "unnamed"):
            if any(
                lemma == word or (text.endswith(word) if not self.spaces else low.endswith(f" {word}"))
                for word in words.get(group, ())
            ):
                return True
        return outlets.by_name(text) is not None or self.resolve(text).sector is not None

    def _voice(self, raw: str, start: int, end: int, *, view: bool = False) -> Voice | None:
        text = raw.strip(EDGES)
        if not text:
            return None
        pronouns = self.table.get("pronouns", {})
        low = text.lower()
        mine = low in (pronouns.get("self") or ())
        if mine or low in (pronouns.get("person") or ()):
            known = self._before(start)
            if known is not None:
                return Voice(known.raw, known.role, start, end, view, known.name or known.raw, back=True)
            return None if mine else Voice(text, "speaker", start, end, view, text, back=True)
        return Voice(
            text[-MAX_NAME:] if not self.spaces else text[:MAX_NAME], self._role(text), start, end, view, self._canonical(text)
        )

    def _role(self, text: str) -> HolderRole:
        if outlets.by_name(text):
            return "outlet"
        media = self.table.get("attribution", {}).get("media", ())
        low = f" {text.lower()} " if self.spaces else text
        hit = any((f" {word} " if self.spaces else word) in low for word in media)
        return "outlet" if hit else "speaker"

    def _canonical(self, text: str) -> str | None:
        outlet = outlets.by_name(text)
        if outlet:
            return outlet.name
        for damage in self.reading.document.damage:
            if damage.kind == "translated_name" and damage.proposal and damage.raw in text:
                return damage.proposal
        actor = self.resolve(text)
        return actor.name if actor.name != text else None

    def _byline(self, text: str, start: int, end: int) -> tuple[Voice, ...]:
        """Return the voices of the bracket after a paragraph, the outlet first: "(Name, Outlet)", "(OutletのName)"."""
        found = byline(text, start, end)
        if found is None:
            return ()
        translated = [d.raw for d in self.reading.document.damage if d.kind == "translated_name" and d.start >= found.start]
        outlet = [self._role(name) == "outlet" or any(raw in name for raw in translated) for name in found.names]
        named = all(known or looks_like_name(name) for known, name in zip(outlet, found.names, strict=True))
        if not (found.after_stop or (named and (any(outlet) or len(found.names) > 1))):
            return ()
        if not any(outlet):
            # Of a name and an outlet that nobody knows, the outlet stands last after a comma and first before の; one name alone
            # is an outlet's, unless the text knows it as a person's.
            alone = len(found.names) == 1
            outlet[-1 if found.listed else 0] = not alone or not self._names_person(found.names[0])
        voices = [
            Voice(name, "outlet" if known else "speaker", found.start, end, name=self._canonical(name))
            for name, known in zip(found.names, outlet, strict=True)
        ]
        return tuple(sorted(voices, key=lambda one: one.role != "outlet"))

    def _names_person(self, name: str) -> bool:
        """Whether a name is a person's: written like one in Latin script, or named as one elsewhere in the text."""
        return looks_like_person(name) or any(name in one.raw or one.raw in name for one in self._known)

    def _cited(self, parse: Parse) -> list[Voice]:
        """Return the voices that a sentence cites with "according to" or "in his view", at the offset where each is named."""
        sentence, voices = parse.sentence, []
        attribution = self.table.get("attribution", {})
        for cue in (attribution.get("according") or {}).get("before", ()):
            for hit in re.finditer(rf"\b{re.escape(cue)}\s+", sentence.text, re.IGNORECASE):
                stop = AFTER_CUE.search(sentence.text, hit.end())
                voice = self._voice(
                    sentence.text[hit.end() : stop.start() if stop else None],
                    sentence.start + hit.start(),
                    sentence.start + hit.end(),
                )
                if voice:
                    voices.append(voice)
        cues = [(cue, False) for cue in (attribution.get("according") or {}).get("after", ())]
        views = [(cue, True) for cue in attribution.get("view", ()) if "{}" not in cue]
        for cue, view in [*cues, *views]:
            for hit in re.finditer(re.escape(cue), sentence.text):
                before = BEFORE_CUE.search(sentence.text[: hit.start()])
                raw = before[0] if before else ""
                voice = self._voice(
                    re.sub(r"(?:の|が|は|も)$", "", raw.strip(EDGES)) if view else raw,
                    sentence.start + hit.start(),
                    sentence.start + hit.end(),
                    view=view,
                )
                if voice and not any(abs(one.start - voice.start) < 8 for one in voices):
                    voices.append(voice)
        for pattern in (cue for cue in attribution.get("view", ()) if "{}" in cue):
            shape = re.escape(pattern).replace(re.escape("{}"), r"(\w[\w .'’-]{0,40}?)(?:'s|’s|s')?")
            for hit in re.finditer(rf"\b{shape}\b", sentence.text, re.IGNORECASE):
                voice = self._voice(hit[1], sentence.start + hit.start(), sentence.start + hit.end(), view=True)
                if voice:
                    voices.append(voice)
        return voices

    def _cited_for(self, parse: Parse, clause: Clause, governors: Sequence[Governor]) -> list[Voice]:
        sentence = parse.sentence
        if clause.relation == "relative" and not governors:
            return []
        here = [*self._according.get(sentence.index, []), *self._as_told(parse, clause)]
        for voice in here:
            leading = voice.start - sentence.start <= max(30, len(sentence.text) // 4)
            inserted = any(q.start <= voice.start < q.end for q in self.quotes.get(sentence.paragraph, ()))
            if self.spaces or leading or inserted or clause.end > voice.start:
                return [self._outlet_of(voice, parse)]
        return []

    def _as_told(self, parse: Parse, clause: Clause) -> Iterator[Voice]:
        """Yield the voice of "as X said", …が述べたように, beside the clause."""
        holding = {one.parent for one in parse.clauses if one.relation in ("content", "question")}
        for one in parse.clauses:
            free = one.relation == "adverbial" and one.index not in holding and one.index != clause.index
            if free and self.frames.of_verb(one) == "asserted" and not self._has_object(one):
                voice = self._speaker_of(one, parse)
                if voice:
                    yield voice

    def _outlet_of(self, voice: Voice, parse: Parse) -> Voice:
        """Return the outlet whose translated name was torn from its correspondent, where the sentence shows one."""
        if voice.role == "outlet" and not outlets.by_name(voice.raw):
            for damage in parse.sentence.damage:
                if damage.kind == "translated_name" and damage.proposal:
                    return Voice(damage.raw, "outlet", voice.start, voice.end, voice.view, damage.proposal)
        return voice

    def quote_citations(self) -> None:
        """Spread a voice inserted in a quotation over the whole of it (-according to X- between quoted words)."""
        for index, voices in self._according.items():
            paragraph = self.parses[index].sentence.paragraph
            for voice in voices:
                for number, quote in enumerate(self.quotes.get(paragraph, ())):
                    if quote.start <= voice.start < quote.end:
                        self._carried[(paragraph, number)] = voice


def _unique(voices: Sequence[Voice]) -> list[Voice]:
    seen, kept = set(), []
    for one in voices:
        key = (one.name or one.raw).lower()
        if key not in seen:
            seen.add(key)
            kept.append(one)
    return kept
