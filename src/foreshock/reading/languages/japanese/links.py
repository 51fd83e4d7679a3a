"""Links: every chunk finds the chunk on its right that it depends on; the statistical tree is a hint, not a judge.

The method is the head-final, non-crossing attachment of Japanese dependency grammar: the candidates of a chunk are the next
chunk, that chunk's head, its head, and so on. The particle says what may be a head (a noun for の, a predicate for を), the
parser's tree which of those it is, and the strength of a clause's ending (Minami 1974) which clause may hold a topic.
"""

from __future__ import annotations

from foreshock.reading.languages.japanese.chunks import Chunk, Scene, topical
from foreshock.reading.languages.japanese.words import Word

_CLOSED_TO_TOPICS = frozenset(("noun", "condition", "time", "nominal", "because", "purpose_noun", "manner", "question"))
_NARROW = frozenset(("noun", "condition", "time", "because", "purpose_noun"))
_STRONG = frozenset(("end", "quote", "coordinate"))


def attach(scene: Scene) -> None:
    """Set ``to`` of every chunk: the index of the chunk it depends on, -1 for a chunk that nothing holds."""
    owner = {i: chunk.index for chunk in scene.cut for i in range(chunk.first, chunk.last + 1)}
    for chunk in reversed(scene.cut):
        hint = _hint(scene.found, chunk, owner)
        candidates = _candidates(scene.cut, chunk)
        if chunk.predicate:
            chunk.to = _attach_predicate(scene, chunk, candidates, hint)
        elif chunk.link == "noun":
            chunk.to = _attach_adnominal(scene, candidates, hint)
        elif topical(chunk):
            chunk.to = _attach_topic(scene, chunk, candidates, hint)
        else:
            chunk.to = _attach_argument(scene, chunk, candidates, hint)
    _adopt(scene.cut)


def _hint(found: list[Word], chunk: Chunk, owner: dict[int, int]) -> int:
    """Return the chunk that the parser's tree gives as head, or -1."""
    index = chunk.head
    for _ in range(len(found)):
        head = found[index].head
        if head == index:
            return -1
        if owner.get(head, chunk.index) != chunk.index:
            return owner[head]
        index = head
    return -1


def _candidates(cut: list[Chunk], chunk: Chunk) -> list[Chunk]:
    """Return the chunks that ``chunk`` may depend on without crossing a link, a quotation mark or a full stop."""
    result: list[Chunk] = []
    if chunk.ends and chunk.link != "quote":
        return result
    index = chunk.index + 1
    while 0 <= index < len(cut):
        other = cut[index]
        if other.island != chunk.island:
            index += 1
            continue
        if _sees(cut, chunk, other):
            result.append(other)
        if other.link == "end" or other.to < 0:
            break
        index = other.to
    return result


def _sees(cut: list[Chunk], chunk: Chunk, other: Chunk) -> bool:
    """Say whether quotation marks allow it: out of a quote goes its last chunk, into it only a noun's modifier."""
    if other.depth > chunk.depth:
        return chunk.link == "noun" and other.closes
    if other.depth < chunk.depth:
        outward = chunk.link in ("quote", "end")
        return chunk.closes or (outward and all(cut[i].depth >= chunk.depth for i in range(chunk.index, other.index)))
    return not any(cut[i].depth < chunk.depth for i in range(chunk.index, other.index))


def _nominal(found: list[Word], chunk: Chunk) -> bool:
    return found[chunk.head].nominal


def _pick(candidates: list[Chunk], hint: int) -> int:
    by_index = {one.index for one in candidates}
    return hint if hint in by_index else candidates[0].index if candidates else -1


