"""The coder of surface languages: pieces, cues and windows instead of clauses. Its name says the depth of its claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from foreshock.coding.figures import find_figures
from foreshock.coding.places import PlaceMention, document_countries, find_places
from foreshock.coding.shallow.claims import Scene, claims_of
from foreshock.coding.shallow.grammar import ShallowGrammar, grammar_of
from foreshock.coding.shallow.pieces import Piece, cut
from foreshock.coding.shallow.relevance import is_elsewhere, topics_of
from foreshock.coding.shallow.table import surface_table
from foreshock.coding.shallow.words import Match, Token
from foreshock.coding.times import find_times, numeric_order
from foreshock.model import Claim, Reading, Sentence
from foreshock.ontology.actor_catalogue import ActorCatalogue
from foreshock.ontology.codebook import Codebook
from foreshock.ontology.gazetteer import Gazetteer
from foreshock.reading.languages.base import Language, Parse

ASKS = ("?", "？", "؟", "?»", "?”", "?\"", "？”")  # fmt: skip


@dataclass(slots=True)
class ShallowCoder:
    """Codes readings of one language without a grammar, by its table, the codebook and the catalogues.

    Attributes:
        code: ISO 639-1.
        language: the surface reader; ``table``: the language's table.
        codebook: kinds with their cues; ``catalogue``: actors; ``gazetteer``: places.
        version: number behind the name, raised when claims of the same text change.
    """

    language_code: str
    language: Language
    table: Mapping[str, Any]
    codebook: Codebook
    catalogue: ActorCatalogue
    gazetteer: Gazetteer
    version: int = 1
    grammar: ShallowGrammar = field(init=False)

    def __post_init__(self) -> None:
        self.grammar = grammar_of(self.language_code, self.table, self.codebook.cues(self.language_code))

    @property
    def name(self) -> str:
        """The coder's name with its depth: "rules-de-surface@1"."""
        return f"rules-{self.language_code}-surface@{self.version}"

    def code(self, reading: Reading) -> tuple[Claim, ...]:
        """Return the claims of a reading in order of the text."""
        seen = [self._seen(sentence) for sentence in reading.sentences]
        if is_elsewhere([topics for _, _, _, topics in seen]):
            return ()
        told = [(sentence, tokens, pieces) for sentence, tokens, pieces, topics in seen if not topics and _has_cue(pieces)]
        parses = self.language.parse([sentence for sentence, _, _ in told])
        first = [self._places(parse, ()) for parse in parses]
        countries = document_countries([place for places in first for place in places])
        order = numeric_order(reading.document.text)
        claims: list[Claim] = []
        for (sentence, tokens, pieces), parse, named in zip(told, parses, first, strict=True):
            # The countries of the text choose between places of one name; they make none where there was none.
            places = self._places(parse, countries) if named else ()
            scene = self._scene(reading, sentence, tokens, pieces, parse, places=places, order=order)
            claims.extend(claims_of(scene, self.grammar, coder=self.name, catalogue=self.catalogue))
        return tuple({claim.id: claim for claim in sorted(claims, key=lambda one: (one.start, one.end))}.values())

    def _seen(self, sentence: Sentence) -> tuple[Sentence, list[Token], list[Piece], frozenset[str]]:
        tokens = self.grammar.tokens(sentence.text)
        matches: list[Match] = self.grammar.index.scan(tokens)
        topics = topics_of(matches, self.grammar) if matches else frozenset()
        asked = sentence.text.rstrip().endswith(ASKS)
        pieces = [] if topics or asked or not matches else cut(sentence.text, tokens, matches, self.grammar)
        return sentence, tokens, pieces, topics

    def _scene(
        self, reading: Reading, sentence: Sentence, tokens: Sequence[Token], pieces: Sequence[Piece], parse: Parse,
        *, places: Sequence[PlaceMention], order: str | None,
    ) -> Scene:  # fmt: skip
        document, table = reading.document, surface_table(self.language_code)
        times = find_times(sentence.text, offset=sentence.start, table=table, reference=document.published, order=order)
        return Scene(
            document=document,
            sentence=sentence,
            tokens=tokens,
            pieces=pieces,
            # دوشنبه is Monday before it is Dushanbe.
            places=[one for one in places if not any(time.start < one.end and one.start < time.end for time in times)],
            times=times,
            figures=find_figures(parse, table=table, damage=document.damage, reference=document.published),
        )

    def _places(self, parse: Parse, countries: tuple[str, ...]) -> tuple[PlaceMention, ...]:
        return find_places(parse, gazetteer=self.gazetteer, language=self.language_code, countries=countries)


def _has_cue(pieces: Sequence[Piece]) -> bool:
    return any(piece.cues for piece in pieces)
