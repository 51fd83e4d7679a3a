"""Names of persons in scripts without capitals, in what a claim gives as its party or speaker.

Nothing but the words shows that a name begins: in Arabic and Persian a given name, in Chinese and Korean a family name, which is
one of a few dozen. So only parties and speakers are looked at, not running text. The names are in ``given_names.yaml`` and
``persons.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from foreshock.coding.person_words import PersonWords, korean_name, person_table
from foreshock.knowledge import load_table

WITHOUT_CAPITALS = frozenset(["ja", "zh", "ko", "ar", "fa"])
MOST_WORDS = 4  # of an Arabic or Persian name
_ARABIC_WORD = re.compile(r"[\u0621-\u06d3\u06fa-\u06fc\u200c]+")
_ALIF = str.maketrans("أإآٱ", "اااا")
_SERVANT = "عبد"
# What a Chinese word that only begins like a name ends in: an official, a resident, a paper, a day of the week.
_ZH_NO_NAME = "官员民人者方军党府院局部会团队社报台网厂校三四五六日一二女子家国省市县区村镇间上下"
# What a calling or a kin ends in, behind which a Chinese name stands: 目击者, 居民, 学生, 记者.
_ZH_BEFORE = "者民人生员师工主长妇女男友属亲友徒贩农"


def names_within(raw: str, words: PersonWords) -> Iterator[str]:
    """Yield the names of persons that stand in a party's words, as they stand there; of other languages and of Japanese none."""
    if words.language in ("ar", "fa"):
        yield from _behind_given_name(raw, words)
    elif words.language == "zh":
        hit = _chinese().search(raw)
        if hit is not None and hit["name"] not in words.no_names:
            yield hit["name"]
    elif words.language == "ko":
        yield from (hit["name"] for hit in _korean().finditer(raw) if hit["name"] not in words.no_names)


@cache
def _given() -> Mapping[str, frozenset[str]]:
    table = load_table("foreshock.coding", "given_names.yaml")
    return {language: frozenset(str(name).translate(_ALIF) for name in names) for language, names in table.items()}


def _behind_given_name(raw: str, words: PersonWords) -> Iterator[str]:
    """Yield the first run of words that begins with a given name and has another word behind it."""
    found = list(_ARABIC_WORD.finditer(raw))
    for at, word in enumerate(found[:-1]):
        name = word[0].translate(_ALIF)
        servant = name == _SERVANT or (name.startswith(_SERVANT + "ال") and len(name) > len(_SERVANT) + 3)
        if servant or name in _given()[words.language]:
            last = found[min(at + MOST_WORDS, len(found)) - 1]
            yield raw[word.start() : last.end()]
            return


@cache
def _chinese() -> re.Pattern[str]:
    family = person_table()["surnames"]
    return re.compile(rf"(?:^|(?<=[{_ZH_BEFORE}]))(?P<name>[{family}][一-龯]?[一-龯](?<![{_ZH_NO_NAME}]))$")


@cache
def _korean() -> re.Pattern[str]:
    particles = "|".join(person_table()["korean"]["particles"])
    return re.compile(rf"(?<![가-힣])(?P<name>{korean_name()})(?:{particles})?(?![가-힣])")