def _attach_predicate(scene: Scene, chunk: Chunk, candidates: list[Chunk], hint: int) -> int:
    if chunk.link == "end":
        return _out_of_quote(scene.cut, chunk)
    if chunk.link in ("noun", "purpose_noun") or (chunk.formal.endswith("の") and chunk.link in ("time", "nominal")):
        return _attach_adnominal(scene, candidates, hint)
    verbs = [one for one in candidates if one.predicate]
    if chunk.link in ("quote", "question", "manner"):
        speakers = [one for one in verbs if lemma(scene.found, one) in scene.lexicon.speech]
        if _conditional(scene, chunk, verbs, speakers):
            chunk.link = "condition"
            return verbs[0].index
        return speakers[0].index if speakers and (chunk.link != "manner" or hint == speakers[0].index) else _pick(verbs, hint)
    if chunk.link in _STRONG:
        strong = [one for one in verbs if one.link in _STRONG or one.link in ("renyo", "te")]
        return _pick(strong or verbs, hint)
    if chunk.link in ("renyo", "te"):
        return _attach_conjoined(scene.cut, chunk, verbs, hint)
    return _pick(verbs, hint)


def _conditional(scene: Scene, chunk: Chunk, verbs: list[Chunk], speakers: list[Chunk]) -> bool:
    """Say whether と after a present form is "when, if": another clause stands between it and the verb of speech."""
    if chunk.link != "quote" or chunk.closes or not verbs or not speakers or verbs[0] is speakers[0]:
        return False
    past = scene.found[chunk.stop - 1].text in ("た", "だ")
    return not past and any(
        one.link == "quote" and one.to == speakers[0].index for one in scene.cut[chunk.index + 1 : speakers[0].index]
    )


def _attach_conjoined(cut: list[Chunk], chunk: Chunk, verbs: list[Chunk], hint: int) -> int:
    """Attach a て or 連用 clause: under a topic it joins a clause that can hold one, at the level where the topic reigns."""
    start = _last_break(cut, chunk)
    topics = [one for one in cut[: chunk.index] if topical(one) and one.depth == chunk.depth]
    if not any(one.index >= start for one in topics):
        return _pick(verbs, hint)
    open_ = [one for one in verbs if one.link not in _NARROW] or verbs
    if hint in {one.index for one in open_} and len(topics) > 1:
        return hint
    wide = [one for one in open_ if not _told(cut, one)]
    own = any(one.marker == "が" and not one.predicate for one in cut[start : chunk.index])
    if own and hint in {one.index for one in open_}:
        return hint
    return _pick(open_ if len(topics) > 1 or own or not wide else wide, -1)


def _told(cut: list[Chunk], chunk: Chunk) -> bool:
    """Say whether a clause is part of what a later clause says, asks or wants."""
    while chunk.to >= 0 and chunk.link != "end":
        if chunk.link in ("quote", "manner", "nominal", "question"):
            return True
        chunk = cut[chunk.to]
    return False


def _out_of_quote(cut: list[Chunk], chunk: Chunk) -> int:
    """A sentence that ends inside a quotation hangs on what the quotation's last clause hangs on."""
    if not chunk.depth:
        return -1
    for other in cut[chunk.index + 1 :]:
        if other.depth < chunk.depth:
            return -1
        if other.closes:
            return other.to if other.link == "quote" else -1
    return -1


def _attach_adnominal(scene: Scene, candidates: list[Chunk], hint: int) -> int:
    nouns = [one for one in candidates if _nominal(scene.found, one)]
    if hint >= 0 and scene.cut[hint].predicate and candidates and hint in {one.index for one in candidates} and not nouns:
        return hint
    return _pick(nouns or candidates, hint)


def _attach_argument(scene: Scene, chunk: Chunk, candidates: list[Chunk], hint: int) -> int:
    verbs = [one for one in candidates if one.predicate]
    nouns = [one for one in candidates if not one.predicate and _nominal(scene.found, one)]
    outer = _occasion(scene, chunk, verbs)
    if outer >= 0:
        return outer
    outer = _addressee(scene, chunk, verbs)
    if outer >= 0:
        return outer
    wide = [one for one in verbs if one.link not in ("noun", "nominal")]
    if wide and chunk.index and _timely(scene, chunk) and topical(scene.cut[chunk.index - 1]):
        return _first_told(wide, hint)
    if verbs and (_localises(scene, chunk) or (chunk.marker == "" and _timely(scene, chunk))):
        return _first_told(verbs, hint)
    if chunk.marker == "" and verbs and _headline_subject(scene, chunk):
        return verbs[0].index
    joins = chunk.marker in (
        "と",
        "や",
        "か",
        "および",
        "及び",
        "ならびに",
        "並びに",
        "もしくは",
        "あるいは",
        "・",
        "",
        "など",
        "または",
        "とか",
        "だけでなく",
    )
    if joins and hint in {one.index for one in nouns}:
        return hint
    if (
        chunk.marker in ("や", "および", "及び", "または", "あるいは", "ならびに", "もしくは")
        and candidates
        and _nominal(scene.found, candidates[0])
    ):
        return candidates[0].index
    if chunk.kind == "adverb" and hint in {one.index for one in candidates}:
        return hint
    return _pick(verbs or nouns, hint)


