"""The coder by the encoder: readings of any language to claims, behind the same protocol as the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from foreshock.coding.actors import resolve_actor
from foreshock.coding.encoder.calibration import confidence
from foreshock.coding.encoder.cued import Cued
from foreshock.coding.encoder.fresh import Fresh
from foreshock.coding.encoder.grammars import SurfaceGrammars
from foreshock.coding.encoder.holders import chain
from foreshock.coding.encoder.model import Model, facts, load
from foreshock.coding.encoder.places import Placed, placed
from foreshock.coding.encoder.slots import Slots, owned
from foreshock.coding.encoder.told import Told, told_of
from foreshock.coding.encoder.validity import settled_labels
from foreshock.coding.encoder.windows import windows_of
from foreshock.coding.encoder.words import snapped, stripped
from foreshock.coding.home import settled
from foreshock.model import Actor, Claim, Place, Reading, claim_id
from foreshock.model.values import Span
from foreshock.ontology.actor_catalogue import ActorCatalogue
from foreshock.ontology.codebook import Codebook
from foreshock.ontology.gazetteer import Gazetteer

PLACES = ("p", "pf", "pt")
VOICES = ("o", "h", "hh")
CUES = {"h": ("q", "qq"), "hh": ("qq", "q"), "o": ("qo", "q")}


@dataclass(slots=True)
class EncoderCoder:
    """Codes readings of every language that the encoder was trained on.

    Attributes:
        catalogue: actors; ``gazetteer``: places; ``codebook``: cues, for kinds that the networks are not sure of.
        model: the networks; loaded when the first reading is coded.
        watch: called with every claim and what the networks told of it; fitting the confidence asks for it.
    """

    catalogue: ActorCatalogue
    gazetteer: Gazetteer
    codebook: Codebook
    model: Model | None = None
    watch: Callable[[Claim, Told], None] | None = None
    table: Mapping[str, Any] = field(default_factory=facts)
    relevance: Fresh = field(init=False)
    cued: Cued = field(init=False)

    def __post_init__(self) -> None:
        grammars = SurfaceGrammars(self.codebook)
        self.relevance = Fresh(grammars)
        self.cued = Cued(grammars, below=float(self.table["cued"]["below"]), right=float(self.table["cued"]["right"]))

    @property
    def name(self) -> str:
        """The coder's name: "encoder@1"."""
        return f"encoder@{self.table['version']}"

    def code(self, reading: Reading) -> tuple[Claim, ...]:
        """Return the claims of a reading in order of the text; the same for the same text on the same kind of machine."""
        if self.model is None:
            self.model = load()
        told = told_of(windows_of(reading.sentences, self.model), self.model, least=float(self.table["trigger"]))
        if not told:
            return ()
        told = self.cued.settled(told, reading.sentences)
        made = _Making(reading, self.catalogue, self.gazetteer, self.table, self.name)
        claims = made.claims(told)
        if self.watch is not None:
            for claim, one in zip(claims, told, strict=True):
                self.watch(claim, one)
        claims = self.relevance.kept(reading, claims, [one.trigger.start for one in told], [one.sentence for one in told])
        claims = settled(claims, [made.places.mentions.values()], self.catalogue)
        unique = {claim.id: claim for claim in sorted(claims, key=lambda one: (one.start, one.end, one.confidence))}
        return tuple(unique.values())


