"""Clauses: linked chunks become the contract's clauses, each with its relation, span, polarity and moods."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from foreshock.reading.languages.base import Argument, Clause, Mood, Relation
from foreshock.reading.languages.japanese.arguments import arguments, inherit
from foreshock.reading.languages.japanese.chunks import CITED, Chunk, Scene
from foreshock.reading.languages.japanese.lexicon import Lexicon
from foreshock.reading.languages.japanese.verbs import describes, lemma, passive
from foreshock.reading.languages.japanese.words import Word

_CONTENT_NOUNS = frozenset(("こと", "もの", "の", "点", "旨", "よう", "件"))
_FACTS = frozenset(("ことは", "ことが", "ことも", "のは", "のが"))
_INSIDE = frozenset(("relative", "condition", "purpose", "content", "question"))
# Moods beside which a plain present says no more of its time.
_COLOURED = frozenset(
    ("future", "possible", "probable", "hypothetical", "wish", "obligation", "intention", "imperative", "ongoing", "attempt")
)
_HEARSAY_TAIL = re.compile(r"と(?:いう|いいます|のこと).*$")


@dataclass(slots=True)
class Draft:
    """A clause while it is being built, on its predicate chunk."""

    chunk: Chunk
    relation: Relation = "root"
    parent: Draft | None = None
    own: list[Chunk] = field(default_factory=list)
    arguments: list[Argument] = field(default_factory=list)
    lemma: str = ""
    passive: bool = False
    children: list[Draft] = field(default_factory=list)


def clauses(scene: Scene) -> tuple[Clause, ...]:
    """Return the clauses of a sentence in order of their first word."""
    found, cut, lexicon = scene.found, scene.cut, scene.lexicon
    drafts = {chunk.index: Draft(chunk) for chunk in cut if chunk.predicate and not _modifier(found, cut, chunk, lexicon)}
    for chunk in cut:
        owner = _owner(cut, chunk, drafts)
        if owner is not None:
            owner.own.append(chunk)
    for draft in drafts.values():
        draft.lemma = lemma(found, draft.chunk)
        draft.passive = passive(found, draft.chunk)
        _relate(found, cut, draft, drafts, lexicon)
    for draft in drafts.values():
        if draft.parent is not None:
            draft.parent.children.append(draft)
    for draft in drafts.values():
        draft.arguments = arguments(scene, draft)
    for draft in drafts.values():
        _out_of_question(draft)
    inherit(scene, list(drafts.values()))
    spans: dict[int, tuple[int, int]] = {}
    for index, draft in reversed(drafts.items()):
        # From the right: what a clause announces stands after it and has its span already.
        spans[index] = _span(found, draft, spans)
    ordered = sorted(drafts.values(), key=lambda one: (spans[one.chunk.index][0], -spans[one.chunk.index][1]))
    number = {id(draft): index for index, draft in enumerate(ordered)}
    return tuple(
        Clause(
            index,
            spans[draft.chunk.index][0] + scene.offset,
            spans[draft.chunk.index][1] + scene.offset,
            draft.lemma,
            tuple(i for i in range(draft.chunk.first, draft.chunk.head + 1) if not found[i].mark) or (draft.chunk.head,),
            tuple(sorted({i for one in draft.own for i in (*range(one.first, one.last + 1), *one.extra)})),
            tuple(sorted(draft.arguments, key=lambda one: one.start)),
            _negated(found, draft, lexicon),
            draft.passive,
            _moods(found, draft, lexicon),
            draft.relation,
            number[id(draft.parent)] if draft.parent else None,
        )
        for index, draft in enumerate(ordered)
    )


def _out_of_question(draft: Draft) -> None:
    """Hang a coordinate clause beside an embedded question on what the question hangs on, where each has a subject of its own.

    起源はなく、男性が参加したかどうかもわからない: that there is no origin is not in question.
    """
    question = draft.parent
    if draft.relation != "coordinate" or question is None or question.relation != "question" or question.parent is None:
        return
    if all(any(one.role == "subject" for one in each.arguments) for each in (draft, question)):
        question.children.remove(draft)
        draft.parent = question.parent
        draft.parent.children.append(draft)


def _modifier(found: list[Word], cut: list[Chunk], chunk: Chunk, lexicon: Lexicon) -> bool:
    """Say whether an adnominal adjective (激しい抗議) or a verb that describes (武装した男) stands alone and is no clause."""
    if chunk.link != "noun" or chunk.formal or any(cut[index].kind == "noun" for index in chunk.under):
        return False
    return describes(found, chunk, lexicon) or found[chunk.head].is_("形容詞", "形状詞")


def _owner(cut: list[Chunk], chunk: Chunk, drafts: dict[int, Draft]) -> Draft | None:
    index = chunk.index
    while index >= 0 and index not in drafts:
        index = cut[index].to
    return drafts.get(index)


def _relate(found: list[Word], cut: list[Chunk], draft: Draft, drafts: dict[int, Draft], lexicon: Lexicon) -> None:
    """Set relation and parent of a clause from its link and from what it hangs on."""
    chunk = draft.chunk
    target = cut[chunk.to] if chunk.to >= 0 else None
    draft.parent = _owner(cut, target, drafts) if target else None
    if chunk.island and (draft.parent is None or not draft.parent.chunk.island):
        before = [one for one in cut[: chunk.index] if one.island != chunk.island] or [one for one in cut if not one.island]
        draft.parent = _owner(cut, before[-1], drafts) if before else None
        draft.relation = "parenthesis" if draft.parent else "root"
        return
    if draft.parent is None or draft.parent is draft:
        draft.parent = _announced(found, cut, draft, drafts, lexicon)
        draft.relation = "content" if draft.parent else "root"
        return
    draft.relation = _relation(found, draft, target, lexicon)


def _announced(found: list[Word], cut: list[Chunk], draft: Draft, drafts: dict[int, Draft], lexicon: Lexicon) -> Draft | None:
    """Return the clause of speech before a colon that announces these words: 彼は宣言しました:「…」.

    Words with a source of their own (…された:市によると、…) are not what it says.
    """
    first = min(one.index for one in draft.own)
    before = drafts.get(first - 1)
    if before is None or before.chunk.link != "end" or lemma(found, before.chunk) not in lexicon.speech:
        return None
    if any(CITED.search(one.marker) for one in draft.own):
        return None
    between = (found[i].text for i in range(before.chunk.stop, found[cut[first].first].index))
    return before if any(text in (":", "：") for text in between) else None


def _relation(found: list[Word], draft: Draft, target: Chunk | None, lexicon: Lexicon) -> Relation:
    chunk = draft.chunk
    parent = draft.parent
    above = lemma(found, parent.chunk) if parent else ""
    link = chunk.link
    past = found[chunk.stop - 1].text in ("た", "だ") and bool(chunk.tail)
    if link == "end":
        return "content"
    if link == "quote":
        named = not chunk.tail and found[chunk.head].nominal
        if above in lexicon.speech or past or chunk.closes or named:
            return "content"
        return "adverbial" if parent and _in_time(found, chunk, parent.chunk) else "condition"
    if link == "noun" and target is not None:
        return _adnominal(found, chunk, target, lexicon)
    if link == "nominal":
        return "adverbial" if _fact_as_subject(found, draft, lexicon) else "content"
    if link == "question":
        return "question"
    if link == "manner":
        return "content" if above in lexicon.speech and not past else "adverbial" if past else "purpose"
    if link == "because":
        return "purpose" if "に" in chunk.formal and not past else "adverbial"
    if link == "purpose_noun":
        return "purpose"
    if link == "condition":
        return "adverbial" if parent and _in_time(found, chunk, parent.chunk) else "condition"
    if link in ("adverbial", "time"):
        return "adverbial"
    if draft.lemma in lexicon.circumstance_verbs and link in ("te", "renyo"):
        return "adverbial"
    bare = len(draft.own) == 1 and link == "te" and chunk.to == chunk.index + 1
    return "adverbial" if bare else "coordinate"


def _in_time(found: list[Word], chunk: Chunk, above: Chunk) -> bool:
    """Say whether と、 or たら、 tells when and not if: what follows is told as past (こう告げると、門を開けた)."""
    after = "".join(word.text for word in found[chunk.stop - 1 : chunk.last + 1])
    last = found[above.stop - 1]
    told = above.link in ("end", "coordinate", "te", "renyo") and last.lemma == "た" and last.is_("助動詞")
    return told and after.endswith(("と、", "たら、", "だら、"))


def _fact_as_subject(found: list[Word], draft: Draft, lexicon: Lexicon) -> bool:
    """Say whether a こと clause is what tells and not what is told: …ことは、新たな局面を告げる."""
    parent = draft.parent
    if (
        parent is None
        or draft.chunk.formal not in _FACTS
        or lemma(found, parent.chunk) not in lexicon.speech
        or passive(found, parent.chunk)
    ):
        return False
    return any(one.marker == "を" and one.to == parent.chunk.index for one in parent.own)


def _adnominal(found: list[Word], chunk: Chunk, target: Chunk, lexicon: Lexicon) -> Relation:
    noun = found[target.head].text
    whole = "".join(w.text for w in found[target.first : target.head + 1])
    if chunk.formal.startswith("と"):
        return "content" if noun in lexicon.frame_nouns or whole in lexicon.frame_nouns or noun in _CONTENT_NOUNS else "relative"
    return "content" if noun in lexicon.bare_nouns or noun in _CONTENT_NOUNS else "relative"


def _span(found: list[Word], draft: Draft, spans: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """Return the clause's span: its own chunks and its inner clauses, without conjunctions before and particles after."""
    chunk = draft.chunk
    inside = [one for one in _inner(draft) if one.island == chunk.island]
    joined = max((other.chunk.index for other in draft.children if other.relation == "coordinate"), default=-1)
    first = min((one.first for one in inside if not _skipped(one, draft, joined)), default=chunk.first)
    last = found[chunk.stop - 1].end
    cut = _HEARSAY_TAIL.search(chunk.tail)
    if cut and draft.relation in ("root", "coordinate"):
        last = found[chunk.head].end + cut.start()
    if chunk.formal_end > 0 and (chunk.link == "te" or draft.relation in ("condition", "adverbial", "purpose")):
        last = chunk.formal_end
    after = [one for one in draft.own if one.island == chunk.island and one.index > chunk.index and one.kind != "adverb"]
    announced = [one for one in draft.children if one.chunk.index > chunk.index and one.relation == "content"]
    if announced:
        last = max(last, *(spans[one.chunk.index][1] for one in announced))
    if after:
        last = max(last, *(found[one.head].end for one in after))
    return found[first].start, max(last, found[chunk.head].end)


