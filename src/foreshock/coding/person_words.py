"""The words by which a private person is told from a public one, from persons.yaml and the words for offices of the actors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from foreshock.knowledge import load_table
from foreshock.model import PersonRole
from foreshock.ontology.actor_catalogue import ActorCatalogue
from foreshock.ontology.fold import bare_forms, fold
from foreshock.ontology.word_groups import UNSPACED

WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*")
# A name in letters with capitals: up to four words, particles between them.
_UPPER = "".join(chr(code) for code in range(0x41, 0x590) if chr(code).isupper())
_LOWER = "".join(chr(code) for code in range(0x61, 0x590) if chr(code).islower())
_CAPITAL = rf"[{_UPPER}][\w'’-]*"
_PARTICLES = "de|del|da|dos|van|von|der|bin|al|el|la"
# In German "der" alone is the article of a second noun: "Kenner der Lage".
_GERMAN_PARTICLES = "von der|von dem|von den|van der|vom|zu|zum|zur|van|von|de|del|da|dos|bin|al|el|la"
_CASED, _GERMAN = (
    rf"{_CAPITAL}(?:[ \u00a0](?:(?:{particles})[ \u00a0])?{_CAPITAL}){{0,3}}" for particles in (_PARTICLES, _GERMAN_PARTICLES)
)
_SCRIPTS = {
    "de": _GERMAN,
    "ja": r"(?:[一-龯々]{1,6}|[ァ-ヶー]+(?:[・=＝][ァ-ヶー]+)*)",
    "zh": r"(?:[一-龯]{1,6}(?:·[一-龯]{1,6})+|[{surnames}][一-龯]{1,2}?)",
    "ko": r"[가-힣]{2,4}",
    "ar": r"[؀-ۿ]+ [؀-ۿ]+",
    "fa": r"[؀-ۿ\u200c]+ [؀-ۿ\u200c]+",
}
# What may stand behind a Chinese name of one or two characters after the surname: a stop, or a word that begins a predicate.
_ZH_END = r"(?=[的，。、（(被在于死遇说称表受失因由从向对及和等已曾将]|先生|女士|小姐|同学|$)"
_NEVER = re.compile(r"(?!)")


@cache
def person_table() -> Mapping[str, Any]:
    """Return persons.yaml as it stands; it is shared, so never change it."""
    table: dict[str, Any] = load_table("foreshock.coding", "persons.yaml")
    return table


@dataclass(frozen=True, slots=True)
class PersonWords:
    """The words of one language; sets hold folded words.

    Attributes:
        language: ISO 639-1; ``spaced`` whether it sets words apart.
        offices, experts, kin, aides, heading, breaks, bodies: what a word beside a name says of it.
        calls: patterns with the groups "name" and perhaps "age": forms of address, "named X", ages.
        address: forms of address, longest first; a name is read without them.
        signs: a role and the pattern that tells it in a sentence, in order.
        bylines: words that stand before, or in Japanese after, the name of an author.
    """

    language: str
    spaced: bool
    offices: frozenset[str]
    experts: frozenset[str]
    kin: frozenset[str]
    aides: frozenset[str]
    heading: frozenset[str]
    breaks: frozenset[str]
    bodies: frozenset[str]
    calls: tuple[re.Pattern[str], ...]
    address: tuple[str, ...]
    signs: tuple[tuple[PersonRole, re.Pattern[str]], ...]
    bylines: tuple[str, ...]
    no_names: frozenset[str]
    articles: frozenset[str]
    endings: tuple[str, ...]

    def holds(self, group: frozenset[str], text: str) -> bool:
        """Tell whether a word or a run of up to three words of a text is of a group, in any of its forms."""
        if not self.spaced:
            return any(one in text for one in group)
        return self.place_of(group, text) is not None

    def place_of(self, group: frozenset[str], text: str) -> tuple[int, int] | None:
        """Return the span of the last run of a text that is of a group, None without one."""
        words = list(WORD.finditer(text))
        for last in range(len(words) - 1, -1, -1):
            for size in (3, 2, 1):
                if last - size + 1 < 0:
                    continue
                run = text[words[last - size + 1].start() : words[last].end()]
                key = fold(run.rstrip("."))
                if key in group or any(form in group for form in bare_forms(key, self.language)):
                    return words[last - size + 1].start(), words[last].end()
        return None

    def without_article(self, name: str) -> str:
        """Return a name without the words that open a phrase and are no part of it."""
        while name.partition(" ")[0].lower() in self.articles:
            name = name.partition(" ")[2].lstrip()
        return name

    def without_address(self, name: str) -> str:
        """Return a name without the article and the forms of address that came along with it."""
        name = self.without_article(name)
        changed = True
        while changed:
            changed = False
            for one in self.address:
                before, after = f"{one} ", one
                if name.startswith(before) or (not self.spaced and name.startswith(one) and len(name) > len(one)):
                    name, changed = name[len(one) :].lstrip(), True
                elif name.endswith(after) and len(name) > len(after) and not self.spaced:
                    name, changed = name[: -len(after)].rstrip(), True
        return name


def words_of(language: str, catalogue: ActorCatalogue) -> PersonWords:
    """Return the words of a language; one that the table lacks has only what all share."""
    table, spaced = person_table(), language not in UNSPACED
    heads = frozenset(table["heads"])
    offices = {fold(one.word) for one in (catalogue.words.get(language) or {}).values() if one.english in heads}
    before, after = (tuple(table[key].get(language, ())) for key in ("before", "after"))
    return PersonWords(
        language=language,
        spaced=spaced,
        offices=frozenset(offices) | _folded(table["offices"].get(language, ()), spaced),
        experts=_folded(table["experts"].get(language, ()), spaced),
        kin=_folded(table["kin"].get(language, ()), spaced),
        aides=_folded(table["aides"].get(language, ()), spaced),
        heading=_folded(table["heading"].get(language, ()), spaced),
        breaks=_folded(table["breaks"].get(language, ()), spaced),
        bodies=_folded(table["bodies"].get(language, ()), spaced),
        calls=tuple(_calls(language, before, after)),
        address=tuple(sorted((one.strip() for one in (*before, *after)), key=len, reverse=True)),
        signs=tuple((role, _sign(words.get(language, ()), spaced)) for role, words in table["signs"].items()),
        bylines=tuple(table["bylines"].get(language, ())),
        no_names=frozenset(table["no_names"].get(language, ())),
        articles=frozenset(table["articles"].get(language, ())),
        endings=tuple(table["endings"].get(language, ())),
    )


def name_pattern(language: str) -> str:
    """Return what a name looks like in the script of a language."""
    return _SCRIPTS.get(language, _CASED).replace("{surnames}", str(person_table()["surnames"]))


def korean_name(*, shortest: int = 2) -> str:
    """Return what a Korean name looks like: a family name and a given one of so many syllables to two; common words are none."""
    table = person_table()["korean"]
    return rf"[{table['surnames']}](?!들)[가-힣]{{{shortest},2}}(?<![{table['no_end']}])"


def _folded(words: Iterable[str], spaced: bool) -> frozenset[str]:
    return frozenset(fold(one) for one in words) if spaced else frozenset(words)


def _calls(language: str, before: Sequence[str], after: Sequence[str]) -> Iterable[re.Pattern[str]]:
    table, name = person_table(), name_pattern(language)
    shapes = [*table["ages"]["any"], *table["ages"].get(language, ()), *table["named"].get(language, ())]
    spaced = language not in UNSPACED
    shapes += [f"{one} {{}}" if spaced else f"{one}{{}}" for one in before]
    shapes += [f"{{}}{one}" for one in after]
    behind = tuple(table["korean"]["behind"])
    boundary = rf"(?:{'|'.join(table['korean']['particles'])})?(?![가-힣])"
    for shape in shapes:
        end = _ZH_END if language == "zh" and shape.endswith("{}") else ""
        after = boundary if language == "ko" and "#" not in shape else ""
        called = korean_name(shortest=1) if after and shape.endswith(behind) else name
        pattern = re.escape(shape).replace(r"\{\}", f"(?P<name>{called}){end}") + after
        pattern = pattern.replace(r"\#", r"(?P<age>\d{1,3})")
        pattern = pattern.replace(r"\ \~\ ", rf"\s+(?:[{_LOWER}]\w*\s+){{0,2}}")
        pattern = pattern.replace(r"\ ", r"\s?" if "age" in pattern and not spaced else r"\s+")
        edge = r"(?<!\w)" if spaced else ""
        yield re.compile(edge + pattern)


def _sign(words: Iterable[str], spaced: bool) -> re.Pattern[str]:
    parts = [re.escape(one.lower()).replace(r"\*", r"\w*") for one in words]
    if not parts:
        return _NEVER
    joined = "|".join(parts)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)" if spaced else joined)
