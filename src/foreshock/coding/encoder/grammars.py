"""The words of surface languages that the encoder's claims are held against: one compiled grammar a language."""

from __future__ import annotations

from dataclasses import dataclass, field

from foreshock.coding.shallow.grammar import ShallowGrammar, grammar_of
from foreshock.coding.shallow.table import has_shallow_rules
from foreshock.ontology.codebook import Codebook
from foreshock.reading import languages


@dataclass(slots=True)
class SurfaceGrammars:
    """Grammars of the languages that have one, compiled with their wide lists of cues when first asked for."""

    codebook: Codebook
    _known: dict[str, ShallowGrammar | None] = field(default_factory=dict)

    def of(self, code: str) -> ShallowGrammar | None:
        """Return the grammar of a language, or None where it is not read on the surface."""
        if code not in self._known:
            table = languages.table(code) if code in languages.codes() else {}
            self._known[code] = grammar_of(code, table, self.codebook, wide=True) if has_shallow_rules(table) else None
        return self._known[code]