@dataclass(slots=True)
class _Making:
    """Claims of one reading in the making."""

    reading: Reading
    catalogue: ActorCatalogue
    gazetteer: Gazetteer
    table: Mapping[str, Any]
    coder: str
    slots: Slots = field(init=False)
    places: Placed = field(init=False)
    _actors: dict[Span, Actor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.slots = Slots(self.reading)

    def claims(self, told: Sequence[Told]) -> list[Claim]:
        """Return a claim for each that is told."""
        spans = [{role: self._span(one, role) for role in (*PLACES, "a", "r", *VOICES, "w")} for one in told]
        contents = [self._content(one) for one in told]
        self.places = self._placed(spans)
        figures: dict[int, tuple[Any, ...]] = {}
        for sentence in {one.sentence for one in told}:
            mine = [number for number, one in enumerate(told) if one.sentence == sentence]
            marked = [[(words.start, words.end) for words in told[number].roles.get("n", ())] for number in mine]
            for number, some in zip(mine, owned(self.slots.figures(sentence), [contents[n] for n in mine], marked), strict=True):
                figures[number] = some
        return [
            self._claim(one, contents[number], spans[number], figures.get(number, ())) for number, one in enumerate(told)
        ]  # fmt: skip

    def _claim(self, told: Told, content: Span, spans: Mapping[str, Span | None], figures: tuple[Any, ...]) -> Claim:
        document, sentence = self.reading.document, self.reading.sentences[told.sentence]
        start, end = content
        labels = settled_labels(told)
        voices = [(role, span) for role in VOICES if (span := spans[role]) is not None]
        cues = {role: self._cues(told, role, several=len(voices) > 1) for role, _ in voices}
        damage = tuple(one for one in document.damage if one.start < end and one.end > start)
        when = self.slots.when(spans["w"], told.sentence, status=labels.status) if spans["w"] else None
        return Claim(
            id=claim_id(document.id, document.version, start, end, labels.kind, self.coder),
            document_id=document.id,
            version=document.version,
            language=sentence.language,
            start=start,
            end=end,
            text=document.text[start:end],
            kind=labels.kind,
            mode=labels.mode,
            status=labels.status,
            negated=labels.negated,
            certainty=labels.certainty,
            phase=labels.phase,
            basis=labels.basis,
            holders=chain(document, labels.status, voices, cues, content, lambda raw: self._who(raw, sentence.language)),
            actor=self._actor(spans["a"], sentence.language),
            recipient=self._actor(spans["r"], sentence.language),
            place=self._place(spans),
            when=when,
            figures=figures,
            damage=damage,
            confidence=confidence(told, sentence.language, damage=damage, table=self.table["calibration"]),
            coder=self.coder,
        )

    def _span(self, told: Told, role: str) -> Span | None:
        """Return the words of a role, or None where it has none or nothing but punctuation."""
        if role not in told.roles:
            return None
        words = told.roles[role][0]
        start, end = snapped(self.reading.document.text, (words.start, words.end), self.reading.sentences[told.sentence].language)
        return (start, end) if start < end else None

    def _content(self, told: Told) -> Span:
        """Return the words of a claim: those told, if they are in or about its sentence; else the sentence without its stop."""
        text, sentence = self.reading.document.text, self.reading.sentences[told.sentence]
        trigger = (told.trigger.start, told.trigger.end)
        span = self._span(told, "c")
        if span is None or span[1] <= trigger[0] or trigger[1] <= span[0]:
            return stripped(text, (sentence.start, sentence.end))
        return min(span[0], trigger[0]), max(span[1], trigger[1])

    def _placed(self, spans: Sequence[Mapping[str, Span | None]]) -> Placed:
        document = self.reading.document
        language = document.language
        named = [span for one in spans for role in PLACES if (span := one[role]) is not None]
        actors = (self._actor(one[role], language) for one in spans for role in ("a", "r"))
        countries = Counter(actor.country for actor in actors if actor is not None and actor.country)
        likely = tuple(country for country, _ in countries.most_common(5))
        return placed(named, document.text, gazetteer=self.gazetteer, language=language, countries=likely)

    def _place(self, spans: Mapping[str, Span | None]) -> Place | None:
        here, origin, destination = (self.places.place(spans[role]) for role in PLACES)
        base = here or destination or origin
        if base is None or (origin is None and destination is None):
            return base
        return Place(
            base.name, base.raw, base.country, base.lat, base.lon, base.precision, base.claimed_by, origin, destination
        )  # fmt: skip

    def _actor(self, span: Span | None, language: str) -> Actor | None:
        if span is None:
            return None
        if span not in self._actors:
            self._actors[span] = self._who(self.reading.document.text[slice(*span)], language)
        return self._actors[span]

    def _who(self, raw: str, language: str) -> Actor:
        published = self.reading.document.published
        return resolve_actor(raw, catalogue=self.catalogue, gazetteer=None, language=language, when=published)

    def _cues(self, told: Told, role: str, *, several: bool) -> tuple[Span, ...]:
        names = CUES[role] if several else ("q",)
        words = next((told.roles[name] for name in names if name in told.roles), ())
        return tuple((one.start, one.end) for one in words)
