"""What coding needs, loaded once and only when asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from foreshock.coding.coder import Coder
from foreshock.coding.default_coders import default_coder, is_damaged
from foreshock.coding.encoder.coder import EncoderCoder
from foreshock.coding.remembering import Remembering
from foreshock.coding.rules import RulesCoder
from foreshock.coding.shallow.coder import ShallowCoder
from foreshock.coding.shallow.table import has_shallow_rules
from foreshock.model import Document
from foreshock.ontology.actor_catalogue import ActorCatalogue, load_catalogue
from foreshock.ontology.codebook import Codebook, load_codebook
from foreshock.ontology.gazetteer import Gazetteer
from foreshock.reading.languages import load
from foreshock.reading.languages.base import Language
from foreshock.settings import Settings

Progress = Callable[[int, int, str], None]


@dataclass
class Workbench:
    """What coding needs, loaded once and only when asked for.

    Attributes:
        settings: where the cache is and which actors the user added.
        progress: told (done, total, what) while the gazetteer is compiled for the first time.
    """

    settings: Settings
    progress: Progress | None = None
    coders: dict[str, Coder] = field(default_factory=dict)
    grammars: dict[str, Language] = field(default_factory=dict)

    @cached_property
    def codebook(self) -> Codebook:
        """The kinds with their cues, and those of the user's folder."""
        return load_codebook(self.settings.kinds)

    @cached_property
    def catalogue(self) -> ActorCatalogue:
        """The actors that ship with the package and those of the user's file."""
        return load_catalogue(self.settings.actors)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The gazetteer, compiled into the cache on first use."""
        return Gazetteer.ready(self.settings.cache / "gazetteer.sqlite", progress=self.progress)

    def grammar(self, language: str) -> Language:
        """Return a language that remembers its last parse: it serves the claims of a reading, then its private persons."""
        if language not in self.grammars:
            self.grammars[language] = Remembering(load(language))
        return self.grammars[language]

    @cached_property
    def encoder(self) -> EncoderCoder:
        """The trained coder of every language; its networks are loaded when it codes for the first time."""
        return EncoderCoder(self.catalogue, self.gazetteer, self.codebook)

    def coder_of(self, document: Document, want: str = "auto") -> Coder | None:
        """Return the coder of a document, as :meth:`coder` does; damage decides too."""
        return self.coder(document.language, want, damaged=is_damaged(document))

    def coder(self, language: str, want: str = "auto", *, damaged: bool = False) -> Coder | None:
        """Return a coder of a language: the encoder, the rules, or which of them measured better ("auto").

        None where rules are wanted and the language has neither a grammar nor surface rules. ``damaged``: of damaged text.
        """
        if want == "encoder" or (want == "auto" and default_coder(language, damaged=damaged) == "encoder"):
            return self.encoder
        if language not in self.coders:
            grammar = self.grammar(language)
            if grammar.depth != "parsed":
                if not has_shallow_rules(grammar.table):
                    return None
                self.coders[language] = ShallowCoder(
                    language, grammar, grammar.table, self.codebook, self.catalogue, self.gazetteer
                )
                return self.coders[language]
            self.coders[language] = RulesCoder(grammar, self.codebook, self.catalogue, self.gazetteer)
        return self.coders[language]