def _skipped(one: Chunk, draft: Draft, joined: int) -> bool:
    """Say whether a chunk stands before the clause: a conjunction, or what opens a clause that it is joined to."""
    if one.index >= draft.chunk.index:
        return False
    return one.kind == "conjunction" or (one.index < joined and (one.kind == "adverb" or "によ" in one.marker))


def _inner(draft: Draft) -> list[Chunk]:
    """Return the chunks of a clause and of the clauses inside it, however deep they nest."""
    result: list[Chunk] = []
    waiting = [draft]
    while waiting:
        one = waiting.pop()
        result.extend(one.own)
        waiting.extend(other for other in one.children if other.relation in _INSIDE)
    return result


def _tail(found: list[Word], chunk: Chunk) -> str:
    final = ""
    if chunk.stop < len(found) and found[chunk.stop].is_("助詞-終助詞"):
        final = found[chunk.stop].text
    return chunk.tail + final


def _negated(found: list[Word], draft: Draft, lexicon: Lexicon) -> bool:
    """Count what turns the predicate; two turns are none, and turns that assert (ざるを得ない) do not count."""
    tail = lexicon.neutral.sub("", _tail(found, draft.chunk))
    count = len(lexicon.negatives.findall(tail))
    if found[draft.chunk.head].lemma in ("ない", "無い"):
        count += 1
    if any("しか" in one.particles for one in draft.own):
        count += 1
    return bool(count % 2)


