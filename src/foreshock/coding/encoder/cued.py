"""The kind of a claim by the codebook's cues, where the networks are not sure of it and its trigger has cues of one kind only.

The networks know forms that no list has; the lists know words that the networks never saw. On the part of the corpus that was
kept from training, in the eleven languages with such lists, kinds that the networks told with less than ``cued`` of
``encoder.yaml`` were right in 20 of 46 claims, the cue on the trigger in 36; above it the networks were as good.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from foreshock.coding.encoder.grammars import SurfaceGrammars
from foreshock.coding.encoder.told import Label, Told
from foreshock.coding.shallow.phrases import places_of
from foreshock.model import Sentence
from foreshock.model.values import Span


@dataclass(frozen=True, slots=True)
class CuedKind:
    """What the cues on a trigger say: a kind, the mode where all tell the same, and the words, as offsets in the document."""

    kind: str
    mode: str | None
    words: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Cued:
    """Settles the kinds that the networks are not sure of.

    Attributes:
        grammars: the cues of each language.
        below: probability of a kind under which the cues are asked, in 0..1.
        right: how often a cue that is asked was right; the probability of its kind.
    """

    grammars: SurfaceGrammars
    below: float
    right: float

    def settled(self, told: Sequence[Told], sentences: Sequence[Sentence]) -> list[Told]:
        """Return the claims with the kinds of their cues where the networks are not sure; the others as they are."""
        return [self._one(one, sentences[one.sentence]) for one in told]

    def _one(self, told: Told, sentence: Sentence) -> Told:
        if told.labels["kind"].probability >= self.below:
            return told
        cue = self.cue(told.trigger.start, told.trigger.end, sentence)
        if cue is None:
            return told
        labels: Mapping[str, Label] = {
            **told.labels,
            "kind": Label(cue.kind, max(self.right, told.labels["kind"].probability)),
            "mode": self._mode(told, cue),
        }
        return replace(told, labels=labels)

    def cue(self, start: int, end: int, sentence: Sentence) -> CuedKind | None:
        """Return what the cues on a trigger say, or None where they are of no kind or of several.

        Args:
            start, end: the trigger, half-open offsets in the document; ``sentence``: the one that it stands in.
        """
        grammar = self.grammars.of(sentence.language)
        if grammar is None:
            return None
        tokens = grammar.tokens(sentence.text)
        places = places_of(grammar.index.scan(tokens))
        first, last = start - sentence.start, end - sentence.start
        on = [
            one
            for one in (*grammar.cues.find(places), *grammar.nouns.find(places))
            if any(tokens[number].start < last and first < tokens[number].end for number in one.at)
        ]
        kinds = {one.value.kind for one in on}
        if len(kinds) != 1:
            return None
        modes = {one.value.mode for one in on}
        numbers = sorted({number for one in on for number in one.at})
        words = tuple((tokens[n].start + sentence.start, tokens[n].end + sentence.start) for n in numbers)
        return CuedKind(kinds.pop(), modes.pop() if len(modes) == 1 else None, words)

    def _mode(self, told: Told, cue: CuedKind) -> Label:
        old = told.labels["mode"]
        if cue.mode is not None:
            return Label(f"{cue.kind}/{cue.mode}", self.right)
        return old if old.value.partition("/")[0] == cue.kind else Label(cue.kind, self.right)
