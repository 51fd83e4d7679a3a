"""Verbs of speech behind, inside or before their words in Romance languages: « ... », a-t-il dit; comme l'a dit X; X, dit Y, ...

Language-neutral: verbs of speech are those of ``frames`` and of ``attribution.as``; ``grammar.as_marks`` marks "as X said".
"""

from __future__ import annotations

from foreshock.reading.languages.ud_grammar import Grammar
from foreshock.reading.languages.ud_moods import is_finite
from foreshock.reading.languages.ud_tree import VERBAL, Node, Tree

CLOSING = {"«": "»", "“": "”", '"': '"', "„": "“"}
OPEN = frozenset({",", "»", "”", '"', "-", "–", "—", "?", "!", "…", "("})
CLITICS = frozenset({"aux", "expl", "iobj", "nsubj", "obj", "advmod", "mark"})
LOOSE = frozenset(
    {"parataxis", "advcl", "conj", "dep", "acl", "ccomp", "appos", "discourse", "nsubj", "obj", "csubj", "xcomp", "obl"}
)


def raise_speech(tree: Tree, grammar: Grammar) -> None:
    """Make a verb of speech that follows or interrupts its words their head, in place."""
    for node in list(tree.nodes):
        if not _speaks(grammar, node) or not is_finite(tree, node.index):
            continue
        _false_subjects(tree, grammar, node)
        _inverted_subject(tree, grammar, node)
        if _is_inserted(tree, grammar, node):
            upper = tree.nodes[node.head]
            while upper.upos not in VERBAL and not tree.children(upper.index, "cop", "nsubj") and upper.head != upper.index:
                upper = tree.nodes[upper.head]
            while upper.base == "conj" and upper.index < node.index and tree.nodes[upper.head].upos in VERBAL:
                upper = tree.nodes[upper.head]
            node.head = upper.index
            tree.link()
            tree.trade(node, upper, "ccomp")
            _leave_to_words(tree, node, upper)
    for node in list(tree.nodes):
        if _speaks(grammar, node) and is_finite(tree, node.index):
            _words_before(tree, grammar, node)
    _gather_quoted(tree, grammar)


def quotations(tree: Tree) -> list[int]:
    """Return for each word the number of the quotation that it stands in, 0 outside."""
    numbers, count, mark = [], 0, ""
    for node in tree.nodes:
        if mark and node.text == CLOSING[mark]:
            mark = ""
        elif not mark and node.text in CLOSING:
            mark, count = node.text, count + 1
        numbers.append(count if mark else 0)
    return numbers


def _speaks(grammar: Grammar, node: Node) -> bool:
    return node.upos in VERBAL and (node.lemma in grammar.frames or node.lemma in grammar.speakers_as)


def _marks(tree: Tree, node: Node) -> list[str]:
    return [kid.lemma for kid in tree.children(node.index, "mark") if kid.index < node.index]


def _start(tree: Tree, node: Node) -> int:
    """Return the first word of a verb with its auxiliaries and clitics, without what stands further before it."""
    first = node.index
    while first and _belongs(tree.nodes[first - 1], node):
        if tree.nodes[first - 1].upos in ("NOUN", "PROPN"):
            break
        first -= 1
    return first


def _false_subjects(tree: Tree, grammar: Grammar, node: Node) -> None:
    """Take from a verb of speech the "subject" that is a clause, or that a single comma parts from it: these are its words."""
    first = _start(tree, node)
    before = tree.nodes[first - 1].text if first else ""
    for kid in tree.children(node.index, "nsubj"):
        if kid.index > first or before not in OPEN or grammar.has("relative", kid.lemma):
            continue
        clausal = bool(tree.children(kid.index, "cop", "nsubj"))
        commas = sum(one.text == "," for one in tree.nodes[kid.index : first])
        behind = [one for one in tree.children(node.index, "obj") if one.index > node.index]
        if clausal or (commas == 1 and behind and not tree.children(node.index, "ccomp")):
            kid.dep = "dep" if clausal else "dislocated"
            tree.link()


def _belongs(word: Node, verb: Node) -> bool:
    """Whether a word is an auxiliary or clitic of a verb; the "t" of "a-t-il" is a mark of writing."""
    written = word.base == "punct" and word.text.isalpha()
    return word.head == verb.index and (word.base in CLITICS or written)