def _moods(found: list[Word], draft: Draft, lexicon: Lexicon) -> frozenset[Mood]:
    chunk = draft.chunk
    tail = found[chunk.head].text + _tail(found, chunk)
    moods: set[Mood] = {name for name, pattern in lexicon.moods if pattern.search(tail)}
    texts = {found[i].text for one in draft.own for i in range(one.first, one.last + 1) if not one.predicate or one is not chunk}
    texts |= {"".join(found[i].text for i in range(one.first, one.last + 1) if not found[i].mark) for one in draft.own}
    moods |= {name for name, adverbs in lexicon.mood_adverbs if texts & adverbs}
    if any(found[i].form.startswith("命令形") for i in range(chunk.head, chunk.stop)) and chunk.link == "end":
        moods.add("imperative")
    if not moods & _COLOURED and _to_come(found, draft, lexicon):
        moods.add("future")
    if draft.passive and re.search(r"れて(?:い|お)", chunk.tail) and draft.lemma not in lexicon.stateless:
        moods.add("ongoing")
    supposed = "はず" in tail or any(one.relation == "condition" for one in draft.children)
    if not supposed:
        # 越えただろう, 越えたかもしれない guess at the past; only under a condition do they tell what did not happen.
        moods.discard("hypothetical")
    if "hearsay" in moods and chunk.tail.endswith(("ことです", "ことだ", "ことである")) and _explains(found, draft, lexicon):
        moods.discard("hearsay")
    return frozenset(moods)


def _to_come(found: list[Word], draft: Draft, lexicon: Lexicon) -> bool:
    """Say whether the plain present of an act that somebody tells is what is to come: 国境を閉鎖すると発表した."""
    chunk, parent = draft.chunk, draft.parent
    words = found[chunk.head : chunk.stop]
    if draft.relation in ("root", "coordinate") and _HEARSAY_TAIL.search(chunk.tail):
        words = words[: next(place for place, word in enumerate(words) if word.text == "と")]
    elif (
        draft.relation != "content"
        or chunk.link != "quote"
        or parent is None
        or lemma(found, parent.chunk) not in lexicon.frames["asserted"]
    ):
        return False
    if not words:
        return False
    plain = words[-1].form.startswith("終止形") or words[-1].form.startswith("連体形")
    acts = any(word.is_("動詞") for word in words) and not any(word.is_("助詞", "形容詞", "助動詞-ない") for word in words)
    present = words[-1].lemma not in ("た", "ない", "ぬ", "だ", "です", "まい", "たい", "ます")
    return present and plain and acts and draft.lemma not in lexicon.states


def _explains(found: list[Word], draft: Draft, lexicon: Lexicon) -> bool:
    """Say whether …ということです explains a topic (教訓は…ということです) and reports no hearsay."""
    topics = [one for one in draft.arguments if one.marker == "は"]
    return any(not lexicon.people.search(found[one.head].text) for one in topics)
