"""Who says it: the chain of holders of a clause, outermost first, inside one document.

Direct, indirect and mixed speech; the holder before the words, after them, inserted between them, in a bracket after the paragraph,
or carried over from a neighbouring sentence. A pronoun is resolved to the last speaker where there is one, else left as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from foreshock.coding.discourse import Quotation, byline, looks_like_name, paragraph_spans, quotations
from foreshock.coding.frames import SPEAKING, Frames, Governor
from foreshock.model import HolderRole, Reading
from foreshock.ontology import outlets
from foreshock.reading.languages.base import Argument, Clause, Parse

MAX_NAME = 60
AFTER_CUE = re.compile(r"[,;:()\"“”]|\.\s|\.$| who | which | that ")
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
    resolve: Callable[[str], str | None]
    quotes: dict[int, list[Quotation]] = field(default_factory=dict)
    bylines: dict[int, tuple[Voice, ...]] = field(default_factory=dict)
    _carried: dict[tuple[int, int], Voice] = field(default_factory=dict)
    _back: dict[int, Voice] = field(default_factory=dict)
    _according: dict[int, list[Voice]] = field(default_factory=dict)
    _last: Voice | None = None

    def __post_init__(self) -> None:
        text = self.reading.document.text
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
            voice = self._speaker_of(governor.clause, parse) if governor.frame in SPEAKING else None
            if voice:
                chain.append(voice)
        cited = self._cited_for(parse, clause)
        own = (
            cited
            or chain
            or self._carried_for(parse, clause)
            or ([self._back[parse.sentence.index]] if parse.sentence.index in self._back else [])
        )
        if cited and chain:
            own = [*cited, *(one for one in chain if one.raw != cited[-1].raw)]
        return _unique([*self.bylines.get(parse.sentence.paragraph, ()), *own])

    def own_voice(self, parse: Parse, clause: Clause) -> list[Voice]:
        """Return the subject of a clause that speaks about a noun ("denied the report", "confirmed the arrests")."""
        voice = self._speaker_of(clause, parse)
        return [voice] if voice else []

    def is_report_of_previous(self, parse: Parse) -> bool:
        """Whether a sentence only says who told the one before: "A party spokesman said so"."""
        return parse.sentence.index - 1 in self._back and self._back[parse.sentence.index - 1].start >= parse.sentence.start

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
            if not contents and frame == "asserted" and len(parse.clauses) == 1 and not self._has_object(clause):
                self._tell_back(position, parse, voice)
            self._carry(parse, clause, voice)
            if not voice.back:
                self._last = voice

    def _has_object(self, clause: Clause) -> bool:
        pronouns = set(self.table.get("pronouns", {}).get("thing", ()))
        return any(one.role == "object" and one.text.lower() not in pronouns for one in clause.arguments)

    def _tell_back(self, position: int, parse: Parse, voice: Voice) -> None:
        before = self.parses[position - 1] if position else None
        if before and before.sentence.paragraph == parse.sentence.paragraph:
            self._back[before.sentence.index] = voice

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
        wanted = ("agent", "subject") if clause.passive else ("subject",)
        for role in wanted:
            for argument in clause.arguments:
                if argument.role == role:
                    return self._voice(argument.text, argument.start, argument.end)
        return None

    def _voice(self, raw: str, start: int, end: int, *, view: bool = False) -> Voice | None:
        text = raw.strip(EDGES)
        if not text:
            return None
        pronouns = self.table.get("pronouns", {})
        low = text.lower()
        if low in (pronouns.get("person") or ()) or low in (pronouns.get("self") or ()) or low in (pronouns.get("group") or ()):
            if self._last is not None:
                return Voice(self._last.raw, self._last.role, start, end, view, self._last.name or self._last.raw, back=True)
            return None if low in (pronouns.get("self") or ()) else Voice(text, "speaker", start, end, view, text, back=True)
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
        return self.resolve(text)

    def _byline(self, text: str, start: int, end: int) -> tuple[Voice, ...]:
        found = byline(text, start, end)
        if found is None:
            return ()
        voices = []
        for name in found.names:
            role = self._role(name)
            translated = any(
                d.kind == "translated_name" and d.start >= found.start and d.raw in name for d in self.reading.document.damage
            )
            known = role == "outlet" or translated
            if known or (looks_like_name(name) and (found.after_stop or len(found.names) > 1)) or found.after_stop:
                voices.append(
                    Voice(
                        name,
                        "outlet" if known or (len(found.names) > 1 and name == found.names[-1]) else role,
                        found.start,
                        end,
                        name=self._canonical(name),
                    )
                )
        if len(voices) == 1 and found.after_stop and not any(char.isdigit() for char in voices[0].raw):
            only = voices[0]
            voices = [
                Voice(only.raw, "outlet" if outlets.by_name(only.raw) else only.role, only.start, only.end, name=only.name)
            ]
        return tuple(sorted(voices, key=lambda one: one.role != "outlet"))

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
                    re.sub(r"の$", "", raw.strip(EDGES)) if view else raw,
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

    def _cited_for(self, parse: Parse, clause: Clause) -> list[Voice]:
        sentence = parse.sentence
        here = self._according.get(sentence.index, [])
        for voice in here:
            leading = voice.start - sentence.start <= max(30, len(sentence.text) // 4)
            inserted = any(q.start <= voice.start < q.end for q in self.quotes.get(sentence.paragraph, ()))
            if self.spaces or leading or inserted or clause.end > voice.start:
                return [voice]
        return []

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