def _inverted_subject(tree: Tree, grammar: Grammar, node: Node) -> None:
    """Make a subject of the holder in ', a affirmé le colonel' and "comme l'a dit le maire", which may be taken for an object."""
    if any(kid.index < node.index and kid.upos != "PRON" for kid in tree.children(node.index, "nsubj")):
        return
    if tree.children(node.index, "nsubj") or any(kid.index > node.index for kid in tree.children(node.index, "ccomp")):
        return
    first = _start(tree, node)
    before = tree.nodes[first - 1].text if first else ""
    as_told = any(grammar.has("as_marks", mark) for mark in _marks(tree, node))
    if before not in OPEN and not as_told:
        return
    things = [
        kid
        for kid in tree.children(node.index, "obj", "obl", "dislocated", "xcomp", "dep", "obl:agent")
        if kid.index > node.index
    ]
    for thing in things:
        if (
            thing.upos in ("NOUN", "PROPN", "PRON")
            and not tree.children(thing.index, "case")
            and not grammar.has("times", thing.lemma)
        ):
            thing.dep = "nsubj"
            return


def _is_inserted(tree: Tree, grammar: Grammar, node: Node) -> bool:
    """Tell whether a verb of speech hangs on its own content."""
    if node.head == node.index or node.base not in LOOSE:
        return False
    marks = _marks(tree, node)
    as_told = bool(marks) and all(grammar.has("as_marks", mark) for mark in marks)
    if marks and not as_told:
        return False
    subject = tree.child(node.index, "nsubj")
    if subject is None or (subject.index < _start(tree, node) and not as_told) or grammar.has("relative", subject.lemma):
        return False
    things = [kid for kid in tree.children(node.index, "ccomp", "obj", "xcomp") if kid.upos != "PRON"]
    if things or any(kid.index < node.index for kid in tree.children(node.index, "cc")):
        return False
    first = _start(tree, node)
    parted = first == 0 or tree.nodes[first - 1].text in OPEN
    inverted = subject.index > first or as_told
    return (parted or as_told) and inverted


def _leave_to_words(tree: Tree, verb: Node, words: Node) -> None:
    """Keep with the words what belongs to them: nothing that stands on the far side of them hangs on the verb of speech."""
    for kid in tree.children(verb.index, "punct"):
        if kid.index < words.index < verb.index:
            tree.move(kid.index, words.index, "punct")
    tree.link()


def _words_before(tree: Tree, grammar: Grammar, node: Node) -> None:
    """Read what stands before a verb of speech with its subject behind it as its words, whatever the parser took them for."""
    first = _start(tree, node)
    subject = tree.child(node.index, "nsubj")
    if first == 0 or tree.nodes[first - 1].text not in OPEN or subject is None or subject.index < first:
        return
    if tree.children(node.index, "ccomp") or _marks(tree, node):
        return
    for kid in tree.children(node.index, "advcl", "parataxis", "dep", "dislocated", "conj", "csubj", "nsubj", "xcomp", "acl"):
        clausal = kid.upos in VERBAL or bool(tree.children(kid.index, "cop", "nsubj"))
        told = all(grammar.has("content_marks", mark) for mark in _marks(tree, kid))
        if clausal and told and kid.index < first and (is_finite(tree, kid.index) or tree.children(kid.index, "nsubj")):
            kid.dep = "ccomp"
            tree.link()
            return


def _gather_quoted(tree: Tree, grammar: Grammar) -> None:
    """Let a verb of speech hold every sentence of the quotation that it introduces, follows or interrupts."""
    quoted = quotations(tree)
    for verb in tree.nodes:
        said = tree.child(verb.index, "ccomp")
        if said is None or not _speaks(grammar, verb) or (quoted[verb.index] and quoted[verb.index] != quoted[said.index]):
            continue
        for one in tree.children(verb.index, "parataxis", "advcl", "conj", "dep"):
            clausal = one.upos in VERBAL and is_finite(tree, one.index)
            if clausal and quoted[one.index] and quoted[one.index] == quoted[said.index] and not _marks(tree, one):
                tree.move(one.index, said.index, "conj")
    tree.link()
