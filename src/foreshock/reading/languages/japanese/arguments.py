"""Arguments: the noun chunks of a clause, with role and marker; antecedents of relative clauses and shared subjects."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from foreshock.reading.languages.base import Argument, Role
from foreshock.reading.languages.japanese.chunks import Chunk
from foreshock.reading.languages.japanese.lexicon import Lexicon
from foreshock.reading.languages.japanese.words import Word

if TYPE_CHECKING:
    from foreshock.reading.languages.japanese.clauses import Draft

_DOERS = frozenset(("によって", "により", "によりまして", "の手で"))
_CITED = re.compile(r"によ(?:りま)?(?:ると|れば|すと)|^の.+では$")
_SUBJECTS = frozenset(("が", "は", "も", "こそ"))


def arguments(text: str, found: list[Word], cut: list[Chunk], draft: Draft, lexicon: Lexicon, *, offset: int) -> list[Argument]:
    """Return the arguments of a clause, antecedent included."""
    result: list[Argument] = []
    chunk = draft.chunk
    nouns = [one for one in cut if one.to == chunk.index and one.kind == "noun" and not one.predicate and one.link != "noun"]
    with_ga = any(one.marker == "が" for one in nouns)
    with_wo = any(one.marker == "を" for one in nouns)
    for one in nouns:
        start = phrase_start(found, cut, one)
        role = _role(found, draft, one, lexicon, with_ga=with_ga, with_wo=with_wo)
        if one.marker == "" and role == "oblique" and _bare_subject(found, nouns, one, lexicon):
            role = "object" if draft.passive else "subject"
        result.append(_argument(text, found, role, one.marker, start, one.head, offset=offset))
    _owner_of_charge(text, found, cut, draft, nouns, result, lexicon, offset=offset)
    _compound(text, found, draft, result, lexicon, offset=offset)
    if draft.relation == "relative" and chunk.to >= 0:
        _antecedent(text, found, cut, draft, result, lexicon, offset=offset)
    return result


def _argument(text: str, found: list[Word], role: Role, marker: str, first: int, head: int, *, offset: int) -> Argument:
    start, end = found[first].start, found[head].end
    return Argument(role, marker, start + offset, end + offset, text[start:end], head)


def phrase_start(found: list[Word], cut: list[Chunk], chunk: Chunk) -> int:
    """Return the first word of a noun phrase: the chunk and the nouns, determiners and lone adjectives that modify it."""
    inside = {chunk.index}
    first = chunk.first
    for one in reversed(cut[: chunk.index]):
        if one.to not in inside or one.island != chunk.island or one.kind in ("conjunction",):
            break
        children = any(other.to == one.index for other in cut)
        if one.predicate and (not found[one.head].is_("形容詞", "形状詞") or children or one.formal):
            break
        if not one.predicate and one.link not in ("noun", "argument"):
            break
        inside.add(one.index)
        first = one.first
    return first


def _role(found: list[Word], draft: Draft, one: Chunk, lexicon: Lexicon, *, with_ga: bool, with_wo: bool) -> Role:
    marker = one.marker
    person = bool(lexicon.people.search(found[one.head].text)) or found[one.head].is_("代名詞") and found[one.head].text not in ("これ", "それ", "ここ")
    timely = bool(lexicon.times.search("".join(w.text for w in found[one.first : one.head + 1])))
    if marker == "が":
        return "object" if draft.passive else "subject"
    if marker in ("は", "も", "こそ"):
        if timely and not person:
            return "oblique"
        if not with_ga:
            return "object" if draft.passive and not with_wo else "subject"
        return "object" if not with_wo and not draft.passive and not person and found[draft.chunk.head].is_("名詞", "動詞") else "oblique"
    if marker == "を":
        return "object"
    if marker in _DOERS:
        return "agent" if draft.passive else "oblique"
    named = found[one.head].entity in ("Person", "Country", "Position_Vocation") or person
    if marker == "に" and named and not timely:
        return "agent" if draft.passive else "indirect"
    if marker in ("に対し", "に対して") and named:
        return "indirect"
    return "oblique"


def _bare_subject(found: list[Word], nouns: list[Chunk], one: Chunk, lexicon: Lexicon) -> bool:
    """Say whether a noun without particle before a comma is the subject, as in headlines: 国軍、全土に…"""
    if any(other.marker in _SUBJECTS for other in nouns) or one.index != min(other.index for other in nouns):
        return False
    signs = [found[i].text for i in range(one.head + 1, one.last + 1)]
    words = "".join(w.text for w in found[one.first : one.head + 1])
    return signs == ["、"] and not lexicon.times.search(words) and "副詞可能" not in found[one.head].tag


def _owner_of_charge(
    text: str, found: list[Word], cut: list[Chunk], draft: Draft, nouns: list[Chunk], result: list[Argument], lexicon: Lexicon, *, offset: int
) -> None:
    """Read 「Xの…罪で逮捕された」 as X arrested: の marks the one concerned where a clause has neither subject nor object."""
    if any(one.role in ("subject", "object") for one in result) or draft.relation == "relative":
        return
    for index, one in enumerate(nouns):
        if one.marker != "で":
            continue
        owner = next((other for other in cut if other.to == one.index and other.marker == "の" and not other.predicate), None)
        if owner is None or not lexicon.people.search(found[owner.head].text):
            continue
        result[index] = _argument(text, found, "oblique", "で", one.first, one.head, offset=offset)
        role: Role = "object" if draft.passive else "subject"
        result.append(_argument(text, found, role, "の", phrase_start(found, cut, owner), owner.head, offset=offset))
        return


def _compound(text: str, found: list[Word], draft: Draft, result: list[Argument], lexicon: Lexicon, *, offset: int) -> None:
    """Take the argument that a headline packs into the predicate's compound: 非常事態宣言, 大統領拘束, 3人死亡."""
    chunk = draft.chunk
    if "サ変" not in found[chunk.head].tag or chunk.head == chunk.first or draft.relation == "relative":
        return
    role: Role = "subject" if found[chunk.head].text in lexicon.intransitive else "object"
    taken = {one.role for one in result}
    if role in taken or found[chunk.head - 1].is_("名詞-普通名詞-副詞可能", "接頭辞", "補助記号") or chunk.tail.startswith(("し", "さ", "す")):
        return
    result.append(_argument(text, found, role, "", chunk.first, chunk.head - 1, offset=offset))


