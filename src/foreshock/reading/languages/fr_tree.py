"""From spaCy's French parse to the tree that clauses are found on.

The model speaks Universal Dependencies with subtypes of its own corpus; what is taken over beside them is the form of a verb,
and what its ending says: a future, a conditional, an imperative. Where the model took a finite form for an infinitive, the
ending decides.
"""

from __future__ import annotations

import re
from typing import Any

from foreshock.reading.languages.base import Mood
from foreshock.reading.languages.ud_tree import VERBAL, Form, Node, Tree

LOST = "XNUMX"
DEPS = {
    "ROOT": "root", "aux:tense": "aux", "aux:caus": "aux:caus", "obl:mod": "obl", "obl:arg": "obl", "expl:subj": "expl:subj",
    "nsubj:caus": "nsubj", "obj:agent": "obl:agent", "obl:agent": "obl:agent",
}  # fmt: skip
CONTRACTED = {"au": "à", "aux": "à", "du": "de", "des": "de", "d'": "de", "d’": "de", "jusqu'": "jusque", "jusqu’": "jusque"}
ENTITIES = {"PER": "PERSON", "LOC": "GPE", "ORG": "ORG"}
FUTURE = re.compile(r"r(?:ai|as|a|ons|ez|ont)$")
CONDITIONAL = re.compile(r"r(?:ais|ait|ions|iez|aient)$")
# Endings of finite forms that no infinitive has.
FINITE = re.compile(r"(?:ons|ez|ont|ent|ais|ait|aient|ai|as|a)$")
INFINITIVE = re.compile(r"(?:er|ir|re|ïr)$")
# Futures and conditionals whose stem is not the infinitive: "seraient", "obtiendra", "renverront".
STEMS = (
    r"(?:re|ob|main|sou|con|par|inter|pré|dé|sur)?"
    r"(?:ser|aur|fer|ir|devr|pourr|voudr|saur|verr|viendr|tiendr|enverr|faudr|recevr|courr|mourr)"
)
IRREGULAR_CONDITIONAL = re.compile(STEMS + r"(?:ais|ait|ions|iez|aient)")
IRREGULAR_FUTURE = re.compile(STEMS + r"(?:ai|as|a|ons|ez|ont)")


def build_tree(doc: Any, text: str, offset: int) -> Tree:
    """Return the tree of a spaCy doc whose characters stand for those of ``text``, which starts at ``offset`` of the document."""
    words = [word for word in doc if not word.is_space]
    position = {word.i: index for index, word in enumerate(words)}
    nodes = []
    for index, word in enumerate(words):
        head = position.get(word.head.i, index)
        start, end = word.idx, word.idx + len(word.text)
        if len(word.text) > 1 and word.text[0] == "-" and word.text[1].isalpha():
            start += 1
        raw = text[start:end]
        lemma = raw.lower() if LOST in raw else _lemma(word)
        dep = DEPS.get(word.dep_, word.dep_)
        form, past, moods = _shape(word)
        node = Node(index, offset + start, offset + end, raw, lemma, word.pos_, dep, head, form, past)
        if node.upos == "ADP" or (raw.lower() in CONTRACTED and dep == "case"):
            node.upos, node.lemma = "ADP", CONTRACTED.get(raw.lower(), raw.lower())
        node.entity = ENTITIES.get(word.ent_type_, "")
        node.moods = moods
        nodes.append(node)
    for node in nodes:
        if node.head == node.index:
            node.dep = "root"
    return Tree(nodes)


def _lemma(word: Any) -> str:
    lemma = str(word.lemma_).lower().strip("-") or str(word.text).lower()
    finite = "Fin" in word.morph.get("VerbForm")
    if word.pos_ == "VERB" and lemma == str(word.text).lower() and (finite or not INFINITIVE.search(lemma)):
        # Finite forms of the first group and participles that the lemmatizer leaves as they are: "ferme", "demandent", "péri".
        lemma = re.sub(r"(?:é|ée|és|ées)$", "er", lemma)
        return re.sub(r"(?:i|ie|is|ies)$", "ir", re.sub(r"(?:e|es|ent)$", "er", lemma))
    return lemma


def _shape(word: Any) -> tuple[Form, bool, frozenset[Mood]]:
    """Return the form of a verb, whether it is past, and the moods of its ending."""
    if word.pos_ not in VERBAL:
        return "", False, frozenset()
    low, lemma = word.text.lower(), str(word.lemma_).lower()
    given = {key: word.morph.get(key)[0] for key in ("VerbForm", "Tense", "Mood") if word.morph.get(key)}
    kind = given.get("VerbForm", "")
    if kind == "Part":
        return ("gerund", False, frozenset()) if given.get("Tense") == "Pres" else ("participle", True, frozenset())
    if kind == "Inf" and not (low != lemma and FINITE.search(low)):
        return "infinitive", False, frozenset()
    stem = lemma[:-1] if lemma.endswith("re") else lemma
    regular = low.startswith(stem) and len(low) > len(stem)
    moods: set[Mood] = set()
    ending = low[len(stem) :] if regular else ""
    if given.get("Mood") == "Cnd" or CONDITIONAL.fullmatch(f"r{ending}") or IRREGULAR_CONDITIONAL.fullmatch(low):
        moods.add("hypothetical")
    elif (
        (given.get("Tense") == "Fut" and FUTURE.search(low)) or FUTURE.fullmatch(f"r{ending}") or IRREGULAR_FUTURE.fullmatch(low)
    ):
        moods.add("future")
    elif given.get("Mood") == "Imp":
        moods.add("imperative")
    return "finite", given.get("Tense") in ("Imp", "Past") and "hypothetical" not in moods, frozenset(moods)
