"""The rule coder: candidates, their standing, their holders and their slots, joined into claims for a parsed language."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from foreshock.coding.actors import resolver
from foreshock.coding.answers import NEAR, is_charged
from foreshock.coding.attribution import Attribution
from foreshock.coding.attributions.find import find as find_words
from foreshock.coding.attributions.holding import Holding
from foreshock.coding.basis import Grounds, basis_of
from foreshock.coding.circumstance import Circumstances
from foreshock.coding.clause_places import place_of_clause
from foreshock.coding.confidence import Evidence, confidence, evidence
from foreshock.coding.events import CueTable, Event
from foreshock.coding.figures import find_figures, holds_negation
from foreshock.coding.frames import SPEAKING, Frames
from foreshock.coding.home import settled
from foreshock.coding.parties import Parties
from foreshock.coding.places import PlaceMention, document_places
from foreshock.coding.relevance import Aside, Relevance, Setting, is_violent, names_violence
from foreshock.coding.selection import SPEECH_ACTS, Candidate, candidates, owners
from foreshock.coding.speakers import Speakers, Voice
from foreshock.coding.status import DIRECTIVES, HOSTILE, ITSELF, Standing, decide, negative_phrases, words_about
from foreshock.coding.times import TimeMention, document_times, time_of_clause
from foreshock.model import Actor, Claim, Figure, Holder, Kind, Place, Reading, Span, Status, When, claim_id
from foreshock.ontology.actor_catalogue import ActorCatalogue
from foreshock.ontology.codebook import Codebook
from foreshock.ontology.gazetteer import Gazetteer
from foreshock.reading.languages.base import Clause, Language, Parse

FALLBACK: dict[str, Kind] = {
    "requested": "REQUEST", "threatened": "THREATEN", "advised": "ADVISE", "alleged": "ACCUSE", "forecast": "ASSESS",
    "assessed": "ASSESS", "wished": "ASSESS", "conditional": "ASSESS", "promised": "AGREE",
    "permitted": "RETREAT",
    "ordered": "COERCE",
}  # fmt: skip
# A noun must be this strong to be the inner act of a verb that asks, threatens or advises: head of its object at least.
INNER_SCORE = 1.5
# Modes of COERCE that exist as orders: told as in force, they are ordered.
IN_FORCE = frozenset({"curfew", "martial-law"})
# Clauses inside a claim whose status words are their own.
APART = frozenset({"content", "question", "relative"})
# Speech acts that keep their own speaker under another who tells of them.
NESTED = frozenset({"denied", "excluded", "requested", "promised", "threatened"})


@dataclass(slots=True)
class RulesCoder:
    """Codes readings of one parsed language by its table, the codebook and the catalogues.

    Attributes:
        language: grammar and table.
        codebook: kinds with their cues.
        catalogue: actors; ``gazetteer``: places.
        version: number behind the name, raised when claims of the same text change.
        watch: called with every claim and how it was found; fitting the confidence asks for it.
        aside: called with every clause that names violence and tells none, and why: "sport", "figurative".
    """

    language: Language
    codebook: Codebook
    catalogue: ActorCatalogue
    gazetteer: Gazetteer
    version: int = 4
    watch: Callable[[Claim, Evidence], None] | None = None
    aside: Aside | None = None
    relevance: Relevance = field(init=False)
    frames: Frames = field(init=False)
    cues: CueTable = field(init=False)
    circumstances: Circumstances = field(init=False)
    parties: Parties = field(init=False)
    grounds: Grounds = field(init=False)
    denying: re.Pattern[str] = field(init=False)
    negators: frozenset[str] = field(init=False)
    supposing: tuple[str, ...] = field(init=False)
    leaving: frozenset[str] = field(init=False)
    who: Callable[[str, str | None], Actor] = field(init=False)

    def __post_init__(self) -> None:
        self.frames = Frames.build(self.language.table)
        self.who = resolver(self.catalogue, self.language.code)
        self.relevance = Relevance.build(self.language.code)
        self.circumstances = Circumstances.build(self.language.table)
        self.cues = CueTable.build(self.codebook, self.language.code, self.language.table)
        self.grounds = Grounds.build(self.language.table, spaces=self.cues.spaces)
        grammar = self.language.table.get("grammar", {})
        self.leaving = frozenset((self.language.table.get("frame_groups") or {}).get("leaving", ()))
        self.denying = negative_phrases(self.language.table)
        self.negators = frozenset(grammar.get("negators", ()))
        self.supposing = tuple(f"{phrase} " for phrase in grammar.get("condition_phrases", ()))
        self.parties = Parties.build(self.language.code, self.language.table, self.catalogue, self.gazetteer)

    @property
    def name(self) -> str:
        """The coder's name: "rules-ja@1"."""
        return f"rules-{self.language.code}@{self.version}"

    def code(self, reading: Reading) -> tuple[Claim, ...]:
        """Return the claims of a reading in order of the text."""
        parses = self.language.parse(reading.sentences)
        table = self.language.table
        speakers = Speakers(reading, table, self.cues.spaces, lambda raw: self._who(raw, reading))
        found_words = find_words(reading, parses, table, resolve=speakers.resolve)
        attribution = Attribution(reading, parses, self.frames, table, speakers, Holding(found_words, reading.document.text))
        attribution.quote_citations()
        found: list[Claim] = []
        document = reading.document
        sentences = [parse.sentence for parse in parses]
        times = document_times(sentences, text=document.text, table=table, reference=document.published)
        places = document_places(parses, document.text, gazetteer=self.gazetteer, language=self.language.code)
        setting = self.relevance.asked(sentences, published=document.published)
        for number, (parse, told, named) in enumerate(zip(parses, times, places, strict=True)):
            found.extend(self._sentence(parse, reading, attribution, named, told, partial(setting, number), found[-NEAR:]))
        found = settled(found, places, self.catalogue)
        return tuple({claim.id: claim for claim in sorted(found, key=lambda one: (one.start, one.end))}.values())

    def _sentence(
        self,
        parse: Parse,
        reading: Reading,
        attribution: Attribution,
        places: Sequence[PlaceMention],
        times: Sequence[TimeMention],
        setting: Callable[[], Setting],
        before: Sequence[Claim],
    ) -> list[Claim]:
        chosen = list(candidates(parse, self.frames, self.cues, attribution))
        if any(names_violence(one) for one in chosen):
            chosen = setting().bearing(chosen, aside=self.aside)
        if not chosen:
            return []
        document = reading.document
        figures = find_figures(parse, table=self.language.table, damage=document.damage, reference=document.published)
        owner = owners(chosen, figures)
        claims: list[Claim] = []
        for number, one in enumerate(chosen):
            mine = tuple(figure for figure, held in zip(figures, owner, strict=True) if held == number)
            claim = self._claim(one, reading, attribution, places, times, mine, [*before, *claims])
            claims.append(setting().dated(claim, one) if is_violent(claim.kind, claim.mode) else claim)
        return claims

    def _claim(
        self,
        one: Candidate,
        reading: Reading,
        attribution: Attribution,
        places: Sequence[PlaceMention],
        times: Sequence[TimeMention],
        figures: tuple[Figure, ...],
        before: Sequence[Claim],
    ) -> Claim:
        document, clause, parse = reading.document, one.clause, one.parse
        voices = attribution.voices(parse, clause, one.governors)
        told = self._own_words(one, document.text)
        words = words_about(parse, one.start, one.end, self.language.table, spaces=self.cues.spaces, of_words=self.frames.nouns)
        if clause.negated and "denied" in words and self.denying.search(f" {told.lower()} "):
            clause = replace(clause, negated=False)
        voices = [*voices, *self._own_voices(one, words, attribution, voices)]
        event = self._event(one, judged=any(voice.view for voice in voices))
        in_cue = event is not None and event.kind == "COERCE" and self.negators & set(event.cue.split())  # "не пускают"
        if clause.negated and (in_cue or holds_negation(figures, self.negators)):
            clause = replace(clause, negated=False)
        when = self._when(times, one, event.kind if event else "STATE")
        beside = self.circumstances.of(
            clause, parse, one.governors, voices, event,
            ahead=_is_ahead(when, document.published),
            charged=bool(voices) and is_charged(before, document.text, one.start, voices[-1].name or voices[-1].raw),
        )  # fmt: skip
        conditioned = any(c.parent == clause.index and c.relation == "condition" for c in parse.clauses)
        conditioned = conditioned or self._is_supposed(clause)
        standing = decide(
            clause,
            kind=_told_kind(event, clause),
            hostile=self._hostile(one, event),
            governors=one.governors,
            own=self._own(one, event),
            words=words,
            view=any(voice.view for voice in voices),
            attributed=any(attribution.speakers.is_named(voice) for voice in voices),
            conditioned=conditioned,
            beside=beside,
        )
        if standing.negated and self._untold(clause, parse):
            standing = replace(standing, status="unknown", negated=False)
        kind = self._kind(event, standing, clause)
        if kind in ("STATE", "ASSESS") and self._likens(clause, parse, places):
            kind, event = "LIKEN", None
        mode = event.mode if event and event.kind == kind else None
        holders = self._holders(reading, voices, standing, attribution.holding, (clause.start, clause.end))
        damage = tuple(d for d in document.damage if d.start < one.end and d.end > one.start)
        actor, recipient = self.parties.of(one, kind, event, reading.document.published)
        found = evidence(
            self.language.code, clause, one.events, one.governors, standing,
            holders=len(voices), resolved=any(voice.back for voice in voices), length=one.end - one.start,
        )  # fmt: skip
        claim = Claim(
            id=claim_id(document.id, document.version, one.start, one.end, kind, self.name),
            document_id=document.id,
            version=document.version,
            language=parse.sentence.language,
            start=one.start,
            end=one.end,
            text=document.text[one.start : one.end],
            kind=kind,
            mode=mode,
            status=standing.status,
            negated=standing.negated,
            certainty=standing.certainty,
            phase=standing.phase,
            basis=basis_of((voice.raw for voice in voices), self.grounds, standing.status),
            holders=holders,
            actor=actor,
            recipient=recipient,
            place=place_of_clause(places, clause, parse) or self._place_of_parties(places, clause, kind),
            when=when if event is None or event.kind == kind else self._when(times, one, kind),
            figures=figures,
            damage=damage,
            confidence=confidence(found, damage=damage),
            coder=self.name,
        )
        if self.watch is not None:
            self.watch(claim, found)
        return claim

    def _event(self, one: Candidate, *, judged: bool) -> Event | None:
        """Return the event that names the kind.

        An inner act goes before the speech act that carries it. A judgement about a named act ("the deployment seems familiar")
        is no report of the act: where only a noun names it and the words are a view or a guess, nothing is named.
        """
        if not one.events:
            return None
        first = one.events[0]
        guessed = judged or one.clause.moods & {"probable", "possible"}
        if (
            guessed
            and not first.on_predicate
            and first.kind not in ("ASSESS", "LIKEN")
            and one.clause.lemma.lower() not in self.cues.light
        ):
            return None
        if first.kind in ("REQUEST", "THREATEN", "ADVISE") or (self._own(one, first) in DIRECTIVES and first.on_predicate):
            for inner in one.events[1:]:
                strong = inner.on_predicate or inner.score >= INNER_SCORE
                if strong and inner.kind not in SPEECH_ACTS and inner.kind not in ("STATE", "ASSESS", "LIKEN", "CONSULT", "HARM"):
                    return inner
        return first

    def _own(self, one: Candidate, event: Event | None) -> str | None:
        """Return the frame of the claim's own predicate, unless the predicate is the act itself.

        "rejected the offer" and "condemned the raid" are acts, not denials or charges; a curfew that is in force is ordered.
        """
        if event is None:
            return one.own
        if one.own == "alleged" and (event.mode == "disapprove" or (event.on_predicate and event.kind != "ACCUSE")):
            return None
        itself = one.own and one.own in ITSELF and event.on_predicate and event.kind in (ITSELF[one.own] or (event.kind,))
        if itself and not self._of_charge(one):
            return None
        if one.own == "advised" and event.kind == "REQUEST" and any(part.role == "object" for part in one.clause.arguments):
            return "requested"
        in_force = event.mode in IN_FORCE and not event.on_predicate and "ongoing" in one.clause.moods
        return "ordered" if in_force and not one.clause.negated else one.own

    def _own_words(self, one: Candidate, text: str) -> str:
        """Return the words of a claim without those of the clauses inside it that speak for themselves."""
        if not self.cues.spaces:
            return text[one.start : one.end]
        inside = [
            other for other in one.parse.clauses
            if other.relation in APART and other.index != one.clause.index and one.clause.start <= other.start
            and other.end <= one.clause.end and (other.start, other.end) != (one.clause.start, one.clause.end)
        ]  # fmt: skip
        parts, at = [], one.start
        for other in sorted(inside, key=lambda clause: clause.start):
            if other.start >= at:
                parts.append(text[at : other.start])
                at = other.end
        return " , ".join([*parts, text[at : one.end]])

    def _is_supposed(self, clause: Clause) -> bool:
        """Whether what is to come hangs on a phrase: "in case of an attack" (``grammar.condition_phrases``)."""
        phrases = (f"{one.marker} {one.text} ".lower() for one in clause.arguments if one.role == "oblique")
        return bool(clause.moods & {"future", "hypothetical"}) and any(one.startswith(self.supposing) for one in phrases)

    def _of_charge(self, one: Candidate) -> bool:
        """Whether the object of a predicate is what somebody says: "rejected the accusations", not "rejected the offer"."""
        noun = self.frames.of_noun(one.clause, one.parse)
        return noun is not None and noun[0] in ("alleged", "asserted", "rumoured", "denied") and noun[1].role == "object"

    def _own_voices(self, one: Candidate, words: Sequence[str], attribution: Attribution, voices: Sequence[Voice]) -> list[Voice]:
        """Return who speaks by the claim's own predicate: "confirmed the arrests", "demanded a ransom", "called it fake"."""
        names = "denied" in words and one.clause.lemma.lower() in self.frames.naming
        speaks = one.own in SPEAKING and (one.events or one.own not in ("asserted", "perceived", "assessed"))
        if not (names or (speaks and self._reports(one))):
            return []
        if voices and one.own not in NESTED and not names:
            return []
        known = {voice.raw for voice in voices}
        return [voice for voice in attribution.own_voice(one.parse, one.clause) if voice.raw not in known]

    def _reports(self, one: Candidate) -> bool:
        """Whether a predicate that may speak does so of its object: "confirmed the arrests", not "continued the treatment"."""
        return one.own != "asserted" or one.clause.lemma.lower() in self.language.table["attribution"].get("reporting", ())

    def _untold(self, clause: Clause, parse: Parse) -> bool:
        """Whether what a negated clause says is that a number is not told: "no toll was given" does not say that nobody died."""
        words = self.language.table.get("attribution", {})
        tolls, issuing = (frozenset(words.get(name) or ()) for name in ("tolls", "issuing"))
        if clause.lemma.lower() not in issuing and self.frames.of_verb(clause) != "asserted":
            return False
        heads = (parse.tokens[one.head] for one in clause.arguments if one.role in ("subject", "object"))
        return any(head.lemma.lower() in tolls or head.text.lower() in tolls for head in heads)

    def _hostile(self, one: Candidate, event: Event | None) -> bool:
        if event is not None and event.kind in HOSTILE:
            return True
        return any(cue.kind == "ACCUSE" for above in one.governors for cue in self.cues.lookup(above.clause.lemma.lower()))

    def _likens(self, clause: Clause, parse: Parse, places: Sequence[PlaceMention]) -> bool:
        """Whether one place is said to be, or not to be, another: "Niger is not Mali"."""
        if not clause.predicate or parse.tokens[clause.predicate[-1]].upos in ("VERB", "AUX"):
            return False
        subject = [one for one in clause.arguments if one.role == "subject"]
        predicate = parse.tokens[clause.predicate[-1]]
        of_subject = {p.place.name for p in places for a in subject if (p.start, p.end) == (a.start, a.end)}
        of_predicate = {p.place.name for p in places if p.start <= predicate.start < p.end}
        return bool(of_subject and of_predicate and of_subject != of_predicate)

    def _kind(self, event: Event | None, standing: Standing, clause: Clause) -> Kind:
        if standing.status == "advised" and (event is None or event.kind in ("RETREAT", "CONSULT", "STATE", "ASSESS")):
            return "ADVISE"
        if event is not None:
            return event.kind
        if standing.status == "permitted" and clause.lemma.lower() in self.leaving:
            # Leave to go is no withdrawal of whoever grants it.
            return "STATE"
        return FALLBACK.get(standing.status, "STATE")

    def _holders(
        self, reading: Reading, voices: Sequence[Voice], standing: Standing, holding: Holding, words: Span
    ) -> tuple[Holder, ...]:
        document = reading.document
        inner = standing.status
        chain = [Holder(document.source, "document", document.source, inner if not voices else "asserted")]
        for place, voice in enumerate(voices):
            status: Status = inner if place == len(voices) - 1 else "asserted"
            chain.append(holding.holder(voice, words, status))
        return tuple(chain)

    def _place_of_parties(self, places: Sequence[PlaceMention], clause: Clause, kind: Kind) -> Place | None:
        """Return the town or site that the act is done to: "struck a district of Omdurman", "holds the airport"."""
        if kind not in ("ASSAULT", "COERCE", "HARM", "CONTROL", "PROTEST", "MOBILIZE"):
            return None
        for role in ("object", "subject"):
            for argument in clause.arguments:
                for place in places:
                    inside = argument.start <= place.start and place.end <= argument.end
                    if argument.role == role and inside and place.place.precision in ("site", "city", "admin2", "admin1"):
                        return place.place
        return None

    def _when(self, times: Sequence[TimeMention], one: Candidate, kind: Kind) -> When | None:
        """Return the time of the clause; a directive has the time of its giving, a state told as holding that of the telling."""
        found = time_of_clause(times, one.clause, one.parse)
        telling = one.governors[0].frame if one.governors else None
        if found is None and (telling in DIRECTIVES or (telling == "asserted" and kind in ("CONTROL", "STATE"))):
            return time_of_clause(times, one.governors[0].clause, one.parse)
        return found

    def _who(self, raw: str, reading: Reading) -> Actor:
        return self.who(raw, reading.document.published)


def _told_kind(event: Event | None, clause: Clause) -> str:
    """Return the kind by which a standing is decided: an evacuation told as done is no advice."""
    if event is None:
        return ""
    done = event.kind == "ADVISE" and event.mode == "evacuate" and event.on_predicate
    return "RETREAT" if done and not clause.moods & {"obligation", "imperative"} else event.kind


def _is_ahead(when: When | None, published: str | None) -> bool:
    """Whether a time begins after the day of the document."""
    if when is None or when.start is None or not published:
        return False
    length = min(len(when.start), 10)
    return when.start[:length] > published[:length]
