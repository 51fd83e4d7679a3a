"""Topics: which predicate a は belongs to, and whether it is who speaks or what is spoken of.

A topic reaches over subordinate clauses (Minami 1974); before reported speech it is the speaker if it can speak and is first.
"""

from __future__ import annotations

from foreshock.reading.languages.japanese.chunks import Chunk, Scene, topical
from foreshock.reading.languages.japanese.verbs import lemma, passive
from foreshock.reading.languages.japanese.words import SPEAKERS

CLOSED = frozenset(("noun", "condition", "time", "nominal", "because", "purpose_noun", "manner", "question"))


def pick(candidates: list[Chunk], hint: int) -> int:
    """Return the parser's choice where it is one of the candidates, else the first of them; -1 where there is none."""
    by_index = {one.index for one in candidates}
    return hint if hint in by_index else candidates[0].index if candidates else -1


def attach_topic(scene: Scene, chunk: Chunk, candidates: list[Chunk], hint: int) -> int:
    """A topic reaches over subordinate clauses; before reported speech it is the speaker if it can speak and is first."""
    verbs = [one for one in candidates if one.predicate]
    open_ = [one for one in verbs if one.link not in CLOSED] or verbs
    if not open_:
        return pick(candidates, hint)
    if verbs[0].link == "noun" and verbs[0].formal.startswith("と") and not _speaker(scene, chunk) and not verbs[0].subject:
        # 流行は峠を越したとの認識: what cannot speak is what is spoken of.
        return verbs[0].index
    for one in open_:
        if one.link in ("renyo", "te", "coordinate", "adverbial") and one.subject and len(open_) > 1:
            continue
        if one.link == "te" and len(open_) > 1 and not scene.comma(one):
            continue
        if one.to < 0 or (one.link != "quote" and scene.cut[one.to].link != "quote"):
            return one.index if one.link != "adverbial" or hint == one.index else _after(open_, one, hint)
        outer = one.speech
        while outer >= 0 and scene.cut[outer].depth >= chunk.depth:
            if speaks(scene, chunk, one, outer):
                return outer
            # Another is named as the one who said it: the topic may be who reported that (…と大臣が述べたと報じた).
            outer = scene.cut[outer].speech if scene.cut[outer].subject else -1
        return one.index
    return open_[-1].index


def _speaker(scene: Scene, topic: Chunk) -> bool:
    """Say whether a topic can be who speaks: a person or body, and the first topic of its stretch."""
    able = scene.personal(topic) or scene.found[topic.head].entity in SPEAKERS | {"ORG"} or not is_thing(scene, topic)
    before = scene.cut[last_break(scene.cut, topic) : topic.index]
    return able and not any(topical(one) and one.depth == topic.depth for one in before)


def is_thing(scene: Scene, chunk: Chunk) -> bool:
    """Say whether a chunk's head is a common noun that names no person or body."""
    head = scene.found[chunk.head]
    return head.is_("名詞-普通名詞") and not head.entity and not scene.personal(chunk)


def _after(open_: list[Chunk], one: Chunk, hint: int) -> int:
    rest = [other.index for other in open_ if other.index > one.index]
    return hint if hint in rest else rest[0] if rest else one.index


def speaks(scene: Scene, topic: Chunk, inner: Chunk, outer: int) -> bool:
    """Say whether the topic is the subject of the verb of speech at ``outer`` and not of the words reported."""
    quote = next((i for i in range(inner.index, outer) if scene.cut[i].link == "quote"), inner.index)
    quote = max((i for i in range(quote, outer) if scene.cut[i].link == "quote" and scene.cut[i].to == outer), default=quote)
    if any(not one.predicate and (one.marker == "が" or topical(one)) for one in scene.cut[quote + 1 : outer]):
        return False
    if scene.cut[outer].formal.startswith("のは"):
        return False
    before = scene.cut[last_break(scene.cut, topic) : topic.index]
    said = lemma(scene.found, scene.cut[outer])
    if passive(scene.found, scene.cut[outer]) and said not in scene.lexicon.frames["alleged"]:
        return False
    if said == "思う" and not scene.cut[outer].tail.startswith(("って", "いま")):
        return False
    first = not any(topical(one) and one.depth == topic.depth for one in before)
    if not first or topic.marker != "は":
        return False
    holder = scene.personal(topic)
    subject = any(one.marker == "が" or topical(one) for one in scene.cut[topic.index + 1 : inner.index] if not one.predicate)
    return holder or subject or scene.found[topic.head].entity in SPEAKERS | {"ORG"}


def last_break(cut: list[Chunk], topic: Chunk) -> int:
    """Return where the topic's own stretch of the sentence begins: after the last clause that joined or ended before it."""
    for one in reversed(cut[: topic.index]):
        if one.predicate and one.depth <= topic.depth and one.link in ("coordinate", "renyo", "te", "end"):
            return one.index + 1
    return 0