def _occasion(scene: Scene, chunk: Chunk, verbs: list[Chunk]) -> int:
    """Return the verb of speech that a place or time right after the speaker belongs to: 報道官は会見で、…と述べた."""
    if not scene.comma(chunk) or not verbs or chunk.index == 0 or chunk.marker not in ("で", "", "に"):
        return -1
    speaker = scene.cut[chunk.index - 1]
    outer = _speech_above(scene.cut, verbs[0])
    return outer if topical(speaker) and outer >= 0 and _speaks(scene, speaker, verbs[0], outer) else -1


def _headline_subject(scene: Scene, chunk: Chunk) -> bool:
    """Say whether a first noun before a comma is the one that acts, and no part of a list: 与野党、停戦で合意."""
    if chunk.index or not scene.comma(chunk) or len(scene.cut) < 3:
        return False
    people = scene.lexicon.people
    return bool(people.search(scene.found[chunk.head].text)) and not people.search(scene.found[scene.cut[1].head].text)


def _localises(scene: Scene, chunk: Chunk) -> bool:
    """Say whether では or には names the place of what is reported: 首都では…と発表した."""
    topic = chunk.marker in ("で", "に") and chunk.particles[-1:] == ("は",)
    head = scene.found[chunk.head].text
    return topic and head not in scene.lexicon.occasions and not scene.personal(chunk)


def _first_told(verbs: list[Chunk], hint: int) -> int:
    """Return the parser's choice, or the reported clause before it that a place or time at the beginning belongs to."""
    open_ = [one for one in verbs if one.link not in _CLOSED_TO_TOPICS] or verbs
    if open_[0].link == "quote" and hint != open_[0].index:
        return open_[0].index
    return _pick(verbs, hint)


def _timely(scene: Scene, chunk: Chunk) -> bool:
    words = "".join(w.text for w in scene.found[chunk.first : chunk.head + 1])
    return scene.comma(chunk) and bool(scene.lexicon.times.search(words))


def _addressee(scene: Scene, chunk: Chunk, verbs: list[Chunk]) -> int:
    """Return the verb of asking or telling whose addressee the chunk is: 国民に…避けるよう助言した."""
    person = chunk.marker != "に" or bool(scene.lexicon.people.search(scene.found[chunk.head].text))
    if chunk.marker not in ("に", "に対し", "に対して") or not person:
        return -1
    for one in verbs:
        if one.link == "manner" and one.to >= 0 and lemma(scene.found, scene.cut[one.to]) in scene.lexicon.directives:
            return one.to
    return -1


def _attach_topic(scene: Scene, chunk: Chunk, candidates: list[Chunk], hint: int) -> int:
    """A topic reaches over subordinate clauses; before reported speech it is the speaker if it can speak and is first."""
    verbs = [one for one in candidates if one.predicate]
    open_ = [one for one in verbs if one.link not in _CLOSED_TO_TOPICS] or verbs
    if not open_:
        return _pick(candidates, hint)
    for one in open_:
        if one.link in ("renyo", "te", "coordinate", "adverbial") and _has_subject(scene.cut, chunk, one) and len(open_) > 1:
            continue
        if one.link == "te" and len(open_) > 1 and not scene.comma(one):
            continue
        if one.to < 0 or (one.link != "quote" and scene.cut[one.to].link != "quote"):
            return one.index if one.link != "adverbial" or hint == one.index else _after(open_, one, hint)
        outer = _speech_above(scene.cut, one)
        if outer >= 0 and _speaks(scene, chunk, one, outer):
            return outer
        return one.index
    return open_[-1].index


