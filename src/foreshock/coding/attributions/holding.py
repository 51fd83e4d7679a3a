"""Holders told by the words that attribute: which attribution stands behind each voice of a claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foreshock.coding.attributions.find import Found
from foreshock.coding.attributions.spans import overlap
from foreshock.coding.speakers import Voice
from foreshock.model import Attribution, Holder, Span, Status

HALF = 0.5


@dataclass(frozen=True, slots=True)
class Holding:
    """The attributions of a document and its text, asked for those whose content covers a stretch of it."""

    found: Sequence[Found]
    text: str = ""

    def around(self, span: Span) -> list[Attribution]:
        """Return the attributions whose content holds at least half of a span, outermost first."""
        width = max(1, span[1] - span[0])
        covering = [
            one.attribution for one in self.found if sum(overlap(part, span) for part in one.attribution.content) >= HALF * width
        ]
        return sorted(covering, key=lambda one: -sum(end - start for start, end in one.content))

    def chain(self, span: Span) -> list[Attribution]:
        """Return the attributions whose sources hold a span, outermost first; those without a source are left out."""
        holding = {id(one.attribution) for one in self.found if one.holds}
        return [one for one in self.around(span) if id(one) in holding and one.source is not None]

    def behind(self, voice: Voice, span: Span) -> Attribution | None:
        """Return the attribution that gives a span to a voice: by the words of its source or cue, else by its name."""
        around = self.around(span)
        for one in around:
            places = [*one.cue, *([one.source] if one.source else [])]
            if any(overlap(place, (voice.start, voice.end)) for place in places):
                return one
        names = [name.lower() for name in (voice.name, voice.raw) if name]
        for one in around:
            held = (one.holder or "").lower()
            if held and any(held in name or name in held for name in names):
                return one
        return None

    def holder(self, voice: Voice, span: Span, status: Status) -> Holder:
        """Return a voice as a holder of a span, with the words that say so where there are any.

        Whom a pronoun, a role or a surname stands for is what the attribution has settled.
        """
        behind = self.behind(voice, span)
        if behind is None:
            return Holder(voice.name or voice.raw, voice.role, voice.raw, status)
        name = voice.name or voice.raw
        if behind.source is not None and behind.holder and (voice.back or self._stands_for(voice, behind.source, behind.holder)):
            name = behind.holder
        start, end = behind.source or (None, None)
        return Holder(name, voice.role, voice.raw, status, start, end, behind.cue, behind.content, behind.form)

    def _stands_for(self, voice: Voice, source: Span, holder: str) -> bool:
        """Whether a source is known under another name than its own words: 内相 after ルシア・バレラ内相."""
        return self.text[slice(*source)] != holder and holder.lower() not in voice.raw.lower()
