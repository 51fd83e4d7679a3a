"""The pieces of one sentence made into claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from foreshock.coding.places import PlaceMention
from foreshock.coding.shallow.confidence import confidence_of
from foreshock.coding.shallow.events import SPEECH_ACTS, Event, event_of
from foreshock.coding.shallow.grammar import ShallowGrammar
from foreshock.coding.shallow.parties import Party, assigned, parties_in
from foreshock.coding.shallow.pieces import Piece
from foreshock.coding.shallow.relevance import SOFT, bears_noun, concerns_public
from foreshock.coding.shallow.slots import figures_in, place_in, time_in
from foreshock.coding.shallow.standing import Standing, standing_of
from foreshock.coding.shallow.voices import Voice, voices_of
from foreshock.coding.shallow.words import Token
from foreshock.coding.times import TimeMention
from foreshock.model import Basis, Claim, Document, Figure, Holder, Kind, Sentence, claim_id
from foreshock.ontology.actor_catalogue import ActorCatalogue

# What is still to come in these was not on the weekday that is past.
AHEAD = frozenset({"planned", "forecast", "promised", "threatened", "conditional"})
KINDS: dict[str, Kind] = {kind: kind for kind in Kind.__args__}  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence with everything that was found in it."""

    document: Document
    sentence: Sentence
    tokens: Sequence[Token]
    pieces: Sequence[Piece]
    places: Sequence[PlaceMention]
    times: Sequence[TimeMention]
    figures: Sequence[Figure]

    def extent(self, span: tuple[int, int]) -> tuple[int, int]:
        """Return the half-open extent of a token span in the document."""
        return self.sentence.start + self.tokens[span[0]].start, self.sentence.start + self.tokens[span[1] - 1].end


def claims_of(scene: Scene, grammar: ShallowGrammar, *, coder: str, catalogue: ActorCatalogue) -> list[Claim]:
    """Return the claims of a sentence, in order."""
    voices = voices_of(scene.pieces, scene.tokens, grammar)
    parties = {
        piece.index: parties_in(
            piece, scene.sentence.text, scene.tokens, scene.places, grammar,
            catalogue=catalogue, offset=scene.sentence.start, when=scene.document.published,
        )
        for piece in scene.pieces if piece.cues
    }  # fmt: skip
    events = _told(scene, voices, parties)
    return [
        _claim(scene, piece, event, voices, parties[piece.index], grammar, alone=len(events) == 1, coder=coder)
        for piece, event in events
    ]


def _told(scene: Scene, voices: Sequence[Voice], parties: dict[int, list[Party]]) -> list[tuple[Piece, Event]]:
    """Return the pieces that tell an event; one that only carries what another tells is left out."""
    events: list[tuple[Piece, Event]] = []
    for piece in scene.pieces:
        event = event_of(piece, doer=bool(parties.get(piece.index)))
        if event is None or not (_is_news(scene, event, voices, piece) if event.on_predicate else _is_borne(scene, piece, event)):
            continue
        events.append((piece, event))
    told = {piece.index for piece, event in events if event.kind not in SPEECH_ACTS}
    carrying = {voice.piece for voice in voices if voice.covers & told}
    return [(piece, event) for piece, event in events if event.kind not in SPEECH_ACTS or piece.index not in carrying]


def _is_news(scene: Scene, event: Event, voices: Sequence[Voice], piece: Piece) -> bool:
    spoken = any(one.source and (piece.index in one.covers or one.piece == piece.index) for one in voices)
    near, low, high = scene.pieces, scene.sentence.start, scene.sentence.end
    if event.kind in SOFT:
        near, (low, high) = [piece], scene.extent((piece.first, piece.last))
    placed = any(low <= one.start and one.end <= high for one in scene.places)
    people = any(one.unit == "person" and low <= one.start < high for one in scene.figures)
    public = placed or people or any(one.roles for one in near)
    return concerns_public(event.kind, event.found.value.words, public=public, spoken=spoken)


def _is_borne(scene: Scene, piece: Piece, event: Event) -> bool:
    low, high = scene.extent((piece.first, piece.last))
    placed = any(low <= one.start and one.end <= high for one in scene.places)
    counted = any(low <= one.start and one.end <= high for one in scene.figures)
    return bears_noun(piece, event.found.first, placed=placed, counted=counted)


