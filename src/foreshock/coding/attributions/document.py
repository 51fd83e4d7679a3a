"""The attributions of one document, from its reading alone."""

from __future__ import annotations

from foreshock.coding.actors import resolve_actor
from foreshock.coding.attributions.find import find_attributions
from foreshock.model import Attribution, Reading
from foreshock.ontology.actor_catalogue import ActorCatalogue
from foreshock.reading.languages.base import Language


def attributions_of(reading: Reading, language: Language, catalogue: ActorCatalogue) -> tuple[Attribution, ...]:
    """Parse a reading and return its attributions in order of the text; the language must be a parsed one."""
    parses = language.parse(reading.sentences)
    when = reading.document.published
    return find_attributions(
        reading,
        parses,
        language.table,
        resolve=lambda raw: resolve_actor(raw, catalogue=catalogue, gazetteer=None, language=language.code, when=when),
    )
