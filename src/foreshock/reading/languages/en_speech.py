"""Attribution that comes after the words, or in the middle of them: the verb of speech holds, the words are its content."""

from __future__ import annotations

from foreshock.reading.languages.ud_grammar import Grammar
from foreshock.reading.languages.ud_moods import is_finite
from foreshock.reading.languages.ud_tree import VERBAL, Node, Tree

CLOSING = {'"': '"', "“": "”", "«": "»", "``": "''"}


def raise_speech(tree: Tree, grammar: Grammar) -> None:
    """Make a verb of speech that follows or interrupts its words their head, in place."""
    for node in tree.nodes:
        bare = node.base == "advcl" and node.form == "infinitive" and not tree.children(node.index, "mark", "nsubj")
        if bare and node.index < node.head and tree.nodes[node.head].lemma in grammar.frames:
            node.dep = "ccomp"
    for node in list(tree.nodes):
        _inverted_subject(tree, grammar, node)
        _speech_over_both(tree, grammar, node)
        if not _is_inserted_speech(tree, grammar, node):
            continue
        tree.trade(node, tree.nodes[node.head], "ccomp")
    _gather_quoted(tree, grammar)
    _early_phrases(tree, grammar)


def _gather_quoted(tree: Tree, grammar: Grammar) -> None:
    """Let a verb of speech hold every sentence of the quotation that it introduces or follows: said: "A. B." """
    quoted = _quotations(tree)
    roots = [node for node in tree.nodes if node.head == node.index]
    for verb in roots if len(roots) > 1 else []:
        said = tree.child(verb.index, "ccomp")
        if said is None or verb.lemma not in grammar.frames or quoted[verb.index] or not quoted[said.index]:
            continue
        for root in roots:
            if root.index != verb.index and quoted[root.index] == quoted[said.index] and root.upos != "PUNCT":
                tree.move(root.index, verb.index, "ccomp")
                tree.link()


def _early_phrases(tree: Tree, grammar: Grammar) -> None:
    """Give the verb its time or place in "said on Monday it had retaken the port", where no "that" parts it from the content."""
    for said in tree.nodes:
        verb = tree.nodes[said.head]
        subject = tree.child(said.index, "nsubj")
        if said.base != "ccomp" or verb.lemma not in grammar.frames or subject is None or tree.children(said.index, "mark"):
            continue
        for kid in tree.children(said.index, "obl", "advmod"):
            inside = tree.subtree(kid.index)
            asks = any(grammar.has("question", tree.nodes[index].lemma) for index in inside)
            if not asks and min(inside) == verb.index + 1 and max(inside) + 1 == min(tree.subtree(subject.index)):
                tree.move(kid.index, verb.index, kid.dep)
                tree.link()
                break


def _quotations(tree: Tree) -> list[int]:
    """Return for each word the number of the quotation that it stands in, 0 outside."""
    numbers, count, open_mark = [], 0, ""
    for node in tree.nodes:
        if open_mark and node.text == CLOSING[open_mark]:
            open_mark = ""
        elif not open_mark and node.text in CLOSING:
            open_mark, count = node.text, count + 1
        numbers.append(count if open_mark else 0)
    return numbers


def _speech_over_both(tree: Tree, grammar: Grammar, node: Node) -> None:
    """Let a verb of speech after "X and Y, the clerk said" hold both X and Y."""
    said = tree.child(node.index, "ccomp")
    holder = tree.child(node.index, "nsubj")
    if node.base != "conj" or node.lemma not in grammar.frames or said is None or holder is None:
        return
    first = tree.nodes[node.head]
    if first.index < said.index < holder.index and not tree.children(said.index, "mark") and first.upos in VERBAL:
        tree.trade(node, first, "ccomp")
        tree.move(said.index, first.index, "conj")
        tree.link()


def _inverted_subject(tree: Tree, grammar: Grammar, node: Node) -> None:
    """Make a subject of the holder in ', insisted the colonel', which the parser may take for an object."""
    before = tree.nodes[node.index - 1].text if node.index else ""
    thing = tree.child(node.index, "obj")
    if node.form != "finite" or node.lemma not in grammar.frames or before not in (",", '"', "”", "'", "’", "»") or thing is None:
        return
    if any(kid.index > node.index for kid in tree.children(node.index, "ccomp")):
        return
    own = [kid for kid in tree.children(node.index, "nsubj") if kid.index < node.index]
    if thing.index > node.index and not own and not tree.children(node.index, "cc", "mark"):
        thing.dep = "nsubj"


def _is_inserted_speech(tree: Tree, grammar: Grammar, node: Node) -> bool:
    """Tell whether a verb of speech hangs on its own content: ", a clerk said," or "as the clerk put it"."""
    if node.base not in ("parataxis", "advcl", "conj") or node.upos not in VERBAL:
        return False
    marks = [kid.lemma for kid in tree.children(node.index, "mark")]
    if node.form == "participle" and marks == ["as"] and tree.children(node.index, "obl:agent"):
        return node.lemma in grammar.frames
    if not is_finite(tree, node.index) or (tree.children(node.index, "aux:pass") and marks != ["as"]):
        return False
    if node.lemma not in grammar.frames.keys() | grammar.speakers_as or not tree.children(node.index, "nsubj"):
        return False
    things = [kid for kid in tree.children(node.index, "ccomp", "obj") if kid.lemma != "it" or marks != ["as"]]
    if things or tree.children(node.index, "cc"):
        return False
    joined = any(kid.base == "cc" and kid.index < node.index for kid in tree.children(node.head) if kid.index > node.head)
    if node.base == "conj" and joined:
        return False
    return (not marks and node.base != "advcl") or marks == ["as"] or (node.base == "advcl" and not marks)
