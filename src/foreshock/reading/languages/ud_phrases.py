"""Noun phrases of a Universal Dependencies tree as arguments: their role, marker and span."""

from __future__ import annotations

from foreshock.reading.languages.base import Argument, Role
from foreshock.reading.languages.ud_spans import with_closer
from foreshock.reading.languages.ud_tree import Node, Tree

CLAUSAL = frozenset({"acl", "advcl", "ccomp", "csubj", "parataxis"})
# What hangs on a nominal predicate beside its own phrase.
BESIDE = frozenset({"advmod", "aux", "cop", "discourse", "expl", "mark", "nsubj", "obj", "obl"})
EDGE = frozenset({"punct", "cc", "case", "mark"})


def marker(tree: Tree, index: int) -> str:
    """Return the adposition of a phrase, its words joined: "in", "according to"; of a contraction the adposition ("du": "de")."""
    marks = (kid for kid in tree.children(index, "case") if kid.index < index)
    return " ".join(kid.lemma if kid.upos == "ADP" else kid.text.lower() for kid in marks)


def phrase_span(tree: Tree, index: int, heads: frozenset[int]) -> tuple[int, int]:
    """Return the token range (last included) of a noun phrase: the run around its head without clauses and without its marker."""
    nodes = tree.nodes
    apart = {kid for kid in tree.subtree(index) if kid != index and (kid in heads or nodes[kid].base in CLAUSAL)}
    if tree.children(index, "cop"):
        apart.update(kid.index for kid in tree.children(index) if kid.base in BESIDE)
    inside = tree.subtree(index, without=frozenset(apart)) - apart
    first = last = index
    while first - 1 in inside or (first - 2 in inside and nodes[first - 1].base == "punct"):
        first -= 1
    while last + 1 in inside or (last + 2 in inside and nodes[last + 1].base == "punct"):
        last += 1
    while first < index and (nodes[first].base in EDGE and (nodes[first].head == index or nodes[first].base == "punct")):
        first += 1
    while last > index and nodes[last].base in ("punct", "cc"):
        last -= 1
    return first, with_closer(tree, first, last)


def argument(
    tree: Tree, index: int, role: Role, heads: frozenset[int], *, text: str, offset: int, mark: str | None = None
) -> Argument:
    """Return the phrase under a node as an argument; ``text`` is the sentence, which starts at ``offset`` of the document."""
    first, last = phrase_span(tree, index, heads)
    start, end = tree.nodes[first].start, tree.nodes[last].end
    found = marker(tree, index) if mark is None else mark
    return Argument(role, found, start, end, text[start - offset : end - offset], index)


def role_of(node: Node) -> Role | None:
    """Return the role that a relation gives a nominal dependent of a predicate, if it gives one."""
    if node.dep in ("nsubj:pass",):
        return "object"
    if node.dep == "obl:agent":
        return "agent"
    roles: dict[str, Role] = {"nsubj": "subject", "obj": "object", "iobj": "indirect", "obl": "oblique"}
    return roles.get(node.base)
