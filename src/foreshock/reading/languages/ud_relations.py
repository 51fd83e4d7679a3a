"""How a clause hangs on the one that holds it, decided by its relation in the tree and the words it begins with."""

from __future__ import annotations

from foreshock.reading.languages.base import Relation
from foreshock.reading.languages.ud_grammar import Grammar
from foreshock.reading.languages.ud_moods import is_inverted
from foreshock.reading.languages.ud_tree import VERBAL, Node, Tree

OPENING = frozenset("([{（［【")


def leads(tree: Tree, head: int) -> str:
    """Return a clause's marking words joined ("as long as", "in order to")."""
    return " ".join(kid.lemma for kid in tree.children(head, "mark", "case") if kid.index < head)


def question_word(tree: Tree, grammar: Grammar, head: int) -> Node | None:
    """Return the question word at the front of a clause, however deep it stands ("how many soldiers", "from where")."""
    inside = tree.subtree(head)
    for index in sorted(inside)[:4]:
        node = tree.nodes[index]
        joint = node.upos == "SCONJ" and grammar.has("content_marks", node.lemma)
        if node.index <= head and grammar.has("question", node.lemma) and not joint and not _nested(tree, index, head):
            return node
    return next((kid for kid in tree.children(head, "mark") if kid.index > head and grammar.has("question", kid.lemma)), None)


def _nested(tree: Tree, index: int, head: int) -> bool:
    """Tell whether a clause stands between a word and the head of the clause that is asked about."""
    for node in tree.ancestors(index):
        if node.index == head:
            return False
        if node.base in ("csubj", "ccomp", "advcl", "acl", "conj"):
            return True
    return False


def relation_of(tree: Tree, grammar: Grammar, head: int, above: int | None) -> Relation:
    """Return the relation of a clause to the one above it; a clause that nothing holds is a root."""
    node = tree.nodes[head]
    if above is None:
        return "root"
    if node.base == "conj":
        return "coordinate"
    if _bracketed(tree, head):
        return "parenthesis"
    if node.base == "acl":
        return _of_noun(tree, grammar, head)
    if node.base == "advcl":
        return _adverbial(tree, grammar, head, above)
    if node.base == "parataxis":
        return "coordinate"
    asked = question_word(tree, grammar, head)
    if asked is None:
        return "content"
    free = node.base == "csubj" and asked.base != "mark" and tree.nodes[above].lemma not in grammar.frames
    return "relative" if free else "question"


def _bracketed(tree: Tree, head: int) -> bool:
    inside = sorted(tree.subtree(head))
    first = inside[0]
    return tree.nodes[first].text in OPENING or (first > 0 and tree.nodes[first - 1].text in OPENING)


def _of_noun(tree: Tree, grammar: Grammar, head: int) -> Relation:
    node = tree.nodes[head]
    noun = tree.nodes[node.head].lemma
    marks = leads(tree, head).split()
    takes_content = noun in grammar.frame_nouns or grammar.has("content_nouns", noun)
    if any(grammar.has("content_marks", mark) for mark in marks):
        return "content"
    if node.form == "infinitive" and (marks or takes_content):
        return "content" if takes_content else "purpose"
    if marks and node.form == "gerund":
        return "content"
    if any(grammar.has("question", mark) for mark in marks) or (takes_content and question_word(tree, grammar, head) is not None):
        return "question"
    return "relative"


def _adverbial(tree: Tree, grammar: Grammar, head: int, above: int) -> Relation:
    node = tree.nodes[head]
    marks = leads(tree, head)
    first = marks.split()[0] if marks else ""
    if any(marks.startswith(phrase) for phrase in grammar.words.get("contrast", ())):
        return "coordinate"
    if any(marks.startswith(phrase) for phrase in grammar.words.get("purpose", ())):
        return "purpose"
    if grammar.has("asks_if", tree.nodes[above].lemma) and first == "if" and head > above and not tree.child(above, "obj"):
        return "question"
    if is_inverted(tree, head):
        return "condition"
    if any(f"{marks} ".startswith(f"{phrase} ") for phrase in grammar.words.get("condition", ())):
        return "condition"
    if grammar.has("condition_present", first):
        return "adverbial" if _past(tree, head) else "condition"
    if first == "to" or (node.form == "infinitive" and not marks):
        return "purpose"
    if grammar.has("content_marks", first):
        return "content" if tree.nodes[node.head].lemma in grammar.frames.keys() | grammar.frame_nouns.keys() else "adverbial"
    if node.form == "gerund" and grammar.has("content_prepositions", f"{tree.nodes[above].lemma} {first}"):
        return "content"
    return "adverbial"


def _past(tree: Tree, head: int) -> bool:
    finite = [tree.nodes[head], *tree.children(head, "aux", "cop")]
    return any(node.past for node in finite) and all(node.upos in VERBAL or node.index == head for node in finite)
