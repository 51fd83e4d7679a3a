"""Arguments: the noun chunks of a clause, with role and marker; antecedents of relative clauses and shared subjects."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from foreshock.reading.languages.base import Argument, Role
from foreshock.reading.languages.japanese.chunks import CITED, Chunk, Scene
from foreshock.reading.languages.japanese.words import CLOSING, OPENING, SPEAKERS

if TYPE_CHECKING:
    from foreshock.reading.languages.japanese.clauses import Draft

_DOERS = frozenset(("によって", "により", "によりまして", "の手で"))
_STAYS = frozenset(("ある", "いる", "おる", "できる", "続く", "残る", "なる"))
_SUBJECTS = frozenset(("が", "は", "も", "こそ"))


def arguments(scene: Scene, draft: Draft) -> list[Argument]:
    """Return the arguments of a clause, antecedent included."""
    result: list[Argument] = []
    chunk = draft.chunk
    nouns = [
        one
        for one in (scene.cut[index] for index in chunk.under)
        if (one.island == chunk.island or one.marker) and one.kind == "noun" and not one.predicate and one.link != "noun"
    ]
    with_ga = any(one.marker == "が" for one in nouns)
    with_wo = any(one.marker == "を" for one in nouns)
    for one in nouns:
        start = phrase_start(scene, one)
        role = _role(scene, draft, one, with_ga=with_ga, with_wo=with_wo)
        if one.marker == "" and role == "oblique" and _bare_subject(scene, nouns, one):
            role = "object" if draft.passive else "subject"
        result.append(_argument(scene, role, one.marker, start, one.head))
    _owner_of_charge(scene, draft, nouns, result)
    _compound(scene, draft, result)
    _cleft(scene, draft, result)
    if draft.relation == "relative" and chunk.to >= 0:
        _antecedent(scene, draft, result)
    return result


def _argument(scene: Scene, role: Role, marker: str, first: int, head: int) -> Argument:
    start, end = scene.found[first].start, scene.found[head].end
    inside = scene.text[start:end]
    if scene.text[max(0, start - 1) : start] in OPENING and any(mark in inside for mark in CLOSING):
        start -= 1
    elif scene.text[end : end + 1] in CLOSING and any(mark in inside for mark in OPENING):
        end += 1
    return Argument(role, marker, start + scene.offset, end + scene.offset, scene.text[start:end], head)


def phrase_start(scene: Scene, chunk: Chunk) -> int:
    """Return the first word of a noun phrase: the chunk and the nouns, determiners and lone adjectives that modify it."""
    inside = {chunk.index}
    first = chunk.first
    for one in reversed(scene.cut[: chunk.index]):
        if one.to not in inside or one.island != chunk.island or one.kind in ("conjunction",):
            break
        if one.predicate and (not scene.found[one.head].is_("形容詞", "形状詞") or one.under or one.formal):
            break
        if not one.predicate and one.link not in ("noun", "argument"):
            break
        inside.add(one.index)
        first = one.first
    return first


def _words(scene: Scene, chunk: Chunk) -> str:
    return "".join(word.text for word in scene.found[chunk.first : chunk.head + 1])


def _role(scene: Scene, draft: Draft, one: Chunk, *, with_ga: bool, with_wo: bool) -> Role:
    marker = one.marker
    person = scene.personal(one)
    timely = bool(scene.lexicon.times.search(_words(scene, one)))
    if marker == "が":
        return "object" if draft.passive else "subject"
    if marker in ("は", "も", "こそ"):
        if timely and not person:
            return "oblique"
        if not with_ga and not with_wo and not person and (_told(scene, draft, one) or _done(scene, draft)):
            return "object"
        if not with_ga:
            return "object" if draft.passive and not with_wo else "subject"
        stays = draft.lemma in _STAYS or draft.lemma in scene.lexicon.intransitive
        fronted = not (with_wo or draft.passive or person or stays) and scene.found[draft.chunk.head].is_("名詞", "動詞")
        return "object" if fronted else "oblique"
    if marker == "を":
        return "object"
    if marker in _DOERS:
        return "agent" if draft.passive else "oblique"
    named = scene.found[one.head].entity in SPEAKERS or person
    if marker == "に" and named and not timely:
        if draft.passive and draft.lemma in scene.lexicon.carrying:
            return "oblique"
        return "agent" if draft.passive else "indirect"
    if marker in ("に対し", "に対して") and named:
        return "indirect"
    return "oblique"


def _done(scene: Scene, draft: Draft) -> bool:
    """Say whether a headline's verbal noun stands bare (空港は奪還): what it is about is what it was done to."""
    head = scene.found[draft.chunk.head]
    bare = draft.chunk.tail == "" and "サ変可能" in head.tag and draft.chunk.link == "end"
    return bare and draft.lemma not in scene.lexicon.intransitive and draft.lemma not in scene.lexicon.stative