def _antecedent(
    text: str, found: list[Word], cut: list[Chunk], draft: Draft, result: list[Argument], lexicon: Lexicon, *, offset: int
) -> None:
    """Add the noun that a relative clause modifies: its subject, object, or (a time, a place, a reason) an oblique."""
    noun = cut[draft.chunk.to]
    roles = {one.role for one in result}
    role: Role = "oblique"
    if found[noun.head].text not in lexicon.gap_nouns and found[noun.head].text not in lexicon.time_nouns:
        if draft.passive:
            role = "object" if "object" not in roles else "oblique"
        elif "subject" not in roles:
            role = "subject"
        elif "object" not in roles and draft.lemma not in lexicon.intransitive and found[draft.chunk.head].is_("動詞", "名詞"):
            role = "object"
    result.append(_argument(text, found, role, "", noun.first, noun.head, offset=offset))


def inherit(drafts: list[Draft]) -> None:
    """Give conjoined clauses the topic or subject that only one of them has: 国軍は…宣言し、…掌握した."""
    for _ in range(3):
        for draft in reversed(drafts):
            parent = draft.parent
            if parent is None or not (draft.relation == "coordinate" or (draft.relation == "adverbial" and draft.chunk.link in ("te", "renyo"))):
                continue
            _share(draft, parent, ("は", "が", "も"))
            _share(parent, draft, ("は",))
            _cite(draft, parent)
            _cite(parent, draft)


def _cite(giver: Draft, taker: Draft) -> None:
    """Let a source that is named once (…によると、A、B) stand with every conjoined clause after it."""
    if any(_CITED.search(one.marker) for one in taker.arguments):
        return
    begin = min((one.start for one in taker.arguments), default=-1)
    taker.arguments.extend(one for one in giver.arguments if _CITED.search(one.marker) and (one.start < begin or giver.chunk.index < taker.chunk.index))


def _share(giver: Draft, taker: Draft, markers: tuple[str, ...]) -> None:
    if giver.lemma == "ある":
        return
    if any(one.role == "subject" or (taker.passive and one.role == "object") for one in taker.arguments):
        return
    for one in giver.arguments:
        shared = one.role == "subject" or (giver.passive and one.role == "object")
        if shared and one.marker in markers:
            taker.arguments.append(replace(one, role="object" if taker.passive else "subject"))
            return
