"""Words of a Japanese sentence with their UniDic part of speech and conjugation, offsets local to the sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import Any

from foreshock.reading.languages.base import Token

OPENING = frozenset("「『“‘《〈【")
CLOSING = frozenset("」』”’》〉】")
_REMARK = re.compile(
    r"[(（]([^()（）]{1,160})[)）]|(?:(?<=[\s、。])|^)[-–—―─]{1,2}\s?([^-–—―─]{2,80}?)\s?[-–—―─]{1,2}(?=\s|$|[、。])|[—―─]{2}([^—―─]{2,80})[—―─]{2}"
)
# The treebank's entity labels in the terms that coding knows; others stay as they are.
_ENTITIES = {"TITLE_AFFIX": "Position_Vocation", "PET_NAME": "PERSON", "MOVEMENT": "ORG"}
_COUNTRY = "名詞-固有名詞-地名-国"
# What the name of a body ends in, and no person's.
_BODIES = ("省", "庁", "府", "党", "軍", "隊", "局", "署", "警察", "議会", "委員会", "政府", "政権", "通信", "新聞", "放送")
PLACES = frozenset(("GPE", "Country", "LOC", "FAC"))
# Entities that act and speak: nouns of these are addressed by に, and a topic of these can be a speaker.
SPEAKERS = frozenset(("PERSON", "Country", "Position_Vocation"))


@dataclass(frozen=True, slots=True)
class Word:
    """One word; ``tag`` is the UniDic part of speech, ``form`` the conjugation form, offsets count from the sentence."""

    index: int
    start: int
    end: int
    text: str
    lemma: str
    tag: str
    form: str
    upos: str
    dep: str
    head: int
    entity: str

    def is_(self, *tags: str) -> bool:
        """Say whether the part of speech begins with one of ``tags``."""
        return self.tag.startswith(tags)

    @property
    def nominal(self) -> bool:
        """Whether the word can be part of a noun phrase; an adjectival noun (形状詞) can."""
        if self.is_("接尾辞-動詞的", "接尾辞-形容詞的", "形状詞-助動詞語幹"):
            return False
        return self.is_("名詞", "代名詞", "接尾辞", "接頭辞", "形状詞", "記号", "英単語")

    @property
    def predicative(self) -> bool:
        """Whether the word conjugates: a verb or an adjective in -i."""
        return self.is_("動詞", "形容詞", "接尾辞-動詞的", "接尾辞-形容詞的")

    @property
    def mark(self) -> bool:
        """Whether the word is a sign: comma, full stop, bracket, dash."""
        return self.is_("補助記号", "空白") or not self.text.strip()


def words(document: Any) -> list[Word]:
    """Return the words of a parsed spaCy document without white space; heads are renumbered."""
    kept = [token for token in document if not token.is_space]
    number = {token.i: index for index, token in enumerate(kept)}
    found = []
    for index, token in enumerate(kept):
        head = number.get(token.head.i, index)
        inflection = token.morph.get("Inflection")
        form = inflection[0].split(";")[-1] if inflection else ""
        found.append(
            Word(
                index,
                token.idx,
                token.idx + len(token.text),
                token.text,
                token.lemma_ or token.text,
                token.tag_,
                form,
                token.pos_,
                token.dep_,
                head,
                _entity(token.ent_type_, token.tag_),
            )
        )
    return _checked(found)


def _entity(label: str, tag: str) -> str:
    """Return the entity label; the dictionary knows which names of places are countries."""
    if label == "GPE" and tag == _COUNTRY:
        return "Country"
    return _ENTITIES.get(label, label)


def _checked(found: list[Word]) -> list[Word]:
    """Put right what the words themselves say of an entity: 司法省 is no person, and ORG is no country that stands alone."""
    result = list(found)
    first = 0
    while first < len(found):
        label, last = found[first].entity, first
        while last + 1 < len(found) and label and found[last + 1].entity == label:
            last += 1
        right = label
        if label == "PERSON" and found[last].text.endswith(_BODIES):
            right = "ORG"
        elif label == "ORG" and first == last and found[first].tag == _COUNTRY:
            right = "Country"
        for index in range(first, last + 1) if right != label else ():
            result[index] = replace(found[index], entity=right)
        first = last + 1
    return result


def first_from(found: list[Word], offset: int) -> int:
    """Return the number of the first word that begins at or after an offset; the number of words where none does."""
    return bisect_left(found, offset, key=lambda word: word.start)


def tokens(found: list[Word], offset: int) -> tuple[Token, ...]:
    """Return the words as tokens of the contract, shifted by the sentence's offset in the document."""
    return tuple(
        Token(w.index, w.start + offset, w.end + offset, w.text, w.lemma, w.upos, w.dep, w.head, w.entity) for w in found
    )


def remarks(text: str) -> list[tuple[int, int]]:
    """Return the spans of remarks that are put into a sentence: in round brackets or between dashes, signs included."""
    return [match.span() for match in _REMARK.finditer(text)]
