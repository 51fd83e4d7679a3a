"""From slovnet's words to the tree that clauses are found on: forms of the verb, voice, moods of its endings, names.

The model speaks Universal Dependencies in the manner of SynTagRus. A participle without words of its own that stands for a noun
is one (протестующие, погибшие); a short participle and a participle that heads a clause are verbs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foreshock.reading.languages.base import Mood
from foreshock.reading.languages.ru_lemmas import REFLEXIVE, Lemmatizer
from foreshock.reading.languages.ru_quotes import QUOTED
from foreshock.reading.languages.ud_tree import VERBAL, Form, Node, Tree

LOST = "XNUMX"
ENTITIES = {"PER": "PERSON", "LOC": "GPE", "ORG": "ORG"}
# Relations of a noun to what holds it.
NOMINAL_SLOTS = frozenset({"nsubj", "obj", "iobj", "obl", "nmod", "appos"})
OWN_WORDS = frozenset({"obj", "obl", "iobj", "advmod", "xcomp", "ccomp"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word as the networks give it: offsets in the sentence, part of speech, features, head (-1 at the root), relation."""

    start: int
    end: int
    pos: str
    feats: Mapping[str, str]
    head: int
    dep: str
    entity: str = ""


def build_tree(words: Sequence[Word], text: str, offset: int, lemmas: Lemmatizer) -> Tree:
    """Return the tree of a sentence; ``text`` starts at ``offset`` of the document."""
    heads = rooted(words)
    nodes = []
    for index, word in enumerate(words):
        raw = text[word.start : word.end]
        reading = lemmas.read(raw, word.pos, word.feats)
        dep = "root" if heads[index] == index else _relation(word, heads[index])
        node = Node(
            index,
            offset + word.start,
            offset + word.end,
            raw,
            raw.lower() if LOST in raw else reading.lemma,
            word.pos,
            dep,
            heads[index],
            _form(word),
            word.feats.get("Tense") == "Past" and word.feats.get("VerbForm") == "Fin",
            ENTITIES.get(word.entity, ""),
        )
        node.moods = _moods(word, future=reading.future or word.feats.get("Tense") == "Fut")
        node.passive = _passive(word)
        if node.upos == "VERB" and node.lemma.endswith(REFLEXIVE) and node.lemma[:-2] in lemmas.passives:
            node.lemma, node.passive = node.lemma[:-2], True
        nodes.append(node)
    tree = Tree(nodes)
    _nouns(tree, words, lemmas)
    return tree


def rooted(words: Sequence[Word]) -> list[int]:
    """Return the heads with one root, its own head, and no circle: the network ties each word to its head by itself.

    A circle is opened at its finite verb, which then hangs on the root, or is it where there is none.
    """
    heads = [word.head for word in words]
    root = next((n for n, word in enumerate(words) if word.head < 0 and word.dep == "root"), None)
    found = [index if head < 0 or head >= len(heads) else head for index, head in enumerate(heads)]
    for index in range(len(found)):
        seen, known = [index], {index}
        while found[seen[-1]] != seen[-1]:
            above = found[seen[-1]]
            if above in known:
                circle = seen[seen.index(above) :]
                opened = next((n for n in circle if words[n].feats.get("VerbForm") == "Fin"), circle[0])
                found[opened] = opened
                break
            seen.append(above)
            known.add(above)
    tops = [n for n, head in enumerate(found) if head == n]
    if root is None:
        root = next((n for n in tops if words[n].dep != QUOTED), tops[0] if tops else 0)
    return [root if head == n else head for n, head in enumerate(found)]


def _relation(word: Word, head: int) -> str:
    """Return the relation of a word that is no root; what the network tied elsewhere stands beside its new head."""
    moved = word.head != head and word.dep != QUOTED
    return "parataxis" if word.dep == "root" or moved else word.dep


def _form(word: Word) -> Form:
    if word.pos not in VERBAL:
        return ""
    forms: Mapping[str, Form] = {"Inf": "infinitive", "Conv": "gerund", "Part": "participle"}
    # A short participle is a predicate like a finite verb: "здание захвачено".
    return "finite" if word.feats.get("Variant") == "Short" else forms.get(word.feats.get("VerbForm", "Fin"), "finite")


def _passive(word: Word) -> bool:
    return word.pos == "VERB" and word.feats.get("Voice") == "Pass"


def _moods(word: Word, *, future: bool) -> frozenset[Mood]:
    if word.pos not in VERBAL:
        return frozenset()
    if word.feats.get("Mood") == "Imp":
        return frozenset({"imperative"})
    return frozenset({"future"}) if future and word.feats.get("VerbForm", "Fin") == "Fin" else frozenset()


def _nouns(tree: Tree, words: Sequence[Word], lemmas: Lemmatizer) -> None:
    for node, word in zip(tree.nodes, words, strict=True):
        if node.upos != "VERB" or word.feats.get("VerbForm") != "Part" or word.feats.get("Variant") == "Short":
            continue
        bare = not tree.children(node.index, *OWN_WORDS)
        if node.base in NOMINAL_SLOTS or (node.dep == "conj" and tree.nodes[node.head].upos in ("NOUN", "PROPN") and bare):
            node.upos, node.form, node.lemma = "NOUN", "", lemmas.noun(node.text)
        elif node.base == "amod" and bare:
            node.upos = "ADJ"
