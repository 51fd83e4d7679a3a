"""Links: every chunk finds the chunk on its right that it depends on; the statistical tree is a hint, not a judge.

The method is the head-final, non-crossing attachment of Japanese dependency grammar: the candidates of a chunk are the next
chunk, that chunk's head, its head, and so on. The particle says what may be a head (a noun for の, a predicate for を), the
parser's tree which of those it is, and the strength of a clause's ending (Minami 1974) which clause may hold a topic.
"""

from __future__ import annotations

from foreshock.reading.languages.japanese.chunks import CITED, Chunk, Scene, topical
from foreshock.reading.languages.japanese.topics import CLOSED, attach_topic, is_thing, last_break, pick, speaks
from foreshock.reading.languages.japanese.verbs import describes, lemma
from foreshock.reading.languages.japanese.words import PLACES, SPEAKERS, Word

_NARROW = frozenset(("noun", "condition", "time", "because", "purpose_noun"))
# No sentence that anyone meant to be read offers a chunk as many heads; the bound keeps text without a stop from costing n^2.
_MOST = 100
_STRONG = frozenset(("end", "quote", "coordinate"))


def attach(scene: Scene) -> None:
    """Set ``to`` of every chunk: the index of the chunk it depends on, -1 for a chunk that nothing holds."""
    owner = {i: chunk.index for chunk in scene.cut for i in range(chunk.first, chunk.last + 1)}
    _survey(scene.cut)
    for chunk in reversed(scene.cut):
        hint = _hint(scene.found, chunk, owner)
        candidates = _candidates(scene, chunk)
        if chunk.predicate:
            chunk.to = _attach_predicate(scene, chunk, candidates, hint)
        elif chunk.link == "noun":
            chunk.to = _attach_adnominal(scene, candidates, hint)
        elif topical(chunk):
            chunk.to = attach_topic(scene, chunk, candidates, hint)
        else:
            chunk.to = _attach_argument(scene, chunk, candidates, hint)
        _note(scene.cut, chunk)
    _adopt(scene.cut)
    for chunk in scene.cut:
        if chunk.to >= 0:
            scene.cut[chunk.to].under.append(chunk.index)


def _survey(cut: list[Chunk]) -> None:
    """Set ``wall`` of every chunk (the number of chunks where none is less deep) and ``topics``."""
    open_: list[Chunk] = []
    topics: dict[int, tuple[int, int]] = {}
    for chunk in cut:
        chunk.topics = topics.get(chunk.depth, (0, -1))
        if topical(chunk):
            topics[chunk.depth] = (chunk.topics[0] + 1, chunk.index)
        while open_ and open_[-1].depth > chunk.depth:
            open_.pop().wall = chunk.index
        open_.append(chunk)
    for chunk in open_:
        chunk.wall = len(cut)


def _note(cut: list[Chunk], chunk: Chunk) -> None:
    """Write down what follows from the link of a chunk whose right side is linked already."""
    above = cut[chunk.to] if chunk.to >= 0 else None
    chunk.speech = chunk.to if chunk.link == "quote" else above.speech if above else -1
    if above is None:
        return
    inner = chunk.link in ("quote", "manner", "nominal", "question")
    chunk.told = chunk.link != "end" and (inner or above.told)
    above.subject |= chunk.marker == "が" and not chunk.predicate


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


def _candidates(scene: Scene, chunk: Chunk) -> list[Chunk]:
    """Return the chunks that ``chunk`` may depend on without crossing a link, a quotation mark or a full stop."""
    cut = scene.cut
    result: list[Chunk] = []
    if chunk.ends and chunk.link != "quote":
        return result
    index = chunk.index + 1
    while 0 <= index < len(cut) and len(result) < _MOST:
        other = cut[index]
        if other.island != chunk.island:
            index += 1
            continue
        if _sees(scene, chunk, other):
            result.append(other)
        if other.link == "end" or other.to < 0:
            break
        index = other.to
    return result


def _sees(scene: Scene, chunk: Chunk, other: Chunk) -> bool:
    """Say whether quotation marks allow it: out of a quote goes its last chunk, into it a noun's modifier or a topic that is a
    thing, where only its predicate is quoted (流行は「峠を越した」).
    """
    if other.depth > chunk.depth:
        thing = topical(chunk) and not other.subject and is_thing(scene, chunk)
        return other.closes and (chunk.link == "noun" or thing)
    if other.depth < chunk.depth:
        outward = chunk.link in ("quote", "end")
        return chunk.closes or (outward and other.index <= chunk.wall)
    return other.index <= chunk.wall


def _nominal(found: list[Word], chunk: Chunk) -> bool:
    return found[chunk.head].nominal


