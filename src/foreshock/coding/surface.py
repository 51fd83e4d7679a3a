"""What is sure of a sentence without grammar, in any language: its places, dates and numbers."""

from __future__ import annotations

from foreshock.coding.figures import find_figures
from foreshock.coding.places import document_places
from foreshock.coding.shallow.table import surface_table
from foreshock.coding.times import document_times
from foreshock.model import Mention, Reading
from foreshock.ontology.gazetteer import Gazetteer
from foreshock.reading.languages.base import Language


def surface_mentions(reading: Reading, language: Language, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """Return the places, dates and figures of a reading, in order of the text; dates resolve against the document's date."""
    document = reading.document
    table = surface_table(document.language)
    parses = language.parse(reading.sentences)
    places = document_places(parses, document.text, gazetteer=gazetteer, language=document.language)
    sentences = [parse.sentence for parse in parses]
    times = document_times(sentences, text=document.text, table=table, reference=document.published)
    mentions: list[Mention] = []
    for parse, told, named in zip(parses, times, places, strict=True):
        number = parse.sentence.index
        for place in named:
            mentions.append(Mention(number, place.place))
        for time in told:
            mentions.append(Mention(number, time.when))
        for figure in find_figures(parse, table=table, damage=document.damage, reference=document.published):
            mentions.append(Mention(number, figure))
    return tuple(mentions)
