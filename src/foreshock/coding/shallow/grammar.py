"""What the surface rules know of one language, compiled from its table and the codebook's cues."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from foreshock.coding.shallow.phrases import NEAR, PhraseTable
from foreshock.coding.shallow.words import Token, WordIndex, folded
from foreshock.ontology.kind_entry import Cues

CueKind = str  # "predicate", "noun" or "act"
IN_A_ROW = 3
CLOSE = 5
WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[’'ʼ`\-\u200c][^\W\d_]+)*|\w+")


@dataclass(frozen=True, slots=True)
class Cue:
    """What a cue of the codebook says: its kind and mode, what sort of cue it is, and whether it has a "not" of its own."""

    kind: str
    mode: str | None
    sort: CueKind
    words: int
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """A word for a kind of actor: PLOVER sector (DIP and VOI are envoys and those who speak) and its English name."""

    sector: str
    english: str


@dataclass(frozen=True, slots=True)
class ShallowGrammar:
    """A language's words behind one index.

    Attributes:
        order: "svo", "sov" or "vso".
        cues, nouns: what happens; nouns of several words stand in a row.
        frames: words that give content its standing; ``marks``: small words by what they mark (negators, conditions, ...).
        roles: words for actors; ``apart``: words of sport, markets, weather, fiction and the past.
        topic_ends, place_ends: endings of a subject's and of a place's last word; ``place_words``: prepositions of place.
    noun_capitals: whether nouns begin with a capital, so that no predicate does (German).
    participle_last: whether what an auxiliary takes stands at the end, its object before it (German).
    joined: conjunctions that are written onto the next word (Arabic و).
    """

    code: str
    order: str
    index: WordIndex
    cues: PhraseTable[Cue]
    nouns: PhraseTable[Cue]
    frames: PhraseTable[str]
    marks: PhraseTable[str]
    roles: PhraseTable[Role]
    apart: PhraseTable[str]
    elisions: tuple[str, ...]
    topic_ends: tuple[str, ...]
    place_ends: tuple[str, ...]
    place_words: frozenset[str]
    joined: tuple[str, ...]
    quotes: frozenset[str]
    noun_capitals: bool
    participle_last: bool

    @property
    def spaced(self) -> bool:
        """Whether words are parted by blanks."""
        return self.index.spaced

    def tokens(self, text: str) -> list[Token]:
        """Return the words of a sentence; its characters where words are not parted."""
        if not self.spaced:
            return [Token(at, at + 1, char, folded(char)) for at, char in enumerate(text) if not char.isspace()]
        found = []
        for match in WORD.finditer(text):
            start, end, word = match.start(), match.end(), match[0]
            low = word.lower()
            cut = next((len(one) for one in self.elisions if low.startswith(one) and len(low) > len(one)), 0)
            if cut:
                found.append(Token(start, start + cut, word[:cut], folded(word[:cut])))
            found.append(Token(start + cut, end, word[cut:], folded(word[cut:])))
        return found


MARKS = ("complements", "joints", "links", "fillers", "negators", "passive", "agents", "conditions", "background")


def grammar_of(code: str, table: Mapping[str, Any], kinds: Iterable[tuple[str, str | None, Cues]]) -> ShallowGrammar:
    """Return the compiled grammar of a language.

    Args:
        code: ISO 639-1.
        table: its table, with ``grammar``, ``attribution``, ``frames``, ``actors`` and ``apart``.
        kinds: kind, mode and cues in that language, as the codebook yields them.
    """
    said = table["grammar"]
    prefixes = tuple(sorted(map(folded, said.get("prefixes") or ()), key=len, reverse=True))
    index = WordIndex(prefixes, spaced=bool(said.get("spaces", True)))
    ordered = not index.spaced
    # Where the verb ends its clause, what it takes stands before it and close by.
    last = said.get("order") == "sov"
    cues: PhraseTable[Cue] = PhraseTable(index, ordered=ordered or last, near=CLOSE if last else NEAR)
    nouns: PhraseTable[Cue] = PhraseTable(index, ordered=True, near=IN_A_ROW)
    negators = {str(word) for word in said.get("negators") or ()}
    for kind, mode, words in kinds:
        for sort, phrases, into in (
            ("predicate", words.predicates, cues),
            ("act", words.acts, cues),
            ("noun", words.nouns, nouns),
        ):
            for phrase in phrases:
                parts = phrase.split()
                into.add(phrase, Cue(kind, mode, sort, len(parts), not negators.isdisjoint(parts)))
    according = (table.get("attribution") or {}).get("according") or {}
    attribution = table.get("attribution") or {}
    marks = {name: said.get(name) or () for name in MARKS}
    marks |= {f"according-{side}": according.get(side) or () for side in ("before", "after")}
    marks |= {"anonymous": attribution.get("anonymous") or ()}
    marks |= {f"basis-{name}": words for name, words in (attribution.get("bases") or {}).items()}
    marks |= {f"certainty-{name}": words for name, words in (table.get("certainty") or {}).items()}
    marks |= {f"phase-{name}": words for name, words in (table.get("phase") or {}).items()}
    return ShallowGrammar(
        code=code,
        order=str(said.get("order", "svo")),
        index=index,
        cues=cues,
        nouns=nouns,
        frames=_table(index, ordered, table.get("frames") or {}),
        marks=_table(index, True, marks, near=IN_A_ROW),
        roles=_roles(index, table),
        apart=_table(index, True, table.get("apart") or {}, near=IN_A_ROW),
        elisions=tuple(said.get("elisions") or ()),
        topic_ends=tuple(said.get("topic_ends") or ()),
        place_ends=tuple(said.get("place_ends") or ()),
        place_words=frozenset(folded(str(word)) for word in said.get("places") or ()),
        joined=tuple(map(folded, said.get("joined") or ())),
        quotes=frozenset("".join(table.get("quotes") or ())),
        noun_capitals=bool(said.get("noun_capitals")),
        participle_last=bool(said.get("participle_last")),
    )  # fmt: skip


def _table(index: WordIndex, ordered: bool, lists: Mapping[str, Iterable[str]], near: int = 6) -> PhraseTable[str]:
    found: PhraseTable[str] = PhraseTable(index, ordered=ordered, near=near)
    for name, phrases in lists.items():
        for phrase in phrases:
            found.add(str(phrase), name)
    return found


def _roles(index: WordIndex, table: Mapping[str, Any]) -> PhraseTable[Role]:
    found: PhraseTable[Role] = PhraseTable(index, ordered=True, near=IN_A_ROW)
    for sector, groups in (table.get("actors") or {}).items():
        for english, words in groups.items():
            for word in words:
                found.add(str(word), Role(sector, english))
    return found
