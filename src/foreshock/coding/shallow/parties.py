"""Who did it to whom: named actors and words for actors on the side of the cue where the language puts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foreshock.coding.places import PlaceMention
from foreshock.coding.shallow.events import Event
from foreshock.coding.shallow.grammar import ShallowGrammar
from foreshock.coding.shallow.phrase_spans import Span
from foreshock.coding.shallow.pieces import Piece
from foreshock.coding.shallow.words import Token
from foreshock.model import Actor
from foreshock.ontology.actor_catalogue import SECTORS, ActorCatalogue, KnownActor
from foreshock.ontology.fold import fold

# An envoy acts for a government; who speaks has the sector of whom he speaks for, which a word alone does not tell.
SECTOR_OF = {"DIP": "GOV", "VOI": None}
LONGEST_NAME, LONGEST_NAME_CHARACTERS = 4, 10
# In these what somebody does happens to nobody in particular, or to those of whom it is told.
NO_ACTOR = frozenset({"HARM"})
# Who is told of in these is the one who acts, whatever the voice.
OWN_ACTS = frozenset({"PROTEST", "CONSULT", "AGREE"})


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody named in a sentence: token span and who it is."""

    span: Span
    actor: Actor


def parties_in(
    piece: Piece, text: str, tokens: Sequence[Token], places: Sequence[PlaceMention], grammar: ShallowGrammar,
    *, catalogue: ActorCatalogue, offset: int, when: str | None,
) -> list[Party]:  # fmt: skip
    """Return who is named in a piece, in order: known actors, words for actors with their country, states that act by name."""
    found: dict[int, Party] = {}
    for low, high, known in _known(piece, text, tokens, catalogue, spaced=grammar.spaced):
        raw = text[tokens[low].start : tokens[high - 1].end]
        found[low] = Party((low, high), Actor(known.name, raw, known.country, known.sector(when)))
    for role in piece.roles:
        low, high = role.first, role.end
        if any(one.span[0] < high and low < one.span[1] for one in found.values()):
            continue
        raw = text[tokens[low].start : tokens[high - 1].end]
        country = _country(low, high, tokens, places, offset)
        sector = SECTOR_OF.get(role.value.sector, role.value.sector)
        state = catalogue.names.get(country or "")
        name = f"{role.value.english} of {state}" if state else role.value.english
        found[low] = Party((low, high), Actor(name, raw, country, sector))
    return [found[at] for at in sorted(found)]


def _known(
    piece: Piece, text: str, tokens: Sequence[Token], catalogue: ActorCatalogue, *, spaced: bool
) -> list[tuple[int, int, KnownActor]]:
    found, at = [], piece.first
    longest = LONGEST_NAME if spaced else LONGEST_NAME_CHARACTERS
    while at < piece.last:
        for size in range(min(longest, piece.last - at), 0 if spaced else 1, -1):
            raw = text[tokens[at].start : tokens[at + size - 1].end]
            if spaced and not raw[0].isupper() and raw[0].lower() != raw[0].upper():
                break
            known = catalogue.known.get(fold(raw)) if len(raw) > 1 else None
            if known:
                found.append((at, at + size, known[0]))
                at += size - 1
                break
        at += 1
    return found


def _country(low: int, high: int, tokens: Sequence[Token], places: Sequence[PlaceMention], offset: int) -> str | None:
    """Return the country named directly beside a word for an actor."""
    start, end = tokens[low].start + offset, tokens[high - 1].end + offset
    for one in places:
        if one.feature == "country" and (0 <= one.start - end <= 6 or 0 <= start - one.end <= 1):
            return one.place.country
    return None


def assigned(
    piece: Piece, event: Event, parties: Sequence[Party], grammar: ShallowGrammar, *, apart: Sequence[Span]
) -> tuple[Actor | None, Actor | None]:
    """Return actor and recipient by the side of the cue; who only speaks (``apart``) is neither.

    A passive turns them round, and its doer stands behind a mark of the agent.
    """
    if event.kind in NO_ACTOR:
        return None, None
    free = [one for one in parties if not any(low < one.span[1] and one.span[0] < high for low, high in apart)]
    at = min(event.found.at)
    before, after = [one for one in free if one.span[1] <= at], [one for one in free if one.span[0] > at]
    agents = [mark.end for mark in piece.marks.get("agents", ())]
    doer = next((one for one in free if any(0 <= one.span[0] - end <= 3 for end in agents)), None)
    if event.kind not in OWN_ACTS and (doer is not None or piece.has("passive")):
        rest = [one for one in free if one is not doer]
        return _actor(doer), _actor(rest[0] if rest else None)
    if grammar.order == "sov":
        return _actor(before[0] if before else None), _actor(before[1] if len(before) > 1 else None)
    if grammar.order == "vso" and not before:
        return _actor(after[0] if after else None), _actor(after[1] if len(after) > 1 else None)
    if grammar.participle_last and not after and len(before) > 1:
        return _actor(before[0]), _actor(before[1])
    return _actor(before[0] if before else None), _actor(after[0] if after else None)


def _actor(party: Party | None) -> Actor | None:
    if party is None or (party.actor.sector is not None and party.actor.sector not in SECTORS):
        return None
    return party.actor