def _told(scene: Scene, draft: Draft, topic: Chunk) -> bool:
    """Say whether an inanimate topic is what is told and not who tells: 証拠は示していない, 詳細は公表していない."""
    head = scene.found[topic.head].text
    speaks = head in scene.lexicon.statements or scene.found[topic.head].entity in SPEAKERS
    negative = bool(scene.lexicon.negatives.search(draft.chunk.tail))
    telling = draft.lemma in scene.lexicon.speech and draft.lemma not in scene.lexicon.stative
    contrast = any(
        (one.marker, one.depth, one.island) == ("は", topic.depth, topic.island)
        and one.to != draft.chunk.index
        and scene.personal(one)
        for one in scene.cut[: topic.index]
        if not one.predicate
    )
    return (negative or contrast) and telling and not draft.passive and not speaks and draft.chunk.link != "noun"


def _bare_subject(scene: Scene, nouns: list[Chunk], one: Chunk) -> bool:
    """Say whether a noun without particle before a comma is the subject, as in headlines: 国軍、全土に…"""
    if any(other.marker in _SUBJECTS for other in nouns) or one.index != min(other.index for other in nouns):
        return False
    signs = [scene.found[i].text for i in range(one.head + 1, one.last + 1)]
    timely = scene.lexicon.times.search(_words(scene, one)) or "副詞可能" in scene.found[one.head].tag
    return signs == ["、"] and not timely


def _owner_of_charge(scene: Scene, draft: Draft, nouns: list[Chunk], result: list[Argument]) -> None:
    """Read 「Xの…罪で逮捕された」 as X arrested: の marks the one concerned where a clause has neither subject nor object."""
    if any(one.role in ("subject", "object") for one in result) or draft.relation == "relative":
        return
    for index, one in enumerate(nouns):
        if one.marker != "で":
            continue
        owner = next(
            (other for other in map(scene.cut.__getitem__, one.under) if other.marker == "の" and not other.predicate), None
        )
        if owner is None or not scene.lexicon.people.search(scene.found[owner.head].text):
            continue
        result[index] = _argument(scene, "oblique", "で", one.first, one.head)
        role: Role = "object" if draft.passive else "subject"
        result.append(_argument(scene, role, "の", phrase_start(scene, owner), owner.head))
        return


def _compound(scene: Scene, draft: Draft, result: list[Argument]) -> None:
    """Take the argument that a headline packs into the predicate's compound: 非常事態宣言, 大統領拘束, 3人死亡."""
    chunk = draft.chunk
    if "サ変" not in scene.found[chunk.head].tag or chunk.head == chunk.first or draft.relation == "relative":
        return
    role: Role = "subject" if scene.found[chunk.head].text in scene.lexicon.intransitive else "object"
    taken = {one.role for one in result}
    if (
        role in taken
        or scene.found[chunk.head - 1].is_("名詞-普通名詞-副詞可能", "接頭辞", "補助記号")
        or chunk.tail.startswith(("し", "さ", "す"))
    ):
        return
    result.append(_argument(scene, role, "", chunk.first, chunk.head - 1))