def _claim(
    scene: Scene, piece: Piece, event: Event, voices: Sequence[Voice], parties: Sequence[Party], grammar: ShallowGrammar,
    *, alone: bool, coder: str,
) -> Claim:  # fmt: skip
    document, sentence = scene.document, scene.sentence
    standing = standing_of(
        piece, event, voices, spaced=grammar.spaced, after_condition=piece.index == 1 and scene.pieces[0].has("conditions")
    )
    start, end = scene.extent((piece.first, piece.last))
    speaking = [voice.source for voice in voices if voice.source]
    spoken_apart = [scene.extent(span) for span in speaking]
    named = [scene.extent(one.span) for one in parties]
    holding = [voice.source for voice in standing.voices if voice.source and standing.status == "asserted"]
    actor, recipient = assigned(piece, event, parties, grammar, apart=holding)
    place = place_in(scene.places, (start, end), alone=alone, apart=[*spoken_apart, *named], located=_located(scene, grammar))
    when = time_in(
        scene.times,
        (start, end),
        alone=alone,
        apart=spoken_apart,
        ahead=standing.status in AHEAD,
        published=document.published,
        tokens=[(sentence.start + one.start, one.text) for one in scene.tokens],
    )
    cues = frozenset(f"{one.value.kind}/{one.value.mode}" for one in piece.cues)
    bare = frozenset(_bare_numbers(scene, piece))
    figures = figures_in(scene.figures, (start, end), event, cues, bare=bare)
    damage = tuple(one for one in document.damage if one.start < end and one.end > start)
    slots = sum(one is not None for one in (actor, place, when)) + bool(figures)
    kind = KINDS[event.kind]
    return Claim(
        id=claim_id(document.id, document.version, start, end, kind, coder),
        document_id=document.id,
        version=document.version,
        language=sentence.language,
        start=start,
        end=end,
        text=document.text[start:end],
        kind=kind,
        mode=event.mode,
        status=standing.status,
        negated=standing.negated,
        certainty=standing.certainty,
        phase=standing.phase,
        basis=_basis(standing, scene),
        holders=_holders(scene, standing),
        actor=actor,
        recipient=recipient,
        place=place,
        when=when,
        figures=figures,
        damage=damage,
        confidence=confidence_of(event, standing, slots=slots, damage=damage),
        coder=coder,
    )


def _located(scene: Scene, grammar: ShallowGrammar) -> frozenset[int]:
    """Return where the places start that a preposition or an ending says to be where something is."""
    found = set()
    for place in scene.places:
        start, end = place.start - scene.sentence.start, place.end - scene.sentence.start
        before = [token.key for token in scene.tokens if token.end <= start][-1:]
        after = next((token.text for token in scene.tokens if token.start <= start < token.end), "")
        ended = bool(grammar.place_ends) and after.endswith(grammar.place_ends) and end - start <= len(after)
        if ended or (before and before[0] in grammar.place_words):
            found.add(place.start)
    return frozenset(found)


def _bare_numbers(scene: Scene, piece: Piece) -> Iterator[int]:
    """Yield where numbers stand right before a cue or an auxiliary: "25 were injured" counts people without a word for them."""
    fillers = {at for name in ("fillers", "passive") for one in piece.marks.get(name, ()) for at in one.at}
    verbs = {at for one in piece.cues for at in one.at} | fillers
    for at in range(piece.first, piece.last - 1):
        if scene.tokens[at].text[0].isdigit() and at + 1 in verbs:
            yield scene.sentence.start + scene.tokens[at].start


def _holders(scene: Scene, standing: Standing) -> tuple[Holder, ...]:
    """Return the chain: the document, then who speaks; only the innermost holds the standing."""
    document = scene.document
    voices = standing.voices
    chain = [Holder(document.source, "document", document.source, "asserted" if voices else standing.status)]
    for number, voice in enumerate(voices):
        if voice.source is None:
            continue
        start, end = scene.extent(voice.source)
        raw = document.text[start:end]
        piece = scene.pieces[voice.piece]
        outlet = any(one.value.sector == "JRN" for one in piece.roles if voice.source[0] <= one.first < voice.source[1])
        last = number == len(voices) - 1
        chain.append(
            Holder(raw, "outlet" if outlet else "speaker", raw, standing.status if last else "asserted", start=start, end=end)
        )
    return tuple(chain)


def _basis(standing: Standing, scene: Scene) -> Basis:
    if standing.status == "rumoured":
        return "hearsay"
    for voice in reversed(standing.voices):
        marks = scene.pieces[voice.piece].marks
        if marks.get("basis-eyewitness"):
            return "eyewitness"
        if marks.get("basis-official"):
            return "official"
    return "unstated"
