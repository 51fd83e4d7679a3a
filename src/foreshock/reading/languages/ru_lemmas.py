"""Dictionary forms of Russian words: of pymorphy3's readings of a word the one that fits what the tagger says of it.

All forms are lower case with "е" for "ё", which the press writes both ways. A passive participle has its verb's infinitive; a
passive in -ся that of the verb without it (сообщается: сообщать), so that one dictionary form stands for both voices.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# Parts of speech of OpenCorpora that answer to those of Universal Dependencies.
POS = {
    "NOUN": "NOUN", "PROPN": "NOUN", "ADJ": "ADJF ADJS", "DET": "ADJF NPRO", "PRON": "NPRO ADJF", "NUM": "NUMR NUMB NOUN",
    "ADV": "ADVB COMP PRED", "ADP": "PREP", "CCONJ": "CONJ", "SCONJ": "CONJ", "PART": "PRCL", "INTJ": "INTJ",
}  # fmt: skip
FORMS = {"Inf": "INFN", "Conv": "GRND"}
FEATS = {
    "Nom": "nomn", "Gen": "gent", "Dat": "datv", "Acc": "accs", "Ins": "ablt", "Loc": "loct", "Sing": "sing", "Plur": "plur",
    "Masc": "masc", "Fem": "femn", "Neut": "neut", "Past": "past", "Pres": "pres", "Fut": "futr", "Anim": "anim", "Inan": "inan",
}  # fmt: skip
RIGHT_POS = 4.0
REFLEXIVE = ("ся", "сь")
# Words that are kept with their readings: 6 MB.
REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Reading:
    """A word's dictionary form, and whether it is a verb in the future."""

    lemma: str
    future: bool = False


@dataclass(slots=True)
class Lemmatizer:
    """Reads words; what was read last is kept. ``forms`` are word forms with a dictionary form of their own,
    ``passives`` verbs whose form in -ся is their passive, however it is tagged."""

    analyzer: Any
    forms: Mapping[str, str]
    passives: frozenset[str] = frozenset()
    _known: dict[tuple[str, str, tuple[tuple[str, str], ...]], Reading] = field(default_factory=dict)

    def read(self, text: str, pos: str, feats: Mapping[str, str]) -> Reading:
        """Return the reading of a word with the part of speech and the features that it is tagged with."""
        low = text.lower().replace("ё", "е")
        key = (low, pos, tuple(sorted(feats.items())))
        if key not in self._known:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[key] = self._read(low, text.lower(), pos, feats)
        return self._known[key]

    def noun(self, text: str) -> str:
        """Return the dictionary form of a participle or adjective that stands for a noun: протестующими: протестующий."""
        parses = self.analyzer.parse(text.lower()) if _spelt(text) else []
        for parse in parses:
            if "NOUN" in parse.tag:
                return str(parse.normal_form).replace("ё", "е")
        for parse in parses:
            form = parse.inflect({"masc", "sing", "nomn"}) if "PRTF" in parse.tag or "ADJF" in parse.tag else None
            if form is not None:
                return str(form.word).replace("ё", "е")
        return text.lower().replace("ё", "е")

    def _read(self, low: str, text: str, pos: str, feats: Mapping[str, str]) -> Reading:
        if low in self.forms:
            return Reading(self.forms[low])
        if not any(char.isalpha() for char in low) or not _spelt(text):
            return Reading(low)
        wanted = _wanted(pos, feats)
        values = {FEATS[value] for value in feats.values() if value in FEATS}
        parses = self.analyzer.parse(text)
        best = max(parses, key=lambda one: _fit(one, wanted, values) + float(one.score), default=None)
        if best is None:
            return Reading(low)
        lemma = str(best.normal_form).lower().replace("ё", "е")
        if pos == "VERB" and feats.get("Voice") == "Pass" and lemma.endswith(REFLEXIVE):
            active = lemma[:-2]
            lemma = active if any("INFN" in one.tag for one in self.analyzer.parse(active)) else lemma
        return Reading(lemma, "futr" in best.tag and "INFN" not in best.tag)


def _wanted(pos: str, feats: Mapping[str, str]) -> tuple[str, ...]:
    if pos in ("VERB", "AUX"):
        form = feats.get("VerbForm", "Fin")
        if form == "Part":
            return ("PRTS",) if feats.get("Variant") == "Short" else ("PRTF",)
        return (FORMS.get(form, "VERB"),)
    if pos == "ADJ" and feats.get("Variant") == "Short":
        return ("ADJS",)
    return tuple(POS.get(pos, "").split())


def _fit(parse: Any, wanted: tuple[str, ...], values: set[str]) -> float:
    grammemes = parse.tag.grammemes
    right = RIGHT_POS if grammemes.intersection(wanted) or (not wanted and not parse.tag.POS) else 0.0
    return right + 0.5 * len(values & grammemes)


def _spelt(text: str) -> bool:
    """Whether every letter of a word has a Unicode name: the dictionary asks for it and fails on one that has none."""
    return all(char < "\u2fff" or bool(unicodedata.name(char, "")) for char in text)
