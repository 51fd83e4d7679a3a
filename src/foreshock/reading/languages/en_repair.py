"""What the English parser gets wrong, or sees otherwise than clause finding needs it, put right on the universal tree."""

from __future__ import annotations

from foreshock.reading.languages.ud_grammar import Grammar
from foreshock.reading.languages.ud_moods import chain_key
from foreshock.reading.languages.ud_tree import VERBAL, Node, Tree

FINITE = frozenset({"finite"})


def repair(tree: Tree, grammar: Grammar) -> None:
    """Put a tree right in place: subjects read as clauses, chained verbs, verbs of speech that follow or interrupt the words."""
    _reduced_subjects(tree)
    _chains(tree, grammar)
    _speech(tree, grammar)
    tree.link()


def _reduced_subjects(tree: Tree) -> None:
    """Hang "killed" on "people" in "three people killed in the raid were civilians", which the parser may read as a clause."""
    for node in tree.nodes:
        if node.base != "csubj" or node.form != "participle" or tree.children(node.index, "aux"):
            continue
        subject = tree.child(node.index, "nsubj")
        if subject is not None and subject.index < node.index:
            tree.move(subject.index, node.head, "nsubj:pass" if tree.child(node.head, "aux:pass") else "nsubj")
            tree.move(node.index, subject.index, "acl")
            tree.link()


def _chains(tree: Tree, grammar: Grammar) -> None:
    for node in tree.nodes:
        key = chain_key(tree, node)
        if node.base in ("aux", "cop") or not (grammar.has("chain", key) or grammar.moods_of("chain", key)):
            continue
        for inner in tree.children(node.index, "xcomp", "ccomp"):
            infinitive = inner.index > node.index and bool([m for m in tree.children(inner.index, "mark") if m.lemma == "to"])
            gerund = inner.form == "gerund" and grammar.has("gerund_chain", key) and not tree.children(inner.index, "nsubj")
            if (infinitive or gerund) and not tree.children(inner.index, "nsubj", "nsubj:pass"):
                _merge(tree, node, inner)
                break


def _merge(tree: Tree, outer: Node, inner: Node) -> None:
    """Let the inner verb take the outer one's place; the outer verb keeps its auxiliaries and negation."""
    kept = [kid for kid in tree.children(outer.index) if kid.index != inner.index and kid.base not in ("aux", "cop", "compound")]
    root = outer.head == outer.index
    tree.move(inner.index, inner.index if root else outer.head, outer.dep)
    tree.move(outer.index, inner.index, "aux:chain")
    passive = bool(tree.children(inner.index, "aux:pass"))
    for kid in kept:
        if kid.lemma in ("not", "never", "no") and kid.base == "advmod":
            continue
        dep = kid.dep
        if kid.base == "nsubj":
            dep = "nsubj:pass" if passive else "nsubj"
        tree.move(kid.index, inner.index, dep)
    if inner.form == "infinitive":
        inner.form = outer.form if not tree.children(outer.index, "cop", "aux:pass") else "finite"
        inner.past = outer.past or any(kid.past for kid in tree.children(outer.index, "aux", "cop"))
    tree.link()


def _speech(tree: Tree, grammar: Grammar) -> None:
    for node in list(tree.nodes):
        if not _is_inserted_speech(tree, grammar, node):
            continue
        main = tree.nodes[node.head]
        root = main.head == main.index
        tree.move(node.index, node.index if root else main.head, main.dep)
        tree.move(main.index, node.index, "ccomp")
        tree.link()


def _is_inserted_speech(tree: Tree, grammar: Grammar, node: Node) -> bool:
    """Tell whether a verb of speech hangs on its own content: ", a clerk said," or "as the clerk put it"."""
    if node.base not in ("parataxis", "advcl", "conj") or node.upos not in VERBAL or node.form not in FINITE:
        return False
    if node.lemma not in grammar.frames or not tree.children(node.index, "nsubj"):
        return False
    if tree.children(node.index, "ccomp", "obj") or tree.children(node.index, "cc"):
        return False
    marks = [kid.lemma for kid in tree.children(node.index, "mark")]
    joined = any(kid.base == "cc" and kid.index < node.index for kid in tree.children(node.head) if kid.index > node.head)
    if node.base == "conj" and joined:
        return False
    return (not marks and node.base != "advcl") or marks == ["as"] or (node.base == "advcl" and not marks)