def _after(open_: list[Chunk], one: Chunk, hint: int) -> int:
    rest = [other.index for other in open_ if other.index > one.index]
    return hint if hint in rest else rest[0] if rest else one.index


def _speech_above(cut: list[Chunk], chunk: Chunk) -> int:
    while chunk.link != "quote" and chunk.to >= 0:
        chunk = cut[chunk.to]
    return chunk.to if chunk.link == "quote" else -1


def _has_subject(cut: list[Chunk], topic: Chunk, predicate: Chunk) -> bool:
    return any(
        one.to == predicate.index and one.marker == "が" and not one.predicate for one in cut[topic.index + 1 : predicate.index]
    )


def _speaks(scene: Scene, topic: Chunk, inner: Chunk, outer: int) -> bool:
    """Say whether the topic is the subject of the verb of speech at ``outer`` and not of the words reported."""
    quote = next((i for i in range(inner.index, outer) if scene.cut[i].link == "quote"), inner.index)
    if any(not one.predicate and (one.marker == "が" or topical(one)) for one in scene.cut[quote + 1 : outer]):
        return False
    if scene.cut[outer].formal.startswith("のは"):
        return False
    before = scene.cut[_last_break(scene.cut, topic) : topic.index]
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
    return (
        holder
        or subject
        or bool(scene.found[topic.head].entity in ("Person", "Country", "Position_Vocation", "Political_Organization_Other"))
    )


def _last_break(cut: list[Chunk], topic: Chunk) -> int:
    """Return where the topic's own stretch of the sentence begins: after the last clause that joined or ended before it."""
    for one in reversed(cut[: topic.index]):
        if one.predicate and one.depth <= topic.depth and one.link in ("coordinate", "renyo", "te", "end"):
            return one.index + 1
    return 0


def _adopt(cut: list[Chunk]) -> None:
    """Give chunks that nothing holds, and that are no predicate, to the nearest predicate on the left, else on the right."""
    for chunk in cut:
        if chunk.predicate or chunk.to >= 0:
            continue
        before = [one for one in cut[: chunk.index] if one.predicate and one.link == "end"]
        after = [one for one in cut[chunk.index + 1 :] if one.predicate and not one.island]
        chunk.to = before[-1].index if before else after[-1].index if after else -1


def passive(found: list[Word], chunk: Chunk) -> bool:
    """Say whether れる or られる follows the predicate directly."""
    for word in found[chunk.head + 1 : chunk.stop]:
        if word.lemma in ("れる", "られる") and word.is_("助動詞"):
            return True
        if word.is_("助詞") and word.text not in ("て", "で"):
            return False
    return False


def lemma(found: list[Word], chunk: Chunk) -> str:
    """Return the dictionary form of a predicate: the verbal noun, the noun, or the verb; 無い is ある, negated."""
    head = found[chunk.head]
    if head.predicative:
        if head.lemma in ("ない", "無い"):
            return "ある"
        if head.lemma == "する" and chunk.head and found[chunk.head - 1].text in ("と", "」"):
            return "とする"
        before = found[chunk.head - 1].text if chunk.head > chunk.first else ""
        if before == "に":
            return "".join(w.text for w in found[chunk.first : chunk.head]) + head.lemma
        if head.lemma in ("付ける", "づける", "付く", "づく") and chunk.head > chunk.first and found[chunk.head - 1].nominal:
            return found[chunk.head - 1].text + head.lemma
        left = [found[i] for i in range(chunk.first, chunk.head)]
        return "".join(w.text for w in left if w.predicative) + head.lemma
    if (
        head.is_("接尾辞-名詞的")
        and not head.is_("接尾辞-名詞的-助数詞")
        and chunk.head > chunk.first
        and found[chunk.head - 1].is_("名詞-普通名詞")
        and not found[chunk.head - 1].text.isascii()
    ):
        return "".join(w.text for w in found[chunk.first : chunk.head + 1])
    return head.lemma.lower() if head.text.isascii() else head.text
