"""Which phrase is whose in Russian: cases inside a noun phrase, doers of verbal nouns, subjects that look like objects."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from foreshock.reading.languages.ud_grammar import Grammar
from foreshock.reading.languages.ud_tree import NOMINAL, VERBAL, Node, Tree

CASES = {"Gen": "nmod:gen", "Ins": "nmod:ins"}
PASSIVE = re.compile(r"(?:нн|т|м)(?:ый|ий|ая|ое|ые|ого|ой|ому|ым|ом|ых|ыми|ую)$")


def mend_phrases(tree: Tree, grammar: Grammar, feats: Sequence[Mapping[str, str]]) -> None:
    """Put phrases in their place and let a noun in a noun phrase say its case: ``nmod:gen``, ``nmod:ins``."""
    for node in tree.nodes:
        _subject(tree, grammar, node)
    tree.link()
    for node in tree.nodes:
        _doer(tree, grammar, node, feats)
    tree.link()
    for node in tree.nodes:
        if node.dep == "nmod" and not tree.children(node.index, "case"):
            node.dep = CASES.get(feats[node.index].get("Case", ""), node.dep)


def mend_participles(tree: Tree) -> None:
    """Read "*осаждённый* повстанцами город" as a clause, where the parser saw a noun or an adjective with words of its own."""
    for node in tree.nodes:
        named = node.upos in ("NOUN", "PROPN", "ADJ") and node.base in ("acl", "amod") and PASSIVE.search(node.text.lower())
        if named and node.lemma.endswith(("ть", "ти", "чь")) and tree.children(node.index, "obl"):
            node.upos, node.form, node.dep, node.passive = "VERB", "participle", "acl", True


def _subject(tree: Tree, grammar: Grammar, verb: Node) -> None:
    """Make a subject of the first of two objects, before a verb without one: "*Убийство* потрясло город"; a time is no object."""
    for kid in tree.children(verb.index, "obj") if verb.upos in VERBAL else ():
        if grammar.has("times", kid.lemma) and not tree.children(kid.index, "case"):
            kid.dep = "obl"
    if verb.upos not in VERBAL or verb.form != "finite" or verb.passive or tree.children(verb.index, "nsubj", "csubj"):
        return
    things = tree.children(verb.index, "obj")
    if len(things) == 2 and things[0].index < verb.index < things[1].index and not tree.children(things[0].index, "case"):
        things[0].dep = "nsubj"


def _doer(tree: Tree, grammar: Grammar, node: Node, feats: Sequence[Mapping[str, str]]) -> None:
    """Give a verbal noun its doer that was hung on the verb: "Назначение министра *королём* состоялось"."""
    verb = tree.nodes[node.head]
    bare = node.base == "obl" and node.upos in NOMINAL and not tree.children(node.index, "case")
    if not bare or verb.upos not in VERBAL or feats[node.index].get("Case") != "Ins" or grammar.has("means", node.lemma):
        return
    subject = tree.child(verb.index, "nsubj", "nsubj:pass")
    if subject is None or not subject.index < node.index < verb.index:
        return
    owned = tree.children(subject.index, "nmod")
    if owned and node.index - 1 in tree.subtree(subject.index):
        tree.move(node.index, subject.index, "nmod")
