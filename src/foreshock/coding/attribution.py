"""Who says it: the chain of holders of a clause, outermost first, inside one document.

Direct, indirect and mixed speech; the holder before the words, after them, inserted between them, in a bracket after the
paragraph, or carried over from a neighbouring sentence. A pronoun is resolved to the last person named, else left as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from foreshock.coding.attributions.holding import Holding
from foreshock.coding.discourse import Quotation, byline, looks_like_name, paragraph_spans, quotations
from foreshock.coding.frames import SPEAKING, Frames, Governor
from foreshock.coding.speakers import Speakers, Voice
from foreshock.model import Reading
from foreshock.reading.languages.base import Clause, Parse

LONGEST_HEADING = 160
STOP = re.compile(r"[。.!?！？…:：][」』”\"’)）]*\s*$")


@dataclass(slots=True)
class Attribution:
    """Finds the voices of a parsed document; one instance a document.

    Attributes:
        parses: the document's sentences in order.
        speakers: turns phrases into voices.
        holding: the document's attributions as spans, which tell of a voice where it speaks and who a pronoun is.
    """

    reading: Reading
    parses: Sequence[Parse]
    frames: Frames
    table: Mapping[str, Any]
    speakers: Speakers
    holding: Holding = field(default_factory=lambda: Holding(()))
    quotes: dict[int, list[Quotation]] = field(default_factory=dict)
    bylines: dict[int, tuple[Voice, ...]] = field(default_factory=dict)
    _carried: dict[tuple[int, int], Voice] = field(default_factory=dict)
    _told: dict[int, Voice] = field(default_factory=dict)
    _according: dict[int, list[Voice]] = field(default_factory=dict)
    _spoken: list[Voice] = field(default_factory=list)
    _passed: dict[int, Voice] = field(default_factory=dict)

    def __post_init__(self) -> None:
        text = self.reading.document.text
        for parse in self.parses:
            self.speakers.known.extend(self.speakers.persons(parse))
        for number, (start, end) in paragraph_spans(self.reading.sentences).items():
            self.quotes[number] = quotations(text, start, end)
            self.bylines[number] = self._byline(text, start, end)
        for parse in self.parses:
            self._according[parse.sentence.index] = self.speakers.cited(parse)
        for position, parse in enumerate(self.parses):
            self._speakers(position, parse)
        self._pass_on()

    def voices(self, parse: Parse, clause: Clause, governors: Sequence[Governor]) -> list[Voice]:
        """Return the voices of a clause, outermost first, without the document itself."""
        told: list[tuple[Voice, int]] = []
        for governor in reversed(governors):
            voice = self._holder_of(governor, parse) if governor.frame in SPEAKING else None
            if voice and not (told and self.speakers.is_pronoun(voice.raw.lower())):
                told.append((voice, governor.clause.index))
        cited = self._cited_for(parse, clause, governors)
        own = (
            self._nested(cited, told, parse)
            or self._carried_for(parse, clause)
            or ([self._told[parse.sentence.index]] if parse.sentence.index in self._told else [])
        )
        passed = self._passed.get(parse.sentence.index)
        return _unique(
            [
                *self.bylines.get(parse.sentence.paragraph, ()),
                *self._in_order(own or self._by_words(clause, governors) or ([passed] if passed else []), clause),
            ]
        )

    def _nested(self, cited: Sequence[Voice], told: Sequence[tuple[Voice, int]], parse: Parse) -> list[Voice]:
        """Return the voices of a citation and of the verbs over a clause, each with its clause, outermost first.

        Who is cited inside what another says stands within him: "the agency reported that, ACCORDING TO THE MINISTRY, ...".
        """
        if not cited:
            return [voice for voice, _ in told]
        others = [(voice, at) for voice, at in told if voice.raw != cited[-1].raw]
        inner = tuple(str(one) for one in (self.table.get("attribution", {}).get("according") or {}).get("within", ()))
        if inner and self.reading.document.text.startswith(inner, cited[-1].start):
            return [*(voice for voice, at in others if at <= told[0][1]), *cited, *(v for v, at in others if at > told[0][1])]
        first = next((token.index for token in parse.tokens if token.end > cited[-1].start), None)
        here = next((one for one in parse.clauses if first in one.tokens), None)
        over: set[int] = set()
        while here is not None and here.parent is not None and here.parent not in over:
            over.add(here.parent)
            here = parse.clauses[here.parent]
        outer = [voice for voice, at in others if at in over]
        return [*outer, *cited, *(voice for voice, at in others if at not in over)]

    def _by_words(self, clause: Clause, governors: Sequence[Governor]) -> list[Voice]:
        """Return the voices that the attributions around a clause give it, outermost first.

        What a relative clause tells beside an indirect statement is told by the text itself: "he met those WHO TOOK POWER".
        """
        aside = clause.relation == "relative" and not governors
        text = self.reading.document.text
        voices = []
        for one in self.holding.chain((clause.start, clause.end)):
            if aside and one.form != "direct":
                continue
            start, end = one.source or (0, 0)
            raw = text[start:end]
            if raw.lower() in self.table.get("grammar", {}).get("generic", ()):
                continue
            voices.append(
                Voice(
                    raw,
                    self.speakers.role(raw),
                    start,
                    end,
                    name=one.holder if one.holder != raw else self.speakers.canonical(raw),
                )
            )
        return voices

    def _in_order(self, voices: Sequence[Voice], clause: Clause) -> list[Voice]:
        """Return voices outermost first where the attributions around the clause tell all of them, else as they are."""
        span = (clause.start, clause.end)
        behind = [self.holding.behind(voice, span) for voice in voices]
        chain = {id(one): place for place, one in enumerate(self.holding.around(span))}
        places = [chain[id(one)] for one in behind if one is not None]
        if len(voices) < 2 or len(set(places)) != len(voices):
            return list(voices)
        return [voice for _, voice in sorted(zip(places, voices, strict=True), key=lambda pair: pair[0])]

    def _holder_of(self, governor: Governor, parse: Parse) -> Voice | None:
        """Return who speaks in a governing clause; where the grammar lets the speaker drop, the last one of the paragraph."""
        clause = governor.clause
        voice = self.speakers.speaker_of(clause, parse)
        grammar = self.table.get("grammar", {})
        if (
            voice
            or not (grammar.get("drops_subjects", not self.speakers.spaces))
            or governor.hearsay
            or clause.passive
            or (governor.noun and governor.noun.role != "object")
            or any(one.role == "subject" for one in clause.arguments)
        ):
            return voice
        # A plural verb without a subject is said of nobody in particular: "dicen que".
        verb = parse.tokens[clause.predicate[-1]].text if clause.predicate else ""
        if verb.endswith(tuple(grammar.get("plural_verbs", ()))):
            return None
        earlier = [one for one in self._spoken if one.start < clause.start and self._same_paragraph(one, parse)]
        return earlier[-1] if earlier else None

    def _same_paragraph(self, voice: Voice, parse: Parse) -> bool:
        return "\n" not in self.reading.document.text[voice.start : parse.sentence.start]

    def own_voice(self, parse: Parse, clause: Clause) -> list[Voice]:
        """Return the subject of a clause that speaks about a noun ("denied the report", "confirmed the arrests")."""
        voice = self.speakers.speaker_of(clause, parse)
        return [voice] if voice else []

    def is_heading(self, parse: Parse) -> bool:
        """Whether a sentence is a heading or a line of its own: in a short paragraph without a full stop."""
        paragraph = [one.sentence for one in self.parses if one.sentence.paragraph == parse.sentence.paragraph]
        length = paragraph[-1].end - paragraph[0].start
        return length <= LONGEST_HEADING and not any(STOP.search(one.text) for one in paragraph)

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
            voice = self.speakers.speaker_of(clause, parse)
            if voice is None:
                continue
            contents = [one for one in parse.clauses if one.parent == clause.index and one.relation in ("content", "question")]
            if not contents and frame == "asserted" and clause.relation == "root" and not self._has_object(clause):
                self._tell(position, parse, voice)
            self._carry(parse, clause, voice)
            self._spoken.append(voice)

    def _pass_on(self) -> None:
        """Give a sentence that is only passed on (…という。), and those right before it, to who was named before them."""
        ends = tuple(str(one) for one in self.table.get("attribution", {}).get("passing_on", ()))
        last: Voice | None = None
        waiting: list[int] = []
        paragraph = -1
        for parse in self.parses if ends else ():
            sentence = parse.sentence
            if sentence.paragraph != paragraph:
                last, waiting, paragraph = None, [], sentence.paragraph
            own = [*self._according[sentence.index], *(one for one in self._spoken if sentence.start <= one.start < sentence.end)]
            if own:
                last, waiting = own[0], []
                continue
            waiting.append(sentence.index)
            if last is not None and sentence.text.rstrip(" 。．」』）)").endswith(ends):
                self._passed.update(dict.fromkeys(waiting, last))
                waiting = []

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

    def _byline(self, text: str, start: int, end: int) -> tuple[Voice, ...]:
        """Return the voices of the bracket after a paragraph, the outlet first: "(Name, Outlet)", "(OutletのName)"."""
        found = byline(text, start, end)
        if found is None:
            return ()
        translated = [d.raw for d in self.reading.document.damage if d.kind == "translated_name" and d.start >= found.start]
        outlet = [self.speakers.role(name) == "outlet" or any(raw in name for raw in translated) for name in found.names]
        named = all(known or looks_like_name(name) for known, name in zip(outlet, found.names, strict=True))
        if not (found.after_stop or (named and (any(outlet) or len(found.names) > 1))):
            return ()
        if not any(outlet):
            # Of a name and an outlet that nobody knows, the outlet stands last after a comma and first before の; one name alone
            # is an outlet's, unless the text knows it as a person's.
            alone = len(found.names) == 1
            outlet[-1 if found.listed else 0] = not alone or not self.speakers.names_person(found.names[0])
        voices = [
            Voice(name, "outlet" if known else "speaker", found.start, end, name=self.speakers.canonical(name))
            for name, known in zip(found.names, outlet, strict=True)
        ]
        return tuple(sorted(voices, key=lambda one: one.role != "outlet"))

    def _cited_for(self, parse: Parse, clause: Clause, governors: Sequence[Governor]) -> list[Voice]:
        sentence = parse.sentence
        if clause.relation == "relative" and not governors:
            return []
        here = [*self._according.get(sentence.index, []), *self._as_told(parse, clause)]
        for voice in here:
            leading = voice.start - sentence.start <= max(30, len(sentence.text) // 4)
            inserted = any(q.start <= voice.start < q.end for q in self.quotes.get(sentence.paragraph, ()))
            if self.speakers.spaces or leading or inserted or clause.end > voice.start:
                return [self.speakers.outlet_of(voice, parse)]
        return []

    def _as_told(self, parse: Parse, clause: Clause) -> Iterator[Voice]:
        """Yield the voice of "as X said", …が述べたように, beside the clause."""
        holding = {one.parent for one in parse.clauses if one.relation in ("content", "question")}
        for one in parse.clauses:
            free = one.relation == "adverbial" and one.index not in holding and one.index != clause.index
            if free and self.frames.of_verb(one) == "asserted" and not self._has_object(one):
                voice = self.speakers.speaker_of(one, parse)
                if voice:
                    yield voice

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
