"""Why the encoder read a claim as it did: the words that carry it, and what it learnt that is nearest."""

from __future__ import annotations

from collections.abc import Sequence

from foreshock.briefs import receipts
from foreshock.errors import CodingError
from foreshock.model import Claim
from foreshock.pipeline.explaining import Explanation, Neighbour, Weight, explained, is_explained
from foreshock.web import wording
from foreshock.web.receipts.scene import Scene
from foreshock.web.receipts.sheet import Item, Part


def read_so(scene: Scene, claim: Claim) -> list[Part]:
    """Return the parts of a receipt that explain a claim of the encoder; none where it is not the encoder's."""
    document = scene.texts.get(claim.document_id)
    if document is None or document.version != claim.version or not is_explained(claim):
        return []
    say = scene.reader.say
    try:
        found = explained(claim, document)
    except CodingError as error:
        return [Part(say("Why it was read so"), [Item(str(error))])]
    if found is None:
        return []
    words = _carrying(scene, claim, document.text, found)
    about = say("Each word was put out in turn; the number says by how much the probability falls without it.")
    near = [_example(scene, one) for one in found.neighbours]
    learnt = say("Claims of the annotated corpus with the most similar inner representation: what the encoder goes by.")
    parts = [Part(say("Why it was read so"), words, about)] if words else []
    return [*parts, Part(say("The nearest examples that the encoder learnt from"), near, learnt)]


def _carrying(scene: Scene, claim: Claim, text: str, found: Explanation) -> list[Item]:
    say = scene.reader.say
    lines: list[tuple[str, Sequence[Weight]]] = [
        (say("Kind"), found.kind),
        (say("Standing"), found.status),
        (say("Holders"), found.holder),
    ]
    return [
        Item(
            f"{name}: " + ", ".join(f"{text[one.start : one.end]} (−{one.weight:.2f})" for one in words),
            language=claim.language,
        )
        for name, words in lines
        if words
    ]


def _example(scene: Scene, one: Neighbour) -> Item:
    told = " · ".join(
        (
            wording.kind_label(scene.reader, one.kind),
            receipts.standing(scene.reader, one.status),
            scene.reader.tongue(one.language),
            f"{one.nearness:.2f}",
        )
    )
    return Item(one.text, told, language=one.language)