def _cleft(scene: Scene, draft: Draft, result: list[Argument]) -> None:
    """Read 「…と語るのは医師だ」 as the doctor telling: the noun that a cleft sentence ends in fills its clause's gap."""
    chunk = draft.chunk
    if not chunk.formal.startswith("のは") or chunk.to < 0 or not scene.cut[chunk.to].predicate:
        return
    noun = scene.cut[chunk.to]
    if scene.personal(noun) or scene.found[noun.head].entity == "PERSON":
        roles = {one.role for one in result}
        role: Role = "object" if draft.passive else "subject"
        if role not in roles:
            result.append(_argument(scene, role, "", phrase_start(scene, noun), noun.head))


def _antecedent(scene: Scene, draft: Draft, result: list[Argument]) -> None:
    """Add the noun that a relative clause modifies: its subject, object, or (a time, a place, a reason) an oblique."""
    noun = scene.cut[draft.chunk.to]
    roles = {one.role for one in result}
    role: Role = "oblique"
    if scene.found[noun.head].text not in scene.lexicon.gap_nouns and scene.found[noun.head].text not in scene.lexicon.time_nouns:
        if draft.passive:
            role = "object" if "object" not in roles else "oblique"
        elif "subject" not in roles:
            role = "subject"
        elif (
            "object" not in roles
            and draft.lemma not in scene.lexicon.intransitive
            and scene.found[draft.chunk.head].is_("動詞", "名詞")
        ):
            role = "object"
    result.append(_argument(scene, role, "", noun.first, noun.head))


def inherit(scene: Scene, drafts: list[Draft]) -> None:
    """Give conjoined clauses the topic or subject that only one of them has: 国軍は…宣言し、…掌握した."""
    for _ in range(3):
        for draft in reversed(drafts):
            parent = draft.parent
            if parent is not None and draft.relation == "content" and draft.chunk.to != parent.chunk.index:
                _charge(draft, parent)
            if parent is None or not (
                draft.relation == "coordinate" or (draft.relation == "adverbial" and draft.chunk.link in ("te", "renyo"))
            ):
                continue
            _share(draft, parent, ("は", "が", "も"))
            _share(parent, draft, ("は",), before=scene.found[draft.chunk.first].start + scene.offset)
            _cite(draft, parent)
            _cite(parent, draft)


def _charge(giver: Draft, taker: Draft) -> None:
    """Read 「Xが…した疑いで逮捕された」: the one under the charge is the one arrested."""
    held = taker.passive and not any(one.role in ("subject", "object") for one in taker.arguments)
    cause = any(one.marker == "で" for one in taker.arguments)
    if held and cause:
        taker.arguments.extend(
            replace(one, role="object") for one in giver.arguments if one.role == "subject" and one.marker == "が"
        )


def _cite(giver: Draft, taker: Draft) -> None:
    """Let a source that is named once (…によると、A、B) stand with every conjoined clause after it."""
    if any(CITED.search(one.marker) for one in taker.arguments):
        return
    begin = min((one.start for one in taker.arguments), default=-1)
    taker.arguments.extend(
        one
        for one in giver.arguments
        if CITED.search(one.marker) and (one.start < begin or giver.chunk.index < taker.chunk.index)
    )


def _share(giver: Draft, taker: Draft, markers: tuple[str, ...], *, before: int | None = None) -> None:
    """Give a clause the subject of the other; a later clause's topic reaches back only if it stands ``before`` this one."""
    if giver.lemma == "ある":
        return
    if any(one.role == "subject" or (taker.passive and one.role == "object") for one in taker.arguments):
        return
    for one in giver.arguments:
        shared = one.role == "subject" or (giver.passive and one.role == "object")
        if shared and one.marker in markers and (before is None or one.start < before):
            taker.arguments.append(replace(one, role="object" if taker.passive else "subject"))
            return
