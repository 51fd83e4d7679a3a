"""Violence that is none (sport, screens, turns of phrase) and old episodes: by the tables of the rules, whatever is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foreshock.coding.encoder.grammars import SurfaceGrammars
from foreshock.coding.relevance import Relevance, is_violent
from foreshock.coding.shallow.relevance import is_elsewhere, topics_of
from foreshock.model import Claim, Reading, Sentence

# Of these a sentence may speak and tell fresh violence all the same.
BESIDE = frozenset({"weather", "past"})


@dataclass(slots=True)
class Fresh:
    """What tells fresh violence from other: a language's table of relevance, or for surface languages its words of topics."""

    grammars: SurfaceGrammars

    def kept(self, reading: Reading, claims: Sequence[Claim], leads: Sequence[int], sentences: Sequence[int]) -> list[Claim]:
        """Return the claims without those of violence that is none; old episodes are dated to themselves.

        Args:
            reading: what was coded; ``claims``: its claims.
            leads: where the trigger of each begins; ``sentences``: the number of the sentence of each.
        """
        if not any(is_violent(claim.kind, claim.mode) for claim in claims):
            return list(claims)
        codes = {claim.language for claim in claims}
        published = reading.document.published
        settings = {code: Relevance.build(code).of(reading.sentences, published=published) for code in codes}
        apart = {code: self._apart(code, reading.sentences) for code in codes}
        out = []
        for claim, lead, number in zip(claims, leads, sentences, strict=True):
            setting = settings[claim.language][number]
            if setting.reason_at(claim.kind, claim.mode, lead) is not None:
                continue
            if number in apart[claim.language] and is_violent(claim.kind, claim.mode):
                continue
            out.append(setting.dated_at(claim, lead))
        return out

    def _apart(self, code: str, sentences: Sequence[Sentence]) -> frozenset[int]:
        """Return the numbers of the sentences whose words are of sport, culture or markets."""
        grammar = self.grammars.of(code)
        if grammar is None:
            return frozenset()
        topics = [topics_of(grammar.index.scan(grammar.tokens(one.text)), grammar) for one in sentences]
        if is_elsewhere(topics):
            return frozenset(range(len(sentences)))
        return frozenset(number for number, some in enumerate(topics) if some - BESIDE)