def _attach_predicate(scene: Scene, chunk: Chunk, candidates: list[Chunk], hint: int) -> int:
    if chunk.link == "end":
        return _out_of_quote(scene.cut, chunk)
    if chunk.link in ("noun", "purpose_noun") or (chunk.formal.endswith("の") and chunk.link in ("time", "nominal")):
        return _attach_adnominal(scene, candidates, hint)
    verbs = [one for one in candidates if one.predicate]
    if chunk.formal == "とも" and verbs and verbs[0].formal == "とも" and verbs[0].to >= 0:
        # 通ったとも退けられたとも言えない
        return verbs[0].to
    if chunk.link in ("quote", "question", "manner"):
        speakers = [one for one in verbs if lemma(scene.found, one) in scene.lexicon.speech]
        if _conditional(scene, chunk, verbs, speakers):
            chunk.link = "condition"
            return verbs[0].index
        return speakers[0].index if speakers and (chunk.link != "manner" or hint == speakers[0].index) else pick(verbs, hint)
    if chunk.formal in ("ことも", "のも") and verbs and verbs[0].tail.find(chunk.formal) >= 0 and verbs[0].to >= 0:
        # A することも B することもない: two contents side by side.
        return verbs[0].to
    if chunk.link == "condition" and verbs and verbs[0].link == "quote":
        # …すれば、…すると分析した: what is said hangs on the condition, not that it is said.
        return verbs[0].index
    if chunk.link in _STRONG:
        strong = [one for one in verbs if one.link in _STRONG or one.link in ("renyo", "te")]
        return pick(strong or verbs, hint)
    if chunk.link in ("renyo", "te"):
        return _attach_conjoined(scene.cut, chunk, verbs, hint)
    return pick(verbs, hint)


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
    start = last_break(cut, chunk)
    topics, last = chunk.topics
    if last < start:
        return pick(verbs, hint)
    open_ = [one for one in verbs if one.link not in _NARROW] or verbs
    if hint in {one.index for one in open_} and topics > 1:
        return hint
    wide = [one for one in open_ if not one.told]
    own = any(one.marker == "が" and not one.predicate for one in cut[start : chunk.index])
    if own and hint in {one.index for one in open_}:
        return hint
    return pick(open_ if topics > 1 or own or not wide else wide, -1)


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
    return pick(nouns or candidates, hint)


def _attach_argument(scene: Scene, chunk: Chunk, candidates: list[Chunk], hint: int) -> int:
    verbs = [one for one in candidates if one.predicate]
    nouns = [one for one in candidates if not one.predicate and _nominal(scene.found, one)]
    if _appositive(scene, chunk):
        return chunk.index + 1
    if verbs and _own_subject(scene, chunk):
        return verbs[0].index
    outer = _occasion(scene, chunk, verbs)
    if outer >= 0:
        return outer
    outer = _addressee(scene, chunk, verbs)
    if outer >= 0:
        return outer
    if chunk.marker == "に" and not topical(chunk):
        verbs = [one for one in verbs if not _bare_adjective(scene, one)] or verbs
    if _placed(scene, chunk):
        verbs = [one for one in verbs if not describes(scene.found, one, scene.lexicon)] or verbs
    wide = [one for one in verbs if one.link not in ("noun", "nominal")]
    if wide and (CITED.search(chunk.marker) or chunk.marker == "にとって"):
        # Who says it, or for whom it holds, is said of a statement, never of a noun's modifier.
        return pick(wide, hint)
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
    return pick(verbs or nouns, hint)


def _appositive(scene: Scene, chunk: Chunk) -> bool:
    """Say whether a noun says what the name in quotation marks right after it is: 地元紙「夜明け」は."""
    after = scene.cut[chunk.index + 1] if chunk.index + 1 < len(scene.cut) else None
    return after is not None and after.named and after.opens and chunk.last == chunk.head and chunk.island == after.island


def _own_subject(scene: Scene, chunk: Chunk) -> bool:
    """Say whether a が, or a time right after one, belongs to the next predicate: a topic before it is the outer one's subject.

    高官は特使が先週末、町で代表と会ったことを否定した
    """
    subject = scene.cut[chunk.index - 1] if chunk.marker == "" and chunk.index and _timely(scene, chunk) else chunk
    if subject.marker != "が" or subject.predicate or subject.depth != chunk.depth:
        return False
    if subject is chunk and scene.comma(chunk):
        return False
    for one in reversed(scene.cut[: subject.index]):
        if one.predicate or one.island != chunk.island:
            return False
        if topical(one) and one.depth == chunk.depth:
            return scene.personal(one) or scene.found[one.head].entity in SPEAKERS | {"ORG"}
    return False


def _placed(scene: Scene, chunk: Chunk) -> bool:
    """Say whether a chunk names a place: 近郊で武装した男らが発砲した tells where they shot, 銃で武装した what they bore."""
    inside = scene.found[chunk.first : chunk.head + 1]
    return inside[-1].text in scene.lexicon.time_nouns or any(word.entity in PLACES for word in inside)


def _bare_adjective(scene: Scene, chunk: Chunk) -> bool:
    """Say whether an adjective before a noun takes no に of its own: 危機に深い懸念を表明した, but 首都に近い町."""
    head = scene.found[chunk.head]
    return chunk.link == "noun" and not chunk.formal and head.is_("形容詞") and head.lemma not in scene.lexicon.takes_ni


def _occasion(scene: Scene, chunk: Chunk, verbs: list[Chunk]) -> int:
    """Return the verb of speech that a place or time right after the speaker belongs to: 報道官は会見で、…と述べた."""
    if not scene.comma(chunk) or not verbs or chunk.index == 0 or chunk.marker not in ("で", "", "に"):
        return -1
    speaker = scene.cut[chunk.index - 1]
    outer = verbs[0].speech
    return outer if topical(speaker) and outer >= 0 and speaks(scene, speaker, verbs[0], outer) else -1


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
    open_ = [one for one in verbs if one.link not in CLOSED] or verbs
    if open_[0].link == "quote" and hint != open_[0].index:
        return open_[0].index
    return pick(verbs, hint)


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


def _adopt(cut: list[Chunk]) -> None:
    """Give chunks that nothing holds, and that are no predicate, to the nearest predicate on the left, else on the right."""
    outside = any(one.predicate and not one.depth for one in cut)
    for chunk in cut:
        if chunk.predicate or chunk.to >= 0 or (not outside and not chunk.depth and not chunk.island):
            # 警察「解散せよ」: who speaks in a heading is no part of what is said.
            continue
        before = [one for one in cut[: chunk.index] if one.predicate and one.link == "end"]
        after = [one for one in cut[chunk.index + 1 :] if one.predicate and not one.island]
        chunk.to = before[-1].index if before else after[-1].index if after else -1
