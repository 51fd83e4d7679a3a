"""The words of languages that the encoder's claims are held against: one compiled grammar a language."""

from __future__ import annotations

from dataclasses import dataclass, field

from foreshock.coding.shallow.grammar import ShallowGrammar, grammar_of
from foreshock.coding.shallow.table import has_shallow_rules
from foreshock.ontology.codebook import Codebook
from foreshock.ontology.language_cues import language_cues
from foreshock.reading import languages

UNSPACED = frozenset({"ja", "zh"})
# What is written onto the next word.
ELISIONS = {"fr": tuple(f"{word}{mark}" for word in ("l", "d", "s", "n", "qu", "j", "m", "c") for mark in "'’")}


@dataclass(slots=True)
class SurfaceGrammars:
    """Grammars of the languages that have one, compiled with their wide lists of cues when first asked for."""

    codebook: Codebook
    _known: dict[str, ShallowGrammar | None] = field(default_factory=dict)

    def of(self, code: str) -> ShallowGrammar | None:
        """Return the grammar of a language, or None where it has neither surface rules nor a wide list."""
        if code not in self._known:
            table = languages.table(code) if code in languages.codes() else {}
            wide = tuple(language_cues(self.codebook, code))
            if has_shallow_rules(table):
                self._known[code] = grammar_of(code, table, (*self.codebook.cues(code), *wide))
            else:
                # The kinds' own cues of a parsed language are dictionary forms: only a parser finds them.
                small = {"spaces": code not in UNSPACED, "elisions": ELISIONS.get(code, ())}
                self._known[code] = grammar_of(code, {"grammar": small}, wide) if wide else None
        return self._known[code]
