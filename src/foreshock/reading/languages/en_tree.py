"""From the ClearNLP-style labels of spaCy's English models to Universal Dependencies, where clauses are found.

What changes beside the names: a preposition becomes the ``case`` of its noun, a copula hangs on its nominal, adjectival or
prepositional predicate, an existential "there" leaves its noun as the subject of "be", and verbs that only colour another
verb ("tried to seize", "is expected to fall") hang on it as ``aux:chain``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from foreshock.reading.languages.en_parser import Analysis
from foreshock.reading.languages.ud_tree import NOMINAL, VERBAL, Form, Node, Tree

DEPS = {
    "ROOT": "root", "acomp": "xcomp", "agent": "obl:agent", "attr": "xcomp", "auxpass": "aux:pass", "csubjpass": "csubj:pass",
    "dative": "iobj", "dobj": "obj", "intj": "discourse", "meta": "dep", "neg": "advmod", "npadvmod": "obl:npmod",
    "nsubjpass": "nsubj:pass", "oprd": "xcomp", "poss": "nmod:poss", "preconj": "cc:preconj", "predet": "det:predet",
    "prt": "compound:prt", "quantmod": "advmod", "relcl": "acl:relcl",
}  # fmt: skip
FORMS: dict[str, Form] = {
    "VBD": "finite", "VBZ": "finite", "VBP": "finite", "MD": "finite", "VB": "infinitive", "VBG": "gerund", "VBN": "participle",
}  # fmt: skip
# No English verb ends so.
FALSE_E = re.compile(r"(?:nt|ct|rd|nd|rm|ld|lt|pt|ft|ght|oy|ay|ew|sh)e$")
LOST = "XNUMX"
PREPOSITIONAL = frozenset({"prep", "agent", "dative"})
PREDICATE_ADVERBS = frozenset(
    {
        "over",
        "out",
        "off",
        "back",
        "away",
        "underway",
        "down",
        "up",
        "aboard",
        "abroad",
        "home",
        "safe",
        "outdoors",
        "indoors",
        "overseas",
        "ashore",
        "underground",
        "elsewhere",
        "everywhere",
        "nearby",
    }
)
TIMES = frozenset({"DATE", "TIME"})


def build_tree(read: Analysis, text: str, offset: int) -> Tree:
    """Return the tree of a parsed text; its characters stand for those of ``text``, which starts at ``offset``."""
    words = [(at, word) for at, word in enumerate(read.words) if not word.space]
    position = {at: index for index, (at, _) in enumerate(words)}
    names, nodes = read.names or [""] * len(read.words), []
    for index, (at, word) in enumerate(words):
        start, end, tag, dep, head, upos, lemma, _ = word
        raw = text[start:end]
        dep = "mark" if tag == "TO" and dep == "aux" else dep
        lemma = raw.lower() if LOST in raw else lemma.lower()
        head, form = position.get(head, index), FORMS.get(tag, "")
        nodes.append(Node(index, offset + start, offset + end, raw, lemma, upos, dep, head, form, tag == "VBD", names[at]))
    return Tree(nodes)


def to_universal(tree: Tree, grammar: Mapping[str, Any]) -> None:
    """Change a ClearNLP-style tree into Universal Dependencies in place."""
    _prepositions(tree)
    circumstance = frozenset(grammar["circumstance"])
    for node in tree.nodes:
        if node.upos in VERBAL:
            node.lemma = grammar["lemmas"].get(node.lemma, _without_false_e(node))
        node.dep = DEPS.get(node.dep, node.dep)
        if node.head == node.index:
            node.dep = "root"
        loose = node.dep in ("csubj", "ccomp") and _is_free_participle(tree, node)
        if loose or (node.dep == "ccomp" and _circumstance(tree, node, circumstance)):
            node.dep = "advcl"
    tree.link()
    _level_conjuncts(tree)
    _complex_prepositions(tree, frozenset(grammar["complex_prepositions"]))
    _particles(tree, frozenset(grammar["phrasal"]), frozenset(grammar["means"]))
    copulas = frozenset(grammar["copulas"])
    for node in tree.nodes:
        if node.lemma in copulas and node.base not in ("aux", "cop"):
            _copula(tree, node)
    _participles(tree, grammar["participles"])


def _particles(tree: Tree, phrasal: frozenset[str], means: frozenset[str]) -> None:
    """Read "burned down the archive" as verb, particle and object; a telephone is no doer."""
    for node in tree.nodes:
        marks = tree.children(node.index, "case")
        if node.dep == "obl:agent" and node.lemma in means:
            node.dep = "obl"
        beside = node.dep == "obl" and len(marks) == 1 and marks[0].index == node.head + 1 and not tree.child(node.head, "obj")
        if beside and f"{tree.nodes[node.head].lemma} {marks[0].lemma}" in phrasal:
            tree.move(marks[0].index, node.head, "compound:prt")
            node.dep = "obj"
    tree.link()


def _circumstance(tree: Tree, node: Node, words: frozenset[str]) -> bool:
    return any(kid.lemma in words for kid in tree.children(node.index, "mark") if kid.index < node.index)


def _is_free_participle(tree: Tree, node: Node) -> bool:
    """Tell "Fearing reprisals, they fled" and "Warned of it, they fled" from a clause that is subject or content."""
    if node.form not in ("participle", "gerund") or tree.children(node.index, "nsubj", "nsubjpass", "aux", "auxpass"):
        return False
    last = max(tree.subtree(node.index))
    return last < node.head and tree.nodes[last + 1].text == ","


def _participles(tree: Tree, verbs: Mapping[str, str]) -> None:
    """Read "the port is closed" as the passive of its verb."""
    for node in tree.nodes:
        copula = tree.child(node.index, "cop")
        verbal = node.upos == "VERB" and node.form == "participle"
        if copula is None or not (verbal or (node.upos == "ADJ" and node.lemma in verbs)):
            continue
        if not verbal:
            node.lemma, node.upos, node.form = verbs[node.lemma], "VERB", "participle"
        if copula.lemma == "be":
            copula.dep = "aux:pass"
        for kid in tree.children(node.index, "nsubj"):
            kid.dep = "nsubj:pass"


def _prepositions(tree: Tree) -> None:
    was = {node.index: node.dep for node in tree.nodes}
    heads = {node.index: node.head for node in tree.nodes}
    for node in tree.nodes:
        if node.dep == "pcomp" and node.upos == "ADP" and any(kid.dep == "pobj" for kid in tree.children(node.index)):
            node.dep = was[node.index] = "prep"
    owning = {node.head for node in tree.nodes if node.dep in ("pobj", "pcomp")}
    for node in tree.nodes:
        if was[node.index] not in ("pobj", "pcomp"):
            continue
        chain = [heads[node.index]]
        while was[heads[chain[-1]]] in PREPOSITIONAL and heads[chain[-1]] not in owning and heads[chain[-1]] != chain[-1]:
            chain.append(heads[chain[-1]])
        _hang_object(tree, node, chain, was, heads)
    for node in tree.nodes:
        if node.dep in PREPOSITIONAL and node.index not in owning and node.upos in ("ADP", "SCONJ", "ADV"):
            node.dep = "advmod"
        elif node.dep == "prep":
            node.dep = "advcl" if node.upos == "VERB" else "dep"


def _hang_object(tree: Tree, node: Node, chain: list[int], was: dict[int, str], heads: dict[int, int]) -> None:
    top = chain[-1]
    above = tree.nodes[heads[top]]
    clausal = was[node.index] == "pcomp" and node.upos in VERBAL
    if heads[top] == top:
        node.head, node.dep = node.index, "root"
    elif was[top] == "conj" and was.get(above.index) in PREPOSITIONAL:
        first = next((n for n in tree.nodes if heads[n.index] == above.index and was[n.index] in ("pobj", "pcomp")), above)
        node.head, node.dep = first.index, "conj"
    else:
        nominal = above.upos in NOMINAL and above.form == ""
        node.head = above.index
        plain = "obl:agent" if was[top] == "agent" else "nmod" if nominal else "obl"
        node.dep = ("acl" if nominal else "advcl") if clausal else plain
    for index in chain:
        tree.move(index, node.index, "mark" if clausal else "case")
        for other in tree.nodes:
            if heads[other.index] == index and other.index not in (node.index, *chain) and other.dep not in ("pobj", "pcomp"):
                other.head = node.index if was[other.index] != "conj" else other.head


def _without_false_e(node: Node) -> str:
    """Take back the "e" that the lemmatizer gives a verb it does not know: "redeploye" of "redeployed"."""
    made = node.text.lower() in (f"{node.lemma}d", f"{node.lemma[:-1]}ing")
    return node.lemma[:-1] if made and FALSE_E.search(node.lemma) else node.lemma


def _complex_prepositions(tree: Tree, phrases: frozenset[str]) -> None:
    """Make one marker of "in the name of": its inner noun leaves its place to the noun after it."""
    for node in list(tree.nodes):
        inner = next((kid for kid in tree.children(node.index, "nmod", "acl") if kid.index > node.index), None)
        marks = tree.children(node.index, "case")
        closing = tree.child(inner.index, "case") if inner is not None else None
        if inner is None or closing is None or not marks or closing.index != node.index + 1:
            continue
        words = tree.nodes[marks[0].index : closing.index + 1]
        if " ".join(word.text.lower() for word in words) not in phrases:
            continue
        for kid in tree.children(node.index):
            tree.move(kid.index, inner.index, "case" if kid in words else kid.dep)
        tree.move(inner.index, inner.index if node.head == node.index else node.head, node.dep)
        tree.move(node.index, inner.index, "case")
        tree.link()


def _level_conjuncts(tree: Tree) -> None:
    for node in tree.nodes:
        while node.dep == "conj" and tree.nodes[node.head].dep == "conj" and tree.nodes[node.head].head != node.head:
            node.head = tree.nodes[node.head].head
    tree.link()


def _copula(tree: Tree, verb: Node) -> None:
    """Hang a copula on its predicate; existential "be" keeps its place and its noun becomes its subject."""
    kids = tree.children(verb.index)
    predicate = next(
        (kid for kid in kids if kid.dep == "xcomp" and kid.form in ("", "participle", "gerund") and not _to(tree, kid)), None
    )
    if any(kid.dep == "expl" and kid.lemma == "there" for kid in kids):
        if predicate is not None:
            predicate.dep = "nsubj"
        return
    adverb = _adverb(verb, kids)
    if predicate is not None and predicate.upos == "NUM" and adverb is not None and adverb.index == verb.index + 1:
        _beside(tree, verb, predicate)
        kids, predicate = tree.children(verb.index), None
    predicate = predicate or adverb or _phrase(tree, verb, kids)
    if predicate is None or (verb.lemma != "be" and predicate.base in ("advmod", "obl")):
        return
    for kid in kids:
        if kid.index != predicate.index:
            kid.head = predicate.index
    root = verb.head == verb.index
    tree.move(predicate.index, predicate.index if root else verb.head, verb.dep)
    if predicate.form == "":
        predicate.form, predicate.past = verb.form, verb.past
    tree.move(verb.index, predicate.index, "cop")
    tree.link()


def _beside(tree: Tree, verb: Node, number: Node) -> None:
    """Read "nine" of "be indoors between nine and ten" as a phrase beside the predicate."""
    lead = tree.nodes[number.index - 1]
    number.dep = "obl"
    if lead.upos == "ADP" and lead.head == verb.index:
        tree.move(lead.index, number.index, "case")
    tree.link()


def _to(tree: Tree, node: Node) -> bool:
    return any(kid.lemma == "to" for kid in tree.children(node.index, "mark"))


def _adverb(verb: Node, kids: list[Node]) -> Node | None:
    found = (kid for kid in kids if kid.base in ("advmod", "compound") and kid.index > verb.index)
    return next((kid for kid in found if kid.lemma in PREDICATE_ADVERBS), None)


def _phrase(tree: Tree, verb: Node, kids: list[Node]) -> Node | None:
    if any(kid.base in ("ccomp", "xcomp", "csubj") for kid in kids):
        return None
    for kid in kids:
        if kid.dep == "obl" and kid.index > verb.index and kid.entity not in TIMES:
            return kid if kid.upos == "NOUN" and tree.children(kid.index, "case") else None
    return None
