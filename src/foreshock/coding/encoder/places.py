"""Which places the spans of a document mean: all are looked up together, so that each helps to choose the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foreshock.coding.places import PlaceMention
from foreshock.coding.toponyms import Toponym, resolve_toponyms
from foreshock.model import Place
from foreshock.model.values import Span
from foreshock.ontology.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True)
class Placed:
    """The places of a document by their spans; what the gazetteer lacks keeps its own words and no country."""

    mentions: dict[Span, PlaceMention]

    def place(self, span: Span | None) -> Place | None:
        """Return the place of a span."""
        return self.mentions[span].place if span is not None and span in self.mentions else None


def placed(spans: Iterable[Span], text: str, *, gazetteer: Gazetteer, language: str, countries: Sequence[str] = ()) -> Placed:
    """Return the places that spans of a text name.

    Args:
        spans: half-open spans of names.
        text: the document.
        gazetteer: where names are looked up.
        language: ISO 639-1 code of the text.
        countries: ISO 3166 alpha-3 codes that the text speaks of, the likeliest first.
    """
    ordered = sorted({span for span in spans if span[0] < span[1]})
    names = [Toponym(*span, text[slice(*span)]) for span in ordered]
    entries = resolve_toponyms(names, text, gazetteer=gazetteer, language=language, countries=countries)
    mentions = {}
    for span, entry in zip(ordered, entries, strict=True):
        raw = text[slice(*span)]
        place = entry.place(raw) if entry is not None else Place(raw, raw, None, None, None, None)
        mentions[span] = PlaceMention(*span, place, None, feature=entry.feature if entry is not None else "")
    return Placed(mentions)
